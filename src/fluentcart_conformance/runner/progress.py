"""Progress of a run: a live line on a terminal, plain lines elsewhere and in CI."""

from __future__ import annotations

import sys
import threading
import time
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.live import Live
from rich.text import Text

from fluentcart_conformance.render.terminal import make_console, plain_wanted

if TYPE_CHECKING:
    from fluentcart_conformance.target.preflight import TargetReport
    from fluentcart_conformance.verdict.verdict import Verdict

_EVERY = 5.0
_REFRESH = 4
# One scenario of fuzzing may take minutes on a slow store: so often it is said that it goes on.
_PATIENCE = 30.0


class Progress:
    """Watches a run and says how far it is: requirements looked at, requests, the scenario."""

    def __init__(self, requirements: int) -> None:
        self._of = requirements
        self._done: set[str] = set()
        self._requests = 0
        self._failures = 0
        self._scenario = ""
        self._last = time.monotonic()
        self._announced = False
        # Bound now: the run redirects standard output to pytest's log.
        self._console: Console = make_console(sys.stdout)
        # When the scenarios under way began; workers have one each.
        self._open: dict[str, float] = {}
        self._over = threading.Event()
        self._live: Live | None = None
        if not plain_wanted(sys.stdout):
            self._live = Live(console=self._console, transient=True, refresh_per_second=_REFRESH)

    def ready(self, report: TargetReport, scenarios: int) -> None:
        """Say what is judged, once."""
        del scenarios
        if self._announced:
            return
        self._announced = True
        store = "the embedded store" if report.embedded else report.base_url
        self._console.print(
            f"judging {store} in profile {report.profile} ({report.profile_reason})",
            markup=False, highlight=False, soft_wrap=True,
        )  # fmt: skip
        if self._live is not None:
            self._live.start()
        else:
            threading.Thread(target=self._go_on_telling, daemon=True).start()

    def running(self, title: str) -> None:
        """A scenario begins."""
        self._scenario = title
        self._open[title] = time.monotonic()
        self._show()

    def seen(self, event: dict[str, Any]) -> None:
        """Count what came in."""
        kind = event.get("type")
        if kind == "exchange":
            self._requests += 1
            self._done.update(event["proved"])
            self._failures += bool(event["findings"])
        elif kind == "sent":
            self._requests += sum(one["requests"] for one in event["operations"].values())
        elif kind == "check":
            self._done.add(event["requirement"])
            self._failures += event["outcome"] == "failed"
        elif kind == "scenario":
            self._open.pop(event["id"].rpartition("::")[2], None)
            self._show()

    def done(self, verdict: Verdict) -> None:
        """Take the live line away; the verdict follows."""
        del verdict
        self.stop()

    def stop(self) -> None:
        """Stop drawing; doing so twice does no harm."""
        self._over.set()
        live, self._live = self._live, None
        if live is not None:
            live.stop()

    def _go_on_telling(self) -> None:
        while not self._over.wait(_EVERY):
            now = time.monotonic()
            if now - self._last >= _PATIENCE:
                self._last = now
                open_ones = self._open.copy().items()
                under_way = [f"{name} for {now - since:.0f} s" for name, since in open_ones]
                self._say(f"{self._count()}; {', '.join(under_way) or 'arranging or cleaning up'}")

    def _say(self, line: str) -> None:
        self._console.print(line, markup=False, highlight=False, soft_wrap=True)

    def _line(self) -> str:
        return f"{self._count()}; {self._scenario}"

    def _count(self) -> str:
        trouble = f", {self._failures} broken" if self._failures else ""
        looked = f"{len(self._done)} of {self._of} requirements looked at"
        return f"{looked}, {self._requests} requests{trouble}"

    def _show(self) -> None:
        if self._live is not None:
            self._live.update(Text(self._line(), overflow="ellipsis", no_wrap=True))
            return
        now = time.monotonic()
        if now - self._last >= _EVERY:
            self._last = now
            self._say(self._line())

"""Live progress of a run: one moving line on a terminal, a plain line now and then elsewhere."""

from __future__ import annotations

import sys
import time
from typing import IO, TYPE_CHECKING

from .console import make_console, plain_wanted
from .words import visible

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from fluentcart_conformance.verdict.events import Event
    from fluentcart_conformance.verdict.verdict import Verdict

SECONDS_BETWEEN_LINES = 5.0


class RunProgress:
    """Watches a run: requirements looked at, requests, scenarios done, the current scenario.

    `total` is the number of requirements that the run can look at.
    """

    def __init__(self, total: int, stream: IO[str] | None = None) -> None:
        self._stream = stream or sys.stderr
        self._plain = plain_wanted(self._stream)
        self._total = total
        self._looked_at: set[str] = set()
        self._failed: set[str] = set()
        self._requests = 0
        self._scenarios = 0
        self._expected = 0
        self._title = ""
        self._last = time.monotonic()
        self._bar: Progress | None = None
        self._task: TaskID | None = None

    def ready(self, report: object, scenarios: int) -> None:  # noqa: ARG002 - a listener
        """The target has been looked at; so many scenarios will run (0: not known yet)."""
        self._expected = scenarios
        if not self._plain and self._bar is None:
            self._start_bar()

    def running(self, title: str) -> None:
        """A scenario begins."""
        self._title = visible(title, 70)
        self._show()

    def seen(self, event: Event) -> None:
        """An event went into the record."""
        if event["type"] == "exchange":
            self._requests += 1
            self._looked_at.update(event["proved"])
            broken = [one["requirement"] for one in event["findings"]]
            self._looked_at.update(broken)
            self._failed.update(broken)
        elif event["type"] == "check":
            self._looked_at.add(event["requirement"])
            if event["outcome"] == "failed":
                self._failed.add(event["requirement"])
        elif event["type"] == "scenario":
            self._scenarios += 1
            self._show()

    def done(self, verdict: Verdict) -> None:  # noqa: ARG002 - a listener
        """The verdict stands: the moving line goes away."""
        self.stop()

    def stop(self) -> None:
        """Take the moving line away; doing so twice does no harm."""
        bar, self._bar = self._bar, None
        if bar is not None:
            bar.stop()

    def _start_bar(self) -> None:
        from rich.progress import BarColumn, Progress, TextColumn  # noqa: PLC0415 - terminals only

        self._bar = Progress(
            BarColumn(bar_width=24),
            TextColumn("{task.fields[state]}", markup=False),
            console=make_console(self._stream),
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
        )
        self._task = self._bar.add_task("run", total=self._total, state="")
        self._bar.start()

    def _show(self) -> None:
        if self._bar is not None and self._task is not None:
            state = f"{self._state()}  {self._title}"
            self._bar.update(self._task, completed=len(self._looked_at), state=state)
            return
        now = time.monotonic()
        if self._plain and now - self._last >= SECONDS_BETWEEN_LINES:
            self._last = now
            print(f"{self._state()}  {self._title}", file=self._stream, flush=True)

    def _state(self) -> str:
        of = f"/{self._expected}" if self._expected else ""
        failed = f"  {len(self._failed)} failed" if self._failed else ""
        return (
            f"{len(self._looked_at)}/{self._total} requirements  {self._requests} requests  "
            f"{self._scenarios}{of} scenarios{failed}"
        )

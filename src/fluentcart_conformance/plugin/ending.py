"""The end of a run: what it created is taken away, and the record says so."""

from __future__ import annotations

import signal
import threading
from types import FrameType, TracebackType
from typing import Any, Self

from fluentcart_conformance.journal.cleanup import clean_up as take_away
from fluentcart_conformance.journal.guard import Guard, Policy
from fluentcart_conformance.journal.journal import Journal
from fluentcart_conformance.target.client import StoreClient
from fluentcart_conformance.target.pace import shared_pace
from fluentcart_conformance.target.preflight import TargetReport
from fluentcart_conformance.target.settings import Settings


class Patience:
    """Lets a run take away what it brought: the first Ctrl-C waits for that, a second does not.

    `tried` tells whether there was one; say so beforehand for a run that one has ended.
    """

    def __init__(self, *, tried: bool = False) -> None:
        self.tried = tried
        self._before: Any = None

    def __enter__(self) -> Self:
        # Elsewhere nobody can be interrupted; a background process may have been told to ignore it.
        if threading.current_thread() is threading.main_thread():
            self._before = signal.getsignal(signal.SIGINT)
            if callable(self._before):
                signal.signal(signal.SIGINT, self._interrupted)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if callable(self._before):
            signal.signal(signal.SIGINT, self._before)

    def _interrupted(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002
        if self.tried:
            raise KeyboardInterrupt
        self.tried = True


def clean_up(settings: Settings, report: TargetReport, journal: Journal) -> list[dict[str, Any]]:
    """Take away what the run created; returns the events for the record.

    A run's budget and time end the run, not its cleanup; rate and documented limits hold.
    """
    journal.reload()
    settings = settings.model_copy(update={"max_requests": None, "run_timeout": None})
    client = StoreClient(settings, report.root, pace=shared_pace(settings, journal.run))
    client.guard = Guard(journal, Policy.of(settings, embedded=report.embedded))
    answered: list[float] = []
    client.observer = lambda exchange: answered.append(exchange.elapsed_ms)
    try:
        outcome = take_away(client, journal, report, max(1, settings.workers))
    finally:
        client.close()
    sent = {"requests": len(answered), "ms": round(sum(answered), 1)}
    return [{"type": "cleanup", **outcome.as_json(), **sent}]

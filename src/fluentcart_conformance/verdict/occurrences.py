"""One place where a requirement was seen broken: a judge's finding or a failed check."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from .events import CheckEvent, ExchangeEvent

SERVER_ERROR = 500
_LEFT_BEHIND = "GEN-NO-HALF-WRITE"
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True)
class Occurrence:
    """A requirement broken at one place.

    `cause` is equal for everything that has one root cause; `statuses` and `operations` are those
    of its exchanges, in order; `source` is `judge` or `check`.
    """

    requirement: str
    operations: tuple[str, ...]
    pointer: str
    expected: str
    got: str
    kind: str
    cause: str
    scenario: str | None
    exchanges: tuple[str, ...]
    statuses: tuple[int, ...]
    source: str
    message: str = ""

    @property
    def operation(self) -> str | None:
        """The operation of the last exchange, the one that was asserted on."""
        return self.operations[-1] if self.operations else None


@dataclass(frozen=True)
class Trace:
    """What is kept of each exchange while a record is read: enough to find a root cause."""

    operation: str | None
    status: int
    server_error: str | None


def trace_of(event: ExchangeEvent) -> Trace:
    """A 5xx is a root cause of its own, told apart by operation, status and levelled text."""
    if event["status"] < SERVER_ERROR:
        return Trace(event["operation"], event["status"], None)
    for finding in event["findings"]:
        if finding["kind"] == "server_error" and finding["cause"]:
            return Trace(event["operation"], event["status"], finding["cause"])
    place = event["operation"] or f"{event['method']} {_NUMBER.sub('#', event['url'])}"
    text = _NUMBER.sub("#", (event["response"]["body"] or "")[:160])
    return Trace(event["operation"], event["status"], f"{place}|5xx|{event['status']}|{text}")


def judged(event: ExchangeEvent) -> list[Occurrence]:
    """The judge's findings in one exchange."""
    crash = trace_of(event).server_error
    return [
        Occurrence(
            requirement=finding["requirement"],
            operations=(event["operation"],) if event["operation"] else (),
            pointer=finding["pointer"],
            expected=finding["expected"],
            got=finding["got"],
            kind=finding["kind"],
            cause=crash or finding["cause"] or f"{finding['requirement']}|{event['operation']}",
            scenario=event["scenario"],
            exchanges=(event["id"],),
            statuses=(event["status"],),
            source="judge",
        )
        for finding in event["findings"]
    ]


def failed(check: CheckEvent, traces: Mapping[str, Trace]) -> Occurrence:
    """A failed check; when one of its exchanges is a 5xx, that is its root cause.

    What fuzzing saw a failed request leave behind is a mistake beside the status it failed with.
    """
    seen = [traces[name] for name in check["exchanges"] if name in traces]
    crash = next((trace.server_error for trace in reversed(seen) if trace.server_error), None)
    if check["requirement"] == _LEFT_BEHIND and (check["cause"] or "").startswith("fuzz|"):
        crash = None
    operations = tuple(trace.operation for trace in seen if trace.operation)
    place = operations[-1] if operations else "?"
    return Occurrence(
        requirement=check["requirement"],
        operations=operations,
        pointer="",
        expected=check["expected"],
        got=check["got"],
        kind="check",
        cause=crash or check["cause"] or f"{check['requirement']}|{place}",
        scenario=check["scenario"],
        exchanges=tuple(check["exchanges"]),
        statuses=tuple(trace.status for trace in seen),
        source="check",
        message=check["message"],
    )

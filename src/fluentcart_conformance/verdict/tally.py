"""Takes in the events of a run one at a time and keeps what a verdict needs, and no bodies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from .events import (
    CheckEvent,
    CleanupEvent,
    Event,
    ExchangeEvent,
    FooterEvent,
    HeaderEvent,
    ScenarioEvent,
    SentEvent,
)
from .occurrences import Occurrence, Trace, failed, judged, trace_of


@dataclass
class Seen:
    """What was seen of one requirement.

    `proved` counts exchanges whose judgement held; `reasons` are those of not_testable and
    not_applicable checks.
    """

    outcomes: Counter[str] = field(default_factory=Counter)
    proved: int = 0
    reasons: dict[str, list[str]] = field(default_factory=dict)
    scenarios: dict[str, None] = field(default_factory=dict)
    evidence: str | None = None
    operations: set[str] = field(default_factory=set)
    by_suites: bool = False
    """Whether written scenarios looked at it; generated requests are counted apart."""

    @property
    def executed(self) -> bool:
        """Whether the requirement was looked at at all."""
        return bool(self.outcomes["passed"] or self.outcomes["failed"] or self.proved)


@dataclass
class OperationTiming:
    """How often an operation was sent and how long it took in all, in milliseconds."""

    requests: int = 0
    total_ms: float = 0.0
    accepted: int = 0


class Tally:
    """The memory of one run. `add` each event in order, then hand it to `compute_verdict`."""

    def __init__(self) -> None:
        self.header: HeaderEvent | None = None
        self.footer: FooterEvent | None = None
        self.cleanup: CleanupEvent | None = None
        self.seen: dict[str, Seen] = {}
        self.occurrences: list[Occurrence] = []
        self.scenarios: dict[str, ScenarioEvent] = {}
        self.problems: list[tuple[str, str]] = []
        self.stopped = ""
        self.requests = 0
        self.generated = 0
        self.timing: dict[str, OperationTiming] = {}
        self._traces: dict[str, Trace] = {}
        self._late: list[CheckEvent] = []
        self._explained: set[str] = set()
        self._broken: set[str] = set()
        self._out_of_reach: dict[str, dict[str, str]] = {}

    @classmethod
    def of(cls, events: Iterable[Event]) -> Tally:
        """The tally of all these events."""
        tally = cls()
        for event in events:
            tally.add(event)
        return tally

    def add(self, event: Event) -> None:
        """Take in one event."""
        if event["type"] == "exchange":
            self._exchange(event)
        elif event["type"] == "sent":
            self._sent(event)
        elif event["type"] == "check":
            self._check(event)
        elif event["type"] == "scenario":
            self.scenarios[event["id"]] = event
        elif event["type"] == "problem":
            self.problems.append((event["where"], event["message"]))
        elif event["type"] == "stopped":
            self.stopped = event["reason"]
        elif event["type"] == "header":
            self.header = event
        elif event["type"] == "cleanup":
            self.cleanup = event
        else:
            self.footer = event

    def settle(self) -> None:
        """Resolve failed checks; under several workers a check may precede its exchanges."""
        for check in self._late:
            self.occurrences.append(failed(check, self._traces))
        self._late.clear()

    def unexplained(self) -> list[ScenarioEvent]:
        """Failed scenarios that left neither a failed check nor a finding: the tool's own fault."""
        return [
            scenario
            for scenario in self.scenarios.values()
            if scenario["outcome"] == "error"
            or (scenario["outcome"] == "failed" and scenario["id"] not in self._explained)
        ]

    def cut_short(self) -> dict[str, str]:
        """Requirement -> why, for what a scenario never got to that stopped and found nothing.

        That another scenario saw the requirement met does not tell what stopped this one.
        """
        return {
            requirement: reason
            for name, untested in self._out_of_reach.items()
            if name in self.scenarios
            and self.scenarios[name]["outcome"] == "failed"
            and name not in self._broken
            for requirement, reason in untested.items()
        }

    def _of(self, requirement: str) -> Seen:
        return self.seen.setdefault(requirement, Seen())

    def _exchange(self, event: ExchangeEvent) -> None:
        self.requests += 1
        by_suites = not _is_fuzz(event["scenario"])
        self.generated += not by_suites
        self._traces[event["id"]] = trace_of(event)
        self._time(event)
        broken = {finding["requirement"] for finding in event["findings"]}
        for requirement in event["proved"]:
            if requirement not in broken:
                seen = self._of(requirement)
                seen.proved += 1
                seen.by_suites |= by_suites
                seen.evidence = seen.evidence or event["id"]
                seen.operations.add(event["operation"] or "")
        for requirement in broken:
            self._of(requirement).operations.add(event["operation"] or "")
        if event["findings"]:
            self.occurrences.extend(judged(event))
            if event["scenario"]:
                self._explained.add(event["scenario"])
                self._broken.add(event["scenario"])

    def _time(self, event: ExchangeEvent) -> None:
        if event["operation"]:
            timing = self.timing.setdefault(event["operation"], OperationTiming())
            timing.requests += 1
            timing.total_ms += event["ms"]
            timing.accepted += event["status"] // 100 == 2

    def _sent(self, event: SentEvent) -> None:
        for operation, part in event["operations"].items():
            timing = self.timing.setdefault(operation, OperationTiming())
            timing.requests += part["requests"]
            timing.total_ms += part["total_ms"]
            timing.accepted += part["accepted"]
            self.requests += part["requests"]
            self.generated += part["requests"]

    def _check(self, event: CheckEvent) -> None:
        seen = self._of(event["requirement"])
        seen.outcomes[event["outcome"]] += 1
        seen.scenarios[event["scenario"]] = None
        seen.by_suites |= event["outcome"] == "passed" and not _is_fuzz(event["scenario"])
        if event["exchanges"] and event["outcome"] == "passed":
            seen.evidence = event["exchanges"][-1]
        if event["outcome"] == "failed":
            self._late.append(event)
            self._broken.add(event["scenario"])
        elif event["message"]:
            reasons = seen.reasons.setdefault(event["outcome"], [])
            if event["message"] not in reasons:
                reasons.append(event["message"])
        if event["outcome"] == "not_testable":
            untested = self._out_of_reach.setdefault(event["scenario"], {})
            untested[event["requirement"]] = event["message"]
        if event["outcome"] != "passed":
            self._explained.add(event["scenario"])


def _is_fuzz(scenario: str | None) -> bool:
    return bool(scenario) and str(scenario).startswith("fuzz/")

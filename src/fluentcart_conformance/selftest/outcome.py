"""What became of a fault, and of all of them together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from fluentcart_conformance.selftest.once import Seen
from fluentcart_conformance.store.faults import AREAS, KINDS, Fault

KILLED, SURVIVED, OTHER = "killed", "survived", "killed by another"
BROKEN, NOT_APPLICABLE = "broken", "not applicable"
RESULTS = (KILLED, OTHER, SURVIVED, BROKEN, NOT_APPLICABLE)
# A 500 is what a store answers that stumbles over anything: it proves no other requirement.
_ACCIDENTS = frozenset({"GEN-NO-5XX", "GEN-STATUS"})


@dataclass
class Outcome:
    """One fault and what the suites made of it.

    Attributes:
        by: Requirements it names that failed.
        also: Other requirements that failed.
        silent: Requirements it names that did not fail.
    """

    fault: str
    area: str
    kind: str
    requirements: tuple[str, ...]
    result: str
    by: list[str] = field(default_factory=list)
    also: list[str] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)
    words: str = ""
    seconds: float = 0.0

    def as_json(self) -> dict[str, Any]:
        """The outcome for `--format json`."""
        return {
            "fault": self.fault,
            "area": self.area,
            "kind": self.kind,
            "requirements": list(self.requirements),
            "result": self.result,
            "killed_by": self.by,
            "also_failed": self.also,
            "silent": self.silent,
            "words": self.words,
            "seconds": round(self.seconds, 2),
        }


def ended(fault: Fault, result: str, words: str = "") -> Outcome:
    """The outcome of a fault that was not looked at any closer."""
    return Outcome(fault.id, fault.area, fault.kind, fault.requirements, result, words=words)


def judged(fault: Fault, seen: Seen, clean: Seen, absent: Iterable[str]) -> Outcome:
    """What became of a fault in a run; what fails without it as well does not count."""
    failed = {one: words for one, words in seen.failed.items() if one not in clean.failed}
    gone = set(absent)
    applicable = [one for one in fault.requirements if one not in gone]
    outcome = ended(fault, SURVIVED)
    outcome.by = [one for one in applicable if one in failed]
    outcome.also = sorted(set(failed) - set(outcome.by))
    outcome.silent = [one for one in applicable if one not in failed]
    if seen.crashed:
        outcome.result, outcome.words = BROKEN, "the store failed by itself"
    elif outcome.by:
        outcome.result, outcome.words = KILLED, failed[outcome.by[0]]
    elif seen.problems:
        outcome.result, outcome.words = BROKEN, seen.problems[0]
    elif set(outcome.also) - _ACCIDENTS:
        outcome.result, outcome.words = OTHER, failed[outcome.also[0]]
    return outcome


def by_area(outcomes: Iterable[Outcome]) -> dict[str, Counter[str]]:
    """How many faults of each area came to which end."""
    counted: dict[str, Counter[str]] = {area: Counter() for area in AREAS}
    for one in outcomes:
        counted[one.area][one.result] += 1
    return counted


def by_kind(outcomes: Iterable[Outcome]) -> dict[str, Counter[str]]:
    """How many faults of each kind came to which end."""
    counted: dict[str, Counter[str]] = {kind: Counter() for kind in KINDS}
    for one in outcomes:
        counted[one.kind][one.result] += 1
    return counted


def unproved(clean: Seen, runs: Iterable[Outcome], levels: Mapping[str, str]) -> list[str]:
    """Requirements that hold without faults and never failed under any."""
    fell = {one for run in runs for one in (*run.by, *run.also)}
    return sorted(one for one in clean.passed - fell if levels.get(one) == "MUST")

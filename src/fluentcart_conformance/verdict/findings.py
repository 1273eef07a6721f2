"""One root cause, one finding: groups what was seen broken."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from fluentcart_conformance.contract.requirements import Requirement

from .deviations import Deviation
from .occurrences import Occurrence

LEVELS = ("MUST", "SHOULD", "MAY")


@dataclass(frozen=True)
class Finding:
    """Everything broken by one root cause.

    `level` is the strongest of its requirements, deviating ones left out while others remain;
    `deviations` are those that cover it; `deviating` is true when they cover every occurrence.
    """

    id: str
    cause: str
    level: str
    occurrences: tuple[Occurrence, ...]
    deviations: tuple[Deviation, ...]
    deviating: bool

    @property
    def first(self) -> Occurrence:
        """The example to show: a judge's finding where there is one, for its exact place."""
        return min(self.occurrences, key=lambda one: (one.source != "judge", len(one.got)))

    @property
    def requirements(self) -> tuple[str, ...]:
        """Every affected requirement, the example's own first."""
        names = dict.fromkeys([self.first.requirement])
        names.update(dict.fromkeys(one.requirement for one in self.occurrences))
        return tuple(names)

    @property
    def scenarios(self) -> tuple[str, ...]:
        """The scenarios that ran into it, in order."""
        return tuple(dict.fromkeys(one.scenario for one in self.occurrences if one.scenario))

    @property
    def exchange(self) -> str | None:
        """The exchange to show: the last one of the example."""
        return self.first.exchanges[-1] if self.first.exchanges else None


def group(
    occurrences: Iterable[Occurrence],
    requirements: Mapping[str, Requirement],
    deviations: Sequence[Deviation],
) -> tuple[Finding, ...]:
    """Occurrences grouped by root cause: MUST first, then by the number affected."""
    by_cause: dict[str, list[Occurrence]] = {}
    for occurrence in occurrences:
        by_cause.setdefault(occurrence.cause, []).append(occurrence)
    findings = [_finding(cause, seen, requirements, deviations) for cause, seen in by_cause.items()]
    return tuple(sorted(findings, key=_order))


def level_of(requirement: str, requirements: Mapping[str, Requirement]) -> str:
    """The requirement's level; an unknown id counts as MUST, so that nothing is lost."""
    known = requirements.get(requirement)
    return known.level if known else "MUST"


def _order(finding: Finding) -> tuple[bool, int, int, str]:
    return (
        finding.deviating,
        LEVELS.index(finding.level),
        -len(finding.occurrences),
        finding.cause,
    )


def _finding(
    cause: str,
    seen: list[Occurrence],
    requirements: Mapping[str, Requirement],
    deviations: Sequence[Deviation],
) -> Finding:
    covering: dict[tuple[str, str], Deviation] = {}
    unexplained: list[Occurrence] = []
    for occurrence in seen:
        fitting = [one for one in deviations if one.covers(occurrence)]
        covering.update({(one.key, one.requirement): one for one in fitting})
        if not fitting:
            unexplained.append(occurrence)
    levels = [level_of(one.requirement, requirements) for one in unexplained or seen]
    return Finding(
        id=f"F-{sha256(cause.encode('utf-8', 'replace')).hexdigest()[:8]}",
        cause=cause,
        level=min(levels, key=LEVELS.index),
        occurrences=tuple(seen),
        deviations=tuple(covering.values()),
        deviating=not unexplained,
    )

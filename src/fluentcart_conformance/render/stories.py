"""What each scenario came to, for the formats that report by scenario."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from fluentcart_conformance.verdict.events import CheckEvent, Event, ScenarioEvent
from fluentcart_conformance.verdict.findings import LEVELS, Finding, level_of
from fluentcart_conformance.verdict.verdict import Verdict


class Kind(StrEnum):
    """The end of a scenario, worst first."""

    HARNESS_ERROR = "harness error"
    FINDING = "finding"
    NOT_TESTABLE = "not testable"
    DEVIATION = "deviation"
    WARNING = "warning"
    PASSED = "passed"


@dataclass(frozen=True)
class Story:
    """One scenario with its checks, its findings and what they come to."""

    scenario: ScenarioEvent
    kind: Kind
    message: str
    level: str
    checks: Sequence[CheckEvent]
    findings: Sequence[Finding]


def checks_of(events: Iterable[Event]) -> dict[str, list[CheckEvent]]:
    """The checks of a record by scenario."""
    found: dict[str, list[CheckEvent]] = {}
    for event in events:
        if event["type"] == "check":
            found.setdefault(event["scenario"], []).append(event)
    return found


def stories(verdict: Verdict, checks: Mapping[str, Sequence[CheckEvent]]) -> list[Story]:
    """Every scenario of the run, in order."""
    met: dict[str, list[Finding]] = {}
    for finding in verdict.findings:
        for name in finding.scenarios:
            met.setdefault(name, []).append(finding)
    return [
        _story(verdict, one, checks.get(one["id"], ()), met.get(one["id"], ()))
        for one in verdict.scenarios
    ]


def _story(
    verdict: Verdict,
    scenario: ScenarioEvent,
    checks: Sequence[CheckEvent],
    findings: Sequence[Finding],
) -> Story:
    known = {name: one.requirement for name, one in verdict.requirements.items()}
    names = {*scenario["requirements"], *(check["requirement"] for check in checks)}
    levels = [level_of(name, known) for name in names]
    blocked = [
        check
        for check in checks
        if check["outcome"] == "not_testable" and level_of(check["requirement"], known) == "MUST"
    ]
    kind, message = _end(scenario, blocked, findings)
    level = min(levels, key=LEVELS.index) if levels else "MUST"
    return Story(scenario, kind, message, level, checks, findings)


def _end(
    scenario: ScenarioEvent, blocked: Sequence[CheckEvent], findings: Sequence[Finding]
) -> tuple[Kind, str]:
    open_ones = [one for one in findings if not one.deviating]
    known = [one for finding in findings if finding.deviating for one in finding.deviations]
    ends = {
        Kind.FINDING: [sentence(one) for one in open_ones if one.level == "MUST"],
        Kind.NOT_TESTABLE: [
            f"Not testable: {one['requirement']}: {one['message']}" for one in blocked
        ],
        Kind.WARNING: [f"Warning: {sentence(one)}" for one in open_ones],
        Kind.DEVIATION: [
            f"Known deviation: {one.requirement}: {one.reason} ({one.key})" for one in known
        ],
    }
    crashed = scenario["outcome"] == "error"
    for kind, lines in ends.items():
        if lines and not crashed:
            return kind, "\n".join(dict.fromkeys(lines))
    if scenario["outcome"] == "passed":
        return Kind.PASSED, ""
    return Kind.HARNESS_ERROR, f"Harness error: {scenario['message']}"


def sentence(finding: Finding) -> str:
    """`RFD-A, RFD-B: expected X, got Y`."""
    first = finding.first
    names = ", ".join(finding.requirements)
    if first.expected:
        place = f" at {first.pointer}" if first.pointer else ""
        return f"{names}: expected {first.expected}, got {first.got}{place}"
    return f"{names}: {(first.message or first.got).strip()}"

"""The verdict of an area: what its requirements' states add up to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from .states import RequirementVerdict, State
from .tally import Tally


class AreaResult(StrEnum):
    """How an area stands."""

    PASSED = "passed"
    FAILED = "failed"
    DEVIATING = "deviating"
    NO_VERDICT = "no_verdict"
    DISABLED = "disabled"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True)
class AreaVerdict:
    """One area: requirements by state, broken ones by level, and scenarios that ran."""

    name: str
    result: AreaResult
    states: Counter[State]
    failed: int
    warnings: int
    notes: int
    scenarios: int


def area_verdicts(
    tally: Tally, verdicts: Mapping[str, RequirementVerdict]
) -> dict[str, AreaVerdict]:
    """Every area's verdict, in the order of the requirements."""
    by_area: dict[str, list[RequirementVerdict]] = {}
    for one in verdicts.values():
        by_area.setdefault(one.requirement.area, []).append(one)
    ran = Counter(scenario["area"] for scenario in tally.scenarios.values())
    return {name: _area(name, ones, ran[name]) for name, ones in by_area.items()}


def _area(name: str, ones: list[RequirementVerdict], scenarios: int) -> AreaVerdict:
    states = Counter(one.state for one in ones)
    broken = Counter(one.requirement.level for one in ones if one.state is State.FAILED)
    return AreaVerdict(
        name=name,
        result=_area_result(states, bool(broken["MUST"]) or _is_blocked(ones, states)),
        states=states,
        failed=broken["MUST"],
        warnings=broken["SHOULD"],
        notes=broken["MAY"],
        scenarios=scenarios,
    )


def _is_blocked(ones: list[RequirementVerdict], states: Counter[State]) -> bool:
    """Whether a MUST could not be tested; an area where nothing was tried has no verdict at all."""
    executed = states[State.PASSED] or states[State.FAILED] or states[State.DEVIATING]
    return any(one.blocked and (executed or not one.overlooked) for one in ones)


def _area_result(states: Counter[State], fails: bool) -> AreaResult:
    if fails:
        return AreaResult.FAILED
    if states[State.DEVIATING]:
        return AreaResult.DEVIATING
    if states[State.PASSED] or states[State.FAILED]:
        return AreaResult.PASSED
    if states[State.UNTESTED] or states[State.NOT_TESTABLE]:
        return AreaResult.NO_VERDICT
    return AreaResult.DISABLED if states[State.DISABLED] else AreaResult.NOT_APPLICABLE

"""Two runs side by side: what got worse, what got better, what is new, what vanished."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .findings import Finding
from .states import RequirementVerdict, State
from .verdict import Verdict

_GOOD = frozenset({State.PASSED, State.DEVIATING})
_BAD = frozenset({State.FAILED, State.NOT_TESTABLE})
_LOOKED_AT = frozenset({State.PASSED, State.DEVIATING, State.FAILED})
SLOWER = 1.5
"""From this ratio of mean answering times an operation is worth a line."""
LEAST_REQUESTS = 5


class ComparisonError(Exception):
    """Two runs that cannot be compared; the sentence says why."""

    exit_code = 2


@dataclass(frozen=True)
class Change:
    """One requirement that is not what it was."""

    requirement: str
    level: str
    area: str
    before: State
    after: State
    reason: str


@dataclass(frozen=True)
class Timing:
    """An operation's mean answering time in both runs, in milliseconds."""

    operation: str
    before: float
    after: float


@dataclass(frozen=True)
class Comparison:
    """What changed between two runs.

    `regressions` are requirements that got worse; `new_findings` are new root causes of
    requirements that failed before already. Both, and what vanished, fail the comparison when
    they are of a MUST.
    """

    before: Verdict
    after: Verdict
    regressions: tuple[Change, ...]
    fixes: tuple[Change, ...]
    new: tuple[Change, ...]
    vanished: tuple[Change, ...]
    new_findings: tuple[Finding, ...]
    gone_findings: tuple[Finding, ...]
    new_deviations: tuple[str, ...]
    gone_deviations: tuple[str, ...]
    timing: tuple[Timing, ...]

    @property
    def regressed(self) -> bool:
        """Whether a MUST got worse, has a new cause of failing, or is no longer looked at."""
        levels = [one.level for one in (*self.regressions, *self.vanished)]
        levels += [one.level for one in self.new_findings]
        return "MUST" in levels


def compare_runs(before: Verdict, after: Verdict) -> Comparison:
    """Compare two runs. Raises ComparisonError for runs of different profiles."""
    profiles = before.header["profile"], after.header["profile"]
    if profiles[0] != profiles[1]:
        raise ComparisonError(
            f"the runs are of different profiles, {profiles[0]} and {profiles[1]}; "
            "only runs of one profile can be compared"
        )
    changes = list(_changes(before.requirements, after.requirements))
    causes_before = {one.cause for one in before.findings if not one.deviating}
    causes_after = {one.cause for one in after.findings if not one.deviating}
    known_before = {_name(one) for one in before.findings if one.deviating}
    known_after = {_name(one) for one in after.findings if one.deviating}
    return Comparison(
        before=before,
        after=after,
        regressions=tuple(one for one in changes if one.before in _GOOD and one.after in _BAD),
        fixes=tuple(one for one in changes if one.before in _BAD and one.after in _GOOD),
        new=tuple(
            one for one in changes if one.before not in _LOOKED_AT and one.after in _LOOKED_AT
        ),
        vanished=tuple(
            one
            for one in changes
            if one.before in _LOOKED_AT and one.after not in _LOOKED_AT | _BAD
        ),
        new_findings=tuple(
            one
            for one in after.findings
            if not one.deviating and one.cause not in causes_before and _failed(one, before)
        ),
        gone_findings=tuple(
            one for one in before.findings if not one.deviating and one.cause not in causes_after
        ),
        new_deviations=tuple(sorted(known_after - known_before)),
        gone_deviations=tuple(sorted(known_before - known_after)),
        timing=tuple(_timing(before, after)),
    )


def _changes(
    before: Mapping[str, RequirementVerdict], after: Mapping[str, RequirementVerdict]
) -> Iterator[Change]:
    for name, now in after.items():
        was = before.get(name)
        earlier, later = _compared(was), _compared(now)
        if earlier is not later:
            known = now.requirement
            yield Change(name, known.level, known.area, earlier, later, now.reason)


def _compared(one: RequirementVerdict | None) -> State:
    """The state for comparing: without any check a requirement got no better and no worse."""
    return State.UNTESTED if one is None or one.overlooked else one.state


def _failed(finding: Finding, before: Verdict) -> bool:
    """Whether a requirement of the finding failed before: else it is a regression by itself."""
    states = [
        before.requirements[name].state
        for name in finding.requirements
        if name in before.requirements
    ]
    return State.FAILED in states


def _name(finding: Finding) -> str:
    return f"{finding.first.requirement} ({finding.first.operation or '?'})"


def _timing(before: Verdict, after: Verdict) -> Iterator[Timing]:
    for operation, now in after.timing.items():
        was = before.timing.get(operation)
        if was is None or min(was.requests, now.requests) < LEAST_REQUESTS:
            continue
        old, new = was.total_ms / was.requests, now.total_ms / now.requests
        if old > 0 and not 1 / SLOWER < new / old < SLOWER:
            yield Timing(operation, round(old, 1), round(new, 1))

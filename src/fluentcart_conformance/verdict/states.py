"""The state of each requirement in one run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from fluentcart_conformance.contract.requirements import Requirement

from .events import Capability, HeaderEvent, Selection
from .findings import Finding
from .tally import Seen, Tally

_NAMED = 3


class State(StrEnum):
    """What a run can say of a requirement."""

    PASSED = "passed"
    FAILED = "failed"
    DEVIATING = "deviating"
    NOT_TESTABLE = "not_testable"
    NOT_APPLICABLE = "not_applicable"
    DISABLED = "disabled"
    UNTESTED = "untested"


_NOT_LOOKED_AT = "no check of this run looked at it"


@dataclass(frozen=True)
class RequirementVerdict:
    """One requirement's state with its reason and its evidence.

    `checks` counts executed checks, `proofs` the exchanges that proved it by being judged;
    `findings` are ids of findings; `evidence` is the exchange that shows it met.
    """

    requirement: Requirement
    state: State
    reason: str = ""
    checks: int = 0
    proofs: int = 0
    scenarios: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    evidence: str | None = None

    @property
    def blocked(self) -> bool:
        """A MUST that could not be tested: it fails the run."""
        return self.state is State.NOT_TESTABLE and self.requirement.level == "MUST"

    @property
    def overlooked(self) -> bool:
        """No check of the run looked at it: nothing prevented that, so the run just lacks it."""
        return self.state is State.NOT_TESTABLE and self.reason == _NOT_LOOKED_AT


@dataclass(frozen=True)
class Circumstances:
    """What the run was told before it began: profile, selection, capabilities."""

    profile: str
    selection: Selection
    capabilities: Mapping[str, Capability]
    stopped: str = ""

    @classmethod
    def of(cls, header: HeaderEvent, stopped: str = "") -> Circumstances:
        """The circumstances in a record's header, and why the run stopped early, if it did."""
        return cls(header["profile"], header["selection"], header["capabilities"], stopped)

    def excluded(self, requirement: Requirement) -> str | None:
        """Why the operator's selection leaves the requirement out, if it does."""
        if self.selection.get("traffic"):
            return "the traffic does not show it"
        areas, keyword = self.selection["areas"], self.selection["keyword"]
        if areas is not None and requirement.area not in areas:
            return f"only {', '.join(areas)} was selected"
        only = self.selection.get("only") or []
        if only and requirement.id not in only:
            return f"only {', '.join(only[:_NAMED])}{' ...' * (len(only) > _NAMED)} was selected"
        if keyword:
            return f"only scenarios matching {keyword!r} were selected"
        return self._left_out(requirement) or self.stopped or self.selection.get("withheld")

    def _left_out(self, requirement: Requirement) -> str:
        """Which other run looks at the requirement, or has looked."""
        if shard := self.selection.get("shard"):
            return f"this is only shard {shard}"
        since = self.selection.get("since")
        settled = since is not None and requirement.id not in since["open"]
        return f"settled by {since['run']}" if since and settled else ""


def requirement_verdicts(
    tally: Tally,
    findings: tuple[Finding, ...],
    requirements: Mapping[str, Requirement],
    circumstances: Circumstances,
) -> dict[str, RequirementVerdict]:
    """Every requirement's verdict, in the order of the requirements."""
    by_requirement: dict[str, list[Finding]] = {}
    for finding in findings:
        for name in finding.requirements:
            by_requirement.setdefault(name, []).append(finding)
    cut_short = tally.cut_short()
    return {
        name: _verdict(
            requirement,
            tally.seen.get(name, Seen()),
            by_requirement.get(name, []),
            circumstances,
            cut_short.get(name, ""),
        )
        for name, requirement in requirements.items()
    }


def _verdict(
    requirement: Requirement,
    seen: Seen,
    findings: list[Finding],
    circumstances: Circumstances,
    cut_short: str,
) -> RequirementVerdict:
    state, reason = _state(requirement, seen, findings, circumstances)
    if state is State.PASSED and cut_short:
        state, reason = State.NOT_TESTABLE, cut_short
    return RequirementVerdict(
        requirement=requirement,
        state=state,
        reason=reason,
        checks=seen.outcomes["passed"] + seen.outcomes["failed"],
        proofs=seen.proved,
        scenarios=tuple(seen.scenarios),
        findings=tuple(finding.id for finding in findings),
        evidence=seen.evidence,
    )


def _state(
    requirement: Requirement,
    seen: Seen,
    findings: list[Finding],
    circumstances: Circumstances,
) -> tuple[State, str]:
    if findings:
        return _broken(requirement, findings)
    if seen.outcomes["passed"] or seen.proved:
        return State.PASSED, ""
    for state in (State.NOT_TESTABLE, State.NOT_APPLICABLE, State.DISABLED):
        if seen.outcomes[state]:
            return state, "; ".join(seen.reasons.get(state, []))
    return _unseen(requirement, circumstances)


def _broken(requirement: Requirement, findings: list[Finding]) -> tuple[State, str]:
    mine = [
        (occurrence, finding)
        for finding in findings
        for occurrence in finding.occurrences
        if occurrence.requirement == requirement.id
    ]
    known = [
        [deviation for deviation in finding.deviations if deviation.covers(occurrence)]
        for occurrence, finding in mine
    ]
    if all(known):
        reasons = dict.fromkeys(one.reason for fitting in known for one in fitting)
        return State.DEVIATING, "; ".join(reasons)
    first = next(
        occurrence for (occurrence, _), fitting in zip(mine, known, strict=True) if not fitting
    )
    return State.FAILED, first.message or f"expected {first.expected}, got {first.got}"


def _unseen(requirement: Requirement, circumstances: Circumstances) -> tuple[State, str]:
    absent = requirement.absent.get(circumstances.profile)
    if absent:
        return State.NOT_APPLICABLE, absent
    excluded = circumstances.excluded(requirement)
    if excluded:
        return State.DISABLED, excluded
    capability = circumstances.capabilities.get(requirement.capability or "")
    if capability and not capability["present"]:
        # A capability that preflight merely failed to find is a missing prerequisite, not a choice.
        chosen = capability.get("declared", False)
        return State.NOT_APPLICABLE if chosen else State.NOT_TESTABLE, capability["reason"]
    if requirement.untestable:
        return State.UNTESTED, requirement.untestable
    if requirement.alternative:
        return (
            State.NOT_APPLICABLE,
            f"the store chose another form: {requirement.alternative}",
        )
    return State.NOT_TESTABLE, _NOT_LOOKED_AT

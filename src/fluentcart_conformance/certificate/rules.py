"""The stricter rules: what keeps a run from being certified."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from fluentcart_conformance.contract.operations import Operation
from fluentcart_conformance.verdict.states import RequirementVerdict, State
from fluentcart_conformance.verdict.tally import Tally
from fluentcart_conformance.verdict.verdict import Result, Verdict

GENERATED_AT_LEAST = 5
"""Requests that fuzzing must have sent, per operation on average."""
_OPEN = (State.NOT_TESTABLE, State.DISABLED, State.UNTESTED)


def objections(
    verdict: Verdict, tally: Tally, operations: Mapping[str, Operation], generated: int
) -> list[str]:
    """Every reason against a certificate, in words; none when the run may be certified.

    `generated` is how many requests fuzzing sent.
    """
    return [
        *_about_the_run(verdict),
        *_about_the_fuzzing(tally, operations, generated),
        *(
            f"{one.requirement.id} ({one.requirement.level}) {why}"
            for one in verdict.requirements.values()
            if one.requirement.level == "MUST" and (why := _wanting(one))
        ),
    ]


def _about_the_run(verdict: Verdict) -> Iterator[str]:
    if not verdict.complete:
        yield "the run was cut short"
    if verdict.result is not Result.CONFORMS:
        yield f"the verdict of the run is: {verdict.result.value.replace('_', ' ')}"
    selection = verdict.header["selection"]
    if any(selection.values()):
        yield "it was not one whole run: only a part was selected, joined or resumed"
    if verdict.header["deviations"] or verdict.known_deviations:
        yield "known deviations were given; a certificate allows none"
    for text in (*verdict.harness_problems, *verdict.target_problems):
        yield f"the run met a problem: {text}"
    for finding in verdict.findings:
        if finding.level == "MUST":
            yield f"finding {finding.id}: {', '.join(finding.requirements)}"


def _about_the_fuzzing(
    tally: Tally, operations: Mapping[str, Operation], generated: int
) -> Iterator[str]:
    fuzzed = {name.partition("[")[2].rstrip("]") for name in tally.scenarios if is_fuzz(name)}
    missing = sorted(set(operations) - fuzzed)
    if missing:
        yield f"fuzzing left out {', '.join(missing)}"
    least = GENERATED_AT_LEAST * len(operations)
    if generated < least:
        yield f"fuzzing sent {generated} requests; a certificate needs {least}"


def is_fuzz(scenario: str | None) -> bool:
    """Whether a scenario sends generated requests."""
    return bool(scenario) and str(scenario).startswith("fuzz/")


def _wanting(one: RequirementVerdict) -> str:
    """Why a MUST is not satisfied."""
    if one.state is State.FAILED:
        return f"failed: {one.reason}"
    if one.state is State.DEVIATING:
        return "is a known deviation; a certificate allows none"
    if one.state not in _OPEN or excused(one):
        return ""
    return f"was not tested: {one.reason}"


def excused(one: RequirementVerdict) -> bool:
    """Untested with a reason in the requirement itself."""
    return one.state is State.UNTESTED and bool(one.requirement.untestable)

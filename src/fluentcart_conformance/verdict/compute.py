"""Computes the verdict of a run from its events; the verdict rules live here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from fluentcart_conformance.contract.requirements import Requirement

from .areas import AreaResult, AreaVerdict, area_verdicts
from .deviations import Deviation
from .findings import Finding, group
from .record import RecordError, read_record
from .staleness import stale, unseen, usable
from .states import Circumstances, RequirementVerdict, State, requirement_verdicts
from .tally import Tally
from .verdict import Economy, Result, Verdict


def verdict_of_record(
    path: Path,
    requirements: Mapping[str, Requirement],
    deviations: Sequence[Deviation] = (),
) -> Verdict:
    """The verdict of a record on disk. A record without a footer is of an interrupted run."""
    return compute_verdict(Tally.of(read_record(path)), requirements, deviations)


def compute_verdict(
    tally: Tally,
    requirements: Mapping[str, Requirement],
    deviations: Sequence[Deviation] = (),
    *,
    ended: datetime | None = None,
    interrupted: bool = False,
    today: date | None = None,
) -> Verdict:
    """The verdict of what the tally took in.

    While the run still goes, the caller gives `ended` and says whether it was `interrupted`; for
    a record both come from its footer. Raises RecordError without a header.
    """
    if tally.header is None:
        raise RecordError("the record has no header")
    tally.settle()
    day = today or datetime.now(UTC).date()
    findings = group(tally.occurrences, requirements, usable(deviations, requirements, day))
    verdicts = requirement_verdicts(
        tally, findings, requirements, Circumstances.of(tally.header, tally.stopped)
    )
    areas = area_verdicts(tally, verdicts)
    stale_ones = stale(deviations, tally, verdicts, day)
    harness = _harness_problems(tally, requirements)
    target = tuple(dict.fromkeys(text for where, text in tally.problems if where == "target"))
    complete = ended is not None or tally.footer is not None
    ladder = (
        (interrupted or not complete or _was_interrupted(tally), Result.INTERRUPTED, 130),
        (bool(harness), Result.HARNESS_ERROR, 4),
        (bool(target), Result.NO_VERDICT, 3),
        (_fails(findings, verdicts) or bool(stale_ones), Result.FINDINGS, 1),
        (_nothing_left(tally), Result.NO_VERDICT, 0),
        (_without_verdict(tally, verdicts, areas), Result.NO_VERDICT, 1),
        (True, Result.CONFORMS, 0),
    )
    result, code = next((result, code) for holds, result, code in ladder if holds)
    stop = tally.footer["ended"] if tally.footer else (ended or datetime.now(UTC)).isoformat()
    return Verdict(
        header=tally.header,
        result=result,
        exit_code=code,
        requirements=verdicts,
        areas=areas,
        findings=findings,
        stale=stale_ones,
        harness_problems=harness,
        target_problems=target,
        scenarios=tuple(tally.scenarios.values()),
        cleanup=tally.cleanup,
        timing=tally.timing,
        requests=tally.requests,
        suites=_economy(tally, verdicts),
        seconds=_seconds(tally.header["started"], stop) if complete else 0.0,
        ended=stop if complete else "",
        complete=complete,
        unseen=unseen(deviations, tally),
    )


def _economy(tally: Tally, verdicts: Mapping[str, RequirementVerdict]) -> Economy:
    proved = [name for name, seen in tally.seen.items() if seen.by_suites]
    passed = [one for one in proved if one in verdicts and verdicts[one].state is State.PASSED]
    return Economy(tally.requests - tally.generated, len(passed))


def _was_interrupted(tally: Tally) -> bool:
    return bool(tally.footer and tally.footer["verdict"].get("result") == Result.INTERRUPTED.value)


def _seconds(started: str, ended: str) -> float:
    try:
        span = datetime.fromisoformat(ended) - datetime.fromisoformat(started)
    except (ValueError, TypeError):
        return 0.0
    return max(span.total_seconds(), 0.0)


def _harness_problems(tally: Tally, requirements: Mapping[str, Requirement]) -> tuple[str, ...]:
    texts = [text for where, text in tally.problems if where == "harness"]
    cited = set(tally.seen) | {one.requirement for one in tally.occurrences}
    texts += [
        f"a check cites the unknown requirement {name}"
        for name in sorted(cited)
        if name not in requirements
    ]
    gone = any(where == "target" for where, _ in tally.problems)
    if not gone:
        # With the target gone, scenarios fail for that reason and not through the tool.
        texts += [
            f"{one['id']}: {one['message'].splitlines()[0] if one['message'] else one['outcome']}"
            for one in tally.unexplained()
        ]
    return tuple(dict.fromkeys(texts))


def _fails(findings: Sequence[Finding], verdicts: Mapping[str, RequirementVerdict]) -> bool:
    """A broken MUST that nothing explains, or a MUST that could not be tested."""
    if any(one.level == "MUST" and not one.deviating for one in findings):
        return True
    return any(one.blocked and not one.overlooked for one in verdicts.values())


def _nothing_left(tally: Tally) -> bool:
    """An earlier run settled everything, so this one had nothing to look at."""
    since = tally.header and tally.header["selection"].get("since")
    return bool(since) and not tally.scenarios and not tally.requests


def _without_verdict(
    tally: Tally,
    verdicts: Mapping[str, RequirementVerdict],
    areas: Mapping[str, AreaVerdict],
) -> bool:
    """Nothing was looked at: in the whole run, in an area that was to be run, or of one MUST."""
    if not any(seen.executed for seen in tally.seen.values()):
        return True
    if any(one.blocked for one in verdicts.values()):
        return True
    return any(area.result is AreaResult.NO_VERDICT for area in areas.values())

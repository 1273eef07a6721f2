"""The figures a verdict adds up to, and what ends a run without one."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from fluentcart_conformance.render.words import economy
from fluentcart_conformance.verdict.areas import AreaResult
from fluentcart_conformance.verdict.compute import compute_verdict
from fluentcart_conformance.verdict.deviations import Deviation
from fluentcart_conformance.verdict.record import RecordError
from fluentcart_conformance.verdict.states import State
from fluentcart_conformance.verdict.tally import Tally
from fluentcart_conformance.verdict.verdict import Result, Verdict
from tests.synthetic import (
    ENDED,
    STARTED,
    catalogue,
    check,
    exchange,
    finding,
    footer,
    header,
    requirement,
    run,
    scenario,
)
from tests.verdict.test_selection import A, B, verdict


def test_a_verdict_counts_checks_proofs_and_scenarios() -> None:
    found = verdict(
        exchange("w0-1", proved=["RFD-A"]),
        exchange("w0-2", proved=["RFD-A"]),
        check("RFD-A", exchanges=["w0-1", "w0-2"], scenario="a::one"),
        check("RFD-A", "failed", scenario="a::two", message="is not so"),
        check("RFD-A", "not_testable", scenario="a::three"),
    ).requirements["RFD-A"]
    assert (found.checks, found.proofs) == (2, 2)
    assert found.scenarios == ("a::one", "a::two", "a::three")
    assert found.evidence == "w0-2"
    assert (found.state, found.reason) == (State.FAILED, "is not so")
    assert len(found.findings) == 1
    assert found.requirement is A


def test_a_failure_without_words_shows_what_was_expected() -> None:
    found = verdict(exchange(findings=[finding("RFD-A")])).requirements["RFD-A"]
    assert found.reason == "expected an integer, got text"


def test_known_and_unknown_failures_of_one_requirement() -> None:
    known = Deviation(
        "RFD-A", "cents as text", ("x",), "1.3", date(2027, 1, 1),
        scope={"pointer": "/order/total_refund"}, file="a.yaml", number=1,
    )  # fmt: skip
    again = Deviation("RFD-A", "cents again", ("x",), "1.3", date(2027, 1, 1), file="a.yaml")
    events = [
        exchange("w0-1", findings=[finding("RFD-A")]),
        exchange("w0-2", findings=[finding("RFD-A", "other", pointer="/x", got="null")]),
    ]

    def found(*deviations: Deviation) -> Any:
        tally = Tally.of(run(*events))
        day = date(2026, 11, 20)
        return compute_verdict(tally, catalogue(A), deviations, today=day).requirements["RFD-A"]

    assert (found(known).state, found(known).reason) == (
        State.FAILED, "expected an integer, got null"
    )  # fmt: skip
    assert found(known, again).state is State.DEVIATING
    assert found(known, again).reason == "cents again; cents as text"


def test_the_summary_holds_every_figure() -> None:
    known = (A, B, requirement("RFD-S", "SHOULD"), requirement("RFD-M", "MAY"))
    summary = verdict(
        exchange(findings=[finding("RFD-A")]),
        check("RFD-S", "failed"),
        check("RFD-M", "failed"),
        check("ORD-B"),
        scenario("failed"),
        known=known,
    ).summary()
    assert summary == {
        "result": "findings",
        "exit_code": 1,
        "requirements": {
            "passed": 1, "failed": 3, "deviating": 0, "not_testable": 0, "not_applicable": 0,
            "disabled": 0, "untested": 0,
        },
        "areas": {
            "refunds": {"result": "failed", "failed": 3},
            "orders": {"result": "passed", "passed": 1},
        },
        "findings": 1,
        "warnings": 1,
        "notes": 1,
        "deviations": 0,
        "stale_deviations": 0,
        "unseen_deviations": 0,
        "requests": 1,
        "economy": {"requests": 1, "proved": 1},
        "seconds": 18.2,
        "complete": True,
    }  # fmt: skip


AREAS = [
    (["passed"], AreaResult.PASSED),
    (["failed"], AreaResult.FAILED),
    (["not_testable"], AreaResult.FAILED),
    (["not_applicable"], AreaResult.NOT_APPLICABLE),
    (["not_applicable", "disabled"], AreaResult.DISABLED),
    (["disabled", "passed"], AreaResult.PASSED),
    (["disabled", None], AreaResult.NO_VERDICT),
    ([None], AreaResult.NO_VERDICT),
]


@pytest.mark.parametrize(("outcomes", "result"), AREAS)
def test_an_area_adds_up_its_requirements(outcomes: list[str | None], result: AreaResult) -> None:
    known = [requirement(f"RFD-{n}") for n in range(len(outcomes))]
    checks = [check(f"RFD-{n}", one, scenario="x") for n, one in enumerate(outcomes) if one]
    found = verdict(*checks, known=tuple(known)).areas["refunds"]
    assert found.result is result
    assert (found.name, sum(found.states.values())) == ("refunds", len(outcomes))


def test_an_area_counts_what_is_broken_by_level_and_what_ran() -> None:
    known = (A, requirement("RFD-S", "SHOULD"), requirement("RFD-M", "MAY"), B)
    broken = [check(one.id, "failed") for one in known[:3]]
    found = verdict(*broken, scenario("failed"), scenario(id="other"), known=known).areas
    area = found["refunds"]
    assert (area.failed, area.warnings, area.notes, area.scenarios) == (1, 1, 1, 2)
    assert (found["orders"].failed, found["orders"].scenarios) == (0, 0)
    lesser = verdict(check("RFD-S", "failed"), known=known[1:2]).areas["refunds"]
    assert (lesser.result, lesser.warnings) == (AreaResult.PASSED, 1)
    blocked = verdict(check("RFD-S", "not_testable"), known=known[1:2]).areas["refunds"]
    assert blocked.result is AreaResult.NO_VERDICT


def going(ended: datetime | None, **more: Any) -> Verdict:
    events = [header(), check("RFD-A", exchanges=[])]
    return compute_verdict(Tally.of(events), catalogue(A), ended=ended, **more)


def test_a_run_that_still_goes_is_told_its_end() -> None:
    found = going(datetime(2026, 11, 20, 18, 0, 5, tzinfo=UTC))
    assert (found.result, found.exit_code, found.complete) == (Result.CONFORMS, 0, True)
    assert (found.seconds, found.ended) == (5.0, "2026-11-20T18:00:05+00:00")
    cut = going(datetime(2026, 11, 20, 18, 0, 5, tzinfo=UTC), interrupted=True)
    assert (cut.result, cut.exit_code) == (Result.INTERRUPTED, 130)
    endless = going(None)
    assert (endless.result, endless.seconds, endless.ended) == (Result.INTERRUPTED, 0.0, "")
    early = going(datetime(2026, 11, 20, 17, tzinfo=UTC))
    assert early.seconds == 0.0


def test_the_footer_ends_a_record() -> None:
    found = verdict(check("RFD-A"))
    assert (found.ended, found.header["started"]) == (ENDED, STARTED)
    odd = compute_verdict(
        Tally.of([header(started="soon"), check("RFD-A"), footer()]), catalogue(A)
    )
    assert odd.seconds == 0.0
    naive = compute_verdict(
        Tally.of([header(started="2026-11-20T18:00:00"), check("RFD-A"), footer()]), catalogue(A)
    )
    assert naive.seconds == 0.0
    stopped = compute_verdict(
        Tally.of([header(), check("RFD-A"), footer("interrupted")]), catalogue(A)
    )
    assert stopped.result is Result.INTERRUPTED


def test_without_a_header_there_is_no_verdict() -> None:
    with pytest.raises(RecordError, match=r"^the record has no header$"):
        compute_verdict(Tally.of([footer()]), catalogue(A))


def problem(where: str, message: str) -> Any:
    return {"type": "problem", "where": where, "message": message}


def test_what_the_tool_itself_did_wrong_is_listed_once() -> None:
    found = verdict(
        problem("harness", "no disk"),
        problem("harness", "no disk"),
        check("RFD-GHOST"),
        exchange(findings=[finding("ORD-GHOST")]),
        scenario("error", id="a::one", message=""),
        scenario("failed", id="b::two", message="KeyError: 1\nmore"),
    )
    assert found.harness_problems == (
        "no disk",
        "a check cites the unknown requirement ORD-GHOST",
        "a check cites the unknown requirement RFD-GHOST",
        "a::one: error",
        "b::two: KeyError: 1",
    )
    assert (found.result, found.exit_code) == (Result.HARNESS_ERROR, 4)


def test_with_the_target_gone_scenarios_fail_for_that_reason() -> None:
    found = verdict(problem("target", "no answer"), check("RFD-A"), scenario("error", message="x"))
    assert found.harness_problems == ()
    assert found.target_problems == ("no answer",)
    assert (found.result, found.exit_code) == (Result.NO_VERDICT, 3)


def test_generated_requests_are_no_part_of_the_economy() -> None:
    generated = {"list_orders": {"requests": 40, "accepted": 40, "total_ms": 4.0}}
    found = verdict(
        exchange("w0-1", scenario="refunds/test_x.py::test_y", proved=["RFD-A"]),
        exchange("w0-2", scenario="fuzz/test_requests.py::test_z", proved=["ORD-B"]),
        {"type": "sent", "scenario": "fuzz/test_requests.py::test_z", "operations": generated},
    )
    assert (found.requests, found.suites.requests, found.suites.proved) == (42, 1, 1)
    assert economy(found) == (
        "1.00 requirements proved per request of the scenarios (1 by 1); 41 generated requests"
        " apart"
    )

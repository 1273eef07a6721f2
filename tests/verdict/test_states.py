"""Every state of a requirement, and what the states add up to."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from fluentcart_conformance.contract.requirements import Requirement
from fluentcart_conformance.verdict.areas import AreaResult
from fluentcart_conformance.verdict.compute import compute_verdict
from fluentcart_conformance.verdict.deviations import Deviation
from fluentcart_conformance.verdict.events import Event
from fluentcart_conformance.verdict.states import State
from fluentcart_conformance.verdict.tally import Tally
from fluentcart_conformance.verdict.verdict import Result, Verdict
from tests.synthetic import (
    SCENARIO,
    catalogue,
    check,
    exchange,
    finding,
    header,
    requirement,
    run,
    scenario,
)

TODAY = date(2026, 11, 20)
A = requirement("RFD-A")


def verdict(
    events: list[Event], *requirements: Requirement, deviations: tuple[Deviation, ...] = ()
) -> Verdict:
    return compute_verdict(
        Tally.of(events), catalogue(*(requirements or (A,))), deviations, today=TODAY
    )


def state_of(found: Verdict, name: str = "RFD-A") -> State:
    return found.requirements[name].state


def test_a_passed_check_passes_and_the_run_conforms() -> None:
    found = verdict(run(exchange(), check("RFD-A"), scenario()))
    assert state_of(found) is State.PASSED
    assert (found.result, found.exit_code) == (Result.CONFORMS, 0)
    assert found.areas["refunds"].result is AreaResult.PASSED
    assert found.requests == 1
    assert found.seconds == pytest.approx(18.2)


def test_an_exchange_that_proves_it_is_enough() -> None:
    found = verdict(run(exchange(proved=["RFD-A"])))
    assert state_of(found) is State.PASSED
    assert found.requirements["RFD-A"].evidence == "w0-1"


def test_a_failed_must_fails_the_run() -> None:
    found = verdict(run(exchange(), check("RFD-A", "failed"), scenario("failed")))
    assert state_of(found) is State.FAILED
    assert (found.result, found.exit_code) == (Result.FINDINGS, 1)
    assert found.areas["refunds"].result is AreaResult.FAILED


def test_one_failure_outweighs_many_passes() -> None:
    events = run(check("RFD-A"), exchange(findings=[finding("RFD-A")]), check("RFD-A"))
    assert state_of(verdict(events)) is State.FAILED


def test_an_exchange_proves_nothing_that_it_breaks() -> None:
    found = verdict(run(exchange(findings=[finding("RFD-A")], proved=["RFD-A"])))
    assert found.requirements["RFD-A"].proofs == 0


@pytest.mark.parametrize("level", ["SHOULD", "MAY"])
def test_should_warns_and_may_notes(level: str) -> None:
    lesser = requirement("RFD-B", level)
    events = run(exchange(), check("RFD-A"), check("RFD-B", "failed"), scenario("failed"))
    found = verdict(events, A, lesser)
    assert (found.result, found.exit_code) == (Result.CONFORMS, 0)
    assert state_of(found, "RFD-B") is State.FAILED
    assert len(found.open_findings(level)) == 1


def test_a_must_that_cannot_be_tested_fails_the_run() -> None:
    found = verdict(run(check("RFD-A", "not_testable", message="no product"), scenario("failed")))
    assert state_of(found) is State.NOT_TESTABLE
    assert found.requirements["RFD-A"].reason == "no product"
    assert (found.result, found.exit_code) == (Result.FINDINGS, 1)


def test_a_should_that_cannot_be_tested_does_not_fail_the_run() -> None:
    lesser = requirement("RFD-B", "SHOULD")
    found = verdict(run(check("RFD-A"), check("RFD-B", "not_testable")), A, lesser)
    assert found.exit_code == 0


def test_absent_in_the_profile_is_not_applicable() -> None:
    gone = requirement("RFD-B", absent={"fluentcart-1.3": "no wire form"})
    found = verdict(run(check("RFD-A"), profile="fluentcart-1.3"), A, gone)
    assert state_of(found, "RFD-B") is State.NOT_APPLICABLE
    assert found.requirements["RFD-B"].reason == "no wire form"
    assert found.exit_code == 0


@pytest.mark.parametrize(
    ("declared", "state"), [(True, State.NOT_APPLICABLE), (False, State.NOT_TESTABLE)]
)
def test_a_capability_that_lacks(declared: bool, state: State) -> None:
    paid = requirement("RFD-B", capability="live_gateway")
    lacks = {"live_gateway": {"present": False, "reason": "none", "declared": declared}}
    found = verdict(run(check("RFD-A"), capabilities=lacks), A, paid)
    assert state_of(found, "RFD-B") is state


@pytest.mark.parametrize(
    "selection",
    [{"areas": ["refunds"], "keyword": None}, {"areas": None, "keyword": "partial"}],
)
def test_what_the_operator_left_out_is_disabled(selection: dict[str, Any]) -> None:
    other = requirement("ORD-A", area="orders")
    found = verdict(run(check("RFD-A"), selection=selection), A, other)
    assert state_of(found, "ORD-A") is State.DISABLED
    assert found.areas["orders"].result is AreaResult.DISABLED
    assert found.exit_code == 0


def test_an_area_without_a_check_has_no_verdict_and_is_not_green() -> None:
    other = requirement("ORD-A", area="orders")
    found = verdict(run(check("RFD-A")), A, other)
    assert state_of(found, "ORD-A") is State.NOT_TESTABLE
    assert found.areas["orders"].result is AreaResult.NO_VERDICT
    assert (found.result, found.exit_code) == (Result.NO_VERDICT, 1)


STOPPED = "the scenario could not go on: no such order"


def test_a_scenario_that_stopped_is_not_made_good_by_another() -> None:
    events = run(
        check("RFD-A", scenario="refunds/test_b.py::test_b"),
        check("RFD-A", "not_testable", message=STOPPED, exchanges=[]),
        scenario("failed", message="no such order"),
    )
    found = verdict(events)
    assert state_of(found) is State.NOT_TESTABLE
    assert found.requirements["RFD-A"].reason == STOPPED
    assert found.exit_code == 1


def test_what_stopped_a_scenario_is_told_once() -> None:
    other = requirement("RFD-B")
    events = run(
        check("RFD-A", scenario="refunds/test_b.py::test_b"),
        check("RFD-B", "failed"),
        check("RFD-A", "not_testable", message=STOPPED, exchanges=[]),
        scenario("failed", message="no such order"),
    )
    assert state_of(verdict(events, A, other)) is State.PASSED


def test_a_run_without_any_check_has_no_verdict() -> None:
    found = verdict(run(selection={"areas": None, "keyword": "nothing"}))
    assert (found.result, found.exit_code) == (Result.NO_VERDICT, 1)


def test_a_crash_of_the_tool_is_a_harness_error_and_no_finding() -> None:
    events = run(check("RFD-A"), scenario("error", message="KeyError: 'x'\nmore"))
    found = verdict(events)
    assert (found.result, found.exit_code) == (Result.HARNESS_ERROR, 4)
    assert found.harness_problems == (f"{SCENARIO}: KeyError: 'x'",)
    assert found.findings == ()


def test_a_failed_scenario_that_explains_nothing_is_a_harness_error() -> None:
    assert verdict(run(check("RFD-A"), scenario("failed"))).exit_code == 4


def test_a_check_of_an_unknown_requirement_is_a_harness_error() -> None:
    found = verdict(run(check("RFD-A"), check("RFD-GHOST")))
    assert found.exit_code == 4
    assert "RFD-GHOST" in found.harness_problems[0]


def test_a_target_that_went_away_ends_with_3() -> None:
    problem: Any = {"type": "problem", "where": "target", "message": "no answer five times"}
    events = run(check("RFD-A"), problem, scenario("failed"))
    found = verdict(events)
    assert (found.result, found.exit_code) == (Result.NO_VERDICT, 3)


def test_a_record_without_a_footer_is_of_an_interrupted_run() -> None:
    found = verdict([header(), exchange(), check("RFD-A")])
    assert (found.result, found.exit_code) == (Result.INTERRUPTED, 130)
    assert not found.complete


def test_the_summary_holds_the_counts() -> None:
    summary = verdict(run(exchange(), check("RFD-A"), scenario())).summary()
    assert summary["result"] == "conforms"
    assert summary["requirements"]["passed"] == 1
    assert summary["areas"] == {"refunds": {"result": "passed", "passed": 1}}
    assert summary["findings"] == 0

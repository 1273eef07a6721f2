"""What a run did not look at, and the reason it gives."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from fluentcart_conformance.verdict.compute import compute_verdict
from fluentcart_conformance.verdict.states import State
from fluentcart_conformance.verdict.tally import Tally
from fluentcart_conformance.verdict.verdict import Result, Verdict
from tests.synthetic import catalogue, check, exchange, requirement, run, scenario

A, B = requirement("RFD-A"), requirement("ORD-B", area="orders")


def verdict(*events: Any, known: tuple[Any, ...] = (A, B), **more: Any) -> Verdict:
    return compute_verdict(
        Tally.of(run(*events, **more)), catalogue(*known), today=date(2026, 11, 20)
    )


def selected(**more: Any) -> dict[str, Any]:
    return {"areas": None, "keyword": None, **more}


SELECTIONS = [
    (selected(traffic=True), "the traffic does not show it"),
    (selected(areas=["refunds", "lists"]), "only refunds, lists was selected"),
    (selected(only=["RFD-A", "RFD-B"]), "only RFD-A, RFD-B was selected"),
    (selected(only=["RFD-A", "RFD-B", "RFD-C"]), "only RFD-A, RFD-B, RFD-C was selected"),
    (
        selected(only=["RFD-A", "RFD-B", "RFD-C", "RFD-D"]),
        "only RFD-A, RFD-B, RFD-C ... was selected",
    ),
    (selected(keyword="part"), "only scenarios matching 'part' were selected"),
    (selected(shard="1/2"), "this is only shard 1/2"),
    (selected(since={"run": "r-1", "open": ["RFD-A"]}), "settled by r-1"),
]


@pytest.mark.parametrize(("selection", "reason"), SELECTIONS)
def test_what_was_left_out_says_by_what(selection: Any, reason: str) -> None:
    found = verdict(check("RFD-A"), selection=selection).requirements["ORD-B"]
    assert (found.state, found.reason) == (State.DISABLED, reason)


@pytest.mark.parametrize(
    "selection",
    [
        selected(),
        selected(areas=["orders"]),
        selected(only=["ORD-B"]),
        selected(since={"run": "r-1", "open": ["ORD-B"]}),
    ],
)
def test_what_was_selected_and_not_seen_fails_as_not_testable(selection: Any) -> None:
    found = verdict(check("RFD-A"), selection=selection).requirements["ORD-B"]
    assert (found.state, found.reason) == (State.NOT_TESTABLE, "no check of this run looked at it")
    assert found.blocked


def test_what_a_run_was_not_allowed_to_do_is_left_out() -> None:
    told = selected(withheld="this run only reads")
    found = verdict(check("RFD-A"), selection=told).requirements["ORD-B"]
    assert (found.state, found.reason) == (State.DISABLED, "this run only reads")


def test_a_form_that_the_store_does_not_choose_is_not_applicable() -> None:
    other = requirement("ORD-B", area="orders", alternative="the short record")
    found = verdict(check("RFD-A"), known=(A, other)).requirements["ORD-B"]
    assert found.state is State.NOT_APPLICABLE
    assert found.reason == "the store chose another form: the short record"


def test_a_run_that_stopped_says_why() -> None:
    stopped = {"type": "stopped", "reason": "the first failure ended the run"}
    found = verdict(check("RFD-A"), stopped).requirements["ORD-B"]
    assert (found.state, found.reason) == (State.DISABLED, "the first failure ended the run")


def test_an_untestable_requirement_gives_its_own_reason() -> None:
    paid = requirement("ORD-B", area="orders", untestable="needs a live gateway")
    assert verdict(known=(A, paid)).requirements["ORD-B"].reason == "needs a live gateway"


def test_a_capability_that_is_there_is_no_excuse() -> None:
    paid = requirement("ORD-B", capability="coupons")
    there = {"coupons": {"present": True, "reason": "", "declared": True}}
    found = verdict(known=(A, paid), capabilities=there).requirements["ORD-B"]
    assert (found.state, found.reason) == (State.NOT_TESTABLE, "no check of this run looked at it")
    gone = {"coupons": {"present": False, "reason": "none found"}}
    found = verdict(known=(A, paid), capabilities=gone).requirements["ORD-B"]
    assert (found.state, found.reason) == (State.NOT_TESTABLE, "none found")


def test_what_no_check_could_do_gives_every_reason_once() -> None:
    found = verdict(
        check("RFD-A", "not_testable", message="no product"),
        check("RFD-A", "not_testable", message="no product"),
        check("RFD-A", "not_testable", message="no customer"),
        check("ORD-B", "not_applicable", message="no form"),
        check("ORD-B", "disabled", message="switched off"),
    ).requirements
    assert found["RFD-A"].reason == "no product; no customer"
    assert (found["ORD-B"].state, found["ORD-B"].reason) == (State.NOT_APPLICABLE, "no form")


def test_nothing_left_to_look_at_is_no_failure() -> None:
    since = selected(since={"run": "r-1", "open": []})
    found = verdict(selection=since)
    assert (found.result, found.exit_code) == (Result.NO_VERDICT, 0)
    assert verdict(exchange(), selection=since).exit_code == 1
    assert verdict(scenario(), selection=since).exit_code == 1
    assert verdict(selection=selected()).exit_code == 1

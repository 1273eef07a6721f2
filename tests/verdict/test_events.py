"""From events to occurrences and tallies, and what two answers look like side by side."""

from __future__ import annotations

from typing import Any

import pytest

from fluentcart_conformance.verdict.findings import group, level_of
from fluentcart_conformance.verdict.occurrences import Trace, failed, judged, trace_of
from fluentcart_conformance.verdict.shapes import Leaf, levelled, parent_of, shape_of
from fluentcart_conformance.verdict.tally import OperationTiming, Tally
from tests.synthetic import (
    SCENARIO,
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


def test_a_crash_is_traced_by_what_the_judge_said_or_by_its_text() -> None:
    assert trace_of(exchange()) == Trace("refund_order", 200, None)
    assert trace_of(exchange(status=499)).server_error is None
    said = finding("GEN-NO-5XX", "the cause", kind="server_error")
    both = exchange(status=500, findings=[finding("RFD-A"), said])
    assert trace_of(both) == Trace("refund_order", 500, "the cause")
    mute = finding("GEN-NO-5XX", kind="server_error") | {"cause": ""}
    plain = exchange(status=503, findings=[mute], body="Order 5 exploded " + "x" * 300)
    text = "Order # exploded " + "x" * 143
    assert trace_of(plain).server_error == f"refund_order|5xx|503|{text}"
    foreign = exchange(status=500, operation=None, url="http://s:80/a/5", body=None)
    assert trace_of(foreign).server_error == "POST http://s:#/a/#|5xx|500|"


def test_a_judges_finding_is_an_occurrence() -> None:
    (one,) = judged(exchange(findings=[finding("RFD-A", "why", got="x")]))
    assert (one.requirement, one.operations, one.pointer) == (
        "RFD-A", ("refund_order",), "/order/total_refund"
    )  # fmt: skip
    assert (one.expected, one.got, one.kind, one.cause) == ("an integer", "x", "schema", "why")
    assert (one.scenario, one.exchanges, one.statuses) == (SCENARIO, ("w0-1",), (200,))
    assert (one.source, one.message, one.operation) == ("judge", "", "refund_order")
    (bare,) = judged(exchange(operation=None, findings=[finding("RFD-A") | {"cause": ""}]))
    assert (bare.operations, bare.operation, bare.cause) == ((), None, "RFD-A|None")
    (crash,) = judged(exchange(status=500, findings=[finding("RFD-A")], body="x"))
    assert crash.cause == "refund_order|5xx|500|x"


TRACES = {
    "a": Trace("get_order", 200, None),
    "b": Trace("refund_order", 500, "first crash"),
    "c": Trace("update_order", 500, "second crash"),
    "d": Trace(None, 200, None),
}


def test_a_failed_check_is_an_occurrence_with_the_last_crash_as_its_cause() -> None:
    def cause(*names: str, **more: Any) -> str:
        return failed(check("RFD-A", "failed", exchanges=list(names), **more), TRACES).cause

    one = failed(
        check("RFD-A", "failed", exchanges=["a", "d", "gone"], expected="1", got="2"), TRACES
    )
    assert (one.requirement, one.operations, one.statuses) == ("RFD-A", ("get_order",), (200, 200))
    assert (one.pointer, one.expected, one.got, one.kind) == ("", "1", "2", "check")
    assert (one.scenario, one.exchanges, one.source) == (SCENARIO, ("a", "d", "gone"), "check")
    assert (one.message, one.cause) == ("RFD-A failed", "check|RFD-A")
    assert cause("a", "b", "c", "d") == "second crash"
    assert cause("b", "a") == "first crash"
    assert cause("a", cause="") == "RFD-A|get_order"
    assert cause("d", cause="") == "RFD-A|?"


def sent(**parts: Any) -> Any:
    return {"type": "sent", "scenario": SCENARIO, "operations": parts}


def test_a_tally_adds_up_requests_and_times() -> None:
    part = {"requests": 3, "total_ms": 30.0, "accepted": 2}
    tally = Tally.of(
        run(
            exchange("a", ms=10.0),
            exchange("b", ms=5.0, status=404),
            exchange("c", operation=None),
            sent(refund_order=part, get_order=part),
        )
    )
    assert tally.requests == 9
    assert tally.timing == {
        "refund_order": OperationTiming(5, 45.0, 3), "get_order": OperationTiming(3, 30.0, 2)
    }  # fmt: skip
    again = Tally.of(
        run(exchange(status=199), exchange("b", status=300), exchange("c", status=299))
    )
    assert again.timing["refund_order"].accepted == 1


def test_a_tally_keeps_what_was_seen_of_each_requirement() -> None:
    tally = Tally.of(
        run(
            exchange("a", proved=["RFD-A", "RFD-B"], findings=[finding("RFD-B")]),
            exchange("b", proved=["RFD-A"], operation="get_order"),
            exchange("c", proved=["RFD-A"], operation=None),
            check("RFD-C", exchanges=["x", "y"]),
            check("RFD-C", exchanges=[], message="seen"),
            check("RFD-C", "failed", exchanges=["z"]),
        )
    )
    seen = tally.seen["RFD-A"]
    assert (seen.proved, seen.evidence) == (3, "a")
    assert seen.operations == {"refund_order", "get_order", ""}
    assert seen.executed
    broken = tally.seen["RFD-B"]
    assert (broken.proved, broken.executed, broken.operations) == (0, False, {"refund_order"})
    checked = tally.seen["RFD-C"]
    assert (checked.evidence, dict(checked.outcomes)) == ("y", {"passed": 2, "failed": 1})
    assert checked.reasons == {"passed": ["seen"]}
    assert len(tally.occurrences) == 1
    tally.settle()
    tally.settle()
    assert [one.source for one in tally.occurrences] == ["judge", "check"]


def test_a_tally_keeps_the_frame_of_the_run() -> None:
    problem = {"type": "problem", "where": "harness", "message": "x"}
    cleanup = {"type": "cleanup", "created": 1, "removed": 1, "leftovers": []}
    stopped = {"type": "stopped", "reason": "enough"}
    tally = Tally.of(run(problem, cleanup, stopped, scenario()))
    assert (tally.header, tally.footer) == (header(), footer())
    assert (tally.cleanup, tally.stopped) == (cleanup, "enough")
    assert tally.problems == [("harness", "x")]
    assert tally.scenarios == {SCENARIO: scenario()}


def test_a_failed_scenario_needs_its_explanation() -> None:
    def unexplained(*events: Any) -> list[str]:
        return [one["id"] for one in Tally.of(run(*events)).unexplained()]

    assert unexplained(scenario("failed")) == [SCENARIO]
    assert unexplained(scenario("error"), check("RFD-A", "failed")) == [SCENARIO]
    assert unexplained(scenario("passed")) == []
    assert unexplained(check("RFD-A", "failed"), scenario("failed")) == []
    assert unexplained(check("RFD-A", "not_testable"), scenario("failed")) == []
    assert unexplained(check("RFD-A"), scenario("failed")) == [SCENARIO]
    assert unexplained(exchange(findings=[finding("RFD-A")]), scenario("failed")) == []
    outside = exchange(findings=[finding("RFD-A")], scenario=None)
    assert unexplained(outside, scenario("failed")) == [SCENARIO]


def test_findings_are_sorted_and_led_by_their_best_example() -> None:
    lesser = requirement("RFD-S", "SHOULD"), requirement("RFD-M", "MAY")
    known = catalogue(requirement("RFD-A"), *lesser)
    tally = Tally.of(
        run(
            check("RFD-M", "failed", exchanges=[], cause="one", got="a", scenario="other"),
            check("RFD-S", "failed", exchanges=[], cause="one", got="a"),
            check("RFD-A", "failed", exchanges=[], cause="one", got="long", scenario="other"),
            check("RFD-S", "failed", exchanges=[], cause="two"),
            check("RFD-A", "failed", exchanges=[], cause="four"),
            check("RFD-A", "failed", exchanges=[], cause="three"),
            exchange(findings=[finding("RFD-S", "one", got="longer than all")]),
        )
    )
    tally.settle()
    found = group(tally.occurrences, known, ())
    assert [one.cause for one in found] == ["one", "four", "three", "two"]
    first = found[0]
    assert (first.level, first.first.source, first.exchange) == ("MUST", "judge", "w0-1")
    assert first.requirements == ("RFD-S", "RFD-M", "RFD-A")
    assert first.scenarios == (SCENARIO, "other")
    assert found[1].exchange is None
    assert len({one.id for one in found}) == 4
    assert all(len(one.id) == 10 and one.id.startswith("F-") for one in found)
    assert level_of("RFD-GHOST", known) == "MUST"
    assert group([], known, ()) == ()


SHAPES: list[tuple[Any, str, str]] = [
    (None, "null", ""),
    (True, "boolean", "true"),
    (5, "integer", "5"),
    (5.5, "decimal number", "5.5"),
    ("", "empty text", ""),
    ("-5", "digits as text", "-5"),
    ("5.50", "decimal as text", "5.50"),
    ("0000-00-00 00:00:00", "zero date", ""),
    ("2026-01-15 10:00:00", "date and time with a blank", ""),
    ("2026-01-15T10:00:00.5Z", "date and time with Z", ""),
    ("2026-01-15T10:00:00+0100", "date and time with offset", ""),
    ("2026-01-15T10:00:00", "date and time with T", ""),
    ("2026-01-15", "date", ""),
    ("paid", "text", "paid"),
    ({}, "empty object", ""),
    ([], "empty list", ""),
]


@pytest.mark.parametrize(("value", "kind", "left"), SHAPES)
def test_each_value_has_a_kind_and_what_is_left_of_it(value: Any, kind: str, left: str) -> None:
    assert shape_of({"a": value}) == {"": {Leaf("object")}, "/a": {Leaf(kind, left)}}
    assert str(Leaf(kind, left)) == f"{kind} {left}".strip()


@pytest.mark.parametrize("name", ["id", "order_id", "ids", "invoice_no", "uuid", "addressId", "ID"])
@pytest.mark.parametrize(
    ("value", "kind"), [(5, "integer"), ("5", "digits as text"), ("x", "text")]
)
def test_ids_keep_their_kind_alone(name: str, value: Any, kind: str) -> None:
    assert shape_of({name: value})[f"/{name}"] == {Leaf(kind)}
    assert shape_of({"city": value})["/city"] == {Leaf(kind, str(value))}
    assert shape_of({name: [value]})[f"/{name}/*"] == {Leaf(kind)}
    assert shape_of({name: {"12": value}})[f"/{name}/*"] == {Leaf(kind)}


def test_rows_share_their_place() -> None:
    assert shape_of([{"a": 1}, {"a": "x"}, 3]) == {
        "": {Leaf("list")},
        "/*": {Leaf("object"), Leaf("integer", "3")},
        "/*/a": {Leaf("integer", "1"), Leaf("text", "x")},
    }
    deep: Any = 1
    for _ in range(40):
        deep = [deep]
    assert len(shape_of(deep)) == 25
    assert parent_of("/order/id") == "/order"
    assert parent_of("") == ""


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("see https://shop.example/a?b=1 now", "see <address> now"),
        ("by ann@shop.example.", "by <e-mail>"),
        ("key 0a1b2c3d-4e5f gone", "key <hex> gone"),
        ("run r-20261120-ab12cd-x3 of", "run <run> of"),
        ("order 5 of v2", "order <n> of <n>"),
        ("x" * 90, "x" * 80),
    ],
)
def test_what_is_one_stores_own_is_levelled(text: str, left: str) -> None:
    assert levelled(text) == left

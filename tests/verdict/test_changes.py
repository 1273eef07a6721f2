"""What counts as a change between two runs, at its edges."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from fluentcart_conformance.verdict.compare import (
    Change,
    Comparison,
    ComparisonError,
    Timing,
    compare_runs,
)
from fluentcart_conformance.verdict.compute import compute_verdict
from fluentcart_conformance.verdict.deviations import Deviation
from fluentcart_conformance.verdict.states import State
from fluentcart_conformance.verdict.tally import Tally
from fluentcart_conformance.verdict.verdict import Verdict
from tests.synthetic import catalogue, check, exchange, finding, requirement, run

A, B = requirement("RFD-A"), requirement("ORD-B", area="orders")
KNOWN = Deviation("RFD-A", "known", ("x",), "1.3", date(2027, 1, 1), file="a.yaml", number=1)


def verdict(*events: Any, known: tuple[Any, ...] = (), **more: Any) -> Verdict:
    requirements = catalogue(*more.pop("requirements", (A, B)))
    return compute_verdict(
        Tally.of(run(*events, **more)), requirements, known, today=date(2026, 11, 20)
    )


def changes(before: Any, after: Any) -> Comparison:
    return compare_runs(
        verdict(*before) if isinstance(before, list) else before,
        verdict(*after) if isinstance(after, list) else after,
    )


def outcome(state: str) -> list[Any]:
    made = {
        "passed": [check("RFD-A")],
        "failed": [check("RFD-A", "failed", message="is not so")],
        "not_testable": [check("RFD-A", "not_testable")],
        "not_applicable": [check("RFD-A", "not_applicable")],
        "untested": [],
    }
    return made[state]


KINDS = {
    ("passed", "failed"): "regressions",
    ("passed", "not_testable"): "regressions",
    ("failed", "passed"): "fixes",
    ("not_testable", "passed"): "fixes new",
    ("passed", "untested"): "vanished",
    ("passed", "not_applicable"): "vanished",
    ("failed", "untested"): "vanished",
    ("untested", "passed"): "new",
    ("untested", "failed"): "new",
    ("not_applicable", "passed"): "new",
    ("failed", "not_testable"): "",
    ("not_testable", "failed"): "new",
    ("untested", "not_applicable"): "",
    ("untested", "not_testable"): "",
}


@pytest.mark.parametrize(("states", "kinds"), KINDS.items(), ids="-".join)
def test_each_pair_of_states_is_one_kind_of_change(states: tuple[str, str], kinds: str) -> None:
    found = changes(outcome(states[0]), outcome(states[1]))
    shown = [
        kind
        for kind in ("regressions", "fixes", "new", "vanished")
        if [one.requirement for one in getattr(found, kind)] == ["RFD-A"]
    ]
    assert " ".join(shown) == kinds


def test_a_change_tells_level_area_states_and_reason() -> None:
    found = changes(outcome("passed"), outcome("failed"))
    assert found.regressions == (
        Change("RFD-A", "MUST", "refunds", State.PASSED, State.FAILED, "is not so"),
    )


def test_a_requirement_that_the_earlier_run_did_not_know_was_untested() -> None:
    before = verdict(requirements=(B,))
    found = compare_runs(before, verdict(check("RFD-A")))
    assert [(one.requirement, one.before) for one in found.new] == [("RFD-A", State.UNTESTED)]


def one(cause: str, number: int = 1, name: str = "RFD-A") -> Any:
    return exchange(f"w0-{number}", findings=[finding(name, cause)])


def test_new_and_gone_causes() -> None:
    found = changes([one("a"), one("b", 2)], [one("b"), one("c", 2)])
    assert [item.cause for item in found.new_findings] == ["c"]
    assert [item.cause for item in found.gone_findings] == ["a"]
    # A first failure is a regression already.
    fresh = changes([check("RFD-A")], [one("c")])
    assert fresh.new_findings == ()
    assert fresh.gone_findings == ()


def test_deviations_that_came_and_went() -> None:
    known = verdict(one("a"), known=(KNOWN,))
    clean = verdict(check("RFD-A"))
    came, went = compare_runs(clean, known), compare_runs(known, clean)
    assert (came.new_deviations, came.gone_deviations) == (("RFD-A (refund_order)",), ())
    assert (went.new_deviations, went.gone_deviations) == ((), ("RFD-A (refund_order)",))
    assert came.new_findings == went.gone_findings == ()
    nowhere = verdict(check("RFD-A", "failed", exchanges=[]), known=(KNOWN,))
    assert compare_runs(clean, nowhere).new_deviations == ("RFD-A (?)",)


def timed(ms: float, times: int = 5, operation: str = "refund_order") -> list[Any]:
    return [exchange(f"{operation}{n}", ms=ms, operation=operation) for n in range(times)]


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (10.0, 15.0, True),
        (10.0, 14.9, False),
        (15.0, 10.0, True),
        (14.9, 10.0, False),
        (0.0, 10.0, False),
        (0.5, 5.0, True),
    ],
)
def test_a_ratio_of_one_and_a_half_is_worth_a_line(before: float, after: float, told: bool) -> None:
    assert bool(changes(timed(before), timed(after)).timing) is told


def test_few_requests_say_nothing_about_time() -> None:
    assert changes(timed(10, 4), timed(30)).timing == ()
    assert changes(timed(10), timed(30, 4)).timing == ()
    assert changes([], timed(30)).timing == ()
    found = changes(timed(10, 5, "x"), timed(30, 4, "y") + timed(1000 / 33, 5, "x"))
    assert found.timing == (Timing("x", 10.0, 30.3),)
    assert changes(timed(1000 / 33), timed(10)).timing[0].before == 30.3


def test_runs_of_two_profiles_are_not_compared() -> None:
    with pytest.raises(ComparisonError) as caught:
        compare_runs(verdict(), verdict(profile="fluentcart-1.3"))
    assert str(caught.value) == (
        "the runs are of different profiles, documented and fluentcart-1.3; "
        "only runs of one profile can be compared"
    )


def test_only_a_must_makes_it_worse() -> None:
    lesser = (requirement("RFD-A", "SHOULD"), B)

    def pair(before: list[Any], after: list[Any]) -> Comparison:
        return compare_runs(
            verdict(*before, requirements=lesser), verdict(*after, requirements=lesser)
        )

    assert not pair([one("a")], [one("a"), one("c", 2)]).regressed
    assert not pair([check("RFD-A")], []).regressed
    assert pair([check("ORD-B")], []).regressed

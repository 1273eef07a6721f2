from __future__ import annotations

import os
from collections.abc import Sequence

import pytest

from fluentcart_conformance.selftest.choice import choose
from fluentcart_conformance.selftest.crew import Broken, work
from fluentcart_conformance.selftest.once import Seen
from fluentcart_conformance.selftest.outcome import judged, unproved
from fluentcart_conformance.selftest.plan import Plan
from fluentcart_conformance.selftest.report import line_of, summary
from fluentcart_conformance.store.faults import Fault, faults


def _fault() -> Fault:
    return faults()["refund-cent-more"]


def _seen(*failed: str, crashed: bool = False, problems: Sequence[str] = ()) -> Seen:
    words = dict.fromkeys(failed, "it differs")
    return Seen(failed=words, crashed=crashed, problems=list(problems))


@pytest.mark.parametrize(
    ("seen", "result"),
    [
        (_seen("RFD-PARTIAL-TOTAL"), "killed"),
        (_seen("RFD-UNIT", "ORD-UNTOUCHED"), "killed"),
        (_seen("RFD-PARTIAL-TOTAL", problems=["gave up"]), "killed"),
        (_seen("ORD-UNTOUCHED"), "killed by another"),
        (_seen("GEN-NO-5XX"), "survived"),
        (_seen("RFD-PARTIAL-TOTAL", crashed=True), "broken"),
        (_seen(problems=["the tool failed"]), "broken"),
        (_seen(), "survived"),
    ],
)
def test_a_fault_is_killed_by_what_it_names_alone(seen: Seen, result: str) -> None:
    assert judged(_fault(), seen, Seen(), ()).result == result


def test_what_fails_without_the_fault_kills_nothing() -> None:
    clean = _seen("RFD-PARTIAL-TOTAL", "RFD-SEVERAL", "RFD-UNIT", "RFD-MANUAL")
    assert judged(_fault(), _seen("RFD-UNIT"), clean, ()).result == "survived"


def test_what_the_profile_lacks_is_not_expected() -> None:
    outcome = judged(_fault(), _seen("RFD-UNIT"), Seen(), ["RFD-SEVERAL", "RFD-MANUAL"])
    assert outcome.silent == ["RFD-PARTIAL-TOTAL"]


def test_scenarios_are_chosen_by_requirement_and_operation() -> None:
    clean = Seen()
    clean.checks = {"a::one": {"RFD-UNIT"}, "a::two": {"ORD-NOTE"}}
    clean.proved = {
        "a::one": {"refund_order": {"RFD-ANSWER"}},
        "a::three": {"refund_order": {"RFD-ANSWER"}, "get_order": set()},
    }
    plan = Plan(clean)
    assert "a::one" in plan.scenarios_for(_fault())
    assert "a::two" not in plan.scenarios_for(_fault())
    incomplete = faults()["refund-order-answer-incomplete"]
    assert plan.scenarios_for(incomplete) == ["a::one", "a::three"]


def test_parts_cover_all_faults_once() -> None:
    parts = [choose(part=f"{number}/10") for number in range(1, 11)]
    assert sorted(one.id for part in parts for one in part) == sorted(faults())


@pytest.mark.parametrize("part", ["0/10", "11/10", "ten", "1/0"])
def test_a_part_that_is_none_is_refused(part: str) -> None:
    with pytest.raises(ValueError, match="no part"):
        choose(part=part)


def test_an_unknown_fault_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown fault"):
        choose(["no-such-fault"])


def test_faults_that_exclude_each_other_are_tried_one_by_one() -> None:
    both = ["refund-hundredfold", "refund-amount-as-cents"]
    assert [one.id for one in choose(both)] == both


def test_the_crew_survives_jobs_that_die() -> None:
    def job(number: int) -> int:
        if number == 2:
            raise ArithmeticError("two")
        if number == 3:
            os._exit(9)
        return number * 10

    found = dict(work([1, 2, 3, 4], job, workers=2, patience=20))
    assert (found[1], found[4]) == (10, 40)
    assert isinstance(found[2], Broken)
    assert "ArithmeticError" in found[2].words
    assert isinstance(found[3], Broken)


def test_the_summary_counts_and_lists_the_survivors() -> None:
    outcomes = [
        judged(_fault(), _seen("RFD-UNIT"), Seen(), ()),
        judged(faults()["refund-zero"], _seen(), Seen(), ()),
    ]
    assert line_of(outcomes).startswith("1 of 2 faults killed")
    shown = summary(Seen(), outcomes, with_unproved=False)
    assert [title for title, _, _ in shown.tables[:2]] == ["Faults", "Faults by kind"]
    assert shown.tables[2][2][0][0] == "refund-zero"


def test_requirements_that_never_failed_are_unproved() -> None:
    clean = Seen(passed={"RFD-UNIT", "RFD-ZERO", "RFD-ROUNDING"})
    outcomes = [judged(_fault(), _seen("RFD-UNIT"), clean, ())]
    levels = {"RFD-UNIT": "MUST", "RFD-ZERO": "MUST", "RFD-ROUNDING": "SHOULD"}
    assert unproved(clean, outcomes, levels) == ["RFD-ZERO"]

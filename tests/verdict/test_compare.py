"""Two runs side by side."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from fluentcart_conformance.render.comparison import (
    comparison_data,
    comparison_html,
    comparison_markdown,
    comparison_text,
)
from fluentcart_conformance.verdict.compare import (
    Comparison,
    ComparisonError,
    compare_runs,
)
from fluentcart_conformance.verdict.compute import compute_verdict
from fluentcart_conformance.verdict.tally import Tally
from fluentcart_conformance.verdict.verdict import Verdict
from tests.synthetic import catalogue, check, exchange, finding, requirement, run

KNOWN = catalogue(requirement("RFD-A"), requirement("RFD-B"), requirement("RFD-S", "SHOULD"))


def verdict(*events: Any, **header: Any) -> Verdict:
    return compute_verdict(Tally.of(run(*events, **header)), KNOWN, today=date(2026, 11, 20))


def compare(before: list[Any], after: list[Any]) -> Comparison:
    return compare_runs(verdict(*before), verdict(*after))


def test_a_run_equals_itself() -> None:
    events = [exchange(), check("RFD-A"), check("RFD-B", "failed")]
    found = compare(events, events)
    assert not found.regressed
    assert comparison_text(found).splitlines()[-1].startswith("NO REGRESSION  documented  0 regr")


def test_what_passed_and_fails_now_is_a_regression() -> None:
    found = compare([check("RFD-A")], [check("RFD-A", "failed")])
    assert [one.requirement for one in found.regressions] == ["RFD-A"]
    assert found.regressed


def test_a_should_that_got_worse_is_listed_and_fails_nothing() -> None:
    found = compare([check("RFD-S")], [check("RFD-S", "failed")])
    assert [one.requirement for one in found.regressions] == ["RFD-S"]
    assert not found.regressed


def test_what_failed_and_passes_now_is_fixed() -> None:
    found = compare([check("RFD-A", "failed")], [check("RFD-A")])
    assert [one.requirement for one in found.fixes] == ["RFD-A"]
    assert not found.regressed


def test_a_check_that_vanished_fails_the_comparison() -> None:
    found = compare([check("RFD-A"), check("RFD-B")], [check("RFD-A")])
    assert [one.requirement for one in found.vanished] == ["RFD-B"]
    assert found.regressed


def test_a_new_check_is_new() -> None:
    found = compare([check("RFD-A")], [check("RFD-A"), check("RFD-B")])
    assert [one.requirement for one in found.new] == ["RFD-B"]
    assert not found.regressed


def test_a_second_cause_of_an_old_failure_is_a_regression() -> None:
    old = exchange("w0-1", findings=[finding("RFD-A", "one")])
    new = exchange("w0-2", findings=[finding("RFD-A", "two")])
    found = compare([old], [old, new])
    assert [one.cause for one in found.new_findings] == ["two"]
    assert found.regressed


def test_slower_operations_are_named_when_they_were_sent_often_enough() -> None:
    fast = [exchange(f"a{n}", ms=10.0) for n in range(5)]
    slow = [exchange(f"b{n}", ms=30.0) for n in range(5)]
    (one,) = compare(fast, slow).timing
    assert (one.operation, one.before, one.after) == ("refund_order", 10.0, 30.0)


def test_runs_of_different_profiles_are_refused() -> None:
    with pytest.raises(ComparisonError, match="different profiles, documented and fluentcart"):
        compare_runs(verdict(), verdict(profile="fluentcart-1.3"))


def test_hostile_text_is_no_markup_anywhere() -> None:
    hostile = "<script>alert(1)</script> | [x](javascript:y)"
    found = compare([check("RFD-A")], [check("RFD-A", "failed", message=hostile, got=hostile)])
    assert "<script>" not in comparison_html(found)
    assert "<script>" not in comparison_markdown(found)
    assert "](javascript" not in comparison_markdown(found)
    assert comparison_data(found)["regressed"] is True

"""A scenario that stops: whose fault that is."""

from __future__ import annotations

import pytest

from fluentcart_conformance.paths import suites_dir
from fluentcart_conformance.plugin.scenario import Scenario
from fluentcart_conformance.target.errors import ReadOnlyError, UnsafeRequestError


def _scenario(*, judged_wrong: bool) -> Scenario:
    return Scenario("orders/test_paid.py::test_a", [], judged_wrong=judged_wrong)


@pytest.mark.parametrize("error", [KeyError("id"), TypeError("no number"), UnsafeRequestError("5")])
def test_after_a_malformed_answer_the_store_is_to_blame(error: Exception) -> None:
    assert _scenario(judged_wrong=True).misled(error)


@pytest.mark.parametrize("error", [KeyError("id"), TypeError("no number"), UnsafeRequestError("5")])
def test_with_sound_answers_the_tool_is_to_blame(error: Exception) -> None:
    assert not _scenario(judged_wrong=False).misled(error)


@pytest.mark.parametrize("error", [ReadOnlyError("a run that reads"), RuntimeError("a mistake")])
def test_what_no_answer_can_bring_about_is_never_the_stores(error: Exception) -> None:
    assert not _scenario(judged_wrong=True).misled(error)


def _raised(file: str, code: str) -> Exception:
    """The error that this line raises in a file of that name."""
    try:
        exec(compile(code, file, "exec"), {"next_row": _next_row})  # noqa: S102 - our own line
    except (LookupError, TypeError) as error:
        return error
    raise AssertionError("it raises nothing")


def _next_row() -> int:
    rows: list[int] = []
    return rows[0]


def test_a_row_that_a_scenario_looks_for_in_vain_is_missing_from_the_store() -> None:
    scenario, suite = _scenario(judged_wrong=False), str(suites_dir() / "orders" / "test_x.py")
    assert scenario.misled(_raised(suite, "{}[5]"))
    assert scenario.unreadable(_raised(suite, "[][0]"))


def test_the_tools_own_look_ups_are_its_own() -> None:
    scenario, suite = _scenario(judged_wrong=False), str(suites_dir() / "orders" / "test_x.py")
    assert not scenario.misled(_raised("elsewhere.py", "{}[5]"))
    assert not scenario.misled(_raised(suite, "next_row()"))
    assert not scenario.misled(_raised(suite, "len(5)"))


def test_a_scenario_that_stops_after_all_was_looked_at_once_says_so() -> None:
    scenario = Scenario("orders/test_paid.py::test_a", ["ORD-A", "ORD-B"])
    scenario.check(["ORD-A", "ORD-B"], "passed")
    scenario.not_reached("the scenario could not go on: no such order")
    assert [one["outcome"] for one in scenario.events] == ["passed"] * 2 + ["not_testable"] * 2


def test_what_failed_before_it_stopped_is_reason_enough() -> None:
    scenario = Scenario("orders/test_paid.py::test_a", ["ORD-A"])
    scenario.check(["ORD-A"], "failed", "not so")
    scenario.not_reached("the scenario could not go on: no such order")
    assert [one["outcome"] for one in scenario.events] == ["failed"]

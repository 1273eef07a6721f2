"""A scenario that stops: whose fault that is."""

from __future__ import annotations

import pytest

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

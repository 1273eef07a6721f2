"""What a scenario promises to look at: the ids in its own lines and in the parts of its story."""

from __future__ import annotations

from fluentcart_conformance.plugin.scenario import promised_ids
from fluentcart_conformance.scenarios import requirement


def _a_part() -> None:
    with requirement("RFD-PART"):
        _a_part_of_the_part()


def _a_part_of_the_part() -> None:
    with requirement("RFD-DEEPER"):
        _a_part()


def _not_named() -> None:
    with requirement("RFD-ELSEWHERE"):
        pass


def scenario() -> None:
    with requirement("RFD-OWN"):
        pass
    later = [_a_part]
    assert later


def test_a_story_told_in_parts_promises_what_its_parts_look_at() -> None:
    assert promised_ids(scenario, [], []) == ["RFD-OWN", "RFD-PART", "RFD-DEEPER"]


def test_what_is_marked_or_given_comes_first_and_once() -> None:
    named = promised_ids(scenario, ["ORD-GIVEN", "no id"], ["RFD-OWN"])
    assert named == ["ORD-GIVEN", "RFD-OWN", "RFD-PART", "RFD-DEEPER"]


def test_functions_of_other_files_keep_their_ids_for_themselves() -> None:
    assert promised_ids(test_a_story_told_in_parts_promises_what_its_parts_look_at, [], []) == [
        "RFD-OWN",
        "RFD-PART",
        "RFD-DEEPER",
    ]
    assert promised_ids(requirement, [], []) == []
    assert promised_ids(None, [], []) == []

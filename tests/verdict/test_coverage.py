"""Coverage both ways, and that the suites cite no id that does not exist."""

from __future__ import annotations

from pathlib import Path

from fluentcart_conformance.verdict.citations import (
    Citation,
    contract_citations,
    suite_citations,
)
from fluentcart_conformance.verdict.coverage import measure
from tests.synthetic import catalogue, requirement

SCENARIO = '''
"""RFD-NOT-THIS: a docstring is no citation."""
from x import requirement

TABLE = [("a", "RFD-TABLE")]

def test_a_thing(shop):
    with requirement("RFD-A", "RFD-B"):
        assert shop
    other("RFD-lower", "RFD", "rfd-c")
'''


def cited(*names: str, by: str = "suites/a.py::test_a") -> list[Citation]:
    return [Citation(name, by, "suites/a.py", 1) for name in names]


def test_ids_are_found_where_they_stand_as_literals(tmp_path: Path) -> None:
    suites = tmp_path / "suites" / "refunds"
    suites.mkdir(parents=True)
    (suites / "test_a.py").write_text(SCENARIO)
    found = suite_citations(tmp_path / "suites")
    assert [(one.requirement, one.by) for one in found] == [
        ("RFD-TABLE", "suites/refunds/test_a.py"),
        ("RFD-A", "suites/refunds/test_a.py::test_a_thing"),
        ("RFD-B", "suites/refunds/test_a.py::test_a_thing"),
    ]
    assert found[1].place == "suites/refunds/test_a.py:8"


def test_the_description_cites_in_every_form() -> None:
    document = {
        "a": {"x-requirement": "RFD-A"},
        "b": [{"x-requirement": {"required": "RFD-B", "default": "RFD-C"}}],
        "c": {"x-error-requirement": ["RFD-D"]},
    }
    names = [one.requirement for one in contract_citations(document)]
    assert names == ["RFD-A", "RFD-B", "RFD-C", "RFD-D"]


def test_what_nothing_cites_is_a_gap_unless_it_has_its_reason() -> None:
    known = catalogue(
        requirement("RFD-A"), requirement("RFD-B"), requirement("RFD-C", untestable="needs Pro")
    )
    found = measure(known, cited("RFD-A"))
    assert [one.requirement.id for one in found.gaps] == ["RFD-B"]
    reasons = {one.requirement.id: one.reason for one in found.requirements}
    assert reasons == {"RFD-A": "", "RFD-B": "no check cites it", "RFD-C": "needs Pro"}


def test_the_judge_alone_is_not_enough_for_what_needs_a_scenario() -> None:
    known = catalogue(requirement("RFD-A"), requirement("RFD-B", proof="judge"))
    found = measure(known, cited("RFD-A", "RFD-B", by="judge"))
    assert [one.requirement.id for one in found.gaps] == ["RFD-A"]


def test_an_unknown_id_is_named_with_its_place() -> None:
    found = measure(catalogue(requirement("RFD-A")), cited("RFD-A", "RFD-GHOST"))
    assert [(one.requirement, one.place) for one in found.unknown] == [
        ("RFD-GHOST", "suites/a.py:1")
    ]


def test_the_suites_and_the_judge_cite_no_unknown_id() -> None:
    assert [f"{one.requirement} in {one.place}" for one in measure().unknown] == []

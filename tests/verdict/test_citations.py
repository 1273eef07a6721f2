"""Which requirements sources cite, and what nothing cites."""

from __future__ import annotations

from typing import Any

from fluentcart_conformance.verdict.citations import (
    contract_citations,
    judge_citations,
    suite_citations,
)
from fluentcart_conformance.verdict.coverage import Covered, measure
from tests.synthetic import catalogue, requirement

SUITE = '''"""RFD-DOC is no literal id."""
TOP = "RFD-TOP"


def test_a(shop):
    shop.check("RFD-A", "rfd-b", "RFD-")
    return ["RFD-B"]


async def test_b():
    """RFD-C"""
    return "X RFD-D"
'''


def test_ids_are_read_from_sources_with_their_place(tmp_path: Any) -> None:
    folder = tmp_path / "suites" / "refunds"
    folder.mkdir(parents=True)
    (folder / "test_it.py").write_text(SUITE, encoding="utf-8")
    (folder / "ignored.txt").write_text('"RFD-X"')
    found = suite_citations(tmp_path / "suites")
    file = "suites/refunds/test_it.py"
    assert [(one.requirement, one.by, one.line) for one in found] == [
        ("RFD-TOP", file, 2),
        ("RFD-A", f"{file}::test_a", 6),
        ("RFD-B", f"{file}::test_a", 7),
        ("RFD-C", f"{file}::test_b", 11),
    ]
    assert {one.file for one in found} == {file}
    assert found[1].place == f"{file}:6"
    assert suite_citations(tmp_path / "suites", "RFD-Z") == []
    assert len(suite_citations(tmp_path / "suites", "RFD-B")) == 4
    (judged_one, *_) = judge_citations(tmp_path / "suites")
    assert (judged_one.by, judged_one.file) == ("judge", f"{tmp_path.name}/{file}")
    document = {"x-requirement": {"a": ["RFD-A"]}, "b": [{"x-error-requirement": "RFD-B"}]}
    described = contract_citations({"b": document["b"], "c": document, "d": document})
    assert [(one.requirement, one.by, one.file, one.line) for one in described] == [
        ("RFD-B", "judge", "openapi", 0), ("RFD-A", "judge", "openapi", 0)
    ]  # fmt: skip


def test_coverage_gives_its_reasons(tmp_path: Any) -> None:
    (tmp_path / "suites").mkdir()
    (tmp_path / "suites" / "a.py").write_text('A = "RFD-A"\n')
    found = suite_citations(tmp_path / "suites")
    judges = judge_citations(tmp_path / "suites")
    known = catalogue(requirement("RFD-A"), requirement("RFD-B", untestable="needs Pro"))

    def reasons(cited: Any) -> list[str]:
        return [one.reason for one in measure(known, cited).requirements]

    assert reasons(found) == ["", "needs Pro"]
    assert reasons([]) == ["no check cites it", "needs Pro"]
    assert reasons(judges) == ["only the judge cites it, and it needs a scenario", "needs Pro"]
    assert measure(known, found).requirements[0] == Covered(known["RFD-A"], tuple(found), "")
    assert [one.requirement.id for one in measure(known, []).gaps] == ["RFD-A"]
    bundled = measure(None, [])
    assert len(bundled.requirements) > 100

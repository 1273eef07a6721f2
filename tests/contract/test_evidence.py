"""What a finding shows beside its requirement, and what an answer proves when it has no forms."""

from __future__ import annotations

from typing import Any

import pytest

from fluentcart_conformance.contract import Finding
from fluentcart_conformance.contract.explain import explain
from fluentcart_conformance.contract.jsonbody import parse_json
from fluentcart_conformance.contract.refusal import contradiction

from .shapes import exchange, judge, order, without

PAGE = {"total": 25, "per_page": 10, "current_page": 3, "last_page": 3}


def findings(path: str, body: Any) -> list[Finding]:
    return list(judge().judge(exchange("GET", path, body)).findings)


def rows(*found: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {"orders": {**PAGE, "data": list(found), **changes}}


@pytest.mark.parametrize(
    ("query", "ids", "expected"),
    [("?sort_type=ASC", (5, 3), "an id above 5"), ("?sort_type=desc", (3, 5), "an id below 3")],
)
def test_a_row_out_of_its_order_is_shown_with_the_one_before(
    query: str, ids: tuple[int, int], expected: str
) -> None:
    whole = {"total": 2, "current_page": 1, "last_page": 1}
    (found,) = findings(f"/orders{query}", rows(*(order(id=one) for one in ids), **whole))

    assert (found.expected, found.got) == (expected, str(ids[1]))


def test_rows_without_ids_have_no_order_to_break() -> None:
    whole = {"total": 2, "current_page": 1, "last_page": 1}
    found = findings("/orders", rows(order(id=5), without(order(), "id"), **whole))

    assert [one.pointer for one in found] == ["/orders/data/1/id"]


def test_a_change_of_form_is_a_kind_of_its_own_and_one_cause_in_every_row() -> None:
    lines = [{"id": n, "order_id": 5, "quantity": q} for n, q in ((1, 2), (2, "2"))]
    (found,) = findings("/orders/5", {"order": order(order_items=lines)})
    more = [*lines, {"id": 3, "order_id": 5, "quantity": "3"}]
    (again,) = findings("/orders/5", {"order": order(order_items=more)})

    assert (found.kind, found.cause) == ("form", again.cause)
    assert "200" in found.cause


def test_foreign_traffic_has_no_findings() -> None:
    judgement = judge().judge(exchange("GET", "/elsewhere", {}))

    assert (judgement.operation, judgement.findings) == (None, ())


@pytest.mark.parametrize("status", [200, 400, 404, 500])
def test_a_body_that_repeats_its_status_contradicts_nothing(status: int) -> None:
    assert contradiction({"data": {"status": status}}, status) is None


def test_an_empty_body_with_a_mark_is_both() -> None:
    parsed = parse_json(b"\xef\xbb\xbf")

    assert (parsed.problem, parsed.bom) == ("empty", True)


def meant(branches: list[dict[str, Any]], value: Any) -> list[str]:
    root = {"anyOf": branches, "components": {"schemas": {}}}
    return [one.pointer for one in explain(root, value, 50)]


def test_the_branch_whose_members_came_is_meant_wherever_it_names_them() -> None:
    whole_number = {"type": "integer"}
    parts = {"allOf": [{"properties": {"id": whole_number, "size": whole_number}}]}
    other = {"properties": {"code": whole_number}}

    assert meant([parts, other], {"id": "x", "size": 1, "code": "y"}) == ["/id"]


def test_a_branch_that_lacks_a_member_is_less_likely_meant() -> None:
    lacking = {"required": ["name"], "properties": {"id": {"type": "integer"}}}
    bounded = {"properties": {"code": {"type": "string"}}, "minProperties": 9, "maxProperties": 0}

    assert "/code" in meant([lacking, bounded], {"id": 1, "code": 5})


def test_what_is_shown_of_long_texts_is_short() -> None:
    (found,) = explain({"additionalProperties": False, "components": {}}, {"n" * 300: 1}, 50)
    (other,) = explain({"const": "c" * 900, "components": {}}, "x", 50)

    assert len(found.got) <= 41
    assert len(other.expected) <= 201

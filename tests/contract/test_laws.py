"""What one answer can prove or break by itself: the arithmetic of figures and of lists."""

from __future__ import annotations

from typing import Any

import pytest

from fluentcart_conformance.contract.laws import breaches, laws_of
from fluentcart_conformance.contract.looked_at import looked_at
from fluentcart_conformance.contract.paging import Broken, broken_laws, has_rows, is_list

from .shapes import exchange


def stats(spent: Any, count: Any, average: Any) -> Any:
    figures = {"total_spent": spent, "order_count": count, "average_order_value": average}
    return {"data": {"stats": figures}}


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ((5000, 3, 1667), None),
        ((5000, 1, 5000), None),
        ((5001, 2, 2501), None),
        ((0, 0, 0), None),
        ((7, 0, 0), None),
        ((5000, 3, 1666), "1667 (5000 over 3 orders)"),
        ((5000, 3, 1667.5), "1667 (5000 over 3 orders)"),
        ((5000, 0, 5), "0 (5000 over 0 orders)"),
        (("5000", 3, 1), None),
        ((5000, "3", 1), None),
        ((5000, 3, "1"), None),
        ((5000, 3, None), None),
    ],
)
def test_the_average_follows_from_sum_and_count(figures: Any, expected: str | None) -> None:
    found = breaches("get_customer_stats", stats(*figures))
    got = f"{'number' if figures[2] == 1667.5 else 'integer'} {figures[2]}"
    place = "/data/stats/average_order_value"
    assert found == ([("CUS-STATS-AVERAGE", place, expected, got)] if expected else [])


@pytest.mark.parametrize("body", [{}, {"data": []}, {"data": {}}, {"data": {"stats": []}}, [1]])
def test_an_answer_without_statistics_breaks_no_arithmetic(body: Any) -> None:
    assert breaches("get_customer_stats", body) == []


def bulk(processed: Any, failed: Any, *outcomes: Any) -> Any:
    rows = [{"success": one} for one in outcomes]
    return {"data": {"processed": processed, "failed": failed, "results": rows}}


def test_a_bulk_answer_counts_its_results() -> None:
    def found(*figures: Any) -> Any:
        return breaches("customers_bulk", bulk(*figures))

    assert found(2, 1, True, False, True) == []
    assert found(0, 0) == []
    assert found(1, 1, True, False, True) == [("BLK-CUS-PROCESSED", "/data/processed", "2", "1")]
    assert found(2, 2, True, False, True) == [("BLK-CUS-FAILED", "/data/failed", "1", "2")]
    assert found(True, "1", True, True) == []
    assert found(1, 0, True, 1, None) == []
    assert breaches("customers_bulk", {"data": {"results": [1, {"success": True}]}}) == []
    assert breaches("customers_bulk", {"data": {"processed": 5, "results": [3]}}) == [
        ("BLK-CUS-PROCESSED", "/data/processed", "0", "5")
    ]
    assert breaches("customers_bulk", {"data": {"processed": 5}}) == []
    assert breaches("customers_bulk", {"data": [1]}) == []


def test_shipping_lines_are_keyed_by_their_id() -> None:
    def found(lines: Any) -> Any:
        return breaches("calculate_shipping", {"order_items": lines})

    assert found({"5": {"id": 5}, "6": {"id": "6"}, "7": {}, "8": 3, "9": {"id": [9]}}) == []
    assert found({"5": {"id": 6}}) == [("SHP-CALC-KEYS", "/order_items/5/id", "5", "integer 6")]
    assert found([{"id": 6}]) == []
    assert breaches("get_order", {"order_items": {"5": {"id": 6}}}) == []


def test_an_answer_is_subject_to_the_laws_it_has_figures_for() -> None:
    counted = ("BLK-CUS-PROCESSED", "BLK-CUS-FAILED")
    assert laws_of("calculate_shipping", {"order_items": {"5": {}}}) == ("SHP-CALC-KEYS",)
    assert laws_of("calculate_shipping", {"order_items": {}}) == ()
    assert laws_of("calculate_shipping", {"order_items": [1]}) == ()
    assert laws_of("calculate_shipping", [1]) == ()
    assert laws_of("customers_bulk", bulk(1, 0, True)) == counted
    assert laws_of("customers_bulk", bulk(0, 0)) == ()
    assert laws_of("customers_bulk", {"data": {"results": {"a": 1}}}) == ()
    assert laws_of("customers_bulk", {"order_items": {"5": {}}}) == ()
    assert laws_of("get_order", bulk(1, 0, True)) == ()


def seen(operation: str, body: Any, status: int = 200, path: str = "/x", **params: str) -> set[str]:
    return set(looked_at(operation, params, exchange("GET", path, status=status), body))


ALWAYS = {"GEN-OPERATION-PRESENT"}


def page(*ids: int, **figures: Any) -> Any:
    known = {"per_page": 10, "total": len(ids), "current_page": 1, "last_page": 1}
    return {"orders": {"data": [{"id": one} for one in ids], **known, **figures}}


def test_what_an_answer_was_held_against() -> None:
    assert seen("mark_as_paid", {"message": "paid"}) == ALWAYS
    assert seen("mark_as_paid", {"success": True}) == {*ALWAYS, "ERR-STATUS-MATCHES"}
    assert seen("mark_as_paid", {"message": "no"}, 422) == ALWAYS
    assert seen("mark_as_paid", {}, 400) == ALWAYS
    assert seen("mark_as_paid", {}, 300) == ALWAYS
    assert seen("mark_as_paid", {}, 299) == ALWAYS
    assert seen("mark_as_paid", {"code": 404}, 404) == {
        *ALWAYS, "ERR-STATUS-MATCHES"
    }  # fmt: skip
    assert seen("get_order", {"code": "rest_no_route"}, 404) == set()
    assert seen("calculate_shipping", {"order_items": {"5": {}}}) == {*ALWAYS, "SHP-CALC-KEYS"}


def test_an_answer_that_names_its_id_is_about_what_was_asked_for() -> None:
    body = {"order": {"id": 5}}
    assert seen("get_order", body, order_id="5") == {*ALWAYS, "GEN-ABOUT-REQUESTED"}
    assert seen("get_order", body, order_id="6") == ALWAYS
    assert seen("update_order", body, order_id="5") == ALWAYS


def test_a_list_proves_its_arithmetic_and_with_two_rows_more() -> None:
    arithmetic = {*ALWAYS, "GEN-PAGING-ARITHMETIC"}
    assert seen("list_orders", page(1)) == arithmetic
    assert seen("list_orders", page(1, 2)) == {*arithmetic, "GEN-PAGING-UNIQUE"}
    assert seen("list_orders", page(1, 2, total=9)) == ALWAYS
    assert seen("list_orders", page(1, 2, per_page=None)) == ALWAYS
    assert seen("list_orders", page(1), path="/orders?page=3") == ALWAYS
    assert seen("mark_as_paid", page(1, 2)) == ALWAYS
    assert is_list("list_orders", page())
    assert not is_list("list_orders", {})
    assert not has_rows("list_orders", page(1))
    assert not has_rows("list_orders", {"orders": 3})


def broken(body: Any, path: str = "/orders", **more: Any) -> list[Broken]:
    return broken_laws("list_orders", body, exchange("GET", path, **more))


def test_each_broken_figure_says_what_was_expected() -> None:
    rows = page(1, 2, 3, total=13, current_page=2, last_page=2)
    assert broken(rows) == []
    assert broken(page(1, total=1, last_page=3)) == [
        Broken("LST-LAST-PAGE", "/orders/last_page", "1 (1 in pages of 10)", "3")
    ]
    assert broken(page(total=0, last_page=0)) == []
    assert broken(page(total=0, last_page=1)) == []
    assert [one.got for one in broken(page(total=0, last_page=2))] == ["2"]
    assert [one.requirement for one in broken(page(1, last_page=0))] == ["LST-LAST-PAGE"]
    figures = {"total": 13, "current_page": 2, "last_page": 2}
    assert broken(page(1, 2, 3, **figures, **{"from": 11, "to": 13})) == []
    assert broken(page(1, 2, 3, **figures, **{"from": "1", "to": 12})) == [
        Broken("GEN-PAGING-ARITHMETIC", "/orders/from", "11", "1"),
        Broken("GEN-PAGING-ARITHMETIC", "/orders/to", "13", "12"),
    ]
    assert broken(page(total=13, current_page=3, last_page=2, **{"from": 5})) == []
    assert broken(page(1, 2, **figures)) == [
        Broken("LST-FULL-PAGES", "/orders/data", "3 rows (page 2 of 13 in pages of 10)", "2")
    ]
    assert broken(page(1, total=13, current_page=3, last_page=2)) == [
        Broken("LST-PAGE-BEYOND", "/orders/data", "0 rows (page 3 of 13 in pages of 10)", "1")
    ]
    assert broken(page(1, 2, 3, per_page=2, total=3, last_page=2)) == [
        Broken("LST-FULL-PAGES", "/orders/data", "at most 2 rows", "3")
    ]
    assert broken(page(1, current_page=0)) == []
    assert broken(page(1, current_page=None)) == []
    assert broken(page(1, 2, **figures), cut=True) == []


def test_a_repeated_row_and_a_forgotten_wish_say_where() -> None:
    assert broken(page(4, 5, 4, 5)) == [
        Broken("LST-NO-DUPLICATES", "/orders/data/2/id", "each row once", "integer 4")
    ]
    odd = page(4)
    odd["orders"]["data"] = [{"id": None}, 3, {"id": 4}, {"id": 4}]
    assert broken(odd)[0].pointer == "/orders/data/3/id"
    asked = broken(page(1), "/orders?page=2&per_page=20")
    assert asked == [
        Broken("LST-PAGE", "/orders/current_page", "2, as asked for", "1"),
        Broken("LST-PER-PAGE", "/orders/per_page", "20, as asked for", "10"),
    ]


@pytest.mark.parametrize(
    ("query", "held"),
    [
        ("per_page=1", True), ("per_page=100", True), ("per_page=101", False),
        ("per_page=0", False), ("per_page=x", False), ("per_page=-3", False),
        ("page=1000000", True), ("page=1000001", False), ("page=99999999991", False),
        ("per_page=%C2%B2", False), ("per_page=5&per_page=10", False),
    ],
)  # fmt: skip
def test_only_sensible_wishes_are_held(query: str, held: bool) -> None:
    assert bool(broken(page(1), f"/orders?{query}")) is held

"""The arithmetic of pages, in both envelopes."""

from __future__ import annotations

from typing import Any

import pytest

from .shapes import exchange, judge, order


def bare(**changes: Any) -> dict[str, Any]:
    page = {
        "data": [order(id=number) for number in (25, 24, 23, 22, 21)],
        "total": 25,
        "per_page": 10,
        "current_page": 3,
        "last_page": 3,
    }
    page.update(changes)
    return {"orders": page}


def wrapped(**changes: Any) -> dict[str, Any]:
    figures = {"total": 3, "per_page": 2, "current_page": 1, "total_pages": 2, **changes}
    rows = figures.pop("rows", [{"id": 2}, {"id": 1}])
    return {"success": True, "data": {"customers": rows, "pagination": figures}}


def broken(path: str, body: Any) -> list[tuple[str, str]]:
    found = judge().judge(exchange("GET", path, body)).findings
    return [(one.requirement, one.pointer) for one in found]


def test_right_pages_have_no_finding() -> None:
    assert broken("/orders?page=3", bare()) == []
    assert broken("/customers", wrapped()) == []
    empty = bare(data=[], total=0, current_page=1, last_page=1)
    assert broken("/orders", empty) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"last_page": 2}, ("LST-LAST-PAGE", "/orders/last_page")),
        ({"data": []}, ("LST-FULL-PAGES", "/orders/data")),
        ({"per_page": 4, "last_page": 7}, ("LST-FULL-PAGES", "/orders/data")),
        ({"current_page": 4}, ("LST-PAGE-BEYOND", "/orders/data")),
        ({"data": [order()] * 5}, ("LST-NO-DUPLICATES", "/orders/data/1/id")),
        ({"from": 20}, ("GEN-PAGING-ARITHMETIC", "/orders/from")),
    ],
)
def test_each_law_of_the_orders_list(changes: Any, expected: Any) -> None:
    assert expected in broken("/orders", bare(**changes))


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"total_pages": 3}, ("CUS-LIST-PAGE-COUNT", "/data/pagination/total_pages")),
        ({"rows": [{"id": 1}]}, ("CUS-LIST-PAGE-FULL", "/data/customers")),
        ({"rows": [{"id": 1}, {"id": 1}]}, ("CUS-LIST-NO-GAPS", "/data/customers/1/id")),
    ],
)
def test_each_law_of_the_customers_list(changes: Any, expected: Any) -> None:
    assert broken("/customers", wrapped(**changes)) == [expected]


def test_the_page_answered_is_the_page_asked_for() -> None:
    assert ("LST-PAGE", "/orders/current_page") in broken("/orders?page=2", bare())
    assert broken("/orders?page=-1", bare()) == []
    assert broken("/orders?per_page=10&page=" + "9" * 19, bare()) == []


def test_the_size_answered_is_the_size_asked_for() -> None:
    assert ("LST-PER-PAGE", "/orders/per_page") in broken("/orders?per_page=3", bare())
    assert broken("/orders?per_page=500", bare()) == []


@pytest.mark.parametrize(
    ("query", "ids", "expected"),
    [
        ("", (3, 5), [("LST-SORT-DEFAULT", "/orders/data/1/id")]),
        ("?sort_by=id", (5, 3), []),
        ("?sort_type=ASC", (5, 3), [("LST-SORT-ASC", "/orders/data/1/id")]),
        ("?sort_type=desc", (3, 5), [("LST-SORT-DESC", "/orders/data/1/id")]),
        ("?sort_by=total_amount", (3, 5), []),
        ("?sort_type=sideways", (3, 5), []),
        ("?include_ids=3", (3, 5), []),
    ],
)
def test_rows_stand_in_the_order_that_was_asked_for(query: str, ids: Any, expected: Any) -> None:
    rows = [order(id=number) for number in ids]
    page = bare(data=rows, total=2, last_page=1, current_page=1)

    assert broken(f"/orders{query}", page) == expected


def test_chosen_columns_and_other_windows_are_no_findings() -> None:
    rows = [{"id": 5}, {"id": 4}]

    assert broken("/orders?select=id", bare(data=rows, total=2, current_page=1, last_page=1)) == []
    assert broken("/orders?limit=2&page=3", bare(data=[order(id=9)])) == []


def test_rows_that_must_be_included_are_not_counted() -> None:
    extra = [order(id=number) for number in range(1, 13)]
    assert broken("/orders?include_ids=1,2", bare(data=extra)) == []


@pytest.mark.parametrize("figures", [{"per_page": 0}, {"total": -1}, {"per_page": "x"}])
def test_senseless_figures_do_no_harm(figures: Any) -> None:
    broken("/orders", bare(**figures))

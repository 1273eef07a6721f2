from __future__ import annotations

from typing import Any

import pytest

from .conftest import Caller


def ids(caller: Caller, **query: Any) -> list[int]:
    answer = caller.get("/customers", params=query)
    rows = answer["data"]["customers"] if "data" in answer else answer["customers"]["data"]
    return [row["id"] for row in rows]


def test_three_pages_without_gaps(anywhere: Caller) -> None:
    found = [ids(anywhere, page=page) for page in (1, 2, 3, 4)]
    assert [len(page) for page in found] == [10, 10, 7, 0]
    assert [row for page in found for row in page] == list(range(27, 0, -1))


@pytest.mark.parametrize("nonsense", ["0", "-1", "abc", "1.5", "", "99999999999999999999"])
def test_nonsense_pages_fall_back(anywhere: Caller, nonsense: str) -> None:
    assert ids(anywhere, page=nonsense) == list(range(27, 17, -1))
    assert ids(anywhere, per_page=nonsense) == list(range(27, 17, -1))
    anywhere.get("/customers?page[]=1&per_page[x]=2&search[]=a&order_by[]=b&filters=c")


def test_a_page_has_a_greatest_size(documented: Caller, plugin: Caller) -> None:
    asked = {"per_page": 500}
    assert documented.get("/customers", params=asked)["data"]["pagination"]["per_page"] == 100
    assert plugin.get("/customers", params=asked)["customers"]["per_page"] == 200


def test_the_documented_pagination(documented: Caller) -> None:
    answer = documented.get("/customers", params={"per_page": 5, "page": 2})
    figures = {"current_page": 2, "per_page": 5, "total": 27, "total_pages": 6}
    assert answer["success"] is True
    assert answer["data"]["pagination"] == figures


def test_the_plugins_paginator(plugin: Caller) -> None:
    page = plugin.get("/customers", params={"per_page": 20, "page": 2})["customers"]
    assert (page["from"], page["to"], page["last_page"]) == (21, 27, 2)
    assert page["next_page_url"] is None
    empty = plugin.get("/customers", params={"search": "nobody-at-all"})["customers"]
    assert (empty["total"], empty["from"], empty["to"], empty["last_page"]) == (0, None, None, 1)


def test_sorting(documented: Caller, plugin: Caller) -> None:
    assert ids(documented, order_by="id", order_type="ASC") == list(range(1, 11))
    assert ids(plugin, sort_by="id", sort_type="asc") == list(range(1, 11))
    assert ids(documented, order_by="drop table", order_type="x")[0] == 27
    rows = documented.get(
        "/customers", params={"order_by": "total_spent", "order_type": "DESC", "per_page": 100}
    )["data"]["customers"]
    spent = [row["total_spent"] for row in rows]
    assert spent == sorted(spent, reverse=True)


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("john.doe@example.org", [1]),
        ("JANE", [2]),
        ("jane smith", [2]),
        ("ångström", [4]),
        ("5", [5]),
        ("id = 7", [7]),
        ("o'brien", [16]),
        ("%", []),
        ("_", []),
        ("' OR 1=1 --", []),
        ("x" * 5000, []),
    ],
)
def test_searching(anywhere: Caller, search: str, found: list[int]) -> None:
    assert ids(anywhere, search=search) == found


@pytest.mark.parametrize(
    ("filters", "test"),
    [
        ({"status": "inactive"}, lambda row: row["status"] == "inactive"),
        ({"date_from": "2025-01-10"}, lambda row: row["created_at"] >= "2025-01-10"),
        ({"date_to": "2025-01-10"}, lambda row: row["created_at"] < "2025-01-11"),
        ({"total_spent_min": "5000"}, lambda row: row["total_spent"] >= 5000),
        ({"total_spent_max": "0"}, lambda row: row["total_spent"] <= 0),
        (
            {"status": "active", "total_spent_min": "1"},
            lambda row: row["status"] == "active" and row["total_spent"] > 0,
        ),
        ({"status": "", "date_from": "never", "total_spent_min": "x"}, lambda _: True),
    ],
)
def test_filters(documented: Caller, filters: dict[str, str], test: Any) -> None:
    every = documented.get("/customers", params={"per_page": 100})["data"]["customers"]
    query = {f"filters[{name}]": value for name, value in filters.items()}
    answer = documented.get("/customers", params={"per_page": 100, **query})["data"]
    expected = [row["id"] for row in every if test(row)]
    assert [row["id"] for row in answer["customers"]] == expected
    assert answer["pagination"]["total"] == len(expected)

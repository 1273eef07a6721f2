from __future__ import annotations

from typing import Any

import pytest

from tests.store.conftest import Caller
from tests.store.orders import new_order, paid_order


def listed(shop: Caller, **query: Any) -> dict[str, Any]:
    page: dict[str, Any] = shop.get("/orders", params=query)["orders"]
    return page


def ids(shop: Caller, **query: Any) -> list[int]:
    return [row["id"] for row in listed(shop, per_page=200, **query)["data"]]


def test_pages_show_every_order_once(anywhere: Caller) -> None:
    total = listed(anywhere)["total"]
    seen: list[int] = []
    for number in range(1, 5):
        page = listed(anywhere, page=number, sort_by="status", sort_type="asc")
        assert (page["current_page"], page["per_page"]) == (number, 10)
        assert page["last_page"] == -(-total // 10)
        seen += [row["id"] for row in page["data"]]
    assert len(seen) == len(set(seen)) == total
    beyond = listed(anywhere, page=99)
    assert (beyond["data"], beyond["from"], beyond["to"]) == ([], None, None)


def test_newest_first_unless_told_otherwise(anywhere: Caller) -> None:
    assert ids(anywhere) == sorted(ids(anywhere), reverse=True)
    assert ids(anywhere, sort_by="bogus", sort_type="asc") == sorted(ids(anywhere))
    amounts = [row["total_amount"] for row in listed(anywhere, sort_by="total_amount")["data"]]
    assert amounts == sorted(amounts, reverse=True)


@pytest.mark.parametrize(
    ("sent", "used"), [("200", 200), ("201", 200), ("0", 10), ("-1", 10), ("abc", 10)]
)
def test_per_page(anywhere: Caller, sent: str, used: int) -> None:
    assert listed(anywhere, per_page=sent)["per_page"] == used


@pytest.mark.parametrize(
    ("search", "expected"),
    [
        ("id = 5", [5]),
        ("id :: 2-4", [4, 3, 2]),
        ("id < 3", [2, 1]),
        ("id = abc", []),
        ("zzz-nothing", []),
        ("license = x", []),
        ("jane.smith@example.org", [4, 3]),
        ("Jane Smith", [4, 3]),
        ("customer = omar", []),
        ("customer = okafor", [5]),
        ("invoice = INV-2", [2]),
        ("invoice = INV-99", []),
        ("payment = partially_refunded", [4]),
        ("payment_by = stripe", []),
        ("shirt", [11, 6, 2]),
        ("100%", []),
    ],
)
def test_search(anywhere: Caller, search: str, expected: list[int]) -> None:
    found = [one for one in ids(anywhere, search=search) if one <= 11]
    if search == "shirt":
        assert set(found) <= set(ids(anywhere))
        assert found
    else:
        assert found == expected


@pytest.mark.parametrize(
    ("view", "member", "word"),
    [
        ("on-hold", "status", "on-hold"),
        ("completed", "status", "completed"),
        ("processing", "status", "processing"),
        ("paid", "payment_status", "paid"),
        ("refunded", "payment_status", "refunded"),
        ("partially_refunded", "payment_status", "partially_refunded"),
        ("onetime", "type", "payment"),
        ("subscription", "type", "subscription"),
        ("renewal", "type", "renewal"),
    ],
)
def test_views(anywhere: Caller, view: str, member: str, word: str) -> None:
    everything = listed(anywhere, per_page=200)["data"]
    expected = [row["id"] for row in everything if row[member] == word]
    assert expected
    assert ids(anywhere, active_view=view) == expected
    assert ids(anywhere, active_view="upgraded_to") == []


def test_status_filters(anywhere: Caller) -> None:
    everything = listed(anywhere, per_page=200)["data"]
    paid = [row["id"] for row in everything if row["payment_status"] in ("paid", "refunded")]
    assert ids(anywhere, **{"payment_statuses[]": ["paid", "refunded"]}) == paid
    assert ids(anywhere, payment_statuses="paid,refunded") == paid
    held = [row["id"] for row in everything if row["status"] == "on-hold"]
    assert ids(anywhere, **{"order_statuses[]": "on-hold"}) == held
    assert ids(anywhere, **{"shipping_statuses[]": "shipped"}) == [2]
    together = ids(anywhere, **{"order_statuses[]": "on-hold", "payment_statuses[]": "paid"})
    assert together == []


def test_relations_and_columns(documented: Caller, plugin: Caller) -> None:
    assert listed(documented)["data"][0]["customer"]["email"]
    assert "customer" not in listed(plugin)["data"][0]
    for shop in (documented, plugin):
        for form in ({"with": "customer,transactions"}, {"with[]": ["customer", "transactions"]}):
            row = listed(shop, **form)["data"][0]
            assert row["customer"]["id"] == row["customer_id"]
            assert int(row["transactions"][0]["order_id"]) == row["id"]
        assert int(listed(shop, **{"with[]": "order_itemsCount"})["data"][0]["order_items_count"])
        assert set(listed(shop, select="id,status")["data"][0]) == {"id", "status"}
        assert "uuid" in listed(shop, select="bogus", **{"with[]": "bogus"})["data"][0]


def test_included_ids_are_always_there(anywhere: Caller) -> None:
    page = listed(anywhere, search="id = 5", include_ids="1,5,9999")
    assert [row["id"] for row in page["data"]] == [5, 1]
    assert page["total"] == 1


def test_parameters_without_effect(anywhere: Caller) -> None:
    plain = ids(anywhere)
    for name, value in (
        ("limit", "1"), ("offset", "5"), ("user_tz", "Mars/Base"), ("scopes[]", "bogus"),
        ("filter_type", "advanced"), ("advanced_filters", "{bad"), ("active_view", "bogus"),
        ("search[]", "a"), ("page", "abc"),
    ):  # fmt: skip
        assert ids(anywhere, **{name: value}) == plain


def test_reading_takes_few_statements(anywhere: Caller) -> None:
    for _ in range(3):
        new_order(anywhere)
        paid_order(anywhere)
    database = anywhere.store.database
    statements: list[str] = []
    database._connection.set_trace_callback(statements.append)
    listed(anywhere, per_page=200)
    listing = len(statements)
    statements.clear()
    anywhere.get("/orders/1")
    database._connection.set_trace_callback(None)
    assert listing <= 10
    assert len(statements) <= 25

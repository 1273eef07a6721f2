"""Views, status filters and the parameters that shape rows (orders-api, List Orders)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from fluentcart_conformance.drivers.answers import Answer
from fluentcart_conformance.drivers.records import Order
from fluentcart_conformance.drivers.shelf import Shelf
from fluentcart_conformance.scenarios import Shop, proves, requirement

VIEWS: dict[str, tuple[str, Callable[[Order], bool]]] = {
    "on-hold": ("LST-VIEW-ON-HOLD", lambda order: order.status == "on-hold"),
    "processing": ("LST-VIEW-PROCESSING", lambda order: order.status == "processing"),
    "completed": ("LST-VIEW-COMPLETED", lambda order: order.status == "completed"),
    "paid": ("LST-VIEW-PAID", lambda order: order.payment_status == "paid"),
    "refunded": ("LST-VIEW-REFUNDED", lambda order: order.payment_status == "refunded"),
    "partially_refunded": (
        "LST-VIEW-PARTIALLY-REFUNDED",
        lambda order: order.payment_status == "partially_refunded",
    ),
    "onetime": (
        "LST-VIEW-ONETIME",
        lambda order: order.text("type") not in ("subscription", "renewal"),
    ),
}
NOT_PLAIN: dict[str, tuple[str, tuple[str, ...]]] = {
    "renewal": ("LST-VIEW-RENEWAL", ("renewal",)),
    "subscription": ("LST-VIEW-SUBSCRIPTION", ("subscription",)),
    "upgraded_to": ("LST-VIEW-UPGRADED-TO", ()),
    "upgraded_from": ("LST-VIEW-UPGRADED-FROM", ()),
}


@pytest.mark.parametrize(
    ("name", "view", "belongs"), [(name, view, test) for view, (name, test) in VIEWS.items()]
)
def test_a_view_shows_the_orders_in_that_state(
    shelf: Shelf, name: str, view: str, belongs: Callable[[Order], bool]
) -> None:
    page = shelf.page({"active_view": view})
    with requirement(name):
        assert set(page.ids) == shelf.where(belongs), view
        assert page.total == len(page.rows)
        assert all(belongs(row) for row in page.rows), view


@pytest.mark.parametrize(
    ("name", "view", "kinds"), [(name, view, kinds) for view, (name, kinds) in NOT_PLAIN.items()]
)
def test_a_view_of_subscriptions_shows_no_plain_order(
    shelf: Shelf, name: str, view: str, kinds: tuple[str, ...]
) -> None:
    answer = shelf.shop.list_orders({"active_view": view, "per_page": 20})
    with requirement(name):
        assert answer.accepted, answer.excerpt
        page = shelf.shop.orders_in(answer)
        assert shelf.ids.isdisjoint(page.ids), f"{view} shows one-time orders"
        assert not kinds or {row.text("type") for row in page.rows} <= set(kinds)


FILTERS = (
    ("LST-PAYMENT-STATUSES", "payment_statuses", "payment_status", ["paid"]),
    ("LST-ORDER-STATUSES", "order_statuses", "status", ["canceled"]),
    ("LST-STATUSES-SEVERAL", "payment_statuses", "payment_status", ["refunded", "pending"]),
    ("LST-STATUSES-SEVERAL", "order_statuses", "status", ["processing", "canceled"]),
    ("LST-SHIPPING-STATUSES", "shipping_statuses", "shipping_status", ["shipped"]),
)


@proves(*(row[0] for row in FILTERS))
def test_status_filters_show_the_orders_with_one_of_the_words(shelf: Shelf) -> None:
    for name, parameter, attribute, words in FILTERS:
        query: dict[str, Any] = {parameter: words, "per_page": 50}
        answer = shelf.shop.list_orders({"search": shelf.customer.email, **query})
        with requirement(name):
            assert answer.accepted, f"{parameter}: {answer.excerpt}"
            rows = shelf.shop.orders_in(answer)
            expected = shelf.where(lambda order, a=attribute, w=words: getattr(order, a) in w)  # type: ignore[misc]
            assert set(rows.ids) == expected, f"{parameter} {words}"


def test_shipping_statuses_of_physical_orders(shop: Shop) -> None:
    answer = shop.list_orders({"shipping_statuses": ["unshipped"], "per_page": 20})
    with requirement("LST-SHIPPING-STATUSES"):
        assert answer.accepted, answer.excerpt
        assert {row.shipping_status for row in shop.orders_in(answer).rows} <= {"unshipped"}


def test_search_view_and_sorting_hold_together(shelf: Shelf) -> None:
    page = shelf.page({"active_view": "paid", "sort_by": "id", "sort_type": "asc"})
    with requirement("LST-FILTERS-TOGETHER"):
        assert page.ids == sorted(shelf.where(VIEWS["paid"][1]))
    everybody = shelf.shop.orders({"active_view": "paid", "per_page": 20})
    with requirement("LST-VIEW-PAID"):
        assert {row.payment_status for row in everybody.rows} <= {"paid"}, "among all orders"
    upwards = {"sort_by": "id", "sort_type": "asc", "per_page": 20}
    oldest = shelf.shop.orders({"active_view": "onetime", **upwards})
    with requirement("LST-VIEW-ONETIME"):
        assert all(VIEWS["onetime"][1](row) for row in oldest.rows), "among the oldest orders"


def test_unknown_values_do_no_harm(shelf: Shelf) -> None:
    shop = shelf.shop
    for name, query in (
        ("LST-VIEW-UNKNOWN", {"active_view": "no_such_view"}),
        ("LST-WITH-UNKNOWN", {"with": ["no_such_relation"]}),
        ("LST-SELECT-UNKNOWN", {"select": "no_such_column"}),
        ("LST-SCOPES", {"scopes": ["noSuchScope"]}),
        ("LST-FILTER-BROKEN", {"filter_type": "advanced", "advanced_filters": "[{broken"}),
        ("LST-TIMEZONE", {"user_tz": "Nowhere/Land"}),
    ):
        answer = shop.list_orders({"search": shelf.customer.email, **query})
        with requirement(name):
            assert answer.accepted or answer.refused, f"{query}: {answer.excerpt}"


def test_parameters_that_change_nothing(shelf: Shelf) -> None:
    zone, simple = {"user_tz": "America/New_York"}, {"filter_type": "simple"}
    together = shelf.shop.list_orders(
        {"search": shelf.customer.email, "per_page": 50, **zone, **simple}
    )
    for name, query in (("LST-TIMEZONE", zone), ("LST-FILTER-SIMPLE", simple)):
        with requirement("LST-PARAMETERS", name):
            if not (together.accepted and _ids(shelf, together) == shelf.plain.ids):
                assert shelf.page(query).ids == shelf.plain.ids, "by itself"
    limited = shelf.shop.list_orders({"search": shelf.customer.email, "limit": 3, "per_page": 50})
    with requirement("LST-PARAMETERS", "LST-LIMIT"):
        assert limited.accepted, limited.excerpt
        rows = shelf.shop.orders_in(limited).rows
        assert len(rows) in (3, len(shelf.ids))
    moved = shelf.shop.list_orders({"search": shelf.customer.email, "offset": 1, "per_page": 50})
    with requirement("LST-PARAMETERS", "LST-OFFSET"):
        assert moved.accepted, moved.excerpt
        assert set(shelf.shop.orders_in(moved).ids) <= shelf.ids


def _ids(shelf: Shelf, answer: Answer) -> list[int]:
    return shelf.shop.orders_in(answer).ids


def test_with_adds_relations(shelf: Shelf) -> None:
    with requirement("LST-WITH", "LST-PARAMETERS"):
        for spelled in ("customer", ["customer", "order_itemsCount"]):
            rows = shelf.page({"with": spelled}).rows
            assert {row.customer.id for row in rows} == {shelf.customer.id}, f"with {spelled}"
            assert {row.customer.email for row in rows} == {shelf.customer.email}
    with requirement("LST-WITH-COUNT"):
        counts = [
            value for row in rows for name, value in row.raw.items()
            if "item" in name.lower() and "count" in name.lower()
        ]  # fmt: skip
        assert [int(one) for one in counts] == [1] * len(shelf.ids)


def test_select_names_the_columns(shelf: Shelf) -> None:
    for spelled in ("id,status,total_amount", ["id", "status", "total_amount"]):
        query = {"select": spelled, "search": shelf.customer.email, "per_page": 50}
        answer = shelf.shop.list_orders(query)
        with requirement("LST-SELECT", "LST-PARAMETERS"):
            rows = {row.id: row for row in shelf.shop.orders_in(answer).rows}
            assert set(rows) == shelf.ids
            for order in shelf.orders.values():
                assert rows[order.id].status == order.status
                assert rows[order.id].total_amount == order.total_amount


def test_included_ids_are_always_there(shelf: Shelf) -> None:
    wanted = sorted(shelf.ids)[:2]
    nobody = shelf.shop.fresh("nobody")
    for spelled in (",".join(map(str, wanted)), [str(one) for one in wanted]):
        page = shelf.shop.orders({"search": nobody, "include_ids": spelled, "per_page": 20})
        with requirement("LST-INCLUDE-IDS", "LST-PARAMETERS"):
            assert set(wanted) <= set(page.ids), f"include_ids {spelled}"

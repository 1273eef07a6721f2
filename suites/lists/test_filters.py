"""Views, status filters and the parameters that shape rows (orders-api, List Orders)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

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


@proves(*(row[0] for row in VIEWS.values()))
def test_each_view_shows_the_orders_in_that_state(shelf: Shelf) -> None:
    """Sorted all the while, now and then by a column that holds one value."""
    columns = {"on-hold": "customer_id", "processing": "payment_method"}
    for view, (name, belongs) in VIEWS.items():
        column = columns.get(view, "id")
        page = shelf.page({"active_view": view, "sort_by": column, "sort_type": "asc"})
        own = shelf.where(belongs)
        with requirement(name):
            assert set(page.ids) == own, view
            assert page.total == len(page.rows)
            assert all(belongs(row) for row in page.rows), view
        if column != "id":
            with requirement("LST-SORT-COLUMNS"):
                assert set(page.ids) == own, f"view {view} sorted by {column}"
        if view in ("paid", "onetime"):
            with requirement("LST-FILTERS-TOGETHER"):
                assert page.ids == sorted(own), f"search, view {view} and sorting"


def test_views_hold_among_all_orders(shop: Shop) -> None:
    paid = shop.orders({"active_view": "paid", "per_page": 20})
    with requirement("LST-VIEW-PAID"):
        assert {row.payment_status for row in paid.rows} <= {"paid"}
    upwards = {"sort_by": "id", "sort_type": "asc", "per_page": 20}
    oldest = shop.orders({"active_view": "onetime", **upwards})
    with requirement("LST-VIEW-ONETIME"):
        assert all(VIEWS["onetime"][1](row) for row in oldest.rows), "among the oldest orders"


@proves(*(row[0] for row in NOT_PLAIN.values()))
def test_views_of_subscriptions_show_no_plain_order(shelf: Shelf) -> None:
    for view, (name, kinds) in NOT_PLAIN.items():
        answer = shelf.shop.list_orders({"active_view": view, "per_page": 20})
        with requirement(name):
            assert answer.accepted, f"{view}: {answer.excerpt}"
            page = shelf.shop.orders_in(answer)
            assert shelf.ids.isdisjoint(page.ids), f"{view} shows one-time orders"
            assert not kinds or {row.text("type") for row in page.rows} <= set(kinds)


SEVERAL = "LST-STATUSES-SEVERAL"
FILTERS: tuple[tuple[tuple[str, ...], str, str, list[str]], ...] = (
    (("LST-PAYMENT-STATUSES", SEVERAL), "payment_statuses", "payment_status",
     ["refunded", "pending"]),
    (("LST-ORDER-STATUSES", SEVERAL), "order_statuses", "status", ["processing", "canceled"]),
    (("LST-SHIPPING-STATUSES",), "shipping_statuses", "shipping_status", ["shipped"]),
)  # fmt: skip


@proves(*(name for row in FILTERS for name in row[0]))
def test_status_filters_show_the_orders_with_one_of_the_words(shelf: Shelf) -> None:
    for names, parameter, attribute, words in FILTERS:
        query: dict[str, Any] = {parameter: words, "per_page": 50}
        answer = shelf.shop.list_orders({"search": shelf.customer.email, **query})
        with requirement(*names):
            assert answer.accepted, f"{parameter}: {answer.excerpt}"
            rows = shelf.shop.orders_in(answer)
            expected = shelf.where(lambda order, a=attribute, w=words: getattr(order, a) in w)  # type: ignore[misc]
            assert set(rows.ids) == expected, f"{parameter} {words}"


def test_shipping_statuses_of_physical_orders(shop: Shop) -> None:
    answer = shop.list_orders({"shipping_statuses": ["unshipped"], "per_page": 20})
    with requirement("LST-SHIPPING-STATUSES"):
        assert answer.accepted, answer.excerpt
        assert {row.shipping_status for row in shop.orders_in(answer).rows} <= {"unshipped"}


UNKNOWN: dict[str, dict[str, Any]] = {
    "LST-VIEW-UNKNOWN": {"active_view": "no_such_view"},
    "LST-WITH-UNKNOWN": {"with": ["no_such_relation"]},
    "LST-SELECT-UNKNOWN": {"select": "no_such_column"},
    "LST-SCOPES": {"scopes": ["noSuchScope"]},
    "LST-FILTER-BROKEN": {"filter_type": "advanced", "advanced_filters": "[{broken"},
    "LST-TIMEZONE": {"user_tz": "Nowhere/Land"},
}


def _own(shelf: Shelf, *queries: dict[str, Any]) -> Answer:
    """The list of the own orders, with all of these parameters."""
    asked: dict[str, Any] = {"search": shelf.customer.email, "per_page": 50}
    for query in queries:
        asked |= query
    return shelf.shop.list_orders(asked)


@proves(*UNKNOWN)
def test_unknown_values_do_no_harm(shelf: Shelf) -> None:
    """All at once; each alone where that is not served."""
    together = _own(shelf, *UNKNOWN.values())
    for name, query in UNKNOWN.items():
        with requirement(name):
            answer = together if together.accepted else _own(shelf, query)
            assert answer.accepted or answer.refused, f"{query}: {answer.excerpt}"


def test_parameters_that_change_nothing(shelf: Shelf) -> None:
    """Two at once; each alone where the rows are not those of the plain list."""
    zone, simple = {"user_tz": "America/New_York"}, {"filter_type": "simple"}
    together = _own(shelf, zone, simple)
    for name, query in (("LST-TIMEZONE", zone), ("LST-FILTER-SIMPLE", simple)):
        with requirement("LST-PARAMETERS", name):
            if not (together.accepted and _ids(shelf, together) == shelf.plain.ids):
                assert shelf.page(query).ids == shelf.plain.ids, "by itself"


def test_limit_and_offset_are_taken(shelf: Shelf) -> None:
    limit, offset = {"limit": 3}, {"offset": 1}
    together = _own(shelf, limit, offset)
    for name, query in (("LST-LIMIT", limit), ("LST-OFFSET", offset)):
        with requirement("LST-PARAMETERS", name):
            answer = together if together.accepted else _own(shelf, query)
            assert answer.accepted, answer.excerpt
            rows, every = _ids(shelf, answer), len(shelf.ids)
            assert set(rows) <= shelf.ids
            assert len(rows) in (3, every - 1, every), "neither as many as asked for nor all"


def _ids(shelf: Shelf, answer: Answer) -> list[int]:
    return shelf.shop.orders_in(answer).ids


def test_with_adds_relations_and_included_ids_are_always_there(shelf: Shelf) -> None:
    """Both spelled as text, then as a list, in a search that finds nobody."""
    wanted = sorted(shelf.ids)[:2]
    nobody = {"search": shelf.shop.fresh("nobody"), "per_page": 20}
    words = (
        ("customer", ",".join(map(str, wanted))),
        (["customer", "order_itemsCount"], [str(one) for one in wanted]),
    )
    for relations, ids in words:
        included = {**nobody, "include_ids": ids}
        together = shelf.shop.list_orders({**included, "with": relations})
        with requirement("LST-INCLUDE-IDS", "LST-PARAMETERS"):
            answer = together if together.accepted else shelf.shop.list_orders(included)
            assert answer.accepted, f"include_ids {ids}: {answer.excerpt}"
            assert set(wanted) <= set(_ids(shelf, answer)), f"include_ids {ids}"
        with requirement("LST-WITH", "LST-PARAMETERS"):
            rows = shelf.shop.orders_in(together).rows if together.accepted else []
            if {row.id for row in rows} != set(wanted):
                rows = shelf.page({"with": relations}).rows
            assert {row.customer.id for row in rows} == {shelf.customer.id}, f"with {relations}"
            assert {row.customer.email for row in rows} == {shelf.customer.email}
    with requirement("LST-WITH-COUNT"):
        counts = [
            value for row in rows for name, value in row.raw.items()
            if "item" in name.lower() and "count" in name.lower()
        ]  # fmt: skip
        assert [int(one) for one in counts] == [1] * len(rows)


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

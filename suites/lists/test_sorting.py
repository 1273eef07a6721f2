"""Sorting of the order list (orders-api, List Orders: sort_by, sort_type)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from fluentcart_conformance.drivers.records import Order
from fluentcart_conformance.drivers.shelf import Shelf
from fluentcart_conformance.scenarios import requirement


def _text(name: str) -> Callable[[Order], Any]:
    return lambda order: order.text(name)


COLUMNS: dict[str, Callable[[Order], Any]] = {
    "id": lambda order: order.id,
    "total_amount": lambda order: order.total_amount,
    "subtotal": lambda order: order.subtotal,
    "status": _text("status"),
    "payment_status": _text("payment_status"),
}
# Columns that hold one value in all orders of a customer; one more is sorted by page by page.
EQUAL = ("customer_id", "payment_method")


@pytest.mark.proves("LST-SORT-ASC", "LST-SORT-DESC", "LST-SORT-COLUMNS")
@pytest.mark.parametrize("column", COLUMNS)
def test_both_ways_by_a_column(shelf: Shelf, column: str) -> None:
    value = COLUMNS[column]
    up = shelf.page({"sort_by": column, "sort_type": "asc"})
    down = shelf.page({"sort_by": column, "sort_type": "desc"})
    rising = [value(row) for row in up.rows]
    falling = [value(row) for row in down.rows]
    with requirement("LST-SORT-ASC"):
        assert rising == sorted(rising), f"{column} ascending: {rising}"
    with requirement("LST-SORT-DESC"):
        assert falling == sorted(falling, reverse=True), f"{column} descending: {falling}"
    with requirement("LST-SORT-COLUMNS"):
        assert set(up.ids) == set(down.ids) == shelf.ids, column
        assert rising != falling, f"{column}: up is down"


def test_equal_rows_are_all_there(shelf: Shelf) -> None:
    for column, way in zip(EQUAL, ("asc", "desc"), strict=True):
        page = shelf.page({"sort_by": column, "sort_type": way})
        with requirement("LST-SORT-COLUMNS"):
            assert set(page.ids) == shelf.ids, column


def test_by_invoice_number(shelf: Shelf) -> None:
    up = [row.invoice_no for row in shelf.page({"sort_by": "invoice_no", "sort_type": "asc"}).rows]
    down = [
        row.invoice_no for row in shelf.page({"sort_by": "invoice_no", "sort_type": "desc"}).rows
    ]
    with requirement("LST-SORT-COLUMNS"):
        assert len(up) == len(down) == len(shelf.ids)
        if any(up):
            assert not up[0], "orders without a number come first when ascending"
            assert down[0], "and last when descending"


def test_unknown_columns_and_directions_do_no_harm(shelf: Shelf) -> None:
    mine = {"search": shelf.customer.email, "per_page": 50}
    column = shelf.shop.list_orders({**mine, "sort_by": "no_such_column"})
    with requirement("LST-SORT-UNKNOWN"):
        assert column.accepted or column.refused, column.excerpt
        assert not column.accepted or set(shelf.shop.orders_in(column).ids) == shelf.ids
    way = shelf.shop.list_orders({**mine, "sort_type": "sideways"})
    with requirement("LST-SORT-TYPE-UNKNOWN"):
        assert way.accepted or way.refused, way.excerpt
        assert not way.accepted or set(shelf.shop.orders_in(way).ids) == shelf.ids

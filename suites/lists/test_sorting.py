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
BOTH_WAYS = ("id", "total_amount")
ONE_WAY = {"subtotal": "desc", "status": "asc", "payment_status": "desc"}


@pytest.mark.proves("LST-SORT-ASC", "LST-SORT-DESC", "LST-SORT-COLUMNS")
@pytest.mark.parametrize("column", BOTH_WAYS)
def test_both_ways_by_a_column(shelf: Shelf, column: str) -> None:
    rising, falling = (_sorted(shelf, column, way) for way in ("asc", "desc"))
    with requirement("LST-SORT-COLUMNS"):
        assert rising != falling, f"{column}: up is down"


@pytest.mark.proves("LST-SORT-ASC", "LST-SORT-DESC", "LST-SORT-COLUMNS")
def test_one_way_by_the_other_columns(shelf: Shelf) -> None:
    for column, way in ONE_WAY.items():
        _sorted(shelf, column, way)


def _sorted(shelf: Shelf, column: str, way: str) -> list[Any]:
    """The values of a column in the order in which the list shows them, looked at."""
    page = shelf.page({"sort_by": column, "sort_type": way})
    values = [COLUMNS[column](row) for row in page.rows]
    with requirement(f"LST-SORT-{way.upper()}"):
        assert values == sorted(values, reverse=way == "desc"), f"{column} {way}: {values}"
    with requirement("LST-SORT-COLUMNS"):
        assert set(page.ids) == shelf.ids, column
    return values


def test_by_invoice_number(shelf: Shelf) -> None:
    numbers = [
        row.invoice_no for row in shelf.page({"sort_by": "invoice_no", "sort_type": "desc"}).rows
    ]
    with requirement("LST-SORT-COLUMNS"):
        assert len(numbers) == len(shelf.ids)
        assert not any(numbers) or numbers[0], "orders without a number come last when descending"


def test_unknown_columns_and_directions_do_no_harm(shelf: Shelf) -> None:
    """Both at once; each alone where that is not served."""
    mine = {"search": shelf.customer.email, "per_page": 50}
    unknown = {
        "LST-SORT-UNKNOWN": {"sort_by": "no_such_column"},
        "LST-SORT-TYPE-UNKNOWN": {"sort_type": "sideways"},
    }
    together = shelf.shop.list_orders(
        {**mine, **unknown["LST-SORT-UNKNOWN"], **unknown["LST-SORT-TYPE-UNKNOWN"]}
    )
    for name, query in unknown.items():
        with requirement(name):
            answer = together if together.accepted else shelf.shop.list_orders({**mine, **query})
            assert answer.accepted or answer.refused, answer.excerpt
            assert not answer.accepted or set(shelf.shop.orders_in(answer).ids) == shelf.ids

"""Pages of the order list and their arithmetic (orders-api, List Orders)."""

from __future__ import annotations

from typing import Any

import pytest

from fluentcart_conformance.drivers.records import Order, Page
from fluentcart_conformance.drivers.shelf import Shelf
from fluentcart_conformance.scenarios import Shop, requirement

ROWS = 4


def pages(shelf: Shelf, **query: Any) -> list[Page[Order]]:
    """All pages of the own orders, four rows each."""
    first = shelf.page({"per_page": ROWS, "page": 1, **query})
    rest = range(2, min(first.last_page, 9) + 1)
    return [first, *(shelf.page({"per_page": ROWS, "page": n, **query}) for n in rest)]


@pytest.fixture(scope="module")
def found(shelf: Shelf) -> list[Page[Order]]:
    """All pages of the own orders, in the order they come by themselves."""
    return pages(shelf)


def test_pages_together_show_every_order_once(shelf: Shelf, found: list[Page[Order]]) -> None:
    seen = [one for page in found for one in page.ids]
    total = len(shelf.ids)
    with requirement("LST-NO-DUPLICATES"):
        assert len(seen) == len(set(seen)), seen
    with requirement("LST-NO-GAPS"):
        assert set(seen) == shelf.ids
    with requirement("LST-TOTAL"):
        assert [page.total for page in found] == [total] * len(found)
    with requirement("LST-LAST-PAGE"):
        assert [page.last_page for page in found] == [-(-total // ROWS)] * len(found)
    with requirement("LST-PAGE"):
        assert [page.current_page for page in found] == list(range(1, len(found) + 1))
    with requirement("LST-PER-PAGE"):
        assert {page.per_page for page in found} == {ROWS}
        assert all(len(page.rows) <= ROWS for page in found)
    with requirement("LST-FULL-PAGES"):
        assert [len(page.rows) for page in found[:-1]] == [ROWS] * (len(found) - 1)
        assert len(found[-1].rows) == total - ROWS * (len(found) - 1)
    with requirement("LST-SORT-DEFAULT"):
        assert seen == sorted(seen, reverse=True)


def test_rows_are_what_the_details_say(shelf: Shelf) -> None:
    rows = {row.id: row for row in shelf.plain.rows}
    again = shelf.page()
    with requirement("LST-IDEMPOTENT"):
        assert [row.id for row in again.rows] == list(rows)
        assert all(row.same_as(rows[row.id]) for row in again.rows)
    with requirement("LST-TOTAL"):
        for order in shelf.orders.values():
            row = rows[order.id]
            for name in ("status", "payment_status", "total_amount", "subtotal", "total_paid"):
                assert getattr(row, name) == getattr(order, name), f"{name} of {order.id}"
            assert row.total_refund == order.total_refund, f"total_refund of {order.id}"
            assert (row.uuid, row.customer_id) == (order.uuid, order.customer_id)
            assert (row.invoice_no, row.text("type")) == (order.invoice_no, order.text("type"))
    with requirement("ORD-DETAILS-LIST-AGREE"):
        for order in shelf.orders.values():
            shown = rows[order.id].raw
            names = [
                name
                for name, value in shown.items()
                if name in order.raw and not isinstance(value, dict | list)
            ]
            left = Order({name: shown[name] for name in names})
            right = Order({name: order.raw[name] for name in names})
            assert left.differences(right, {"/updated_at"}) == [], f"row of order {order.id}"
    with requirement("LST-ROW-CUSTOMER"):
        if "LST-ROW-CUSTOMER" not in shelf.shop.absent:
            assert {row.customer.id for row in rows.values()} == {shelf.customer.id}
            assert {row.customer.email for row in rows.values()} == {shelf.customer.email}


def test_equal_rows_keep_their_order(shelf: Shelf) -> None:
    query = {"sort_by": "currency", "sort_type": "asc"}
    first = [one for page in pages(shelf, **query) for one in page.ids]
    second = [one for page in pages(shelf, **query) for one in page.ids]
    with requirement("LST-STABLE", "LST-SORT-COLUMNS"):
        assert first == second
        assert sorted(first) == sorted(shelf.ids)


def test_the_default_page_has_ten_rows_and_is_the_first(shop: Shop, shelf: Shelf) -> None:
    answer = shop.list_orders()
    with requirement("LST-ENDPOINT"):
        assert answer.status == 200, answer.excerpt
    page = shop.orders_in(answer)
    with requirement("LST-PER-PAGE-DEFAULT"):
        assert page.per_page == 10
        assert len(page.rows) == min(10, page.total)
        assert page.total >= len(shelf.ids)
    with requirement("LST-PAGE"):
        assert page.current_page == 1


def test_a_page_holds_at_most_two_hundred_rows(shop: Shop) -> None:
    most = shop.orders({"per_page": 200})
    with requirement("LST-PER-PAGE-MAX"):
        assert most.per_page == 200
        assert len(most.rows) == min(200, most.total)
    over = shop.list_orders({"per_page": 201})
    with requirement("LST-PER-PAGE-OVER"):
        assert over.accepted or over.refused, over.excerpt
        if over.accepted:
            page = shop.orders_in(over)
            assert page.per_page <= 200
            assert len(page.rows) <= 200


def test_nonsense_page_sizes_do_no_harm(shop: Shop) -> None:
    for value in ("0", "-1", "abc"):
        answer = shop.list_orders({"per_page": value})
        with requirement("LST-PER-PAGE-NONSENSE"):
            assert answer.accepted or answer.refused, f"per_page={value}: {answer.excerpt}"
            if answer.accepted:
                page = shop.orders_in(answer)
                assert 1 <= page.per_page <= 200, f"per_page={value} gives {page.per_page}"
                assert len(page.rows) == min(page.per_page, page.total), f"per_page={value}"


def test_nonsense_pages_do_no_harm(shelf: Shelf, found: list[Page[Order]]) -> None:
    shop, first = shelf.shop, found[0]
    base = {"search": shelf.customer.email, "per_page": ROWS}
    for value in ("0", "-1", "abc", str(10**19)):
        answer = shop.list_orders({**base, "page": value})
        with requirement("LST-PAGE-NONSENSE"):
            assert answer.accepted or answer.refused, f"page={value}: {answer.excerpt}"
            if answer.accepted:
                page = shop.orders_in(answer)
                assert not page.rows or page.current_page <= page.last_page, f"page={value}"
                assert page.current_page != 1 or page.ids == first.ids, f"page={value}"
    beyond = shop.orders({**base, "page": first.last_page + 1})
    with requirement("LST-PAGE-BEYOND"):
        assert beyond.rows == []
        assert beyond.total == first.total

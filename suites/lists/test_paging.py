"""Pages of the order list and their arithmetic (orders-api, List Orders)."""

from __future__ import annotations

from itertools import zip_longest
from typing import Any

import pytest

from fluentcart_conformance.drivers.answers import Answer
from fluentcart_conformance.drivers.records import Order, Page
from fluentcart_conformance.drivers.shelf import Shelf
from fluentcart_conformance.scenarios import Shop, proves, requirement

ROWS, MOST = 4, 200


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
    read = [shelf.orders[name] for name in shelf.details]
    # The first of those that are known from the list alone, but for the one at the top.
    known = {one.id for one in read}
    read += [shelf.shop.order(one) for one in [one for one in [*rows][1:] if one not in known][:1]]
    with requirement("LST-TOTAL"):
        assert rows.keys() == shelf.ids
        for order in read:
            row = rows[order.id]
            for name in ("status", "payment_status", "total_amount", "subtotal", "total_paid"):
                assert getattr(row, name) == getattr(order, name), f"{name} of {order.id}"
            assert row.total_refund == order.total_refund, f"total_refund of {order.id}"
            assert (row.uuid, row.customer_id) == (order.uuid, order.customer_id)
            assert (row.invoice_no, row.text("type")) == (order.invoice_no, order.text("type"))
    with requirement("ORD-DETAILS-LIST-AGREE"):
        for order in read:
            shown = rows[order.id].raw
            names = [
                name
                for name, value in shown.items()
                if name in order.raw and not isinstance(value, dict | list)
            ]
            left = Order({name: shown[name] for name in names})
            right = Order({name: order.raw[name] for name in names})
            assert left.differences(right, {"/updated_at"}) == [], f"row of order {order.id}"
        for name, cents in shelf.totals.items():
            row = rows[shelf.orders[name].id]
            assert row.total_amount == cents, f"total_amount of order {row.id}"
            assert row.customer_id == shelf.customer.id, f"customer_id of order {row.id}"
    with requirement("LST-ROW-CUSTOMER"):
        if "LST-ROW-CUSTOMER" not in shelf.shop.absent:
            assert {row.customer.id for row in rows.values()} == {shelf.customer.id}
            assert {row.customer.email for row in rows.values()} == {shelf.customer.email}


def test_equal_rows_keep_their_order(shelf: Shelf) -> None:
    """All of them on one page, and on two."""
    query = {"sort_by": "currency", "sort_type": "asc"}
    whole = shelf.page(query).ids
    parts = [
        one for page in (1, 2) for one in shelf.page({**query, "per_page": 5, "page": page}).ids
    ]
    with requirement("LST-STABLE", "LST-SORT-COLUMNS"):
        assert parts == whole
        assert sorted(whole) == sorted(shelf.ids)


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


SIZES = ("0", "-1", "abc")
PAGES = ("0", "-1", "abc", str(10**19))


@proves("LST-PER-PAGE-NONSENSE", "LST-PAGE-NONSENSE")
def test_nonsense_pages_and_page_sizes_do_no_harm(shelf: Shelf) -> None:
    """Both at once; each alone where that is not served as it should be."""
    for size, number in zip_longest(SIZES, PAGES):
        asked = {"per_page": size, "page": number}
        sent = {name: value for name, value in asked.items() if value is not None}
        together = _asked(shelf, sent)
        for name, value in sent.items():
            with requirement(f"LST-{name.upper().replace('_', '-')}-NONSENSE"):
                if not together.accepted or _harm(shelf, together):
                    alone = _asked(shelf, {name: value})
                    assert _harm(shelf, alone) == "", f"{name}={value}"


def _asked(shelf: Shelf, query: dict[str, str]) -> Answer:
    return shelf.shop.list_orders({"search": shelf.customer.email, **query})


def _harm(shelf: Shelf, answer: Answer) -> str:
    """What is wrong with a page that was asked for with nonsense; a refusal is as good."""
    if not answer.accepted:
        return "" if answer.refused else answer.excerpt
    page, own = shelf.shop.orders_in(answer), shelf.plain.ids
    if not 1 <= page.per_page <= MOST:
        return f"per_page is {page.per_page}"
    if page.rows and page.current_page > page.last_page:
        return f"page {page.current_page} of {page.last_page}"
    if page.current_page == 1 and page.ids != own[: page.per_page]:
        return f"the first page shows {page.ids}"
    return ""


def test_a_page_beyond_the_last_is_empty(shelf: Shelf, found: list[Page[Order]]) -> None:
    first = found[0]
    beyond = shelf.page({"per_page": ROWS, "page": first.last_page + 1})
    with requirement("LST-PAGE-BEYOND"):
        assert beyond.rows == []
        assert beyond.total == first.total

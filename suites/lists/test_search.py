"""Searching the order list, by words and by operators (orders-api, Searchable Fields)."""

from __future__ import annotations

from collections.abc import Iterable

from fluentcart_conformance.drivers.records import Order
from fluentcart_conformance.drivers.shelf import Shelf
from fluentcart_conformance.scenarios import Shop, requirement

PAGES = 20
MOST = 100


def found(shop: Shop, search: str, per_page: int = 50) -> list[Order]:
    """The rows of the first page of a search."""
    return shop.orders({"search": search, "per_page": per_page}).rows


def newest(shop: Shop, search: str, down_to: int) -> list[Order]:
    """What a search finds from the newest order down to one; own orders are among the newest."""
    query = {"search": search, "per_page": MOST, "sort_by": "id", "sort_type": "desc"}
    rows: list[Order] = []
    for page in range(1, PAGES + 1):
        shown = shop.orders({**query, "page": page}).rows
        rows += shown
        if len(shown) < MOST or shown[-1].id < down_to:
            break
    return rows


def ids(rows: Iterable[Order]) -> set[int]:
    """Their ids."""
    return {row.id for row in rows}


def test_plain_words_find_invoice_customer_and_line(shop: Shop, shelf: Shelf) -> None:
    with requirement("LST-SEARCH-EMAIL"):
        assert set(shelf.plain.ids) == shelf.ids
    with requirement("LST-SEARCH-NAME"):
        assert ids(found(shop, shelf.customer.first_name)) == shelf.ids
        assert ids(found(shop, shelf.customer.last_name)) == shelf.ids
    titled = shelf.orders["titled"]
    with requirement("LST-SEARCH-ITEM"):
        shown = titled.items[0].title
        # A store that keeps its own titles shows every order of the product.
        with_it = ids(newest(shop, shown, titled.id))
        assert titled.id in with_it
        assert shown != shelf.title or with_it == {titled.id}
    paid = shelf.orders["paid"]
    with requirement("LST-SEARCH-INVOICE"):
        assert paid.invoice_no, "a paid order has an invoice number"
        rows = found(shop, paid.invoice_no)
        assert paid.id in ids(rows)
        assert shelf.orders["plain"].id not in ids(rows)
    with requirement("LST-SEARCH-FIELD-INVOICE"):
        exact = found(shop, f"invoice = {paid.invoice_no}")
        assert ids(exact) == {paid.id}
    nothing = shop.orders({"search": shop.fresh("nobody")})
    with requirement("LST-SEARCH-NOTHING"):
        assert (nothing.rows, nothing.total) == ([], 0)


def test_ids_by_operator(shop: Shop, shelf: Shelf) -> None:
    mine = sorted(shelf.ids)
    low, high = mine[2], mine[5]
    with requirement("LST-SEARCH-ID-EQUAL"):
        assert ids(found(shop, f"id = {low}")) == {low}
    ranged = found(shop, f"id :: {low}-{high}", 100)
    with requirement("LST-SEARCH-ID-RANGE"):
        assert all(low <= one <= high for one in ids(ranged))
        expected = {one for one in mine if low <= one <= high}
        assert expected <= ids(ranged)
    greater = shop.orders({"search": f"id > {high}", "sort_type": "asc", "per_page": 50})
    with requirement("LST-SEARCH-ID-GREATER"):
        assert all(row.id > high for row in greater.rows)
        assert len(greater.rows) == min(50, greater.total)
        if greater.total <= 50:
            assert {one for one in mine if one > high} <= set(greater.ids)
    less = shop.orders({"search": f"id < {low}", "per_page": 50})
    with requirement("LST-SEARCH-ID-LESS"):
        assert all(row.id < low for row in less.rows)
        assert set(mine[:2]) <= set(less.ids)


def test_states_by_operator(shop: Shop, shelf: Shelf) -> None:
    oldest = min(shelf.ids)
    for status in ("completed", "canceled"):
        rows = newest(shop, f"status = {status}", oldest)
        with requirement("LST-SEARCH-STATUS"):
            assert {row.status for row in rows} <= {status}
            own = shelf.where(lambda order, status=status: order.status == status)  # type: ignore[misc]
            assert own <= ids(rows), f"status = {status}"
    for status in ("paid", "partially_refunded"):
        rows = newest(shop, f"payment = {status}", oldest)
        with requirement("LST-SEARCH-PAYMENT"):
            assert {row.payment_status for row in rows} <= {status}
            own = shelf.where(lambda order, status=status: order.payment_status == status)  # type: ignore[misc]
            assert own <= ids(rows), f"payment = {status}"


def test_method_and_customer_by_operator(shop: Shop, shelf: Shelf) -> None:
    method = shelf.orders["paid"].text("payment_method")
    rows = newest(shop, f"payment_by = {method}", shelf.orders["paid"].id)
    other = found(shop, "payment_by = stripe", 20)
    with requirement("LST-SEARCH-PAYMENT-BY"):
        assert {row.text("payment_method") for row in rows} <= {method}
        assert shelf.orders["paid"].id in ids(rows), f"payment_by = {method}"
        assert {row.text("payment_method") for row in other} <= {"stripe"}
        assert method == "stripe" or shelf.ids.isdisjoint(ids(other))
    with requirement("LST-SEARCH-CUSTOMER"):
        assert ids(found(shop, f"customer = {shelf.customer.email}")) == shelf.ids
        assert ids(found(shop, f"customer = {shelf.customer.first_name}")) == shelf.ids


def test_special_characters_do_no_harm(shop: Shop, shelf: Shelf) -> None:
    before = {row.id: row for row in shelf.plain.rows}
    for text in ("'\"%\\<b> _' OR 1=1 -- ünïcödé", "id = 1 OR 1=1"):
        answer = shop.list_orders({"search": text})
        with requirement("LST-SEARCH-HARMLESS"):
            assert answer.accepted or answer.refused, f"{text}: {answer.excerpt}"
    for text in ("colour = red", "id :: a-b", "id >"):
        answer = shop.list_orders({"search": text})
        with requirement("LST-SEARCH-UNKNOWN-FIELD"):
            assert answer.accepted or answer.refused, f"{text}: {answer.excerpt}"
    again = shelf.page()
    with requirement("LST-SEARCH-HARMLESS"):
        assert set(again.ids) == shelf.ids, "everything is still there"
    with requirement("LST-IDEMPOTENT"):
        assert again.ids == list(before)
        assert all(row.same_as(before[row.id]) for row in again.rows)

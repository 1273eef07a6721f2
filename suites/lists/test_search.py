"""Searching the order list, by words and by operators (orders-api, Searchable Fields)."""

from __future__ import annotations

from collections.abc import Iterable

from fluentcart_conformance.drivers.records import Order
from fluentcart_conformance.drivers.shelf import Shelf
from fluentcart_conformance.scenarios import Shop, requirement

PAGES = 20


def found(shop: Shop, search: str, per_page: int = 50) -> list[Order]:
    """The rows of the first page of a search."""
    return shop.orders({"search": search, "per_page": per_page}).rows


def reachable(shop: Shop, search: str, wanted: int) -> bool:
    """Whether a search shows an order; pages go from the newest id down, so the first will do."""
    query = {"search": search, "per_page": 100, "sort_by": "id", "sort_type": "desc"}
    for page in range(1, PAGES + 1):
        shown = ids(shop.orders({**query, "page": page}).rows)
        if wanted in shown or not shown or min(shown) < wanted:
            return wanted in shown
    return False


def ids(rows: Iterable[Order]) -> set[int]:
    """Their ids."""
    return {row.id for row in rows}


def test_plain_words_find_invoice_customer_and_line(shop: Shop, shelf: Shelf) -> None:
    with requirement("LST-SEARCH-EMAIL"):
        assert ids(found(shop, shelf.customer.email)) == shelf.ids
    with requirement("LST-SEARCH-NAME"):
        assert ids(found(shop, shelf.customer.first_name)) == shelf.ids
        assert ids(found(shop, shelf.customer.last_name)) == shelf.ids
    titled = shelf.orders["titled"]
    with requirement("LST-SEARCH-ITEM"):
        shown = titled.items[0].title
        # A store that keeps its own titles shows every order of the product.
        assert reachable(shop, shown, titled.id)
        if shown == shelf.title:
            assert ids(found(shop, shown)) == {titled.id}
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
    for status in ("completed", "canceled", "processing"):
        rows = found(shop, f"status = {status}", 100)
        with requirement("LST-SEARCH-STATUS"):
            assert {row.status for row in rows} <= {status}
            for one in shelf.where(lambda order, status=status: order.status == status):  # type: ignore[misc]
                assert reachable(shop, f"status = {status}", one), f"status = {status}"
    for status in ("paid", "partially_refunded", "refunded"):
        rows = found(shop, f"payment = {status}", 100)
        with requirement("LST-SEARCH-PAYMENT"):
            assert {row.payment_status for row in rows} <= {status}
            for one in shelf.where(lambda order, status=status: order.payment_status == status):  # type: ignore[misc]
                assert reachable(shop, f"payment = {status}", one), f"payment = {status}"


def test_method_and_customer_by_operator(shop: Shop, shelf: Shelf) -> None:
    method = shelf.orders["paid"].text("payment_method")
    rows = found(shop, f"payment_by = {method}", 100)
    other = found(shop, "payment_by = stripe", 20)
    with requirement("LST-SEARCH-PAYMENT-BY"):
        assert {row.text("payment_method") for row in rows} <= {method}
        assert reachable(shop, f"payment_by = {method}", shelf.orders["paid"].id)
        assert {row.text("payment_method") for row in other} <= {"stripe"}
        assert method == "stripe" or shelf.ids.isdisjoint(ids(other))
    with requirement("LST-SEARCH-CUSTOMER"):
        assert ids(found(shop, f"customer = {shelf.customer.email}")) == shelf.ids
        assert ids(found(shop, f"customer = {shelf.customer.first_name}")) == shelf.ids


def test_special_characters_do_no_harm(shop: Shop, shelf: Shelf) -> None:
    for text in ("'", '"', "%", "_' OR 1=1 --", "\\", "<b>", "ünïcödé", "id = 1 OR 1=1"):
        answer = shop.list_orders({"search": text})
        with requirement("LST-SEARCH-HARMLESS"):
            assert answer.accepted or answer.refused, f"{text}: {answer.excerpt}"
    for text in ("colour = red", "id :: 9-", "id :: a-b", "id >", "= 5"):
        answer = shop.list_orders({"search": text})
        with requirement("LST-SEARCH-UNKNOWN-FIELD"):
            assert answer.accepted or answer.refused, f"{text}: {answer.excerpt}"
    with requirement("LST-SEARCH-HARMLESS"):
        assert ids(found(shop, shelf.customer.email)) == shelf.ids, "everything is still there"

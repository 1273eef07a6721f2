"""Deleting addresses of a customer (customers-api, Delete Customer Address)."""

from __future__ import annotations

import pytest

from fluentcart_conformance.drivers.address_book import AddressBook, fill_book
from fluentcart_conformance.scenarios import (
    ABSENT_ID,
    Line,
    Refusals,
    Shop,
    requirement,
)

Books = tuple[AddressBook, AddressBook]


@pytest.fixture(scope="module")
def book(shop: Shop) -> AddressBook:
    """As many addresses as the scenarios may take away."""
    return fill_book(shop, ["billing"] * 4 + ["shipping"] * 2, "Own Street")


def test_a_deleted_address_is_gone_and_the_others_stay(
    shop: Shop, book: AddressBook, other: AddressBook, books: Refusals[Books]
) -> None:
    gone, count = book.spare("billing"), len(book.known)
    answer = shop.delete_address(book.owner.id, gone.id)
    with requirement("ADR-DELETE-ID", "ADR-DELETE-PATH", "CUS-REQUEST-JSON"):
        assert answer.accepted, answer.excerpt
    with requirement("ADR-DELETE-TEXT"):
        assert answer.message.strip(), "the answer has no message"
    moved = book.moved(apart_from=[gone.id])
    with requirement("ADR-DELETE-EFFECT"):
        assert gone.id not in book.known
    with requirement("ADR-DELETE-OTHERS"):
        assert moved == []
        assert len(book.known) == count - 1
        assert other.moved() == []
    books.must_refuse(
        "ADR-DELETE-TWICE",
        send=lambda both: shop.delete_address(both[0].owner.id, gone.id),
        key="address.not_found",
        operation="delete_customer_address",
    )
    _an_address_is_deleted_by_its_name_and_its_owner_alone(shop, books)


def _an_address_is_deleted_by_its_name_and_its_owner_alone(
    shop: Shop, books: Refusals[Books]
) -> None:
    """Addresses that are not primary, so that nothing else protects them."""
    books.must_refuse(
        "ADR-DELETE-UNKNOWN",
        send=lambda both: shop.delete_address(both[0].owner.id, ABSENT_ID),
        key="address.not_found",
        operation="delete_customer_address",
    )
    books.must_refuse(
        "ADR-DELETE-MISSING-ID",
        send=lambda both: shop.send("delete_customer_address", both[0].owner.id, json={}),
        key="address.missing_id",
    )
    books.must_refuse(
        "ADR-DELETE-FOREIGN",
        send=lambda both: shop.delete_address(both[1].owner.id, both[0].spare("billing").id),
        key="address.foreign",
        operation="delete_customer_address",
    )
    books.must_refuse(
        "ADR-DELETE-UNKNOWN-CUSTOMER",
        send=lambda both: shop.delete_address(ABSENT_ID, both[0].spare("shipping").id),
        key="customer.not_found",
        operation="delete_customer_address",
    )
    books.nothing_changed("ADR-DELETE-FOREIGN", "ADR-DELETE-UNKNOWN-CUSTOMER")


def test_a_primary_address_is_deleted_or_stays_primary(shop: Shop, book: AddressBook) -> None:
    first = book.first("billing")
    answer = shop.delete_address(book.owner.id, first.id)
    moved = book.moved(apart_from=[first.id], members=["is_primary"])
    with requirement("ADR-DELETE-PRIMARY"):
        assert answer.accepted or answer.refused, answer.excerpt
        kept = [one for one in book.known.values() if one.id == first.id]
        assert bool(kept) == answer.refused, f"{answer.excerpt}, and then {kept}"
        assert all(one.is_primary for one in kept), "it is no longer primary"
        assert moved == []


def test_an_order_keeps_an_address_that_its_customer_deletes(shop: Shop, book: AddressBook) -> None:
    chosen = book.spare("billing")
    line = Line(shop.product(), 1, 1111)
    order = shop.new_order(book.owner, [line], billing_address_id=chosen.id)
    before = order.address("billing")
    shop.given(shop.delete_address(book.owner.id, chosen.id), "delete an address")
    after = shop.order(order.id).address("billing")
    with requirement("ADR-ORDER-KEEPS-DELETED"):
        assert before is not None, "the order has no billing address"
        assert before.text("address_1") == chosen.text("address_1")
        assert after is not None, "the order lost its billing address"
        assert after.differences(before, ["updated_at"]) == []

"""Deleting addresses of a customer (customers-api, Delete Customer Address)."""

from __future__ import annotations

import pytest

from fluentcart_conformance.drivers.address_book import AddressBook, fill_book
from fluentcart_conformance.scenarios import (
    ABSENT_ID,
    Line,
    Shop,
    assert_refused,
    requirement,
)


@pytest.fixture(scope="module")
def book(shop: Shop) -> AddressBook:
    """As many addresses as the scenarios may take away."""
    return fill_book(shop, ["billing"] * 5 + ["shipping"] * 2, "Own Street")


def test_a_deleted_address_is_gone_and_the_others_stay(
    shop: Shop, book: AddressBook, other: AddressBook
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
    again = shop.delete_address(book.owner.id, gone.id)
    with requirement("ADR-DELETE-TWICE"):
        assert_refused(shop, again, "address.not_found", "delete_customer_address")
    unknown = shop.delete_address(book.owner.id, ABSENT_ID)
    with requirement("ADR-DELETE-UNKNOWN"):
        assert_refused(shop, unknown, "address.not_found", "delete_customer_address")
    missing = shop.send("delete_customer_address", book.owner.id, json={})
    with requirement("ADR-DELETE-MISSING-ID"):
        assert_refused(shop, missing, "address.missing_id")
        assert book.moved() == []


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


def test_an_address_is_deleted_by_its_owner_alone(shop: Shop, book: AddressBook) -> None:
    """Addresses that are not primary, so that nothing else protects them."""
    stranger = shop.new_customer()
    mine = book.spare("billing")
    foreign = shop.delete_address(stranger.id, mine.id)
    moved = book.moved()
    with requirement("ADR-DELETE-FOREIGN"):
        assert_refused(shop, foreign, "address.foreign", "delete_customer_address")
        assert moved == [], "the address of another customer"
    mine = book.spare("shipping")
    nobody = shop.delete_address(ABSENT_ID, mine.id)
    moved = book.moved()
    with requirement("ADR-DELETE-UNKNOWN-CUSTOMER"):
        assert_refused(shop, nobody, "customer.not_found", "delete_customer_address")
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

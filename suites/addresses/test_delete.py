"""Deleting addresses of a customer (customers-api, Delete Customer Address)."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from fluentcart_conformance.drivers.address_book import AddressBook
from fluentcart_conformance.scenarios import (
    Address,
    Answer,
    Line,
    Order,
    Prerequisite,
    Shop,
    assert_refused,
    not_testable,
    requirement,
)


@dataclass
class Deleted:
    """An address that was deleted twice, and an order that had it, where one could be had."""

    gone: Address
    count: int
    order: Order | None
    first: Answer
    again: Answer


@pytest.fixture(scope="module")
def deleted(shop: Shop, own: AddressBook) -> Deleted:
    own.stocked(("billing", "billing", "shipping"), "Short Street")
    gone, count = own.spare("billing"), len(own.known)
    try:
        line = Line(shop.product(), 1, 1111)
        order = shop.new_order(own.owner, [line], billing_address_id=gone.id)
    except Prerequisite:
        order = None
    first, again = (shop.delete_address(own.owner.id, gone.id) for _ in range(2))
    return Deleted(gone, count, order, first, again)


def test_a_deleted_address_is_gone_and_the_others_stay(
    shop: Shop, deleted: Deleted, own: AddressBook, other: AddressBook
) -> None:
    with requirement("ADR-DELETE-ID", "ADR-DELETE-PATH", "CUS-REQUEST-JSON"):
        assert deleted.first.accepted, deleted.first.excerpt
    with requirement("ADR-DELETE-TEXT"):
        assert deleted.first.message.strip(), "the answer has no message"
    with requirement("ADR-DELETE-TWICE"):
        assert_refused(shop, deleted.again, "address.not_found", "delete_customer_address")
    moved = own.moved(apart_from=[deleted.gone.id])
    with requirement("ADR-DELETE-EFFECT"):
        assert deleted.gone.id not in own.known
    with requirement("ADR-DELETE-OTHERS"):
        assert moved == []
        assert len(own.known) == deleted.count - 1
        assert other.moved() == []


def test_an_order_keeps_an_address_that_its_customer_deleted(shop: Shop, deleted: Deleted) -> None:
    if deleted.order is None:
        not_testable("no order with an address of the customer", "ADR-ORDER-KEEPS-DELETED")
        return
    shop.given(deleted.first, "delete an address")
    before = deleted.order.address("billing")
    after = shop.order(deleted.order.id).address("billing")
    with requirement("ADR-ORDER-KEEPS-DELETED"):
        assert before is not None, "the order has no billing address"
        assert before.text("address_1") == deleted.gone.text("address_1")
        assert after is not None, "the order lost its billing address"
        assert after.differences(before, ["updated_at"]) == []


def test_a_primary_address_is_deleted_or_stays_primary(shop: Shop, book: AddressBook) -> None:
    first = book.first("shipping")
    answer = shop.delete_address(book.owner.id, first.id)
    moved = book.moved(apart_from=[first.id], members=["is_primary"])
    with requirement("ADR-DELETE-PRIMARY"):
        assert answer.accepted or answer.refused, answer.excerpt
        kept = [one for one in book.known.values() if one.id == first.id]
        assert bool(kept) == answer.refused, f"{answer.excerpt}, and then {kept}"
        assert all(one.is_primary for one in kept), "it is no longer primary"
        assert moved == []

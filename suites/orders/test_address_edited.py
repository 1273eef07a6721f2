"""Editing the address that an order keeps (orders-api: Update Order Address)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pytest

from fluentcart_conformance.scenarios import (
    ABSENT_ID,
    SIDE_EFFECTS,
    Address,
    Customer,
    Line,
    Order,
    Shop,
    requirement,
)

PLACE = {
    "address_1": "7 Brewer's Yard",
    "address_2": "Back door",
    "city": "Los Angeles",
    "state": "CA",
    "postcode": "90001",
    "country": "US",
}
NAMES = {
    "name": "Jane Roe",
    "first_name": "Jane",
    "last_name": "Roe",
    "full_name": "Jane Roe",
}
DATES = ("created_at", "updated_at")


@dataclass(frozen=True)
class Chosen:
    """Address ids that new orders of the customer copy."""

    members: Mapping[str, int]


@pytest.fixture(scope="module")
def chosen(shop: Shop, customer: Customer) -> Chosen:
    return Chosen(
        {
            f"{kind}_address_id": shop.new_address(customer, kind).id
            for kind in ("billing", "shipping")
        }
    )


@pytest.fixture
def order(shop: Shop, customer: Customer, two_lines: list[Line], chosen: Chosen) -> Order:
    """An order with both addresses."""
    return shop.new_order(customer, [two_lines[0]], **chosen.members)


def _address(order: Order, kind: str) -> Address:
    found = order.address(kind)
    assert found is not None, f"order {order.id} has no {kind} address"
    return found


def test_every_member_of_an_address_can_be_changed(
    shop: Shop, customer: Customer, order: Order
) -> None:
    before = _address(order, "shipping")
    book = [one.raw for one in shop.addresses(customer.id)]

    answer = shop.update_order_address(order.id, before.id, **NAMES, **PLACE)

    with requirement("ORD-ADDRESS-EDIT-ENDPOINT"):
        assert answer.status == 200, answer
    with requirement("ORD-ADDRESS-EDIT-BODY"):
        assert answer.accepted, answer
    after = shop.order(order.id)
    shown = _address(after, "shipping")
    with requirement("ORD-ADDRESS-EDIT-READ-BACK"):
        assert {name: shown.text(name) for name in PLACE} == PLACE
        assert shown.text("name") == NAMES["name"]
        assert (shown.id, shown.type) == (before.id, "shipping")
    for place in (shown.raw, shown.raw.get("formatted_address") or {}):
        with requirement("ORD-ADDRESS-EDIT-READ-BACK"):
            known = {name: place[name] for name in NAMES if place.get(name)}
            assert known == {name: NAMES[name] for name in known}
    with requirement("ORD-ADDRESS-EDIT-UNTOUCHED"):
        billing = _address(after, "billing")
        assert billing.differences(_address(order, "billing"), DATES) == []
    with requirement("ORD-UNTOUCHED"):
        moved = after.differences(order, SIDE_EFFECTS)
        assert [one for one in moved if "address" not in one] == []
    with requirement("ORD-ADDRESS-EDIT-CUSTOMER-KEPT"):
        assert [one.raw for one in shop.addresses(customer.id)] == book


def test_the_answer_says_that_the_address_was_updated(shop: Shop, order: Order) -> None:
    answer = shop.update_order_address(order.id, _address(order, "billing").id, city="Troy")
    with requirement("ORD-ADDRESS-EDIT-TEXT"):
        assert answer.accepted, answer
        assert answer.message.strip(), "the answer has no message"


def test_members_left_out_of_an_address_stay(shop: Shop, order: Order) -> None:
    before = _address(order, "billing")

    answer = shop.update_order_address(order.id, before.id, city="Syracuse")

    after = shop.order(order.id)
    with requirement("ORD-ADDRESS-EDIT-UNTOUCHED"):
        assert answer.accepted, answer
        shown = _address(after, "billing")
        assert shown.text("city") == "Syracuse"
        assert shown.differences(before, [*DATES, "city", "formatted_address"]) == []
        shipping = _address(after, "shipping")
        assert shipping.differences(_address(order, "shipping"), DATES) == []


def test_an_address_is_reached_through_its_own_order_only(
    shop: Shop, customer: Customer, two_lines: list[Line], chosen: Chosen, order: Order
) -> None:
    other = shop.new_order(customer, [two_lines[0]], **chosen.members)
    own, foreign = _address(order, "billing").id, _address(other, "billing").id
    members = {"city": "Nowhere"}

    mismatch = shop.update_order_address(order.id, own, order_id=other.id, **members)
    stolen = shop.update_order_address(order.id, foreign, **members)
    silent = shop.send("update_order_address", order.id, own, json=members)
    answers = {
        "an unknown address": shop.update_order_address(order.id, ABSENT_ID, **members),
        "an unknown order": shop.update_order_address(ABSENT_ID, own, **members),
    }

    after = [shop.order(one.id).differences(one, SIDE_EFFECTS) for one in (order, other)]
    mismatched = shop.refusal("order_address.mismatch")
    with requirement("ORD-ADDRESS-EDIT-MISMATCH-404"):
        assert mismatch.status in mismatched, mismatch
        assert after == [[], []]
    with requirement("ORD-ADDRESS-EDIT-TEXT-404"):
        assert mismatch.message.strip(), "the refusal gives no reason"
    with requirement("ORD-ADDRESS-EDIT-FOREIGN-404"):
        assert stolen.status in mismatched, stolen
        assert after == [[], []]
    with requirement("ORD-ADDRESS-EDIT-NO-ORDER-ID"):
        assert silent.status in shop.refusal("order_address.missing_order"), silent
        assert after == [[], []]
    for what, answer in answers.items():
        with requirement("ORD-ADDRESS-EDIT-UNKNOWN"):
            assert answer.refused, f"{what}: {answer}"
            assert after == [[], []]

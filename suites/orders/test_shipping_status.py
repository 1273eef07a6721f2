"""The shipping status of a physical order (orders-api: Update Statuses)."""

from __future__ import annotations

import pytest

from fluentcart_conformance.scenarios import (
    SIDE_EFFECTS,
    Customer,
    Line,
    Order,
    Shop,
    requirement,
)

WORDS = ("unshipped", "shipped", "delivered", "unshippable")
# Every way between the four words, each once; it begins and ends at unshipped.
WALK = (
    "shipped", "unshipped", "delivered", "unshipped", "unshippable", "shipped",
    "delivered", "shipped", "unshippable", "delivered", "unshippable", "unshipped",
)  # fmt: skip


@pytest.fixture(scope="module")
def parcel(shop: Shop, customer: Customer) -> Order:
    """A paid order with something to send, unshipped."""
    physical = shop.product("physical")
    order = shop.paid_order(customer, [Line(physical, quantity=2), Line(shop.product())])
    if order.shipping_status != "unshipped":
        shop.given(shop.change_shipping_status(order.id, "unshipped"), "set unshipped")
    return shop.order(order.id)


def test_a_parcel_goes_every_way_between_its_statuses(
    shop: Shop, customer: Customer, parcel: Order
) -> None:
    neighbour = shop.new_order(customer, [Line(shop.product("physical"))])
    seen = {parcel.shipping_status}
    last = parcel.shipping_status
    for status in WALK:
        answer = shop.change_shipping_status(parcel.id, status)
        with requirement("ORD-SHIPPING-TRANSITIONS"):
            assert answer.accepted, f"{last} to {status}: {answer}"
        with requirement("ORD-STATUS-ANSWER-SAME"):
            told = Order(answer.part("data").raw)
            assert (told.id, told.shipping_status) == (parcel.id, status)
        if status not in seen:
            after = shop.order(parcel.id)
            with requirement("ORD-SHIPPING-STATUS", "ORD-STATUS-BODY"):
                assert after.shipping_status == status
        seen.add(status)
        last = status
    after = shop.order(parcel.id)
    with requirement("ORD-SHIPPING-STATUS"):
        assert seen == set(WORDS)
        assert after.shipping_status == "unshipped"
    with requirement("ORD-SHIPPING-KEEPS", "ORD-UNTOUCHED"):
        assert after.differences(parcel, SIDE_EFFECTS) == []
    again = shop.order(neighbour.id)
    with requirement("ORD-OTHERS-UNTOUCHED"):
        assert again.differences(neighbour, SIDE_EFFECTS) == []


def test_a_shipping_status_cannot_be_set_twice_or_made_up(shop: Shop, customer: Customer) -> None:
    order = shop.new_order(customer, [Line(shop.product("physical"))])
    shop.given(shop.change_shipping_status(order.id, "shipped"), "ship an order")
    before = shop.order(order.id)

    same = shop.change_shipping_status(order.id, "shipped")
    made_up = [shop.change_shipping_status(order.id, one) for one in ("bogus", "completed", "")]

    after = shop.order(order.id)
    with requirement("ORD-SHIPPING-SAME"):
        assert same.status in shop.refusal("statuses.same"), same
    for answer in made_up:
        with requirement("ORD-SHIPPING-INVALID"):
            assert answer.status in shop.refusal("statuses.invalid"), answer
    with requirement("ORD-SHIPPING-INVALID"):
        assert after.shipping_status == "shipped"
        assert after.differences(before, SIDE_EFFECTS) == []
    with requirement("ORD-SHIPPING-KEEPS"):
        assert (before.status, before.payment_status) == (order.status, order.payment_status)

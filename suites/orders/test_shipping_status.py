"""The shipping status of a physical order (orders-api: Update Statuses)."""

from __future__ import annotations

import pytest

from fluentcart_conformance.scenarios import (
    SIDE_EFFECTS,
    Customer,
    Line,
    Order,
    Shop,
    Watched,
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
    shop: Shop, parcel: Order, neighbour: Watched
) -> None:
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
            with requirement("ORD-SHIPPING-KEEPS", "ORD-UNTOUCHED"):
                moved = after.differences(parcel, SIDE_EFFECTS | {"order", "shipping_status"})
                assert moved == [], f"when the order was {status}"
        seen.add(status)
        last = status
    with requirement("ORD-SHIPPING-STATUS"):
        assert seen == set(WORDS)
    with requirement("ORD-OTHERS-UNTOUCHED"):
        assert neighbour.moved() == []
    _is_refused_what_it_is_already_or_no_status(shop, parcel)


def _is_refused_what_it_is_already_or_no_status(shop: Shop, parcel: Order) -> None:
    """The parcel is unshipped again."""
    same = shop.change_shipping_status(parcel.id, "unshipped")
    made_up = [shop.change_shipping_status(parcel.id, one) for one in ("bogus", "completed", "")]

    after = shop.order(parcel.id)
    with requirement("ORD-SHIPPING-STATUS"):
        assert after.shipping_status == "unshipped"
    with requirement("ORD-SHIPPING-SAME"):
        assert same.status in shop.refusal("statuses.same"), same
    for answer in made_up:
        with requirement("ORD-SHIPPING-INVALID"):
            assert answer.status in shop.refusal("statuses.invalid"), answer
    with requirement("ORD-SHIPPING-INVALID", "ORD-SHIPPING-KEEPS"):
        assert after.differences(parcel, SIDE_EFFECTS) == []

"""Editing the address that an order keeps (orders-api: Update Order Address)."""

from __future__ import annotations

from fluentcart_conformance.scenarios import (
    ABSENT_ID,
    SIDE_EFFECTS,
    Address,
    Customer,
    Line,
    Order,
    Refusals,
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


def _address(order: Order, kind: str) -> Address:
    found = order.address(kind)
    assert found is not None, f"order {order.id} has no {kind} address"
    return found


def test_an_address_is_edited_as_a_whole_and_in_part(
    shop: Shop, customer: Customer, chosen: dict[str, int], two_lines: list[Line]
) -> None:
    order = shop.new_order(customer, [two_lines[0]], **chosen)
    before = _address(order, "shipping")
    book = [one.raw for one in shop.addresses(customer.id)]

    answer = shop.update_order_address(order.id, before.id, **NAMES, **PLACE)

    with requirement("ORD-ADDRESS-EDIT-ENDPOINT"):
        assert answer.status == 200, answer
    with requirement("ORD-ADDRESS-EDIT-TEXT"):
        assert answer.message.strip(), "the answer has no message"
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
    _keeps_what_is_left_out(shop, after)


def _keeps_what_is_left_out(shop: Shop, order: Order) -> None:
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
    shop: Shop, open_order: Refusals[Order], canceled_order: Refusals[Order]
) -> None:
    other = canceled_order.stage
    foreign = _address(other, "billing").id
    members = {"city": "Nowhere"}
    mismatch = open_order.must_refuse(
        "ORD-ADDRESS-EDIT-MISMATCH-404",
        send=lambda order: shop.update_order_address(
            order.id, _address(order, "billing").id, order_id=other.id, **members
        ),
        key="order_address.mismatch",
    )
    with requirement("ORD-ADDRESS-EDIT-TEXT-404"):
        assert mismatch is None or mismatch.message.strip(), "the refusal gives no reason"
    open_order.must_refuse(
        "ORD-ADDRESS-EDIT-FOREIGN-404",
        send=lambda order: shop.update_order_address(order.id, foreign, **members),
        key="order_address.mismatch",
    )
    open_order.must_refuse(
        "ORD-ADDRESS-EDIT-NO-ORDER-ID",
        send=lambda order: shop.send(
            "update_order_address", order.id, _address(order, "billing").id, json=members
        ),
        key="order_address.missing_order",
    )
    open_order.must_refuse(
        "ORD-ADDRESS-EDIT-UNKNOWN",
        send=lambda order: shop.update_order_address(order.id, ABSENT_ID, **members),
        what="an unknown address",
    )
    open_order.must_refuse(
        "ORD-ADDRESS-EDIT-UNKNOWN",
        send=lambda order: shop.update_order_address(
            ABSENT_ID, _address(order, "billing").id, **members
        ),
        what="an unknown order",
    )
    open_order.nothing_changed("ORD-ADDRESS-EDIT-UNKNOWN")
    with requirement("ORD-ADDRESS-EDIT-MISMATCH-404", "ORD-ADDRESS-EDIT-FOREIGN-404"):
        again = shop.order(other.id)
        assert again.differences(other, SIDE_EFFECTS) == [], "the order that was named besides"

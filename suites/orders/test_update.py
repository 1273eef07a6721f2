"""Editing an order (orders-api: Update Order)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from fluentcart_conformance.scenarios import (
    SIDE_EFFECTS,
    Customer,
    Line,
    Order,
    Shop,
    Watched,
    moment,
    requirement,
)

# What other lines move along; where an address shows its order again, that copy moves with it.
LINES = {
    "order_items", "subtotal", "total_amount", "transactions", "order", "custom_checkout_url",
}  # fmt: skip
LONGEST_NOTE = 5000


def _adds_up(order: Order) -> None:
    """The sums of an order against its lines."""
    subtotal = sum(one.money("subtotal") for one in order.items)
    assert order.subtotal == subtotal, "subtotal"
    less = order.manual_discount_total + order.money("coupon_discount_total")
    more = order.shipping_total + order.money("tax_total")
    assert order.total_amount == subtotal - less + more, "total_amount"


@dataclass
class Desk:
    """An order that is edited again and again, as last read, and the one made just before it."""

    shop: Shop
    order: Order
    other: Watched

    def read(self) -> Order:
        """The order as it is now."""
        self.order = self.shop.order(self.order.id)
        return self.order


@pytest.fixture(scope="module")
def desk(shop: Shop, customer: Customer, chosen: dict[str, int], two_lines: list[Line]) -> Desk:
    other = Watched(shop, shop.new_order(customer, two_lines))
    return Desk(shop, shop.new_order(customer, two_lines, note=shop.fresh("note"), **chosen), other)


def test_a_line_is_changed_and_another_comes(shop: Shop, desk: Desk, two_lines: list[Line]) -> None:
    order, (first, second) = desk.order, two_lines
    rows, note = shop.lines_again(order), shop.fresh("changed")
    line = order.item_at(second.price)
    price = second.price + 11
    total = 4 * price
    changed = {"quantity": 4, "unit_price": price, "price": price}
    changed |= {"line_total": total, "item_total": total, "total": total}
    new = Line(second.product, 2, second.price + 22)
    edited = [row | changed if row["id"] == line.id else row for row in rows]

    answer = shop.update_order(order, order_items=[*edited, new.members()], note=note)

    after = desk.read()
    with requirement("ORD-UPDATE-ENDPOINT"):
        assert answer.status == 200, answer
    with requirement("ORD-UPDATE-TEXT"):
        assert answer.message.strip(), "the answer has no message"
    with requirement("ORD-UPDATE-QUANTITY"):
        now = after.item_at(price)
        assert (now.id, now.quantity) == (line.id, 4)
        assert now.line_total == total - now.money("discount_total")
        stays, before = (one.item_at(first.price) for one in (after, order))
        assert stays.differences(before, ["updated_at"]) == [], "the other line"
    with requirement("ORD-UPDATE-ADD-ITEM"):
        known = {one.id for one in order.items}
        assert known <= {one.id for one in after.items}, "a line has been replaced"
        added = [one for one in after.items if one.id not in known]
        sums = [(one.quantity, one.unit_price, one.money("subtotal")) for one in added]
        assert sums == [(2, new.price, new.total)]
        assert {one.order_id for one in after.items} == {order.id}
    with requirement("ORD-UPDATE-TOTALS"):
        _adds_up(after)
    with requirement("ORD-UPDATE-UNTOUCHED", "ORD-UNTOUCHED"):
        assert after.differences(order, SIDE_EFFECTS | LINES | {"note"}) == []
    with requirement("ORD-UPDATED-AT"):
        assert moment(after.member("created_at")) == moment(order.member("created_at"))
        assert moment(after.member("updated_at")) >= moment(after.member("created_at"))
    with requirement("ORD-UPDATE-ANSWER-SAME"):
        told = shop.order_in(answer)
        assert told.id == order.id, "another order came"
        assert told.text("note") == note
        shared = told.raw.keys() & after.raw.keys()
        left, right = (Order({name: one.raw[name] for name in shared}) for one in (told, after))
        assert left.differences(right, ["activities"]) == []
    with requirement("ORD-UPDATE-OTHERS-UNTOUCHED", "ORD-OTHERS-UNTOUCHED"):
        assert desk.other.moved() == [], "the order before"


def test_a_line_goes_and_shipping_and_a_discount_come(
    shop: Shop, desk: Desk, two_lines: list[Line]
) -> None:
    """Each of them moves the total by what it is worth."""
    order = desk.order
    goes = [one for one in order.items if one.unit_price != two_lines[0].price][-1:]
    kept = [row for row in shop.lines_again(order) if row["id"] not in [one.id for one in goes]]
    shipping = [{"type": "custom", "rate_name": "By bike", "custom_price": 777}]

    answer = shop.update_order(
        order,
        order_items=kept,
        deletedItems=[one.id for one in goes],
        shipping_total=777,
        shipping=shipping,
        **shop.discount(333),
    )

    after = desk.read()
    with requirement("ORD-UPDATE-DELETE-ITEM"):
        assert answer.accepted, answer
        assert sorted(one.id for one in after.items) == sorted(row["id"] for row in kept)
    with requirement("ORD-UPDATE-SHIPPING-TOTAL"):
        assert answer.accepted, answer
        assert after.shipping_total == 777
        assert after.total_amount == after.subtotal - after.manual_discount_total + 777
    with requirement("ORD-UPDATE-DISCOUNT"):
        assert answer.accepted, answer
        assert after.manual_discount_total == 333
        assert after.total_amount == after.subtotal + after.shipping_total - 333
    with requirement("ORD-UPDATE-TOTALS"):
        _adds_up(after)


def test_an_update_takes_every_documented_member(shop: Shop, desk: Desk) -> None:
    """Everything that the documents name, at once; shipping is taken away again."""
    order = desk.order
    members = _every_member(shop, order)

    answer = shop.update_order_alone(order, **members)

    after = desk.read()
    with requirement("ORD-UPDATE-BODY", "ORD-UPDATE-OTHER-FIELDS"):
        assert answer.accepted, answer
    with requirement("ORD-UPDATE-READ-BACK"):
        assert after.text("note") == members["note"]
        assert after.status == "processing"
        assert after.manual_discount_total == 100
        assert after.payment_status == "pending", "an update is no payment"
        assert after.total_paid == 0
    with requirement("ORD-UPDATE-SHIPPING-TOTAL"):
        assert after.shipping_total == 0
        assert after.total_amount == after.subtotal - after.manual_discount_total


def _every_member(shop: Shop, order: Order) -> dict[str, Any]:
    return {
        "status": "processing",
        "payment_status": "pending",
        "total_paid": 0,
        "shipping_total": 0,
        "tax_total": 0,
        "coupon_discount_total": 0,
        **shop.discount(100),
        "shipping": [],
        "applied_coupon": [],
        "deletedItems": [],
        "couponCalculation": [],
        "invoice_no": shop.fresh("inv"),
        "fulfillment_type": order.text("fulfillment_type"),
        "type": "payment",
        "payment_method": "offline_payment",
        "payment_method_title": "Cash",
        "currency": order.text("currency"),
        "discount_tax": 0,
        "shipping_tax": 0,
        "rate": 1,
        "note": shop.fresh("note").ljust(LONGEST_NOTE, "x"),
        "uuid": order.uuid,
        "ip_address": "203.0.113.7",
        "completed_at": "",
        "refunded_at": "",
        "user_tz": "America/New_York",
        "trigger": "admin",
    }


def test_what_an_update_leaves_out_keeps_its_value(shop: Shop, desk: Desk) -> None:
    """Note, status, discount, addresses: nothing but the customer and the lines is sent."""
    order = desk.order
    body = {"customer_id": order.customer_id, "order_items": shop.lines_again(order)}

    answer = shop.send("update_order", order.id, json=body)

    after = desk.read()
    with requirement("ORD-UPDATE-UNTOUCHED", "ORD-UNTOUCHED"):
        assert answer.accepted, answer
        assert after.differences(order, SIDE_EFFECTS) == []


def test_the_lines_of_another_order_are_out_of_reach(shop: Shop, desk: Desk) -> None:
    order, other = desk.order, desk.other.order
    stolen = {"quantity": 9, "title": "Stolen", "unit_price": 5}
    theirs = [row | stolen for row in shop.lines_again(other)]

    deleting = shop.update_order(order, deletedItems=[one.id for one in other.items])
    changing = shop.update_order(order, order_items=[*shop.lines_again(order), *theirs])

    moved, again = desk.other.moved(), desk.other.order
    with requirement("ORD-UPDATE-DELETE-FOREIGN-ITEM"):
        assert deleting.accepted or deleting.refused, deleting
        assert {one.id for one in again.items} == {one.id for one in other.items}
    with requirement("ORD-UPDATE-ITEM-FOREIGN"):
        assert changing.accepted or changing.refused, changing
        gone = len(again.items) < len(other.items)
        assert gone or moved == [], f"the other order changed: {moved}"
    after = desk.read()
    with requirement("ORD-UPDATE-DELETE-FOREIGN-ITEM"):
        assert {one.id for one in order.items} <= {one.id for one in after.items}


def test_nothing_takes_an_order_below_nothing(shop: Shop, desk: Desk) -> None:
    order = desk.order

    answer = shop.update_order(order, **shop.discount(int(order.subtotal) + 500))

    with requirement("ORD-UPDATE-NEGATIVE-TOTAL"):
        assert answer.accepted or answer.refused, answer
        if answer.accepted:
            after = desk.read()
            assert after.total_amount >= 0
            assert min(one.line_total for one in after.items) >= 0, "a line below nothing"
    sent = shop.update_order(order, total_amount=-500, subtotal=-500)
    after = desk.read()
    with requirement("ORD-UPDATE-NEGATIVE-TOTAL"):
        assert sent.accepted or sent.refused, sent
        assert after.total_amount >= 0, f"total_amount {after.total_amount} after -500 was sent"

"""Editing an order (orders-api: Update Order)."""

from __future__ import annotations

from typing import Any

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


def _adds_up(order: Order, subtotal: int) -> None:
    """The sums of an order against its lines."""
    assert order.subtotal == subtotal == sum(one.money("subtotal") for one in order.items)
    less = order.manual_discount_total + order.money("coupon_discount_total")
    more = order.shipping_total + order.money("tax_total")
    assert order.total_amount == subtotal - less + more, "total_amount"


def test_an_order_is_edited_again_and_again(
    shop: Shop,
    customer: Customer,
    chosen: dict[str, int],
    two_lines: list[Line],
    neighbour: Watched,
) -> None:
    """Each edit begins with the order as it was read after the one before."""
    next_door = Watched(shop, shop.new_order(customer, two_lines))
    order = shop.new_order(customer, two_lines, note=shop.fresh("note"), **chosen)
    order = _with_another_quantity_and_price(shop, order, two_lines)
    with requirement("ORD-UPDATE-OTHERS-UNTOUCHED", "ORD-OTHERS-UNTOUCHED"):
        assert next_door.moved() == [], "the customer's order before"
        assert neighbour.moved() == [], "another customer's order"
    order = _with_shipping_and_without(shop, order)
    order = _with_a_discount(shop, order)
    order = _with_every_member(shop, order)
    _with_nothing_but_its_lines(shop, order)


def _with_another_quantity_and_price(shop: Shop, order: Order, two_lines: list[Line]) -> Order:
    rows, note = shop.lines_again(order), shop.fresh("changed")
    second = order.item_at(two_lines[1].price)
    changed = next(row for row in rows if row["id"] == second.id)
    price = two_lines[1].price + 11
    total = 4 * price
    changed |= {"quantity": 4, "unit_price": price, "price": price}
    changed |= {"line_total": total, "item_total": total, "total": total}

    answer = shop.update_order(order, order_items=rows, note=note)

    with requirement("ORD-UPDATE-ENDPOINT"):
        assert answer.status == 200, answer
    with requirement("ORD-UPDATE-TEXT"):
        assert answer.message.strip(), "the answer has no message"
    after = shop.order(order.id)
    with requirement("ORD-UPDATE-QUANTITY"):
        line = after.item_at(price)
        assert (line.id, line.quantity) == (second.id, 4)
        assert line.line_total == total - line.money("discount_total")
        first, before = (one.item_at(two_lines[0].price) for one in (after, order))
        assert first.differences(before, ["updated_at"]) == [], "the other line"
        assert len(after.items) == 2
    with requirement("ORD-UPDATE-TOTALS"):
        _adds_up(after, two_lines[0].total + total)
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
    return after


def _with_shipping_and_without(shop: Shop, order: Order) -> Order:
    """Shipping moves the total by exactly the difference."""
    rows = [{"type": "custom", "rate_name": "By bike", "custom_price": 777}]

    with_shipping = shop.update_order(order, shipping_total=777, shipping=rows)

    dearer = shop.order(order.id)
    with requirement("ORD-UPDATE-SHIPPING-TOTAL"):
        assert with_shipping.accepted, with_shipping
        assert dearer.shipping_total == 777
        assert dearer.total_amount == order.total_amount + 777
    without = shop.update_order(dearer, shipping_total=0, shipping=[])
    after = shop.order(order.id)
    with requirement("ORD-UPDATE-SHIPPING-TOTAL"):
        assert without.accepted, without
        assert (after.shipping_total, after.total_amount) == (0, order.total_amount)
    return after


def _with_a_discount(shop: Shop, order: Order) -> Order:
    answer = shop.update_order(order, **shop.discount(333))

    after = shop.order(order.id)
    with requirement("ORD-UPDATE-DISCOUNT"):
        assert answer.accepted, answer
        assert after.manual_discount_total == 333
        assert after.total_amount == order.total_amount - 333
    with requirement("ORD-UPDATE-TOTALS"):
        _adds_up(after, int(order.subtotal))
    return after


def _with_every_member(shop: Shop, order: Order) -> Order:
    """Everything that the documents name, at once."""
    members = _every_member(shop, order)

    answer = shop.update_order_alone(order, **members)

    with requirement("ORD-UPDATE-BODY", "ORD-UPDATE-OTHER-FIELDS"):
        assert answer.accepted, answer
    after = shop.order(order.id)
    with requirement("ORD-UPDATE-READ-BACK"):
        assert after.text("note") == members["note"]
        assert after.status == "processing"
        assert (after.shipping_total, after.manual_discount_total) == (250, 100)
        assert after.payment_status == "pending", "an update is no payment"
        assert after.total_paid == 0
    return after


def _every_member(shop: Shop, order: Order) -> dict[str, Any]:
    return {
        "status": "processing",
        "payment_status": "pending",
        "total_paid": 0,
        "shipping_total": 250,
        "tax_total": 0,
        "coupon_discount_total": 0,
        **shop.discount(100),
        "shipping": [{"type": "custom", "rate_name": "By bike", "custom_price": 250}],
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


def _with_nothing_but_its_lines(shop: Shop, order: Order) -> None:
    """What an update leaves out keeps its value: note, status, shipping, discount, addresses."""
    body = {"customer_id": order.customer_id, "order_items": shop.lines_again(order)}

    answer = shop.send("update_order", order.id, json=body)

    after = shop.order(order.id)
    with requirement("ORD-UPDATE-UNTOUCHED", "ORD-UNTOUCHED"):
        assert answer.accepted, answer
        assert after.differences(order, SIDE_EFFECTS) == []

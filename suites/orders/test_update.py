"""Editing an order (orders-api: Update Order)."""

from __future__ import annotations

from typing import Any

import pytest

from fluentcart_conformance.scenarios import (
    SIDE_EFFECTS,
    Customer,
    Line,
    Order,
    Shop,
    moment,
    requirement,
)


@pytest.fixture(scope="module")
def neighbour(shop: Shop, customer: Customer, two_lines: list[Line]) -> Order:
    """Another order of the same customer, which nobody may change."""
    return shop.new_order(customer, two_lines)


def _adds_up(order: Order, subtotal: int) -> None:
    """The sums of an order against its lines."""
    assert order.subtotal == subtotal == sum(one.money("subtotal") for one in order.items)
    less = order.manual_discount_total + order.money("coupon_discount_total")
    more = order.shipping_total + order.money("tax_total")
    assert order.total_amount == subtotal - less + more, "total_amount"


def test_a_new_quantity_and_price_move_their_line_and_the_totals(
    shop: Shop, customer: Customer, two_lines: list[Line], neighbour: Order
) -> None:
    order = shop.new_order(customer, two_lines, note=shop.fresh("note"))
    rows = shop.lines_again(order)
    second = order.item_at(two_lines[1].price)
    changed = next(row for row in rows if row["id"] == second.id)
    price = two_lines[1].price + 11
    total = 4 * price
    changed |= {"quantity": 4, "unit_price": price, "price": price}
    changed |= {"line_total": total, "item_total": total, "total": total}

    answer = shop.update_order(order, order_items=rows)

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
    with requirement("ORD-UPDATED-AT"):
        assert moment(after.member("created_at")) == moment(order.member("created_at"))
        assert moment(after.member("updated_at")) >= moment(after.member("created_at"))
    again = shop.order(neighbour.id)
    with requirement("ORD-UPDATE-OTHERS-UNTOUCHED", "ORD-OTHERS-UNTOUCHED"):
        assert again.differences(neighbour, SIDE_EFFECTS) == []


def test_the_answer_to_an_update_is_the_order_as_it_reads_now(
    shop: Shop, customer: Customer, two_lines: list[Line]
) -> None:
    order = shop.new_order(customer, [two_lines[0]])
    note = shop.fresh("changed")

    answer = shop.update_order(order, note=note)

    with requirement("ORD-UPDATE-ANSWER-SAME"):
        told, after = shop.order_in(answer), shop.order(order.id)
        assert told.id == order.id, "another order came"
        assert told.text("note") == note
        shared = told.raw.keys() & after.raw.keys()
        told, after = (Order({name: one.raw[name] for name in shared}) for one in (told, after))
        assert told.differences(after, ["activities"]) == []


def test_an_update_takes_every_documented_member(
    shop: Shop, customer: Customer, two_lines: list[Line]
) -> None:
    order = shop.new_order(customer, [two_lines[0]])
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
        "note": shop.fresh("note"),
        "uuid": order.uuid,
        "ip_address": "203.0.113.7",
        "completed_at": "",
        "refunded_at": "",
        "user_tz": "America/New_York",
        "trigger": "admin",
    }


def test_what_an_update_leaves_out_keeps_its_value(
    shop: Shop, customer: Customer, two_lines: list[Line]
) -> None:
    chosen = {
        f"{kind}_address_id": shop.new_address(customer, kind).id
        for kind in ("billing", "shipping")
    }
    more = {"note": shop.fresh("note"), "shipping_total": 777, "status": "on-hold"}
    order = shop.new_order(customer, two_lines, **shop.discount(333), **more, **chosen)
    body = {"customer_id": customer.id, "order_items": shop.lines_again(order)}

    answer = shop.send("update_order", order.id, json=body)

    after = shop.order(order.id)
    with requirement("ORD-UPDATE-UNTOUCHED", "ORD-UNTOUCHED"):
        assert answer.accepted, answer
        assert after.differences(order, SIDE_EFFECTS) == []


def test_shipping_moves_the_total_by_exactly_the_difference(
    shop: Shop, customer: Customer, two_lines: list[Line]
) -> None:
    order = shop.new_order(customer, two_lines)
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


def test_a_discount_by_hand_can_be_given_later(
    shop: Shop, customer: Customer, two_lines: list[Line]
) -> None:
    order = shop.new_order(customer, two_lines)

    answer = shop.update_order(order, **shop.discount(333))

    after = shop.order(order.id)
    with requirement("ORD-UPDATE-DISCOUNT"):
        assert answer.accepted, answer
        assert after.manual_discount_total == 333
        assert after.total_amount == order.total_amount - 333
    with requirement("ORD-UPDATE-TOTALS"):
        _adds_up(after, int(order.subtotal))

"""Lines, discounts, shipping and tax of a new order (orders-api: Create Order)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from fluentcart_conformance.drivers.pair import DISCOUNT, SHIPPING, OrderPair
from fluentcart_conformance.scenarios import (
    Answer,
    Customer,
    Line,
    Prerequisite,
    Product,
    Shop,
    proves,
    requirement,
    whole,
)

# What a line may hold besides, and what says so.
BESIDES: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("ORD-CREATE-ITEM-OTHER-INFO", "an object", {"other_info": {"payment_type": "onetime"}}),
    ("ORD-CREATE-ITEM-OTHER-INFO", "a list", {"other_info": []}),
    ("ORD-CREATE-ITEM-LINE-META", "a list", {"line_meta": []}),
    ("ORD-CREATE-SPURIOUS-ID", "ids of nothing", {"id": 0, "order_id": 0}),
)


def test_each_line_is_stored_as_sent(pair: OrderPair, two_lines: list[Line]) -> None:
    with requirement("ORD-CREATE-SEVERAL-ITEMS"):
        sent = sorted((one.product.object_id, one.quantity, one.price) for one in two_lines)
        rows = pair.plain.items
        kept = sorted((one.object_id or 0, one.quantity, one.unit_price) for one in rows)
        assert kept == sent
    for line in two_lines:
        with requirement("ORD-CREATE-ITEM-KEPT"):
            stored = pair.plain.item_at(line.price)
            assert stored.title == line.title
            assert whole(stored.member("post_id")) == line.product.post_id
            assert stored.object_id == line.product.object_id, "object_id and variation_id"
            assert stored.quantity == line.quantity
    for line in two_lines:
        with requirement("ORD-CREATE-ITEM-FULFILMENT"):
            stored = pair.plain.item_at(line.price)
            assert stored.text("fulfillment_type") == line.product.fulfillment_type


def test_the_totals_of_an_order_follow_from_its_lines(
    pair: OrderPair, two_lines: list[Line]
) -> None:
    subtotal = sum(line.total for line in two_lines)
    for order in (pair.plain, pair.priced):
        less = order.manual_discount_total + order.money("coupon_discount_total")
        with requirement("ORD-CREATE-TOTALS"):
            assert order.subtotal == subtotal, "subtotal"
            expected = subtotal - less + order.shipping_total + order.money("tax_total")
            assert order.total_amount == expected, "total_amount"
            assert order.charge.total == expected, "the pending charge"
        with requirement("ORD-CREATE-LINE-TOTALS"):
            for line in order.items:
                assert line.money("subtotal") == line.unit_price * line.quantity
                assert line.line_total == line.money("subtotal") - line.money("discount_total")
    with requirement("ORD-CREATE-TOTALS"):
        assert pair.plain.total_amount == subtotal


def test_a_discount_by_hand_comes_off_the_total(pair: OrderPair) -> None:
    plain, priced = pair.plain, pair.priced
    with requirement("ORD-CREATE-DISCOUNT-APPLIED"):
        assert priced.manual_discount_total == DISCOUNT
        without = plain.total_amount + priced.shipping_total + priced.money("tax_total")
        assert priced.total_amount == without - DISCOUNT
        assert plain.manual_discount_total == 0


def test_shipping_is_part_of_the_total(pair: OrderPair) -> None:
    plain, priced = pair.plain, pair.priced
    with requirement("ORD-CREATE-SHIPPING-TOTAL"):
        assert priced.shipping_total == SHIPPING
        goods = priced.subtotal - priced.manual_discount_total + priced.money("tax_total")
        assert priced.total_amount == goods + SHIPPING
        assert plain.shipping_total == 0


def test_an_order_is_physical_when_one_of_its_lines_is(
    pair: OrderPair, two_products: tuple[Product, Product]
) -> None:
    first, second = two_products
    if (first.fulfillment_type, second.fulfillment_type) != ("digital", "physical"):
        raise Prerequisite("the target offers no digital and no physical product")
    with requirement("ORD-CREATE-ITEM-FULFILMENT"):
        kinds = {one.object_id: one.text("fulfillment_type") for one in pair.plain.items}
        assert kinds == {first.object_id: "digital", second.object_id: "physical"}
    with requirement("ORD-CREATE-ORDER-FULFILMENT"):
        assert pair.plain.text("fulfillment_type") == "physical"


@proves(*(row[0] for row in BESIDES))
def test_what_lines_may_hold_besides_is_taken(
    shop: Shop, customer: Customer, two_lines: list[Line]
) -> None:
    """All at once, on a line each; where that is refused, one by one."""
    first = two_lines[0]
    lines = [replace(first, unit_price=first.price + step) for step in range(len(BESIDES))]
    rows = [{**line.members(), **more} for line, (_, _, more) in zip(lines, BESIDES, strict=True)]

    together = shop.create_order(customer, lines, order_items=rows)

    taken: list[Answer] = [together] if together.accepted else []
    for line, row, (requirement_id, what, more) in zip(lines, rows, BESIDES, strict=True):
        answer = together
        if not together.accepted:
            answer = shop.create_order(customer, [line], order_items=[row])
            taken += [answer] if answer.accepted else []
        with requirement(requirement_id):
            assert answer.accepted, f"{next(iter(more))} as {what}: {answer}"
    orders = [shop.order_made(answer) for answer in taken]
    items = [item for order in orders for item in order.items]
    with requirement("ORD-CREATE-ITEM-PAYMENT-TYPE"):
        assert {one.text("payment_type") for one in items} == {"onetime"}
    with requirement("ORD-CREATE-SPURIOUS-ID"):
        new = [one for one in items if one.unit_price == lines[-1].price]
        assert [one.id > 0 and one.order_id > 0 for one in new] == [True], "no line of its own"
    if first.product.fulfillment_type == "digital":
        with requirement("ORD-CREATE-ORDER-FULFILMENT"):
            assert {order.text("fulfillment_type") for order in orders} == {"digital"}

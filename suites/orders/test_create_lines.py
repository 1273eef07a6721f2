"""Lines, discounts, shipping and tax of a new order (orders-api: Create Order)."""

from __future__ import annotations

import pytest

from fluentcart_conformance.scenarios import (
    Customer,
    Line,
    Order,
    Prerequisite,
    Product,
    Shop,
    order_body,
    requirement,
    whole,
)

DISCOUNT, SHIPPING, TAX = 333, 777, 111


@pytest.fixture(scope="module")
def plain(shop: Shop, customer: Customer, two_lines: list[Line]) -> Order:
    """Two lines and nothing else."""
    return shop.new_order(customer, two_lines)


@pytest.fixture(scope="module")
def priced(shop: Shop, customer: Customer, two_lines: list[Line]) -> Order:
    """Two lines, less a discount, with shipping and tax."""
    more = {**shop.discount(DISCOUNT), "shipping_total": SHIPPING, "tax_total": TAX}
    return shop.new_order(customer, two_lines, **more)


def test_each_line_is_stored_as_sent(plain: Order, two_lines: list[Line]) -> None:
    with requirement("ORD-CREATE-SEVERAL-ITEMS"):
        sent = sorted((one.product.object_id, one.quantity, one.price) for one in two_lines)
        kept = sorted((one.object_id or 0, one.quantity, one.unit_price) for one in plain.items)
        assert kept == sent
    for line in two_lines:
        with requirement("ORD-CREATE-ITEM-KEPT"):
            stored = plain.item_at(line.price)
            assert stored.title == line.title
            assert whole(stored.member("post_id")) == line.product.post_id
            assert stored.object_id == line.product.object_id, "object_id and variation_id"
            assert stored.quantity == line.quantity
    for line in two_lines:
        with requirement("ORD-CREATE-ITEM-FULFILMENT"):
            stored = plain.item_at(line.price)
            assert stored.text("fulfillment_type") == line.product.fulfillment_type


def test_the_totals_of_an_order_follow_from_its_lines(
    plain: Order, priced: Order, two_lines: list[Line]
) -> None:
    subtotal = sum(line.total for line in two_lines)
    for order in (plain, priced):
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
        assert plain.total_amount == subtotal


def test_a_discount_by_hand_comes_off_the_total(plain: Order, priced: Order) -> None:
    with requirement("ORD-CREATE-DISCOUNT-APPLIED"):
        assert priced.manual_discount_total == DISCOUNT
        without = plain.total_amount + priced.shipping_total + priced.money("tax_total")
        assert priced.total_amount == without - DISCOUNT
        assert plain.manual_discount_total == 0


def test_shipping_is_part_of_the_total(plain: Order, priced: Order) -> None:
    with requirement("ORD-CREATE-SHIPPING-TOTAL"):
        assert priced.shipping_total == SHIPPING
        goods = priced.subtotal - priced.manual_discount_total + priced.money("tax_total")
        assert priced.total_amount == goods + SHIPPING
        assert plain.shipping_total == 0


def test_an_order_is_physical_when_one_of_its_lines_is(
    plain: Order, two_products: tuple[Product, Product]
) -> None:
    first, second = two_products
    if (first.fulfillment_type, second.fulfillment_type) != ("digital", "physical"):
        raise Prerequisite("the target offers no digital and no physical product")
    with requirement("ORD-CREATE-ITEM-FULFILMENT"):
        kinds = {one.object_id: one.text("fulfillment_type") for one in plain.items}
        assert kinds == {first.object_id: "digital", second.object_id: "physical"}
    with requirement("ORD-CREATE-ORDER-FULFILMENT"):
        assert plain.text("fulfillment_type") == "physical"


@pytest.mark.parametrize("form", ["object", "list"])
def test_other_info_may_be_an_object_or_a_list(
    shop: Shop, customer: Customer, two_lines: list[Line], form: str
) -> None:
    """`line_meta` is a list in both."""
    row = {**two_lines[0].members(), "line_meta": []}
    if form == "list":
        row["other_info"] = []
    body = {
        **order_body(customer, two_lines[:1], {}),
        "order_items": [row],
        "subtotal": two_lines[0].total,
        "shipping_total": 0,
        "total_amount": two_lines[0].total,
    }

    answer = shop.create_order_with(body)

    with requirement("ORD-CREATE-ITEM-OTHER-INFO"):
        assert answer.accepted, f"other_info as {form}: {answer}"
    with requirement("ORD-CREATE-ITEM-LINE-META"):
        assert answer.accepted, answer
    with requirement("ORD-CREATE-ITEM-PAYMENT-TYPE"):
        order = shop.order_made(answer)
        assert [one.text("payment_type") for one in order.items] == ["onetime"]
    if two_lines[0].product.fulfillment_type == "digital":
        with requirement("ORD-CREATE-ORDER-FULFILMENT"):
            assert order.text("fulfillment_type") == "digital"

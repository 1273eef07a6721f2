"""Coupons of an order (orders-api: Create Order, Applied Coupon Object; Update Order)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from fluentcart_conformance.drivers.shop import Coupon
from fluentcart_conformance.scenarios import (
    Customer,
    Line,
    Order,
    Refusals,
    Shop,
    Wrong,
    needs,
    order_body,
    proves,
    requirement,
)

OFF = 201


@pytest.fixture(scope="module")
def coupon(shop: Shop) -> Coupon:
    return shop.new_coupon()


def _order(customer: Customer, line: Line, row: dict[str, Any]) -> dict[str, Any]:
    return order_body(customer, [line], {"applied_coupon": [row], "coupon_discount_total": OFF})


def _shows(order: Order, coupon: Coupon, subtotal: int, off: int) -> None:
    """The coupon's part in the amounts of an order, and its row."""
    assert order.money("coupon_discount_total") == off, "coupon_discount_total"
    assert order.total_amount == subtotal - off, "total_amount"
    codes = [str(one.get("code", "")).lower() for one in order.rows("applied_coupons")]
    assert codes == [coupon.code.lower()], f"applied_coupons show {codes}"


@needs("coupons")
def test_a_coupon_lowers_the_total_and_can_be_changed(
    shop: Shop, customer: Customer, coupon: Coupon, two_lines: list[Line]
) -> None:
    row = {
        **coupon.applied(OFF),
        "amount": coupon.percent,
        "discount": OFF,
        "priority": 1,
        "max_uses": 100,
        "use_count": 0,
        "max_per_customer": 50,
        "min_purchase_amount": 0,
        "max_discount_amount": 0,
        "notes": "n" * 100,
    }

    answer = shop.create_order_with(_order(customer, two_lines[0], row))

    with requirement("ORD-CREATE-COUPON-BODY"):
        assert answer.accepted, f"a coupon with every documented member: {answer}"
    if not answer.accepted:
        answer = shop.create_order(customer, [two_lines[0]])
    order = shop.order_made(answer)
    with requirement("ORD-CREATE-COUPON-APPLIED"):
        _shows(order, coupon, two_lines[0].total, OFF)
    more = OFF + 33
    edited = shop.update_order(
        order,
        applied_coupon=[coupon.applied(more)],
        coupon_discount_total=more,
        couponCalculation=[{"id": coupon.id, "code": coupon.code, "discount": more}],
    )
    with requirement("ORD-UPDATE-COUPON"):
        assert edited.accepted, edited
        _shows(shop.order(order.id), coupon, two_lines[0].total, more)


WRONG: tuple[tuple[str, str, dict[str, Any]], ...] = (
    *(
        ("ORD-CREATE-COUPON-REQUIRED", name, {name: None})
        for name in ("coupon_id", "code", "discounted_amount", "stackable")
    ),
    ("ORD-CREATE-COUPON-LIMITS", "coupon_id", {"coupon_id": 0}),
    ("ORD-CREATE-COUPON-LIMITS", "max_per_customer", {"max_per_customer": 0}),
    ("ORD-CREATE-COUPON-LIMITS", "stackable", {"stackable": 2}),
    ("ORD-CREATE-COUPON-LIMITS", "code", {"code": "c" * 101}),
    ("ORD-CREATE-COUPON-LIMITS", "notes", {"notes": "n" * 101}),
)


@needs("coupons")
@proves(*(row[0] for row in WRONG))
def test_a_coupon_must_be_whole_and_within_its_limits(
    shop: Shop, customer: Customer, coupon: Coupon, two_lines: list[Line]
) -> None:
    wrongs = [
        Wrong(
            requirement_id,
            f"applied_coupon.{number}.{name}",
            _another({**coupon.applied(OFF), **wrong}),
            "create_order.invalid_coupon",
        )
        for number, (requirement_id, name, wrong) in enumerate(WRONG)
    ]
    nobody_looks = Refusals(shop, lambda: customer, lambda _: {}, known=lambda _: {})
    nobody_looks.must_refuse_each(
        wrongs,
        lambda buyer: order_body(
            buyer, [two_lines[0]], {"applied_coupon": [], "coupon_discount_total": OFF}
        ),
        lambda _, body: shop.create_order_with(body),
    )


def _another(row: dict[str, Any]) -> Callable[[dict[str, Any]], None]:
    """A further coupon of an order, without the members that are None."""
    kept = {name: value for name, value in row.items() if value is not None}
    return lambda body: body["applied_coupon"].append(kept)

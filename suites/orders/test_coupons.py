"""Coupons of an order (orders-api: Create Order, Applied Coupon Object; Update Order)."""

from __future__ import annotations

from typing import Any

import pytest

from fluentcart_conformance.drivers.shop import Coupon
from fluentcart_conformance.scenarios import (
    Customer,
    Line,
    Order,
    Shop,
    needs,
    order_body,
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
def test_an_applied_coupon_lowers_the_total(
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
    with requirement("ORD-CREATE-COUPON-APPLIED"):
        order = shop.order_made(answer)
        _shows(order, coupon, two_lines[0].total, OFF)


@needs("coupons")
def test_an_update_changes_the_coupon_of_an_order(
    shop: Shop, customer: Customer, coupon: Coupon, two_lines: list[Line]
) -> None:
    order = shop.new_order(customer, [two_lines[0]])

    answer = shop.update_order(
        order,
        applied_coupon=[coupon.applied(OFF)],
        coupon_discount_total=OFF,
        couponCalculation=[{"id": coupon.id, "code": coupon.code, "discount": OFF}],
    )

    with requirement("ORD-UPDATE-COUPON"):
        assert answer.accepted, answer
        _shows(shop.order(order.id), coupon, two_lines[0].total, OFF)


@needs("coupons")
@pytest.mark.parametrize(
    ("requirement_id", "wrong"),
    [
        *(
            ("ORD-CREATE-COUPON-REQUIRED", {name: None})
            for name in ("coupon_id", "code", "discounted_amount", "stackable")
        ),
        ("ORD-CREATE-COUPON-LIMITS", {"coupon_id": 0}),
        ("ORD-CREATE-COUPON-LIMITS", {"max_per_customer": 0}),
        ("ORD-CREATE-COUPON-LIMITS", {"stackable": 2}),
        ("ORD-CREATE-COUPON-LIMITS", {"code": "c" * 101}),
        ("ORD-CREATE-COUPON-LIMITS", {"notes": "n" * 101}),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else None,
)
def test_a_coupon_must_be_whole_and_within_its_limits(
    *,
    shop: Shop,
    customer: Customer,
    coupon: Coupon,
    two_lines: list[Line],
    requirement_id: str,
    wrong: dict[str, Any],
) -> None:
    row = {**coupon.applied(OFF), **wrong}
    row = {name: value for name, value in row.items() if value is not None}

    answer = shop.create_order_with(_order(customer, two_lines[0], row))

    with requirement(requirement_id):
        allowed = shop.refusal("create_order.invalid_coupon")
        assert answer.status in allowed, f"{'missing' if None in wrong.values() else wrong}"

"""Marking an order as paid (orders-api: Mark Order as Paid)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from fluentcart_conformance.scenarios import (
    ABSENT_ID,
    SIDE_EFFECTS,
    Answer,
    Customer,
    Line,
    Order,
    Prerequisite,
    Refusals,
    Shop,
    Watched,
    requirement,
)

# What a payment is about; the links to pay and to the receipt may come and go with it.
PAYMENT = {
    "/status",
    "/payment_status",
    "/total_paid",
    "/payment_method",
    "/payment_method_title",
    "/payment_method_type",
    "/invoice_no",
    "/receipt_number",
    "/completed_at",
    "/note",
    "/custom_checkout_url",
    "/receipt_url",
}


@dataclass(frozen=True)
class Payment:
    """A digital order before and after it was marked as paid, with everything that may be sent."""

    before: Order
    sent: dict[str, Any]
    answer: Answer
    after: Order


@pytest.fixture(scope="module")
def payment(shop: Shop, customer: Customer, chosen: dict[str, int]) -> Payment:
    product = shop.product("digital")
    lines = [
        Line(product, quantity=3, unit_price=product.unit_price + 133),
        Line(shop.product("digital", 1), unit_price=product.unit_price + 67),
    ]
    before = shop.new_order(customer, lines, shipping_total=777, **chosen)
    sent = {
        "payment_method": "stripe",
        "vendor_charge_id": shop.fresh("charge"),
        "transaction_type": "charge",
        "mark_paid_note": shop.fresh("by bank transfer "),
    }
    answer = shop.mark_as_paid(before.id, **sent)
    return Payment(before, sent, answer, shop.order(before.id))


def test_a_pending_order_can_be_marked_as_paid(payment: Payment) -> None:
    before, after = payment.before, payment.after
    with requirement("ORD-PAID-ENDPOINT"):
        assert payment.answer.status == 200, payment.answer
    with requirement("ORD-PAID-BODY"):
        assert payment.answer.accepted, payment.answer
    with requirement("ORD-PAID-TEXT"):
        assert payment.answer.message.strip(), "the answer has no message"
    with requirement("ORD-PAID-STATE"):
        assert after.payment_status == "paid"
    with requirement("ORD-PAID-TOTAL"):
        assert after.total_paid == after.total_amount == before.total_amount
        assert after.total_refund == 0
    with requirement("ORD-PAID-STATUS-DIGITAL"):
        assert after.status == "completed"


def test_the_charge_of_a_paid_order_has_succeeded(payment: Payment) -> None:
    after = payment.after
    with requirement("ORD-PAID-TRANSACTION"):
        seen = [(one.type, one.status, one.total) for one in after.transactions]
        assert seen == [("charge", "succeeded", after.total_amount)]
        assert after.charge.order_id == after.id
    with requirement("ORD-PAID-METHOD"):
        assert after.charge.text("payment_method") == payment.sent["payment_method"]
    with requirement("ORD-PAID-CHARGE-ID"):
        assert after.charge.text("vendor_charge_id") == payment.sent["vendor_charge_id"]
    with requirement("ORD-PAID-TYPE"):
        assert after.charge.type == payment.sent["transaction_type"]
    with requirement("ORD-PAID-NOTE"):
        log = [str(one) for row in after.rows("activities") for one in row.values()]
        places = [after.text("note"), *log]
        assert any(payment.sent["mark_paid_note"] in one for one in places), "the note is lost"


def test_a_payment_leaves_the_rest_of_the_order_alone(payment: Payment) -> None:
    # Where an address shows its order again, that copy moves as the order does.
    without = SIDE_EFFECTS | {"order"}
    moved = set(payment.after.differences(payment.before, without)) - PAYMENT
    with requirement("ORD-PAID-UNTOUCHED", "ORD-UNTOUCHED"):
        other = {one for one in moved if not one.startswith("/transactions/")}
        assert other == set(), "a payment changed what it is not about"


def test_a_paid_order_cannot_be_paid_again(shop: Shop, paid_order: Refusals[Order]) -> None:
    answer = paid_order.must_refuse(
        "ORD-PAID-TWICE-423",
        send=lambda order: shop.mark_as_paid(order.id, vendor_charge_id=shop.fresh("second")),
        key="mark_as_paid.already_paid",
    )
    with requirement("ORD-PAID-TWICE-TEXT"):
        assert answer is None or answer.message.strip(), "the refusal gives no reason"
    paid_order.nothing_changed("ORD-PAID-TWICE-KEEPS")


def test_a_paid_order_with_goods_to_send_is_processing(
    neighbour: Watched, two_lines: list[Line]
) -> None:
    if "physical" not in {one.product.fulfillment_type for one in two_lines}:
        raise Prerequisite("the target offers no physical product that can be ordered")
    after = neighbour.order
    with requirement("ORD-PAID-STATUS-PHYSICAL"):
        assert after.status == "processing"
    with requirement("ORD-PAID-TOTAL"):
        assert after.total_paid == after.total_amount == sum(one.total for one in two_lines)


def test_a_canceled_order_cannot_be_paid(shop: Shop, canceled_order: Refusals[Order]) -> None:
    answer = canceled_order.must_refuse(
        "ORD-PAID-CANCELED-423",
        send=lambda order: shop.mark_as_paid(order.id),
        key="mark_as_paid.canceled",
    )
    with requirement("ORD-PAID-CANCELED-TEXT"):
        assert answer is None or answer.message.strip(), "the refusal gives no reason"
    canceled_order.nothing_changed("ORD-PAID-CANCELED-KEEPS")


def test_an_order_that_does_not_exist_cannot_be_paid(shop: Shop) -> None:
    answer = shop.mark_as_paid(ABSENT_ID)
    with requirement("ORD-PAID-UNKNOWN"):
        assert answer.refused, answer


def test_a_paid_order_is_deleted_with_its_figures_or_kept_with_a_reason(
    shop: Shop, payment: Payment
) -> None:
    order = payment.after
    before = shop.figures(order.customer_id)

    answer = shop.delete_order(order.id)

    if answer.accepted:
        with requirement("ORD-DELETE-ANSWER-SAME"):
            assert answer.part("data").text("invoice_no") == order.invoice_no
        with requirement("ORD-DELETE-REFUSED-400"):
            assert shop.get_order(order.id).refused, "neither refused nor deleted"
    else:
        with requirement("ORD-DELETE-REFUSED-400"):
            assert answer.status in shop.refusal("delete_order.not_deletable"), answer
            assert answer.message.strip(), "the refusal gives no reason"
            assert shop.order(order.id).differences(order, SIDE_EFFECTS) == []
        shop.take_away_order(order.id)
    after = shop.figures(order.customer_id)
    with requirement("ORD-DELETE-CUSTOMER-FIGURES"):
        assert after.order_count == before.order_count - 1
        assert after.total_spent == before.total_spent - order.total_paid

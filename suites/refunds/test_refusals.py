"""Refunds that must not happen: each is a 4xx, and both orders stay as they were.

orders-api, Refund Order: error rows; create-order rules for what was paid.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fluentcart_conformance.drivers.answers import Answer
from fluentcart_conformance.scenarios import (
    ABSENT_ID,
    Line,
    Order,
    Refusals,
    Shop,
    Watched,
    proves,
    requirement,
)

TOLD = {
    "RFD-NO-TRANSACTION-422": "RFD-NO-TRANSACTION-TEXT",
    "RFD-NO-AMOUNT-422": "RFD-NO-AMOUNT-TEXT",
}


@dataclass(frozen=True)
class Refusal:
    """A refund body to refuse: the requirement, the profile's key, what is wrong with it."""

    requirement: str
    key: str
    wrong: dict[str, Any]
    drop: str = ""


REFUSALS = (
    Refusal("RFD-NO-TRANSACTION-422", "refund.missing_transaction", {}, drop="transaction_id"),
    Refusal("RFD-NO-AMOUNT-422", "refund.missing_amount", {}, drop="amount"),
    Refusal("RFD-EMPTY-AMOUNT", "refund.missing_amount", {"amount": ""}),
    Refusal("RFD-EMPTY-AMOUNT", "refund.missing_amount", {"amount": None}),
    Refusal("RFD-ZERO", "refund.invalid_amount", {"amount": 0}),
    Refusal("RFD-NEGATIVE", "refund.invalid_amount", {"amount": -1}),
    Refusal("RFD-NEGATIVE", "refund.invalid_amount", {"amount": -0.01}),
    Refusal("RFD-TEXT", "refund.invalid_amount", {"amount": "abc"}),
    Refusal("RFD-BELOW-CENT", "refund.invalid_amount", {"amount": 0.004}),
    Refusal("RFD-UNKNOWN-TRANSACTION", "refund.unknown_transaction",
            {"transaction_id": ABSENT_ID}),
)  # fmt: skip


def attempt(shop: Shop, order: Order, wrong: dict[str, Any], drop: str = "") -> Answer:
    """Ask for one cent, with this much wrong."""
    info = {"transaction_id": order.charge.id, "amount": shop.wire.refund_amount(1), **wrong}
    info.pop(drop, None)
    return shop.send("refund_order", order.id, json={"refund_info": info})


@proves(*(one.requirement for one in REFUSALS), *TOLD.values())
def test_an_impossible_refund_is_refused_and_changes_nothing(
    shop: Shop, paid_order: Refusals[Order], neighbour: Watched
) -> None:
    for case in REFUSALS:
        answer = paid_order.must_refuse(
            case.requirement,
            send=lambda order, case=case: attempt(shop, order, case.wrong, case.drop),
            key=case.key,
            what=f"{case.wrong or case.drop}",
        )
        if case.requirement in TOLD and answer is not None:
            with requirement(TOLD[case.requirement]):
                assert answer.message.strip(), "the refusal says what is missing"
    paid_order.must_refuse(
        "RFD-NO-INFO",
        send=lambda order: shop.send("refund_order", order.id, json={}),
        key="refund.missing_info",
    )
    paid_order.must_refuse(
        "RFD-MORE-THAN-PAID",
        send=lambda order: shop.refund(order, order.total_paid + 1),
        key="refund.exceeds_paid",
    )
    paid_order.must_refuse(
        "RFD-UNKNOWN-ORDER",
        send=lambda order: attempt(shop, Order({**order.raw, "id": ABSENT_ID}), {}),
        key="order.not_found",
        operation="refund_order",
    )
    paid_order.must_refuse(
        "RFD-FOREIGN-TRANSACTION",
        send=lambda order: shop.refund(order, 1, transaction=neighbour.order.charge),
        key="refund.foreign_transaction",
    )
    paid_order.nothing_changed("RFD-REFUSED-KEEPS", "RFD-FOREIGN-KEEPS-BOTH")
    with requirement("RFD-FOREIGN-KEEPS-BOTH"):
        assert neighbour.moved() == [], "the order whose transaction was named"


def test_what_was_not_paid_is_not_given_back(shop: Shop, open_order: Refusals[Order]) -> None:
    answer = open_order.must_refuse(
        "RFD-UNPAID",
        "RFD-OF-PENDING",
        send=lambda order: shop.refund(order, 1),
        key="refund.unpaid",
    )
    if answer is not None:
        with requirement("RFD-NOT-REFUNDABLE-400"):
            assert answer.status in shop.refusal("refund.not_refundable"), answer.excerpt
        with requirement("RFD-NOT-REFUNDABLE-TEXT"):
            assert answer.message.strip(), "the refusal says why"
    open_order.nothing_changed("RFD-UNPAID", "RFD-OF-PENDING")


def test_a_canceled_order_can_be_refunded(shop: Shop) -> None:
    order = shop.paid_order(None, [Line(shop.product(), 1, 1100)])
    shop.given(shop.change_status(order.id, "canceled"), "cancel a paid order")

    answer = shop.refund(order, 1)

    after = shop.order(order.id)
    with requirement("RFD-CANCELED-ORDER"):
        assert answer.accepted, answer.excerpt
        assert (after.status, after.total_refund) == ("canceled", 1)

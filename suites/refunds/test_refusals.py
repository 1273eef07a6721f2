"""Refunds that must not happen: each is a 4xx, and both orders stay as they were.

orders-api, Refund Order: error rows; create-order rules for what was paid.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from fluentcart_conformance.drivers.answers import Answer
from fluentcart_conformance.drivers.records import Order
from fluentcart_conformance.scenarios import ABSENT_ID, Line, Prerequisite, Shop, requirement

QUIET = {"updated_at", "activities"}


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


@pytest.fixture(scope="module")
def paid(shop: Shop) -> Order:
    """A paid order over 1500 cents."""
    return shop.paid_order(None, [Line(shop.product(), 1, 1500)])


def attempt(shop: Shop, order: Order, wrong: dict[str, Any], drop: str = "") -> Answer:
    """Ask for one cent, with this much wrong."""
    info = {"transaction_id": order.charge.id, "amount": shop.wire.refund_amount(1), **wrong}
    info.pop(drop, None)
    return shop.send("refund_order", order.id, json={"refund_info": info})


@pytest.mark.proves(*(one.requirement for one in REFUSALS))
def test_an_impossible_refund_is_refused_and_changes_nothing(shop: Shop, paid: Order) -> None:
    before = shop.order(paid.id)
    for case in REFUSALS:
        answer = attempt(shop, paid, case.wrong, case.drop)
        with requirement(case.requirement):
            assert answer.refused, f"{case.wrong or case.drop}: {answer.excerpt}"
            allowed = shop.refusal(case.key)
            assert answer.status in allowed, f"{case}: {answer.status} is none of {allowed}"
    after = shop.order(paid.id)
    with requirement("RFD-REFUSED-KEEPS"):
        assert after.differences(before, apart_from=QUIET) == []


def test_the_refusal_says_what_is_missing(shop: Shop, paid: Order) -> None:
    without_transaction = attempt(shop, paid, {}, "transaction_id")
    with requirement("RFD-NO-TRANSACTION-TEXT"):
        assert without_transaction.message.strip(), "the refusal says what is missing"
    without_amount = attempt(shop, paid, {}, "amount")
    with requirement("RFD-NO-AMOUNT-TEXT"):
        assert without_amount.message.strip(), "the refusal says what is missing"
    without_info = shop.send("refund_order", paid.id, json={})
    with requirement("RFD-NO-INFO"):
        assert without_info.refused, without_info.excerpt
        assert without_info.status in shop.refusal("refund.missing_info")
        assert shop.order(paid.id).total_refund == paid.total_refund


def test_never_more_than_was_paid_or_is_left(shop: Shop) -> None:
    order = shop.paid_order(None, [Line(shop.product(), 1, 1100)])
    answer = shop.refund(order, 1101)
    with requirement("RFD-MORE-THAN-PAID"):
        assert answer.refused, answer.excerpt
        assert answer.status in shop.refusal("refund.exceeds_paid")
        assert shop.order(order.id).total_refund == 0
    shop.given(shop.refund(order, 1), "refund one cent")
    if shop.order(order.id).total_refund != 1:
        raise Prerequisite("the unit of refund amounts is not the profile's")
    answer = shop.refund(order, 1100)
    after = shop.order(order.id)
    with requirement("RFD-MORE-THAN-LEFT"):
        assert answer.refused, answer.excerpt
        assert answer.status in shop.refusal("refund.exceeds_left")
        assert (after.total_refund, after.payment_status) == (1, "partially_refunded")


def test_what_was_not_paid_is_not_given_back(shop: Shop) -> None:
    order = shop.new_order(None, [Line(shop.product(), 1, 1300)])
    answer = shop.refund(order, 1)
    after = shop.order(order.id)
    with requirement("RFD-UNPAID", "RFD-OF-PENDING"):
        assert answer.refused, answer.excerpt
        assert answer.status in shop.refusal("refund.unpaid")
        assert after.differences(order, apart_from=QUIET) == []
    with requirement("RFD-NOT-REFUNDABLE-400"):
        assert answer.status in shop.refusal("refund.not_refundable"), answer.excerpt
    with requirement("RFD-NOT-REFUNDABLE-TEXT"):
        assert answer.message.strip(), "the refusal says why"


def test_a_transaction_of_another_order_is_out_of_reach(shop: Shop, paid: Order) -> None:
    other = shop.paid_order(None, [Line(shop.product(), 1, 1700)])
    mine = shop.order(paid.id)
    answer = shop.refund(paid, 1, transaction=other.charge)
    with requirement("RFD-FOREIGN-TRANSACTION"):
        assert answer.refused, answer.excerpt
        assert answer.status in shop.refusal("refund.foreign_transaction")
    with requirement("RFD-FOREIGN-KEEPS-BOTH"):
        assert shop.order(other.id).differences(other, apart_from=QUIET) == []
        assert shop.order(paid.id).differences(mine, apart_from=QUIET) == []


def test_a_refund_cannot_be_refunded(shop: Shop) -> None:
    order = shop.paid_order(None, [Line(shop.product(), 1, 1200)])
    shop.given(shop.refund(order, 1), "refund one cent")
    before = shop.order(order.id)
    if not before.refunds:
        raise Prerequisite("the refund left no transaction")
    answer = shop.refund(order, 1, transaction=before.refunds[0])
    with requirement("RFD-OF-A-REFUND"):
        assert answer.refused, answer.excerpt
        assert answer.status in shop.refusal("refund.refund_transaction")
        assert shop.order(order.id).differences(before, apart_from=QUIET) == []


def test_an_order_that_does_not_exist_is_not_refunded(shop: Shop, paid: Order) -> None:
    info = {"transaction_id": paid.charge.id, "amount": shop.wire.refund_amount(1)}
    before = shop.order(paid.id)
    answer = shop.send("refund_order", ABSENT_ID, json={"refund_info": info})
    with requirement("RFD-UNKNOWN-ORDER"):
        assert answer.refused, answer.excerpt
        assert answer.status in shop.refusal("order.not_found", "refund_order")
        assert shop.order(paid.id).differences(before, apart_from=QUIET) == []


def test_a_canceled_paid_order_can_still_be_refunded(shop: Shop) -> None:
    order = shop.paid_order(None, [Line(shop.product(), 1, 1400)])
    shop.given(shop.change_status(order.id, "canceled"), "cancel a paid order")
    answer = shop.refund(order, 1)
    after = shop.order(order.id)
    with requirement("RFD-CANCELED-ORDER"):
        assert answer.accepted, answer.excerpt
        assert (after.status, after.total_refund) == ("canceled", 1)

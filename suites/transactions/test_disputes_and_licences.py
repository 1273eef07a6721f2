"""Disputes and missing licences (orders-api, Accept Dispute, Generate Missing Licenses).

Most of it needs a gateway or the licensing module; what a store without them must do is looked at
everywhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fluentcart_conformance.scenarios import (
    ABSENT_ID,
    SIDE_EFFECTS,
    Customer,
    Line,
    Order,
    Shop,
    requirement,
)

if TYPE_CHECKING:
    from fluentcart_conformance.target.preflight import TargetReport

NOTE = "Customer provided valid reason for dispute"


@pytest.fixture(scope="module")
def paid(shop: Shop, customer: Customer) -> Order:
    """A paid order without a dispute and without a licensed product."""
    return shop.paid_order(customer, [Line(shop.product(), 1, 1499)])


def test_only_a_disputed_transaction_can_be_given_up(
    shop: Shop, customer: Customer, paid: Order
) -> None:
    other = shop.new_order(customer, [Line(shop.product(), 1, 777)])
    shop.given(shop.mark_as_paid(other.id, payment_method="stripe"), "mark an order as paid")
    other = shop.order(other.id)
    wrong = (
        ("TRX-DISPUTE-NONE", "dispute.not_disputed", paid.id, paid.charge.id),
        ("TRX-DISPUTE-NONE", "dispute.not_disputed", other.id, other.charge.id),
        ("TRX-DISPUTE-FOREIGN", "transactions.foreign", other.id, paid.charge.id),
        ("TRX-DISPUTE-UNKNOWN", "dispute.unknown_transaction", paid.id, ABSENT_ID),
        ("TRX-DISPUTE-UNKNOWN", "order.not_found", ABSENT_ID, paid.charge.id),
    )
    for name, key, order_id, transaction_id in wrong:
        answer = shop.accept_dispute(order_id, transaction_id, NOTE)
        with requirement(name):
            assert answer.refused, f"{order_id}/{transaction_id}: {answer.excerpt}"
            assert answer.status in shop.refusal(key, "accept_dispute"), answer.excerpt
    with requirement("TRX-DISPUTE-NONE", "TRX-DISPUTE-FOREIGN", "TRX-DISPUTE-UNKNOWN"):
        for order in (paid, other):
            assert shop.order(order.id).differences(order, apart_from=SIDE_EFFECTS) == []


def test_a_dispute_is_accepted_where_the_gateway_takes_part(shop: Shop, customer: Customer) -> None:
    order = shop.new_order(customer, [Line(shop.product(), 1, 888)])
    made = shop.mark_as_paid(order.id, transaction_type="dispute", payment_method="stripe")
    disputed = shop.order(order.id)
    if not made.accepted or disputed.charge.type != "dispute":
        return  # no dispute can be brought about here: the capability says what that means
    answer = shop.accept_dispute(order.id, disputed.charge.id, NOTE)
    if not answer.accepted:
        return  # without an account at the gateway nobody can accept
    with requirement("TRX-DISPUTE-ENDPOINT"):
        assert answer.status == 200, answer.excerpt
    with requirement("TRX-DISPUTE-TEXT"):
        assert answer.message.strip(), answer.excerpt


def test_no_licences_are_generated_where_none_are_missing(shop: Shop, paid: Order) -> None:
    answer = shop.generate_missing_licenses(paid.id)
    with requirement("TRX-LICENCES-WITHOUT-PRO"):
        assert answer.refused, answer.excerpt
        assert shop.order(paid.id).differences(paid, apart_from=SIDE_EFFECTS) == []
    unknown = shop.generate_missing_licenses(ABSENT_ID)
    with requirement("TRX-LICENCES-404"):
        assert unknown.status in shop.refusal("licenses.order_not_found"), unknown.excerpt


def test_a_store_with_licences_says_that_none_are_missing(
    shop: Shop, paid: Order, target: TargetReport
) -> None:
    answer = shop.generate_missing_licenses(paid.id)
    licences = target.capabilities["pro_licences"].present
    if not licences and answer.status not in shop.refusal("licenses.none_missing"):
        return  # the store has no licensing module, which its operator need not have
    with requirement("TRX-LICENCES-NONE-400"):
        assert answer.status in shop.refusal("licenses.none_missing"), answer.excerpt
    with requirement("TRX-LICENCES-TEXT"):
        assert answer.message.strip(), answer.excerpt
        assert shop.generate_missing_licenses(ABSENT_ID).message.strip()

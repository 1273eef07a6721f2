"""Disputes and missing licences (orders-api, Accept Dispute, Generate Missing Licenses).

Most of it needs a gateway or the licensing module; what a store without them must do is looked at
everywhere.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from fluentcart_conformance.scenarios import (
    ABSENT_ID,
    SIDE_EFFECTS,
    Answer,
    Customer,
    Line,
    Order,
    Refusals,
    Shop,
    Watched,
    assert_refused,
    proves,
    requirement,
)

if TYPE_CHECKING:
    from fluentcart_conformance.target.preflight import TargetReport

NOTE = "Customer provided valid reason for dispute"
WRONG = (
    ("TRX-DISPUTE-NONE", "dispute.not_disputed", "its own charge"),
    ("TRX-DISPUTE-FOREIGN", "transactions.foreign", "another order's"),
    ("TRX-DISPUTE-UNKNOWN", "dispute.unknown_transaction", "an unknown one"),
    ("TRX-DISPUTE-UNKNOWN", "order.not_found", "of an unknown order"),
)


@proves(*(row[0] for row in WRONG))
def test_only_a_disputed_transaction_can_be_given_up(
    shop: Shop, paid_order: Refusals[Order], neighbour: Watched
) -> None:
    charges: dict[str, Callable[[Order], tuple[int, int]]] = {
        "its own charge": lambda order: (order.id, order.charge.id),
        "another order's": lambda order: (order.id, neighbour.order.charge.id),
        "an unknown one": lambda order: (order.id, ABSENT_ID),
        "of an unknown order": lambda order: (ABSENT_ID, order.charge.id),
    }
    for name, key, what in WRONG:
        paid_order.must_refuse(
            name,
            send=_accepting(shop, charges[what]),
            key=key,
            operation="accept_dispute",
            what=what,
        )
    paid_order.nothing_changed("TRX-DISPUTE-NONE", "TRX-DISPUTE-FOREIGN", "TRX-DISPUTE-UNKNOWN")
    with requirement("TRX-DISPUTE-FOREIGN"):
        assert neighbour.moved() == []


def _accepting(shop: Shop, ids: Callable[[Order], tuple[int, int]]) -> Callable[[Order], Answer]:
    return lambda order: shop.accept_dispute(*ids(order), NOTE)


def test_a_card_payment_without_a_dispute_is_not_given_up(shop: Shop, customer: Customer) -> None:
    made = shop.announced(shop.create_order(customer, [Line(shop.product(), 1, 777)]))
    shop.given(shop.mark_as_paid(made, payment_method="stripe"), "mark an order as paid")
    order = shop.order(made)

    answer = shop.accept_dispute(order.id, order.charge.id, NOTE)

    with requirement("TRX-DISPUTE-NONE"):
        assert_refused(shop, answer, "dispute.not_disputed", "accept_dispute")
        assert shop.order(made).differences(order, apart_from=SIDE_EFFECTS) == []


def test_a_dispute_is_accepted_where_the_gateway_takes_part(shop: Shop, customer: Customer) -> None:
    made = shop.announced(shop.create_order(customer, [Line(shop.product(), 1, 888)]))
    paid = shop.mark_as_paid(made, transaction_type="dispute", payment_method="stripe")
    if not paid.accepted:
        return  # no dispute can be brought about here: the capability says what that means
    disputed = shop.order(made)
    if disputed.charge.type != "dispute":
        return  # nor here
    answer = shop.accept_dispute(made, disputed.charge.id, NOTE)
    if not answer.accepted:
        return  # without an account at the gateway nobody can accept
    with requirement("TRX-DISPUTE-ENDPOINT"):
        assert answer.status == 200, answer.excerpt
    with requirement("TRX-DISPUTE-TEXT"):
        assert answer.message.strip(), answer.excerpt


def test_no_licences_are_generated_where_none_are_missing(
    shop: Shop, paid_order: Refusals[Order], target: TargetReport
) -> None:
    answer = paid_order.must_refuse(
        "TRX-LICENCES-WITHOUT-PRO", send=lambda order: shop.generate_missing_licenses(order.id)
    )
    paid_order.nothing_changed("TRX-LICENCES-WITHOUT-PRO")
    unknown = shop.generate_missing_licenses(ABSENT_ID)
    with requirement("TRX-LICENCES-404"):
        assert unknown.status in shop.refusal("licenses.order_not_found"), unknown.excerpt
    licences = target.capabilities["pro_licences"].present
    none_missing = shop.refusal("licenses.none_missing")
    if answer is None or not (licences or answer.status in none_missing):
        return  # the store has no licensing module, which its operator need not have
    with requirement("TRX-LICENCES-NONE-400"):
        assert answer.status in none_missing, answer.excerpt
    with requirement("TRX-LICENCES-TEXT"):
        assert answer.message.strip(), answer.excerpt
        assert unknown.message.strip(), unknown.excerpt

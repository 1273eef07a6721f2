"""Partial, several, last-cent and full refunds and their arithmetic (orders-api, Refund Order).

The smallest amounts come first and prove the unit, so that a store which takes another unit than
its profile says never gives back a hundred times too much: what remains is asked for only after
a single cent was seen to be a single cent.
"""

from __future__ import annotations

from dataclasses import dataclass

from fluentcart_conformance.drivers.records import Order
from fluentcart_conformance.scenarios import (
    Line,
    Prerequisite,
    Shop,
    cents,
    proves,
    requirement,
)

REFUND_MEMBERS = {
    "payment_status", "total_refund", "refunded_at", "transactions", "refund_total", "updated_at",
    "activities", "customer", "receipt_number", "children", "refundable",
}  # fmt: skip


@dataclass(frozen=True)
class Spelled:
    """An amount as a client may spell it, the cents it means, and what says so."""

    requirement: str
    decimal: object
    in_cents: object
    means: int


# The first proves the unit, see above.
SPELLED = (
    Spelled("RFD-FLOAT", 0.29, 29, 29),
    Spelled("RFD-FLOAT", 0.57, 57, 57),
    Spelled("RFD-UNIT", 10.00, 1000, 1000),
    Spelled("RFD-AMOUNT-TEXT-NUMBER", "5.55", "555", 555),
    Spelled("RFD-ROUNDING", 10.005, 1001, 1001),  # half a cent is rounded up
    Spelled("RFD-ROUNDING", 0.104, 10, 10),  # less than half is rounded down
)


def unit_is_proved(order: Order) -> None:
    """Go on only if a single cent was given back when a single cent was asked for."""
    if order.total_refund != cents(1):
        raise Prerequisite("the unit of refund amounts is not the profile's; no more is refunded")


@proves(*(one.requirement for one in SPELLED))
def test_an_order_is_refunded_from_the_first_cent_to_the_last(shop: Shop) -> None:
    product = shop.product()
    order = shop.paid_order(None, [Line(product, 1, 9000), Line(product, 3, 333)])
    spent = shop.figures(order.customer_id).total_spent
    first = _the_first_cent(shop, order)
    unit_is_proved(first)
    refunds = _in_every_spelling(shop, order)
    second = shop.order(order.id)
    with requirement("RFD-SEVERAL", "RFD-PARTIAL-TOTAL"):
        assert second.total_refund == 1 + sum(refunds)
        assert sorted(abs(one.total) for one in second.refunds) == sorted([1, *refunds])
    with requirement("RFD-PARTIAL-STATE"):
        assert second.payment_status == "partially_refunded"
    _each_refund_is_a_transaction(order, second)
    shop.given(shop.refund(order, order.total_paid - second.total_refund - 1), "refund the rest")
    more = shop.refund(order, cents(2))
    again = shop.refund(order, cents(1), transaction=second.refunds[0]) if second.refunds else None
    with requirement("RFD-MORE-THAN-LEFT"):
        assert more.refused, f"two cents where one is left: {more.excerpt}"
        assert more.status in shop.refusal("refund.exceeds_left"), more.excerpt
    with requirement("RFD-OF-A-REFUND"):
        assert again is not None, "the refunds left no transaction"
        assert again.refused, again.excerpt
        assert again.status in shop.refusal("refund.refund_transaction"), again.excerpt
    if more.accepted or (again and again.accepted):
        raise Prerequisite("nothing is left to be given back")
    last = shop.refund(order, cents(1))
    with requirement("RFD-LAST-CENT"):
        assert last.accepted, last.excerpt
    after = shop.order(order.id)
    with requirement("RFD-REST"):
        assert (after.payment_status, after.total_refund) == ("refunded", order.total_paid)
    with requirement("RFD-MORE-THAN-LEFT", "RFD-OF-A-REFUND"):
        assert len(after.refunds) == len(second.refunds) + 2, "refused refunds are there"
    with requirement("RFD-UNTOUCHED", "RFD-TOTAL-PAID-KEPT"):
        assert after.differences(order, apart_from=REFUND_MEMBERS) == []
    with requirement("RFD-CUSTOMER-FIGURES"):
        left = shop.figures(order.customer_id).total_spent
        assert spent - left == order.total_paid


def _the_first_cent(shop: Shop, order: Order) -> Order:
    answer = shop.refund(order, cents(1))
    with requirement("RFD-PARTIAL-ACCEPTED", "RFD-ENDPOINT", "RFD-BODY"):
        assert answer.status == 200, answer.excerpt
    with requirement("RFD-LAST-CENT"):
        assert answer.accepted, f"a single cent: {answer.excerpt}"
    if answer.accepted:
        with requirement("RFD-ANSWER-SUCCESS"):
            assert answer.part("fluent_cart_refund").raw.get("status") == "success"
        with requirement("RFD-ANSWER-TEXT"):
            said = answer.part("fluent_cart_refund").raw.get("message")
            assert isinstance(said, str), "the answer says what was done"
            assert said.strip(), "in the language of the store"
    after = shop.order(order.id)
    with requirement("RFD-UNIT", "RFD-PARTIAL-TOTAL"):
        assert after.total_refund == cents(1), "0.01 is one cent"
    with requirement("RFD-PARTIAL-STATE"):
        assert after.payment_status == "partially_refunded"
    with requirement("RFD-TOTAL-PAID-KEPT"):
        assert (after.total_paid, after.total_amount) == (order.total_paid, order.total_amount)
    with requirement("RFD-UNTOUCHED"):
        assert after.differences(order, apart_from=REFUND_MEMBERS) == []
    return after


def _in_every_spelling(shop: Shop, order: Order) -> list[int]:
    """Refund amounts in all spellings; the cents of those that the store took."""
    taken = []
    for one in SPELLED:
        amount = one.in_cents if shop.wire.refund_in_cents else one.decimal
        info = {"transaction_id": order.charge.id, "amount": amount}
        with requirement(one.requirement):
            answer = shop.send("refund_order", order.id, json={"refund_info": info})
            assert answer.accepted, f"refund {amount!r}: {answer.excerpt}"
            taken.append(one.means)
    return taken


def _each_refund_is_a_transaction(order: Order, after: Order) -> None:
    made = sorted(after.refunds, key=lambda one: one.id)
    with requirement("RFD-TRANSACTION"):
        assert len(after.transactions) == len(order.transactions) + 1 + len(SPELLED)
        assert {one.order_id for one in made} == {order.id}
        assert min(one.total for one in made) > 0, "a refund's total is what was given back"
    for one, refund in zip(SPELLED, made[1:], strict=False):
        with requirement(one.requirement):
            assert abs(refund.total) == one.means, f"{one.decimal!r} was asked for"
    with requirement("RFD-TRANSACTION-STATE"):
        assert {one.status for one in made} == {"refunded"}
    with requirement("RFD-TRANSACTION-PARENT"):
        assert {one.parent_id for one in made} == {order.charge.id}
    with requirement("RFD-CHARGE-KEPT"):
        assert [one.id for one in after.charges] == [one.id for one in order.charges]
        assert after.charge.total == order.charge.total
        assert after.charge.status in ("succeeded", "partially_refunded", "refunded")
    with requirement("RFD-LINE-TOTAL"):
        totals = [item.money("refund_total") for item in after.items]
        assert all(0 <= t <= i.line_total for t, i in zip(totals, after.items, strict=True))
        assert sum(totals) <= after.total_refund
    with requirement("RFD-MANUAL"):
        assert after.total_refund == 1 + sum(one.means for one in SPELLED)


def test_a_full_refund_is_made_once(shop: Shop) -> None:
    order = shop.paid_order(None, [Line(shop.product(), 1, 2)])
    answer = shop.refund(order, cents(2), cancelSubscription="true")
    with requirement("RFD-FULL-ACCEPTED", "RFD-CANCEL-SUBSCRIPTION-ONETIME"):
        assert answer.accepted, answer.excerpt
    after = shop.order(order.id)
    with requirement("RFD-FULL-TOTAL", "RFD-CANCEL-SUBSCRIPTION-ONETIME"):
        assert after.total_refund == order.total_paid == 2
    with requirement("RFD-FULL-STATE"):
        assert after.payment_status == "refunded"
    with requirement("RFD-REFUNDED-AT"):
        assert after.text("refunded_at") == "" or after.text("refunded_at")[:2] == "20"
    again = shop.refund(order, cents(2), cancelSubscription="true")
    third = shop.refund(order, cents(1))
    paid_again = shop.mark_as_paid(order.id)
    last = shop.order(order.id)
    with requirement("RFD-TWICE"):
        assert again.refused, again.excerpt
        assert (last.total_refund, len(last.refunds)) == (2, 1)
    with requirement("RFD-AFTER-FULL"):
        assert third.refused, third.excerpt
        assert third.status in shop.refusal("refund.already_refunded")
    with requirement("RFD-PAID-AGAIN"):
        assert paid_again.status == 423, paid_again.excerpt
        if again.refused and third.refused:
            assert last.same_as(after, apart_from={"updated_at", "activities"})

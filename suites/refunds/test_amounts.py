"""Partial, several, last-cent and full refunds and their arithmetic (orders-api, Refund Order).

The smallest amounts come first and prove the unit, so that a store which takes another unit than
its profile says never gives back a hundred times too much: what remains is asked for only after
a single cent was seen to be a single cent.
"""

from __future__ import annotations

import pytest

from fluentcart_conformance.drivers.records import Order
from fluentcart_conformance.scenarios import Line, Prerequisite, Shop, cents, requirement

REFUND_MEMBERS = {
    "payment_status", "total_refund", "refunded_at", "transactions", "refund_total", "updated_at",
    "activities", "customer", "receipt_number", "children", "refundable",
}  # fmt: skip


@pytest.fixture(scope="module")
def order(shop: Shop) -> Order:
    """A paid order of two lines, 1999 and 3 times 333 cents."""
    product = shop.product()
    customer = shop.new_customer()
    return shop.paid_order(customer, [Line(product, 1, 1999), Line(product, 3, 333)])


def refunded(shop: Shop, order: Order, amount: int) -> Order:
    """The order after a refund that had to be accepted; the unit proved, nothing is lost."""
    shop.given(shop.refund(order, amount), f"refund {amount} cents")
    return shop.order(order.id)


def test_a_single_cent_proves_the_unit_and_partial_refunds_add_up(shop: Shop, order: Order) -> None:
    answer = shop.refund(order, cents(1))
    with requirement("RFD-PARTIAL-ACCEPTED", "RFD-ENDPOINT", "RFD-BODY"):
        assert answer.status == 200, answer.excerpt
    with requirement("RFD-ANSWER-SUCCESS"):
        assert answer.members["fluent_cart_refund"]["status"] == "success"
    with requirement("RFD-ANSWER-TEXT"):
        said = answer.members["fluent_cart_refund"]["message"]
        assert str(said).strip(), "the answer says what was done, in the store's language"
    after = shop.order(order.id)
    with requirement("RFD-UNIT", "RFD-PARTIAL-TOTAL"):
        assert after.total_refund == cents(1), "0.01 is one cent"
    if after.total_refund != cents(1):
        raise Prerequisite("the unit of refund amounts is not the profile's; no more is refunded")
    with requirement("RFD-PARTIAL-STATE"):
        assert after.payment_status == "partially_refunded"
    with requirement("RFD-TOTAL-PAID-KEPT"):
        assert (after.total_paid, after.total_amount) == (order.total_paid, order.total_amount)
    with requirement("RFD-UNTOUCHED"):
        assert after.differences(order, apart_from=REFUND_MEMBERS) == []
    second = refunded(shop, order, 1000)
    with requirement("RFD-SEVERAL"):
        assert second.total_refund == cents(1001)
        assert sorted(one.total for one in second.refunds) == [1, 1000]
    with requirement("RFD-PARTIAL-STATE"):
        assert second.payment_status == "partially_refunded"
    in_list = shop.orders({"search": f"id = {order.id}"})
    with requirement("RFD-PARTIAL-TOTAL"):
        shown = [row for row in in_list.rows if row.id == order.id]
        assert [row.total_refund for row in shown] == [cents(1001)], "as the list shows it"


def test_each_refund_adds_one_refund_transaction(shop: Shop) -> None:
    order = shop.paid_order(None, [Line(shop.product(), 2, 1250)])
    neighbour = shop.paid_order(None, [Line(shop.product(), 1, 777)])
    after = refunded(shop, order, 1)
    if after.total_refund != 1:
        raise Prerequisite("the unit of refund amounts is not the profile's")
    after = refunded(shop, order, 1249)
    with requirement("RFD-TRANSACTION"):
        assert len(after.transactions) == len(order.transactions) + 2
        assert sorted(one.total for one in after.refunds) == [1, 1249]
        assert {one.order_id for one in after.refunds} == {order.id}
    with requirement("RFD-TRANSACTION-STATE"):
        assert {one.status for one in after.refunds} == {"refunded"}
    with requirement("RFD-TRANSACTION-PARENT"):
        assert {one.parent_id for one in after.refunds} == {order.charge.id}
    with requirement("RFD-CHARGE-KEPT"):
        assert [one.id for one in after.charges] == [one.id for one in order.charges]
        assert after.charge.total == order.charge.total
        assert after.charge.status in ("succeeded", "partially_refunded", "refunded")
    with requirement("RFD-LINE-TOTAL"):
        totals = [item.money("refund_total") for item in after.items]
        assert all(0 <= t <= i.line_total for t, i in zip(totals, after.items, strict=True))
        assert sum(totals) <= after.total_refund
    with requirement("RFD-MANUAL"):
        assert after.total_refund == cents(1250)
    with requirement("RFD-FOREIGN-KEEPS-BOTH"):
        assert shop.order(neighbour.id).same_as(neighbour), "another order is left alone"


def test_the_rest_down_to_the_last_cent_refunds_the_order(shop: Shop) -> None:
    customer = shop.new_customer()
    order = shop.paid_order(customer, [Line(shop.product(), 1, 1001)])
    before = shop.figures(customer.id)
    first = shop.refund(order, cents(1))
    with requirement("RFD-LAST-CENT"):
        assert first.accepted, first.excerpt
    after = shop.order(order.id)
    if after.total_refund != 1:
        raise Prerequisite("the unit of refund amounts is not the profile's")
    refunded(shop, order, 999)
    last = shop.refund(order, cents(1))
    with requirement("RFD-LAST-CENT"):
        assert last.accepted, last.excerpt
    after = shop.order(order.id)
    with requirement("RFD-REST"):
        assert (after.payment_status, after.total_refund) == ("refunded", order.total_paid)
    with requirement("RFD-UNTOUCHED", "RFD-TOTAL-PAID-KEPT"):
        assert after.differences(order, apart_from=REFUND_MEMBERS) == []
    figures = shop.figures(customer.id)
    with requirement("RFD-CUSTOMER-FIGURES"):
        assert before.total_spent - figures.total_spent == cents(1001)
    paid_again = shop.mark_as_paid(order.id)
    with requirement("RFD-PAID-AGAIN"):
        assert paid_again.status == 423, paid_again.excerpt
        assert shop.order(order.id).same_as(after, apart_from={"updated_at", "activities"})


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
    last = shop.order(order.id)
    with requirement("RFD-TWICE"):
        assert again.refused, again.excerpt
        assert (last.total_refund, len(last.refunds)) == (2, 1)
    with requirement("RFD-AFTER-FULL"):
        assert third.refused, third.excerpt
        assert third.status in shop.refusal("refund.already_refunded")


def test_decimal_amounts_become_cents_without_loss(shop: Shop) -> None:
    order = shop.paid_order(None, [Line(shop.product(), 1, 9000)])
    charge = order.charge.id
    scale = 100 if shop.wire.refund_in_cents else 1

    def refund(amount: object) -> int:
        info = {"transaction_id": charge, "amount": amount}
        shop.given(
            shop.send("refund_order", order.id, json={"refund_info": info}), f"refund {amount!r}"
        )
        return shop.order(order.id).total_refund

    total = refund(0.01 * scale)
    if total != 1:
        raise Prerequisite("the unit of refund amounts is not the profile's")
    with requirement("RFD-FLOAT"):
        assert refund(0.29 * scale if scale == 1 else 29) == 30
        assert refund(5.55 if scale == 1 else 555) == 585
        assert refund(0.57 if scale == 1 else 57) == 642
    with requirement("RFD-UNIT"):
        assert refund(10.00 if scale == 1 else 1000) == 1642, "10.00 is 1000 cents"
    with requirement("RFD-AMOUNT-TEXT-NUMBER"):
        assert refund("5.55" if scale == 1 else "555") == 2197
    with requirement("RFD-ROUNDING"):
        assert refund(10.005 if scale == 1 else 1001) == 3198, "half a cent is rounded up"
    with requirement("RFD-ROUNDING"):
        assert refund(0.104 if scale == 1 else 10) == 3208, "less than half is rounded down"

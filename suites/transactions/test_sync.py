"""Bringing an order's statuses in line with its transactions (orders-api, Sync Order Statuses)."""

from __future__ import annotations

from fluentcart_conformance.drivers.answers import Answer
from fluentcart_conformance.scenarios import (
    ABSENT_ID,
    SIDE_EFFECTS,
    Customer,
    Line,
    Order,
    Shop,
    Watched,
    requirement,
)


def synced(shop: Shop, order: Order) -> tuple[Answer, Order]:
    """The answer of a sync, and the order read afterwards; both must say the same."""
    answer = shop.sync_statuses(order.id)
    with requirement("TRX-SYNC-ENDPOINT", "TRX-SYNC-ANSWER"):
        assert answer.status == 200, answer.excerpt
    after = shop.order(order.id)
    with requirement("TRX-SYNC-ANSWER-SAME"):
        shown = shop.order_in(answer)
        words = (answer.members.get("payment_status"), answer.members.get("status"))
        assert shown.id == order.id
        assert words == (shown.payment_status, shown.status)
        assert words == (after.payment_status, after.status), "as read afterwards"
    with requirement("TRX-SYNC-TEXT"):
        assert answer.message.strip(), answer.excerpt
    return answer, after


def test_a_sync_changes_only_what_does_not_agree(
    shop: Shop, customer: Customer, neighbour: Watched
) -> None:
    """An order whose charge is set to succeeded, paid by that, and refunded of a cent."""
    order = shop.new_order(customer, [Line(shop.product(), 2, 1499)])
    _, pending = synced(shop, order)
    with requirement("TRX-SYNC-STEADY"):
        assert pending.differences(order, apart_from=SIDE_EFFECTS) == [], "while it was pending"
    answer = shop.set_transaction_status(order.id, order.charge.id, "succeeded")
    shop.given(answer, "set a transaction to succeeded")
    _, after = synced(shop, order)
    with requirement("TRX-SYNC-REPAIRS"):
        assert after.payment_status == "paid"
        assert after.status in ("processing", "completed"), "the status of an order that is paid"
        assert (after.total_paid, after.total_amount) == (2998, 2998)
        assert [one.status for one in after.charges] == ["succeeded"]
    _, again = synced(shop, order)
    with requirement("TRX-SYNC-STEADY"):
        assert again.differences(after, apart_from=SIDE_EFFECTS) == [], "a second sync changed it"
        assert neighbour.moved() == [], "another order changed"
    shop.given(shop.refund(again, 1), "refund one cent")
    refunded = shop.order(order.id)
    _, last = synced(shop, order)
    with requirement("TRX-SYNC-STEADY"):
        assert last.differences(refunded, apart_from=SIDE_EFFECTS) == [], "after a refund"


def test_an_order_that_does_not_exist_is_not_synced(shop: Shop) -> None:
    answer = shop.sync_statuses(ABSENT_ID)
    with requirement("TRX-SYNC-UNKNOWN"):
        assert answer.refused, answer.excerpt
        assert answer.status in shop.refusal("order.not_found", "sync_statuses"), answer.excerpt

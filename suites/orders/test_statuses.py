"""The status of an order and where it may go (orders-api: Update Statuses)."""

from __future__ import annotations

from typing import Any

from fluentcart_conformance.scenarios import (
    ABSENT_ID,
    Order,
    Refusals,
    Shop,
    proves,
    requirement,
)

NO_STATUS = ("pending", "bogus", "")
HALF: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("ORD-STATUS-NO-ACTION", "no action", {"statuses": {"order_status": "processing"}}),
    (
        "ORD-STATUS-UNKNOWN-ACTION",
        "unknown action",
        {"action": "change_everything", "statuses": {"order_status": "processing"}},
    ),
    ("ORD-STATUS-NO-STATUSES", "no statuses", {"action": "change_order_status"}),
    (
        "ORD-STATUS-NO-STATUSES",
        "no order status",
        {"action": "change_order_status", "statuses": {"shipping_status": "shipped"}},
    ),
    (
        "ORD-STATUS-NO-STATUSES",
        "no shipping status",
        {"action": "change_shipping_status", "statuses": {"order_status": "processing"}},
    ),
)


def _unpaid(order: Order) -> None:
    assert (order.payment_status, order.total_paid) == ("pending", 0)
    assert [one.status for one in order.transactions] == ["pending"]


def test_a_canceled_order_stays_so(shop: Shop, canceled_order: Refusals[Order]) -> None:
    """It was completed before, which is no payment either."""
    with requirement("ORD-STATUS-TO-CANCELED", "ORD-STATUS-TRANSITIONS"):
        assert canceled_order.stage.status == "canceled"
    with requirement("ORD-STATUS-PAYMENT-STAYS"):
        _unpaid(canceled_order.stage)
    for status in ("on-hold", "processing", "completed"):
        refused = canceled_order.must_refuse(
            "ORD-STATUS-CANCELED-400",
            send=lambda order, status=status: shop.change_status(order.id, status),
            key="statuses.locked",
            what=f"to {status}",
        )
        with requirement("ORD-STATUS-CANCELED-TEXT"):
            assert refused is None or refused.message.strip(), "the refusal gives no reason"
    canceled_order.nothing_changed("ORD-STATUS-CANCELED-STAYS")


@proves(*(row[0] for row in HALF))
def test_what_is_no_change_of_status_is_refused(shop: Shop, open_order: Refusals[Order]) -> None:
    same = open_order.must_refuse(
        "ORD-STATUS-SAME-400",
        send=lambda order: shop.change_status(order.id, order.status),
        key="statuses.same",
    )
    with requirement("ORD-STATUS-SAME-TEXT"):
        assert same is None or same.message.strip(), "the refusal gives no reason"
    for word in NO_STATUS:
        open_order.must_refuse(
            "ORD-STATUS-INVALID",
            send=lambda order, word=word: shop.change_status(order.id, word),
            key="statuses.invalid",
            what=word,
        )
    for name, what, body in HALF:
        open_order.must_refuse(
            name,
            send=lambda order, body=body: shop.send("update_statuses", order.id, json=body),
            what=what,
        )
    open_order.nothing_changed("ORD-STATUS-INVALID", "ORD-STATUS-SAME-400")


def test_an_order_that_does_not_exist_has_no_status(shop: Shop) -> None:
    answer = shop.change_status(ABSENT_ID, "processing")
    with requirement("ORD-STATUS-UNKNOWN"):
        assert answer.refused, answer

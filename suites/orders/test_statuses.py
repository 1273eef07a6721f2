"""The status of an order and where it may go (orders-api: Update Statuses)."""

from __future__ import annotations

from typing import Any

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
    proves,
    requirement,
)

# Every way between the three open statuses, each once; the last leads to the first.
ROUND = ("processing", "on-hold", "completed", "processing", "completed", "on-hold")
REACHED = {
    "processing": "ORD-STATUS-TO-PROCESSING",
    "completed": "ORD-STATUS-TO-COMPLETED",
    "on-hold": "ORD-STATUS-TO-ON-HOLD",
}
# What a change may say of the stock, one after the other.
STOCK: tuple[object, ...] = (True, False, "true", "false")
MOVES = {"/status", "/completed_at"}
NO_STATUS = ("pending", "failed", "shipped", "bogus", "")
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


def _moved(after: Order, before: Order) -> set[str]:
    # Where an address shows its order again, that copy moves as the order does.
    return set(after.differences(before, SIDE_EFFECTS | {"order"}))


def _walk_from(status: str) -> tuple[str, ...]:
    start = ROUND.index(status) + 1
    return ROUND[start:] + ROUND[:start]


@proves(*REACHED.values())
def test_an_order_goes_every_way_between_its_open_statuses_and_is_canceled(
    shop: Shop, customer: Customer, two_lines: list[Line], neighbour: Watched
) -> None:
    before = shop.paid_order(customer, two_lines, shipping_total=777)
    if before.status not in ROUND:
        shop.given(shop.change_status(before.id, "on-hold"), "put an order on hold")
        before = shop.order(before.id)
    others = shop.newest_orders(customer)
    for step, status in enumerate(_walk_from(before.status)):
        before = _go(shop, before, status, STOCK[step] if step < len(STOCK) else None)
    answer = shop.change_status(before.id, "canceled")
    canceled = shop.order(before.id)
    with requirement("ORD-STATUS-TO-CANCELED", "ORD-STATUS-TRANSITIONS"):
        assert answer.accepted, answer
        assert canceled.status == "canceled"
    with requirement("ORD-STATUS-PAYMENT-STAYS"):
        assert (canceled.payment_status, canceled.total_paid) == ("paid", before.total_amount)
    rows = shop.newest_orders(customer)
    with requirement("ORD-DETAILS-LIST-AGREE"):
        assert before.id in rows
        assert rows[before.id].status == canceled.status
    with requirement("ORD-OTHERS-UNTOUCHED"):
        for one in (rows.keys() & others.keys()) - {before.id}:
            assert rows[one].differences(others[one], SIDE_EFFECTS) == [], f"order {one}"
        assert neighbour.moved() == []


def _go(shop: Shop, before: Order, status: str, stock: object) -> Order:
    """The paid order in its next status, looked at from all sides."""
    answer = _change(shop, before, status, stock)
    with requirement("ORD-STATUS-ENDPOINT", "ORD-STATUS-BODY"):
        assert answer.status == 200, f"{before.status} to {status}: {answer}"
    with requirement("ORD-STATUS-ANSWER-SAME"):
        told = Order(answer.part("data").raw)
        assert (told.id, told.status) == (before.id, status)
    after = shop.order(before.id)
    with requirement("ORD-STATUS-TRANSITIONS", REACHED[status]):
        assert after.status == status, f"after a change from {before.status} to {status}"
    with requirement("ORD-STATUS-PAYMENT-STAYS"):
        paid = (after.payment_status, after.total_paid, after.total_refund)
        assert paid == ("paid", before.total_amount, 0)
    with requirement("ORD-STATUS-SHIPPING-STAYS", "ORD-UNTOUCHED"):
        assert _moved(after, before) <= MOVES
    return after


def _change(shop: Shop, before: Order, status: str, stock: object) -> Answer:
    """Change the status; where something is said of the stock and refused, without saying it."""
    if stock is None:
        return shop.change_status(before.id, status)
    answer = shop.change_status(before.id, status, manage_stock=stock)
    with requirement("ORD-STATUS-MANAGE-STOCK", "ORD-STATUS-BODY"):
        assert answer.accepted, f"manage_stock {stock!r}: {answer}"
    return answer if answer.accepted else shop.change_status(before.id, status)


def test_an_order_on_hold_can_be_canceled(
    shop: Shop, customer: Customer, two_lines: list[Line]
) -> None:
    """Nobody has paid, and being canceled does not change that."""
    made = shop.announced(shop.create_order(customer, two_lines, status="on-hold"))

    answer = shop.change_status(made, "canceled")

    canceled = shop.order(made)
    with requirement("ORD-STATUS-TO-CANCELED", "ORD-STATUS-TRANSITIONS"):
        assert answer.accepted, answer
        assert canceled.status == "canceled"
    with requirement("ORD-STATUS-TEXT"):
        assert answer.message.strip(), "the answer has no message"
    with requirement("ORD-STATUS-PAYMENT-STAYS"):
        _unpaid(canceled)


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

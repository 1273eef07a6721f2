"""The status of an order and where it may go (orders-api: Update Statuses)."""

from __future__ import annotations

from typing import Any

import pytest

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

# Every way between the three open statuses, one after the other.
WALK = ("processing", "on-hold", "completed", "processing", "completed", "on-hold")
REACHED = {
    "processing": "ORD-STATUS-TO-PROCESSING",
    "completed": "ORD-STATUS-TO-COMPLETED",
    "on-hold": "ORD-STATUS-TO-ON-HOLD",
    "canceled": "ORD-STATUS-TO-CANCELED",
}
STOCK: tuple[object, ...] = (True, False, "true", "false")
MOVES = {"/status", "/completed_at"}


@pytest.fixture(scope="module")
def watched(shop: Shop, customer: Customer, two_lines: list[Line]) -> Watched:
    """An order for requests that are refused."""
    return Watched(shop, shop.new_order(customer, two_lines, status="on-hold"))


def _moved(after: Order, before: Order) -> set[str]:
    return set(after.differences(before, SIDE_EFFECTS))


def _started(shop: Shop, customer: Customer, lines: list[Line]) -> Order:
    """A paid order, on hold where the store lets it."""
    order = shop.paid_order(customer, lines, shipping_total=777)
    if order.status != "on-hold":
        shop.change_status(order.id, "on-hold")
    return shop.order(order.id)


def test_an_order_goes_every_way_between_its_open_statuses(
    shop: Shop, customer: Customer, two_lines: list[Line]
) -> None:
    before = _started(shop, customer, two_lines)
    neighbour = shop.new_order(customer, two_lines)
    for status in WALK:
        if before.status == status:
            continue
        answer = shop.change_status(before.id, status)
        with requirement("ORD-STATUS-ENDPOINT", "ORD-STATUS-BODY"):
            assert answer.status == 200, f"{before.status} to {status}: {answer}"
        with requirement("ORD-STATUS-ANSWER-SAME"):
            told = Order(answer.part("data").raw)
            assert (told.id, told.status) == (before.id, status)
        after = shop.order(before.id)
        with requirement("ORD-STATUS-TRANSITIONS"):
            assert after.status == status, f"after a change from {before.status} to {status}"
        with requirement(REACHED[status]):
            assert after.status == status
        with requirement("ORD-STATUS-PAYMENT-STAYS"):
            paid = (after.payment_status, after.total_paid, after.total_refund)
            assert paid == ("paid", before.total_amount, 0)
        with requirement("ORD-STATUS-SHIPPING-STAYS", "ORD-UNTOUCHED"):
            assert _moved(after, before) <= MOVES
        before = after
    again = shop.order(neighbour.id)
    with requirement("ORD-OTHERS-UNTOUCHED"):
        assert _moved(again, neighbour) == set()
    row = shop.listed(before.id)
    with requirement("ORD-DETAILS-LIST-AGREE"):
        assert row is not None
        assert row.status == "on-hold"


def test_the_stock_may_be_left_alone_or_managed(shop: Shop, customer: Customer) -> None:
    order = shop.new_order(customer)
    for step, stock in enumerate(STOCK):
        status = ("processing", "completed")[step % 2]
        answer = shop.change_status(order.id, status, manage_stock=stock)
        with requirement("ORD-STATUS-MANAGE-STOCK", "ORD-STATUS-BODY"):
            assert answer.accepted, f"manage_stock {stock!r}: {answer}"
    with requirement("ORD-STATUS-MANAGE-STOCK"):
        assert shop.order(order.id).status == "completed"


@pytest.mark.parametrize("start", ["on-hold", "processing", "completed"])
def test_an_open_order_can_be_canceled_and_stays_so(
    shop: Shop, customer: Customer, start: str
) -> None:
    """Nobody has paid, and neither being completed nor being canceled changes that."""
    order = shop.new_order(customer)
    if order.status != start:
        shop.given(shop.change_status(order.id, start), f"bring an order to {start}")

    answer = shop.change_status(order.id, "canceled")

    canceled = shop.order(order.id)
    with requirement("ORD-STATUS-TO-CANCELED", "ORD-STATUS-TRANSITIONS"):
        assert answer.accepted, answer
        assert canceled.status == "canceled"
    with requirement("ORD-STATUS-TEXT"):
        assert answer.message.strip(), "the answer has no message"
    with requirement("ORD-STATUS-PAYMENT-STAYS"):
        assert (canceled.payment_status, canceled.total_paid) == ("pending", 0)
        assert [one.status for one in canceled.transactions] == ["pending"]
    if start != "processing":
        return
    for status in ("on-hold", "processing", "completed"):
        refused = shop.change_status(order.id, status)
        with requirement("ORD-STATUS-CANCELED-400"):
            assert refused.status in shop.refusal("statuses.locked"), f"to {status}: {refused}"
        with requirement("ORD-STATUS-CANCELED-TEXT"):
            assert refused.message.strip(), "the refusal gives no reason"
    with requirement("ORD-STATUS-CANCELED-STAYS"):
        after = shop.order(order.id)
        assert after.differences(canceled, SIDE_EFFECTS) == []


def test_the_status_an_order_has_cannot_be_set_again(shop: Shop, watched: Watched) -> None:
    answer = shop.change_status(watched.order.id, watched.order.status)

    moved = watched.moved()
    with requirement("ORD-STATUS-SAME-400"):
        assert answer.status in shop.refusal("statuses.same"), answer
        assert moved == []
    with requirement("ORD-STATUS-SAME-TEXT"):
        assert answer.message.strip(), "the refusal gives no reason"


@pytest.mark.parametrize("word", ["pending", "failed", "shipped", "bogus", ""])
def test_a_word_that_is_no_status_is_refused(shop: Shop, watched: Watched, word: str) -> None:
    answer = shop.change_status(watched.order.id, word)

    moved = watched.moved()
    with requirement("ORD-STATUS-INVALID"):
        assert answer.status in shop.refusal("statuses.invalid"), answer
        assert moved == []


@pytest.mark.parametrize(
    ("requirement_id", "body"),
    [
        ("ORD-STATUS-NO-ACTION", {"statuses": {"order_status": "processing"}}),
        (
            "ORD-STATUS-UNKNOWN-ACTION",
            {"action": "change_everything", "statuses": {"order_status": "processing"}},
        ),
        ("ORD-STATUS-NO-STATUSES", {"action": "change_order_status"}),
        (
            "ORD-STATUS-NO-STATUSES",
            {"action": "change_order_status", "statuses": {"shipping_status": "shipped"}},
        ),
        (
            "ORD-STATUS-NO-STATUSES",
            {"action": "change_shipping_status", "statuses": {"order_status": "processing"}},
        ),
    ],
    ids=["no action", "unknown action", "no statuses", "no order status", "no shipping status"],
)
def test_half_a_status_change_is_refused(
    shop: Shop, watched: Watched, requirement_id: str, body: dict[str, Any]
) -> None:
    answer = shop.send("update_statuses", watched.order.id, json=body)

    moved = watched.moved()
    with requirement(requirement_id):
        assert answer.refused, answer
        assert moved == []


def test_an_order_that_does_not_exist_has_no_status(shop: Shop) -> None:
    answer = shop.change_status(ABSENT_ID, "processing")
    with requirement("ORD-STATUS-UNKNOWN"):
        assert answer.refused, answer

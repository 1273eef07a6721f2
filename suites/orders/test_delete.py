"""Deleting an order and what goes with it (orders-api: Delete Order)."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from fluentcart_conformance.scenarios import (
    ABSENT_ID,
    SIDE_EFFECTS,
    Answer,
    Customer,
    Line,
    Order,
    Shop,
    Watched,
    requirement,
    whole,
)


@dataclass(frozen=True)
class Deleted:
    """A canceled, unpaid order that was deleted beside a paid one of the same customer.

    `own` is how the customer's list showed all their orders just before.
    """

    order: Order
    stays: int
    own: dict[int, Order]
    answer: Answer


@pytest.fixture(scope="module")
def canceled(
    shop: Shop, customer: Customer, chosen: dict[str, int], two_lines: list[Line]
) -> tuple[Answer, Order]:
    """What the store said when an order on hold was canceled, and the order then."""
    made = shop.announced(shop.create_order(customer, two_lines, status="on-hold", **chosen))
    return shop.change_status(made, "canceled"), shop.order(made)


@pytest.fixture(scope="module")
def deleted(
    shop: Shop, customer: Customer, canceled: tuple[Answer, Order], neighbour: Watched
) -> Deleted:
    answer, order = canceled
    shop.given(answer, "cancel an order")
    # What is read again afterwards must not be what was shown before.
    shop.listed(order.id)
    own = {one.id: one for one in shop.orders_of(customer.id)}
    return Deleted(order, neighbour.order.id, own, shop.delete_order(order.id))


def test_an_order_on_hold_can_be_canceled(canceled: tuple[Answer, Order]) -> None:
    """Nobody has paid, and being canceled does not change that."""
    answer, order = canceled
    with requirement("ORD-STATUS-TO-CANCELED", "ORD-STATUS-TRANSITIONS"):
        assert answer.accepted, answer
        assert order.status == "canceled"
    with requirement("ORD-STATUS-TEXT"):
        assert answer.message.strip(), "the answer has no message"
    with requirement("ORD-STATUS-PAYMENT-STAYS"):
        assert (order.payment_status, order.total_paid) == ("pending", 0)
        assert [one.status for one in order.transactions] == ["pending"]


def test_a_deleted_order_is_gone(shop: Shop, deleted: Deleted) -> None:
    answer, order = deleted.answer, deleted.order
    with requirement("ORD-DELETE-ENDPOINT"):
        assert answer.status == 200, answer
    with requirement("ORD-DELETE-ANSWER-SAME"):
        data = answer.part("data")
        assert whole(data.member("order_id")) == order.id
        assert data.text("invoice_no") == order.invoice_no
        assert data.text("status") == "success"
        assert answer.members.get("errors") in ([], {})
    with requirement("ORD-DELETE-TEXT"):
        assert answer.message.strip(), "the answer has no message"
    gone = shop.get_order(order.id)
    with requirement("ORD-DELETE-GONE"):
        assert gone.status in shop.refusal("order.deleted", "get_order"), gone
        assert shop.listed(order.id) is None, "the list still shows it"


def test_nothing_of_a_deleted_order_can_be_reached(shop: Shop, deleted: Deleted) -> None:
    order = deleted.order
    reads = [
        shop.transactions_of(order.id),
        shop.transaction_of(order.id, order.charge.id),
    ]
    for answer in reads:
        with requirement("ORD-DELETE-TRANSACTIONS"):
            assert answer.refused, answer
    billing = order.address("billing")
    writes = [
        shop.set_transaction_status(order.id, order.charge.id, "failed"),
        shop.update_order_address(order.id, billing.id if billing else ABSENT_ID, city="Nowhere"),
    ]
    for answer in writes:
        with requirement("ORD-DELETE-CASCADE"):
            assert answer.refused, answer
    own = {one.id: one for one in shop.orders_of(order.customer_id)}
    with requirement("ORD-DELETE-CASCADE"):
        assert own.keys() == deleted.own.keys() - {order.id}, "the orders of the customer"
    with requirement("ORD-DELETE-CUSTOMER-STAYS", "ORD-OTHERS-UNTOUCHED"):
        assert deleted.stays in own, "another order of the customer is gone"
        for order_id, one in own.items():
            moved = one.differences(deleted.own.get(order_id, one), SIDE_EFFECTS)
            assert moved == [], f"order {order_id}"


def test_what_is_gone_cannot_be_deleted(shop: Shop, deleted: Deleted) -> None:
    for answer in (shop.delete_order(deleted.order.id), shop.delete_order(ABSENT_ID)):
        with requirement("ORD-DELETE-TWICE-404"):
            assert answer.status in shop.refusal("delete_order.not_found"), answer
        with requirement("ORD-DELETE-404-TEXT"):
            assert answer.message.strip(), "the refusal gives no reason"

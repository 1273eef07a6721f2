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

    `own` are the ids of all the customer's orders just before.
    """

    order: Order
    stays: Watched
    own: set[int]
    answer: Answer


@pytest.fixture(scope="module")
def deleted(
    shop: Shop,
    customer: Customer,
    chosen: dict[str, int],
    two_lines: list[Line],
    neighbour: Watched,
) -> Deleted:
    order = shop.new_order(customer, two_lines, **chosen)
    shop.given(shop.change_status(order.id, "canceled"), "cancel an order")
    # What is read again afterwards must not be what was shown before.
    shop.listed(order.id)
    own = {one.id for one in shop.orders_of(customer.id)}
    return Deleted(order, neighbour, own, shop.delete_order(order.id))


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
        shop.update_order(order, note="Nobody reads this"),
        shop.change_status(order.id, "processing"),
    ]
    for answer in writes:
        with requirement("ORD-DELETE-CASCADE"):
            assert answer.refused, answer
    own = {one.id for one in shop.orders_of(order.customer_id)}
    with requirement("ORD-DELETE-CASCADE"):
        assert own == deleted.own - {order.id}, "the orders of the customer"


def test_the_customer_and_the_other_orders_stay(
    shop: Shop, customer: Customer, deleted: Deleted
) -> None:
    with requirement("ORD-DELETE-CUSTOMER-STAYS", "ORD-OTHERS-UNTOUCHED"):
        assert deleted.stays.moved() == []
        assert shop.customer(customer.id).email == customer.email


def test_what_is_gone_cannot_be_deleted(shop: Shop, deleted: Deleted) -> None:
    for answer in (shop.delete_order(deleted.order.id), shop.delete_order(ABSENT_ID)):
        with requirement("ORD-DELETE-TWICE-404"):
            assert answer.status in shop.refusal("delete_order.not_found"), answer
        with requirement("ORD-DELETE-404-TEXT"):
            assert answer.message.strip(), "the refusal gives no reason"


def test_a_paid_order_is_deleted_with_its_figures_or_kept_with_a_reason(
    shop: Shop, customer: Customer, two_lines: list[Line]
) -> None:
    order = shop.paid_order(customer, two_lines)
    before = shop.figures(customer.id)

    answer = shop.delete_order(order.id)

    if answer.accepted:
        with requirement("ORD-DELETE-ANSWER-SAME"):
            assert answer.part("data").text("invoice_no") == order.invoice_no
        with requirement("ORD-DELETE-REFUSED-400"):
            assert shop.get_order(order.id).refused, "neither refused nor deleted"
    else:
        with requirement("ORD-DELETE-REFUSED-400"):
            assert answer.status in shop.refusal("delete_order.not_deletable"), answer
            assert answer.message.strip(), "the refusal gives no reason"
            assert shop.order(order.id).differences(order, SIDE_EFFECTS) == []
        shop.take_away_order(order.id)
    after = shop.figures(customer.id)
    with requirement("ORD-DELETE-CUSTOMER-FIGURES"):
        assert after.order_count == before.order_count - 1
        assert after.total_spent == before.total_spent - order.total_paid

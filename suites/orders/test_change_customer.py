"""Giving an order to another customer (orders-api: Change Customer)."""

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
    Refusals,
    Shop,
    requirement,
)

# The e-mail of an address is the owner's.
OWNER = SIDE_EFFECTS | {"customer", "customer_id", "email"}


@dataclass(frozen=True)
class Move:
    """A paid order that went from one customer to another; figures are (count, spent)."""

    old: Customer
    new: Customer
    order: Order
    stays: Order
    figures: dict[int, tuple[int, int]]
    answer: Answer
    after: Order


def _figures(shop: Shop, *customers: Customer) -> dict[int, tuple[int, int]]:
    read = {one.id: shop.figures(one.id) for one in customers}
    return {key: (one.order_count, one.total_spent) for key, one in read.items()}


@pytest.fixture(scope="module")
def move(shop: Shop, two_lines: list[Line]) -> Move:
    """From a customer of two orders to one who has another; `stays` is a row of a list.

    No other scenario has orders of the first: a store may move the whole address book along.
    """
    old, new = shop.new_customer(), shop.new_customer()
    home = shop.new_address(old)
    beside = shop.announced(shop.create_order(old, [two_lines[1]]))
    order = shop.paid_order(old, two_lines, shipping_total=333, billing_address_id=home.id)
    shop.announced(shop.create_order(new, [two_lines[1]]))
    figures = _figures(shop, old, new)
    # What is read again afterwards must not be what was shown before.
    stays = next(one for one in shop.orders_of(old.id) if one.id == beside)
    answer = shop.change_customer(order.id, new.id)
    return Move(old, new, order, stays, figures, answer, shop.order(order.id))


def test_an_order_moves_to_another_customer(move: Move) -> None:
    with requirement("ORD-CHANGE-CUSTOMER-ENDPOINT"):
        assert move.answer.status == 200, move.answer
    with requirement("ORD-CHANGE-CUSTOMER-TEXT"):
        assert move.answer.message.strip(), "the answer has no message"
    with requirement("ORD-CHANGE-CUSTOMER-MOVED"):
        assert move.after.customer_id == move.new.id
        assert move.after.customer.id == move.new.id
        assert move.after.customer.email == move.new.email
    with requirement("ORD-CHANGE-CUSTOMER-KEEPS", "ORD-UNTOUCHED"):
        assert move.after.differences(move.order, OWNER) == []


def test_the_lists_and_figures_of_both_customers_follow(shop: Shop, move: Move) -> None:
    mine = [one.id for one in shop.orders_of(move.new.id)]
    left = {one.id: one for one in shop.orders_of(move.old.id)}
    with requirement("ORD-CHANGE-CUSTOMER-LISTS"):
        assert move.order.id in mine, "the new customer's orders lack the order"
        assert len(mine) == len(set(mine)) == 2, "the new customer's orders"
        assert move.order.id not in left, "the old customer still has it"
        assert move.stays.id in left, "the old customer lost another order"
    with requirement("ORD-CHANGE-CUSTOMER-OTHERS", "ORD-OTHERS-UNTOUCHED"):
        assert move.stays.id in left, "the old customer lost another order"
        assert left[move.stays.id].differences(move.stays, SIDE_EFFECTS) == []
    now = _figures(shop, move.old, move.new)
    with requirement("ORD-CHANGE-CUSTOMER-STATS"):
        count, spent = move.figures[move.old.id]
        assert now[move.old.id] == (count - 1, spent - move.order.total_paid), "the old customer"
        count, spent = move.figures[move.new.id]
        assert now[move.new.id] == (count + 1, spent + move.order.total_paid), "the new customer"


def test_an_order_is_not_given_to_nobody(shop: Shop, open_order: Refusals[Order]) -> None:
    missing = open_order.must_refuse(
        "ORD-CHANGE-CUSTOMER-MISSING-423",
        send=lambda order: shop.send("change_customer", order.id, json={}),
        key="change_customer.missing_customer",
    )
    with requirement("ORD-CHANGE-CUSTOMER-MISSING-TEXT"):
        assert missing is None or missing.message.strip(), "the refusal gives no reason"
    open_order.must_refuse(
        "ORD-CHANGE-CUSTOMER-UNKNOWN",
        send=lambda order: shop.change_customer(order.id, ABSENT_ID),
        key="change_customer.unknown_customer",
    )
    nowhere = shop.change_customer(ABSENT_ID, open_order.stage.customer_id)
    with requirement("ORD-CHANGE-CUSTOMER-UNKNOWN-ORDER"):
        assert nowhere.refused, nowhere
    open_order.nothing_changed("ORD-CHANGE-CUSTOMER-UNKNOWN")

"""Valid requests at the wrong time: what was paid is paid again, what is canceled is moved on."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from fluentcart_conformance.drivers.core import Prerequisite
from fluentcart_conformance.drivers.records import Order
from fluentcart_conformance.drivers.shop import Shop
from fluentcart_conformance.fuzz.aiming import an_aim
from fluentcart_conformance.fuzz.attempt import Aim, Attempt, Intent, Subject
from fluentcart_conformance.fuzz.pool import Pool
from fluentcart_conformance.fuzz.states import (
    canceled,
    paid,
    paid_whole,
    partly_refunded,
    refunded,
    unpaid,
)

Act = Callable[[Shop, Order], object]
Make = Callable[[str, Pool], Aim]


def untimely(operation: str) -> list[Callable[[Pool], Attempt]]:
    """Makers of requests to an operation that its object's state rules out.

    Each raises Prerequisite where the state cannot be brought about.
    """
    return [partial(_attempt, operation, *row) for row in _ROWS.get(operation, ())]


def _attempt(operation: str, requirement: str, about: str, make: Make, pool: Pool) -> Attempt:
    aim = make(operation, pool)
    return Attempt.of(aim, Intent.UNTIMELY, about=about, broken=requirement)


def _order(fits: Callable[[Order], bool], act: Act) -> Make:
    def make(operation: str, pool: Pool) -> Aim:
        order = pool.order(fits)
        ids: tuple[Any, ...] = (order.id,)
        if operation in ("update_transaction_status", "accept_dispute"):
            ids = (order.id, order.charge.id)
        watch = Subject("order", order.id)
        return an_aim(pool, operation, lambda shop: act(shop, order), ids, watch)

    return make


def _a_refund_of_a_refund(operation: str, pool: Pool) -> Aim:
    order = pool.order(paid)
    if not order.refunds:
        pool.shop.given(pool.shop.refund(order, 111), "refund a part")
        order = pool.learn(pool.shop.order(order.id))
    if not order.refunds:
        raise Prerequisite("the refund shows no transaction")
    return an_aim(
        pool,
        operation,
        lambda shop: shop.refund(order, 101, order.refunds[0]),
        (order.id,),
        Subject("order", order.id),
    )


def _delete_again(operation: str, pool: Pool) -> Aim:
    order = pool.shop.new_order(pool.me.customer, pool.lines())
    pool.shop.given(pool.shop.delete_order(order.id), "delete an order")
    return Aim(operation, (order.id,))


def _delete_address_again(operation: str, pool: Pool) -> Aim:
    me, shop = pool.me, pool.shop
    spare = shop.new_address(me.customer, address_1="9 Spare St")
    shop.given(shop.delete_address(me.customer.id, spare.id), "delete an address")
    number = me.customer.id
    return an_aim(
        pool,
        operation,
        lambda one: one.delete_address(number, spare.id),
        (number,),
        Subject("customer", number),
    )


def _email_again(operation: str, pool: Pool) -> Aim:
    taken = pool.me.customer.email.swapcase()
    return an_aim(pool, operation, lambda shop: shop.create_customer(taken, "Zoe", "Zimmer"))


def _user_again(operation: str, pool: Pool) -> Aim:
    _, heir = pool.passing_order()
    user = pool.user_for(heir.id)
    pool.shop.given(pool.shop.attach_user(heir.id, user), "attach a user")
    number = pool.me.customer.id
    return an_aim(
        pool,
        operation,
        lambda shop: shop.attach_user(number, user),
        (number,),
        Subject("customer", number),
    )


def _same_status(shop: Shop, order: Order) -> object:
    return shop.change_status(order.id, order.status)


def _same_transaction_status(shop: Shop, order: Order) -> object:
    return shop.set_transaction_status(order.id, order.charge.id, order.charge.status)


def _pay(shop: Shop, order: Order) -> object:
    return shop.mark_as_paid(order.id)


def _give_back(shop: Shop, order: Order) -> object:
    return shop.refund(order, 109)


def _give_back_too_much(shop: Shop, order: Order) -> object:
    return shop.refund(order, order.total_paid + 1)


def _give_back_more_than_left(shop: Shop, order: Order) -> object:
    return shop.refund(order, order.total_paid - order.total_refund + 1)


def _move_on(shop: Shop, order: Order) -> object:
    return shop.change_status(order.id, "processing")


def _complete(shop: Shop, order: Order) -> object:
    return shop.update_order(order, status="completed")


def _settle_dispute(shop: Shop, order: Order) -> object:
    return shop.accept_dispute(order.id, order.charge.id, "Accepted")


_Row = tuple[str, str, Make]
_ROWS: dict[str, tuple[_Row, ...]] = {
    "mark_as_paid": (
        ("ORD-PAID-TWICE-423", "a paid order", _order(paid_whole, _pay)),
        ("ORD-PAID-CANCELED-423", "a canceled order", _order(canceled, _pay)),
        ("RFD-PAID-AGAIN", "a refunded order", _order(refunded, _pay)),
    ),
    "refund_order": (
        ("RFD-UNPAID", "an unpaid order", _order(unpaid, _give_back)),
        ("RFD-AFTER-FULL", "a refunded order", _order(refunded, _give_back)),
        (
            "RFD-MORE-THAN-PAID",
            "more than was paid",
            _order(paid, _give_back_too_much),
        ),
        (
            "RFD-MORE-THAN-LEFT",
            "more than is left",
            _order(partly_refunded, _give_back_more_than_left),
        ),
        ("RFD-OF-A-REFUND", "a refund's transaction", _a_refund_of_a_refund),
    ),
    "update_statuses": (
        ("ORD-STATUS-CANCELED-400", "a canceled order", _order(canceled, _move_on)),
        ("ORD-STATUS-SAME-400", "the status it has", _order(unpaid, _same_status)),
    ),
    "update_order": (
        ("ORD-UPDATE-COMPLETED-400", "completed by an edit", _order(unpaid, _complete)),
    ),
    "update_transaction_status": (
        (
            "TRX-STATUS-SAME-400",
            "the status it has",
            _order(unpaid, _same_transaction_status),
        ),
    ),
    "accept_dispute": (
        (
            "TRX-DISPUTE-NONE",
            "no dispute",
            _order(unpaid, _settle_dispute),
        ),
    ),
    "delete_order": (("ORD-DELETE-TWICE-404", "a deleted order", _delete_again),),
    "delete_customer_address": (("ADR-DELETE-TWICE", "a deleted address", _delete_address_again),),
    "create_customer": (
        ("CUS-CREATE-DUPLICATE-CASE", "a taken e-mail in other letters", _email_again),
    ),
    "attach_user": (("CUS-ATTACH-TAKEN", "somebody else's user", _user_again),),
}

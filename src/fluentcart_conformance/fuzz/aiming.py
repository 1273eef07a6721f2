"""How an aim is made: the driver's own request about an order, a customer or neither."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fluentcart_conformance.drivers.shop import Shop
from fluentcart_conformance.fuzz.attempt import Aim, Subject
from fluentcart_conformance.fuzz.captured import captured
from fluentcart_conformance.fuzz.pool import Pool
from fluentcart_conformance.fuzz.states import anyhow

Maker = Callable[[Pool], Aim]


def an_aim(
    pool: Pool,
    operation: str,
    act: Callable[[Shop], object],
    ids: tuple[Any, ...] = (),
    *watch: Subject,
) -> Aim:
    """The request that the driver `act` would send; `watch` is what it is about."""
    body, query = captured(pool.shop, act)
    return Aim(operation, ids, body, query, watch)


def order_aim(
    operation: str,
    act: Callable[[Shop, Any], object],
    fits: Callable[[Any], bool] = anyhow,
    part: Callable[[Any], Any] | None = None,
) -> Maker:
    """Something about one order; `part` adds the id of a part to the path."""

    def make(pool: Pool) -> Aim:
        order = pool.order(fits)
        ids = (order.id,) if part is None else (order.id, part(order))
        return an_aim(
            pool, operation, lambda shop: act(shop, order), ids, Subject("order", order.id)
        )

    return make


def customer_aim(operation: str, act: Callable[[Shop, Any], object]) -> Maker:
    """Something about the customer in hand."""

    def make(pool: Pool) -> Aim:
        me = pool.me
        number = me.customer.id
        return an_aim(
            pool, operation, lambda shop: act(shop, me), (number,), Subject("customer", number)
        )

    return make


def reading(operation: str, act: Callable[[Shop], object]) -> Maker:
    """Something about no object in particular."""
    return lambda pool: an_aim(pool, operation, act)

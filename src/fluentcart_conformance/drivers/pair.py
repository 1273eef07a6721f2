"""Two orders of one customer over the same lines, for whoever only reads them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fluentcart_conformance.drivers.answers import Answer
from fluentcart_conformance.drivers.orders import Line
from fluentcart_conformance.drivers.records import Customer, Order
from fluentcart_conformance.drivers.shop import Shop

DISCOUNT, SHIPPING, TAX = 333, 777, 111


@dataclass(frozen=True)
class OrderPair:
    """The plain one has the addresses that were asked for, the priced one all sorts of amounts.

    `answer` is the whole answer for the plain one. The amounts are cents.
    """

    plain: Order
    priced: Order
    answer: Answer


def make_pair(
    shop: Shop, customer: Customer, lines: Sequence[Line], addresses: Mapping[str, Any], status: str
) -> OrderPair:
    """Both are made before either is read; `status` is sent with the priced one.

    Raises:
        Prerequisite: when the store does not let them come about.
    """
    amounts = {**shop.discount(DISCOUNT), "shipping_total": SHIPPING, "tax_total": TAX}
    plain = shop.announced(shop.create_order(customer, lines, **addresses))
    priced = shop.new_order(customer, lines, status=status, **amounts)
    answer = shop.given(shop.get_order(plain), "read an order")
    return OrderPair(shop.order_in(answer), priced, answer)

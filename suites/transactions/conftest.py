"""The orders that the scenarios look at."""

from __future__ import annotations

import pytest

from fluentcart_conformance.drivers.answers import Answer
from fluentcart_conformance.scenarios import Customer, Line, Shop


@pytest.fixture(scope="session")
def details(shop: Shop, customer: Customer) -> Answer:
    """What reading an order answered: a charge over 2998 cents, and a refund of one."""
    order = shop.paid_order(customer, [Line(shop.product(), 2, 1499)])
    shop.given(shop.refund(order, 1), "refund one cent")
    return shop.given(shop.get_order(order.id), "read the order")

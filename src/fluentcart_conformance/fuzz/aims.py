"""For every operation a valid request about own objects in the right state, from the drivers."""

from __future__ import annotations

from fluentcart_conformance.fuzz.aims_customers import CUSTOMERS
from fluentcart_conformance.fuzz.aims_orders import ORDERS
from fluentcart_conformance.fuzz.attempt import Aim
from fluentcart_conformance.fuzz.pool import Pool

_MAKERS = {**ORDERS, **CUSTOMERS}


def aim_at(operation: str, pool: Pool) -> Aim:
    """A valid request of an operation.

    Raises:
        Prerequisite: when the store does not give what it needs.
    """
    return _MAKERS[operation](pool)

"""The shop as scenarios speak to it: domain actions in, answers and records out."""

from __future__ import annotations

from fluentcart_conformance.drivers.core import Client, Journal, Prerequisite, Product
from fluentcart_conformance.drivers.order_parts import OrderPartActions
from fluentcart_conformance.drivers.setup import Coupon, SetupActions, ShippingMethod


class Shop(OrderPartActions, SetupActions):
    """Every domain action on one target, in the name of one identity.

    An action named like an operation answers an `Answer` and never judges. The short ones
    (`order`, `customer`, `new_order`, `paid_order` ...) return records and raise `Prerequisite`
    when the store does not give them.
    """


__all__ = ["Client", "Coupon", "Journal", "Prerequisite", "Product", "ShippingMethod", "Shop"]

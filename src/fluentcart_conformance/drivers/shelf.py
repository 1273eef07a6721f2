"""Own orders in known states, for whoever looks at lists."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from fluentcart_conformance.drivers.orders import Line
from fluentcart_conformance.drivers.records import Customer, Order, Page
from fluentcart_conformance.drivers.shop import Shop


@dataclass
class Shelf:
    """Own orders by a name for their state, and the customer whose e-mail finds them all."""

    shop: Shop
    customer: Customer
    title: str
    orders: dict[str, Order] = field(default_factory=dict)

    @property
    def ids(self) -> set[int]:
        """All own ids."""
        return {order.id for order in self.orders.values()}

    def where(self, test: Callable[[Order], bool]) -> set[int]:
        """Ids of the own orders that pass a test."""
        return {order.id for order in self.orders.values() if test(order)}

    def page(self, query: Mapping[str, Any] | None = None) -> Page[Order]:
        """A page of the own orders alone, found by the customer's e-mail."""
        return self.shop.orders({"search": self.customer.email, "per_page": 50, **(query or {})})


def fill_shelf(shop: Shop) -> Shelf:
    """Nine orders of one customer; amounts differ except for the twins.

    Raises:
        Prerequisite: when the store does not let them come about.
    """
    first, last = shop.fresh("Zoe"), shop.fresh("Quill")
    customer = shop.new_customer(first_name=first, last_name=last)
    made = Shelf(shop, customer, shop.fresh("Lamp"))
    product = shop.product()

    def order(name: str, price: int, quantity: int = 1, **more: Any) -> Order:
        line = Line(product, quantity, price, made.title if name == "titled" else None)
        found = made.orders[name] = shop.new_order(customer, [line], **more)
        return found

    order("plain", 1999)
    order("titled", 333, 3)
    for name, status in (("held", "on-hold"), ("busy", "processing"), ("off", "canceled")):
        one = order(name, 1000 + len(name))
        if one.status != status:
            shop.given(shop.change_status(one.id, status), f"set the status {status}")
    for name, back in (("paid", 0), ("partly", 1), ("back", 404)):
        one = order(name, 404)
        shop.given(shop.mark_as_paid(one.id), "mark an order as paid")
        if back:
            paid = shop.order(one.id)
            shop.given(shop.refund(paid, 1), "refund a cent")
            if back > 1:
                shop.given(shop.refund(paid, back - 1), "refund the rest")
    order("twin", 1999)
    made.orders = {name: shop.order(one.id) for name, one in made.orders.items()}
    return made

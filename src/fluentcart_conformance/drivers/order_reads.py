"""Reading orders: one by one, and in the list. Money in cents, everywhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from fluentcart_conformance.drivers.customers import CustomerActions
from fluentcart_conformance.drivers.record import same_id
from fluentcart_conformance.drivers.records import Customer, Order, Page
from fluentcart_conformance.drivers.values import whole
from fluentcart_conformance.drivers.wire import member

if TYPE_CHECKING:
    from fluentcart_conformance.drivers.answers import Answer


class OrderReads(CustomerActions):
    """What can be seen of orders."""

    def get_order(self, order_id: object) -> Answer:
        """Read one order."""
        return self.send("get_order", order_id)

    def order(self, order_id: int) -> Order:
        """One order, read now.

        Raises:
            Prerequisite: when it cannot be read.
            UnreadableAnswer: when another order comes.
        """
        answer = self.given(self.get_order(order_id), f"read order {order_id}")
        return same_id(self.order_in(answer), order_id)

    def order_in(self, answer: Answer) -> Order:
        """The order in an answer that shows one."""
        return Order(member(answer.members, "order", dict, "order answer"))

    def list_orders(self, query: Mapping[str, Any] | None = None) -> Answer:
        """List orders with any documented query parameters."""
        return self.send("list_orders", query=query)

    def orders(self, query: Mapping[str, Any] | None = None) -> Page[Order]:
        """One page of the list."""
        return self.orders_in(self.given(self.list_orders(query), "list the orders"))

    def orders_in(self, answer: Answer) -> Page[Order]:
        """The page in a list answer."""
        page = member(answer.members, "orders", dict, "orders list")
        rows = member(page, "data", list, "orders list")
        numbers = [
            whole(page.get(name), f"orders.{name}")
            for name in ("current_page", "per_page", "total", "last_page")
        ]
        return Page([Order(row) for row in rows], *numbers)

    def listed(self, order_id: int) -> Order | None:
        """The row of an order in the list, None where the list does not show it."""
        rows = self.orders({"search": f"id = {order_id}"}).rows
        return next((row for row in rows if row.id == order_id), None)

    def newest_orders(self, customer: Customer) -> dict[int, Order]:
        """The rows of a customer's fifty newest orders, by their ids: one look at many."""
        query = {"search": customer.email, "per_page": 50, "sort_by": "id", "sort_type": "desc"}
        return {row.id: row for row in self.orders(query).rows}

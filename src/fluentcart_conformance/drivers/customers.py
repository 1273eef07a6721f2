"""Actions on customers and their addresses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from fluentcart_conformance.drivers.core import ShopCore
from fluentcart_conformance.drivers.record import same_id
from fluentcart_conformance.drivers.records import Address, Customer, Figures, Order, Page
from fluentcart_conformance.drivers.values import UnreadableAnswer, whole

if TYPE_CHECKING:
    from fluentcart_conformance.drivers.answers import Answer

ADDRESS: dict[str, Any] = {
    "first_name": "Ann",
    "last_name": "Example",
    "address_1": "1 Main St",
    "city": "New York",
    "state": "NY",
    "postcode": "10001",
    "country": "US",
}


class CustomerActions(ShopCore):
    """What can be done with customers."""

    def create_customer(
        self, email: str, /, first_name: str = "Ann", last_name: str = "Example", **more: Any
    ) -> Answer:
        """Create a customer; journals who came of it."""
        body = self.wire.new_customer(email, first_name, last_name, more)
        return self.create_customer_with(body)

    def create_customer_with(self, body: Any, **kwargs: Any) -> Answer:
        """Create a customer from a body of the scenario's own."""
        answer = self.send("create_customer", json=body, **kwargs)
        if answer.accepted:
            # An unreadable answer is the judge's; the sweep finds the customer by the address.
            with suppress(UnreadableAnswer):
                self.journal.created("customer", self.customer_in(answer).id)
        return answer

    def new_customer(self, **more: Any) -> Customer:
        """A customer of this run, as the create answer shows them."""
        email = more.pop("email", None) or self.fresh_email()
        answer = self.given(self.create_customer(email, **more), "create a customer")
        return self.customer_in(answer)

    @property
    def regular(self) -> Customer:
        """A customer of this run, always the same one, for orders whose buyer does not matter."""
        known = self.learnt.get("regular")
        if not isinstance(known, Customer):
            known = self.learnt["regular"] = self.new_customer()
        return known

    def customer_in(self, answer: Answer) -> Customer:
        """The customer in an answer that shows one."""
        return self.wire.customer(answer.body)

    def get_customer(self, customer_id: object) -> Answer:
        """Read one customer."""
        return self.send("get_customer", customer_id)

    def customer(self, customer_id: int) -> Customer:
        """One customer, read now."""
        answer = self.given(self.get_customer(customer_id), f"read customer {customer_id}")
        return same_id(self.customer_in(answer), customer_id)

    def list_customers(self, query: Mapping[str, Any] | None = None) -> Answer:
        """List customers."""
        return self.send("list_customers", query=query)

    def sorted_customers(self, column: str, direction: str, **more: Any) -> Answer:
        """List customers sorted by a column, asc or desc."""
        by, way = self.wire.customers_sort
        return self.list_customers({by: column, way: direction.upper(), **more})

    def customers(self, query: Mapping[str, Any] | None = None) -> Page[Customer]:
        """One page of the list."""
        return self.customers_in(self.given(self.list_customers(query), "list the customers"))

    def customers_in(self, answer: Answer) -> Page[Customer]:
        """The page in a list answer."""
        rows, paging = self.wire.customers_page(answer.body)
        numbers = [
            whole(paging.get(name), f"customers.{name}")
            for name in ("current_page", "per_page", "total", "last_page")
        ]
        return Page([Customer(row) for row in rows], *numbers)

    def update_customer(self, customer: Customer, /, **changes: Any) -> Answer:
        """Change members of a customer; the profile repeats what it must."""
        body = self.wire.changed_customer(customer, changes)
        return self.send("update_customer", customer.id, json=body)

    def update_customer_alone(self, customer: Customer, /, **changes: Any) -> Answer:
        """Change members of a customer, nothing repeated that the profile does not require."""
        body = self.wire.least_changed_customer(customer, changes)
        return self.send("update_customer", customer.id, json=body)

    def update_additional_info(self, customer_id: object, /, **members: Any) -> Answer:
        """Change the additional info."""
        return self.send("update_customer_additional_info", customer_id, json=members)

    def customer_stats(self, customer_id: object) -> Answer:
        """Read the statistics of a customer."""
        return self.send("get_customer_stats", customer_id)

    def figures(self, customer_id: int) -> Figures:
        """Count and money (cents) of a customer's orders, wherever the profile shows them."""
        if self.wire.figures_from_stats:
            answer = self.customer_stats(customer_id)
        else:
            answer = self.get_customer(customer_id)
        return self.wire.figures(self.given(answer, "read a customer's figures").body)

    def customer_orders(
        self, customer_id: object, query: Mapping[str, Any] | None = None
    ) -> Answer:
        """List the orders of a customer."""
        return self.send("get_customer_orders", customer_id, query=query)

    def orders_of(self, customer_id: int) -> list[Order]:
        """The orders of a customer."""
        answer = self.customer_orders(customer_id, self.wire.customer_orders_query)
        self.given(answer, "list a customer's orders")
        return [Order(row) for row in self.wire.customer_orders(answer.body)]

    # -- addresses ---------------------------------------------------------------------------

    def get_addresses(self, customer_id: object, query: Mapping[str, Any] | None = None) -> Answer:
        """List the addresses of a customer."""
        return self.send("get_customer_addresses", customer_id, query=query)

    def addresses(self, customer_id: int, kind: str | None = None) -> list[Address]:
        """The addresses of a customer, of one type if asked."""
        answer = self.given(self.get_addresses(customer_id), "list a customer's addresses")
        rows = self.wire.addresses(answer.body)
        return [row for row in rows if kind in (None, row.type)]

    def create_address(
        self, customer: Customer, kind: str = "billing", /, **members: Any
    ) -> Answer:
        """Create an address of a customer; journals it."""
        body = self.wire.new_address(kind, customer, {**ADDRESS, **members})
        return self.create_address_with(customer.id, body)

    def create_address_with(self, customer_id: object, body: Any) -> Answer:
        """Create an address from a body of the scenario's own."""
        answer = self.send("create_customer_address", customer_id, json=body)
        if answer.accepted:
            with suppress(UnreadableAnswer):  # an address goes with its customer anyway
                self.journal.created("address", self.address_in(answer).id, customer=customer_id)
        return answer

    def new_address(self, customer: Customer, kind: str = "billing", /, **members: Any) -> Address:
        """An address of this run."""
        answer = self.given(self.create_address(customer, kind, **members), "create an address")
        return self.address_in(answer)

    def address_in(self, answer: Answer) -> Address:
        """The address in an answer that shows one."""
        return self.wire.address(answer.body)

    def update_address(self, customer_id: object, address: Address, /, **changes: Any) -> Answer:
        """Change an address through a customer's path."""
        body = self.wire.changed_address(address, changes)
        return self.send("update_customer_address", customer_id, json=body)

    def update_address_alone(
        self, customer_id: object, address: Address, /, **changes: Any
    ) -> Answer:
        """Change an address, nothing repeated that the profile does not require."""
        body = self.wire.least_changed_address(address, changes)
        return self.send("update_customer_address", customer_id, json=body)

    def delete_address(self, customer_id: object, address_id: Any) -> Answer:
        """Delete an address through a customer's path."""
        body = self.wire.dropped_address(address_id)
        answer = self.send("delete_customer_address", customer_id, json=body)
        if answer.accepted:
            self.journal.removed("address", address_id)
        return answer

    def make_primary(self, customer_id: object, address_id: Any, kind: str = "billing") -> Answer:
        """Make an address the primary one of its type, through a customer's path."""
        body = self.wire.primary_address(address_id, kind)
        return self.send("make_primary_address", customer_id, json=body)

    # -- users and bulk ----------------------------------------------------------------------

    def attachable_users(self) -> Answer:
        """List the WordPress users that no customer has."""
        return self.send("get_attachable_users")

    def attachable_ids(self) -> list[int]:
        """Their ids."""
        answer = self.given(self.attachable_users(), "list the attachable users")
        return self.wire.users(answer.body)

    def attach_user(self, customer_id: object, user_id: Any) -> Answer:
        """Attach a WordPress user."""
        return self.send("attach_user", customer_id, json=self.wire.attached_user(user_id))

    def detach_user(self, customer_id: object) -> Answer:
        """Detach the WordPress user."""
        return self.send("detach_user", customer_id, json={})

    def bulk_customers(self, action: str, ids: Sequence[Any], status: str | None = None) -> Answer:
        """A bulk action on customers, `action` as the profile names it (see the wire's names)."""
        body = self.wire.bulk_customers(action, ids, status)
        answer = self.send("customers_bulk", json=body)
        if answer.accepted and action == self.wire.bulk_customer_delete:
            for one in ids:
                self.journal.removed("customer", one)
        return answer

    def set_customers_status(self, ids: Sequence[Any], status: str) -> Answer:
        """Bulk: give customers a status."""
        return self.bulk_customers(self.wire.bulk_customer_status, ids, status)

    def delete_customers(self, ids: Sequence[Any]) -> Answer:
        """Bulk: delete customers."""
        return self.bulk_customers(self.wire.bulk_customer_delete, ids)

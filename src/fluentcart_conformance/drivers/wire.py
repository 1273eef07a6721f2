"""The documented spelling of the domain actions; profiles of the plugin change it in `wire_plugin`.

A wire form is a name, an envelope, a unit or a format. It is never a rule of the shop.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fluentcart_conformance.drivers.records import Address, Customer, Figures
from fluentcart_conformance.drivers.values import Cents, UnreadableAnswer, decimal_units, whole

Members = dict[str, Any]


def member(holder: Any, name: str, kind: type | tuple[type, ...], what: str) -> Any:
    """A member of an answer that must be there and of a kind.

    Raises:
        UnreadableAnswer: when it is missing or of another kind.
    """
    value = holder.get(name) if isinstance(holder, dict) else None
    if not isinstance(value, kind) or isinstance(value, bool):
        raise UnreadableAnswer(f"{what}: {name!r} is missing or not as documented: {value!r:.200}")
    return value


class Wire:
    """How profile `documented` spells things."""

    customers_sort = ("order_by", "order_type")
    customers_filters = True
    bulk_customer_status = "update_status"
    bulk_customer_delete = "delete"
    figures_from_stats = True
    unpaid_orders_count = True
    customer_orders_query: Mapping[str, Any] | None = None

    def __init__(self, *, full_name_mode: bool = False, refund_in_cents: bool = False) -> None:
        self.full_name_mode = full_name_mode
        self.refund_in_cents = refund_in_cents

    # -- customers ---------------------------------------------------------------------------

    def unwrap(self, body: Any) -> Members:
        """The part of a customers answer that carries the members: below `data`."""
        found: Members = member(body, "data", dict, "customers answer")
        return found

    def customer_names(self, first_name: str, last_name: str) -> Members:
        """A person's name the way the shop asks for it."""
        if self.full_name_mode:
            return {"full_name": f"{first_name} {last_name}".strip()}
        return {"first_name": first_name, "last_name": last_name}

    def new_customer(self, email: str, first_name: str, last_name: str, more: Members) -> Members:
        """Body of create customer."""
        return {"email": email, **self.customer_names(first_name, last_name), **more}

    def changed_customer(self, before: Customer, changes: Members) -> Members:
        """Body of update customer: the changes alone."""
        return self._names_changed(before, changes)

    def least_changed_customer(self, before: Customer, changes: Members) -> Members:
        """Body of update customer that repeats nothing it could leave out."""
        return self.changed_customer(before, changes)

    def record_figures(self, record: Customer) -> tuple[int, Cents]:
        """How many orders and how many cents a customer's own record shows."""
        spent = whole(record.member("total_spent"), "customer.total_spent")
        return whole(record.member("order_count"), "customer.order_count"), Cents(spent)

    def _names_changed(self, before: Customer, changes: Members) -> Members:
        if self.full_name_mode and changes.keys() & {"first_name", "last_name"}:
            first = changes.get("first_name", before.first_name)
            last = changes.get("last_name", before.last_name)
            rest = {k: v for k, v in changes.items() if k not in ("first_name", "last_name")}
            return {"full_name": f"{first} {last}".strip(), **rest}
        return dict(changes)

    def customer(self, body: Any) -> Customer:
        """The customer in an answer of create, read or update."""
        if isinstance(body, dict) and isinstance(body.get("customer"), dict):
            return Customer(body["customer"])
        return Customer(member(self.unwrap(body), "customer", dict, "customer answer"))

    def customers_page(self, body: Any) -> tuple[list[Members], Members]:
        """Rows and paging (current_page, per_page, total, last_page) of the customers list."""
        data = self.unwrap(body)
        paging = dict(member(data, "pagination", dict, "customers list"))
        if "total_pages" in paging:
            paging["last_page"] = paging["total_pages"]
        return member(data, "customers", list, "customers list"), paging

    def customer_orders(self, body: Any) -> list[Members]:
        """The orders of a customer."""
        rows: list[Members] = member(self.unwrap(body), "orders", list, "orders of a customer")
        return rows

    def figures(self, body: Any) -> Figures:
        """The figures in the answer of get-stats."""
        stats = member(self.unwrap(body), "stats", dict, "customer stats")
        return Figures(
            order_count=whole(stats.get("order_count"), "stats.order_count"),
            total_spent=Cents(whole(stats.get("total_spent"), "stats.total_spent")),
            average_order_value=Cents(
                whole(stats.get("average_order_value"), "stats.average_order_value")
            ),
            first_order_date=str(stats.get("first_order_date") or ""),
            last_order_date=str(stats.get("last_order_date") or ""),
        )

    def addresses(self, body: Any) -> list[Address]:
        """The addresses of a customer."""
        rows = member(self.unwrap(body), "addresses", list, "addresses of a customer")
        return [Address(row) for row in rows if isinstance(row, dict)]

    def new_address(self, kind: str, _customer: Customer, members: Members) -> Members:
        """Body of create address."""
        return {"type": kind, **members}

    def address(self, body: Any) -> Address:
        """The address in the answer of create or update."""
        return Address(member(self.unwrap(body), "address", dict, "address answer"))

    def changed_address(self, before: Address, changes: Members) -> Members:
        """Body of update address: the id and the changes alone."""
        return {"address_id": before.id, **changes}

    def least_changed_address(self, before: Address, changes: Members) -> Members:
        """Body of update address that repeats nothing it could leave out."""
        return self.changed_address(before, changes)

    def dropped_address(self, address_id: Any) -> Members:
        """Body of delete address."""
        return {"address_id": address_id}

    def primary_address(self, address_id: Any, _kind: str) -> Members:
        """Body of make-primary."""
        return {"address_id": address_id}

    def users(self, body: Any) -> list[int]:
        """Ids of the attachable users."""
        rows = member(self.unwrap(body), "users", list, "attachable users")
        return [whole(row.get("id", row.get("ID")), "user.id") for row in rows]

    def attached_user(self, user_id: Any) -> Members:
        """Body of attach user."""
        return {"user_id": user_id}

    def bulk_customers(self, action: str, ids: Sequence[Any], status: str | None) -> Members:
        """Body of a bulk action on customers; `action` as the profile names it."""
        body: Members = {"action": action, "customer_ids": list(ids)}
        if status is not None:
            body["data"] = {"status": status}
        return body

    # -- orders ------------------------------------------------------------------------------

    def refund_amount(self, amount: int) -> float | int:
        """Cents in the unit that the profile takes."""
        return amount if self.refund_in_cents else decimal_units(amount)

    def discount_value(self, amount: int) -> float | int:
        """The value of a fixed discount by hand: cents, like every amount."""
        return amount

    def refund(self, transaction_id: Any, amount: int, more: Members) -> Members:
        """Body of refund; `amount` in cents."""
        info = {"transaction_id": transaction_id, "amount": self.refund_amount(amount), **more}
        return {"refund_info": info}

    def custom_item(self, title: str, price: int, quantity: int) -> Members:
        """Body of create-custom; `price` in cents."""
        return {"product": {"title": title, "price": price, "quantity": quantity}}

    def whole_update(self, _order: Mapping[str, Any]) -> Members:
        """Members that an update must repeat to leave them alone: none, as documented."""
        return {}

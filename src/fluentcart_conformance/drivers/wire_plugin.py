"""The shipping plugin's spelling (profiles fluentcart-1.*), from the recordings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from fluentcart_conformance.drivers.records import Address, Customer, Figures
from fluentcart_conformance.drivers.values import Cents, decimal_number, decimal_units, whole
from fluentcart_conformance.drivers.wire import Members, Wire, member

# Sent back unchanged by every full update, so that only the scenario about members left out
# depends on what the store does with them.
_KEPT_BY_ORDER_UPDATE = (
    "status", "payment_status", "fulfillment_type", "payment_method", "payment_method_title",
    "note", "type", "uuid", "currency", "invoice_no", "ip_address", "completed_at", "rate",
)  # fmt: skip
_KEPT_BY_CUSTOMER_UPDATE = ("status", "country", "city", "state", "postcode", "notes")
_ADDRESS_MEMBERS = (
    "name", "email", "address_1", "address_2", "city", "state", "postcode", "country", "label",
    "phone",
)  # fmt: skip
_REQUIRED_OF_ADDRESS = (
    "type", "name", "email", "address_1", "city", "state", "country", "label",
)  # fmt: skip


class PluginWire(Wire):
    """Bare envelopes, `message`/`data` after writes, full names, names of its own."""

    customers_sort = ("sort_by", "sort_type")
    customers_filters = False
    bulk_customer_status = "change_customer_status"
    bulk_customer_delete = "delete_customers"
    figures_from_stats = False
    unpaid_orders_count = False
    customer_orders_query = {"per_page": 100}  # noqa: RUF012 - never changed

    def unwrap(self, body: Any) -> Members:
        """Reads are bare; writes carry the record in `data`."""
        if isinstance(body, dict):
            return body
        return Wire.unwrap(self, body)

    def changed_customer(self, before: Customer, changes: Members) -> Members:
        """The plugin wants name, e-mail and the customer's own id with every update."""
        kept = {name: before.raw.get(name) for name in _KEPT_BY_CUSTOMER_UPDATE}
        body = {"id": before.id, "email": before.email, **kept}
        first = changes.get("first_name", before.first_name)
        last = changes.get("last_name", before.last_name)
        body["full_name"] = f"{first} {last}".strip()
        return {**body, **changes}

    def least_changed_customer(self, before: Customer, changes: Members) -> Members:
        """Id, e-mail and name are required; the rest is left out."""
        whole_body = self.changed_customer(before, changes)
        required = ("id", "email", "full_name", *changes)
        return {name: whole_body[name] for name in required}

    def record_figures(self, record: Customer) -> tuple[int, Cents]:
        """`purchase_count` counts what was paid for; `ltv` is in cents."""
        count = whole(record.raw.get("purchase_count") or 0, "customer.purchase_count")
        return count, Cents(whole(record.raw.get("ltv") or 0, "customer.ltv"))

    def customer(self, body: Any) -> Customer:
        """In `customer` when read, in `data` when written."""
        name = "customer" if isinstance(body, dict) and "customer" in body else "data"
        return Customer(member(body, name, dict, "customer answer"))

    def customers_page(self, body: Any) -> tuple[list[Members], Members]:
        """One paginator."""
        page = member(body, "customers", dict, "customers list")
        return member(page, "data", list, "customers list"), page

    def customer_orders(self, body: Any) -> list[Members]:
        """One paginator."""
        page = member(body, "orders", dict, "orders of a customer")
        rows: list[Members] = member(page, "data", list, "orders of a customer")
        return rows

    def figures(self, body: Any) -> Figures:
        """From the customer's own members: `ltv` in cents, `aov` in cents with decimals."""
        record = self.customer(body)
        count, spent = self.record_figures(record)
        aov = record.raw.get("aov")
        return Figures(
            order_count=count,
            total_spent=spent,
            average_order_value=_rounded(aov) if aov not in (None, "") else None,
            first_order_date=record.text("first_purchase_date"),
            last_order_date=record.text("last_purchase_date"),
        )

    def new_address(self, kind: str, _customer: Customer, members: Members) -> Members:
        """Name, e-mail and label are required by the plugin."""
        first, last = members.get("first_name", ""), members.get("last_name", "")
        rest = {k: v for k, v in members.items() if k not in ("first_name", "last_name")}
        name = f"{first} {last}".strip()
        return {"type": kind, "name": name, "email": _customer.email, "label": "Home", **rest}

    def address(self, body: Any) -> Address:
        """In `data`."""
        return Address(member(body, "data", dict, "address answer"))

    def changed_address(self, before: Address, changes: Members) -> Members:
        """The whole address with its id."""
        kept = {name: before.raw.get(name) for name in _ADDRESS_MEMBERS}
        body = {"id": before.id, "type": before.type, **kept, **changes}
        first, last = body.pop("first_name", None), body.pop("last_name", None)
        if first or last:
            body["name"] = f"{first or ''} {last or ''}".strip()
        return body

    def least_changed_address(self, before: Address, changes: Members) -> Members:
        """The required members with the id; the rest is left out."""
        whole_body = self.changed_address(before, changes)
        kept = ("id", *_REQUIRED_OF_ADDRESS, *changes)
        return {name: value for name, value in whole_body.items() if name in kept}

    def dropped_address(self, address_id: Any) -> Members:
        """The id sits in `address`."""
        return {"address": {"id": address_id}}

    def primary_address(self, address_id: Any, _kind: str) -> Members:
        """Camel case, and the type besides."""
        return {"addressId": address_id, "type": _kind}

    def attached_user(self, user_id: Any) -> Members:
        """Text, never a number."""
        return {"user_id": str(user_id)}

    def bulk_customers(self, action: str, ids: Sequence[Any], status: str | None) -> Members:
        """The new status at the top level."""
        body: Members = {"action": action, "customer_ids": list(ids)}
        if status is not None:
            body["new_status"] = status
        return body

    def discount_value(self, amount: int) -> float | int:
        """Whole units, unlike the total beside it."""
        return decimal_units(amount)

    def custom_item(self, title: str, price: int, quantity: int) -> Members:
        """Members carry the prefix `item_`."""
        product = {"item_name": title, "item_price": price, "quantity": quantity}
        return {"product": product}

    def whole_update(self, _order: Mapping[str, Any]) -> Members:
        """Members that the plugin clears when an update leaves them out."""
        return {name: _order.get(name) for name in _KEPT_BY_ORDER_UPDATE if _order.get(name)}


def _rounded(aov: Any) -> Cents:
    value = decimal_number(aov, "customer.aov")
    return Cents(int(value.quantize(Decimal(1), rounding=ROUND_HALF_UP)))


def wire_for(
    profile: str, *, full_name_mode: bool | None = None, refund_in_cents: bool = False
) -> Wire:
    """The wire forms of a profile; the plugin's default is one full name."""
    if profile == "documented":
        return Wire(full_name_mode=bool(full_name_mode), refund_in_cents=refund_in_cents)
    full = True if full_name_mode is None else full_name_mode
    return PluginWire(full_name_mode=full, refund_in_cents=refund_in_cents)

"""The addresses of an order: copies of the customer's, one of each type.

Sources: orders-api (Update Order Address ID, Update Order Address).
"""

from __future__ import annotations

from typing import Any

from fluentcart_conformance.store.db import Database, Row
from fluentcart_conformance.store.http import Refusal, invalid
from fluentcart_conformance.store.orders.journal import order_or_404
from fluentcart_conformance.store.orders.limits import Findings
from fluentcart_conformance.store.orders.money import to_number

ADDRESS_TYPES = ("billing", "shipping")
_COPIED = (
    "label",
    "name",
    "first_name",
    "last_name",
    "email",
    "phone",
    "company_name",
    "address_1",
    "address_2",
    "city",
    "state",
    "postcode",
    "country",
    "meta",
)
_EDITABLE = (
    "address_1",
    "address_2",
    "city",
    "state",
    "postcode",
    "country",
    "email",
    "phone",
    "company_name",
    "label",
)
_NAMES = ("name", "full_name", "first_name", "last_name")
_LONGEST = 5000


def primary_address_id(db: Database, customer_id: int, kind: str) -> int:
    """Return the id of the customer's primary address of a type, 0 without one."""
    sql = "SELECT id FROM customer_addresses WHERE customer_id = ? AND type = ? AND is_primary = 1"
    return int(db.value(sql, (customer_id, kind)) or 0)


def copy_address(db: Database, order_id: int, customer_id: int, address_id: int, kind: str) -> None:
    """Make a customer's own address the order's billing or shipping address.

    The row of that type keeps its id when there is one.

    Raises:
        Refusal: 404 for an unknown address or one of another customer.
    """
    address = db.get("customer_addresses", address_id)
    if address is None or address["customer_id"] != customer_id:
        raise Refusal(404, "address_not_found", "Address not found")
    values: Row = {name: address[name] for name in _COPIED}
    if not values["email"]:
        owner = db.get("customers", customer_id) or {}
        values["email"] = owner.get("email", "")
    sql = "SELECT id FROM order_addresses WHERE order_id = ? AND type = ?"
    existing = db.value(sql, (order_id, kind))
    if existing:
        db.update("order_addresses", int(existing), values)
    else:
        db.insert("order_addresses", {**values, "order_id": order_id, "type": kind})


class OrderAddresses:
    """Changes to the addresses of orders."""

    def __init__(self, db: Database) -> None:
        self.db = db

    def assign(self, order_id: int, address_id: Any, kind: Any) -> None:
        """Copy an address of the order's customer into the order.

        Raises:
            Refusal: 404 unknown order or address; 422 no address_id or an unknown type.
        """
        order = order_or_404(self.db, order_id)
        number = to_number(address_id)
        if number is None or number != number.to_integral_value() or number < 1:
            raise invalid("address_id", "required", "The address_id field is required.")
        chosen = "billing" if kind in (None, "") else kind
        if chosen not in ADDRESS_TYPES:
            raise invalid("address_type", "in", "The address_type must be billing or shipping.")
        copy_address(self.db, order_id, order["customer_id"], min(int(number), 2**63 - 1), chosen)
        self.db.update("orders", order_id, {})

    def edit(self, order_id: int, address_id: int, sent: dict[str, Any]) -> None:
        """Change the members sent of one address of the order.

        Raises:
            Refusal: 404 when the order, the address or `order_id` in the body do not belong
                together; 422 for members that are no text.
        """
        number = to_number(sent.get("order_id"))
        row = self.db.one(
            "SELECT a.* FROM order_addresses a WHERE a.id = ? AND a.order_id = ?",
            (address_id, order_id),
        )
        if row is None or number is None or number != order_id:
            raise Refusal(404, "address_mismatch", "The address information does not match")
        findings = Findings()
        findings.texts(sent, dict.fromkeys((*_EDITABLE, *_NAMES), _LONGEST))
        findings.refuse_any()
        values: Row = {name: str(sent[name]) for name in _EDITABLE if sent.get(name) is not None}
        values |= _name_columns(row, sent)
        if values:
            self.db.update("order_addresses", address_id, values)
            self.db.update("orders", order_id, {})


def _name_columns(row: Row, sent: dict[str, Any]) -> Row:
    """Keep name, first_name and last_name in agreement with whichever was sent."""
    given = {name: str(sent[name]).strip() for name in _NAMES if sent.get(name) is not None}
    if not given:
        return {}
    if "first_name" in given or "last_name" in given:
        first = given.get("first_name", row["first_name"])
        last = given.get("last_name", row["last_name"])
        whole = given.get("name", given.get("full_name", f"{first} {last}".strip()))
        return {"name": whole, "first_name": first, "last_name": last}
    whole = given.get("name") or given.get("full_name", "")
    first, _, last = whole.partition(" ")
    return {"name": whole, "first_name": first, "last_name": last.strip()}

"""A customer's addresses: whose they are, and exactly one primary of each type."""

from __future__ import annotations

from collections.abc import Mapping

from fluentcart_conformance.store.customers.customers import CustomerService
from fluentcart_conformance.store.db import Database, Row
from fluentcart_conformance.store.http import Refusal, not_found


class AddressService:
    """Reads and changes addresses, always through the customer they belong to."""

    def __init__(self, db: Database, customers: CustomerService) -> None:
        self.db = db
        self.customers = customers

    def all(self, customer_id: int, kind: str | None = None) -> list[Row]:
        """Return a customer's addresses, oldest first, of one type if given.

        Raises:
            Refusal: 404 customer_not_found.
        """
        self.customers.get(customer_id)
        sql = "SELECT * FROM customer_addresses WHERE customer_id = ?"
        if kind:
            return self.db.all(f"{sql} AND type = ? ORDER BY id", (customer_id, kind))
        return self.db.all(f"{sql} ORDER BY id", (customer_id,))

    def get(self, customer_id: int, address_id: int) -> Row:
        """Return one address of this customer.

        Raises:
            Refusal: 404 customer_not_found, or address_not_found for an unknown address and
                for one that belongs to somebody else.
        """
        self.customers.get(customer_id)
        row = self.db.get("customer_addresses", address_id)
        if row is None or row["customer_id"] != customer_id:
            raise not_found("address", address_id)
        return row

    def create(self, customer_id: int, fields: Mapping[str, str], *, primary: bool = False) -> Row:
        """Create an address; the first of its type becomes primary."""
        self.customers.get(customer_id)
        address_id = self.db.insert("customer_addresses", {**fields, "customer_id": customer_id})
        row = self.get(customer_id, address_id)
        if primary or self._primary(customer_id, row["type"]) is None:
            row = self._mark(row)
        return row

    def update(
        self,
        customer_id: int,
        address_id: int,
        fields: Mapping[str, str],
        *,
        primary: bool = False,
    ) -> Row:
        """Change the members sent; an address that changes its type is no longer primary there."""
        before = self.get(customer_id, address_id)
        values: dict[str, object] = dict(fields)
        moves = fields.get("type", before["type"]) != before["type"]
        if moves:
            values["is_primary"] = 0
        self.db.update("customer_addresses", address_id, values)
        after = self.get(customer_id, address_id)
        if moves and before["is_primary"]:
            self._promote(customer_id, before["type"])
        if primary or self._primary(customer_id, after["type"]) is None:
            after = self._mark(after)
        return after

    def make_primary(self, customer_id: int, address_id: int, kind: str | None = None) -> Row:
        """Make an address the primary one of its type and return it.

        Raises:
            Refusal: 404 when it is not this customer's; 400 when it is not of the type named.
        """
        row = self.get(customer_id, address_id)
        if kind and kind != row["type"]:
            raise Refusal(400, "validation_error", "Address set as primary failed.")
        return self._mark(row)

    def delete(self, customer_id: int, address_id: int) -> None:
        """Delete an address.

        Raises:
            Refusal: 404 when it is not this customer's; 400 for a primary address.
        """
        row = self.get(customer_id, address_id)
        if row["is_primary"]:
            raise Refusal(400, "validation_error", "Primary address cannot be deleted!")
        self.db.delete("customer_addresses", address_id)

    def _primary(self, customer_id: int, kind: str) -> Row | None:
        sql = (
            "SELECT * FROM customer_addresses WHERE customer_id = ? AND type = ? AND is_primary = 1"
        )
        return self.db.one(sql, (customer_id, kind))

    def _mark(self, row: Row) -> Row:
        """Let one address be primary instead of the one that was."""
        now = self.db.now()
        self.db.run(
            "UPDATE customer_addresses SET is_primary = 0, updated_at = ? "
            "WHERE customer_id = ? AND type = ? AND is_primary = 1 AND id <> ?",
            (now, row["customer_id"], row["type"], row["id"]),
        )
        self.db.update("customer_addresses", row["id"], {"is_primary": 1})
        return self.get(row["customer_id"], row["id"])

    def _promote(self, customer_id: int, kind: str) -> None:
        """Give a type that lost its primary address the oldest one left."""
        left = self.all(customer_id, kind)
        if left and self._primary(customer_id, kind) is None:
            self._mark(left[0])

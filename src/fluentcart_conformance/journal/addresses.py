"""Take away customers' addresses, which a store may keep when it deletes the customers.

The plugin deletes neither a primary address nor the last one of a customer, and it keeps the
addresses of deleted customers. Changing an order's customer moves all addresses of the old one to
the new one, so an order of the run is led from customer to customer and gathers them, those of
customers who are gone included; then all but one can go. That last one stays behind, and the
verdict says so.
"""

from __future__ import annotations

from typing import Any

from ..target.client import StoreClient
from ..target.detect import dig, integer, order_in
from ..target.errors import UnsafeRequestError
from .journal import Journal

LAST = "the store keeps the last address of a customer, even of a deleted one"
_SUCCESS = range(200, 300)
_TRIES = 25
_LINE = ("id", "order_id", "post_id", "object_id", "quantity", "unit_price", "title")
_EDITABLE = ("on-hold", "processing", "pending")
_OF_ORDER = ("status", "payment_status", "subtotal", "total_amount")
_KEPT = (
    "type",
    "name",
    "email",
    "address_1",
    "address_2",
    "city",
    "state",
    "postcode",
    "country",
    "phone",
    "label",
)
Row = dict[str, Any]


class Addresses:
    """The addresses of one run's customers, those of customers already deleted included."""

    def __init__(self, client: StoreClient, journal: Journal) -> None:
        self._client = client
        self._journal = journal
        self._gathered_at: int | None = None
        # Orders that may lead, the newest last; the last one leads.
        self._leaders: list[int] = []
        # Orders of which an update may change the customer.
        self._editable: list[int] = []

    def take_away(self) -> None:
        """Gather and delete, while orders and customers are still there. The plugin's form."""
        if not self._journal.entries("address"):
            return
        live = [entry.id for entry in self._journal.entries("customer")]
        holders = [customer for customer in live if self._rows(customer)]
        gone = [customer for customer in self._deleted_customers() if self._rows(customer)]
        moved = self._gather(holders, gone)
        for customer in [*holders, *gone]:
            if customer not in moved:
                self._delete_at(customer)
        if self._gathered_at is not None:
            self._delete_at(self._gathered_at)

    def settle(self) -> dict[int, str]:
        """Journal what is gone by now; returns the reason of each address that is still there."""
        entries = self._journal.entries("address")
        places = {one for entry in entries if (one := integer(entry.extra.get("customer")))}
        if self._gathered_at is not None:
            places.add(self._gathered_at)
        there = {number for place in places for number in _ids(self._rows(place))}
        left: dict[int, str] = {}
        for entry in entries:
            if entry.id in there:
                left[entry.id] = LAST
            else:
                self._journal.removed("address", entry.id)
        return left

    def _deleted_customers(self) -> list[int]:
        """Customers of this run that are gone, of whose addresses the journal tells."""
        live = {entry.id for entry in self._journal.entries("customer")}
        named = (integer(entry.extra.get("customer")) for entry in self._journal.entries("address"))
        return sorted({one for one in named if one is not None and one not in live})

    def _gather(self, holders: list[int], gone: list[int]) -> set[int]:
        """Lead an order through the customers; returns those whose addresses were taken along."""
        if len(holders) + len(gone) < 2 or not holders:
            return set()
        self._leaders = [entry.id for entry in self._journal.entries("order")[-_TRIES:]]
        self._editable = list(self._leaders)
        moved = set()
        for customer in holders:
            if self._walk_to(customer):
                moved.add(customer)
                self._gathered_at = customer
        return moved | {customer for customer in gone if self._fetch_from(customer)}

    def _walk_to(self, customer: int) -> bool:
        """Lead an order, and the addresses of whoever has it, to a customer."""
        while self._leaders:
            order, home = self._leaders[-1], self._gathered_at
            if self._lead(order, customer):
                return True
            self._leaders.pop()
            # The next order has to be where the gathered addresses are.
            while home is not None and self._leaders and not self._lead(self._leaders[-1], home):
                self._leaders.pop()
        return False

    def _fetch_from(self, customer: int) -> bool:
        """Take the addresses of a customer who is gone to those that were gathered.

        Nobody can be given an order who does not exist, but an update writes the id all the same.
        """
        home = self._gathered_at
        while home is not None and self._editable:
            order = self._editable[-1]
            if self._lead(order, home) and self._write(order, customer):
                return self._lead(order, home)
            self._editable.pop()
        return False

    def _write(self, order: int, customer: int) -> bool:
        """Update an order to be that customer's; only some states of an order allow it."""
        path = f"/orders/{order}"
        read = order_in(self._client.call("GET", path).answer.value)
        rows = read.get("order_items")
        lines = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
        if not lines or read.get("status") not in _EDITABLE:
            return False
        self._journal.learn_part("order_item", _ids(lines))
        body: dict[str, Any] = {name: read.get(name) for name in _OF_ORDER}
        body["customer_id"] = customer
        body["order_items"] = [{name: line.get(name) for name in _LINE} for line in lines]
        try:
            return self._client.call("POST", path, json=body).status in _SUCCESS
        except UnsafeRequestError:
            return False

    def _lead(self, order: int, customer: int) -> bool:
        path, body = f"/orders/{order}/change-customer", {"customer_id": customer}
        return self._client.call("POST", path, json=body).status in _SUCCESS

    def _delete_at(self, customer: int) -> None:
        """Delete the addresses of a customer as far as the store lets them go."""
        path = f"/customers/{customer}/address"
        for row in self._rows(customer):
            number = integer(row.get("id"))
            if number is None:
                continue
            if str(row.get("is_primary")) not in ("0", "False"):
                body = {name: row.get(name) for name in _KEPT}
                body |= {"id": number, "is_primary": 0}
                body["email"] = body["email"] or self._journal.email()
                self._client.call("PUT", path, json=body)
            exchange = self._client.call("DELETE", path, json={"address": {"id": number}})
            if exchange.status in _SUCCESS:
                self._journal.removed("address", number)

    def _rows(self, customer: int) -> list[Row]:
        """The addresses of one of this run's customers, known to the guard from here on."""
        exchange = self._client.call("GET", f"/customers/{customer}/address")
        body = exchange.answer.value if exchange.status in _SUCCESS else None
        for rows in (dig(body, "addresses"), dig(body, "data", "addresses")):
            if isinstance(rows, list):
                found = [row for row in rows if isinstance(row, dict)]
                for number in _ids(found):
                    # Where it is now, for a sweep after a kill.
                    self._journal.created("address", number, customer=customer)
                return found
        return []


def _ids(rows: list[Row]) -> list[int]:
    numbers = (integer(row.get("id")) for row in rows)
    return [number for number in numbers if number is not None]

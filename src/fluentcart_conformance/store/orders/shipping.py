"""Shipping methods and what they charge. Sources: orders-api (Calculate Shipping, Get Shipping
Methods).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fluentcart_conformance.store.db import Database, Row, from_json
from fluentcart_conformance.store.http import Refusal, invalid
from fluentcart_conformance.store.orders.limits import LARGEST_QUANTITY
from fluentcart_conformance.store.orders.money import split, to_number

EVERYWHERE = "all"


@dataclass
class ShippedLine:
    """A variation to be shipped, how many, and its share of the charge in cents."""

    variation: Row
    quantity: int
    charge: int = 0

    @property
    def is_physical(self) -> bool:
        """Digital goods cost no shipping."""
        return bool(self.variation["fulfillment_type"] == "physical")


class ShippingService:
    """Finds methods and works out charges."""

    def __init__(self, db: Database) -> None:
        self.db = db

    def calculate(self, items: Any, shipping_id: Any) -> tuple[int, list[ShippedLine]]:
        """Return the whole charge in cents and each line's share of it.

        Raises:
            Refusal: 422 for missing members, quantities below 1 or an unknown variation; 404
                for an unknown method.
        """
        if not isinstance(items, list):
            raise invalid("order_items", "required", "Item selection is required")
        number = to_number(shipping_id)
        if number is None:
            raise invalid("shipping_id", "required", "The shipping_id field is required.")
        method = self._method(int(number))
        lines = self._lines(items)
        return charge_lines(method, lines), lines

    def _method(self, method_id: int) -> Row:
        small = 0 < method_id < 2**63
        method = self.db.get("shipping_methods", method_id) if small else None
        if method is None or not method["is_enabled"]:
            raise Refusal(404, "shipping_method_not_found", "Shipping method not found")
        return method

    def _lines(self, items: list[Any]) -> list[ShippedLine]:
        """Read lines; the same variation twice is one line with both quantities."""
        found: dict[int, ShippedLine] = {}
        for position, item in enumerate(items):
            at = f"order_items.{position}"
            sent = item if isinstance(item, dict) else {}
            variation = self._variation(sent.get("id"), f"{at}.id")
            quantity = _quantity(sent.get("quantity"), f"{at}.quantity")
            line = found.setdefault(variation["id"], ShippedLine(variation, 0))
            line.quantity += quantity
        return list(found.values())

    def _variation(self, sent: Any, name: str) -> Row:
        number = to_number(sent)
        row = None
        if number is not None and number == number.to_integral_value() and 0 < number < 2**63:
            row = self.db.get("product_variations", int(number))
        if row is None:
            raise invalid(name, "exists", "The item is not available.")
        return row

    def methods(self, country: str, state: str, items: Any) -> tuple[list[Row], list[Row]]:
        """Return the enabled methods that apply to a place, and the other enabled ones.

        Each row gets `shipping_charge` in cents: for `items` when there are any, else None.
        """
        lines = self._known_lines(items)
        sql = (
            "SELECT m.*, z.region FROM shipping_methods m JOIN shipping_zones z ON z.id = m.zone_id"
            " WHERE m.is_enabled = 1 ORDER BY m.sort_order, m.id"
        )
        here: list[Row] = []
        elsewhere: list[Row] = []
        for method in self.db.all(sql):
            method["shipping_charge"] = charge_lines(method, lines) if lines else None
            (here if _applies(method, country, state) else elsewhere).append(method)
        return here, elsewhere

    def _known_lines(self, items: Any) -> list[ShippedLine]:
        if not isinstance(items, list) or not items:
            return []
        return self._lines(items)


def charge_lines(method: Row, lines: list[ShippedLine]) -> int:
    """Share a method's charge out over the physical lines, in place; returns the sum."""
    physical = [line for line in lines if line.is_physical]
    if not physical:
        return 0
    quantities = [line.quantity for line in physical]
    per_item = from_json(method["settings"]).get("configure_rate") == "per_item"
    total = method["amount"] * (sum(quantities) if per_item else 1)
    for line, share in zip(physical, split(total, quantities), strict=True):
        line.charge = share
    return int(total)


def _applies(method: Row, country: str, state: str) -> bool:
    if not country or method["region"] not in (country, EVERYWHERE):
        return False
    states = from_json(method["states"]) or []
    return not states or not state or state in states


def _quantity(sent: Any, name: str) -> int:
    number = to_number(sent)
    if number is None or number != number.to_integral_value():
        raise invalid(name, "numeric", f"The {name} must be a number.")
    if not 1 <= number <= LARGEST_QUANTITY:
        raise invalid(name, "min", f"The {name} must be at least 1.")
    return int(number)

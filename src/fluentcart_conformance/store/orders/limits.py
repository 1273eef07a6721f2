"""Documented limits of order requests: lengths, numbers, smallest values.

Every refusal is a 422 that names all wrong fields at once, nested ones with dots
(`order_items.0.quantity`). Sources: orders-api (Create Order), create-order-page.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fluentcart_conformance.store.http import FieldErrors, Refusal
from fluentcart_conformance.store.orders.money import to_number

ORDER_LENGTHS = {
    "status": 50,
    "invoice_no": 100,
    "fulfillment_type": 50,
    "type": 50,
    "payment_method": 50,
    "payment_method_title": 50,
    "payment_status": 50,
    "currency": 10,
    "note": 5000,
    "uuid": 100,
    "ip_address": 100,
    "completed_at": 100,
    "refunded_at": 100,
    "user_tz": 50,
}
ORDER_NUMBERS = (
    "subtotal",
    "discount_tax",
    "manual_discount_total",
    "coupon_discount_total",
    "shipping_tax",
    "shipping_total",
    "tax_total",
    "total_amount",
    "total_paid",
    "rate",
)
ITEM_LENGTHS = {
    "fulfillment_type": 50,
    "payment_type": 100,
    "post_title": 255,
    "title": 255,
    "type": 100,
}
ITEM_NUMBERS = (
    "price",
    "unit_price",
    "item_price",
    "shipping_charge",
    "item_cost",
    "item_total",
    "tax_amount",
    "discount_total",
    "total",
    "line_total",
    "rate",
)
ITEM_INTEGERS = ("id", "order_id", "post_id", "variation_id", "object_id", "cart_index")
DISCOUNT_LENGTHS = {"type": 100, "label": 100, "reason": 100, "action": 100}
SHIPPING_LENGTHS = {"type": 100, "rate_name": 100}
COUPON_LENGTHS = {"code": 100, "notes": 100}
COUPON_NUMBERS = (
    "amount",
    "discounted_amount",
    "discount",
    "min_purchase_amount",
    "max_discount_amount",
)
COUPON_INTEGERS = ("id", "order_id", "priority", "max_uses", "use_count")

# A line or a sum above this is a mistake, not a sale; it also keeps every sum exact.
LARGEST_SENT = 10**12
LARGEST_QUANTITY = 10**6


class Findings:
    """Collects what is wrong with a request, field by field."""

    def __init__(self) -> None:
        self.fields: FieldErrors = {}

    def add(self, name: str, rule: str, sentence: str) -> None:
        """Note one broken rule of one field."""
        self.fields.setdefault(name, {}).setdefault(rule, sentence)

    def refuse_any(self, status: int = 422) -> None:
        """Raise a refusal when anything was noted."""
        if not self.fields:
            return
        first = next(iter(next(iter(self.fields.values())).values()))
        raise Refusal(status, "validation_error", first, self.fields)

    def texts(self, values: Mapping[str, Any], lengths: Mapping[str, int], at: str = "") -> None:
        """Members sent must be text no longer than their limit."""
        for name, limit in lengths.items():
            value = values.get(name)
            if value is None:
                continue
            if not isinstance(value, str | int | float) or isinstance(value, bool):
                self.add(at + name, "string", f"The {at}{name} must be a string.")
            elif len(str(value)) > limit:
                sentence = f"The {at}{name} must not be greater than {limit} characters."
                self.add(at + name, "maxLength", sentence)

    def numbers(self, values: Mapping[str, Any], names: tuple[str, ...], at: str = "") -> None:
        """Members sent must be numbers within reason."""
        for name in names:
            if name in values:
                self.number(values[name], at + name)

    def number(self, value: Any, name: str) -> None:
        """A value must be a number within reason; an absent one (null) is none."""
        if value is None:
            return
        number = to_number(value)
        if number is None:
            self.add(name, "numeric", f"The {name} must be a number.")
        elif abs(number) > LARGEST_SENT:
            self.add(name, "max", f"The {name} must not be greater than {LARGEST_SENT}.")

    def integers(self, values: Mapping[str, Any], names: tuple[str, ...], at: str = "") -> None:
        """Members sent must be whole numbers that are not negative."""
        for name in names:
            value = values.get(name)
            if value is None:
                continue
            number = to_number(value)
            if number is None or number != number.to_integral_value():
                self.add(at + name, "numeric", f"The {at}{name} must be a number.")
            elif number < 0 or number > LARGEST_SENT:
                self.add(at + name, "min", f"The {at}{name} must be at least 0.")

    def at_least(self, value: Any, name: str, smallest: int) -> None:
        """A whole number must not be below `smallest`."""
        number = to_number(value)
        if number is None or number != number.to_integral_value():
            self.add(name, "numeric", f"The {name} must be a number.")
        elif number < smallest:
            self.add(name, "min", f"The {name} must be at least {smallest}.")
        elif number > LARGEST_SENT:
            self.add(name, "max", f"The {name} must not be greater than {LARGEST_SENT}.")

"""What a step must leave as it was, member by member, beside what the picture knows of."""

from __future__ import annotations

from collections.abc import Iterable

from fluentcart_conformance.drivers.record import Record
from fluentcart_conformance.fuzz.looks import RESTLESS

# Members of an order that only a step about them may move.
_ORDER = frozenset(
    {
        "uuid", "currency", "note", "ip_address", "created_at", "mode", "type", "parent_id",
        "payment_method", "payment_method_title", "invoice_no", "receipt_number", "config",
        "billing_address", "shipping_address", "order_addresses", "customer_id", "status",
        "shipping_status", "payment_status", "fulfillment_type", "subtotal", "tax_total",
        "shipping_total", "manual_discount_total", "coupon_discount_total", "total_amount",
        "total_paid", "total_refund", "order_items", "transactions", "completed_at",
        "refunded_at",
    }
)  # fmt: skip
_PAYMENT = frozenset(
    {
        "status", "payment_status", "total_paid", "transactions", "invoice_no", "receipt_number",
        "payment_method", "payment_method_title", "completed_at", "order_items",
    }
)  # fmt: skip
_STATUS = frozenset({"status", "completed_at"})
_LINES = frozenset({"order_items", "subtotal", "total_amount", "transactions", "tax_total"})
_OWNER = frozenset({"customer_id", "billing_address", "shipping_address", "order_addresses"})
_ORDER_MOVES: dict[str, frozenset[str]] = {
    "order": _ORDER,
    "pay": _PAYMENT,
    "settle by hand": _PAYMENT,
    "refund": frozenset(
        {"total_refund", "payment_status", "transactions", "refunded_at", "order_items"}
    ),
    "set status": _STATUS,
    "set status of several": _STATUS,
    "ship": frozenset({"shipping_status", "order_items"}),
    "ship several": frozenset({"shipping_status", "order_items"}),
    "edit": _LINES | {"shipping_total"},
    "add custom item": _LINES,
    "edit billing address": frozenset({"billing_address", "order_addresses"}),
    "edit shipping address": frozenset({"shipping_address", "order_addresses"}),
    "give to": _OWNER,
    "give to a new customer": _OWNER,
}
CUSTOMER = frozenset(
    {
        "email", "first_name", "last_name", "full_name", "status", "phone", "country", "city",
        "state", "postcode", "notes", "created_at", "uuid",
    }
)  # fmt: skip
# What a customer's orders come to: only what is done to orders moves it.
FIGURES = frozenset({"total_spent", "order_count", "purchase_count", "ltv", "aov"})
_CUSTOMER_MOVES = {
    "rename": frozenset({"last_name", "full_name"}),
    "set status of customers": frozenset({"status"}),
}
# Of an address that was there before and is there after; the target of a move has moved.
_ADDRESS_MOVES = {
    "make primary": ("is_primary",),
    "add address": ("is_primary",),
    "drop address": ("is_primary",),
    "move address": ("city", "formatted_address"),
}
_MAY_MOVE_ADDRESSES = ("give to", "give to a new customer")


def order_changes(do: str, before: Record, after: Record, *, done: bool) -> list[str]:
    """Members of an order that a step moved and must not; `done` tells whether it was done."""
    free = _ORDER_MOVES.get(do, frozenset()) if done else frozenset()
    return moved(before, after, _ORDER - free)


def customer_changes(do: str, before: Record, after: Record, *, done: bool) -> list[str]:
    """Members of a customer, and of addresses, that a step moved and must not.

    Both records hold the addresses by id as `addresses`.
    """
    free = _CUSTOMER_MOVES.get(do, frozenset()) if done else frozenset()
    found = moved(before, after, CUSTOMER - free)
    if do in _MAY_MOVE_ADDRESSES:
        return found
    apart = RESTLESS | set(_ADDRESS_MOVES.get(do, ()) if done else ())
    was, now = before.raw.get("addresses") or {}, after.raw.get("addresses") or {}
    for number in was.keys() & now.keys():
        changed = Record(was[number]).differences(Record(now[number]), apart)
        found += [f"address{one}" for one in changed]
    return found


def moved(before: Record, after: Record, names: Iterable[str]) -> list[str]:
    """Pointers into the named members that differ; the others, and the restless, do not count."""
    both = [name for name in sorted(names) if name in before.raw and name in after.raw]
    one = Record({name: before.raw[name] for name in both})
    two = Record({name: after.raw[name] for name in both})
    return [pointer.lstrip("/") for pointer in one.differences(two, RESTLESS - FIGURES)]

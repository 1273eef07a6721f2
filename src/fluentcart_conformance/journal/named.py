"""Which objects a request names: in its path, and in the members of its body."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Named:
    """One object that a request speaks of: its kind, the id as sent, and where it stood."""

    kind: str
    value: Any
    where: str


# Members that name an object wherever they stand.
_MEMBERS = {
    "order_id": "order",
    "orderId": "order",
    "order_ids": "order",
    "parent_id": "order",
    "customer_id": "customer",
    "customerId": "customer",
    "customer_ids": "customer",
    "new_customer_id": "customer",
    "user_id": "user",
    "userId": "user",
    "user_ids": "user",
    "wp_user_id": "user",
    "reassign": "",
    "transaction_id": "transaction",
    "transaction_ids": "transaction",
    "address_id": "address",
    "addressId": "address",
    "billing_address_id": "address",
    "shipping_address_id": "address",
    "item_ids": "order_item",
    "deletedItems": "order_item",
    "product_id": "",
    "zone_id": "shipping_zone",
}
# Tables whose `id` names the table's own kind.
_TABLES = {
    "customer": "customer",
    "address": "address",
    "billing_address": "address",
    "shipping_address": "address",
    "order": "order",
    "transaction": "transaction",
    "user": "user",
    "variants": "variation",
    "order_items": "order_item",
    "order_address": "address",
}
# What a bare `id` in the body means, by the collection and the last fixed word of the path.
_COLLECTIONS = {
    "orders": "order",
    "customers": "customer",
    "products": "product",
    "labels": "label",
    "coupons": "coupon",
    "users": "user",
    "activity": "activity",
}
# Words that stand where an id could stand.
_WORDS = frozenset(
    {
        "calculate-shipping",
        "do-bulk-action",
        "shipping_methods",
        "attachable-user",
        "get-stats",
        "variants",
        "zones",
        "methods",
        "update-label-selections",
    }
)
_NESTED = {
    "transactions": "transaction",
    "address": "order_address",
    "variants": "variation",
    "zones": "shipping_zone",
    "methods": "shipping_method",
}


def named_in_path(path: str) -> Iterator[Named]:
    """The objects in a path such as `/orders/5/transactions/7/status`."""
    parts = path.strip("/").split("/")
    if parts[:2] == ["wp", "v2"]:
        parts = parts[2:]
    kind = _COLLECTIONS.get(parts[0])
    if kind and len(parts) > 1 and parts[1] not in _WORDS:
        yield Named(kind, parts[1], "path")
    if parts[0] == "customers" and parts[1:2] == ["get-stats"]:
        yield from (Named("customer", part, "path") for part in parts[2:3])
    for at, word in enumerate(parts[:-1]):
        nested = _NESTED.get(word)
        if nested and at > 0 and parts[at + 1] not in _WORDS:
            yield Named(nested, parts[at + 1], "path")


def named_in_body(method: str, path: str, body: Any) -> Iterator[Named]:
    """The objects that the members of a body name."""
    parts = path.strip("/").split("/")
    if parts[:2] == ["wp", "v2"]:
        parts = parts[2:]
    if isinstance(body, dict):
        own = _own_kind(parts)
        if own == "label" and body.get("bind_to_type") == "Order":
            yield Named("order", body.get("bind_to_id"), "bind_to_id")
        if own:
            yield from (Named(own, body[name], name) for name in ("id", "ids") if name in body)
    # Lines of a new order are products, not lines that exist.
    creating = method == "POST" and path in ("/orders", "/orders/calculate-shipping")
    yield from _walk(body, "", creating, 0)


def _own_kind(parts: list[str]) -> str:
    """The kind that a bare `id` in the body stands for."""
    if "address" in parts[1:]:
        return "address"
    if "transactions" in parts[1:]:
        return "transaction"
    return _COLLECTIONS.get(parts[0], "")


def _walk(body: Any, within: str, creating: bool, depth: int) -> Iterator[Named]:
    if depth > DEEPEST:
        return
    if isinstance(body, list):
        for one in body:
            yield from _walk(one, within, creating, depth + 1)
    if not isinstance(body, dict):
        return
    for name, value in body.items():
        kind = _MEMBERS.get(name, "")
        if kind:
            yield from _values(kind, value, name)
        elif name == "id" and within and not (creating and within == "order_items"):
            yield Named(_TABLES[within], value, f"{within}.id")
        inner = name if name in _TABLES else within
        if isinstance(value, (dict, list)) and not kind:
            yield from _walk(value, inner, creating, depth + 1)


def _values(kind: str, value: Any, name: str) -> Iterator[Named]:
    """A list of ids is one object each; anything else is taken as one id."""
    if isinstance(value, list) and name.endswith(("ids", "Items")):
        for one in value:
            item = one.get("id") if isinstance(one, dict) else one
            yield Named(kind, item, name)
    else:
        yield Named(kind, value, name)

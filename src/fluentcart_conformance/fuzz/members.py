"""Which members of a body name objects, and of what kind."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fluentcart_conformance.drivers.routes import ROUTES

Path = tuple[str | int, ...]

_KINDS = {
    "customer_id": "customer",
    "customer_ids": "customer",
    "order_id": "order",
    "order_ids": "order",
    "transaction_id": "transaction",
    "address_id": "address",
    "addressId": "address",
    "billing_address_id": "address",
    "shipping_address_id": "address",
    "user_id": "user",
    "deletedItems": "order_item",
    "item_ids": "order_item",
}
_TABLES = {"customer": "customer", "address": "address", "order_items": "order_item"}
_BARE_ID = {"update_customer": "customer", "update_customer_address": "address"}
_NO_LINES_YET = ("create_order", "calculate_shipping")


def path_kinds(operation: str) -> tuple[str, ...]:
    """The kinds of the ids in an operation's path."""
    template = ROUTES[operation][1]
    words = template.strip("/").split("/")
    kinds = []
    for at, word in enumerate(words):
        if word.startswith("{"):
            before = words[at - 1]
            first = "order" if words[0] == "orders" else "customer"
            named = {"transactions": "transaction", "address": "order_address"}
            kinds.append(named.get(before, first))
    return tuple(kinds)


def kind_at(operation: str, path: Path) -> str:
    """The kind of object that the member at `path` names; empty when it names none."""
    names = [part for part in path if isinstance(part, str)]
    if not names:
        return ""
    name, holder = names[-1], names[-2] if len(names) > 1 else ""
    if name in _KINDS:
        return _KINDS[name]
    if name != "id" or (holder == "order_items" and operation in _NO_LINES_YET):
        return ""
    return _TABLES.get(holder, "") if holder else _BARE_ID.get(operation, "")


def leaves(value: Any, at: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every scalar of a body with its path."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from leaves(inner, (*at, name))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from leaves(inner, (*at, index))
    else:
        yield at, value


def members(value: Any, at: Path = ()) -> Iterator[Path]:
    """The path of every member of every object in a body."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield (*at, name)
            yield from members(inner, (*at, name))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from members(inner, (*at, index))


def replaced(value: Any, path: Path, new: Any) -> Any:
    """A copy of the body with another value at `path`."""
    if not path:
        return new
    first, rest = path[0], path[1:]
    if isinstance(value, dict):
        return {**value, first: replaced(value.get(str(first)), rest, new)}
    copy = list(value)
    copy[int(first)] = replaced(copy[int(first)], rest, new)
    return copy


def without(value: Any, path: Path) -> Any:
    """A copy of the body that lacks the member at `path`."""
    first, rest = path[0], path[1:]
    if isinstance(value, dict):
        if not rest:
            return {name: inner for name, inner in value.items() if name != first}
        return {**value, first: without(value[str(first)], rest)}
    copy = list(value)
    copy[int(first)] = without(copy[int(first)], rest)
    return copy


def spelled(path: Path) -> str:
    """A path in words: `order_items.unit_price`; positions do not tell causes apart."""
    return ".".join(part for part in path if isinstance(part, str))

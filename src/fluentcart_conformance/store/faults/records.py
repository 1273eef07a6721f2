"""Finds records in the answers of any profile by the members that only they have."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

Json = dict[str, Any]

_SIGNS: dict[str, Callable[[Json], bool]] = {
    "order": lambda one: "payment_status" in one and "total_amount" in one and "id" in one,
    "tree": lambda one: "order_items" in one and "payment_status" in one,
    "line": lambda one: "line_total" in one and "cart_index" in one,
    "variant": lambda one: "variation_title" in one and "item_price" in one,
    "transaction": lambda one: "transaction_type" in one and "payment_mode" in one,
    "order_address": lambda one: "address_1" in one and "order_id" in one and "id" in one,
    "customer_address": lambda one: "is_primary" in one and "id" in one,
    "formatted": lambda one: "full_name" in one and "postcode" in one and "id" not in one,
    "customer": lambda one: (
        "email" in one and "first_name" in one and "id" in one and "address_1" not in one
    ),
    "activity": lambda one: "module_id" in one,
    "user": lambda one: "user_email" in one,
    "label": lambda one: "value" in one and "color" in one,
    "label_relation": lambda one: "label_id" in one and "labelable_id" in one,
    "operation": lambda one: "created_via" in one,
    "subscription": lambda one: "billing_interval" in one,
    "paging": lambda one: "per_page" in one and "total" in one,
    "method": lambda one: "is_enabled" in one and "title" in one,
    "shipped": lambda one: "shipping_charge" in one and "quantity" in one and "cost" not in one,
    "stats": lambda one: "average_order_value" in one,
    "result": lambda one: "success" in one and "customer_id" in one,
    "coupon": lambda one: "discounted_amount" in one,
    "figures": lambda one: "order_count" in one or "purchase_count" in one,
}


def every(body: Any) -> Iterator[Json]:
    """All objects of a body, outer ones first."""
    if isinstance(body, dict):
        yield body
        for value in body.values():
            yield from every(value)
    elif isinstance(body, list):
        for value in body:
            yield from every(value)


def records(body: Any, kind: str) -> list[Json]:
    """The records of a kind in a body, outer ones first."""
    sign = _SIGNS[kind]
    return [one for one in every(body) if sign(one)]


def rows(body: Any) -> list[Any]:
    """The list that an answer is about: rows of a page, addresses, users, ..."""
    if isinstance(body, list):
        return body
    for one in every(body):
        for value in one.values():
            if isinstance(value, list):
                return value
    return []


def parts(members: Json, name: str) -> list[Json]:
    """The objects that a member holds, one or several; what else is sent there is none."""
    part = members.get(name)
    found = part if isinstance(part, list) else [part]
    return [one for one in found if isinstance(one, dict)]


def listed(members: Json, name: str) -> list[Any]:
    """The list that a member holds, [] when it is something else."""
    found = members.get(name)
    return found if isinstance(found, list) else []


def first_of(record: Json, names: tuple[str, ...]) -> str | None:
    """The member among `names` that the record has: profiles call the same thing differently."""
    return next((name for name in names if name in record), None)


def moved(value: Any, by: int) -> Any:
    """A number, or digits as text, moved; anything else stays."""
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return value + by
    if isinstance(value, str) and value.lstrip("-").isdigit():
        return str(int(value) + by)
    return value


def scaled(value: Any, factor: float) -> Any:
    """A number, or digits as text, times a factor; whole where the product is whole."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, str) and not value.lstrip("-").isdigit():
        return value
    if not isinstance(value, int | float | str):
        return value
    product = float(value) * factor
    number: int | float = int(product) if product == int(product) else product
    return str(number) if isinstance(value, str) else number

"""Read a target's answers: which profile it speaks, what can be ordered, how names are written.

Pure functions on JSON values of any shape; nothing here trusts the target.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import ValidationError

from .errors import ConfigError
from .settings import Product

DOCUMENTED = "documented"
PLUGIN_13 = "fluentcart-1.3"
PLUGIN_15 = "fluentcart-1.5"
# From here on refunds are sent in cents (1.6.2), so an older profile would refund a hundredfold.
FIRST_UNKNOWN = (1, 6)
_VERSION = re.compile(r"(\d{1,4})\.(\d{1,4})(?:\.(\d{1,6}))?")
_OF_A_RUN = re.compile(r"fcc-[0-9a-f]{8} ")
_BIGGEST_ID = 2**63


@dataclass(frozen=True, slots=True)
class Signs:
    """What the profile is told by: bodies as read (None when unreadable), routes, version."""

    customers: Any = None
    orders: Any = None
    order: Any = None
    routes: frozenset[str] = frozenset()
    version: str = ""


def profile_of(signs: Signs) -> tuple[str, str]:
    """The profile and how it is known, in words.

    Raises ConfigError for a version of the plugin that no profile describes.
    """
    if signs.version:
        return _by_version(signs.version)
    if isinstance(dig(signs.customers, "data"), dict) and "success" in signs.customers:
        return DOCUMENTED, "the customers list is wrapped in success and data, as documented"
    if not isinstance(dig(signs.customers, "customers", "data"), list):
        return DOCUMENTED, "no list told its form, so the documents are taken at their word"
    newer = (
        any(route.endswith("/orders/calculate-tax") for route in signs.routes),
        isinstance(signs.order, dict) and "checkout_shipping" in signs.order,
    )
    begun = "the customers list is a bare paginator"
    if any(newer):
        sign = "a route calculates tax" if newer[0] else "an order has checkout_shipping"
        return PLUGIN_15, f"{begun}, and {sign}, as since 1.4"
    if isinstance(signs.order, dict):
        return PLUGIN_13, f"{begun}, and an order's details have no checkout_shipping"
    return PLUGIN_13, f"{begun}; no order was there to tell 1.3 from 1.5"


def _by_version(version: str) -> tuple[str, str]:
    match = _VERSION.match(version)
    number = (int(match[1]), int(match[2])) if match else FIRST_UNKNOWN
    if number >= FIRST_UNKNOWN:
        raise ConfigError(
            f"this is FluentCart {version}; from 1.6 on refund amounts may be cents, and no "
            "profile describes that yet; choose one with --profile if you know better"
        )
    chosen = PLUGIN_15 if number >= (1, 4) else PLUGIN_13
    return chosen, f"the site lists the plugin FluentCart {version}"


def full_name_of(choice: str, fields: Any, profile: str) -> tuple[bool, str]:
    """Whether customers are written with `full_name`, and how that is known."""
    if choice != "auto":
        return choice == "full", "set by the operator"
    basic = dig(fields, "settings", "basic_info")
    if isinstance(basic, dict):
        first = dig(basic, "first_name", "enabled") == "yes"
        return not first, "from the store's checkout fields"
    if profile == DOCUMENTED:
        return False, "the documents' default"
    return True, "the plugin's default"


def orders_in(body: Any) -> list[dict[str, Any]]:
    """The rows of an orders list in any envelope."""
    for page in (dig(body, "orders"), dig(body, "data", "orders")):
        rows = page if isinstance(page, list) else dig(page, "data")
        if isinstance(rows, list):
            return [row for row in rows if isinstance(row, dict)]
    return []


def has_orders(body: Any) -> bool:
    """Whether a body is a list of orders in any envelope, empty ones included."""
    return any(
        isinstance(page, (list, dict))
        for page in (dig(body, "orders"), dig(body, "data", "orders"))
    )


def order_in(body: Any) -> dict[str, Any]:
    """The order of a details answer in any envelope; empty when there is none."""
    for order in (dig(body, "order"), dig(body, "data", "order")):
        if isinstance(order, dict):
            return order
    return {}


def products_in(order: dict[str, Any]) -> Iterable[Product]:
    """What an existing order shows to be orderable: one-time items whose variation is there.

    Products that a run made are left out: they go when that run ends.
    """
    items = order.get("order_items")
    for item in items if isinstance(items, list) else ():
        if not isinstance(item, dict):
            continue
        variant = item.get("variants")
        variant = variant if isinstance(variant, dict) else {}
        kind = item.get("fulfillment_type") or variant.get("fulfillment_type")
        payment = dig(item, "other_info", "payment_type") or item.get("payment_type") or "onetime"
        gone = not variant or variant.get("item_status") not in (None, "", "active")
        sold_out = variant.get("stock_status") not in (None, "", "in-stock")
        if payment != "onetime" or gone or sold_out or kind not in ("digital", "physical"):
            continue
        if _OF_A_RUN.match(str(item.get("post_title", ""))):
            continue
        price = integer(variant.get("item_price"))
        try:
            yield Product(
                post_id=integer(item.get("post_id")) or 0,
                object_id=integer(item.get("object_id")) or integer(variant.get("id")) or 0,
                unit_price=price if price is not None else integer(item.get("unit_price")) or 0,
                fulfillment_type=_kind(kind),
                title=plain(item.get("post_title"), 80),
            )
        except ValidationError:
            continue


def _kind(kind: Any) -> Literal["digital", "physical"]:
    return "physical" if kind == "physical" else "digital"


def shipping_methods_in(body: Any) -> list[int]:
    """Ids of the shipping methods, those of other zones included."""
    found: list[int] = []
    for name in ("shipping_methods", "other_shipping_methods"):
        rows = dig(body, name)
        for row in rows if isinstance(rows, list) else ():
            number = integer(dig(row, "id"))
            if number is not None and number not in found:
                found.append(number)
    return found


def version_in(plugins: Any) -> str:
    """The version of FluentCart in WordPress's list of plugins; "" when it is not there."""
    for row in plugins if isinstance(plugins, list) else ():
        if isinstance(row, dict) and str(row.get("plugin", "")).startswith("fluent-cart/"):
            match = _VERSION.match(str(row.get("version", "")))
            return match.group() if match else ""
    return ""


def routes_in(index: Any) -> frozenset[str]:
    """The route patterns of a namespace index."""
    routes = dig(index, "routes")
    return frozenset(routes) if isinstance(routes, dict) else frozenset()


def dig(body: Any, *names: str) -> Any:
    """The member under `names`, or None where an object is something else."""
    for name in names:
        if not isinstance(body, dict):
            return None
        body = body.get(name)
    return body


def integer(value: Any) -> int | None:
    """A whole number written as a number or as digits; None for anything else."""
    if isinstance(value, bool):
        return None
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 20:
        value = int(value)
    return value if isinstance(value, int) and abs(value) < _BIGGEST_ID else None


def plain(value: Any, longest: int = 40) -> str:
    """Text from a target fit to be shown: printable, short; "" for anything but text."""
    if not isinstance(value, str):
        return ""
    return "".join(char for char in value if char.isprintable())[:longest]

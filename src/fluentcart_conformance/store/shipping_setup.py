"""Shipping zones and methods over REST, as far as a caller needs them to set up data of his own."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from fluentcart_conformance.store.db import Row, from_json, to_json
from fluentcart_conformance.store.http import Request, Response, invalid, not_found
from fluentcart_conformance.store.routing import Routes
from fluentcart_conformance.store.values import integer

if TYPE_CHECKING:
    from fluentcart_conformance.store.shop import Shop

routes = Routes()

_MANAGE = "store/settings"
_RATES = ("per_order", "per_item")
_MOST = Decimal(10**9)


@routes.route("POST", "/shipping/zones", operation="create_shipping_zone", permission=_MANAGE)
def create_zone(request: Request, shop: Shop) -> Response:
    """A new zone: a name and the country it covers, or `all`."""
    name, region = request.body.get("name"), request.body.get("region")
    if not isinstance(name, str) or not name.strip():
        raise invalid("name", "required", "Name is required.")
    if not isinstance(region, str) or not region.strip():
        raise invalid("region", "required", "Region is required.")
    made = shop.db.insert("shipping_zones", {"name": name, "region": region})
    body = {"shipping_zone": _zone(shop, made), "message": "Shipping zone has been created"}
    return Response(200, body)


@routes.route("GET", "/shipping/zones/{id}", operation="get_shipping_zone", permission=_MANAGE)
def get_zone(request: Request, shop: Shop) -> Response:
    """A zone with all its methods, those that are switched off included."""
    return Response(200, {"shipping_zone": _zone(shop, request.params["id"])})


@routes.route(
    "DELETE", "/shipping/zones/{id}", operation="delete_shipping_zone", permission=_MANAGE
)
def delete_zone(request: Request, shop: Shop) -> Response:
    """The zone is gone, and its methods with it."""
    zone = _zone(shop, request.params["id"])
    shop.db.delete("shipping_zones", zone["id"])
    return Response(200, {"message": "Shipping zone has been deleted"})


@routes.route("POST", "/shipping/methods", operation="create_shipping_method", permission=_MANAGE)
def create_method(request: Request, shop: Shop) -> Response:
    """A new method of a zone; `amount` is decimal, `states` narrows the country."""
    body = request.body
    zone_id, title = integer(body.get("zone_id")), body.get("title")
    if zone_id is None or shop.db.get("shipping_zones", zone_id) is None:
        raise invalid("zone_id", "exists", "The zone is not known.")
    if not isinstance(title, str) or not title.strip():
        raise invalid("title", "required", "Title is required.")
    settings = body.get("settings")
    rate = settings.get("configure_rate") if isinstance(settings, dict) else "per_order"
    if rate not in _RATES:
        raise invalid("settings", "1", "Invalid rate.")
    states = body.get("states")
    row = {
        "zone_id": zone_id,
        "title": title,
        "amount": _cents(body.get("amount")),
        "settings": to_json({"configure_rate": rate, "class_aggregation": None}),
        "states": to_json(states if isinstance(states, list) else []),
        "is_enabled": int(body.get("is_enabled") in (True, 1, "1")),
    }
    shop.db.insert("shipping_methods", row)
    return Response(200, {"message": "Shipping method has been created"})


@routes.route(
    "DELETE", "/shipping/methods/{id}", operation="delete_shipping_method", permission=_MANAGE
)
def delete_method(request: Request, shop: Shop) -> Response:
    """The method is gone."""
    if not shop.db.delete("shipping_methods", request.params["id"]):
        raise not_found("shipping_method", request.params["id"])
    return Response(200, {"message": "Shipping method has been deleted"})


def _zone(shop: Shop, zone_id: int) -> dict[str, Any]:
    row = shop.db.get("shipping_zones", zone_id)
    if row is None:
        raise not_found("shipping_zone", zone_id)
    methods = shop.db.all(
        "SELECT * FROM shipping_methods WHERE zone_id = ? ORDER BY id", (zone_id,)
    )
    return {**row, "methods": [_method(one) for one in methods]}


def _method(row: Row) -> dict[str, Any]:
    return {
        **row,
        "amount": f"{Decimal(row['amount']) / 100:.2f}",
        "settings": from_json(row["settings"]),
        "states": from_json(row["states"]),
        "meta": from_json(row["meta"]),
        "is_enabled": bool(row["is_enabled"]),
    }


def _cents(amount: Any) -> int:
    try:
        units = Decimal(str(amount))
    except InvalidOperation:
        raise invalid("amount", "numeric", "Amount must be a number.") from None
    if not (units.is_finite() and 0 <= units <= _MOST):
        raise invalid("amount", "min", "Amount must not be negative.")
    return int((units * 100).to_integral_value())

"""Coupons over REST, as far as a caller needs them to set up data of his own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fluentcart_conformance.store.db import Row
from fluentcart_conformance.store.http import Request, Response, invalid, not_found
from fluentcart_conformance.store.routing import Routes
from fluentcart_conformance.store.values import integer

if TYPE_CHECKING:
    from fluentcart_conformance.store.shop import Shop

routes = Routes()

_MANAGE = "coupons/manage"
_TYPES = ("percentage", "fixed")
_MOST_PERCENT = 100


@routes.route("GET", "/coupons", operation="list_coupons", permission="coupons/view")
def list_coupons(request: Request, shop: Shop) -> Response:
    """All coupons."""
    del request
    rows = shop.db.all("SELECT * FROM coupons ORDER BY id")
    return Response(200, {"coupons": {"data": [_coupon(row) for row in rows]}})


@routes.route("POST", "/coupons", operation="create_coupon", permission=_MANAGE)
def create_coupon(request: Request, shop: Shop) -> Response:
    """A new coupon: code, type and amount (percent, or cents when fixed)."""
    body = request.body
    code, amount = body.get("code"), integer(body.get("amount"))
    if not isinstance(code, str) or not code.strip():
        raise invalid("code", "required", "Code is required.")
    if body.get("type") not in _TYPES:
        raise invalid("type", "1", "Invalid coupon type.")
    if amount is None or amount < 0 or (body["type"] == "percentage" and amount > _MOST_PERCENT):
        raise invalid("amount", "1", "Invalid amount.")
    if shop.db.one("SELECT id FROM coupons WHERE code = ?", (code,)):
        raise invalid("code", "unique", "Code is already taken.")
    row = {
        "title": str(body.get("title") or code),
        "code": code,
        "type": body["type"],
        "amount": amount,
        "stackable": int(body.get("stackable") in (True, 1, "1", "yes")),
        "priority": integer(body.get("priority")) or 1,
        "notes": str(body.get("notes") or ""),
    }
    made = shop.db.get("coupons", shop.db.insert("coupons", row)) or {}
    return Response(200, {"data": _coupon(made), "message": "Coupon created successfully"})


@routes.route("DELETE", "/coupons/{id}", operation="delete_coupon", permission=_MANAGE)
def delete_coupon(request: Request, shop: Shop) -> Response:
    """The coupon is gone; orders keep what it took off."""
    row = shop.db.get("coupons", request.params["id"])
    if row is None:
        raise not_found("Coupon", request.params["id"])
    shop.db.delete("coupons", row["id"])
    return Response(200, {"data": None, "message": "Coupon deleted successfully"})


def _coupon(row: Row) -> dict[str, Any]:
    shown = dict(row)
    shown["stackable"] = "yes" if row["stackable"] else "no"
    return shown

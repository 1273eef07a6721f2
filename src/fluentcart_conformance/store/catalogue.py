"""Products, labels and coupons over REST: what a caller needs to set up data of his own."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from fluentcart_conformance.store.db import Row, from_json, to_json
from fluentcart_conformance.store.http import Request, Response, invalid, not_found
from fluentcart_conformance.store.routing import Routes
from fluentcart_conformance.store.values import integer
from fluentcart_conformance.store.wire.text import iso_offset

if TYPE_CHECKING:
    from fluentcart_conformance.store.shop import Shop

routes = Routes()

_MANAGE = "products/manage"
_LABELS = "labels/manage"
_COUPONS = "coupons/manage"
_KINDS = ("digital", "physical")
_DEAREST = Decimal(10) ** 12


@routes.route("GET", "/products", operation="list_products", permission="products/view")
def list_products(request: Request, shop: Shop) -> Response:
    """All products with their variations."""
    del request
    rows = shop.db.all("SELECT * FROM products ORDER BY id")
    return Response(200, {"products": {"data": [_product(row, shop) for row in rows]}})


@routes.route("GET", "/products/{id}/pricing", operation="get_product", permission="products/view")
def get_product(request: Request, shop: Shop) -> Response:
    """One product with its variations."""
    return Response(200, {"product": _product(_found(shop, "products", request), shop)})


@routes.route("POST", "/products", operation="create_product", permission=_MANAGE)
def create_product(request: Request, shop: Shop) -> Response:
    """A new product with one variation that costs nothing yet; a draft unless it says publish."""
    body = request.body
    title = body.get("post_title")
    if not isinstance(title, str) or not title.strip():
        raise invalid("post_title", "required", "Title is required.")
    detail = body.get("detail")
    kind = detail.get("fulfillment_type") if isinstance(detail, dict) else None
    if kind not in _KINDS:
        raise invalid("detail.fulfillment_type", "1", "Invalid fulfillment type.")
    product = {
        "post_title": title,
        "post_status": "publish" if body.get("post_status") == "publish" else "draft",
        "fulfillment_type": kind,
    }
    post_id = shop.db.insert("products", product)
    variation = {
        "post_id": post_id,
        "variation_title": title,
        "fulfillment_type": kind,
        "total_stock": 1,
        "available": 1,
        "other_info": to_json({"payment_type": "onetime", "description": ""}),
    }
    variation_id = shop.db.insert("product_variations", variation)
    row = shop.db.get("product_variations", variation_id) or {}
    data = {"ID": post_id, "variant": _variation(row), "product_details": None}
    return Response(200, {"data": data, "message": "Product has been created successfully"})


@routes.route("POST", "/products/variants/{id}", operation="update_variation", permission=_MANAGE)
def update_variation(request: Request, shop: Shop) -> Response:
    """Title, price (decimal, `25.00`), stock and payment type of a variation."""
    row = _found(shop, "product_variations", request)
    sent = request.body.get("variants")
    sent = sent if isinstance(sent, dict) else {}
    values: dict[str, Any] = {}
    if "item_price" in sent:
        values["item_price"] = _cents(sent["item_price"])
    if isinstance(sent.get("variation_title"), str):
        values["variation_title"] = sent["variation_title"]
    for name in ("total_stock", "available", "committed", "on_hold", "manage_stock"):
        number = integer(sent.get(name))
        if number is not None:
            values[name] = number
    info = sent.get("other_info")
    if isinstance(info, dict):
        values["other_info"] = to_json(info)
        if info.get("payment_type") in ("onetime", "subscription"):
            values["payment_type"] = info["payment_type"]
    shop.db.update("product_variations", row["id"], values)
    changed = shop.db.get("product_variations", row["id"]) or {}
    return Response(200, {"message": "Pricing has been updated", "data": _variation(changed)})


@routes.route("DELETE", "/products/{id}", operation="delete_product", permission=_MANAGE)
def delete_product(request: Request, shop: Shop) -> Response:
    """A product goes with its variations; orders keep their lines."""
    row = _found(shop, "products", request)
    shop.db.delete("products", row["id"])
    return Response(200, {"message": "Product has been deleted successfully"})


@routes.route("GET", "/labels", operation="list_labels", permission="labels/view")
def list_labels(request: Request, shop: Shop) -> Response:
    """All labels."""
    del request
    rows = shop.db.all("SELECT * FROM labels ORDER BY id")
    return Response(200, {"labels": [_label(row) for row in rows]})


@routes.route("POST", "/labels", operation="create_label", permission=_LABELS)
def create_label(request: Request, shop: Shop) -> Response:
    """A new label; its value is unique."""
    value = request.body.get("value")
    if not isinstance(value, str) or not value.strip():
        raise invalid("value", "required", "Value is required.")
    if shop.db.value("SELECT 1 FROM labels WHERE value = ?", (value,)):
        raise invalid("value", "unique", "Label already exists.")
    color = request.body.get("color")
    label = {"value": value, "color": color if isinstance(color, str) else ""}
    row = shop.db.get("labels", shop.db.insert("labels", label)) or {}
    return Response(200, {"message": "Label created successfully!", "data": _label(row)})


@routes.route(
    "POST", "/labels/update-label-selections", operation="select_labels", permission=_LABELS
)
def select_labels(request: Request, shop: Shop) -> Response:
    """An order has exactly these labels: `bind_to_type`, `bind_to_id`, `selectedLabels`."""
    body = request.body
    order, wanted = integer(body.get("bind_to_id")), body.get("selectedLabels")
    if body.get("bind_to_type") != "Order" or order is None or not isinstance(wanted, list):
        raise invalid("bind_to_type", "in", "Labels are given to orders.")
    if shop.db.get("orders", order) is None:
        raise not_found("Order", order)
    owner = {"labelable_type": "Order", "labelable_id": order}
    shop.db.run(
        "DELETE FROM label_relations WHERE labelable_type = 'Order' AND labelable_id = ?", (order,)
    )
    for label in sorted({number for one in wanted if (number := integer(one)) is not None}):
        if shop.db.get("labels", label) is not None:
            shop.db.insert("label_relations", {**owner, "label_id": label})
    return Response(200, {"message": "Labels Updated Successfully"})


@routes.route("DELETE", "/labels/{id}", operation="delete_label", permission=_LABELS)
def delete_label(request: Request, shop: Shop) -> Response:
    """A label goes from everything it was on."""
    row = _found(shop, "labels", request)
    shop.db.delete("labels", row["id"])
    return Response(200, {"message": "Label deleted successfully!"})


@routes.route("GET", "/coupons", operation="list_coupons", permission="coupons/view")
def list_coupons(request: Request, shop: Shop) -> Response:
    """All coupons."""
    del request
    rows = shop.db.all("SELECT * FROM coupons ORDER BY id")
    return Response(200, {"coupons": {"data": [_coupon(row) for row in rows]}})


@routes.route("POST", "/coupons", operation="create_coupon", permission=_COUPONS)
def create_coupon(request: Request, shop: Shop) -> Response:
    """A new coupon; its code is unique, whatever the case."""
    body = request.body
    code = body.get("code")
    if not isinstance(code, str) or not code.strip():
        raise invalid("code", "required", "Code is required.")
    if shop.db.value("SELECT 1 FROM coupons WHERE code = ?", (code,)):
        raise invalid("code", "unique", "Coupon code already exists.")
    coupon = {
        "title": str(body.get("title") or code),
        "code": code,
        "type": "fixed" if body.get("type") == "fixed" else "percentage",
        "amount": integer(body.get("amount")) or 0,
        "stackable": int(body.get("stackable") in ("yes", True, 1)),
    }
    row = shop.db.get("coupons", shop.db.insert("coupons", coupon)) or {}
    return Response(200, {"message": "Coupon created successfully!", "data": _coupon(row)})


@routes.route("DELETE", "/coupons/{id}", operation="delete_coupon", permission=_COUPONS)
def delete_coupon(request: Request, shop: Shop) -> Response:
    """A coupon goes; orders keep what it took off."""
    row = _found(shop, "coupons", request)
    shop.db.delete("coupons", row["id"])
    return Response(200, {"message": "Coupon successfully deleted.", "data": ""})


def _coupon(row: Row) -> dict[str, Any]:
    names = ("id", "title", "code", "type", "amount", "status", "priority", "notes")
    dates = {name: iso_offset(row[name]) for name in ("created_at", "updated_at")}
    stackable = "yes" if row["stackable"] else "no"
    return {**{name: row[name] for name in names}, "stackable": stackable, **dates}


def _found(shop: Shop, table: str, request: Request) -> Row:
    row = shop.db.get(table, request.params["id"])
    if row is None:
        raise not_found(table.rstrip("s"), request.params["id"])
    return row


def _cents(value: Any) -> int:
    """Read a decimal price; Refusal 422 for anything below nothing or no number."""
    message = "Price must be a positive number greater than 0."
    try:
        price = Decimal(str(value)) if not isinstance(value, bool) else Decimal(-1)
    except InvalidOperation:
        raise invalid("variants.item_price", "min", message) from None
    if not price.is_finite() or not 0 <= price < _DEAREST:
        raise invalid("variants.item_price", "min", message)
    return int((price * 100).quantize(Decimal(1), ROUND_HALF_UP))


def _product(row: Row, shop: Shop) -> dict[str, Any]:
    variations = shop.db.all(
        "SELECT * FROM product_variations WHERE post_id = ? ORDER BY id", (row["id"],)
    )
    return {
        "ID": row["id"],
        "post_title": row["post_title"],
        "post_status": row["post_status"],
        "detail": {
            "post_id": row["id"],
            "fulfillment_type": row["fulfillment_type"],
            "variation_type": row["variation_type"],
        },
        "variants": [_variation(one) for one in variations],
    }


def _variation(row: Row) -> dict[str, Any]:
    return row | {
        "other_info": from_json(row["other_info"]),
        "created_at": iso_offset(row["created_at"]),
        "updated_at": iso_offset(row["updated_at"]),
        "thumbnail": None,
        "media": None,
    }


def _label(row: Row) -> dict[str, Any]:
    return row | {
        "created_at": iso_offset(row["created_at"]),
        "updated_at": iso_offset(row["updated_at"]),
    }

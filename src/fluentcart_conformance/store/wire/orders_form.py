"""How a profile spells the members of an order tree, and its row, lines and payments."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from fluentcart_conformance.store.db import Row, from_json
from fluentcart_conformance.store.orders.money import formatted
from fluentcart_conformance.store.wire.full_record import FullRecordForm

Json = dict[str, Any]
Moment = Callable[[str | None], str | None]


@dataclass(frozen=True)
class OrderForm:
    """Spelling of an order tree.

    Attributes:
        moment: Form of created_at and updated_at.
        paid: total_paid and total_refund: cents as a number or as digits.
        transaction_number: order_id and total of a transaction, likewise.
        order_rate: Rate of an order from the rate kept.
        tax_behavior: Tax behaviour from the number kept.
        no_number: What a transaction's subscription_id is without a subscription.
        nothing: What an empty text of the catalogue is.
        empty_object: What an object without members is: `{}`, or PHP's `[]`.
        customer: Form of the customer inside.
        later: Members that FluentCart 1.5 added are shown.
        observed: Members that only the plugin shows are shown.
    """

    moment: Moment
    paid: Callable[[int], Any]
    transaction_number: Callable[[int], Any]
    order_rate: Callable[[str], str]
    tax_behavior: Callable[[int], Any]
    no_number: Any
    nothing: str | None
    empty_object: Callable[[], Any]
    customer: FullRecordForm
    later: bool = False
    observed: bool = True


def order_row(row: Row, form: OrderForm) -> Json:
    """Return an order's own members, without relations."""
    receipt = row["receipt_number"]
    members: Json = {
        "id": row["id"],
        "status": row["status"],
        "parent_id": row["parent_id"],
        "receipt_number": None if receipt is None else str(receipt),
        "invoice_no": row["invoice_no"],
        "fulfillment_type": row["fulfillment_type"],
        "type": row["type"],
        "mode": row["mode"],
        "shipping_status": row["shipping_status"],
        "customer_id": row["customer_id"],
        "payment_method": row["payment_method"],
        "payment_status": row["payment_status"],
        "payment_method_title": row["payment_method_title"],
        "currency": row["currency"],
        "subtotal": row["subtotal"],
        "discount_tax": row["discount_tax"],
        "manual_discount_total": row["manual_discount_total"],
        "coupon_discount_total": row["coupon_discount_total"],
        "shipping_tax": row["shipping_tax"],
        "shipping_total": row["shipping_total"],
        "fee_total": row["fee_total"],
        "tax_total": row["tax_total"],
        "total_amount": row["total_amount"],
        "total_paid": form.paid(row["total_paid"]),
        "total_refund": form.paid(row["total_refund"]),
        "rate": form.order_rate(row["rate"]),
        "tax_behavior": form.tax_behavior(row["tax_behavior"]),
        "note": row["note"],
        "ip_address": row["ip_address"],
        "completed_at": row["completed_at"],
        "refunded_at": row["refunded_at"],
        "uuid": row["uuid"],
        "config": from_json(row["config"]) or form.empty_object(),
        "created_at": form.moment(row["created_at"]),
        "updated_at": form.moment(row["updated_at"]),
    }
    if not form.observed:
        del members["fee_total"]
    return members


def line(row: Row, form: OrderForm, site: str) -> Json:
    """Return a line of an order with its variation; a custom line has none."""
    variation = row.get("variation")
    info = from_json(row["other_info"]) or form.empty_object()
    members: Json = {
        "id": row["id"],
        "order_id": str(row["order_id"]),
        "post_id": str(row["post_id"]),
        "fulfillment_type": row["fulfillment_type"],
        "payment_type": row["payment_type"],
        "post_title": row["post_title"],
        "title": row["title"],
        "object_id": str(row["object_id"]),
        "cart_index": str(row["cart_index"]),
        "quantity": str(row["quantity"]),
        "unit_price": row["unit_price"],
        "cost": row["cost"],
        "subtotal": row["subtotal"],
        "tax_amount": row["tax_amount"],
        "shipping_charge": row["shipping_charge"],
        "discount_total": row["discount_total"],
        "line_total": row["line_total"],
        "refund_total": row["refund_total"],
        "rate": str(row["rate"]),
        "other_info": info,
        "line_meta": from_json(row["line_meta"]) or form.empty_object(),
        "fulfilled_quantity": str(row["fulfilled_quantity"]),
        "referrer": row["referrer"] if form.observed else row["referrer"] or "",
        "created_at": form.moment(row["created_at"]),
        "updated_at": form.moment(row["updated_at"]),
        "payment_info": "",
        "setup_info": "",
        "is_custom": bool(row["is_custom"]),
        "formatted_total": formatted(row["line_total"]),
        "variants": variant(variation, form, site) if variation else None,
    }
    if form.later:
        members |= {"coupon_discount": 0, "variation_display_title": ""}
        if isinstance(info, dict):
            members["other_info"] = {"variation_type": "simple", "item_attributes": [], **info}
    return members


def variant(row: Row, form: OrderForm, site: str) -> Json:
    """Return the variation of a line."""
    picture = f"{site}/wp-content/uploads/product-{row['post_id']}.png"
    return {
        "id": row["id"],
        "post_id": row["post_id"],
        "media_id": row["media_id"] if form.observed else row["media_id"] or 0,
        "serial_index": row["serial_index"],
        "sold_individually": row["sold_individually"],
        "variation_title": row["variation_title"],
        "variation_identifier": row["variation_identifier"] or form.nothing,
        "sku": row["sku"] or form.nothing,
        "manage_stock": str(row["manage_stock"]),
        "payment_type": row["payment_type"],
        "stock_status": row["stock_status"],
        "backorders": row["backorders"],
        "total_stock": row["total_stock"],
        "on_hold": row["on_hold"],
        "committed": row["committed"],
        "available": row["available"],
        "fulfillment_type": row["fulfillment_type"],
        "item_status": row["item_status"],
        "manage_cost": row["manage_cost"],
        "item_price": row["item_price"],
        "item_cost": row["item_cost"],
        "compare_price": row["compare_price"],
        "shipping_class": row["shipping_class"] or form.nothing,
        "other_info": from_json(row["other_info"]) or form.empty_object(),
        "downloadable": row["downloadable"],
        "created_at": form.moment(row["created_at"]),
        "updated_at": form.moment(row["updated_at"]),
        "thumbnail": None if form.observed else picture,
        "formatted_total": formatted(row["item_price"]),
        "media": None if form.observed else {},
    }


def transaction(row: Row, form: OrderForm) -> Json:
    """Return a transaction; members of `meta` that begin with `_` stay inside the store."""
    kept = from_json(row["meta"]) if isinstance(row["meta"], str) else row["meta"]
    meta = {name: value for name, value in kept.items() if not name.startswith("_")}
    members: Json = {
        "id": row["id"],
        "order_id": form.transaction_number(row["order_id"]),
        "order_type": row["order_type"],
        "transaction_type": row["transaction_type"],
        "subscription_id": row["subscription_id"] or form.no_number,
        "card_last_4": row["card_last_4"],
        "card_brand": row["card_brand"],
        "vendor_charge_id": row["vendor_charge_id"],
        "payment_method": row["payment_method"],
        "payment_mode": row["payment_mode"],
        "payment_method_type": row["payment_method_type"],
        "status": row["status"],
        "currency": row["currency"],
        "total": form.transaction_number(row["total"]),
        "rate": str(row["rate"]),
        "uuid": row["uuid"],
        "meta": meta or form.empty_object(),
        "created_at": form.moment(row["created_at"]),
        "updated_at": form.moment(row["updated_at"]),
        "url": "",
    }
    if form.later:
        is_open = row["transaction_type"] == "charge" and row["status"] == "succeeded"
        members["refundable"] = row["total"] - meta.get("refunded_total", 0) if is_open else 0
    return members

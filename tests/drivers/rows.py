"""An order and its line as a store shows them."""

from __future__ import annotations

from typing import Any


def order_row(**changes: Any) -> dict[str, Any]:
    charge = {"id": 71, "order_id": 5, "transaction_type": "charge", "total": 2500}
    refund = {"id": 72, "order_id": 5, "transaction_type": "refund", "total": 100}
    return {
        "id": 5,
        "customer_id": 7,
        "uuid": "u-5",
        "status": "processing",
        "note": "",
        "shipping_total": 300,
        "manual_discount_total": 50,
        "order_items": [item_row()],
        "transactions": [refund, charge],
        **changes,
    }


def item_row(**changes: Any) -> dict[str, Any]:
    return {
        "id": 51,
        "order_id": "5",
        "post_id": 11,
        "object_id": "111",
        "quantity": "2",
        "title": "Ebook",
        "post_title": "Ebooks",
        "unit_price": 1250,
        "line_total": 2500,
        "fulfillment_type": "digital",
        "payment_type": "onetime",
        **changes,
    }

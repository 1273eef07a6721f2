"""Order operations to the letter of orders-api and the operation pages."""

from __future__ import annotations

from typing import Any

from fluentcart_conformance.store.db import Row, from_json
from fluentcart_conformance.store.http import Request
from fluentcart_conformance.store.orders.reading import OrderTree
from fluentcart_conformance.store.orders.refunding import RefundResult
from fluentcart_conformance.store.wire.full_record import FullRecordForm
from fluentcart_conformance.store.wire.orders import OrdersWire
from fluentcart_conformance.store.wire.orders_form import Json, OrderForm
from fluentcart_conformance.store.wire.orders_tree import OrderRenderer


def _as_kept(moment: str | None) -> str | None:
    return moment


FORM = OrderForm(
    moment=_as_kept,
    paid=int,
    transaction_number=int,
    order_rate=str,
    tax_behavior=str,
    no_number=0,
    nothing="",
    empty_object=dict,
    customer=FullRecordForm(
        moment=_as_kept, purchase_value=lambda row: str(row["total_spent"]), absent=""
    ),
    observed=False,
)


class DocumentedOrders(OrdersWire):
    """Bare members; numbers where orders-api prints numbers."""

    decimal_discount = False
    shows_customer = True

    def __init__(self) -> None:
        super().__init__(OrderRenderer(FORM))

    def details(self, tree: OrderTree, request: Request) -> Json:
        """`{order, discount_meta, shipping_meta, order_settings, selected_labels, tax_id}`."""
        shipping = from_json(tree.order["shipping_meta"])
        if isinstance(shipping, list):
            shipping = shipping[0] if shipping else {}
        return {
            "order": self.order(tree, request),
            "discount_meta": from_json(tree.order["discount_meta"]) or {},
            "shipping_meta": shipping or {},
            "order_settings": {},
            "selected_labels": [row["id"] for row in tree.parts["labels"]],
            "tax_id": None,
        }

    def updated(self, tree: OrderTree, request: Request) -> Json:
        """`{message, order}`."""
        return {"message": "Order updated successfully", "order": self.order(tree, request)}

    def refunded(self, result: RefundResult) -> Json:
        """Three parts, each with status and message."""
        gateway = {"status": "skipped", "message": "No gateway took part in this refund"}
        if result.gateway:
            name = result.gateway.replace("_", " ").title()
            gateway = {"status": "success", "message": f"Refund processed on {name}"}
        ended = {"status": "skipped", "message": "No subscription was to be cancelled"}
        if result.canceled_subscriptions:
            ended = {"status": "success", "message": "Subscription cancelled successfully"}
        done = {"status": "success", "message": "Refund processed on FluentCart."}
        return {"fluent_cart_refund": done, "gateway_refund": gateway, "subscription_cancel": ended}

    def customer_created(self, tree: OrderTree, request: Request) -> Json:
        """`{order}`, as the operation's own page has it."""
        return {"order": self.order(tree, request)}

    def address_edited(self) -> Any:
        """`{message}`."""
        return {"message": "Address updated successfully"}

    def custom_item_added(self, row: Row, order_id: int) -> Json:
        """The new line in short."""
        return {
            "message": "Custom item added successfully",
            "id": row["id"],
            "order_id": order_id,
            "title": row["title"],
            "price": row["unit_price"],
            "quantity": row["quantity"],
            "line_total": row["line_total"],
        }

    def shipping_method(self, row: Row) -> Json:
        """`is_enabled` is text; without lines the charge is the method's own amount."""
        charge = row["shipping_charge"]
        return {
            "id": row["id"],
            "zone_id": row["zone_id"],
            "title": row["title"],
            "type": row["type"],
            "is_enabled": str(row["is_enabled"]),
            "amount": row["amount"],
            "shipping_charge": row["amount"] if charge is None else charge,
            "created_at": row["created_at"],
            "updated_at": row["updated_at"],
        }

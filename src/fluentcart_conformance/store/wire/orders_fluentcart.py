"""Order operations as the plugin puts them on the wire."""

from __future__ import annotations

from typing import Any

from fluentcart_conformance.store.db import Row, from_json
from fluentcart_conformance.store.http import Refusal, Request, Response
from fluentcart_conformance.store.orders.reading import OrderTree
from fluentcart_conformance.store.orders.refunding import RefundResult
from fluentcart_conformance.store.profiles import Profile
from fluentcart_conformance.store.wire.full_record import FullRecordForm
from fluentcart_conformance.store.wire.orders import OrdersWire
from fluentcart_conformance.store.wire.orders_form import Json, OrderForm
from fluentcart_conformance.store.wire.orders_tree import OrderRenderer
from fluentcart_conformance.store.wire.text import iso_offset

_STATUS_PARTS = ("order_items", "customer", "shipping_address", "billing_address")
_READS = ("get_order", "get_order_transactions", "get_order_transaction")
# Refusals that orders-api has under 400 and the plugin sends as 422.
_AS_422 = ("same_transaction_status", "transaction_mismatch", "not_refundable")
# Refusals that the plugin writes as a sentence, not as a map of fields.
_SENTENCES = ("orders_bulk", "update_statuses", "update_transaction_status")


def _form(profile: Profile) -> OrderForm:
    is_later = profile.version >= (1, 5)
    return OrderForm(
        moment=iso_offset,
        paid=str,
        transaction_number=str,
        order_rate=lambda rate: f"{float(rate):.4f}",
        tax_behavior=int if is_later else str,
        no_number=None if is_later else "0",
        nothing=None,
        empty_object=list,
        customer=FullRecordForm(no_user=None if is_later else "0", absent=None if is_later else ""),
        later=is_later,
    )


class FluentCartOrders(OrdersWire):
    """Digits as text, `[]` for empty objects, `{message, data}` for writes."""

    decimal_discount = True
    shows_customer = False

    def __init__(self, profile: Profile) -> None:
        super().__init__(OrderRenderer(_form(profile)))
        self.is_later = profile.version >= (1, 5)

    def count(self, number: int) -> Any:
        """Counts are text."""
        return str(number)

    def details(self, tree: OrderTree, request: Request) -> Json:
        """The order and what its editor needs; metas without content are an empty text."""
        settings: Any = {"reverse_charge_price_mode": "fixed"} if self.is_later else []
        shipping = from_json(tree.order["shipping_meta"])
        answer: Json = {
            "order": self.order(tree, request),
            "discount_meta": from_json(tree.order["discount_meta"]) or "",
            "shipping_meta": ([shipping] if isinstance(shipping, dict) else shipping) or "",
        }
        if not shipping:
            answer["shipping_meta"] = ""
        if self.is_later:
            answer["checkout_shipping"] = None
        return answer | {
            "order_settings": settings,
            "selected_labels": [row["id"] for row in tree.parts["labels"]],
            "tax_id": "",
            "can_send_payment_reminder": tree.order["payment_status"] == "pending",
        }

    def updated(self, tree: OrderTree, request: Request) -> Json:
        """`{message, data: true}`."""
        del tree, request
        return {"message": "Order updated successfully", "data": True}

    def status_updated(self, tree: OrderTree, request: Request) -> Json:
        """`{message, data: order with lines, customer and addresses}`."""
        shown = OrderTree(tree.order, {name: tree.parts[name] for name in _STATUS_PARTS})
        data = self.renderer.with_parts(shown, request.site)
        return {"message": "Status has been updated", "data": data}

    def synced(self, tree: OrderTree, request: Request) -> Json:
        """The order without relations, and both statuses."""
        return super().synced(tree, request) | {"order": self.renderer.row(tree.order)}

    def refunded(self, result: RefundResult) -> Json:
        """Without a gateway the gateway's part fails, the store's own succeeds."""
        done = {"status": "success", "message": "Refund processed on FluentCart."}
        gateway = {
            "status": "failed",
            "message": "ERROR processing refund on Offline_payment: Refund process is not "
            "implemented for this payment gateway.",
        }
        if result.gateway:
            name = result.gateway.replace("_", " ").title()
            gateway = {"status": "success", "message": f"Refund processed on {name}"}
        answer: Json = {"fluent_cart_refund": done, "gateway_refund": gateway}
        if result.canceled_subscriptions:
            message = "Subscription cancelled successfully"
            answer["subscription_cancel"] = {"status": "success", "message": message}
        return answer

    def customer_created(self, tree: OrderTree, request: Request) -> Json:
        """`{message}`."""
        del tree, request
        return {"message": "Customer changed successfully"}

    def address_assigned(self, tree: OrderTree, request: Request) -> Json:
        """`{message}`, and the order from 1.5 on."""
        answer = super().address_assigned(tree, request)
        return answer | {"order": self.order(tree, request)} if self.is_later else answer

    def address_edited(self) -> Any:
        """The bare value true."""
        return True

    def custom_item_added(self, row: Row, order_id: int) -> Json:
        """The line as the editor computes it."""
        return {
            "item_name": row["title"],
            "item_price": row["unit_price"],
            "quantity": row["quantity"],
            "order_id": order_id,
            "variation_type": row["fulfillment_type"],
            "item_total": row["line_total"],
            "line_total": row["line_total"],
            "tax_amount": 0,
            "discount_total": 0,
        }

    def shipping_method(self, row: Row) -> Json:
        """`amount` is decimal text, `is_enabled` a boolean; the charge is 0 without lines."""
        settings = from_json(row["settings"])
        return {
            "id": row["id"],
            "zone_id": str(row["zone_id"]),
            "title": row["title"],
            "type": row["type"],
            "settings": {"class_aggregation": None, "weight_tiers": None, **settings},
            "is_enabled": bool(row["is_enabled"]),
            "states": from_json(row["states"]) or [],
            "amount": f"{row['amount'] // 100}.{row['amount'] % 100:02d}",
            "order": str(row["sort_order"]),
            "meta": from_json(row["meta"]) or [],
            "created_at": iso_offset(row["created_at"]),
            "updated_at": iso_offset(row["updated_at"]),
            "shipping_charge": row["shipping_charge"] or 0,
            "formatted_states": [],
        }

    def refusal(self, operation: str, refusal: Refusal) -> Response | None:
        """Spell the refusals that the plugin writes in forms of their own."""
        if refusal.status == 404 and operation in _READS:
            data = {
                "message": refusal.message,
                "buttonText": "Back to orders",
                "route": "/orders",
            }
            return Response(404, {"data": data, "code": "fluent_cart_entity_not_found"})
        if operation == "delete_order" and refusal.status == 404:
            body = {"message": refusal.message, "data": {"status": "error"}, "errors": []}
            return Response(404, body)
        if operation == "delete_order" and refusal.status == 400:
            body = {"message": refusal.message, "data": refusal.data, "errors": [refusal.message]}
            return Response(400, body)
        if refusal.code in _AS_422:
            more = {"reload": True} if refusal.code == "same_transaction_status" else {}
            return Response(422, {**more, "message": refusal.message})
        if refusal.fields is not None and operation in _SENTENCES:
            return Response(refusal.status, {"message": refusal.message})
        return None

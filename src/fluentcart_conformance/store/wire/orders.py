"""What a wire layer must know about the order operations."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

from fluentcart_conformance.store.db import Row, from_json
from fluentcart_conformance.store.http import Refusal, Request, Response
from fluentcart_conformance.store.orders.listing import ListWish
from fluentcart_conformance.store.orders.reading import OrderTree
from fluentcart_conformance.store.orders.refunding import RefundResult
from fluentcart_conformance.store.orders.shipping import ShippedLine
from fluentcart_conformance.store.orders.statuses import (
    CAPTURE,
    DELETE,
    ORDER_STATUS,
    SHIPPING_STATUS,
    OrderBulkResult,
    refused_sentence,
)
from fluentcart_conformance.store.paging import Page
from fluentcart_conformance.store.wire.orders_form import Json
from fluentcart_conformance.store.wire.orders_tree import OrderRenderer
from fluentcart_conformance.store.wire.paginator import paginator


class OrdersWire(ABC):
    """Writes the answers of the order operations.

    Attributes:
        renderer: Writes trees in the profile's form.
        decimal_discount: `discount.value` of a request is in whole units, not in cents.
        shows_customer: A row of the list carries its customer without being asked.
    """

    decimal_discount: bool
    shows_customer: bool

    def __init__(self, renderer: OrderRenderer) -> None:
        self.renderer = renderer

    def list_relations(self, wish: ListWish) -> list[str]:
        """Return the relations the rows of a list show."""
        if self.shows_customer and (not wish.select or "customer" in wish.select):
            return [*wish.relations, "customer"]
        return wish.relations

    def page(self, page: Page, trees: list[OrderTree], wish: ListWish, request: Request) -> Json:
        """Answer of list_orders."""
        rows = [self._listed(tree, wish, request) for tree in trees]
        return {"orders": paginator(page, rows, request)}

    def _listed(self, tree: OrderTree, wish: ListWish, request: Request) -> Json:
        members = self.renderer.with_parts(tree, request.site)
        chosen = {name: members[name] for name in wish.select if name in members}
        if chosen:
            members = chosen | {name: members[name] for name in tree.parts}
        return members | {name: self.count(number) for name, number in tree.counts.items()}

    def count(self, number: int) -> Any:
        """Spell the number of related rows."""
        return number

    @abstractmethod
    def details(self, tree: OrderTree, request: Request) -> Json:
        """Answer of get_order and the two transaction reads."""

    def order(self, tree: OrderTree, request: Request) -> Json:
        """The whole order as it stands in an answer."""
        return self.renderer.details(tree, request.site)

    def created(self, row: Row) -> Json:
        """Answer of create_order."""
        return {
            "message": "Order created successfully!",
            "order_id": row["id"],
            "uuid": row["uuid"],
        }

    @abstractmethod
    def updated(self, tree: OrderTree, request: Request) -> Json:
        """Answer of update_order."""

    def deleted(self, row: Row) -> Json:
        """Answer of delete_order."""
        data = {"order_id": row["id"], "invoice_no": row["invoice_no"], "status": "success"}
        message = f"Order {row['id']} deleted successfully"
        return {"message": message, "data": data, "errors": []}

    def bulk_done(self, result: OrderBulkResult) -> Json:
        """Answer of orders_bulk: one sentence that names what could not be done."""
        message = bulk_sentence(result)
        if result.failed:
            message = f"{refused_sentence(result)} The others: {message}"
        if result.action != DELETE:
            return {"message": message}
        data = {
            "deleted_order_ids": result.done,
            "deleted_count": len(result.done),
            "failed_order_ids": result.failed,
            "failed_count": len(result.failed),
        }
        return {"message": message, "data": data}

    @abstractmethod
    def refunded(self, result: RefundResult) -> Json:
        """Answer of refund_order."""

    def status_updated(self, tree: OrderTree, request: Request) -> Json:
        """Answer of update_statuses."""
        return {"message": "Status has been updated", "data": self.order(tree, request)}

    @abstractmethod
    def customer_created(self, tree: OrderTree, request: Request) -> Json:
        """Answer of create_and_change_customer."""

    def address_assigned(self, tree: OrderTree, request: Request) -> Json:
        """Answer of update_order_address_id."""
        del tree, request
        return {"message": "Address updated successfully"}

    @abstractmethod
    def address_edited(self) -> Any:
        """Answer of update_order_address."""

    def transaction_updated(self, row: Row) -> Json:
        """Answer of update_transaction_status."""
        return {
            "transaction": self.renderer.transaction(row),
            "message": "Payment status has been successfully updated",
        }

    @abstractmethod
    def custom_item_added(self, row: Row, order_id: int) -> Json:
        """Answer of create_custom_item."""

    @abstractmethod
    def shipping_method(self, row: Row) -> Json:
        """One method of get_shipping_methods."""

    def shipping_calculated(self, charge: int, lines: list[ShippedLine]) -> Json:
        """Answer of calculate_shipping; lines are keyed by variation."""
        empty = self.renderer.form.empty_object
        items: Json = {
            str(line.variation["id"]): {
                "id": line.variation["id"],
                "quantity": line.quantity,
                "shipping_charge": line.charge,
                "unit_price": line.variation["item_price"],
                "other_info": from_json(line.variation["other_info"]) or empty(),
                "discount_total": 0,
                "fulfillment_type": line.variation["fulfillment_type"],
            }
            for line in lines
        }
        return {
            "message": "Shipping updated",
            "shipping_charge": charge,
            "order_items": items or empty(),
        }

    def synced(self, tree: OrderTree, request: Request) -> Json:
        """Answer of sync_statuses."""
        return {
            "message": "Order statuses synced successfully",
            "order": self.order(tree, request),
            "payment_status": tree.order["payment_status"],
            "status": tree.order["status"],
        }

    def refusal(self, operation: str, refusal: Refusal) -> Response | None:
        """Spell a refusal of an order operation; None leaves it to the profile's usual form."""
        del operation, refusal
        return None


def bulk_sentence(result: OrderBulkResult) -> str:
    """Say what was done to the orders."""
    if result.action == DELETE:
        return "Selected order and associated data have been deleted"
    if result.action == CAPTURE:
        return "Payments of the selected orders have been captured"
    if result.action in (ORDER_STATUS, SHIPPING_STATUS):
        what = "Order" if result.action == ORDER_STATUS else "Shipping"
        return f"{what} Status has been changed for the selected orders"
    return f"Selected orders payment status has been marked as {result.new_status}"

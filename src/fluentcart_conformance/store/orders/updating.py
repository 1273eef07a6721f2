"""Editing and deleting an order. Sources: orders-api (Update Order, Delete Order)."""

from __future__ import annotations

from fluentcart_conformance.store.db import Database, Row, to_json
from fluentcart_conformance.store.http import Refusal, invalid
from fluentcart_conformance.store.orders import lines as line_rules
from fluentcart_conformance.store.orders.creation import save_coupons
from fluentcart_conformance.store.orders.inputs import ItemInput, OrderInput
from fluentcart_conformance.store.orders.journal import (
    Actor,
    note_activity,
    order_or_404,
    transactions_of,
)
from fluentcart_conformance.store.orders.money import Totals
from fluentcart_conformance.store.orders.payments import PaymentService, is_received
from fluentcart_conformance.store.orders.states import (
    CANCELED,
    COMPLETED,
    PAYMENT_STATUSES,
    check_order_transition,
)
from fluentcart_conformance.store.purge import purge_orders

_TEXTS = ("invoice_no", "payment_method", "payment_method_title", "currency", "note", "ip_address")
# The transaction status that stands behind a payment status.
_TRANSACTION_WORD = {
    "paid": "succeeded",
    "pending": "pending",
    "failed": "failed",
    "authorized": "authorized",
}


class OrderUpdating:
    """Changes orders; members that were not sent stay as they are."""

    def __init__(self, db: Database, payments: PaymentService) -> None:
        self.db = db
        self.payments = payments

    def update(self, order_id: int, sent: OrderInput, actor: Actor) -> Row:
        """Change the order and return its row.

        Lines with an id are changed, lines without are added, `deleted_items` go; lines not
        named stay.

        Raises:
            Refusal: 404 unknown order or customer; 400 subscription, completed or canceled
                order, or a status that may not follow; 422 a line that is not of this order,
                or no line left.
        """
        order = order_or_404(self.db, order_id)
        columns = self._status_columns(order, sent)
        if self.db.get("customers", sent.customer_id) is None:
            raise Refusal(404, "customer_not_found", "Please set customer first")
        rows = self._lines(order_id, sent)
        totals = _totals(order, sent, rows)
        columns |= self._columns(order, sent, rows)
        columns |= totals.columns()
        self.db.update("orders", order_id, columns)
        line_rules.save_lines(self.db, order_id, rows)
        line_rules.delete_lines(self.db, sent.deleted_items)
        if sent.coupons is not None:
            save_coupons(self.db, order_id, sent.customer_id, sent.coupons)
        self.follow_total(order, totals.total_amount)
        self._apply_payment(order_id, sent)
        note_activity(self.db, order_id, actor, "Order Updated", "Order Updated successfully!")
        return order_or_404(self.db, order_id)

    def _status_columns(self, order: Row, sent: OrderInput) -> Row:
        if order["type"] != "payment":
            raise Refusal(400, "subscription_order", "Subscription Order cannot be edited")
        status = sent.texts.get("status") or order["status"]
        if status == COMPLETED or order["status"] == COMPLETED:
            raise Refusal(400, "completed_order", "Completed status can not be updated")
        if order["status"] == CANCELED:
            sentence = (
                "Your order status is marked as canceled and not eligible for any further "
                "modifications at this time."
            )
            raise Refusal(400, "order_locked", sentence)
        if status == order["status"]:
            return {}
        return {"status": check_order_transition(order["status"], status)}

    def _lines(self, order_id: int, sent: OrderInput) -> list[Row]:
        """Return the lines as they shall be, those to delete left out."""
        present = {row["id"]: row for row in line_rules.lines_of(self.db, order_id)}
        for item_id in sent.deleted_items:
            if item_id not in present:
                raise invalid("deletedItems", "exists", "An item is not of this order.")
        changed = dict(present)
        for item in (item for item in sent.items if item.id):
            if item.id not in present:
                name = f"order_items.{item.position}.id"
                raise invalid(name, "exists", "The item is not of this order.")
            row = changed[item.id]
            if item.variation_id not in (0, row["object_id"]):
                row = line_rules.exchanged_line(row, self._variation(item))
            changed[item.id] = line_rules.changed_line(row, item)
        added = [item for item in sent.items if not item.id]
        variations = line_rules.catalogue_for(self.db, added)
        if any(item.payment_type == line_rules.SUBSCRIPTION for item in sent.items):
            raise Refusal(400, "subscription_order", "Subscription Order cannot be edited")
        rows = [row for row in changed.values() if row["id"] not in set(sent.deleted_items)]
        rows += [line_rules.new_line(item, variations[item.position]) for item in added]
        if not rows:
            raise invalid("order_items", "required", "Item selection is required")
        return rows

    def _variation(self, item: ItemInput) -> Row:
        return line_rules.catalogue_for(self.db, [item])[item.position]

    def _columns(self, order: Row, sent: OrderInput, rows: list[Row]) -> Row:
        columns: Row = {name: sent.texts[name] for name in _TEXTS if sent.texts.get(name)}
        if "note" in sent.texts:
            columns["note"] = sent.texts["note"]
        columns["customer_id"] = sent.customer_id
        physical = not line_rules.all_digital(rows)
        columns["fulfillment_type"] = "physical" if physical else "digital"
        if physical and not order["shipping_status"]:
            columns["shipping_status"] = "unshipped"
        for name in ("discount_tax", "shipping_tax"):
            if name in sent.money:
                columns[name] = sent.money[name]
        if sent.rate is not None:
            columns["rate"] = sent.rate
        if sent.discount_meta is not None:
            columns["discount_meta"] = to_json(sent.discount_meta)
        if sent.shipping_meta is not None:
            columns["shipping_meta"] = to_json(sent.shipping_meta)
        if "user_tz" in sent.texts:
            columns["config"] = to_json({"user_tz": sent.texts["user_tz"]})
        uuid = sent.texts.get("uuid")
        if uuid and not self.db.value("SELECT 1 FROM orders WHERE uuid = ?", (uuid,)):
            columns["uuid"] = uuid
        return columns

    def follow_total(self, order: Row, total_amount: int) -> None:
        """Let a charge that still waits for its money ask for the new total.

        An order that was paid already is settled anew against it.
        """
        if total_amount == order["total_amount"]:
            return
        charges = self._charges(order["id"])
        if len(charges) == 1 and not is_received(charges[0]):
            self.db.update("order_transactions", charges[0]["id"], {"total": total_amount})
        else:
            self.payments.settle_order(order["id"])

    def _apply_payment(self, order_id: int, sent: OrderInput) -> None:
        """Follow `payment_status`, then `total_paid`, where they say something new."""
        order = order_or_404(self.db, order_id)
        word = sent.texts.get("payment_status")
        if word and word not in PAYMENT_STATUSES:
            raise invalid("payment_status", "in", "Provided payment status is not valid")
        if word and word != order["payment_status"]:
            self._set_payment_status(order, word)
        order = order_or_404(self.db, order_id)
        paid = sent.money.get("total_paid")
        if paid is None or paid == order["total_paid"] or order["total_refund"]:
            return
        self._set_total_paid(order, paid)

    def _set_total_paid(self, order: Row, paid: int) -> None:
        """Take a sum as paid: all of it settles the charge, a part is noted as such."""
        charges = self._charges(order["id"])
        received = sum(row["total"] for row in charges if is_received(row))
        if not received <= paid <= order["total_amount"]:
            sentence = "The total_paid must lie between what was received and the total_amount."
            raise invalid("total_paid", "between", sentence)
        if charges and paid == order["total_amount"]:
            self.payments.put_transaction_status(order["id"], charges[-1]["id"], "succeeded")
        else:
            columns = {"total_paid": paid, "payment_status": "partially_paid"}
            self.db.update("orders", order["id"], columns)

    def _charges(self, order_id: int) -> list[Row]:
        rows = transactions_of(self.db, order_id)
        return [row for row in rows if row["transaction_type"] != "refund"]

    def _set_payment_status(self, order: Row, word: str) -> None:
        charges = self._charges(order["id"])
        if word not in _TRANSACTION_WORD or not charges or order["total_refund"]:
            sentence = "The payment status follows from payments and refunds."
            raise invalid("payment_status", "in", sentence)
        transaction_word = _TRANSACTION_WORD[word]
        self.payments.put_transaction_status(order["id"], charges[-1]["id"], transaction_word)

    def delete(self, order_id: int) -> Row:
        """Delete an order with all that hangs on it and return the row it was.

        A subscription order takes its renewals with it.

        Raises:
            Refusal: 404; 400 for a live order that is under way or paid.
        """
        order = order_or_404(self.db, order_id)
        refuse_undeletable(order)
        purge_orders(self.db, [*self._renewals(order), order_id])
        return order

    def _renewals(self, order: Row) -> list[int]:
        if order["type"] != "subscription":
            return []
        sql = "SELECT id FROM orders WHERE parent_id = ? AND type = 'renewal'"
        return [row["id"] for row in self.db.all(sql, (order["id"],))]


def refuse_undeletable(order: Row) -> None:
    """Orders of a live shop go only when nothing is under way and no money is kept.

    Raises:
        Refusal: 400 with the reason.
    """
    if order["mode"] != "live" or order["payment_status"] == "refunded":
        return
    reason = ""
    if order["status"] not in ("on-hold", "pending", "failed", CANCELED):
        reason = f"order status: {order['status']}"
    elif order["payment_status"] not in ("pending", "failed"):
        reason = f"payment status: {order['payment_status']}"
    if reason:
        name = order["invoice_no"] or order["id"]
        data = {
            "order_id": order["id"],
            "invoice_no": order["invoice_no"],
            "status": "error",
            "reason": "order_cannot_be_deleted",
        }
        sentence = f"Order {name} cannot be deleted due to its current {reason}."
        raise Refusal(400, "order_cannot_be_deleted", sentence, data=data)


def _totals(order: Row, sent: OrderInput, rows: list[Row]) -> Totals:
    """Work out the sums anew and price the lines in place; what was not sent stays."""
    subtotal = sum(row["unit_price"] * row["quantity"] for row in rows)
    manual = order["manual_discount_total"]
    if sent.manual_discount is not None:
        manual = sent.manual_discount.of(subtotal)
    coupons = order["coupon_discount_total"]
    if sent.coupon_discount_total is not None:
        coupons = sent.coupon_discount_total
    shipping = order["shipping_total"] if sent.shipping_total is None else sent.shipping_total
    tax = order["tax_total"]
    item_taxes = any(item.tax_amount is not None for item in sent.items)
    if "tax_total" in sent.money and (sent.money["tax_total"] or not item_taxes):
        tax = sent.money["tax_total"]
    elif item_taxes:
        tax = sum(row["tax_amount"] for row in rows)
    totals = Totals(subtotal, manual, coupons, shipping, max(tax, 0))
    line_rules.check_size(totals)
    line_rules.price_lines(rows, manual + coupons)
    return totals

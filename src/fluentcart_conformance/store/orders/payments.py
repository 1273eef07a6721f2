"""Money coming in: marking as paid, transaction statuses, syncing, disputes, captures.

Sources: orders-api (Mark Order as Paid, Update Transaction Status, Sync Order Statuses, Accept
Dispute, Bulk Actions).
"""

from __future__ import annotations

from typing import Any

from fluentcart_conformance.store.db import Database, Row, new_uuid, to_json
from fluentcart_conformance.store.http import Refusal, invalid
from fluentcart_conformance.store.orders.journal import (
    Actor,
    give_invoice_number,
    note_activity,
    order_or_404,
    transactions_of,
)
from fluentcart_conformance.store.orders.limits import Findings
from fluentcart_conformance.store.orders.lines import all_digital, lines_of
from fluentcart_conformance.store.orders.money import Settlement, settle
from fluentcart_conformance.store.orders.states import (
    CANCELED,
    COMPLETED,
    MONEY_RECEIVED,
    TRANSACTION_STATUSES,
    status_after_payment,
)

CHARGE, REFUND, DISPUTE = "charge", "refund", "dispute"
# Set in a transaction's meta once its money arrived, so that giving it back is known as such.
SETTLED = "_settled"
_PAYMENT_TEXTS = {
    "payment_method": 5000,
    "vendor_charge_id": 5000,
    "transaction_type": 100,
    "mark_paid_note": 10**6,
}


class PaymentService:
    """Everything that brings money in or changes the word for it."""

    def __init__(self, db: Database) -> None:
        self.db = db

    def mark_as_paid(self, order_id: int, sent: dict[str, Any], actor: Actor) -> Row:
        """Record the whole amount as received and return the order's row.

        The pending charge is completed with what was sent; members that were not sent stay.

        Raises:
            Refusal: 404; 423 for an order that is paid or canceled; 422 for a transaction
                type that brings no money in.
        """
        order = order_or_404(self.db, order_id)
        if order["payment_status"] in MONEY_RECEIVED and order["payment_status"] != (
            "partially_paid"
        ):
            raise Refusal(423, "already_paid", "Order has already been paid")
        if order["status"] == CANCELED:
            raise Refusal(423, "order_canceled", "Unable to mark paid for canceled order")
        values = _payment_columns(sent)
        charge = self._open_charge(order)
        charge_values = {"status": "succeeded", "total": self._still_due(order), **values}
        charge_values["meta"] = to_json({**charge["meta"], SETTLED: 1})
        self.db.update("order_transactions", charge["id"], charge_values)
        columns: Row = {}
        if values.get("payment_method"):
            columns["payment_method"] = values["payment_method"]
        note = sent.get("mark_paid_note")
        if note:
            columns["note"] = "\n".join(part for part in (order["note"], str(note)) if part)
        if columns:
            self.db.update("orders", order_id, columns)
        note_activity(
            self.db, order_id, actor, "Order marked as paid", str(note or "Payment received.")
        )
        self.settle_order(order_id)
        return self.follow_payment(order_id, actor)

    def _open_charge(self, order: Row) -> Row:
        """Return the charge that waits for its money; makes one when there is none."""
        rows = transactions_of(self.db, order["id"])
        waiting = [
            row for row in rows if row["transaction_type"] != REFUND and not is_received(row)
        ]
        if waiting:
            return waiting[-1]
        charge_id = self.db.insert(
            "order_transactions",
            {
                "order_id": order["id"],
                "order_type": order["type"],
                "payment_method": order["payment_method"],
                "payment_mode": order["mode"],
                "currency": order["currency"],
                "uuid": new_uuid(),
            },
        )
        return next(row for row in transactions_of(self.db, order["id"]) if row["id"] == charge_id)

    def _still_due(self, order: Row) -> int:
        received = [row for row in transactions_of(self.db, order["id"]) if is_received(row)]
        paid = sum(row["total"] for row in received if row["transaction_type"] != REFUND)
        return max(int(order["total_amount"]) - int(paid), 0)

    def settle_order(self, order_id: int) -> Settlement:
        """Bring total_paid, total_refund and payment_status in line with the transactions."""
        order = order_or_404(self.db, order_id)
        settlement = settle(order["total_amount"], _settle_rows(transactions_of(self.db, order_id)))
        columns: Row = {
            "total_paid": settlement.total_paid,
            "total_refund": settlement.total_refund,
            "payment_status": settlement.payment_status,
        }
        if settlement.payment_status == "refunded" and not order["refunded_at"]:
            columns["refunded_at"] = self.db.now()
        if any(order[name] != value for name, value in columns.items()):
            self.db.update("orders", order_id, columns)
        return settlement

    def follow_payment(self, order_id: int, actor: Actor) -> Row:
        """Give a paid order its number and move its status on; returns the order's row."""
        order = order_or_404(self.db, order_id)
        if order["payment_status"] != "paid":
            return order
        status = status_after_payment(order["status"], all_digital(lines_of(self.db, order_id)))
        columns = give_invoice_number(self.db, order)
        if status == COMPLETED and not order["completed_at"]:
            columns["completed_at"] = self.db.now()
        if status != order["status"]:
            columns["status"] = status
            change = f"Order status has been updated from {order['status']} to {status}"
            note_activity(self.db, order_id, actor, "Order status updated", change)
        if columns:
            self.db.update("orders", order_id, columns)
        return order_or_404(self.db, order_id)

    def transaction_of_order(self, order_id: int, transaction_id: int) -> Row:
        """Return a transaction of this order.

        Raises:
            Refusal: 404 for an unknown order or transaction, or one of another order.
        """
        order_or_404(self.db, order_id)
        for row in transactions_of(self.db, order_id):
            if row["id"] == transaction_id:
                return row
        raise Refusal(404, "transaction_not_found", "Transaction not found")

    def set_transaction_status(self, order_id: int, transaction_id: int, word: Any) -> Row:
        """Set the status of a transaction, sync the payment status; returns the transaction.

        Raises:
            Refusal: 404 unknown; 400 the same status or a transaction of another order; 422
                a word that is no transaction status.
        """
        order_or_404(self.db, order_id)
        row = self.db.get("order_transactions", transaction_id)
        if row is None:
            raise Refusal(404, "transaction_not_found", "Transaction not found")
        if row["order_id"] != order_id:
            raise Refusal(
                400,
                "transaction_mismatch",
                "The selected transaction does not match with the provided order",
            )
        if word not in TRANSACTION_STATUSES:
            raise invalid("status", "in", "Provided transaction status is not valid")
        if row["status"] == word:
            raise Refusal(
                400,
                "same_transaction_status",
                "Transaction already has the same status",
            )
        self.put_transaction_status(order_id, transaction_id, str(word))
        return self.transaction_of_order(order_id, transaction_id)

    def put_transaction_status(self, order_id: int, transaction_id: int, word: str) -> None:
        """Write a known status and settle the order."""
        row = self.transaction_of_order(order_id, transaction_id)
        meta = dict(row["meta"])
        if word == "succeeded" or (word == "refunded" and is_received(row)):
            meta[SETTLED] = 1
        else:
            meta.pop(SETTLED, None)
        columns = {"status": word, "meta": to_json(meta)}
        self.db.update("order_transactions", transaction_id, columns)
        self.settle_order(order_id)

    def sync(self, order_id: int, actor: Actor) -> Row:
        """Work payment and order status out anew from the transactions; returns the order.

        Raises:
            Refusal: 404 for an unknown order or one without transactions.
        """
        order_or_404(self.db, order_id)
        if not transactions_of(self.db, order_id):
            raise Refusal(404, "no_transaction", "No transaction found for this order")
        self.settle_order(order_id)
        return self.follow_payment(order_id, actor)

    def accept_dispute(self, order_id: int, transaction_id: int, note: str, actor: Actor) -> None:
        """Give the money of a disputed transaction back.

        Raises:
            Refusal: 404 unknown; 422 not a dispute, or a payment method without disputes.
        """
        row = self.transaction_of_order(order_id, transaction_id)
        if row["transaction_type"] != DISPUTE or row["status"] == "refunded":
            raise Refusal(422, "not_disputed", "The selected transaction is not a dispute")
        if row["payment_method"] == "offline_payment":
            sentence = "This payment method does not support remote dispute management"
            raise Refusal(422, "no_dispute_management", sentence)
        self.put_transaction_status(order_id, transaction_id, "refunded")
        note_activity(self.db, order_id, actor, "Dispute accepted", note or "Dispute accepted!")


def is_received(row: Row) -> bool:
    """Tell whether the money of a charge arrived, even if it went back since."""
    return row["status"] == "succeeded" or bool(row["meta"].get(SETTLED))


def _settle_rows(rows: list[Row]) -> list[dict[str, object]]:
    return [
        {
            "type": row["transaction_type"],
            "status": row["status"],
            "total": row["total"],
            "was_paid": is_received(row),
            "refunded": row["meta"].get("refunded_total", 0),
        }
        for row in rows
    ]


def _payment_columns(sent: dict[str, Any]) -> Row:
    """Check what mark-as-paid was given and return the transaction's columns."""
    findings = Findings()
    findings.texts(sent, _PAYMENT_TEXTS)
    findings.refuse_any()
    columns: Row = {}
    method = sent.get("payment_method")
    if method:
        columns |= {"payment_method": str(method), "payment_method_type": str(method)}
    if sent.get("vendor_charge_id"):
        columns["vendor_charge_id"] = str(sent["vendor_charge_id"])
    kind = sent.get("transaction_type")
    if kind:
        if kind not in (CHARGE, DISPUTE):
            raise invalid("transaction_type", "in", "The transaction_type must be charge.")
        columns["transaction_type"] = kind
    return columns

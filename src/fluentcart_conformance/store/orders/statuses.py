"""Order and shipping status, of one order and of many.

Sources: orders-api (Update Statuses, Bulk Actions).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from fluentcart_conformance.store.db import Database, Row
from fluentcart_conformance.store.http import Refusal, invalid
from fluentcart_conformance.store.orders.journal import (
    Actor,
    note_activity,
    order_or_404,
    transactions_of,
)
from fluentcart_conformance.store.orders.money import to_number
from fluentcart_conformance.store.orders.payments import REFUND, PaymentService
from fluentcart_conformance.store.orders.states import (
    COMPLETED,
    ORDER_STATUSES,
    SHIPPING_STATUSES,
    TRANSACTION_STATUSES,
    check_order_transition,
    check_shipping_transition,
)
from fluentcart_conformance.store.orders.updating import OrderUpdating

ORDER_STATUS, SHIPPING_STATUS = "change_order_status", "change_shipping_status"
PAYMENT_STATUS, CAPTURE, DELETE = "change_payment_status", "capture_payments", "delete_orders"
_SETTABLE = {
    ORDER_STATUS: ("order", ORDER_STATUSES),
    SHIPPING_STATUS: ("shipping", SHIPPING_STATUSES),
    PAYMENT_STATUS: ("payment", TRANSACTION_STATUSES),
}
BULK_ACTIONS = (DELETE, SHIPPING_STATUS, ORDER_STATUS, CAPTURE, PAYMENT_STATUS)


class StatusService:
    """Changes the order status and the shipping status of an order."""

    def __init__(self, db: Database) -> None:
        self.db = db

    def change(self, order_id: int, action: Any, statuses: Any, actor: Actor) -> Row:
        """Carry out `change_order_status` or `change_shipping_status`; returns the order's row.

        Raises:
            Refusal: 404; 422 for an action or status that is missing or unknown; 400 for a
                status that may not follow.
        """
        order_or_404(self.db, order_id)
        if action not in (ORDER_STATUS, SHIPPING_STATUS):
            raise invalid("action", "in", "Selected action is invalid")
        name = "order_status" if action == ORDER_STATUS else "shipping_status"
        wanted = statuses.get(name) if isinstance(statuses, dict) else None
        if wanted in (None, ""):
            raise invalid(f"statuses.{name}", "required", "Please select status")
        if action == ORDER_STATUS:
            return self.set_order_status(order_id, wanted, actor)
        return self.set_shipping_status(order_id, wanted, actor)

    def set_order_status(self, order_id: int, wanted: Any, actor: Actor) -> Row:
        """Move the order status; payment and shipping stay as they are."""
        order = order_or_404(self.db, order_id)
        status = check_order_transition(order["status"], wanted)
        columns: Row = {"status": status}
        if status == COMPLETED and not order["completed_at"]:
            columns["completed_at"] = self.db.now()
        return self._write(order, "Order", order["status"], columns, actor)

    def set_shipping_status(self, order_id: int, wanted: Any, actor: Actor) -> Row:
        """Move the shipping status; order status and payment stay as they are."""
        order = order_or_404(self.db, order_id)
        status = check_shipping_transition(order["shipping_status"], wanted)
        columns: Row = {"shipping_status": status}
        return self._write(order, "Shipping", order["shipping_status"], columns, actor)

    def _write(self, order: Row, what: str, before: str, columns: Row, actor: Actor) -> Row:
        self.db.update("orders", order["id"], columns)
        after = columns.get("status") or columns.get("shipping_status")
        sentence = f"{what} status has been updated from {before or 'none'} to {after}"
        note_activity(self.db, order["id"], actor, f"{what} status updated", sentence)
        return order_or_404(self.db, order["id"])


@dataclass
class OrderBulkResult:
    """What a bulk action did: ids it was done to, and ids it was not."""

    action: str
    new_status: str = ""
    done: list[int] = field(default_factory=list)
    failed: list[int] = field(default_factory=list)


class OrderBulk:
    """One action on many orders: each is done or left alone by itself."""

    def __init__(
        self,
        db: Database,
        statuses: StatusService,
        payments: PaymentService,
        updating: OrderUpdating,
    ) -> None:
        self.db = db
        self.statuses = statuses
        self.payments = payments
        self.updating = updating

    def run(self, action: Any, ids: Any, new_status: Any, actor: Actor) -> OrderBulkResult:
        """Act on every order named, once each.

        Raises:
            Refusal: 422 for no orders, an unknown action or status; 423 when nothing could be
                done to any of them.
        """
        wanted = _order_ids(ids)
        if not isinstance(action, str) or action not in BULK_ACTIONS:
            raise invalid("action", "in", "Selected action is invalid")
        if action in _SETTABLE:
            _check_status(action, new_status)
        result = OrderBulkResult(action, str(new_status or ""))
        deed = self._deed(action, new_status, actor)
        for order_id in wanted:
            (result.done if self._done(deed, order_id) else result.failed).append(order_id)
        if not result.done:
            raise Refusal(423, "bulk_refused", refused_sentence(result))
        return result

    def _done(self, deed: Callable[[int], object], order_id: int) -> bool:
        if self.db.get("orders", order_id) is None:
            return False
        try:
            deed(order_id)
        except Refusal:
            # Rules look before they write, so a refused order is untouched.
            return False
        return True

    def _deed(self, action: str, new_status: Any, actor: Actor) -> Callable[[int], object]:
        deeds: dict[str, Callable[[int], object]] = {
            DELETE: self.updating.delete,
            CAPTURE: lambda order_id: self.capture(order_id, actor),
            ORDER_STATUS: lambda one: self.statuses.set_order_status(one, new_status, actor),
            SHIPPING_STATUS: lambda one: self.statuses.set_shipping_status(one, new_status, actor),
            PAYMENT_STATUS: lambda order_id: self.set_payment_status(order_id, str(new_status)),
        }
        return deeds[action]

    def set_payment_status(self, order_id: int, word: str) -> None:
        """Set the status of the order's latest charge, and the payment status with it.

        Raises:
            Refusal: 423 for the same status, or money that was given back already.
        """
        charges = self._charges(order_id)
        order = order_or_404(self.db, order_id)
        if not charges or charges[-1]["status"] == word or order["payment_status"] == "refunded":
            raise Refusal(423, "same_payment_status", "The payment status cannot be changed.")
        self.payments.put_transaction_status(order_id, charges[-1]["id"], word)

    def capture(self, order_id: int, actor: Actor) -> None:
        """Take the money of authorized charges.

        Raises:
            Refusal: 423 when there is none, or the order is canceled.
        """
        authorized = [row for row in self._charges(order_id) if row["status"] == "authorized"]
        if not authorized or order_or_404(self.db, order_id)["status"] == "canceled":
            raise Refusal(423, "nothing_authorized", "There is no authorized payment to capture.")
        for row in authorized:
            self.payments.put_transaction_status(order_id, row["id"], "succeeded")
        self.payments.follow_payment(order_id, actor)

    def _charges(self, order_id: int) -> list[Row]:
        rows = transactions_of(self.db, order_id)
        return [row for row in rows if row["transaction_type"] != REFUND]


def _order_ids(ids: Any) -> list[int]:
    """Return the ids of a list, each once."""
    numbers = [to_number(one) for one in ids] if isinstance(ids, list) else []
    whole = [int(one) for one in numbers if one is not None and one == one.to_integral_value()]
    wanted = [one for one in dict.fromkeys(whole) if 0 < one < 2**63]
    if not wanted:
        raise invalid("order_ids", "required", "Orders selection is required")
    return wanted


def _check_status(action: str, new_status: Any) -> None:
    what, words = _SETTABLE[action]
    if new_status in (None, ""):
        raise invalid("new_status", "required", "Please select status")
    if not isinstance(new_status, str) or new_status not in words:
        raise invalid("new_status", "in", f"Provided {what} status is not valid")


_REASONS = {
    ORDER_STATUS: "updated because they are either already cancelled or have the same status.",
    SHIPPING_STATUS: "updated because they have the same status or do not exist.",
    PAYMENT_STATUS: "updated at the moment because its payment status is either the same as "
    "before or has already been refunded.",
    CAPTURE: "captured because they have no authorized payment.",
    DELETE: "deleted at the moment.",
}


def refused_sentence(result: OrderBulkResult) -> str:
    """Name the orders nothing was done to, and why."""
    ids = " , ".join(str(order_id) for order_id in result.failed)
    return f"The order ID - {ids} cannot be {_REASONS[result.action]}"

"""Giving money back. Source: orders-api, Refund Order."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from fluentcart_conformance.store.db import Database, Row, new_uuid, to_json
from fluentcart_conformance.store.http import FieldErrors, Refusal
from fluentcart_conformance.store.orders.journal import (
    Actor,
    note_activity,
    order_or_404,
    transactions_of,
)
from fluentcart_conformance.store.orders.lines import lines_of
from fluentcart_conformance.store.orders.money import (
    cents_from_decimal,
    round_half_up,
    split,
    to_number,
)
from fluentcart_conformance.store.orders.payments import CHARGE, PaymentService

_NO_GATEWAY = ("offline_payment", "", "cash", "manual")


@dataclass(frozen=True)
class RefundWish:
    """A refund as asked for; `amount` in cents."""

    transaction_id: int
    amount: int
    cancel_subscription: bool
    item_ids: tuple[int, ...] = ()
    reason: str = ""


@dataclass(frozen=True)
class RefundResult:
    """What came of it: the gateway that was asked, "" for none, and ended subscriptions."""

    gateway: str
    canceled_subscriptions: int
    cancel_asked: bool


def read_refund(info: Any, *, in_cents: bool) -> RefundWish:
    """Read `refund_info`.

    Args:
        info: The object as sent; `amount` is a decimal amount unless `in_cents`.
        in_cents: The profile sends whole cents.

    Raises:
        Refusal: 422 for missing members or an amount that is no positive sum.
    """
    sent = info if isinstance(info, dict) else {}
    missing: FieldErrors = {}
    if _is_absent(sent.get("transaction_id")):
        missing["transaction_id"] = {"required": "Transaction ID is required"}
    if _is_absent(sent.get("amount")):
        missing["amount"] = {"required": "Refund amount is required"}
    if missing:
        sentence = next(iter(next(iter(missing.values())).values()))
        raise Refusal(422, "validation_error", sentence, missing)
    number = to_number(sent["amount"])
    cents = _cents(number, in_cents)
    if cents <= 0:
        raise Refusal(422, "invalid_amount", "Invalid refund amount.")
    transaction = to_number(sent["transaction_id"])
    ids = sent.get("item_ids")
    listed = [to_number(one) for one in ids] if isinstance(ids, list) else []
    return RefundWish(
        transaction_id=int(transaction) if transaction is not None else 0,
        amount=cents,
        cancel_subscription=str(sent.get("cancelSubscription", "")).lower() in ("true", "1"),
        item_ids=tuple(int(one) for one in listed if one is not None),
        reason=str(sent.get("reason") or ""),
    )


def _is_absent(value: Any) -> bool:
    return value in (None, "", [], {})


def _cents(number: Decimal | None, in_cents: bool) -> int:
    if number is None:
        return 0
    return round_half_up(number) if in_cents else cents_from_decimal(number)


class RefundService:
    """Refunds charges of orders."""

    def __init__(self, db: Database, payments: PaymentService) -> None:
        self.db = db
        self.payments = payments

    def refund(self, order_id: int, wish: RefundWish, actor: Actor) -> RefundResult:
        """Record a refund: its transaction, what the charge and the lines gave back, the sums.

        Raises:
            Refusal: 404 unknown order, or a transaction that is not of this order; 400
                nothing was paid; 422 more than is left, or no charge that was paid.
        """
        order = order_or_404(self.db, order_id)
        charge = self._charge(order, wish)
        left = charge["total"] - charge["meta"].get("refunded_total", 0)
        if wish.amount > order["total_paid"]:
            sentence = "Refund amount exceeds the net paid amount for this order."
            raise Refusal(422, "exceeds_paid", sentence)
        if wish.amount > min(left, order["total_paid"] - order["total_refund"]):
            sentence = "Refund amount exceeds the maximum refundable amount for this transaction."
            raise Refusal(422, "exceeds_left", sentence)
        self._write(order, charge, wish)
        self._spread_over_lines(order_id, wish)
        self.payments.settle_order(order_id)
        note_activity(
            self.db, order_id, actor, "Order Refund", wish.reason or "Order Refund successfully!"
        )
        ended = self._cancel_subscriptions(order_id) if wish.cancel_subscription else 0
        method = str(charge["payment_method"])
        gateway = "" if method in _NO_GATEWAY else method
        return RefundResult(gateway, ended, wish.cancel_subscription)

    def _charge(self, order: Row, wish: RefundWish) -> Row:
        rows = [
            row for row in transactions_of(self.db, order["id"]) if row["id"] == wish.transaction_id
        ]
        if not rows:
            raise Refusal(404, "transaction_not_found", "Transaction not found")
        if order["total_paid"] <= 0:
            raise Refusal(400, "not_refundable", "Order can not be refunded")
        if rows[0]["transaction_type"] != CHARGE or rows[0]["status"] != "succeeded":
            sentence = "Refund amount exceeds the maximum refundable amount for this transaction."
            raise Refusal(422, "exceeds_left", sentence)
        return rows[0]

    def _write(self, order: Row, charge: Row, wish: RefundWish) -> None:
        refund = {
            "order_id": order["id"],
            "order_type": charge["order_type"],
            "transaction_type": "refund",
            "subscription_id": charge["subscription_id"],
            "card_last_4": charge["card_last_4"],
            "card_brand": charge["card_brand"],
            "payment_method": charge["payment_method"],
            "payment_mode": charge["payment_mode"],
            "payment_method_type": charge["payment_method_type"],
            "status": "refunded",
            "currency": charge["currency"],
            "total": wish.amount,
            "rate": charge["rate"],
            "uuid": new_uuid(),
            "meta": to_json({"parent_id": charge["id"], "reason": wish.reason}),
        }
        self.db.insert("order_transactions", refund)
        meta = dict(charge["meta"])
        meta["refunded_total"] = meta.get("refunded_total", 0) + wish.amount
        self.db.update("order_transactions", charge["id"], {"meta": to_json(meta)})

    def _spread_over_lines(self, order_id: int, wish: RefundWish) -> None:
        """Let the lines give back what they can: those named, or all by what they have left."""
        rows = lines_of(self.db, order_id)
        named = [row for row in rows if row["id"] in wish.item_ids] or rows
        room = [max(row["line_total"] - row["refund_total"], 0) for row in named]
        parts = split(min(wish.amount, sum(room)), room)
        for row, part in zip(named, parts, strict=True):
            if part:
                given_back = row["refund_total"] + part
                self.db.update("order_items", row["id"], {"refund_total": given_back})

    def _cancel_subscriptions(self, order_id: int) -> int:
        """End the running subscriptions of an order; returns how many there were."""
        now = self.db.now()
        return self.db.run(
            "UPDATE subscriptions SET status = 'canceled', canceled_at = ?, updated_at = ?"
            " WHERE parent_order_id = ? AND status <> 'canceled'",
            (now, now, order_id),
        )

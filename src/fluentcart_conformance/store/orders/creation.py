"""Creating an order by hand. Sources: orders-api (Create Order), create-order-page."""

from __future__ import annotations

from typing import Any

from fluentcart_conformance.store.db import Database, Row, new_uuid, to_json
from fluentcart_conformance.store.http import Refusal
from fluentcart_conformance.store.orders import lines as line_rules
from fluentcart_conformance.store.orders.addresses import copy_address, primary_address_id
from fluentcart_conformance.store.orders.inputs import OrderInput
from fluentcart_conformance.store.orders.journal import Actor, note_activity
from fluentcart_conformance.store.orders.money import Totals, round_half_up, to_number
from fluentcart_conformance.store.orders.payments import PaymentService
from fluentcart_conformance.store.orders.states import READABLE_ORDER_STATUSES

OFFLINE = "offline_payment"
_TITLES = {OFFLINE: "Cash"}
_COUPON_NUMBERS = (
    "coupon_id",
    "amount",
    "discounted_amount",
    "discount",
    "stackable",
    "priority",
    "use_count",
    "min_purchase_amount",
)


class OrderCreation:
    """Makes orders.

    Args:
        fresh_status: Status of an order when none is given.
        takes_status: True when a known order status in the request is the status of the order.
    """

    def __init__(
        self, db: Database, payments: PaymentService, fresh_status: str, takes_status: bool
    ) -> None:
        self.db = db
        self.payments = payments
        self.fresh_status = fresh_status
        self.takes_status = takes_status

    def create(self, sent: OrderInput, actor: Actor) -> Row:
        """Write the order with lines, charge, addresses and coupons; returns its row.

        An order that costs nothing is paid at once.

        Raises:
            Refusal: 404 unknown customer; 422 line or address that does not exist; 400
                subscription.
        """
        if self.db.get("customers", sent.customer_id) is None:
            raise Refusal(404, "customer_not_found", "Please set customer first")
        variations = line_rules.catalogue_for(self.db, sent.items)
        rows = [line_rules.new_line(item, variations[item.position]) for item in sent.items]
        totals = _totals(sent, rows)
        order_id = self.db.insert("orders", self._columns(sent, rows, totals))
        line_rules.save_lines(self.db, order_id, rows)
        save_coupons(self.db, order_id, sent.customer_id, sent.coupons or [])
        self._add_charge(order_id)
        self._add_addresses(order_id, sent)
        self.db.insert("order_operations", {"order_id": order_id, "created_via": "admin"})
        note_activity(self.db, order_id, actor, "Order Created", "Order Created successfully!")
        if totals.total_amount == 0:
            self.payments.mark_as_paid(order_id, {}, actor)
        created = self.db.get("orders", order_id)
        if created is None:
            raise LookupError(f"order {order_id} vanished while it was made")
        return created

    def _columns(self, sent: OrderInput, rows: list[Row], totals: Totals) -> Row:
        texts = sent.texts
        method = texts.get("payment_method") or OFFLINE
        physical = not line_rules.all_digital(rows)
        return {
            "uuid": self._uuid(texts.get("uuid", "")),
            "status": self._status(texts.get("status")),
            "invoice_no": texts.get("invoice_no", ""),
            "fulfillment_type": "physical" if physical else "digital",
            "shipping_status": "unshipped" if physical else "",
            "mode": self.db.setting("order_mode", "test"),
            "customer_id": sent.customer_id,
            "payment_method": method,
            "payment_method_title": texts.get("payment_method_title")
            or _TITLES.get(method, method.replace("_", " ").title()),
            "currency": texts.get("currency") or self.db.setting("currency", "USD"),
            "discount_tax": sent.money.get("discount_tax", 0),
            "shipping_tax": sent.money.get("shipping_tax", 0),
            "rate": sent.rate or "1",
            "note": texts.get("note", ""),
            "ip_address": texts.get("ip_address", ""),
            "config": to_json({"user_tz": texts.get("user_tz")}),
            "discount_meta": to_json(sent.discount_meta or {}),
            "shipping_meta": to_json(sent.shipping_meta or []),
            **totals.columns(),
        }

    def _status(self, word: str | None) -> str:
        if self.takes_status and word in READABLE_ORDER_STATUSES:
            return str(word)
        return self.fresh_status

    def _uuid(self, wanted: str) -> str:
        """Take the uuid that was sent unless another order has it."""
        taken = self.db.value("SELECT 1 FROM orders WHERE uuid = ?", (wanted,))
        return wanted if wanted and not taken else new_uuid()

    def _add_charge(self, order_id: int) -> None:
        order = self.db.get("orders", order_id) or {}
        charge = {
            "order_id": order_id,
            "order_type": order["type"],
            "payment_method": order["payment_method"],
            "payment_mode": order["mode"],
            "status": "pending",
            "currency": order["currency"],
            "total": order["total_amount"],
            "rate": order["rate"],
            "uuid": new_uuid(),
        }
        self.db.insert("order_transactions", charge)

    def _add_addresses(self, order_id: int, sent: OrderInput) -> None:
        chosen = {"billing": sent.billing_address_id, "shipping": sent.shipping_address_id}
        for kind, address_id in chosen.items():
            wanted = address_id or primary_address_id(self.db, sent.customer_id, kind)
            if wanted:
                copy_address(self.db, order_id, sent.customer_id, wanted, kind)


def _totals(sent: OrderInput, rows: list[Row]) -> Totals:
    """Work out the sums and price the lines in place."""
    subtotal = sum(row["unit_price"] * row["quantity"] for row in rows)
    coupons = sent.coupon_discount_total or 0
    own = sum(row["discount_total"] for row in rows)
    manual = max(own - coupons, 0)
    if sent.manual_discount is not None:
        manual = sent.manual_discount.of(subtotal)
    shipping = sent.shipping_total
    if shipping is None:
        shipping = sum(row["shipping_charge"] for row in rows)
    tax = sent.money.get("tax_total") or sum(row["tax_amount"] for row in rows)
    totals = Totals(subtotal, manual, coupons, shipping, max(tax, 0))
    line_rules.check_size(totals)
    line_rules.price_lines(rows, manual + coupons)
    return totals


def save_coupons(
    db: Database, order_id: int, customer_id: int, coupons: list[dict[str, Any]]
) -> None:
    """Replace the coupons of an order by these rows of `applied_coupon`."""
    db.run("DELETE FROM applied_coupons WHERE order_id = ?", (order_id,))
    for coupon in coupons:
        db.insert("applied_coupons", _coupon_columns(order_id, customer_id, coupon))


def _coupon_columns(order_id: int, customer_id: int, coupon: dict[str, Any]) -> Row:
    row: Row = {name: _int(coupon.get(name)) for name in _COUPON_NUMBERS}
    for name in ("max_uses", "max_per_customer", "max_discount_amount"):
        if coupon.get(name) is not None:
            row[name] = _int(coupon[name])
    row |= {"order_id": order_id, "customer_id": customer_id, "code": str(coupon["code"])}
    row["notes"] = str(coupon.get("notes") or "")
    return row


def _int(value: Any) -> int:
    number = to_number(value)
    return round_half_up(number) if number is not None else 0

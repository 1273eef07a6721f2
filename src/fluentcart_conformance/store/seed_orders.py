"""The seeded orders: every state a reader may want to meet, with sound arithmetic."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from fluentcart_conformance.store.db import Database, Row, to_json

_FIRST_ORDER = datetime(2025, 3, 3, 10, 30, 0)
_SUBSCRIPTION_VARIATION = 7
# Of the routine orders, by their place in the round of five products and of four states.
_PHYSICAL = (2, 4)
_DONE = 2


@dataclass(frozen=True)
class Plan:
    """One order to be: whose, which (variation, quantity) lines, and in what state."""

    person: int
    lines: tuple[tuple[int, int], ...]
    status: str = "on-hold"
    paid: bool = False
    discount: int = 0
    shipping: int = 0
    tax: int = 0
    refund: int = 0
    coupon: int = 0
    shipping_status: str = ""
    kind: str = "payment"
    parent: int | None = None
    label: int = 0


def _plans() -> list[Plan]:
    special = [
        Plan(0, ((0, 1),), "completed", paid=True),
        Plan(0, ((3, 1), (4, 2)), "processing", paid=True, shipping=500, tax=3880,
             shipping_status="shipped", label=1),
        Plan(1, ((0, 2),), discount=500),
        Plan(1, ((1, 1), (2, 1)), "completed", paid=True, refund=1999),
        Plan(2, ((2, 1),), "completed", paid=True, refund=7333),
        Plan(3, ((4, 3),), shipping=1500, shipping_status="unshipped"),
        Plan(3, ((5, 1),), "canceled", shipping_status="unshipped"),
        Plan(5, ((0, 1),), "processing", paid=True, discount=250, coupon=250, label=2),
        Plan(8, ((_SUBSCRIPTION_VARIATION, 1),), "completed", paid=True, kind="subscription"),
        Plan(8, ((_SUBSCRIPTION_VARIATION, 1),), "completed", paid=True, kind="renewal", parent=8),
        Plan(5, ((3, 1), (0, 1)), "processing", paid=True, shipping=500,
             shipping_status="delivered"),
    ]  # fmt: skip
    states = ("on-hold", "processing", "completed", "canceled")
    routine = [
        Plan(
            9 + index % 15,
            (((0, 1, 3, 2, 4)[index % 5], 1 + index % 4),),
            # What has to be shipped is not completed by being paid for.
            "processing" if index % 5 in _PHYSICAL and index % 4 == _DONE else states[index % 4],
            paid=states[index % 4] in ("processing", "completed"),
            shipping_status="unshipped" if index % 5 in _PHYSICAL else "",
        )
        for index in range(22)
    ]
    return special + routine


def seed_orders(db: Database, customers: list[int], variations: list[Row], first_id: int) -> None:
    """Write all planned orders in order; the n-th gets the id `first_id + n`."""
    ids: list[int] = []
    for index, plan in enumerate(_plans()):
        writer = _Writer(db, plan, index, customers[plan.person], variations)
        ids.append(writer.write(ids[plan.parent] if plan.parent is not None else None))
        if plan.label:
            relation = {
                "label_id": first_id + plan.label - 1,
                "labelable_id": ids[-1],
                "labelable_type": "Order",
            }
            db.insert("label_relations", {**relation, **writer.stamps})
    paid = sum(plan.paid for plan in _plans())
    db.set_setting("next_invoice", str(paid + 1))


class _Writer:
    """Writes the rows of one order."""

    def __init__(
        self, db: Database, plan: Plan, index: int, customer_id: int, variations: list[Row]
    ) -> None:
        self.db = db
        self.plan = plan
        self.index = index
        self.customer_id = customer_id
        self.lines = [(variations[which], quantity) for which, quantity in plan.lines]
        moment = (_FIRST_ORDER + timedelta(hours=31 * index)).strftime("%Y-%m-%d %H:%M:%S")
        self.moment = moment
        self.stamps = {"created_at": moment, "updated_at": moment}
        self.subtotal = sum(v["item_price"] * quantity for v, quantity in self.lines)
        manual = plan.discount - plan.coupon
        self.total = self.subtotal - manual - plan.coupon + plan.shipping + plan.tax
        kinds = {variation["fulfillment_type"] for variation, _ in self.lines}
        self.fulfillment = "physical" if "physical" in kinds else "digital"

    def write(self, parent_id: int | None) -> int:
        """Insert order, items, transactions, addresses and the rest; returns the order's id."""
        order_id = self.db.insert("orders", self._order(parent_id))
        for position, (variation, quantity) in enumerate(self.lines):
            row = self._item(order_id, position, variation, quantity)
            self.db.insert("order_items", {**row, **self.stamps})
        self._transactions(order_id)
        self._addresses(order_id)
        operation = {"order_id": order_id, "created_via": "admin", **self.stamps}
        self.db.insert("order_operations", operation)
        activity = {
            "status": "success",
            "module_id": order_id,
            "title": "Order Created",
            "content": "Order created.",
            "created_by": "admin",
            **self.stamps,
        }
        self.db.insert("activities", activity)
        if self.plan.coupon:
            self._coupon(order_id)
        if self.plan.kind == "subscription":
            self._subscription(order_id)
        return order_id

    def _order(self, parent_id: int | None) -> Row:
        plan = self.plan
        manual = plan.discount - plan.coupon
        row: dict[str, Any] = {
            "uuid": self._uuid("order"),
            "parent_id": parent_id,
            "status": plan.status,
            "fulfillment_type": self.fulfillment,
            "type": plan.kind,
            "shipping_status": plan.shipping_status,
            "customer_id": self.customer_id,
            "payment_status": self._payment_status(),
            "subtotal": self.subtotal,
            "manual_discount_total": manual,
            "coupon_discount_total": plan.coupon,
            "shipping_total": plan.shipping,
            "tax_total": plan.tax,
            "total_amount": self.total,
            "total_paid": self.total if plan.paid else 0,
            "total_refund": plan.refund,
            "config": to_json({"user_tz": None}),
            "refunded_at": self.moment if plan.refund else None,
            "completed_at": self.moment if plan.status == "completed" else None,
            **self.stamps,
        }
        if plan.paid:
            number = sum(earlier.paid for earlier in _plans()[: self.index + 1])
            row |= {"receipt_number": number, "invoice_no": f"INV-{number}"}
        if manual:
            meta = {"type": "fixed", "value": manual / 100, "label": "Discount", "reason": ""}
            row["discount_meta"] = to_json(meta)
        if plan.shipping:
            meta = {"type": "custom", "rate_name": "Shipping", "custom_price": plan.shipping}
            row["shipping_meta"] = to_json(meta)
        return row

    def _payment_status(self) -> str:
        if not self.plan.paid:
            return "pending"
        if not self.plan.refund:
            return "paid"
        return "refunded" if self.plan.refund == self.total else "partially_refunded"

    def _item(self, order_id: int, position: int, variation: Row, quantity: int) -> Row:
        price = variation["item_price"]
        subtotal = price * quantity
        discount = self.plan.discount if position == 0 else 0
        return {
            "order_id": order_id,
            "post_id": variation["post_id"],
            "object_id": variation["id"],
            "fulfillment_type": variation["fulfillment_type"],
            "payment_type": variation.get("payment_type", "onetime"),
            "post_title": variation["post_title"],
            "title": variation["variation_title"],
            "cart_index": position,
            "quantity": quantity,
            "unit_price": price,
            "cost": variation.get("item_cost", 0),
            "subtotal": subtotal,
            "tax_amount": self.plan.tax if position == 0 else 0,
            "discount_total": discount,
            "line_total": subtotal - discount,
            "refund_total": self.plan.refund if position == 0 else 0,
            "other_info": to_json({"payment_type": variation.get("payment_type", "onetime")}),
        }

    def _transactions(self, order_id: int) -> None:
        plan = self.plan
        charge: dict[str, Any] = {
            "order_id": order_id,
            "order_type": plan.kind,
            "status": "succeeded" if plan.paid else "pending",
            "total": self.total,
            "uuid": self._uuid("charge"),
            "meta": to_json({"refunded_total": plan.refund} if plan.refund else {}),
            **self.stamps,
        }
        charge_id = self.db.insert("order_transactions", charge)
        if plan.refund:
            refund = {
                **charge,
                "transaction_type": "refund",
                "status": "refunded",
                "total": plan.refund,
                "uuid": self._uuid("refund"),
                "meta": to_json({"parent_id": charge_id}),
            }
            self.db.insert("order_transactions", refund)

    def _addresses(self, order_id: int) -> None:
        sql = "SELECT * FROM customer_addresses WHERE customer_id = ? AND is_primary = 1"
        left_out = ("id", "customer_id", "is_primary", "status", "created_at", "updated_at")
        for address in self.db.all(sql, (self.customer_id,)):
            row = {name: value for name, value in address.items() if name not in left_out}
            self.db.insert("order_addresses", {**row, "order_id": order_id, **self.stamps})

    def _coupon(self, order_id: int) -> None:
        coupon = self.db.one("SELECT * FROM coupons WHERE code = 'TEN'")
        if coupon is None:
            return
        row = {
            "order_id": order_id,
            "coupon_id": coupon["id"],
            "customer_id": self.customer_id,
            "code": coupon["code"],
            "amount": coupon["amount"],
            "discounted_amount": self.plan.coupon,
            "discount": self.plan.coupon,
            "stackable": coupon["stackable"],
            "priority": coupon["priority"],
            **self.stamps,
        }
        self.db.insert("applied_coupons", row)
        self.db.run("UPDATE coupons SET use_count = use_count + 1 WHERE id = ?", (coupon["id"],))

    def _subscription(self, order_id: int) -> None:
        row = {
            "parent_order_id": order_id,
            "customer_id": self.customer_id,
            "recurring_amount": self.total,
            "initial_amount": self.total,
            "uuid": self._uuid("subscription"),
            "next_billing_date": self.moment,
            "activated_at": self.moment,
            **self.stamps,
        }
        self.db.insert("subscriptions", row)

    def _uuid(self, what: str) -> str:
        return uuid5(NAMESPACE_URL, f"https://shop.example/{what}/{self.index}").hex

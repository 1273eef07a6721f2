"""Adding a line that is in no catalogue. Source: orders-api, Create Custom Order Item."""

from __future__ import annotations

from typing import Any

from fluentcart_conformance.store.db import Database, Row
from fluentcart_conformance.store.http import Refusal
from fluentcart_conformance.store.orders import lines as line_rules
from fluentcart_conformance.store.orders.journal import Actor, note_activity, order_or_404
from fluentcart_conformance.store.orders.limits import LARGEST_QUANTITY, LARGEST_SENT
from fluentcart_conformance.store.orders.money import Totals, round_half_up, to_number
from fluentcart_conformance.store.orders.states import CANCELED, COMPLETED
from fluentcart_conformance.store.orders.updating import OrderUpdating

_LONGEST_TITLE = 255


class CustomItems:
    """Adds custom lines to orders."""

    def __init__(self, db: Database, updating: OrderUpdating) -> None:
        self.db = db
        self.updating = updating

    def add(self, order_id: int, product: Any, actor: Actor) -> Row:
        """Add the line, recompute the totals and return the line's row.

        `product` carries `title` and `price` (or `item_name` and `item_price`) and `quantity`;
        the price is in cents.

        Raises:
            Refusal: 404; 423 for anything that cannot be processed.
        """
        order = order_or_404(self.db, order_id)
        line = _read(product)
        if order["status"] in (COMPLETED, CANCELED):
            raise _refused(f"A {order['status']} order takes no further items.")
        rows = line_rules.lines_of(self.db, order_id)
        line["cart_index"] = len(rows)
        rows.append(line)
        totals = Totals(
            subtotal=sum(row["unit_price"] * row["quantity"] for row in rows),
            manual_discount_total=order["manual_discount_total"],
            coupon_discount_total=order["coupon_discount_total"],
            shipping_total=order["shipping_total"],
            tax_total=order["tax_total"],
        )
        if totals.subtotal > LARGEST_SENT:
            raise _refused("The order total is too large.")
        line["subtotal"] = line["line_total"] = line["unit_price"] * line["quantity"]
        line_rules.save_lines(self.db, order_id, [line])
        self.db.update("orders", order_id, totals.columns())
        self.updating.follow_total(order, totals.total_amount)
        note_activity(self.db, order_id, actor, "Custom item added", line["title"])
        return line


def _read(product: Any) -> Row:
    sent = product if isinstance(product, dict) else {}
    title = sent.get("title") or sent.get("item_name")
    if not isinstance(title, str) or not title.strip():
        raise _refused("Item must have a name!")
    if len(title) > _LONGEST_TITLE:
        raise _refused(f"The title must not be greater than {_LONGEST_TITLE} characters.")
    price = to_number(sent.get("price", sent.get("item_price")))
    quantity = to_number(sent.get("quantity", 1))
    if price is None or quantity is None or price <= 0 or quantity < 1:
        raise _refused("Price, Quantity field should not be empty or zero!")
    if quantity != quantity.to_integral_value():
        raise _refused("The quantity must be a whole number.")
    if price > LARGEST_SENT or quantity > LARGEST_QUANTITY:
        raise _refused("Price or quantity is too large.")
    return line_rules.custom_line(title, round_half_up(price), int(quantity), 0)


def _refused(sentence: str) -> Refusal:
    return Refusal(423, "custom_item_refused", sentence)

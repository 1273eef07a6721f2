"""The lines of an order: from what was sent and the catalogue to rows of `order_items`."""

from __future__ import annotations

from typing import Any

from fluentcart_conformance.store.db import Database, Row, marks, to_json
from fluentcart_conformance.store.http import Refusal, invalid
from fluentcart_conformance.store.orders.inputs import ItemInput
from fluentcart_conformance.store.orders.money import LARGEST_AMOUNT, Totals, split

SUBSCRIPTION = "subscription"


def catalogue_for(db: Database, items: list[ItemInput]) -> dict[int, Row]:
    """Return the variation of each item by its position.

    An item names its variation, or only its product, which stands for its first variation.

    Raises:
        Refusal: 422 when there is no such variation on sale, or it is of another product;
            400 for a subscription, which cannot be ordered by hand.
    """
    found = {item.position: _variation(db, item) for item in items}
    for item in items:
        if SUBSCRIPTION in (item.payment_type, found[item.position]["payment_type"]):
            raise Refusal(
                400,
                "subscription_not_supported",
                "Subscription order with Manual Order is not supported yet!",
            )
    return found


def _variation(db: Database, item: ItemInput) -> Row:
    condition, value = ("v.id = ?", item.variation_id)
    if not item.variation_id:
        condition, value = ("v.post_id = ?", item.post_id)
    row = db.one(
        "SELECT v.*, p.post_title, p.post_status FROM product_variations v"  # noqa: S608 - own text
        f" JOIN products p ON p.id = v.post_id WHERE {condition} ORDER BY v.id LIMIT 1",
        (value,),
    )
    on_sale = row and row["post_status"] == "publish" and row["item_status"] == "active"
    if not row or not on_sale or item.post_id not in (0, row["post_id"]):
        name = f"order_items.{item.position}.object_id"
        raise invalid(name, "exists", f"[{item.title or ''}] is not available.")
    return row


def new_line(item: ItemInput, variation: Row) -> Row:
    """Return the columns of a line; what was not sent comes from the catalogue."""
    info = {**(item.other_info or {}), "payment_type": "onetime"}
    return {
        "post_id": variation["post_id"],
        "object_id": variation["id"],
        "fulfillment_type": item.fulfillment_type or variation["fulfillment_type"],
        "payment_type": "onetime",
        "post_title": item.post_title or variation["post_title"],
        "title": item.title or variation["variation_title"],
        "cart_index": item.position if item.cart_index is None else item.cart_index,
        "quantity": item.quantity or 1,
        "unit_price": variation["item_price"] if item.unit_price is None else item.unit_price,
        "cost": variation["item_cost"] if item.cost is None else item.cost,
        "tax_amount": item.tax_amount or 0,
        "shipping_charge": item.shipping_charge or 0,
        "discount_total": item.discount_total or 0,
        "refund_total": 0,
        "rate": item.rate or "1",
        "other_info": to_json(info),
        "line_meta": to_json(item.line_meta if isinstance(item.line_meta, dict) else {}),
    }


def custom_line(title: str, price: int, quantity: int, position: int) -> Row:
    """Return the columns of a line that is in no catalogue; `price` of one in cents."""
    return {
        "post_id": 0,
        "object_id": 0,
        "fulfillment_type": "digital",
        "payment_type": "onetime",
        "post_title": title,
        "title": title,
        "cart_index": position,
        "quantity": quantity,
        "unit_price": price,
        "cost": 0,
        "tax_amount": 0,
        "shipping_charge": 0,
        "discount_total": 0,
        "refund_total": 0,
        "rate": "1",
        "other_info": to_json({"payment_type": "onetime"}),
        "line_meta": "{}",
        "is_custom": 1,
    }


def exchanged_line(line: Row, variation: Row) -> Row:
    """Return the line with another variation in its place, at that one's price."""
    return {
        **line,
        "post_id": variation["post_id"],
        "object_id": variation["id"],
        "fulfillment_type": variation["fulfillment_type"],
        "post_title": variation["post_title"],
        "title": variation["variation_title"],
        "unit_price": variation["item_price"],
        "cost": variation["item_cost"],
        "is_custom": 0,
    }


def changed_line(line: Row, item: ItemInput) -> Row:
    """Return the line with the members that were sent; the others stay."""
    sent: dict[str, Any] = {
        "quantity": item.quantity,
        "unit_price": item.unit_price,
        "title": item.title,
        "post_title": item.post_title,
        "fulfillment_type": item.fulfillment_type,
        "tax_amount": item.tax_amount,
        "discount_total": item.discount_total,
        "shipping_charge": item.shipping_charge,
        "cost": item.cost,
        "cart_index": item.cart_index,
        "rate": item.rate,
    }
    changed = {**line, **{name: value for name, value in sent.items() if value is not None}}
    if item.other_info is not None:
        changed["other_info"] = to_json({**item.other_info, "payment_type": "onetime"})
    if isinstance(item.line_meta, dict):
        changed["line_meta"] = to_json(item.line_meta)
    return changed


def price_lines(lines: list[Row], discount: int) -> None:
    """Work out subtotal, discount and total of each line, in place.

    An order's discount is spread over the lines by their subtotals, unless the lines' own
    discounts already add up to it.
    """
    for line in lines:
        line["subtotal"] = line["unit_price"] * line["quantity"]
    weights = [line["subtotal"] for line in lines]
    shared = min(discount, sum(weights))
    own = [min(line["discount_total"], line["subtotal"]) for line in lines]
    parts = own if sum(own) == shared else split(shared, weights)
    for line, part in zip(lines, parts, strict=True):
        line["discount_total"] = part
        line["line_total"] = line["subtotal"] - part


def check_size(totals: Totals) -> None:
    """Refuse sums that no reader could keep exact.

    Raises:
        Refusal: 422.
    """
    if max(totals.subtotal, totals.total_amount) > LARGEST_AMOUNT:
        raise invalid("total_amount", "max", "The order total is too large.")


def lines_of(db: Database, order_id: int) -> list[Row]:
    """Return the rows of `order_items` of an order, in their order."""
    return db.all("SELECT * FROM order_items WHERE order_id = ? ORDER BY id", (order_id,))


def save_lines(db: Database, order_id: int, lines: list[Row]) -> None:
    """Insert the lines without id and update the others."""
    for line in lines:
        values = {name: value for name, value in line.items() if name != "id"}
        values["order_id"] = order_id
        if line.get("id"):
            values.pop("updated_at", None)
            db.update("order_items", line["id"], values)
        else:
            line["id"] = db.insert("order_items", values)


def delete_lines(db: Database, ids: list[int]) -> None:
    """Delete lines by id."""
    if ids:
        db.run(f"DELETE FROM order_items WHERE id IN ({marks(ids)})", ids)  # noqa: S608 - marks


def all_digital(lines: list[Row]) -> bool:
    """Tell whether nothing of the order has to be shipped."""
    return all(line["fulfillment_type"] == "digital" for line in lines)

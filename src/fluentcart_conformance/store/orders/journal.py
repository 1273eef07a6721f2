"""Small writes every order operation shares: activities, invoice numbers, loading an order."""

from __future__ import annotations

from dataclasses import dataclass

from fluentcart_conformance.store.db import Database, Row, from_json
from fluentcart_conformance.store.http import Refusal

ORDER_NOT_FOUND = "fluent_cart_entity_not_found"


@dataclass(frozen=True)
class Actor:
    """Who does it: the name and WordPress user id that activities show."""

    name: str = "admin"
    user_id: int = 1


def order_or_404(db: Database, order_id: int) -> Row:
    """Return the row of `orders`.

    Raises:
        Refusal: 404.
    """
    order = db.get("orders", order_id)
    if order is None:
        raise Refusal(404, ORDER_NOT_FOUND, "Order not found")
    return order


def note_activity(db: Database, order_id: int, actor: Actor, title: str, content: str) -> None:
    """Write one line of the order's history."""
    row = {
        "status": "success",
        "module_id": order_id,
        "user_id": actor.user_id or None,
        "title": title,
        "content": content,
        "created_by": actor.name,
    }
    db.insert("activities", row)


def give_invoice_number(db: Database, order: Row) -> Row:
    """Return the columns that number an order on payment; none when it is numbered already."""
    if order["receipt_number"] is not None:
        return {}
    number = int(db.setting("next_invoice", "1"))
    db.set_setting("next_invoice", str(number + 1))
    columns: Row = {"receipt_number": number}
    if not order["invoice_no"]:
        columns["invoice_no"] = f"INV-{number}"
    return columns


def transactions_of(db: Database, order_id: int) -> list[Row]:
    """Return the rows of `order_transactions` of an order, oldest first, `meta` decoded."""
    sql = "SELECT * FROM order_transactions WHERE order_id = ? ORDER BY id"
    rows = db.all(sql, (order_id,))
    for row in rows:
        row["meta"] = from_json(row["meta"])
    return rows

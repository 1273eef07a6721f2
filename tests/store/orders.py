"""What the tests of the orders share."""

from __future__ import annotations

from typing import Any

from tests.store.conftest import Caller

GUIDE, PACK, DESK = 1, 2, 4  # variations of the seed: digital 25.00, digital 19.99, physical 400.00


def new_order(shop: Caller, *lines: dict[str, Any], customer_id: int = 1, **more: Any) -> int:
    """Create an order (one guide when no lines are given) and return its id."""
    items = list(lines) or [{"object_id": GUIDE, "quantity": 1}]
    body = {"customer_id": customer_id, "order_items": items, **more}
    order_id = shop.post("/orders", body)["order_id"]
    assert isinstance(order_id, int)
    return order_id


def order(shop: Caller, order_id: int) -> dict[str, Any]:
    """Return the order as it reads now, numbers in text as numbers."""
    found: dict[str, Any] = shop.get(f"/orders/{order_id}")["order"]
    for name in ("total_paid", "total_refund"):
        found[name] = int(found[name])
    for line in found["order_items"]:
        line["quantity"] = int(line["quantity"])
    for transaction in found["transactions"]:
        transaction["total"] = int(transaction["total"])
    return found


def charge(shop: Caller, order_id: int) -> int:
    """Return the id of the order's first transaction."""
    found = order(shop, order_id)["transactions"][0]["id"]
    assert isinstance(found, int)
    return found


def paid_order(shop: Caller, *lines: dict[str, Any], **more: Any) -> int:
    """Create an order and mark it as paid."""
    order_id = new_order(shop, *lines, **more)
    shop.post(f"/orders/{order_id}/mark-as-paid", {})
    return order_id


def figures(shop: Caller, customer_id: int) -> tuple[int, int]:
    """Return how many orders a customer has and what was spent on them, in cents."""
    sql = "SELECT order_count, total_spent FROM customers WHERE id = ?"
    row = shop.store.database.one(sql, (customer_id,)) or {}
    return row["order_count"], row["total_spent"]

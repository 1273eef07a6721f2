"""Giving an order to another customer. Sources: orders-api (Change Customer)."""

from __future__ import annotations

from fluentcart_conformance.store.db import Database, marks
from fluentcart_conformance.store.http import Refusal
from fluentcart_conformance.store.orders.journal import Actor, note_activity, order_or_404


class OrderCustomers:
    """Moves orders between customers."""

    def __init__(self, db: Database) -> None:
        self.db = db

    def change(self, order_id: int, customer_id: int, actor: Actor) -> bool:
        """Give the order and all connected ones to a customer; False when they are theirs.

        Connected are the parent, its children and their subscriptions.

        Raises:
            Refusal: 404 unknown order or customer.
        """
        order = order_or_404(self.db, order_id)
        if self.db.get("customers", customer_id) is None:
            sentence = f"Customer with ID {customer_id} not found"
            raise Refusal(404, "customer_not_found", sentence)
        if order["customer_id"] == customer_id:
            return False
        ids = self._connected(order_id, order["parent_id"])
        listed = f"({marks(ids)})"
        self.db.run(
            f"UPDATE orders SET customer_id = ?, updated_at = ? WHERE id IN {listed}",  # noqa: S608
            (customer_id, self.db.now(), *ids),
        )
        self.db.run(
            f"UPDATE subscriptions SET customer_id = ? WHERE parent_order_id IN {listed}",  # noqa: S608
            (customer_id, *ids),
        )
        note_activity(self.db, order_id, actor, "Customer changed", "Customer changed successfully")
        return True

    def _connected(self, order_id: int, parent_id: int | None) -> list[int]:
        root = parent_id or order_id
        rows = self.db.all("SELECT id FROM orders WHERE parent_id = ? OR id = ?", (root, root))
        return sorted({order_id, *(row["id"] for row in rows)})

"""Taking orders away with all that hangs on them."""

from __future__ import annotations

from collections.abc import Sequence

from fluentcart_conformance.store.db import Database, marks


def purge_orders(db: Database, order_ids: Sequence[int]) -> None:
    """Delete orders and their items, transactions, addresses, coupons, labels, activities.

    Renewals and other children lose their parent but stay. Customers' figures follow.
    """
    for start in range(0, len(order_ids), 500):
        part = list(order_ids[start : start + 500])
        listed = f"({marks(part)})"
        for statement in (
            f"DELETE FROM activities WHERE module_name = 'Order' AND module_id IN {listed}",  # noqa: S608
            f"DELETE FROM label_relations WHERE labelable_type = 'Order' AND labelable_id IN {listed}",  # noqa: S608, E501
            f"UPDATE orders SET parent_id = NULL WHERE parent_id IN {listed}",  # noqa: S608
            f"DELETE FROM orders WHERE id IN {listed}",  # noqa: S608
        ):
            db.run(statement, part)

"""Orders with what belongs to them, loaded in few statements however many orders there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from fluentcart_conformance.store.db import Database, Row, marks
from fluentcart_conformance.store.orders.journal import order_or_404, transactions_of
from fluentcart_conformance.store.orders.lines import lines_of

Part = Any
Parts = dict[int, Part]


@dataclass
class OrderTree:
    """An order's row and the relations asked for.

    Attributes:
        order: Row of `orders`.
        parts: Relation -> rows, or one row or None for those that hold one.
        counts: Relation name as sent -> number of rows.
    """

    order: Row
    parts: dict[str, Part] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)


RELATIONS = (
    "parent_order",
    "subscriptions",
    "activities",
    "labels",
    "customer",
    "children",
    "order_items",
    "transactions",
    "order_addresses",
    "billing_address",
    "shipping_address",
    "applied_coupons",
    "order_operation",
)
_BY_BARE_NAME = {name.replace("_", ""): name for name in RELATIONS}
_COUNT = "count"


def relation_named(name: str) -> str | None:
    """Return the relation meant by `order_items`, `orderItems` or `order-items`; None if none."""
    return _BY_BARE_NAME.get(name.replace("_", "").replace("-", "").lower())


class OrderReader:
    """Loads order trees."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self._loaders: dict[str, Callable[[list[Row]], Parts]] = {
            "parent_order": self._parents,
            "children": lambda rows: self._many("orders", "parent_id", rows),
            "subscriptions": lambda rows: self._many("subscriptions", "parent_order_id", rows),
            "activities": self._activities,
            "labels": self._labels,
            "customer": self._customers,
            "order_items": self._items,
            "transactions": lambda rows: self._many("order_transactions", "order_id", rows),
            "order_addresses": self._addresses,
            "billing_address": lambda rows: self._address("billing", rows),
            "shipping_address": lambda rows: self._address("shipping", rows),
            "applied_coupons": lambda rows: self._many("applied_coupons", "order_id", rows),
            "order_operation": self._operations,
        }

    def details(self, order_id: int) -> OrderTree:
        """Return the whole tree of an order.

        Raises:
            Refusal: 404.
        """
        return self.trees([order_or_404(self.db, order_id)], RELATIONS)[0]

    def has_transaction(self, order_id: int, transaction_id: int) -> bool:
        """Tell whether a transaction belongs to an order."""
        return any(row["id"] == transaction_id for row in transactions_of(self.db, order_id))

    def line(self, order_id: int, line_id: int) -> Row | None:
        """Return one line of an order, None when it is not of this order."""
        rows = lines_of(self.db, order_id)
        return next((row for row in rows if row["id"] == line_id), None)

    def trees(self, rows: list[Row], names: Iterable[str]) -> list[OrderTree]:
        """Return the orders with the relations named, unknown names passed over.

        `order_itemsCount` counts a relation instead of showing it.
        """
        trees = [OrderTree(row) for row in rows]
        for name in dict.fromkeys(names):
            relation = relation_named(name)
            if relation is not None:
                parts = self._loaders[relation](rows)
                for tree in trees:
                    tree.parts[relation] = parts.get(tree.order["id"], _nothing(relation))
            elif name.lower().endswith(_COUNT):
                self._count(trees, rows, name[: -len(_COUNT)])
        return trees

    def _count(self, trees: list[OrderTree], rows: list[Row], name: str) -> None:
        relation = relation_named(name)
        if relation is None:
            return
        parts = self._loaders[relation](rows)
        for tree in trees:
            part = parts.get(tree.order["id"], _nothing(relation))
            counted = len(part) if isinstance(part, list) else int(part is not None)
            tree.counts[f"{name.rstrip('_')}_count"] = counted

    def _select(self, table: str, column: str, values: Iterable[Any]) -> list[Row]:
        wanted = sorted({value for value in values if value})
        if not wanted:
            return []
        sql = f"SELECT * FROM {table} WHERE {column} IN ({marks(wanted)}) ORDER BY id"  # noqa: S608
        return self.db.all(sql, wanted)

    def _many(self, table: str, column: str, rows: list[Row]) -> Parts:
        found: defaultdict[int, list[Row]] = defaultdict(list)
        for row in self._select(table, column, (row["id"] for row in rows)):
            found[row[column]].append(row)
        return dict(found)

    def _one(self, table: str, column: str, rows: list[Row]) -> Parts:
        values = {row[column] for row in rows}
        found = {row["id"]: row for row in self._select(table, "id", values)}
        return {row["id"]: found.get(row[column]) for row in rows}

    def _parents(self, rows: list[Row]) -> Parts:
        return self._one("orders", "parent_id", rows)

    def _customers(self, rows: list[Row]) -> Parts:
        customers = self._one("customers", "customer_id", rows)
        known = [customer for customer in customers.values() if customer]
        labels = self._labels_of("Customer", known)
        return {
            order_id: customer and {**customer, "labels": labels.get(customer["id"], [])}
            for order_id, customer in customers.items()
        }

    def _items(self, rows: list[Row]) -> Parts:
        items = self._many("order_items", "order_id", rows)
        every = [item for lines in items.values() for item in lines]
        wanted = (item["object_id"] for item in every)
        variations = {row["id"]: row for row in self._select("product_variations", "id", wanted)}
        for item in every:
            item["variation"] = variations.get(item["object_id"])
        return items

    def _addresses(self, rows: list[Row]) -> Parts:
        return self._many("order_addresses", "order_id", rows)

    def _address(self, kind: str, rows: list[Row]) -> Parts:
        found = self._addresses(rows)
        return {
            order_id: next((row for row in addresses if row["type"] == kind), None)
            for order_id, addresses in found.items()
        }

    def _operations(self, rows: list[Row]) -> Parts:
        found = self._many("order_operations", "order_id", rows)
        return {order_id: part[0] for order_id, part in found.items()}

    def _activities(self, rows: list[Row]) -> Parts:
        ids = [row["id"] for row in rows]
        if not ids:
            return {}
        sql = (
            "SELECT a.*, u.id AS wp_user_id, u.display_name, u.user_email"  # noqa: S608 - marks
            " FROM activities a LEFT JOIN wp_users u"
            " ON u.id = a.user_id OR (a.user_id IS NULL AND u.user_login = a.created_by)"
            f" WHERE a.module_name = 'Order' AND a.module_id IN ({marks(ids)}) ORDER BY a.id DESC"
        )
        found: defaultdict[int, list[Row]] = defaultdict(list)
        for row in self.db.all(sql, ids):
            found[row["module_id"]].append(row)
        return dict(found)

    def _labels(self, rows: list[Row]) -> Parts:
        return dict(self._labels_of("Order", rows))

    def _labels_of(self, kind: str, rows: list[Row]) -> dict[int, list[Row]]:
        ids = [row["id"] for row in rows]
        if not ids:
            return {}
        sql = (
            "SELECT l.*, r.id AS relation_id, r.labelable_id, r.label_id"  # noqa: S608 - marks
            " FROM label_relations r JOIN labels l ON l.id = r.label_id"
            f" WHERE r.labelable_type = ? AND r.labelable_id IN ({marks(ids)}) ORDER BY r.id"
        )
        found: defaultdict[int, list[Row]] = defaultdict(list)
        for row in self.db.all(sql, (kind, *ids)):
            found[row["labelable_id"]].append(row)
        return dict(found)


_SINGLE = frozenset(
    {"parent_order", "customer", "billing_address", "shipping_address", "order_operation"}
)


def _nothing(relation: str) -> Part:
    """What a relation without rows is: None for one row, an empty list for many."""
    return None if relation in _SINGLE else []

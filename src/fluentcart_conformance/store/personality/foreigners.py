"""5,000 orders of other people that change while somebody looks at the shop."""

from __future__ import annotations

import random
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fluentcart_conformance.store.db import Database, Row
    from fluentcart_conformance.store.server import EmbeddedStore

_HOW_MANY = 5000
_PAUSE = 0.05
_OWN_NUMBER = "CROWD-"


def move_in(store: EmbeddedStore) -> None:
    """Write the orders, and change one of them twenty times a second while the store is open."""
    database = store.database
    with database.transaction():
        buyers = _buyers(database)
        goods = database.all(
            "SELECT v.* FROM product_variations v JOIN products p ON p.id = v.post_id"
            " WHERE v.payment_type = 'onetime' AND p.post_status = 'publish' ORDER BY v.id"
        )
        for number in range(_HOW_MANY):
            _order(database, number, buyers[number % len(buyers)], goods[number % len(goods)])
    thread = threading.Thread(target=_change, args=(database,), daemon=True)
    thread.start()


def _buyers(database: Database) -> list[int]:
    names = (f"Crowd{number}" for number in range(50))
    return [
        database.insert(
            "customers",
            {"email": f"{name}@example.net".lower(), "first_name": name, "last_name": "Passer-By",
             "uuid": f"crowd{name.lower():0>27}"},
        )
        for name in names
    ]  # fmt: skip


def _order(database: Database, number: int, buyer: int, goods: Row) -> None:
    paid = number % 3 == 0
    total = 1000 + number
    currency = database.setting("currency", "USD")
    order_id = database.insert(
        "orders",
        {"uuid": f"{number:032x}", "status": "completed" if paid else "on-hold",
         "invoice_no": f"{_OWN_NUMBER}{number}" if paid else "", "customer_id": buyer,
         "receipt_number": 900_000 + number if paid else None,
         "payment_method": "offline_payment", "payment_method_title": "Cash",
         "payment_status": "paid" if paid else "pending", "currency": currency,
         "completed_at": database.now() if paid else None,
         "subtotal": total, "total_amount": total, "total_paid": total if paid else 0,
         "fulfillment_type": goods["fulfillment_type"],
         "shipping_status": "unshipped" if goods["fulfillment_type"] == "physical" else ""},
    )  # fmt: skip
    database.insert(
        "order_items",
        {"order_id": order_id, "title": goods["variation_title"], "object_id": goods["id"],
         "post_id": goods["post_id"], "post_title": goods["variation_title"],
         "fulfillment_type": goods["fulfillment_type"], "unit_price": total, "subtotal": total,
         "line_total": total},
    )  # fmt: skip
    database.insert(
        "order_transactions",
        {"order_id": order_id, "status": "succeeded" if paid else "pending", "total": total,
         "currency": currency, "uuid": f"{number:031x}t"},
    )  # fmt: skip


def _change(database: Database) -> None:
    """Change a random one again and again; the closing of the database ends it."""
    chance = random.Random(7)  # noqa: S311 - not a secret
    first = database.value("SELECT min(id) FROM orders WHERE invoice_no LIKE 'CROWD-%'")
    pause = threading.Event()
    while not pause.wait(_PAUSE):
        order_id = first + chance.randrange(_HOW_MANY)
        try:
            with database.transaction():
                note = f"seen {chance.random()}"
                database.update("orders", order_id, {"note": note})
        except Exception as error:
            if "closed" in str(error):
                return
            raise

"""The embedded store with a given number of orders, and with answers that take their time.

python -m benchmarks.slow_store --orders 5000 --delay-ms 24
"""

from __future__ import annotations

import argparse
import time

from fluentcart_conformance.store.__main__ import serve
from fluentcart_conformance.store.app import Answerer
from fluentcart_conformance.store.http import Request, Response
from fluentcart_conformance.store.server import EmbeddedStore


def fill(store: EmbeddedStore, orders: int) -> None:
    """Orders of fifty other people, each with a line and a transaction."""
    database = store.database
    with database.transaction():
        buyers = [
            database.insert(
                "customers",
                {
                    "email": f"crowd{number}@example.net",
                    "first_name": f"Crowd{number}",
                    "last_name": "Passer-By",
                    "uuid": f"crowd{number:027}",
                },
            )
            for number in range(50 if orders else 0)
        ]
        for number in range(orders):
            total = 1000 + number
            money = {"subtotal": total, "total_amount": total}
            order = database.insert(
                "orders",
                {
                    "uuid": f"{number:032x}",
                    "status": "on-hold",
                    "customer_id": buyers[number % len(buyers)],
                    "payment_status": "pending",
                    **money,
                },
            )
            line = {"order_id": order, "title": "Postcard", "post_title": "Postcard"}
            price = {"unit_price": total, "subtotal": total, "line_total": total}
            database.insert("order_items", {**line, **price, "is_custom": 1})
            payment = {"order_id": order, "uuid": f"{number:032x}", "total": total}
            database.insert("order_transactions", {**payment, "status": "pending"})


def main() -> int:
    """Serve until told to stop."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--orders", type=int, default=0)
    parser.add_argument("--delay-ms", type=float, default=0.0)
    parser.add_argument("--profile", default="documented")
    arguments = parser.parse_args()
    store = EmbeddedStore(arguments.profile)
    fill(store, arguments.orders)
    if arguments.delay_ms:

        def late(request: Request, following: Answerer) -> Response:
            given = following(request)
            time.sleep(arguments.delay_ms / 1000)
            return given

        store.app.use(late)
    return serve(store)


if __name__ == "__main__":
    raise SystemExit(main())

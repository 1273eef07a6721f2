"""Whatever the generator invents, nothing is written to what the run did not make."""

from __future__ import annotations

import re
from typing import Any

import pytest

from fluentcart_conformance.contract.exchange import Exchange
from fluentcart_conformance.fuzz.attempt import Aim, Attempt, Intent
from fluentcart_conformance.fuzz.budget import Stopwatch
from fluentcart_conformance.fuzz.outcome import Outcome
from fluentcart_conformance.fuzz.pool import Pool
from fluentcart_conformance.fuzz.prober import Prober
from fluentcart_conformance.plugin.context import Workbench
from tests.fuzz.conftest import Make, Tampering

WRITING = (
    "orders_bulk",
    "customers_bulk",
    "delete_order",
    "update_order",
    "refund_order",
    "update_customer",
    "delete_customer_address",
)
RESTLESS = re.compile(r'"updated_at": ?"[^"]*"')


def shop_of_somebody(bench: Workbench) -> dict[str, str]:
    """Every order and customer that was there before the run, as they read now."""
    shop = bench.shop()
    found = {}
    for order in shop.orders({"per_page": 100}).rows:
        if not bench.journal.owns("order", order.id):
            found[f"order {order.id}"] = shown(shop.get_order(order.id).exchange)
    for customer in shop.customers({"per_page": 100}).rows:
        if not bench.journal.owns("customer", customer.id):
            found[f"customer {customer.id}"] = shown(shop.get_customer(customer.id).exchange)
    return found


def shown(exchange: Exchange) -> str:
    return RESTLESS.sub("", exchange.response_body.decode())


@pytest.mark.parametrize("operation", WRITING)
def test_what_was_there_before_is_there_after(bench_of: Make, operation: str) -> None:
    bench = bench_of()
    before = shop_of_somebody(bench)
    assert before, "the embedded store begins with somebody's orders"
    method = bench.contract.operation(operation).method.upper()
    prober = Prober(Pool(bench.shop()), Outcome(operation), method=method, profile="documented")
    prober.run(60, 7, Stopwatch(60))
    assert shop_of_somebody(bench) == before


def test_ids_of_somebody_else_never_leave_the_client(bench_of: Make) -> None:
    bench = bench_of()
    theirs = next(
        one for one in bench.shop().orders().rows if not bench.journal.owns("order", one.id)
    )
    sent: list[str] = []

    def note(method: str, path: str, exchange: Exchange) -> Exchange:
        sent.append(f"{method} {path}")
        return exchange

    prober = Prober(
        Pool(bench.shop()), Outcome("delete_order"), method="DELETE", profile="documented"
    )
    object.__setattr__(prober._shop, "client", Tampering(prober._shop.client, note))
    bodies: list[tuple[str, tuple[Any, ...], Any]] = [
        ("delete_order", (theirs.id,), None),
        ("delete_order", (f"{theirs.id}abc",), None),
        ("orders_bulk", (), {"action": "delete_orders", "order_ids": [theirs.id]}),
        ("orders_bulk", (), {"action": "delete_orders", "order_ids": [str(theirs.id)]}),
        ("customers_bulk", (), {"action": "delete", "customer_ids": [theirs.customer_id]}),
    ]
    for operation, ids, body in bodies:
        attempt = Attempt(Aim(operation, ids), Intent.NEGATIVE, ids, body, {})
        prober._operation = operation
        assert prober._send(attempt) is None, operation
    assert sent == []
    assert prober.outcome.held_back == len(bodies)

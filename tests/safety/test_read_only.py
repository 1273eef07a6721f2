"""A run that only reads covers what can be read, sends nothing else, and changes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from fluentcart_conformance.store.server import EmbeddedStore
from tests.safety.shop import credentials, rows
from tests.tool import events, tool

READING = {
    "list_orders",
    "get_order",
    "get_order_transactions",
    "get_order_transaction",
    "get_shipping_methods",
    "list_customers",
    "get_customer",
    "get_customer_stats",
    "get_customer_orders",
    "get_customer_addresses",
    "get_attachable_users",
}


@pytest.mark.parametrize("profile", ["documented", "fluentcart-1.3"])
def test_every_reading_operation_is_judged_and_nothing_is_sent_besides(
    profile: str, tmp_path: Path
) -> None:
    with EmbeddedStore(profile) as store:
        before = rows(store)
        words = ("run", "--base-url", store.base_url, "--read-only", "--workers", "1")
        done = tool(tmp_path, *words, **credentials(store))
        assert done.returncode in {0, 1}, done.stdout + done.stderr
        assert rows(store) == before
    record = events(tmp_path / "reports")
    exchanges = [one for one in record if one["type"] == "exchange"]
    assert {one["method"] for one in exchanges} <= {"GET", "HEAD", "OPTIONS"}
    assert {one["operation"] for one in exchanges if one["status"] == 200} >= READING
    assert record[-1]["verdict"]["requirements"]["failed"] == 0
    assert not [one for one in record if one["type"] == "problem"]

"""The documented form, as the embedded store speaks it: every member is held to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from fluentcart_conformance.contract import judge_response
from fluentcart_conformance.store.server import EmbeddedStore

from .mutations import described, kept_although_missing, kept_although_wrong

READS = {
    "list_orders": ("/orders", 20),
    "get_order": ("/orders/{order}", 150),
    "get_order_transactions": ("/orders/{order}/transactions", 150),
    "get_shipping_methods": ("/orders/shipping_methods", 5),
    "list_customers": ("/customers", 15),
    "get_customer": ("/customers/1", 20),
    "get_customer_stats": ("/customers/get-stats/1", 7),
    "get_customer_orders": ("/customers/1/orders", 8),
    "get_customer_addresses": ("/customers/1/address", 12),
    "get_attachable_users": ("/customers/attachable-user", 6),
}


@pytest.fixture(scope="module")
def store() -> Iterator[httpx.Client]:
    started = EmbeddedStore("documented").start()
    admin = started.identities["admin"]
    base = f"{started.base_url}/wp-json/fluent-cart/v2"
    with httpx.Client(base_url=base, auth=(admin.user, admin.password)) as client:
        yield client
    started.stop()


@pytest.fixture(scope="module")
def order(store: httpx.Client) -> int:
    """The order with the largest tree."""
    rows = store.get("/orders", params={"per_page": 50}).json()["orders"]["data"]
    ids: list[int] = [row["id"] for row in rows]
    return max(ids, key=lambda one: len(store.get(f"/orders/{one}").content))


@pytest.mark.parametrize("operation", READS)
def test_each_member_is_held_to_the_documents(
    store: httpx.Client, order: int, operation: str
) -> None:
    path, fewest = READS[operation]
    response = store.get(path.format(order=order))
    body: Any = response.json()

    assert judge_response(response).findings == ()
    assert kept_although_missing("documented", operation, body) == []
    assert kept_although_wrong("documented", operation, body) == []
    found = described("documented", operation, body)
    assert len(found) >= fewest
    assert [path for path, _, required in found if not required] == []

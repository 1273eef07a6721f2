"""Nothing that this run did not make is ever written to, however its id is spelled."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from fluentcart_conformance.journal.guard import Guard, Policy, plausible_ids
from fluentcart_conformance.journal.journal import Journal
from fluentcart_conformance.target.errors import ReadOnlyError, UnsafeRequestError

OUR_ORDER, OUR_CUSTOMER, OUR_USER = 50, 60, 70
THEIRS = 7
AWAY = Policy(writes=True, destructive=False)


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    made = Journal(tmp_path / "j.jsonl", "r-1")
    made.created("order", OUR_ORDER)
    made.created("customer", OUR_CUSTOMER)
    made.created("user", OUR_USER)
    made.created("product", 80)
    made.learn_part("transaction", [500])
    made.learn_part("address", [510])
    made.learn_part("order_item", [520])
    made.learn_part("variation", [81])
    return made


ALLOWED: list[tuple[str, str, Any]] = [
    ("GET", "/orders/7", None),
    ("HEAD", "/orders/7", None),
    ("POST", "/orders", {"customer_id": 60, "order_items": [{"id": 7, "object_id": 7}]}),
    ("POST", "/orders/calculate-shipping", {"order_items": [{"id": 7}], "shipping_id": 1}),
    ("POST", "/orders/50", {"id": 50, "customer_id": 60, "order_items": [{"id": 520}]}),
    ("POST", "/orders/50/refund", {"transaction_id": 500, "amount": 1, "item_ids": [520]}),
    ("PUT", "/orders/50/transactions/500/status", {"status": "paid"}),
    ("PUT", "/orders/50/address/510", {"id": 510, "order_id": 50}),
    ("POST", "/orders/50/change-customer", {"customer_id": 60}),
    ("POST", "/orders/50/accept-nothing", None),
    ("DELETE", "/orders/50", None),
    ("DELETE", "/orders/1000000000000", None),
    ("POST", "/orders/do-bulk-action", {"action": "change_order_status", "order_ids": [50]}),
    ("POST", "/orders/do-bulk-action", {"action": "x", "order_ids": []}),
    ("POST", "/customers", {"email": "a@example.com"}),
    ("PUT", "/customers/60", {"id": 60, "first_name": "x"}),
    ("PUT", "/customers/60/address", {"id": 510}),
    ("DELETE", "/customers/60/address", {"address": {"id": 510}}),
    ("POST", "/customers/60/attachable-user", {"user_id": "70"}),
    ("POST", "/customers/60/detach-user", None),
    ("POST", "/products", {"post_title": "x"}),
    ("POST", "/labels/update-label-selections", {"bind_to_type": "Order", "bind_to_id": 50}),
    ("POST", "/products/variants/81", {"variants": {"id": 81, "post_id": 80}}),
    ("DELETE", "/products/80", None),
    ("POST", "/wp/v2/users", {"username": "x"}),
    ("DELETE", "/wp/v2/users/70", None),
]

REFUSED: list[tuple[str, str, Any]] = [
    ("POST", "/labels/update-label-selections", {"bind_to_type": "Order", "bind_to_id": 5}),
    ("POST", "/labels/update-label-selections", {"bind_to_type": "Customer", "bind_to_id": 60}),
    ("DELETE", "/orders/7", None),
    ("delete", "/orders/7", None),
    ("DELETE", "/orders/7/", None),
    ("DELETE", "//orders//7", None),
    ("DELETE", "/orders/%37", None),
    ("DELETE", "/orders/50/../7", None),
    ("DELETE", "/orders/50/%2e%2e/7", None),
    ("DELETE", "/orders/7abc", None),
    ("DELETE", "/orders/-7", None),
    ("DELETE", "/orders/7.0", None),
    ("PUT", "/orders/7/statuses", {}),
    ("POST", "/orders/7/refund", {"transaction_id": 500}),
    ("POST", "/orders/50/refund", {"transaction_id": 7}),
    ("POST", "/orders/50/refund", {"transaction_id": 500, "item_ids": [520, 7]}),
    ("PUT", "/orders/50/transactions/7/status", {}),
    ("PUT", "/orders/50/address/7", {}),
    ("PUT", "/orders/50/address/510", {"order_id": 7}),
    ("POST", "/orders/50", {"customer_id": 7}),
    ("POST", "/orders/50", {"order_items": [{"id": 7}]}),
    ("POST", "/orders/50", {"deletedItems": [7]}),
    ("POST", "/orders/50", {"deletedItems": [{"id": 7}]}),
    ("POST", "/orders/50", {"order": {"id": 7}}),
    ("POST", "/orders/50/change-customer", {"customer_id": 7}),
    ("POST", "/orders/50/change-customer", {"customer_id": "7 "}),
    ("POST", "/orders/50/change-customer", {"customer_id": [7]}),
    ("POST", "/orders/50/change-customer", {"customer_id": 7.9}),
    ("POST", "/orders/50/change-customer", {"customer_id": True}),
    ("POST", "/orders/50/update-address-id", {"address_id": 7}),
    ("POST", "/orders", {"customer_id": 7, "order_items": []}),
    ("POST", "/orders", {"customer_id": 60, "customer": {"id": 7}}),
    ("POST", "/orders/do-bulk-action", {"action": "x", "order_ids": [50, 7]}),
    ("POST", "/orders/do-bulk-action", {"action": "x", "order_ids": "7"}),
    ("POST", "/orders/do-bulk-action", {"action": "x", "order_ids": {"": ["7"]}}),
    ("POST", "/orders/do-bulk-action", {"action": "delete_orders", "order_ids": [50]}),
    ("POST", "/customers/do-bulk-action", {"action": "Delete_customers", "customer_ids": [60]}),
    ("POST", "/customers/do-bulk-action", {"action": "x", "customer_ids": [7]}),
    ("PUT", "/customers/7", {}),
    ("PUT", "/customers/60", {"id": 7}),
    ("PUT", "/customers/60", {"user_id": 7}),
    ("POST", "/customers", {"email": "a@example.com", "id": 7}),
    ("PUT", "/customers/60/address", {"address_id": 7}),
    ("DELETE", "/customers/60/address", {"address": {"id": 7}}),
    ("POST", "/customers/60/address/make-primary", {"addressId": 7}),
    ("POST", "/customers/60/attachable-user", {"user_id": 7}),
    ("POST", "/customers/60/attachable-user", {"user_id": "-1"}),
    ("POST", "/customers/7/detach-user", None),
    ("DELETE", "/products/7", None),
    ("POST", "/products/variants/7", {}),
    ("DELETE", "/wp/v2/users/7", None),
    ("PUT", "/wp/v2/users/me", {"email": "x"}),
    ("POST", "/settings/store", {"order_mode": "live"}),
    ("DELETE", "/orders/0", None),
    ("DELETE", "/orders/abc", None),
]


@pytest.mark.parametrize(("method", "path", "json"), ALLOWED)
def test_reads_creations_and_own_objects_pass(
    journal: Journal, method: str, path: str, json: Any
) -> None:
    Guard(journal, AWAY)(method, path, json)


@pytest.mark.parametrize(("method", "path", "json"), REFUSED)
def test_what_could_reach_somebody_elses_object_is_held_back(
    journal: Journal, method: str, path: str, json: Any
) -> None:
    with pytest.raises(UnsafeRequestError):
        Guard(journal, AWAY)(method, path, json)


@pytest.mark.parametrize("path", ["/orders", "/orders/50", "/orders/calculate-shipping"])
def test_a_reading_run_sends_nothing_unsafe_at_all(journal: Journal, path: str) -> None:
    guard = Guard(journal, Policy(writes=False, destructive=False, loopback=True))
    guard("GET", path, None)
    with pytest.raises(ReadOnlyError):
        guard("POST", path, {})


def test_row_zero_may_be_tried_where_that_is_allowed(journal: Journal) -> None:
    Guard(journal, Policy(writes=True, destructive=True))("DELETE", "/orders/0", None)
    Guard(journal, Policy(writes=True, destructive=False, loopback=True))(
        "PUT", "/orders/x/statuses", {}
    )


@pytest.mark.parametrize("customer", ["0", "abc", "0.5"])
def test_no_address_is_made_for_nobody(journal: Journal, customer: str) -> None:
    request = ("POST", f"/customers/{customer}/address", {"type": "billing"})
    with pytest.raises(UnsafeRequestError, match="could not be taken away"):
        Guard(journal, Policy(writes=True, destructive=True, loopback=True))(*request)
    Guard(journal, Policy(writes=True, destructive=True, loopback=True, embedded=True))(*request)


def test_a_negative_user_is_tried_on_the_embedded_store_only(journal: Journal) -> None:
    request = ("POST", "/customers/60/attachable-user", {"user_id": -1})
    with pytest.raises(UnsafeRequestError):
        Guard(journal, Policy(writes=True, destructive=True, loopback=True))(*request)
    Guard(journal, Policy(writes=True, destructive=True, loopback=True, embedded=True))(*request)


def test_a_negative_id_passes_when_its_positive_is_harmless(journal: Journal) -> None:
    guard = Guard(journal, AWAY)
    guard("POST", "/customers/60/attachable-user", {"user_id": "-70"})
    guard("POST", "/customers/60/attachable-user", {"user_id": -(10**12)})


def test_users_lent_by_the_operator_may_be_attached(journal: Journal) -> None:
    policy = Policy(writes=True, destructive=False, attachable_users=frozenset({9}))
    Guard(journal, policy)("POST", "/customers/60/attachable-user", {"user_id": 9})


def test_cleanup_may_bulk_delete_its_own(journal: Journal) -> None:
    guard = Guard(journal, AWAY)
    guard.cleaning = True
    guard("POST", "/customers/do-bulk-action", {"action": "delete", "customer_ids": [60]})
    with pytest.raises(UnsafeRequestError):
        guard("POST", "/customers/do-bulk-action", {"action": "delete", "customer_ids": [7]})


@pytest.mark.parametrize(
    ("value", "ids"),
    [
        (None, set()),
        ("", set()),
        (7, {7}),
        ("7", {7}),
        (" 7 days", {7}),
        ("1e3", {1, 1000}),
        (7.9, {7, 8}),
        ("abc", {0}),
        (-7, {-7, 7}),
        (True, {1}),
        ([7], {1, 7}),
        ([], set()),
        ({"id": "7"}, {1, 7}),
        (float("nan"), {0}),
    ],
)
def test_an_id_is_read_in_every_way_a_lenient_store_may(value: Any, ids: set[int]) -> None:
    assert plausible_ids(value) == ids

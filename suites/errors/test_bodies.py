"""Bodies that cannot be read, or are not what an operation needs (the rows Error Responses).

Each operation is asked with ids that are good; a refusal is a 4xx, and nothing may change.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from fluentcart_conformance.drivers.trial import Trial
from fluentcart_conformance.scenarios import requirement

JSON = {"Content-Type": "application/json"}
READS_BODY = (
    "create_order", "orders_bulk", "update_order", "update_order_address_id", "refund_order",
    "change_customer", "create_and_change_customer", "update_statuses", "update_order_address",
    "update_transaction_status", "create_custom_item", "calculate_shipping", "mark_as_paid",
)  # fmt: skip
NEEDS_BODY = READS_BODY[:-1]
CUSTOMERS = (
    "create_customer", "update_customer", "update_customer_additional_info",
    "update_customer_address", "create_customer_address", "make_primary_address",
    "delete_customer_address", "attach_user", "detach_user", "customers_bulk",
)  # fmt: skip
# The member that each operation cannot do without, as a path into its body.
REQUIRED = {
    "create_order": "order_items",
    "orders_bulk": "order_ids",
    "update_order": "customer_id",
    "update_order_address_id": "address_id",
    "refund_order": "refund_info/transaction_id",
    "change_customer": "customer_id",
    "create_and_change_customer": "email",
    "update_statuses": "action",
    "update_order_address": "order_id",
    "update_transaction_status": "status",
    "create_custom_item": "product",
    "calculate_shipping": "order_items",
}
# A member of each operation, and a value of another kind than documented.
OTHER_KIND: dict[str, tuple[str, Any]] = {
    "create_order": ("order_items", "two of them"),
    "orders_bulk": ("action", ["change_order_status"]),
    "update_order": ("order_items", {"first": "one of them"}),
    "update_order_address_id": ("address_type", ["billing"]),
    "refund_order": ("refund_info", "all of it"),
    "change_customer": ("customer_id", {}),
    "create_and_change_customer": ("email", ["somebody"]),
    "update_statuses": ("statuses", "completed"),
    "update_order_address": ("city", {"name": "Nowhere"}),
    "update_transaction_status": ("status", {"name": "failed"}),
    "create_custom_item": ("product", "a thing"),
    "calculate_shipping": ("order_items", "two of them"),
    "mark_as_paid": ("payment_method", ["offline_payment"]),
}
NOT_OBJECTS = ("[1, 2]", '"text"', "null", "7", "[]")


def put(body: Any, path: str, value: Any) -> Any:
    """The body with another value at a path."""
    name, _, rest = path.partition("/")
    return {**body, name: put(body[name], rest, value) if rest else value}


def test_a_body_that_is_no_json_is_refused(shared: Trial) -> None:
    for name, spoil in (
        ("ERR-MALFORMED-JSON", lambda _: "{not json at all}"),
        ("ERR-TRUNCATED-JSON", lambda text: text[: len(text) * 2 // 3]),
    ):
        for operation in shared.each(READS_BODY):
            content = spoil(json.dumps(shared.asks[operation].json))
            answer = shared.with_body(operation, content=content, headers=JSON)
            if answer is not None:
                with requirement(name):
                    assert answer.refused, f"{operation}: {answer.excerpt}"
        with requirement(name, "GEN-REFUSAL-KEEPS", "GEN-NO-HALF-WRITE"):
            assert shared.changes() == []


def test_a_customer_body_that_is_no_json_is_refused(shared: Trial) -> None:
    for operation in shared.each(CUSTOMERS):
        answer = shared.with_body(operation, content='{"email": "half', headers=JSON)
        if answer is not None:
            with requirement("ERR-CUS-MALFORMED-JSON", "ERR-CUS-CLASS"):
                assert answer.refused, f"{operation}: {answer.excerpt}"
    with requirement("ERR-CUS-MALFORMED-JSON", "ERR-CUS-UNCHANGED", "GEN-REFUSAL-KEEPS"):
        assert shared.changes() == []


def test_a_write_without_its_body_is_refused(shared: Trial) -> None:
    for operation in shared.each(NEEDS_BODY):
        answer = shared.with_body(operation)
        if answer is not None:
            with requirement("ERR-MISSING-BODY"):
                assert answer.refused, f"{operation}: {answer.excerpt}"
    with requirement("ERR-MISSING-BODY"):
        assert shared.changes() == []


def test_null_counts_as_missing(shared: Trial) -> None:
    for operation in shared.each(REQUIRED):
        body = put(shared.asks[operation].json, REQUIRED[operation], None)
        answer = shared.with_body(operation, json=body)
        if answer is not None:
            with requirement("ERR-NULL-MEMBER"):
                assert answer.refused, f"{operation}: {answer.excerpt}"
    with requirement("ERR-NULL-MEMBER"):
        assert shared.changes() == []


def test_json_that_is_no_object_does_no_harm(trial: Trial) -> None:
    for number, operation in enumerate(trial.each(READS_BODY)):
        content = NOT_OBJECTS[number % len(NOT_OBJECTS)]
        answer = trial.with_body(operation, content=content, headers=JSON)
        if answer is not None:
            with requirement("ERR-BODY-NOT-OBJECT"):
                # An empty body lacks what most of them need.
                allowed = answer.refused or (answer.accepted and operation not in NEEDS_BODY)
                assert allowed, f"{operation}: {answer.excerpt}"


def test_a_member_of_another_kind_is_refused_or_converted(trial: Trial) -> None:
    for operation in trial.each(OTHER_KIND):
        path, value = OTHER_KIND[operation]
        answer = trial.with_body(operation, json=put(trial.asks[operation].json, path, value))
        if answer is not None:
            with requirement("ERR-WRONG-TYPE"):
                assert answer.refused or answer.accepted, f"{operation}: {answer.excerpt}"


def test_a_body_under_another_name_is_read_or_refused(trial: Trial) -> None:
    shop, stage = trial.shop, trial.stage
    bought = len(shop.orders_of(stage.customer.id))
    lasting: tuple[tuple[str, str, Callable[[], bool]], ...] = (
        ("create_order", "application/xml",
         lambda: len(shop.orders_of(stage.customer.id)) == bought + 1),
        ("update_order", "text/plain",
         lambda: shop.order(stage.open.id).text("note") == "Nobody wrote this"),
        ("refund_order", "application/xml",
         lambda: shop.order(stage.paid.id).total_refund == 1),
        ("update_statuses", "text/plain",
         lambda: shop.order(stage.open.id).status == "canceled"),
    )  # fmt: skip
    for operation, kind, done in lasting:
        content = json.dumps(trial.asks[operation].json)
        answer = trial.with_body(operation, content=content, headers={"Content-Type": kind})
        with requirement("ERR-CONTENT-TYPE"):
            assert answer is None or answer.refused or (answer.accepted and done()), (
                f"{operation} as {kind}: {answer}"
            )


def test_depth_and_size_are_bounded(trial: Trial) -> None:
    shop, order = trial.shop, trial.stage.open
    deep = "[" * 5000 + "]" * 5000
    for operation in ("create_order", "update_order"):
        text = json.dumps(put(trial.asks[operation].json, "config", "HERE"))
        content = text.replace('"HERE"', deep)
        answer = trial.with_body(operation, content=content, headers=JSON)
        with requirement("ERR-DEEP-NESTING"):
            assert answer is None or answer.status < 500, f"{operation}: {answer.excerpt}"
    for operation in ("create_order", "update_order"):
        body = put(trial.asks[operation].json, "note", "long " * 100_000)
        answer = trial.with_body(operation, json=body)
        with requirement("ERR-LARGE-BODY"):
            assert answer is None or answer.status < 500, f"{operation}: {answer.excerpt}"
            made = shop.created_order(answer) if answer and operation == "create_order" else None
            assert len(shop.order(made or order.id).text("note")) <= 5000, operation

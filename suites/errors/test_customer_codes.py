"""The documented refusals of the customers API and their codes (customers-api, Error Handling).

What the scenarios of customers and addresses saw refused before is looked at again there; only the
rest is sent.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from fluentcart_conformance.scenarios import (
    ABSENT_ID,
    Answer,
    Refusals,
    Scene,
    Shop,
    requirement,
    told_before,
)

JSON = {"Content-Type": "application/json"}
BROKEN = ("create_customer", "delete_customer_address", "update_customer", "attach_user")
OF_ONE = (
    "get_customer", "get_customer_stats", "get_customer_orders", "get_customer_addresses",
    "update_customer", "update_customer_additional_info", "update_customer_address",
    "create_customer_address", "make_primary_address", "delete_customer_address", "attach_user",
    "detach_user",
)  # fmt: skip
WITH_TEXT = ("update_customer", "get_customer_orders")


@dataclass(frozen=True)
class Bad:
    """A bad body of an operation, the row of refusals it belongs to and the law that says so."""

    operation: str
    key: str
    law: str
    body: Callable[[Scene], Any]


def _created(scene: Scene, email: str) -> Mapping[str, Any]:
    return scene.shop.wire.new_customer(email, "No", "Body", {})


def _changed(scene: Scene, changes: Mapping[str, Any]) -> Mapping[str, Any]:
    return {**scene.asks["update_customer"].json, **changes}


def _moved(scene: Scene) -> Mapping[str, Any]:
    body = dict(scene.asks["update_customer_address"].json)
    return body | {name: ABSENT_ID for name in ("address_id", "id") if name in body}


BODIES = (
    Bad("create_customer", "customers.invalid_email", "ERR-CUS-INVALID-EMAIL",
        lambda scene: _created(scene, "not an address")),
    Bad("update_customer", "customers.duplicate_email", "ERR-CUS-INVALID-EMAIL",
        lambda scene: _changed(scene, {"email": scene.stage.other.email})),
    Bad("create_customer", "customers.duplicate_email", "ERR-CUS-INVALID-EMAIL",
        lambda scene: _created(scene, scene.stage.other.email.upper())),
    Bad("create_customer", "customers.missing_email", "ERR-CUS-VALIDATION",
        lambda _: {"first_name": "No", "last_name": "Body"}),
    Bad("update_customer", "customers.invalid_status", "ERR-CUS-VALIDATION",
        lambda scene: _changed(scene, {"status": "bogus"})),
    Bad("create_customer_address", "address.missing_field", "ERR-CUS-VALIDATION",
        lambda _: {"type": "billing"}),
    Bad("customers_bulk", "customers.bulk_missing_action", "ERR-CUS-VALIDATION",
        lambda scene: {"customer_ids": [scene.stage.customer.id]}),
    Bad("attach_user", "user.not_found", "ERR-CUS-INVALID-USER",
        lambda scene: scene.shop.wire.attached_user(ABSENT_ID)),
    Bad("update_customer_address", "address.not_found", "ERR-CUS-ADDRESS-NOT-FOUND", _moved),
    Bad("make_primary_address", "address.not_found", "ERR-CUS-ADDRESS-NOT-FOUND",
        lambda scene: scene.shop.wire.primary_address(ABSENT_ID, "billing")),
)  # fmt: skip


def test_bad_requests_about_customers_are_refused_with_their_codes(
    shop: Shop, refused: Refusals[Scene]
) -> None:
    for bad in BODIES:
        laws = bad.law, "ERR-CUS-CLASS"
        if told_before(shop, *laws, key=bad.key, operation=bad.operation):
            continue
        refused.must_refuse(
            bad.law,
            send=lambda scene, one=bad: scene.send(one.operation, json=one.body(scene)),
            key=bad.key,
            operation=bad.operation,
            what=bad.operation,
        )
    for operation in BROKEN:
        refused.must_refuse(
            "ERR-CUS-MALFORMED-JSON",
            "ERR-CUS-CLASS",
            send=lambda scene, one=operation: scene.send(
                one, content='{"email": "half', headers=JSON
            ),
            what=operation,
            law="ERR-CUS-MALFORMED-JSON",
        )
    _nobody_is_not_found(shop, refused)
    for operation in WITH_TEXT:
        refused.must_refuse(
            "ERR-CUS-MALFORMED-ID",
            "ERR-CUS-CLASS",
            send=lambda scene, one=operation: scene.send_to(one, "abc"),
            what=operation,
        )
    refused.nothing_changed("ERR-CUS-UNCHANGED", "GEN-REFUSAL-KEEPS")


def _nobody_is_not_found(shop: Shop, refused: Refusals[Scene]) -> None:
    laws, listed = ("ERR-CUS-NOT-FOUND", "ERR-CUS-CLASS"), False
    for operation in OF_ONE:
        if operation == "create_customer_address" and listed:
            continue  # a store that looks nobody up would keep an address of nobody
        known = told_before(shop, *laws, key="customer.not_found", operation=operation)
        answer = known or refused.must_refuse(
            *laws,
            send=lambda scene, one=operation: scene.send_to(one, ABSENT_ID),
            what=operation,
        )
        if answer is None:
            continue
        listed = listed or (operation == "get_customer_addresses" and answer.accepted)
        if answer.refused and known is None:
            with requirement("ERR-CUS-NOT-FOUND"):
                assert is_not_found(shop, operation, answer), f"{operation}: {answer.excerpt}"
        if operation == "get_customer":
            with requirement("ERR-CUS-MESSAGE-ID"):
                assert str(ABSENT_ID) in answer.message, answer.excerpt


def is_not_found(shop: Shop, operation: str, answer: Answer) -> bool:
    """Whether an unknown customer is refused with the status and code that the profile allows."""
    codes = shop.refusal_codes("customer.not_found")
    # The update page has a form of its own for this.
    page = ("fluent_cart_entity_not_found",) if operation == "update_customer" else ()
    fits = answer.status in shop.refusal("customer.not_found", operation)
    return fits and (not codes or answer.code in (*codes, *page))

"""The documented error codes of the customers API (customers-api, Error Handling).

Every writing operation gets one or two bad bodies, of every kind among them all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from fluentcart_conformance.scenarios import ABSENT_ID, Refusals, Scene, requirement

JSON = {"Content-Type": "application/json"}
BROKEN = (
    "create_customer", "update_customer_additional_info", "delete_customer_address",
    "detach_user", "update_customer", "attach_user",
)  # fmt: skip


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


def test_bad_bodies_are_refused_with_their_codes(refused: Refusals[Scene]) -> None:
    for bad in BODIES:
        answer = refused.must_refuse(
            bad.law,
            send=lambda scene, one=bad: scene.send(one.operation, json=one.body(scene)),
            key=bad.key,
            operation=bad.operation,
            what=bad.operation,
        )
        if answer is not None:
            with requirement("ERR-CUS-CLASS"):
                assert answer.refused, f"{bad.operation}: {answer.excerpt}"
    for operation in BROKEN:
        refused.must_refuse(
            "ERR-CUS-MALFORMED-JSON",
            "ERR-CUS-CLASS",
            send=lambda scene, one=operation: scene.send(
                one, content='{"email": "half', headers=JSON
            ),
            what=operation,
        )
    refused.nothing_changed("ERR-CUS-UNCHANGED", "GEN-REFUSAL-KEEPS")

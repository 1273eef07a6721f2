"""The documented error codes of the customers API (customers-api, Error Handling)."""

from __future__ import annotations

from typing import Any

from fluentcart_conformance.drivers.trial import Trial
from fluentcart_conformance.scenarios import ABSENT_ID, Answer, Shop, needs, requirement

OPERATIONS = (
    "list_customers", "create_customer", "get_customer", "update_customer",
    "update_customer_additional_info", "get_customer_stats", "get_customer_orders",
    "get_customer_addresses", "update_customer_address", "create_customer_address",
    "delete_customer_address", "make_primary_address", "get_attachable_users", "attach_user",
    "detach_user", "customers_bulk",
)  # fmt: skip


def check(shop: Shop, key: str, name: str, answer: Answer | None, *laws: str) -> None:
    """Look whether an operation refused with a status and a code that the profile allows.

    `key` is a row of the profile's refusals; `laws` are the requirements which say so.
    """
    if answer is None:
        return
    codes = shop.refusal_codes(key)
    with requirement(*laws):
        assert answer.status in shop.refusal(key, name), f"{name}: {answer.excerpt}"
        assert not codes or answer.code in codes, f"{name}: {answer.excerpt}"
    with requirement("ERR-CUS-CLASS"):
        assert answer.refused, f"{name}: {answer.excerpt}"


def test_a_bad_or_taken_address_has_its_code(shared: Trial) -> None:
    shop, stage = shared.shop, shared.stage
    taken = stage.other.email
    for key, email in (
        ("customers.invalid_email", "not an address"),
        ("customers.duplicate_email", taken),
        ("customers.duplicate_email", taken.upper()),
    ):
        for name in shared.each(("create_customer", "update_customer")):
            made = shop.wire.new_customer(email, "No", "Body", {})
            changed = shop.wire.changed_customer(shared.stage.customer, {"email": email})
            body = made if name == "create_customer" else changed
            check(shop, key, name, shared.with_body(name, json=body), "ERR-CUS-INVALID-EMAIL")
    with requirement("ERR-CUS-UNCHANGED"):
        assert shared.changes() == []


def test_what_fails_validation_has_its_code(shared: Trial) -> None:
    own = shared.stage.customer.id
    bodies: dict[str, tuple[str, Any]] = {
        "create_customer": ("customers.missing_email", {"first_name": "No", "last_name": "Body"}),
        "update_customer": ("customers.invalid_status", {
            **shared.asks["update_customer"].json, "status": "bogus"}),
        "update_customer_address": ("address.missing_id", {"city": "Nowhere"}),
        "create_customer_address": ("address.missing_field", {"type": "billing"}),
        "delete_customer_address": ("address.missing_id", {}),
        "make_primary_address": ("address.missing_id", {}),
        "attach_user": ("user.missing", {}),
        "customers_bulk": ("customers.bulk_missing_action", {"customer_ids": [own]}),
    }  # fmt: skip
    for name in shared.each(bodies):
        key, body = bodies[name]
        check(shared.shop, key, name, shared.with_body(name, json=body), "ERR-CUS-VALIDATION")
    with requirement("ERR-CUS-UNCHANGED", "GEN-REFUSAL-KEEPS"):
        assert shared.changes() == []


def test_what_does_not_exist_has_its_code(shared: Trial) -> None:
    shop, wire = shared.shop, shared.shop.wire
    attached = shared.with_body("attach_user", json=wire.attached_user(ABSENT_ID))
    check(shop, "user.not_found", "attach_user", attached, "ERR-CUS-INVALID-USER")
    changed = dict(shared.asks["update_customer_address"].json)
    changed |= {name: ABSENT_ID for name in ("address_id", "id") if name in changed}
    bodies = {
        "update_customer_address": changed,
        "delete_customer_address": wire.dropped_address(ABSENT_ID),
        "make_primary_address": wire.primary_address(ABSENT_ID, "billing"),
    }
    for name in shared.each(bodies):
        answer = shared.with_body(name, json=bodies[name])
        check(shop, "address.not_found", name, answer, "ERR-CUS-ADDRESS-NOT-FOUND")
    with requirement("ERR-CUS-UNCHANGED"):
        assert shared.changes() == []


@needs("low_identity")
def test_without_the_right_the_code_says_so(shared: Trial) -> None:
    low = shared.shop.as_("low")
    for operation in OPERATIONS:
        ask = shared.asks[operation]
        body = {} if ask.json is None else {"json": ask.json}
        answer = low.send(operation, *ask.ids, **body)
        check(low, "auth.forbidden", operation, answer, "ERR-CUS-PERMISSIONS")
    with requirement("ERR-CUS-UNCHANGED"):
        assert shared.changes() == []

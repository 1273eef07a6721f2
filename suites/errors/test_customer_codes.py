"""The documented error codes of the customers API (customers-api, Error Handling)."""

from __future__ import annotations

from collections.abc import Mapping
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


def unlike(shop: Shop, key: str, answers: Mapping[str, Answer | None]) -> dict[str, str]:
    """Answers whose status or code is none that the profile allows for this refusal."""
    codes = shop.refusal_codes(key)
    return {
        name: answer.excerpt[:120]
        for name, answer in answers.items()
        if answer is not None
        and (answer.status not in shop.refusal(key, name) or (codes and answer.code not in codes))
    }


def not_refused(answers: Mapping[str, Answer | None]) -> dict[str, str]:
    """Answers that are no 4xx."""
    return {
        name: answer.excerpt[:120]
        for name, answer in answers.items()
        if answer is not None and not answer.refused
    }


def test_a_bad_or_taken_address_has_its_code(shared: Trial) -> None:
    shop, stage = shared.shop, shared.stage
    taken = stage.other.email
    for key, email in (
        ("customers.invalid_email", "not an address"),
        ("customers.duplicate_email", taken),
        ("customers.duplicate_email", taken.upper()),
    ):
        made = shop.wire.new_customer(email, "No", "Body", {})
        changed = shop.wire.changed_customer(stage.customer, {"email": email})
        answers = {
            "create_customer": shared.with_body("create_customer", json=made),
            "update_customer": shared.with_body("update_customer", json=changed),
        }
        with requirement("ERR-CUS-INVALID-EMAIL"):
            assert unlike(shop, key, answers) == {}, email
        with requirement("ERR-CUS-CLASS"):
            assert not_refused(answers) == {}, email
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
    answers = {name: shared.with_body(name, json=body) for name, (_, body) in bodies.items()}
    wrong: dict[str, str] = {}
    for name, answer in answers.items():
        wrong |= unlike(shared.shop, bodies[name][0], {name: answer})
    with requirement("ERR-CUS-VALIDATION"):
        assert wrong == {}
    with requirement("ERR-CUS-CLASS"):
        assert not_refused(answers) == {}
    with requirement("ERR-CUS-UNCHANGED", "GEN-REFUSAL-KEEPS"):
        assert shared.changes() == []


def test_what_does_not_exist_has_its_code(shared: Trial) -> None:
    wire = shared.shop.wire
    attached = shared.with_body("attach_user", json=wire.attached_user(ABSENT_ID))
    with requirement("ERR-CUS-INVALID-USER"):
        assert unlike(shared.shop, "user.not_found", {"attach_user": attached}) == {}
    changed = dict(shared.asks["update_customer_address"].json)
    changed |= {name: ABSENT_ID for name in ("address_id", "id") if name in changed}
    bodies = {
        "update_customer_address": changed,
        "delete_customer_address": wire.dropped_address(ABSENT_ID),
        "make_primary_address": wire.primary_address(ABSENT_ID, "billing"),
    }
    answers = {name: shared.with_body(name, json=body) for name, body in bodies.items()}
    with requirement("ERR-CUS-ADDRESS-NOT-FOUND"):
        assert unlike(shared.shop, "address.not_found", answers) == {}
    with requirement("ERR-CUS-CLASS"):
        assert not_refused({**answers, "attach_user": attached}) == {}
    with requirement("ERR-CUS-UNCHANGED"):
        assert shared.changes() == []


@needs("low_identity")
def test_without_the_right_the_code_says_so(shared: Trial) -> None:
    low = shared.shop.as_("low")
    answers: dict[str, Answer | None] = {}
    for operation in OPERATIONS:
        ask = shared.asks[operation]
        body = {} if ask.json is None else {"json": ask.json}
        answers[operation] = low.send(operation, *ask.ids, **body)
    with requirement("ERR-CUS-PERMISSIONS"):
        assert unlike(low, "auth.forbidden", answers) == {}
    with requirement("ERR-CUS-UNCHANGED"):
        assert shared.changes() == []

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
        answers = {
            "create_customer": shop.create_customer(email),
            "update_customer": shop.update_customer(stage.customer, email=email),
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


def test_a_user_that_does_not_exist_has_its_code(shared: Trial) -> None:
    answers = {"attach_user": shared.shop.attach_user(shared.stage.customer.id, ABSENT_ID)}
    with requirement("ERR-CUS-INVALID-USER"):
        assert unlike(shared.shop, "user.not_found", answers) == {}
    with requirement("ERR-CUS-CLASS"):
        assert not_refused(answers) == {}
    with requirement("ERR-CUS-UNCHANGED"):
        assert shared.changes() == []


def test_an_address_that_does_not_exist_has_its_code(shared: Trial) -> None:
    shop, own = shared.shop, shared.stage.customer.id
    body = dict(shared.asks["update_customer_address"].json)
    body |= {name: ABSENT_ID for name in ("address_id", "id") if name in body}
    answers = {
        "update_customer_address": shared.with_body("update_customer_address", json=body),
        "delete_customer_address": shop.delete_address(own, ABSENT_ID),
        "make_primary_address": shop.make_primary(own, ABSENT_ID),
    }
    with requirement("ERR-CUS-ADDRESS-NOT-FOUND"):
        assert unlike(shop, "address.not_found", answers) == {}
    with requirement("ERR-CUS-CLASS"):
        assert not_refused(answers) == {}
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

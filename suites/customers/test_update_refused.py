"""Changes of a customer that must not happen (customers-api: Update Customer, Error Codes)."""

from __future__ import annotations

from typing import Any

from fluentcart_conformance.scenarios import (
    ABSENT_ID,
    Customer,
    Refusals,
    Shop,
    assert_refused,
    requirement,
)

QUIET = {"updated_at"}


def test_a_change_that_makes_no_sense_is_refused_and_an_empty_one_changes_nothing(
    shop: Shop, customer: Customer, plain_customer: Refusals[Customer]
) -> None:
    owner = shop.customer(shop.new_customer().id)
    _the_id_in_the_body_does_not_decide(shop, plain_customer, owner)
    changes: tuple[tuple[str, str, dict[str, str]], ...] = (
        ("CUS-UPDATE-EMAIL-TAKEN", "duplicate_email", {"email": owner.email.upper()}),
        ("CUS-UPDATE-EMAIL-TAKEN", "duplicate_email", {"email": customer.email}),
        ("CUS-UPDATE-EMAIL-MALFORMED", "invalid_email", {"email": f"{shop.fresh()} at a.example"}),
        ("CUS-UPDATE-EMAIL-MALFORMED", "invalid_email", {"email": f"{shop.fresh()}@"}),
        ("CUS-UPDATE-STATUS-INVALID", "invalid_status", {"status": "golden"}),
        ("CUS-UPDATE-NAME-LENGTH", "too_long", {"first_name": "n" * 256}),
        ("CUS-UPDATE-NAME-LENGTH", "too_long", {"last_name": "n" * 256}),
    )
    for name, key, change in changes:
        answer = plain_customer.must_refuse(
            name,
            send=lambda one, change=change: shop.update_customer(one, **change),
            key=f"customers.{key}",
            operation="update_customer",
            what=f"{change}"[:60],
            law=name,
        )
        if answer is not None and answer.accepted and "status" in change:
            # Nobody else shall stumble over a status that does not exist.
            shop.update_customer(shop.customer_in(answer), status="active")
    plain_customer.must_keep(
        "CUS-UPDATE-EMPTY", send=lambda one: shop.send("update_customer", one.id, json={})
    )
    plain_customer.nothing_changed()
    now = shop.customer(owner.id)
    with requirement("CUS-UPDATE-EMAIL-TAKEN", "CUS-UPDATE-BODY-ID"):
        assert now.differences(owner, QUIET) == [], "whose address it is"


def _the_id_in_the_body_does_not_decide(
    shop: Shop, group: Refusals[Customer], owner: Customer
) -> None:
    """Not even whose address an address is."""
    one = group.stage
    body = {**shop.wire.least_changed_customer(one, {}), "id": owner.id, "email": owner.email}
    answer = shop.send("update_customer", one.id, json=body)
    after = shop.customer(one.id)
    with requirement("CUS-UPDATE-BODY-ID"):
        assert after.email == one.email, f"one address twice: {answer}"
    if after.email != one.email:
        group.renew()


def test_a_customer_that_does_not_exist_is_not_changed(shop: Shop) -> None:
    ghost = Customer(
        {"id": ABSENT_ID, "email": shop.fresh_email(), "first_name": "No", "last_name": "Body"}
    )
    answer = shop.update_customer(ghost, first_name="Some")
    with requirement("CUS-UPDATE-UNKNOWN"):
        assert_refused(shop, answer, "customer.not_found", "update_customer")
    members: dict[str, Any] = {"company": "Nowhere Inc", "labels": []}
    answer = shop.update_additional_info(ABSENT_ID, **members)
    with requirement("CUS-INFO-UNKNOWN"):
        assert_refused(shop, answer, "customer.not_found", "update_customer_additional_info")

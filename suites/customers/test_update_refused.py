"""Changes of a customer that must not happen (customers-api: Update Customer, Error Codes)."""

from __future__ import annotations

from typing import Any

from fluentcart_conformance.scenarios import (
    ABSENT_ID,
    Customer,
    Refusals,
    Shop,
    assert_refused,
    needs,
    requirement,
    whole,
)

QUIET = {"updated_at"}
LABELS = QUIET | {"labels", "selected_labels"}


def test_a_change_that_makes_no_sense_is_refused(
    shop: Shop, customer: Customer, plain_customer: Refusals[Customer]
) -> None:
    no_address = f"{shop.fresh()} at example.com"
    owners = [customer, shop.new_customer()]
    changes: tuple[tuple[str, str, dict[str, str]], ...] = (
        ("CUS-UPDATE-EMAIL-TAKEN", "duplicate_email", {"email": owners[1].email.upper()}),
        ("CUS-UPDATE-EMAIL-TAKEN", "duplicate_email", {"email": customer.email}),
        ("CUS-UPDATE-EMAIL-MALFORMED", "invalid_email", {"email": no_address}),
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
            what=f"{change}"[:60],
        )
        if answer is not None and answer.accepted and "status" in change:
            # Nobody else shall stumble over a status that does not exist.
            shop.update_customer(shop.customer_in(answer), status="active")
    plain_customer.nothing_changed(*dict.fromkeys(row[0] for row in changes))
    with requirement("CUS-UPDATE-EMAIL-TAKEN"):
        for owner in owners:
            assert shop.customer(owner.id).email == owner.email, "whose address it is"


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


@needs("labels")
def test_labels_show_on_the_customer_they_were_given_to(shop: Shop, customer: Customer) -> None:
    labels = sorted(shop.label_ids()[:2])
    before, other = shop.customer(shop.new_customer().id), shop.customer(customer.id)
    answer = shop.update_additional_info(before.id, labels=labels)
    after = shop.customer(before.id)
    with requirement("CUS-INFO-LABELS"):
        kept = after.raw.get("selected_labels", labels)
        if answer.accepted:
            assert isinstance(kept, list), "selected_labels is no list"
            assert sorted(map(whole, kept)) == labels
    with requirement("CUS-INFO-PATH"):
        assert answer.accepted, answer.excerpt
        assert shop.customer(other.id).differences(other, QUIET) == []
    with requirement("CUS-INFO-CUSTOMER-UNTOUCHED"):
        assert after.differences(before, LABELS | {"additional_info"}) == []
    # A customer who is deleted may leave what says so behind.
    shop.update_additional_info(before.id, labels=[])

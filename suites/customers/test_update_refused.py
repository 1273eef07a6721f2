"""Changes of a customer that must not happen (customers-api: Update Customer, Error Codes)."""

from __future__ import annotations

from typing import Any

import pytest

from fluentcart_conformance.scenarios import (
    ABSENT_ID,
    Customer,
    Shop,
    assert_refused,
    needs,
    not_testable,
    requirement,
)

QUIET = {"updated_at"}
LABELS = QUIET | {"labels", "selected_labels"}


@pytest.fixture(scope="module")
def mine(shop: Shop) -> Customer:
    """A customer whom nothing here may change, read back."""
    return shop.customer(shop.new_customer(first_name="Stay", last_name="Put", phone="+3000").id)


def test_an_address_that_is_taken_or_malformed_is_refused(shop: Shop, mine: Customer) -> None:
    other = shop.customer(shop.new_customer().id)
    for email in (other.email, other.email.upper()):
        answer = shop.update_customer(mine, email=email)
        with requirement("CUS-UPDATE-EMAIL-TAKEN"):
            assert_refused(shop, answer, "customers.duplicate_email", what=email)
    with requirement("CUS-UPDATE-EMAIL-TAKEN"):
        assert shop.customer(mine.id).differences(mine, QUIET) == []
        assert shop.customer(other.id).differences(other, QUIET) == []
    for email in (f"{shop.fresh()} at example.com", f"{shop.fresh()}@"):
        answer = shop.update_customer(mine, email=email)
        with requirement("CUS-UPDATE-EMAIL-MALFORMED"):
            assert_refused(shop, answer, "customers.invalid_email", what=email)
    with requirement("CUS-UPDATE-EMAIL-MALFORMED"):
        assert shop.customer(mine.id).differences(mine, QUIET) == []


def test_an_unknown_status_or_an_endless_name_is_refused(shop: Shop) -> None:
    before = shop.customer(shop.new_customer(first_name="Stay", last_name="Put").id)
    answer = shop.update_customer(before, status="golden")
    with requirement("CUS-UPDATE-STATUS-INVALID"):
        assert_refused(shop, answer, "customers.invalid_status")
        assert shop.customer(before.id).differences(before, QUIET) == []
    if answer.accepted:
        shop.update_customer(before, status=before.status)
    for name in ("first_name", "last_name"):
        answer = shop.update_customer(before, **{name: "n" * 256})
        with requirement("CUS-UPDATE-NAME-LENGTH"):
            assert_refused(shop, answer, "customers.too_long", what=name)
    with requirement("CUS-UPDATE-NAME-LENGTH"):
        after = shop.customer(before.id)
        assert (after.first_name, after.last_name) == ("Stay", "Put")


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
def test_labels_show_on_the_customer_they_were_given_to(shop: Shop) -> None:
    labels = shop.label_ids()[:1]
    if not labels:
        reason = "the target has no label, and none that is made can be deleted"
        not_testable(reason, "CUS-INFO-LABELS")
        return
    before, other = (shop.customer(shop.new_customer().id) for _ in range(2))
    answer = shop.update_additional_info(before.id, labels=labels)
    after = shop.customer(before.id)
    with requirement("CUS-INFO-LABELS"):
        assert not answer.accepted or after.raw.get("selected_labels", labels) == labels
    with requirement("CUS-INFO-PATH"):
        assert answer.accepted, answer.excerpt
        assert shop.customer(other.id).differences(other, QUIET) == []
    with requirement("CUS-INFO-CUSTOMER-UNTOUCHED"):
        assert after.differences(before, LABELS | {"additional_info"}) == []

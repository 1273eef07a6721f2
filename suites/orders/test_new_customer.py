"""A customer made for an order (orders-api: Create and Change Customer; its operation page)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from fluentcart_conformance.scenarios import (
    ABSENT_ID,
    SIDE_EFFECTS,
    Answer,
    Customer,
    Line,
    Order,
    Shop,
    needs,
    requirement,
)

# The e-mail of an address is the owner's.
OWNER = SIDE_EFFECTS | {"customer", "customer_id", "email"}
DETAILS = {
    "city": "Albany",
    "country": "US",
    "state": "NY",
    "postcode": "12201",
    "status": "inactive",
    "notes": "Rings twice",
}


@dataclass(frozen=True)
class Handover:
    """A paid order handed to a customer made on the spot; figures are (count, spent)."""

    old: Customer
    email: str
    order: Order
    figures: tuple[int, int]
    answer: Answer
    after: Order


def _figures(shop: Shop, customer_id: int) -> tuple[int, int]:
    read = shop.figures(customer_id)
    return read.order_count, read.total_spent


@pytest.fixture(scope="module")
def handover(shop: Shop, two_lines: list[Line]) -> Handover:
    old, email = shop.new_customer(), shop.fresh_email("jane")
    shop.paid_order(old, [two_lines[1]])
    order = shop.paid_order(old, two_lines)
    figures = _figures(shop, old.id)
    answer = shop.create_and_change_customer(order.id, email, "Jane", "Doe", **DETAILS)
    return Handover(old, email, order, figures, answer, shop.order(order.id))


def test_a_customer_is_made_for_an_order(shop: Shop, handover: Handover) -> None:
    with requirement("ORD-NEW-CUSTOMER-ENDPOINT"):
        assert handover.answer.status == 200, handover.answer
    with requirement("ORD-NEW-CUSTOMER-BODY"):
        assert handover.answer.accepted, handover.answer
    with requirement("ORD-NEW-CUSTOMER-TEXT"):
        shown = handover.answer.members
        assert "order" in shown or handover.answer.message.strip(), "neither order nor message"
    with requirement("ORD-NEW-CUSTOMER-MOVED"):
        assert handover.after.customer_id != handover.old.id
        assert handover.after.customer.id == handover.after.customer_id
        assert handover.after.customer.email == handover.email
    made = shop.customer(handover.after.customer_id)
    with requirement("ORD-NEW-CUSTOMER-CREATED"):
        assert (made.email, made.first_name, made.last_name) == (handover.email, "Jane", "Doe")
    for name, value in DETAILS.items():
        with requirement("ORD-NEW-CUSTOMER-DETAILS-KEPT"):
            assert handover.after.customer.text(name) == value, name
    with requirement("ORD-NEW-CUSTOMER-KEEPS", "ORD-UNTOUCHED"):
        assert handover.after.differences(handover.order, OWNER) == []


def test_the_figures_of_both_customers_follow(shop: Shop, handover: Handover) -> None:
    old, new = (_figures(shop, one) for one in (handover.old.id, handover.after.customer_id))
    with requirement("ORD-NEW-CUSTOMER-STATS"):
        count, spent = handover.figures
        assert old == (count - 1, spent - handover.order.total_paid), "the old customer"
        assert new == (1, handover.order.total_paid), "the new customer"


def _named(shop: Shop, **more: Any) -> dict[str, Any]:
    return {"email": shop.fresh_email(), **shop.wire.customer_names("Jane", "Doe"), **more}


def _customers_with(shop: Shop, email: str) -> list[int]:
    rows = shop.customers({"search": email}).rows
    return [one.id for one in rows if one.email.lower() == email.lower()]


def test_names_may_be_as_long_as_documented(shop: Shop, customer: Customer) -> None:
    """255 characters in all where the store keeps one name."""
    order = shop.new_order(customer)
    first, last = ("f" * 127, "l" * 127) if shop.wire.full_name_mode else ("f" * 255, "l" * 255)

    answer = shop.create_and_change_customer(order.id, shop.fresh_email(), first, last)

    with requirement("ORD-NEW-CUSTOMER-MAX-LENGTH", "ORD-NEW-CUSTOMER-FULL-NAME"):
        assert answer.accepted, answer
        shown = shop.order(order.id).customer
        assert (shown.first_name, shown.last_name) == (first, last)


@pytest.mark.parametrize("name", ["first_name", "last_name", "full_name", "email"])
def test_a_name_or_address_too_long_is_refused(shop: Shop, customer: Customer, name: str) -> None:
    order = shop.new_order(customer)
    text = f"{'a' * 244}@example.com" if name == "email" else "n" * 256
    body = _named(shop) | {name: text}

    answer = shop.send("create_and_change_customer", order.id, json=body)

    with requirement("ORD-NEW-CUSTOMER-MAX-LENGTH"):
        ignored = answer.accepted and name not in _named(shop)
        assert ignored or answer.status in shop.refusal("create_and_change.too_long"), answer
    if answer.accepted:
        shop.journal.created("customer", shop.order(order.id).customer_id)


def test_a_customer_without_address_or_name_is_refused(shop: Shop, customer: Customer) -> None:
    order, taken = shop.new_order(customer), shop.new_customer()
    nameless = {"email": shop.fresh_email(), "last_name": "Doe"}
    if shop.wire.full_name_mode:
        nameless["first_name"] = "Jane"
    no_email = _named(shop)
    del no_email["email"]
    cases = (
        ("missing_email", no_email, "NO-EMAIL"),
        ("duplicate_email", _named(shop, email=taken.email), "TAKEN"),
        ("invalid_email", _named(shop, email=f"{shop.fresh()} at example"), "MALFORMED"),
        ("missing_name", nameless, "NO-NAME"),
    )
    answers = {
        what: shop.send("create_and_change_customer", order.id, json=body)
        for key, body, what in cases
    }
    allowed = {what: shop.refusal(f"create_and_change.{key}") for key, _body, what in cases}
    with requirement("ORD-NEW-CUSTOMER-NO-EMAIL-422"):
        assert answers["NO-EMAIL"].status in allowed["NO-EMAIL"], answers["NO-EMAIL"]
    with requirement("ORD-NEW-CUSTOMER-TAKEN-422"):
        assert answers["TAKEN"].status in allowed["TAKEN"], answers["TAKEN"]
    with requirement("ORD-NEW-CUSTOMER-MALFORMED-422"):
        assert answers["MALFORMED"].status in allowed["MALFORMED"], answers["MALFORMED"]
    with requirement("ORD-NEW-CUSTOMER-NO-NAME-422", "ORD-NEW-CUSTOMER-FULL-NAME"):
        assert answers["NO-NAME"].status in allowed["NO-NAME"], answers["NO-NAME"]
    with requirement("ORD-NEW-CUSTOMER-NO-EMAIL-TEXT"):
        assert answers["NO-EMAIL"].message.strip()
    with requirement("ORD-NEW-CUSTOMER-TAKEN-TEXT"):
        assert answers["TAKEN"].message.strip()
    with requirement("ORD-NEW-CUSTOMER-NO-NAME-TEXT"):
        assert answers["NO-NAME"].message.strip()
    after = shop.order(order.id)
    with requirement("ORD-NEW-CUSTOMER-REFUSED-KEEPS"):
        assert after.differences(order, SIDE_EFFECTS) == []
        assert _customers_with(shop, nameless["email"]) == []
        assert _customers_with(shop, taken.email) == [taken.id]


def test_an_order_that_does_not_exist_gets_no_customer(shop: Shop) -> None:
    body = _named(shop)

    answer = shop.send("create_and_change_customer", ABSENT_ID, json=body)

    with requirement("ORD-NEW-CUSTOMER-UNKNOWN-ORDER"):
        assert answer.status in shop.refusal("create_and_change.unknown_order"), answer
    left = _customers_with(shop, body["email"])
    for one in left:
        shop.journal.created("customer", one)
    with requirement("ORD-NEW-CUSTOMER-NO-ORPHAN"):
        assert left == [], "the customer of the refused call is there"


@needs("wp_users")
def test_the_new_customer_can_be_a_wordpress_user(shop: Shop, customer: Customer) -> None:
    order, user = shop.new_order(customer), shop.new_user()

    answer = shop.create_and_change_customer(order.id, shop.fresh_email(), user_id=user)

    with requirement("ORD-NEW-CUSTOMER-USER", "ORD-NEW-CUSTOMER-BODY"):
        assert answer.accepted, answer
        assert shop.order(order.id).customer.user_id == user

"""A customer made for an order (orders-api: Create and Change Customer; its operation page)."""

from __future__ import annotations

from collections.abc import Callable
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
    Refusals,
    Shop,
    Wrong,
    needs,
    proves,
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
    """A paid order handed to a customer made on the spot; figures are (count, spent).

    `word` stands in the e-mail of each customer that these scenarios have made, or tried to.
    """

    word: str
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
    # Nobody else's customer: a store may move the whole address book along.
    old, word = shop.new_customer(), f"{shop.fresh('jane')}z"
    email = f"{word}-first@example.com"
    order = shop.paid_order(old, two_lines)
    figures = _figures(shop, old.id)
    answer = shop.create_and_change_customer(order.id, email, "Jane", "Doe", **DETAILS)
    return Handover(word, old, email, order, figures, answer, shop.order(order.id))


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
    old, new = (_figures(shop, one) for one in (handover.old.id, handover.after.customer_id))
    with requirement("ORD-NEW-CUSTOMER-STATS"):
        count, spent = handover.figures
        assert old == (count - 1, spent - handover.order.total_paid), "the old customer"
        assert new == (1, handover.order.total_paid), "the new customer"


def _named(shop: Shop, email: str, **more: Any) -> dict[str, Any]:
    return {"email": email, **shop.wire.customer_names("Jane", "Doe"), **more}


def test_names_may_be_as_long_as_documented(shop: Shop, handover: Handover) -> None:
    """255 characters in all where the store keeps one name."""
    order, email = handover.order, f"{handover.word}-long@example.com"
    first, last = ("f" * 127, "l" * 127) if shop.wire.full_name_mode else ("f" * 255, "l" * 255)

    answer = shop.create_and_change_customer(order.id, email, first, last)

    with requirement("ORD-NEW-CUSTOMER-MAX-LENGTH", "ORD-NEW-CUSTOMER-FULL-NAME"):
        assert answer.accepted, answer
        shown = shop.order(order.id).customer
        assert (shown.first_name, shown.last_name) == (first, last)


@needs("wp_users")
def test_the_new_customer_can_be_a_wordpress_user(shop: Shop, handover: Handover) -> None:
    order, user = handover.order, shop.new_user()

    answer = shop.create_and_change_customer(order.id, shop.fresh_email(), user_id=user)

    with requirement("ORD-NEW-CUSTOMER-USER", "ORD-NEW-CUSTOMER-BODY"):
        assert answer.accepted, answer
        assert shop.order(order.id).customer.user_id == user


def _creation(shop: Shop, body: dict[str, Any]) -> Callable[[Order], Answer]:
    def send(order: Order) -> Answer:
        answer = shop.send("create_and_change_customer", order.id, json=body)
        if answer.accepted:
            shop.journal.created("customer", shop.order(order.id).customer_id)
        return answer

    return send


def _emails_with(shop: Shop, word: str) -> list[str]:
    rows = shop.customers({"search": word, "per_page": 50}).rows
    for one in rows:
        shop.journal.created("customer", one.id)
    return [one.email.lower() for one in rows]


CASES = {
    "NO-EMAIL": ("missing_email", ("ORD-NEW-CUSTOMER-NO-EMAIL-422",)),
    "TAKEN": ("duplicate_email", ("ORD-NEW-CUSTOMER-TAKEN-422",)),
    "MALFORMED": ("invalid_email", ("ORD-NEW-CUSTOMER-MALFORMED-422",)),
    "NO-NAME": ("missing_name", ("ORD-NEW-CUSTOMER-NO-NAME-422", "ORD-NEW-CUSTOMER-FULL-NAME")),
}
TOLD = {
    "NO-EMAIL": "ORD-NEW-CUSTOMER-NO-EMAIL-TEXT",
    "TAKEN": "ORD-NEW-CUSTOMER-TAKEN-TEXT",
    "NO-NAME": "ORD-NEW-CUSTOMER-NO-NAME-TEXT",
}


def _what_is_too_long(shop: Shop, handover: Handover, open_order: Refusals[Order]) -> None:
    good = _named(shop, f"{handover.word}-too-long@example.com")
    texts = dict.fromkeys(("first_name", "last_name", "full_name"), "n" * 256)
    texts["email"] = f"{handover.word.ljust(244, 'a')}@example.com"
    wrongs = [
        Wrong("ORD-NEW-CUSTOMER-MAX-LENGTH", name, _with(name, text), "create_and_change.too_long")
        for name, text in texts.items()
        if name in good
    ]
    open_order.must_refuse_each(
        wrongs, lambda _: dict(good), lambda order, body: _creation(shop, body)(order)
    )
    # A member of the other mode may be passed over, or refused.
    other = {name: text for name, text in texts.items() if name not in good}
    answer = shop.send("create_and_change_customer", handover.order.id, json={**good, **other})
    with requirement("ORD-NEW-CUSTOMER-MAX-LENGTH"):
        allowed = shop.refusal("create_and_change.too_long")
        assert answer.accepted or answer.status in allowed, answer
    if answer.accepted:
        shop.journal.created("customer", shop.order(handover.order.id).customer_id)


def _with(name: str, text: str) -> Callable[[dict[str, Any]], None]:
    return lambda body: body.update({name: text})


@proves(*(one for _key, ids in CASES.values() for one in ids), *TOLD.values())
def test_what_makes_no_customer_is_refused_and_leaves_none(
    shop: Shop, handover: Handover, open_order: Refusals[Order]
) -> None:
    word = handover.word
    bodies = {
        "NO-EMAIL": _named(shop, ""),
        "TAKEN": _named(shop, handover.email),
        "MALFORMED": _named(shop, f"{word} at example"),
        "NO-NAME": {"email": f"{word}-nameless@example.com", "last_name": "Doe"},
    }
    del bodies["NO-EMAIL"]["email"]
    if shop.wire.full_name_mode:
        bodies["NO-NAME"]["first_name"] = "Jane"
    _what_is_too_long(shop, handover, open_order)
    for what, body in bodies.items():
        key, ids = CASES[what]
        answer = open_order.must_refuse(
            *ids, send=_creation(shop, body), key=f"create_and_change.{key}", what=what
        )
        if what in TOLD and answer is not None:
            with requirement(TOLD[what]):
                assert answer.message.strip(), "the refusal gives no reason"
    open_order.nothing_changed("ORD-NEW-CUSTOMER-REFUSED-KEEPS")
    orphan = f"{word}-orphan@example.com"
    nowhere = shop.send("create_and_change_customer", ABSENT_ID, json=_named(shop, orphan))
    with requirement("ORD-NEW-CUSTOMER-UNKNOWN-ORDER"):
        assert nowhere.status in shop.refusal("create_and_change.unknown_order"), nowhere
    emails = _emails_with(shop, word)
    with requirement("ORD-NEW-CUSTOMER-REFUSED-KEEPS"):
        assert bodies["NO-NAME"]["email"].lower() not in emails
        assert emails.count(handover.email.lower()) == 1, "who has the address"
    with requirement("ORD-NEW-CUSTOMER-NO-ORPHAN"):
        assert orphan.lower() not in emails, "the customer of the refused call is there"

"""A new customer, read back at once (customers-api, Create Customer and Get Customer Details)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from fluentcart_conformance.scenarios import ABSENT_ID, Answer, Customer, Shop, proves, requirement

INFO = {"company": "Example Corp", "notes": "VIP customer"}
PHONE = "+1234567890"
SCRIPTS = (
    ("Zoë", "Łukasiewicz-Ωμέγα"),
    ("愛子", "أحمد"),
    ("Пётр😀", "O'Neill&Söhne"),
)


@dataclass(frozen=True)
class Made:
    """A customer sent with every documented member, with figures claimed besides."""

    email: str
    answer: Answer
    shown: Customer
    read: Customer


@pytest.fixture(scope="module")
def made(shop: Shop) -> Made:
    email = shop.fresh_email("jane")
    claims: dict[str, Any] = {"order_count": 7, "total_spent": 5000, "purchase_count": 7}
    answer = shop.create_customer(
        email, "Jane", "Smith", phone=PHONE, status="inactive", additional_info=INFO, **claims
    )
    shown = shop.customer_in(shop.given(answer, "create a customer"))
    return Made(email, answer, shown, shop.customer(shown.id))


def test_a_new_customer_reads_back_as_it_was_sent(made: Made) -> None:
    with requirement("CUS-CREATE-EMAIL", "CUS-REQUEST-JSON"):
        assert made.shown.email == made.read.email == made.email
    with requirement("CUS-CREATE-NAMES"):
        for one in (made.shown, made.read):
            assert (one.first_name, one.last_name) == ("Jane", "Smith")
    with requirement("CUS-CREATE-STATUS"):
        assert made.shown.status == made.read.status == "inactive"
    with requirement("CUS-CREATE-READ-BACK"):
        assert made.read.id == made.shown.id
        for name in ("email", "first_name", "last_name", "status"):
            assert made.read.text(name) == made.shown.text(name), name
    with requirement("CUS-CREATE-PHONE"):
        assert made.shown.text("phone") == made.read.text("phone") == PHONE


def test_a_new_customer_has_bought_nothing_whatever_is_claimed(shop: Shop, made: Made) -> None:
    with requirement("CUS-CREATE-NO-FIGURES"):
        assert shop.wire.record_figures(made.read) == (0, 0)


@proves("CUS-CREATE-INFO")
def test_company_and_notes_are_kept(shop: Shop, made: Made) -> None:
    """The answer of a create shows no such members; that of a later change of others does."""
    answer = shop.update_additional_info(made.shown.id, custom_field_1="later")
    with requirement("CUS-CREATE-INFO"):
        info = shop.customer_in(answer).member("additional_info")
        for name, value in INFO.items():
            assert info.get(name) == value, name


@dataclass(frozen=True)
class Least:
    """A customer made with an address and a name alone, and one that is active besides.

    `made` is what the store said to each, `read` what it says of them afterwards.
    """

    shop: Shop
    emails: tuple[str, str]
    made: tuple[Answer, Answer]
    read: list[Answer]

    def shown(self, number: int) -> Customer:
        """The customer of a create answer."""
        return self.shop.customer_in(self.shop.given(self.made[number], "create a customer"))

    def found(self, number: int) -> Customer:
        """The customer as read afterwards."""
        return self.shop.customer_in(self.shop.given(self.read[number], "read a customer"))


@pytest.fixture(scope="module")
def least(shop: Shop) -> Least:
    first, second = shop.fresh_email("least"), shop.fresh_email("least")
    made = (
        shop.create_customer(first, "Min", "Imal"),
        shop.create_customer(second, "Min", "Imal", status="active"),
    )
    ids = [shop.customer_in(one).id if one.accepted else ABSENT_ID for one in made]
    return Least(shop, (first, second), made, [shop.get_customer(one) for one in ids])


def test_an_address_and_a_name_are_enough(made: Made, least: Least) -> None:
    with requirement("CUS-CREATE-OPTIONAL"):
        assert least.made[0].accepted, least.made[0].excerpt
    with requirement("CUS-CREATE-NEW-ID"):
        ids = {made.shown.id, least.shown(0).id, least.shown(1).id}
        assert len(ids) == 3, "three customers of their own"
    with requirement("CUS-CREATE-EMAIL", "CUS-CREATE-READ-BACK"):
        for number, email in enumerate(least.emails):
            assert least.found(number).email == email
    with requirement("CUS-CREATE-STATUS"):
        assert least.shown(1).status == least.found(1).status == "active"


def test_a_new_customer_can_be_read_at_once(least: Least) -> None:
    for answer in least.read:
        with requirement("CUS-CREATE-READ-BACK"):
            assert answer.accepted, answer.excerpt


def test_names_in_any_script_come_back_letter_for_letter(shop: Shop) -> None:
    """As the list shows them: one search finds them all."""
    word, names = f"{shop.fresh('script')}z", {}
    for number, name in enumerate(SCRIPTS):
        answer = shop.create_customer(f"{word}-{number}@example.com", *name)
        with requirement("CUS-CREATE-UNICODE"):
            assert answer.accepted, f"{' '.join(name)}: {answer.excerpt}"
            names[shop.customer_in(answer).id] = name
    rows = {row.id: row for row in shop.customers({"search": word}).rows}
    for one, name in names.items():
        with requirement("CUS-CREATE-UNICODE"):
            read = rows.get(one) or shop.customer(one)
            assert (read.first_name, read.last_name) == name


def test_a_name_of_255_characters_is_kept_whole(shop: Shop) -> None:
    """In all, where the store keeps one name."""
    first, last = ("f" * 127, "l" * 127) if shop.wire.full_name_mode else ("f" * 255, "l" * 255)
    answer = shop.create_customer(shop.fresh_email("long"), first, last)
    with requirement("CUS-CREATE-NAME-LENGTH"):
        assert answer.accepted, answer.excerpt
        read = shop.customer(shop.customer_in(answer).id)
        assert (read.first_name, read.last_name) == (first, last)


def test_a_customer_is_found_by_its_own_id(shop: Shop, made: Made, least: Least) -> None:
    other = least.found(1)
    again = shop.customer(made.shown.id)
    with requirement("CUS-GET-ID"):
        assert (other.id, other.email) == (least.shown(1).id, least.emails[1])
        assert (again.id, again.email) == (made.shown.id, made.email)
    third = shop.customer(made.shown.id)
    with requirement("CUS-GET-REPEATABLE"):
        assert third.differences(again) == []
    for value in (0, -1, "abc", 2**63):
        answer = shop.get_customer(value)
        with requirement("CUS-GET-MALFORMED"):
            assert answer.refused, f"id {value}: {answer.excerpt}"

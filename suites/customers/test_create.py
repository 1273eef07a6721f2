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
    """A customer sent with every documented member, with figures claimed besides.

    `read` and `again` are two readings, one after the other.
    """

    email: str
    shown: Customer
    read: Customer
    again: Customer


@pytest.fixture(scope="module")
def made(shop: Shop) -> Made:
    email = shop.fresh_email("jane")
    claims: dict[str, Any] = {"order_count": 7, "total_spent": 5000, "purchase_count": 7}
    answer = shop.create_customer(
        email, "Jane", "Smith", phone=PHONE, status="inactive", additional_info=INFO, **claims
    )
    shown = shop.customer_in(shop.given(answer, "create a customer"))
    return Made(email, shown, shop.customer(shown.id), shop.customer(shown.id))


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
class Others:
    """Customers of several names, the first made with an address and a name alone.

    `names` are first and last names by e-mail address, `answers` what the store said of each,
    `listed` how one search finds them, `least` the reading of the first.
    """

    names: dict[str, tuple[str, str]]
    answers: dict[str, Answer]
    listed: dict[str, Customer]
    least: Answer

    @property
    def emails(self) -> list[str]:
        """The addresses, in the order the customers were made."""
        return list(self.names)


@pytest.fixture(scope="module")
def others(shop: Shop) -> Others:
    """One name has 255 characters: in all, where the store keeps one name."""
    most = 127 if shop.wire.full_name_mode else 255
    word = f"{shop.fresh('script')}z"
    every = (("Min", "Imal"), *SCRIPTS, ("f" * most, "l" * most))
    names = {f"{word}-{number}@example.com": name for number, name in enumerate(every)}
    answers: dict[str, Answer] = {}
    for number, (email, name) in enumerate(names.items()):
        more = {"status": "active"} if number else {}
        answers[email] = shop.create_customer(email, *name, **more)
    first = next(iter(answers.values()))
    number = shop.customer_in(first).id if first.accepted else ABSENT_ID
    found = shop.list_customers({"search": word})
    rows = shop.customers_in(found).rows if found.accepted else []
    return Others(names, answers, {row.email: row for row in rows}, shop.get_customer(number))


def test_an_address_and_a_name_are_enough(shop: Shop, made: Made, others: Others) -> None:
    least, lettered = (others.answers[one] for one in others.emails[:2])
    with requirement("CUS-CREATE-OPTIONAL"):
        assert least.accepted, least.excerpt
    shown = [shop.customer_in(shop.given(one, "create a customer")) for one in (least, lettered)]
    with requirement("CUS-CREATE-NEW-ID"):
        assert len({made.shown.id, *(one.id for one in shown)}) == 3, "three customers of their own"
    read = shop.customer_in(shop.given(others.least, "read a customer"))
    with requirement("CUS-CREATE-EMAIL", "CUS-CREATE-READ-BACK"):
        assert read.email == others.emails[0]
    with requirement("CUS-CREATE-STATUS"):
        assert shown[1].status == _read(shop, others, others.emails[1]).status == "active"
    with requirement("CUS-GET-ID"):
        assert (read.id, read.email) == (shown[0].id, others.emails[0])
        assert (made.again.id, made.again.email) == (made.shown.id, made.email)
    with requirement("CUS-GET-REPEATABLE"):
        assert made.again.differences(made.read) == []


def test_a_new_customer_can_be_read_at_once(others: Others) -> None:
    with requirement("CUS-CREATE-READ-BACK"):
        assert others.least.accepted, others.least.excerpt


def _read(shop: Shop, others: Others, email: str) -> Customer:
    """A customer as the list shows it, or else by the id of the create answer."""
    answer = others.answers[email]
    return others.listed.get(email) or shop.customer(shop.customer_in(answer).id)


@proves("CUS-CREATE-UNICODE", "CUS-CREATE-NAME-LENGTH")
def test_names_in_any_script_and_length_come_back_letter_for_letter(
    shop: Shop, others: Others
) -> None:
    for email in others.emails[1:]:
        name, answer = others.names[email], others.answers[email]
        law = "CUS-CREATE-UNICODE" if name in SCRIPTS else "CUS-CREATE-NAME-LENGTH"
        with requirement(law):
            assert answer.accepted, f"{' '.join(name)}: {answer.excerpt}"
            read = _read(shop, others, email)
            assert (read.first_name, read.last_name) == name


def test_no_customer_is_found_by_a_malformed_id(shop: Shop) -> None:
    for value in (0, -1, "abc", 2**63):
        answer = shop.get_customer(value)
        with requirement("CUS-GET-MALFORMED"):
            assert answer.refused, f"id {value}: {answer.excerpt}"

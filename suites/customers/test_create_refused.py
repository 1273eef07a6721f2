"""Customers that must not come about (customers-api, Create Customer and Common Error Codes)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from fluentcart_conformance.scenarios import (
    ABSENT_ID,
    Answer,
    Customer,
    Refusals,
    Shop,
    assert_refused,
    proves,
    requirement,
)

CREATE = "create_customer"


@dataclass
class Attempts:
    """Bodies that differ from a good one in one point; their addresses have a common word."""

    shop: Shop
    word: str
    accepted: list[str] = field(default_factory=list)

    def send(self, *, drop: str = "", **wrong: Any) -> Answer:
        """Create with these members changed, or one left out (`name`: each form of a name)."""
        email = f"{self.shop.fresh()}-{self.word}@example.com"
        body = {"email": email, **self.shop.wire.customer_names("Ann", "Example"), **wrong}
        for name in ("first_name", "full_name") if drop == "name" else (drop,):
            body.pop(name, None)
        answer = self.shop.create_customer_with(body)
        if answer.accepted:
            self.accepted.append(email)
            # Nobody else shall stumble over a status that does not exist.
            self.shop.update_customer(self.shop.customer_in(answer), status="active")
        return answer


@pytest.fixture(scope="module")
def attempts(shop: Shop) -> Attempts:
    return Attempts(shop, f"{shop.fresh('wrong')}z")


@proves("CUS-CREATE-EMAIL-MALFORMED")
def test_a_malformed_address_is_refused(shop: Shop, attempts: Attempts) -> None:
    for email in (f"{attempts.word} at example.com", f"{attempts.word}@", "@example.com"):
        answer = attempts.send(email=email)
        with requirement("CUS-CREATE-EMAIL-MALFORMED"):
            assert_refused(shop, answer, "customers.invalid_email", CREATE, what=email)


REFUSED: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("CUS-CREATE-EMAIL-MISSING", "customers.missing_email", {"drop": "email"}),
    ("CUS-CREATE-EMAIL-MISSING", "customers.missing_email", {"email": ""}),
    ("CUS-CREATE-NAME-MISSING", "customers.missing_name", {"drop": "name"}),
    ("CUS-CREATE-EMAIL-TYPE", "customers.invalid_type", {"email": 12}),
    ("CUS-CREATE-EMAIL-TYPE", "customers.invalid_type", {"email": ["a@example.com"]}),
    ("CUS-CREATE-EMAIL-TYPE", "customers.invalid_type", {"email": {"a": "a@example.com"}}),
    ("CUS-CREATE-EMAIL-LENGTH", "customers.too_long", {"email": f"{'a' * 244}@example.com"}),
    ("CUS-CREATE-STATUS-INVALID", "customers.invalid_status", {"status": "golden"}),
)


@proves(*(row[0] for row in REFUSED), "CUS-CREATE-REFUSED-NOTHING")
def test_what_makes_no_customer_is_refused_and_leaves_none(shop: Shop, attempts: Attempts) -> None:
    for name, key, wrong in REFUSED:
        answer = attempts.send(**wrong)
        with requirement(name):
            assert_refused(shop, answer, key, CREATE, what=f"{wrong}"[:60])
    for names in (("n" * 256, "Example"), ("Ann", "n" * 256)):
        answer = attempts.send(**shop.wire.customer_names(*names))
        with requirement("CUS-CREATE-NAME-LENGTH"):
            assert_refused(shop, answer, "customers.too_long", CREATE, "a name of 256 characters")
    empty = shop.create_customer_with({})
    with requirement("CUS-CREATE-EMPTY"):
        assert empty.refused, empty.excerpt
        assert empty.status in shop.refusal("customers.missing_email"), empty.excerpt
    found = shop.customers({"search": attempts.word, "per_page": 50})
    with requirement("CUS-CREATE-REFUSED-NOTHING"):
        left = {row.email for row in found.rows}
        assert left <= set(attempts.accepted), "customers of refused requests"


def test_an_address_belongs_to_one_customer(shop: Shop, plain_customer: Refusals[Customer]) -> None:
    """In whatever letters it is written."""
    email = plain_customer.stage.email
    for requirement_id, spelled in (
        ("CUS-CREATE-DUPLICATE", email),
        ("CUS-CREATE-DUPLICATE-CASE", email.upper()),
        ("CUS-CREATE-DUPLICATE-CASE", email.lower()),
    ):
        if spelled != email or requirement_id == "CUS-CREATE-DUPLICATE":
            plain_customer.must_refuse(
                requirement_id,
                send=lambda _one, spelled=spelled: shop.create_customer(spelled, "Im", "Postor"),
                key="customers.duplicate_email",
                operation=CREATE,
                what=spelled,
            )
    found = shop.customers({"search": email})
    with requirement("CUS-CREATE-DUPLICATE-KEEPS", "CUS-CREATE-REFUSED-NOTHING"):
        assert len(found.ids) == 1, "those who have the address"
    plain_customer.nothing_changed("CUS-CREATE-DUPLICATE-KEEPS", "CUS-CREATE-REFUSED-NOTHING")


def test_a_customer_that_does_not_exist_is_not_found(shop: Shop) -> None:
    answer = shop.get_customer(ABSENT_ID)
    with requirement("CUS-GET-UNKNOWN"):
        assert_refused(shop, answer, "customer.not_found", "get_customer")

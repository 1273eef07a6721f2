from __future__ import annotations

from typing import Any

import pytest

from .conftest import Caller

STREET = {
    "first_name": "Ann",
    "last_name": "Example",
    "name": "Ann Example",
    "email": "ann@example.com",
    "address_1": "1 Main St",
    "city": "New York",
    "state": "NY",
    "postcode": "10001",
    "country": "US",
}


class Form:
    """How a profile says which address is meant."""

    def __init__(self, caller: Caller) -> None:
        self.caller = caller
        self.documented = caller.store.profile.is_documented

    def made(self, customer: int, kind: str, **more: Any) -> int:
        sent = {**STREET, "type": kind, **more}
        data = self.caller.post(f"/customers/{customer}/address", sent)["data"]
        return int((data["address"] if self.documented else data)["id"])

    def change(self, customer: int, address: object, status: int = 200, **more: Any) -> Any:
        sent = {"address_id" if self.documented else "id": address, **more}
        return self.caller.put(f"/customers/{customer}/address", sent, status)

    def remove(self, customer: int, address: object, status: int = 200) -> Any:
        sent = {"address_id": address} if self.documented else {"address": {"id": address}}
        return self.caller.delete(f"/customers/{customer}/address", sent, status)

    def first(self, customer: int, address: object, kind: str, status: int = 200) -> Any:
        sent: dict[str, Any] = {"address_id": address}
        if not self.documented:
            sent = {"addressId": address, "type": kind}
        return self.caller.post(f"/customers/{customer}/address/make-primary", sent, status)

    def all(self, customer: int) -> dict[int, dict[str, Any]]:
        answer = self.caller.get(f"/customers/{customer}/address")
        rows = answer["data"]["addresses"] if self.documented else answer["addresses"]
        return {row["id"]: row for row in rows}

    def primaries(self, customer: int, kind: str) -> list[int]:
        rows = self.all(customer).values()
        return [r["id"] for r in rows if r["type"] == kind and r["is_primary"] in (True, "1")]


@pytest.fixture
def form(anywhere: Caller) -> Form:
    return Form(anywhere)


def test_the_first_of_a_type_is_primary_and_a_further_one_is_not(form: Form) -> None:
    first = form.made(20, "billing")
    second = form.made(20, "billing")
    shipping = form.made(20, "shipping")
    assert form.primaries(20, "billing") == [first]
    assert form.primaries(20, "shipping") == [shipping]
    assert set(form.all(20)) == {first, second, shipping}


def test_making_primary_leaves_exactly_one(form: Form) -> None:
    form.first(1, 3, "shipping")
    assert form.primaries(1, "shipping") == [3]
    assert form.primaries(1, "billing") == [1]
    form.first(1, 3, "shipping")
    assert form.primaries(1, "shipping") == [3]


def test_a_failed_make_primary_keeps_the_old_one(form: Form) -> None:
    for address in (999999, 4, 0):
        form.first(1, address, "billing", 404)
    for nonsense in (None, "abc", [1]):
        form.first(1, nonsense, "billing", 422)
    form.first(999999, 1, "billing", 404)
    if not form.documented:
        form.first(1, 3, "billing", 400)
    assert form.primaries(1, "billing") == [1]
    assert form.primaries(1, "shipping") == [2]


def test_an_update_keeps_what_is_not_sent(form: Form) -> None:
    before = form.all(1)
    form.change(1, 2, address_1="9 New St", city="Brooklyn")
    after = form.all(1)
    assert {name for name in after[2] if after[2][name] != before[2][name]} - {
        "updated_at",
        "formatted_address",
    } == {"address_1", "city"}
    assert after[1] == before[1]
    assert after[3] == before[3]


def test_changing_the_type_keeps_one_primary_each(form: Form) -> None:
    form.change(1, 2, type="billing")
    assert form.primaries(1, "billing") == [1]
    assert form.primaries(1, "shipping") == [3]


def test_addresses_are_reached_through_their_owner_only(form: Form) -> None:
    before = form.all(1)
    form.change(2, 1, 404, city="Hijack")
    form.change(999999, 1, 404, city="Hijack")
    form.remove(2, 3, 404)
    form.remove(999999, 3, 404)
    assert form.all(1) == before


def test_deleting(form: Form) -> None:
    form.remove(1, 3)
    assert set(form.all(1)) == {1, 2}
    form.remove(1, 3, 404)
    form.remove(1, None, 422)
    form.remove(1, 1, 400)
    assert form.primaries(1, "billing") == [1]


@pytest.mark.parametrize(
    "bad",
    [
        {"address_1": ""},
        {"address_1": None},
        {"city": None},
        {"country": None},
        {"country": "Atlantis"},
        {"state": "ZZ"},
        {"type": "bogus"},
        {"first_name": "x" * 256, "name": "x" * 256},
        {"address_1": ["x"]},
        {"is_primary": "abc"},
        {"email": "nope"},
    ],
)
def test_a_bad_address_is_refused(form: Form, bad: dict[str, Any]) -> None:
    sent = {**STREET, "type": "billing", **bad}
    answer = form.caller.post("/customers/20/address", sent, 422)
    if form.documented:
        code = "invalid_email" if "email" in bad else "validation_error"
        assert answer["error"]["code"] == code
    assert form.all(20) == {}


def test_unknown_customers_have_no_addresses(form: Form) -> None:
    form.caller.post("/customers/999999/address", {**STREET, "type": "billing"}, 404)
    form.caller.get("/customers/999999/address", 404)


def test_the_plugins_address(plugin: Caller) -> None:
    sent = {k: v for k, v in STREET.items() if k not in ("first_name", "last_name")}
    data = plugin.post("/customers/20/address", {**sent, "type": "billing"})["data"]
    assert data["is_primary"] == "1"
    assert data["customer_id"] == "20"
    full = "1 Main St, New York, New York, United States (US)"
    assert data["formatted_address"]["full_address"] == full
    found = plugin.get("/customers/1/address", params={"type": "shipping"})["addresses"]
    assert [row["id"] for row in found] == [3, 2]

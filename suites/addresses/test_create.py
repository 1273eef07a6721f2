"""New addresses and the list of them (customers-api: Create and Get Customer Addresses)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fluentcart_conformance.drivers.address_book import AddressBook
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

STREET = {
    "address_1": "789 New St",
    "city": "Queens",
    "state": "NY",
    "postcode": "11301",
    "country": "US",
}
SHOWN = ("type", "first_name", "last_name", "name", *STREET)


def test_a_new_address_is_in_the_list_of_its_customer(shop: Shop) -> None:
    owner, other = shop.new_customer(), shop.new_customer()
    empty = shop.get_addresses(owner.id)
    with requirement("ADR-LIST-EMPTY"):
        assert empty.accepted, empty.excerpt
        assert shop.wire.addresses(empty.body) == []
    answer = shop.create_address(owner, "shipping", first_name="John", last_name="Doe", **STREET)
    with requirement("ADR-CREATE-SHIPPING", "ADR-CREATE-PATH", "CUS-REQUEST-JSON"):
        assert answer.accepted, answer.excerpt
    first = shop.address_in(answer)
    second = shop.new_address(owner, "billing", address_1="2 Bill St", city="Boston", state="MA")
    third = shop.new_address(other, "billing", address_1="3 Their St")
    with requirement("ADR-CREATE-NEW-ID"):
        assert len({one.id for one in (first, second, third)}) == 3
    rows, theirs = shop.addresses(owner.id), shop.addresses(other.id)
    listed = {one.id: one for one in rows}
    with requirement("ADR-LIST-ALL", "ADR-LIST-PATH", "ADR-CREATE-PATH"):
        assert sorted(one.id for one in rows) == sorted((first.id, second.id)), "each once"
    with requirement("ADR-LIST-OWN", "ADR-LIST-PATH"):
        assert [one.id for one in theirs] == [third.id]
    with requirement("ADR-CREATE-SHIPPING"):
        assert first.type == listed[first.id].type == "shipping"
    with requirement("ADR-CREATE-BILLING"):
        assert second.type == listed[second.id].type == "billing"
    with requirement("ADR-CREATE-NAMES"):
        assert first.person == listed[first.id].person == "John Doe"
    with requirement("ADR-CREATE-STREET"):
        for name, value in STREET.items():
            assert first.text(name) == listed[first.id].text(name) == value, name
    for one in (first, second):
        with requirement("ADR-CREATE-READ-BACK"):
            for name in SHOWN:
                assert listed[one.id].text(name) == one.text(name), f"{name} of {one}"


def test_a_further_address_leaves_the_others_and_the_primary_alone(
    shop: Shop, book: AddressBook, other: AddressBook
) -> None:
    before = {kind: book.primary(kind) for kind in ("billing", "shipping")}
    made = [
        shop.new_address(book.owner, kind, address_1=f"9 New {kind} St")
        for kind in ("billing", "shipping")
    ]
    with requirement("ADR-CREATE-OTHERS"):
        assert book.moved(apart_from=[one.id for one in made]) == []
        assert other.moved() == []
    for one in made:
        with requirement("ADR-CREATE-PRIMARY-KEPT"):
            assert book.primary(one.type) == before[one.type], one.type
            assert not book.known[one.id].is_primary, f"the new {one.type} address"
    with requirement("ADR-LIST-REPEATABLE"):
        assert book.moved() == []


def test_an_address_in_any_script_comes_back_letter_for_letter(
    shop: Shop, book: AddressBook
) -> None:
    owner = book.owner
    members = {"address_1": "Übergang 7 «β» 東京", "city": "Łódź"}
    made = shop.create_address(owner, first_name="Zoë", last_name="Пётр", **members)
    with requirement("ADR-CREATE-UNICODE"):
        assert made.accepted, made.excerpt
        shown = shop.address_in(made)
        for one in (shown, book.read()[shown.id]):
            assert one.person == "Zoë Пётр"
            for name, value in members.items():
                assert one.text(name) == value, name


REFUSED: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("ADR-CREATE-STREET-MISSING", "address.missing_field", {"address_1": None}),
    ("ADR-CREATE-CITY-MISSING", "address.missing_field", {"city": None}),
    ("ADR-CREATE-COUNTRY-MISSING", "address.missing_field", {"country": None}),
    ("ADR-CREATE-TYPE-INVALID", "address.invalid_type", {"type": "office"}),
)


@proves(*(row[0] for row in REFUSED))
def test_an_address_that_is_not_whole_is_refused_and_not_kept(
    shop: Shop, books: Refusals[tuple[AddressBook, AddressBook]]
) -> None:
    for name, key, wrong in REFUSED:
        books.must_refuse(name, send=_sending(shop, wrong), key=key, what=f"{wrong}")
    books.must_refuse(
        "ADR-CREATE-EMPTY",
        send=lambda both: shop.create_address_with(both[0].owner.id, {}),
        key="address.missing_field",
    )
    books.nothing_changed("ADR-CREATE-REFUSED-NOTHING")


def _sending(
    shop: Shop, wrong: dict[str, Any]
) -> Callable[[tuple[AddressBook, AddressBook]], Answer]:
    """A whole address but for this; None leaves a member out."""

    def send(both: tuple[AddressBook, AddressBook]) -> Answer:
        owner = both[0].owner
        whole = shop.wire.new_address(
            "billing", owner, {"first_name": "A", "last_name": "B", **STREET}
        )
        body = {k: v for k, v in {**whole, **wrong}.items() if v is not None}
        return shop.create_address_with(owner.id, body)

    return send


@proves("ADR-LIST-UNKNOWN")
def test_a_customer_that_does_not_exist_has_no_addresses(shop: Shop, customer: Customer) -> None:
    answer = shop.get_addresses(ABSENT_ID)
    with requirement("ADR-LIST-UNKNOWN"):
        assert_refused(shop, answer, "customer.not_found", "get_customer_addresses")
    body = shop.wire.new_address("billing", customer, {"first_name": "A", **STREET})
    answer = shop.create_address_with(ABSENT_ID, body)
    with requirement("ADR-CREATE-UNKNOWN"):
        assert_refused(shop, answer, "customer.not_found", "create_customer_address")

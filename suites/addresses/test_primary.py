"""The primary address of each type (customers-api, Set Primary Address)."""

from __future__ import annotations

from fluentcart_conformance.drivers.address_book import AddressBook
from fluentcart_conformance.scenarios import ABSENT_ID, Shop, assert_refused, requirement

PLACE = ["is_primary"]


def test_another_address_takes_the_place_of_the_primary_one(
    shop: Shop, book: AddressBook, other: AddressBook
) -> None:
    second, shipping = book.spare("billing"), book.primary("shipping")
    answer = shop.make_primary(book.owner.id, second.id, "billing")
    with requirement("ADR-PRIMARY-PATH", "ADR-PRIMARY-ID", "CUS-REQUEST-JSON"):
        assert answer.accepted, answer.excerpt
    moved = book.moved(members=PLACE)
    with requirement("ADR-PRIMARY-EFFECT", "ADR-PRIMARY-ID"):
        assert book.known[second.id].is_primary
    with requirement("ADR-PRIMARY-ONE"):
        assert book.primary("billing") == [second.id]
    with requirement("ADR-PRIMARY-OTHER-TYPE"):
        assert book.primary("shipping") == shipping
    with requirement("ADR-PRIMARY-REST"):
        assert moved == []
    with requirement("ADR-PRIMARY-OTHER-CUSTOMER"):
        assert other.moved() == []
    again = shop.make_primary(book.owner.id, second.id, "billing")
    with requirement("ADR-PRIMARY-TWICE"):
        assert again.accepted or again.refused, again.excerpt
        assert book.moved() == []
    third = book.spare("shipping")
    shop.given(shop.make_primary(book.owner.id, third.id, "shipping"), "make an address primary")
    book.read()
    with requirement("ADR-PRIMARY-EFFECT", "ADR-PRIMARY-ONE", "ADR-PRIMARY-OTHER-TYPE"):
        assert (book.primary("billing"), book.primary("shipping")) == ([second.id], [third.id])


def test_an_unknown_address_or_none_does_not_become_primary(shop: Shop, book: AddressBook) -> None:
    unknown = shop.make_primary(book.owner.id, ABSENT_ID, "billing")
    moved = book.moved()
    with requirement("ADR-PRIMARY-UNKNOWN"):
        assert_refused(shop, unknown, "address.not_found", "make_primary_address")
    with requirement("ADR-PRIMARY-REFUSED-KEEPS"):
        assert moved == [], "after an unknown address"
    missing = shop.send("make_primary_address", book.owner.id, json={})
    moved = book.moved()
    with requirement("ADR-PRIMARY-MISSING-ID"):
        assert_refused(shop, missing, "address.missing_id")
    with requirement("ADR-PRIMARY-REFUSED-KEEPS"):
        assert moved == [], "after no address"


def test_an_address_is_made_primary_by_its_owner_alone(
    shop: Shop, book: AddressBook, other: AddressBook
) -> None:
    theirs = other.first("billing")
    mine = book.spare("billing")
    foreign = shop.make_primary(book.owner.id, theirs.id, "billing")
    stolen = shop.make_primary(other.owner.id, mine.id, "billing")
    moved, their_moves = book.moved(), other.moved()
    with requirement("ADR-PRIMARY-FOREIGN"):
        for answer in (foreign, stolen):
            assert_refused(shop, answer, "address.foreign", "make_primary_address")
    with requirement("ADR-PRIMARY-FOREIGN", "ADR-PRIMARY-REFUSED-KEEPS"):
        assert (moved, their_moves) == ([], [])
    nobody = shop.make_primary(ABSENT_ID, mine.id, "billing")
    with requirement("ADR-PRIMARY-UNKNOWN-CUSTOMER"):
        assert_refused(shop, nobody, "customer.not_found", "make_primary_address")
        assert book.moved() == []

"""The primary address of each type (customers-api, Set Primary Address)."""

from __future__ import annotations

from fluentcart_conformance.drivers.address_book import AddressBook
from fluentcart_conformance.scenarios import Shop, requirement

PLACE = ["is_primary"]


def test_another_address_takes_the_place_of_the_primary_one(
    shop: Shop, book: AddressBook, other: AddressBook
) -> None:
    second, third = book.spare("billing"), book.spare("shipping")
    for one in (third, second):
        answer = shop.make_primary(book.owner.id, one.id, one.type)
        with requirement("ADR-PRIMARY-PATH", "ADR-PRIMARY-ID", "CUS-REQUEST-JSON"):
            assert answer.accepted, answer.excerpt
    moved = book.moved(members=PLACE)
    with requirement("ADR-PRIMARY-EFFECT", "ADR-PRIMARY-ID"):
        assert book.known[second.id].is_primary
    with requirement("ADR-PRIMARY-ONE"):
        assert book.primary("billing") == [second.id]
    with requirement("ADR-PRIMARY-EFFECT", "ADR-PRIMARY-ONE", "ADR-PRIMARY-OTHER-TYPE"):
        assert book.primary("shipping") == [third.id]
    with requirement("ADR-PRIMARY-REST"):
        assert moved == []
    with requirement("ADR-PRIMARY-OTHER-CUSTOMER"):
        assert other.moved() == []
    again = shop.make_primary(book.owner.id, second.id, "billing")
    with requirement("ADR-PRIMARY-TWICE"):
        assert again.accepted or again.refused, again.excerpt
        assert book.moved() == []

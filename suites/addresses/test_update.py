"""Changing an address of a customer (customers-api, Update Customer Address)."""

from __future__ import annotations

from fluentcart_conformance.drivers.address_book import AddressBook, fill_book
from fluentcart_conformance.scenarios import Shop, late, moment, requirement

STREET = {
    "address_1": "123 Updated St",
    "city": "Boston",
    "state": "MA",
    "postcode": "02108",
    "country": "US",
}
KEPT = ("state", "postcode", "country", "type", "label")
# Dates have no more than seconds, so a change can be told by them after one second only.
A_SECOND = 1.1


def test_the_fields_that_are_sent_change_and_no_others(
    shop: Shop, book: AddressBook, other: AddressBook
) -> None:
    """An address that is not the first of its type, so that it is not the one by chance."""
    before, primary = book.spare("billing"), book.primary("billing")
    answer = shop.update_address_alone(
        book.owner.id, before, address_1="123 Updated St", city="Albany"
    )
    with requirement("ADR-UPDATE-PARTIAL", "ADR-UPDATE-PATH", "CUS-REQUEST-JSON"):
        assert answer.accepted, answer.excerpt
    shown = shop.address_in(answer)
    with requirement("ADR-UPDATE-ID"):
        assert shown.id == before.id
    with requirement("ADR-UPDATE-OTHERS"):
        assert book.moved(apart_from=[before.id]) == []
        assert other.moved() == []
    after = book.known[before.id]
    with requirement("ADR-UPDATE-ID", "ADR-UPDATE-STREET"):
        assert (after.text("address_1"), after.text("city")) == ("123 Updated St", "Albany")
    with requirement("ADR-UPDATE-UNTOUCHED"):
        assert after.person == before.person, "the name"
        for name in KEPT:
            assert after.text(name) == before.text(name), name
    with requirement("ADR-UPDATE-TYPE-KEPT"):
        assert after.type == before.type
    with requirement("ADR-UPDATE-PRIMARY-KEPT"):
        assert book.primary("billing") == primary
    shop.keep("an address book", book)


@late
def test_every_field_can_be_changed_and_the_primary_one_stays_primary(shop: Shop) -> None:
    book = shop.aged(
        "an address book", A_SECOND, lambda: fill_book(shop, ("shipping",), "Aged Street")
    )
    before, primary = book.first("shipping"), book.primary("shipping")
    answer = shop.update_address(
        book.owner.id, before, first_name="Johanna", last_name="Roe", **STREET
    )
    with requirement("ADR-UPDATE-PATH"):
        assert answer.accepted, answer.excerpt
    shown = shop.address_in(answer)
    moved = book.moved(apart_from=[before.id])
    after = book.known[before.id]
    with requirement("ADR-UPDATE-NAMES"):
        assert shown.person == after.person == "Johanna Roe"
    for name, value in STREET.items():
        with requirement("ADR-UPDATE-STREET"):
            assert shown.text(name) == after.text(name) == value, name
    with requirement("ADR-UPDATE-TYPE-KEPT"):
        assert after.type == "shipping"
    with requirement("ADR-UPDATE-PRIMARY-KEPT"):
        assert book.primary("shipping") == primary
    with requirement("ADR-UPDATE-OTHERS"):
        assert moved == []
    with requirement("ADR-UPDATE-UPDATED-AT"):
        # Not every store shows when an address was made or changed before it is changed.
        was = before.raw.get("updated_at") or before.raw.get("created_at")
        now = moment(shown.member("updated_at"))
        made = moment(was) if was else moment(book.owner.member("created_at"))
        assert now > made, f"{now} is not after {made}"

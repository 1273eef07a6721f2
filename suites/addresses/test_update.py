"""Changing an address of a customer (customers-api, Update Customer Address)."""

from __future__ import annotations

from fluentcart_conformance.drivers.address_book import AddressBook, fill_book
from fluentcart_conformance.scenarios import (
    ABSENT_ID,
    Address,
    Answer,
    Refusals,
    Shop,
    late,
    moment,
    requirement,
)

STREET = {
    "address_1": "123 Updated St",
    "city": "Boston",
    "state": "MA",
    "postcode": "02108",
    "country": "US",
}
KEPT = ("state", "postcode", "country", "type", "label")
Books = tuple[AddressBook, AddressBook]
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


def test_an_address_is_changed_by_its_name_and_its_owner_alone(
    shop: Shop, books: Refusals[Books]
) -> None:
    books.must_refuse(
        "ADR-UPDATE-UNKNOWN",
        send=lambda both: shop.update_address(
            both[0].owner.id,
            Address({**both[0].first("billing").raw, "id": ABSENT_ID}),
            city="Nowhere",
        ),
        key="address.not_found",
        operation="update_customer_address",
    )
    books.must_refuse(
        "ADR-UPDATE-MISSING-ID",
        send=lambda both: _without_its_id(shop, both[0]),
        key="address.missing_id",
    )
    books.must_refuse(
        "ADR-UPDATE-FOREIGN",
        send=lambda both: shop.update_address(
            both[0].owner.id, both[1].first("billing"), city="Stolen"
        ),
        key="address.foreign",
        operation="update_customer_address",
    )
    books.must_refuse(
        "ADR-UPDATE-UNKNOWN-CUSTOMER",
        send=lambda both: shop.update_address(ABSENT_ID, both[0].first("billing"), city="Stolen"),
        key="customer.not_found",
        operation="update_customer_address",
    )
    books.nothing_changed("ADR-UPDATE-REFUSED-NOTHING")


def _without_its_id(shop: Shop, book: AddressBook) -> Answer:
    body = shop.wire.changed_address(book.first("billing"), {"city": "Nowhere"})
    nameless = {name: value for name, value in body.items() if name not in ("id", "address_id")}
    return shop.send("update_customer_address", book.owner.id, json=nameless)


def test_an_address_without_a_street_is_taken_or_left(shop: Shop, book: AddressBook) -> None:
    one = book.first("billing")
    street = shop.update_address(book.owner.id, one, address_1="", city="Nowhere")
    after = book.moved()
    with requirement("ADR-UPDATE-REFUSED-NOTHING"):
        assert street.accepted or after == [], f"{street.excerpt}, and yet {after}"

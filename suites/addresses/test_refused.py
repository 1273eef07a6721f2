"""Requests that no address may come of, or be moved by (customers-api: the address operations).

All of them are sent to the addresses of two customers, which are read once afterwards.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fluentcart_conformance.drivers.address_book import STREET, AddressBook
from fluentcart_conformance.scenarios import (
    ABSENT_ID,
    Address,
    Answer,
    Refusals,
    Shop,
    proves,
)

Books = tuple[AddressBook, AddressBook]
INCOMPLETE: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("ADR-CREATE-STREET-MISSING", "address.missing_field", {"address_1": None}),
    ("ADR-CREATE-CITY-MISSING", "address.missing_field", {"city": None}),
    ("ADR-CREATE-COUNTRY-MISSING", "address.missing_field", {"country": None}),
    ("ADR-CREATE-TYPE-INVALID", "address.invalid_type", {"type": "office"}),
)
# What else must be refused: requirement, row of the refusals, operation.
ASTRAY = (
    ("ADR-LIST-UNKNOWN", "customer.not_found", "get_customer_addresses"),
    ("ADR-CREATE-UNKNOWN", "customer.not_found", "create_customer_address"),
    ("ADR-CREATE-EMPTY", "address.missing_field", "create_customer_address"),
    ("ADR-UPDATE-UNKNOWN", "address.not_found", "update_customer_address"),
    ("ADR-UPDATE-MISSING-ID", "address.missing_id", "update_customer_address"),
    ("ADR-UPDATE-FOREIGN", "address.foreign", "update_customer_address"),
    ("ADR-UPDATE-UNKNOWN-CUSTOMER", "customer.not_found", "update_customer_address"),
    ("ADR-PRIMARY-UNKNOWN", "address.not_found", "make_primary_address"),
    ("ADR-PRIMARY-MISSING-ID", "address.missing_id", "make_primary_address"),
    ("ADR-PRIMARY-FOREIGN", "address.foreign", "make_primary_address"),
    ("ADR-PRIMARY-UNKNOWN-CUSTOMER", "customer.not_found", "make_primary_address"),
    ("ADR-DELETE-UNKNOWN", "address.not_found", "delete_customer_address"),
    ("ADR-DELETE-MISSING-ID", "address.missing_id", "delete_customer_address"),
    ("ADR-DELETE-FOREIGN", "address.foreign", "delete_customer_address"),
    ("ADR-DELETE-UNKNOWN-CUSTOMER", "customer.not_found", "delete_customer_address"),
)
# The requirement that says of an operation that a refused request moves nothing.
KEEPS = {
    "create_customer_address": "ADR-CREATE-REFUSED-NOTHING",
    "update_customer_address": "ADR-UPDATE-REFUSED-NOTHING",
    "make_primary_address": "ADR-PRIMARY-REFUSED-KEEPS",
}


@proves(*(row[0] for row in (*INCOMPLETE, *ASTRAY)), *KEEPS.values())
def test_no_address_comes_about_or_moves_unless_customer_and_address_are_named(
    shop: Shop, books: Refusals[Books]
) -> None:
    # A street may be emptied or insisted on: the address is as it was where that is refused.
    books.may_change(
        "ADR-UPDATE-REFUSED-NOTHING",
        send=lambda both: shop.update_address(
            both[0].owner.id, both[0].first("billing"), address_1="", city="Nowhere"
        ),
    )
    for name, key, wrong in INCOMPLETE:
        books.must_refuse(
            name,
            send=lambda both, change=wrong: shop.create_address_with(
                both[0].owner.id, _new(shop, both[0], **change)
            ),
            key=key,
            operation="create_customer_address",
            what=f"{wrong}",
            law="ADR-CREATE-REFUSED-NOTHING",
        )
    for name, key, operation in ASTRAY:
        books.must_refuse(
            name,
            send=lambda both, asked=name: _astray(shop, *both)[asked](),
            key=key,
            operation=operation,
            law=KEEPS.get(operation, ""),
        )
    books.nothing_changed()


def _astray(shop: Shop, mine: AddressBook, theirs: AddressBook) -> dict[str, Callable[[], Answer]]:
    """Each request that goes astray.

    Addresses that could be deleted or made primary are not primary, so that nothing else protects
    them.
    """
    own, foreign = mine.owner.id, theirs.owner.id
    unknown = Address({**mine.first("billing").raw, "id": ABSENT_ID})
    spare, shipping = mine.spare("billing"), mine.spare("shipping")
    return {
        "ADR-LIST-UNKNOWN": lambda: shop.get_addresses(ABSENT_ID),
        "ADR-CREATE-UNKNOWN": lambda: shop.create_address_with(ABSENT_ID, _new(shop, mine)),
        "ADR-CREATE-EMPTY": lambda: shop.create_address_with(own, {}),
        "ADR-UPDATE-UNKNOWN": lambda: shop.update_address(own, unknown, city="Nowhere"),
        "ADR-UPDATE-MISSING-ID": lambda: _update_without_id(shop, mine),
        "ADR-UPDATE-FOREIGN": lambda: shop.update_address(
            own, theirs.first("billing"), city="Stolen"
        ),
        "ADR-UPDATE-UNKNOWN-CUSTOMER": lambda: shop.update_address(
            ABSENT_ID, mine.first("billing"), city="Stolen"
        ),
        "ADR-PRIMARY-UNKNOWN": lambda: shop.make_primary(own, ABSENT_ID, "billing"),
        "ADR-PRIMARY-MISSING-ID": lambda: shop.send("make_primary_address", own, json={}),
        "ADR-PRIMARY-FOREIGN": lambda: shop.make_primary(foreign, spare.id, "billing"),
        "ADR-PRIMARY-UNKNOWN-CUSTOMER": lambda: shop.make_primary(ABSENT_ID, spare.id, "billing"),
        "ADR-DELETE-UNKNOWN": lambda: shop.delete_address(own, ABSENT_ID),
        "ADR-DELETE-MISSING-ID": lambda: shop.send("delete_customer_address", own, json={}),
        "ADR-DELETE-FOREIGN": lambda: shop.delete_address(foreign, spare.id),
        "ADR-DELETE-UNKNOWN-CUSTOMER": lambda: shop.delete_address(ABSENT_ID, shipping.id),
    }


def _new(shop: Shop, book: AddressBook, **wrong: Any) -> dict[str, Any]:
    """The body of a new address, whole but for this; None leaves a member out."""
    members = {"first_name": "A", "last_name": "B", **STREET}
    whole = {**shop.wire.new_address("billing", book.owner, members), **wrong}
    return {name: value for name, value in whole.items() if value is not None}


def _update_without_id(shop: Shop, book: AddressBook) -> Answer:
    body = shop.wire.changed_address(book.first("billing"), {"city": "Nowhere"})
    nameless = {name: value for name, value in body.items() if name not in ("id", "address_id")}
    return shop.send("update_customer_address", book.owner.id, json=nameless)

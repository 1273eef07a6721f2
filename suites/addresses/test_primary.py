"""The primary address of each type (customers-api, Set Primary Address)."""

from __future__ import annotations

from collections.abc import Callable

from fluentcart_conformance.drivers.address_book import AddressBook
from fluentcart_conformance.scenarios import ABSENT_ID, Answer, Refusals, Shop, requirement

PLACE = ["is_primary"]
Books = tuple[AddressBook, AddressBook]


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


def test_an_address_is_made_primary_by_its_name_and_its_owner_alone(
    shop: Shop, books: Refusals[Books]
) -> None:
    books.must_refuse(
        "ADR-PRIMARY-UNKNOWN",
        send=lambda both: shop.make_primary(both[0].owner.id, ABSENT_ID, "billing"),
        key="address.not_found",
        operation="make_primary_address",
    )
    books.must_refuse(
        "ADR-PRIMARY-MISSING-ID",
        send=lambda both: shop.send("make_primary_address", both[0].owner.id, json={}),
        key="address.missing_id",
    )
    for mine, theirs in ((0, 1), (1, 0)):
        books.must_refuse(
            "ADR-PRIMARY-FOREIGN",
            send=_taking(shop, mine, theirs),
            key="address.foreign",
            operation="make_primary_address",
        )
    books.must_refuse(
        "ADR-PRIMARY-UNKNOWN-CUSTOMER",
        send=lambda both: shop.make_primary(ABSENT_ID, both[0].spare("billing").id, "billing"),
        key="customer.not_found",
        operation="make_primary_address",
    )
    books.nothing_changed("ADR-PRIMARY-REFUSED-KEEPS")


def _taking(shop: Shop, mine: int, theirs: int) -> Callable[[Books], Answer]:
    """Make the other customer's address primary; one that is not, where there is such a one."""

    def send(both: Books) -> Answer:
        foreign = both[theirs].first("billing") if mine == 0 else both[theirs].spare("billing")
        return shop.make_primary(both[mine].owner.id, foreign.id, "billing")

    return send

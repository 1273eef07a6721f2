"""The addresses that the scenarios look at."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from fluentcart_conformance.drivers.address_book import AddressBook, Begun, begin_books, fill_book
from fluentcart_conformance.drivers.records import Record
from fluentcart_conformance.scenarios import Answer, Customer, Refusals, Shop

TWO_OF_EACH = ("billing", "billing", "shipping", "shipping")


@pytest.fixture(scope="session")
def begun(shop: Shop) -> Begun:
    """A shipping and a billing address of a customer, a billing address of somebody else."""
    return begin_books(shop)


def _book(shop: Shop, owner: Customer, listed: Answer) -> AddressBook:
    rows = shop.wire.addresses(shop.given(listed, "list a customer's addresses").body)
    return AddressBook(shop, owner, {one.id: one for one in rows})


@pytest.fixture(scope="session")
def own(shop: Shop, begun: Begun) -> AddressBook:
    """The addresses of the one customer, however many there are."""
    return _book(shop, begun.owner, begun.listed)


@pytest.fixture
def book(own: AddressBook) -> AddressBook:
    """The same, two of each type at least; one of each is primary."""
    book = own.stocked(TWO_OF_EACH, "Own Street")
    for kind in dict.fromkeys(TWO_OF_EACH):
        if len(book.primary(kind)) != 1:
            book.make_first_primary(kind)
    return book


@pytest.fixture(scope="session")
def other(shop: Shop, begun: Begun) -> AddressBook:
    """The addresses of somebody else."""
    return _book(shop, begun.other, begun.listed_theirs)


Books = tuple[AddressBook, AddressBook]


@pytest.fixture
def books(shop: Shop, book: AddressBook, other: AddressBook) -> Iterator[Refusals[Books]]:
    """The addresses of both customers, for what must be refused; new ones where they are spoilt."""
    arranged: list[Books] = []

    def arrange() -> Books:
        if not arranged:
            arranged.append((book, other))
        else:
            mine = fill_book(shop, TWO_OF_EACH, "Own Street")
            arranged.append((mine, fill_book(shop, ["billing"], "Other Street")))
        return arranged[-1]

    def known(both: Books) -> dict[str, Record]:
        names = ("the customer's addresses", "the other customer's")
        return {
            name: Record({f"{one.id}": one.raw for one in mine.known.values()})
            for name, mine in zip(names, both, strict=True)
        }

    def look(both: Books) -> dict[str, Record]:
        for one in both:
            one.read()
        return known(both)

    yield Refusals(shop, arrange, look, known, apart_from={"updated_at"})
    if len(arranged) > 1:
        # What the store took all the same must not look like the next scenario's doing.
        look((book, other))

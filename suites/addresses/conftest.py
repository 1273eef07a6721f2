"""The addresses that the scenarios look at."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from fluentcart_conformance.drivers.address_book import AddressBook, fill_book
from fluentcart_conformance.drivers.records import Record
from fluentcart_conformance.scenarios import Refusals, Shop


@pytest.fixture(scope="session")
def book(shop: Shop) -> AddressBook:
    """Two billing and two shipping addresses of a customer."""
    return _book(shop)


@pytest.fixture(scope="session")
def other(shop: Shop) -> AddressBook:
    """A billing and a shipping address of somebody else."""
    return _other(shop)


def _book(shop: Shop) -> AddressBook:
    return fill_book(shop, ("billing", "billing", "shipping", "shipping"), "Own Street")


def _other(shop: Shop) -> AddressBook:
    return fill_book(shop, ("billing", "shipping"), "Other Street")


Books = tuple[AddressBook, AddressBook]


@pytest.fixture
def books(shop: Shop, book: AddressBook, other: AddressBook) -> Iterator[Refusals[Books]]:
    """The addresses of both customers, for what must be refused; new ones where they are spoilt."""
    ready = [(book, other)]

    def arrange() -> Books:
        return ready.pop() if ready else (_book(shop), _other(shop))

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
    # What the store took all the same must not look like the next scenario's doing.
    book.read()
    other.read()

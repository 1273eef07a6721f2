"""The address book that the scenarios look at."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import pytest

from fluentcart_conformance.scenarios import Address, Customer, Shop

# The moment of a change, which may be that of an attempt.
QUIET = frozenset({"updated_at"})


@dataclass
class AddressBook:
    """The addresses of a customer, as last read."""

    shop: Shop
    owner: Customer
    known: dict[int, Address]

    def read(self) -> dict[int, Address]:
        """Read the addresses now and remember them."""
        self.known = {one.id: one for one in self.shop.addresses(self.owner.id)}
        return self.known

    def moved(self, apart_from: Collection[int] = (), members: Collection[str] = ()) -> list[str]:
        """Read again: what differs from the last reading, but for these addresses and members."""
        before, now = self.known, self.read()
        ids = (before.keys() | now.keys()) - set(apart_from)
        found = [f"address {one}" for one in sorted(ids) if (one in before) != (one in now)]
        for one in sorted(ids & before.keys() & now.keys()):
            paths = now[one].differences(before[one], QUIET | set(members))
            found += [f"address {one}: {path}" for path in paths]
        return found

    def one(self, kind: str, at: int = 0) -> Address:
        """The address of a type, in the order they were made."""
        return sorted((a for a in self.known.values() if a.type == kind), key=lambda a: a.id)[at]

    def primary(self, kind: str) -> list[int]:
        """Ids of the primary addresses of a type."""
        return [one.id for one in self.known.values() if one.type == kind and one.is_primary]


def fill(shop: Shop, kinds: Collection[str], street: str) -> AddressBook:
    """A customer with these addresses, in different streets; the first of each type primary.

    Raises:
        Prerequisite: when the store does not take them.
    """
    owner = shop.new_customer()
    firsts: dict[str, Address] = {}
    for number, kind in enumerate(kinds, start=1):
        made = shop.new_address(owner, kind, address_1=f"{number} {street}")
        firsts.setdefault(kind, made)
    book = AddressBook(shop, owner, {})
    book.read()
    for kind, first in firsts.items():
        if book.primary(kind) != [first.id]:
            shop.given(shop.make_primary(owner.id, first.id, kind), "make an address primary")
            book.read()
    return book


@pytest.fixture
def book(shop: Shop) -> AddressBook:
    """Two billing and two shipping addresses of a customer, fresh for each scenario."""
    return fill(shop, ("billing", "billing", "shipping", "shipping"), "Own Street")


@pytest.fixture(scope="module")
def other(shop: Shop) -> AddressBook:
    """A billing and a shipping address of somebody else."""
    return fill(shop, ("billing", "shipping"), "Other Street")

"""Own addresses in a known state, and what moved among them since they were read the last time."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from fluentcart_conformance.drivers.core import Prerequisite
from fluentcart_conformance.drivers.records import Address, Customer
from fluentcart_conformance.drivers.shop import Shop

# The moment of a change, which may be that of an attempt.
_QUIET = frozenset({"updated_at"})


@dataclass
class AddressBook:
    """The addresses of a customer, as last read."""

    shop: Shop
    owner: Customer
    known: dict[int, Address] = field(default_factory=dict)

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
            paths = now[one].differences(before[one], _QUIET | set(members))
            found += [f"address {one}: {path}" for path in paths]
        return found

    def primary(self, kind: str) -> list[int]:
        """Ids of the primary addresses of a type."""
        return [one.id for one in self.known.values() if one.type == kind and one.is_primary]

    def first(self, kind: str) -> Address:
        """The primary address of a type, or any where there is none."""
        return self._any([one for one in self._of(kind) if one.is_primary] or self._of(kind))

    def spare(self, kind: str) -> Address:
        """An address of a type that is not primary: the newest, so that it is not the first."""
        return self._any([one for one in self._of(kind) if not one.is_primary][::-1])

    def _of(self, kind: str) -> list[Address]:
        return sorted((a for a in self.known.values() if a.type == kind), key=lambda a: a.id)

    def _any(self, found: list[Address]) -> Address:
        if not found:
            raise Prerequisite(f"customer {self.owner.id} has no such address left")
        return found[0]


def fill_book(shop: Shop, kinds: Collection[str], street: str) -> AddressBook:
    """A customer with an address of each of these types, in streets of their own.

    The first of each type is primary.

    Raises:
        Prerequisite: when the store does not take them.
    """
    book = AddressBook(shop, shop.new_customer())
    firsts: dict[str, Address] = {}
    for number, kind in enumerate(kinds, start=1):
        made = shop.new_address(book.owner, kind, address_1=f"{number} {street}")
        firsts.setdefault(kind, made)
    book.read()
    for kind, first in firsts.items():
        if book.primary(kind) != [first.id]:
            shop.given(shop.make_primary(book.owner.id, first.id, kind), "make it primary")
            book.read()
    return book

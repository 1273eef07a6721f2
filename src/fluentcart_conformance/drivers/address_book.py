"""Own addresses in a known state, and what moved among them since they were read the last time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from fluentcart_conformance.drivers.answers import Answer
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

    def stocked(self, kinds: Sequence[str], street: str) -> AddressBook:
        """The same book with an address of each of these types at least, what lacks made now.

        Raises:
            Prerequisite: when the store does not take them.
        """
        there = Counter(one.type for one in self.known.values())
        made = 0
        for kind in kinds:
            if there[kind]:
                there[kind] -= 1
                continue
            made += 1
            street_1 = f"{len(self.known) + made} {street}"
            self.shop.new_address(self.owner, kind, address_1=street_1)
        if made:
            self.read()
        return self

    def make_first_primary(self, kind: str) -> None:
        """Make the oldest address of a type its primary one, if it is not.

        Raises:
            Prerequisite: when the store refuses.
        """
        first = self._any(self._of(kind))
        if self.primary(kind) != [first.id]:
            answer = self.shop.make_primary(self.owner.id, first.id, kind)
            self.shop.given(answer, "make it primary")
            self.read()


def fill_book(shop: Shop, kinds: Sequence[str], street: str) -> AddressBook:
    """A customer with an address of each of these types, in streets of their own.

    The first of each type is primary.

    Raises:
        Prerequisite: when the store does not take them.
    """
    book = AddressBook(shop, shop.new_customer()).stocked(kinds, street)
    for kind in dict.fromkeys(kinds):
        book.make_first_primary(kind)
    return book


@dataclass(frozen=True)
class Begun:
    """The first addresses of two customers: what the store said, and what it listed then.

    `empty` is the list of the owner before.
    """

    owner: Customer
    other: Customer
    empty: Answer
    shipping: Answer
    billing: Answer
    theirs: Answer
    listed: Answer
    listed_theirs: Answer


STREET = {
    "address_1": "789 New St",
    "city": "Queens",
    "state": "NY",
    "postcode": "11301",
    "country": "US",
}


def begin_books(shop: Shop) -> Begun:
    """A shipping and a billing address of a customer, a billing address of somebody else.

    Raises:
        Prerequisite: when there can be no customers; what becomes of addresses is told by answers.
    """
    owner, other = shop.new_customer(), shop.new_customer()
    return Begun(
        owner,
        other,
        shop.get_addresses(owner.id),
        shop.create_address(owner, "shipping", first_name="John", last_name="Doe", **STREET),
        shop.create_address(owner, "billing", address_1="2 Bill St", city="Boston", state="MA"),
        shop.create_address(other, "billing", address_1="3 Their St"),
        shop.get_addresses(owner.id),
        shop.get_addresses(other.id),
    )

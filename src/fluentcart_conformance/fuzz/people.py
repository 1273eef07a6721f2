"""The customers of this run that generated requests may speak of, and what hangs on them."""

from __future__ import annotations

from dataclasses import dataclass, field

from fluentcart_conformance.drivers.records import Address, Customer
from fluentcart_conformance.drivers.shop import Shop


@dataclass
class Person:
    """A customer of this run with the addresses they were given."""

    customer: Customer
    billing: list[Address] = field(default_factory=list)
    shipping: list[Address] = field(default_factory=list)


class People:
    """One customer to work on, one neighbour nobody may touch, and some who come and go."""

    def __init__(self, shop: Shop) -> None:
        self.shop = shop
        self._me: Person | None = None
        self._neighbour: Person | None = None
        self._person: Person | None = None
        self._alone: list[Customer] = []
        self._users: list[int] | None = None
        self._holders: set[int] = set()
        self._labels: list[int] | None = None
        self._labelled = False

    @property
    def me(self) -> Person:
        """The customer that requests are about."""
        if self._person is not None:
            return self._person
        if self._me is None:
            self._me = self.person()
        return self._me

    @property
    def neighbour(self) -> Person:
        """A customer whom no request is about."""
        if self._neighbour is None:
            self._neighbour = self.person()
        return self._neighbour

    def person(self) -> Person:
        """A new customer with two billing addresses and two shipping addresses."""
        shop = self.shop
        someone = Person(shop.new_customer())
        for street in ("1 First St", "2 Second St"):
            someone.billing.append(shop.new_address(someone.customer, address_1=street))
        for city in ("Boston", "Salem"):
            someone.shipping.append(shop.new_address(someone.customer, "shipping", city=city))
        return someone

    def focus_customer(self, customer_id: int) -> None:
        """Speak of this customer alone from now on, who is given addresses if there are none.

        Raises:
            Prerequisite: when the customer cannot be read.
        """
        if self._person is not None and self._person.customer.id == customer_id:
            return
        someone = Person(self.shop.customer(customer_id))
        for address in self.shop.addresses(customer_id):
            getattr(someone, address.type).append(address)
        for kind in ("billing", "shipping"):
            rows = getattr(someone, kind)
            while len(rows) < 2:
                rows.append(self.shop.new_address(someone.customer, kind))
        self._person = someone

    def people_alone(self) -> list[Customer]:
        """Two customers with neither order nor address, whom a store can delete without remains.

        The customer in focus alone, if there is one.
        """
        if self._person is not None:
            return [self._person.customer]
        while len(self._alone) < 2:
            self._alone.append(self.shop.new_customer())
        return list(self._alone)

    def leave(self, customer_id: int) -> None:
        """Speak of this customer no more: they are not what they were, or gone."""
        if self._me is not None and self._me.customer.id == customer_id:
            self._me = None
        self._alone = [one for one in self._alone if one.id != customer_id]

    def user_for(self, customer_id: int) -> int:
        """A WordPress user of this run whom no customer has, to be attached to this one.

        Raises:
            Prerequisite: when the target lets none be made.
        """
        if self._users is None:
            self._users = [self.shop.new_user()]
        for holder in self._holders:
            self.shop.detach_user(holder)
        self._holders = {customer_id}
        return self._users[0]

    def other_labels(self) -> list[int]:
        """Labels that the customer does not have now: one or none, by turns."""
        if self._labels is None:
            self._labels = self.shop.label_ids()[:1]
        self._labelled = not self._labelled
        return self._labels if self._labelled else []

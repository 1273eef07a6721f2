"""Own customers: five whom a common last name finds, and two of whom one is never changed."""

from __future__ import annotations

from dataclasses import dataclass

from fluentcart_conformance.drivers.orders import Line
from fluentcart_conformance.drivers.records import Customer, Page
from fluentcart_conformance.drivers.shop import Shop

FIRST_NAMES = ("Cyd", "Ada", "Eve", "Bob", "Dan")
STATUSES = ("active", "inactive", "active", "active", "inactive")
SPENT = (0, 1001, 2502, 0, 0)


@dataclass
class Crowd:
    """Five own customers, first names out of order, whom their common last name finds.

    `spent` are the cents each spent: nothing in profiles whose list cannot be asked for it.
    """

    shop: Shop
    name: str
    members: list[Customer]
    spent: dict[int, int]
    whole: Page[Customer] | None = None
    repeated: Page[Customer] | None = None

    @property
    def ids(self) -> list[int]:
        """Their ids in the order they were made."""
        return [one.id for one in self.members]

    def page(self, **query: object) -> Page[Customer]:
        """A page of theirs alone."""
        return self.shop.customers({"search": self.name, **query})

    @property
    def plain(self) -> Page[Customer]:
        """The page that shows all of them with nothing else asked for, read once."""
        if self.whole is None:
            self.whole = self.page(per_page=20)
        return self.whole

    @property
    def again(self) -> Page[Customer]:
        """The same page, read once more after it."""
        if self.repeated is None:
            _, self.repeated = self.plain, self.page(per_page=20)
        return self.repeated

    def sorted_page(self, column: str, direction: str) -> Page[Customer]:
        """All of them sorted by a column."""
        answer = self.shop.sorted_customers(column, direction, search=self.name, per_page=20)
        return self.shop.customers_in(self.shop.given(answer, f"sort by {column}"))

    def filtered(self, **filters: object) -> Page[Customer]:
        """Those of them that a filter leaves."""
        return self.page(filters=filters, per_page=20)

    def spending(self, least: int, most: int) -> set[int]:
        """Ids of those who spent that many cents, both included."""
        return {key for key, value in self.spent.items() if least <= value <= most}


def gather_crowd(shop: Shop) -> Crowd:
    """Five customers; where the list has filters two of them have paid for something.

    Raises:
        Prerequisite: when the store does not let them come about.
    """
    name = f"{shop.fresh('crowd')}z"
    members = [
        shop.new_customer(
            email=shop.fresh_email(f"{first.lower()}-"), first_name=first, last_name=name,
            status=status,
        )
        for first, status in zip(FIRST_NAMES, STATUSES, strict=True)
    ]  # fmt: skip
    spent = dict.fromkeys((one.id for one in members), 0)
    if shop.wire.customers_filters:
        for one, amount in zip(members, SPENT, strict=True):
            if amount:
                shop.paid_order_id(one, [Line(shop.product(), 1, amount)])
                spent[one.id] = amount
    return Crowd(shop, name, members, spent)


@dataclass
class Pair:
    """A customer who is changed and one whom no change may touch, as last read."""

    shop: Shop
    mine: Customer
    other: Customer

    def now(self) -> Customer:
        """The one who is changed, read now and remembered."""
        self.mine = self.shop.customer(self.mine.id)
        return self.mine

    def other_moved(self) -> list[str]:
        """What changed about the other one since the last look."""
        before, self.other = self.other, self.shop.customer(self.other.id)
        return self.other.differences(before)


def jon_and_eva(shop: Shop) -> Pair:
    """Two customers, read back.

    Raises:
        Prerequisite: when the store does not let them come about.
    """
    made = [
        shop.new_customer(first_name=first, last_name="Dow", phone=phone, status="active").id
        for first, phone in (("Jon", "+1000"), ("Eva", "+2000"))
    ]
    return Pair(shop, *(shop.customer(one) for one in made))

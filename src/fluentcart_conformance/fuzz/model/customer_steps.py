"""Steps with customers and addresses."""

from __future__ import annotations

from fluentcart_conformance.drivers.records import Address
from fluentcart_conformance.fuzz.model.picture import AddressPicture, CustomerPicture
from fluentcart_conformance.fuzz.model.world import World

CITIES = ("Albany", "Boston", "Chicago", "Denver")
NAMES = ("Ann Archer", "Bob Baker", "Cleo Carter", "Dora Dyer")


class CustomerSteps(World):
    """What can be done with customers; each step looks at what it touched."""

    def customer_arrives(self, name: int = 0) -> None:
        """Create a customer."""
        first, last = NAMES[name % len(NAMES)].split(" ")
        self.begin("customer arrives", name=name)
        email = self.shop.fresh_email("m").lower()
        answer = self.shop.create_customer(email, first, last)
        if not self.settle("customer arrives", answer, right=True):
            return
        made = self.shop.customer_in(answer)
        if not self.shop.get_customer(made.id).accepted:
            self.diverge(
                "CUS-CREATE-READ-BACK", "customer arrives: not there", f"customer {made.id}",
                "nobody", "whole",
            )  # fmt: skip
        # Which status a store gives by itself is its own affair.
        status = self.shop.customer(made.id).status
        picture = CustomerPicture(len(self.customers), made.id, email, first, last, status)
        self.customers.append(picture)
        self.check_customer("customer arrives", picture)

    def rename(self, customer: int, name: int = 1) -> None:
        """Give a customer another last name."""
        picture = self.a_customer(customer)
        if picture is None:
            return
        last = f"{NAMES[name % len(NAMES)].split(' ')[1]}-{len(self.steps)}"
        self.begin("rename", customer=customer, name=name)
        record = self.shop.customer(picture.id)
        answer = self.shop.update_customer(record, last_name=last)
        if self.settle("rename", answer, right=True):
            picture.last_name = last
        self.check_customer("rename", picture)
        self.check_other_customer("rename", picture)
        self.check_bystander("rename")

    def set_status_of_customers(self, first: int, second: int, status: str) -> None:
        """Bulk: give one or two customers a status."""
        pictures = [self.a_customer(first), self.a_customer(second)]
        chosen = list({one.number: one for one in pictures if one is not None}.values())
        if not chosen:
            return
        self.begin("set status of customers", first=first, second=second, status=status)
        answer = self.shop.set_customers_status([one.id for one in chosen], status)
        # Setting the status that somebody has already may be refused.
        right = True if all(one.status != status for one in chosen) else None
        if self.settle("set status of customers", answer, right=right):
            for one in chosen:
                one.status = status
        for one in self.living_customers()[:4]:
            self.check_customer("set status of customers", one)
        self.check_bystander("set status of customers")

    def delete_customer(self, customer: int) -> None:
        """Bulk: delete a customer who never bought anything."""
        picture = self.a_customer(customer)
        if picture is None or any(one.buyer == picture.number for one in self.orders):
            return
        self.begin("delete customer", customer=customer)
        answer = self.shop.delete_customers([picture.id])
        if self.settle("delete customer", answer, right=True):
            picture.gone = True
        for one in self.customers[-3:]:
            self.check_customer("delete customer", one)

    # -- addresses ---------------------------------------------------------------------------

    def add_address(self, customer: int, kind: str, city: int) -> None:
        """Give a customer another address; the first of a type is its primary one."""
        picture = self.a_customer(customer)
        if picture is None:
            return
        self.begin("add address", customer=customer, kind=kind, city=city)
        record = self.shop.customer(picture.id)
        town = CITIES[city % len(CITIES)]
        answer = self.shop.create_address(record, kind, city=town)
        if self.settle("add address", answer, right=True):
            made = self.shop.address_in(answer)
            address = AddressPicture(made.id, kind, town, self._becomes_primary(picture, made))
            picture.addresses.append(address)
        self.check_customer("add address", picture)
        self._look_around("add address", picture)

    @staticmethod
    def _becomes_primary(picture: CustomerPicture, made: Address) -> bool:
        """The first of a type does. Where a store lost the primary one, it may choose the new."""
        others = picture.of_type(made.type)
        if others and not any(one.primary for one in others):
            return made.is_primary
        return not others

    def move_address(self, customer: int, address: int, city: int) -> None:
        """Change the city of an address."""
        picture, one = self._address(customer, address)
        if picture is None or one is None:
            return
        self.begin("move address", customer=customer, address=address, city=city)
        town = f"{CITIES[city % len(CITIES)]} {len(self.steps)}"
        shown = {row.id: row for row in self.shop.addresses(picture.id)}
        if one.id not in shown:
            self.check_customer("move address", picture)
            return
        answer = self.shop.update_address(picture.id, shown[one.id], city=town)
        if self.settle("move address", answer, right=True):
            one.city = town
        self.check_customer("move address", picture)
        self._look_around("move address", picture)

    def make_primary(self, customer: int, address: int) -> None:
        """Make an address the primary one of its type."""
        picture, one = self._address(customer, address)
        if picture is None or one is None:
            return
        self.begin("make primary", customer=customer, address=address)
        answer = self.shop.make_primary(picture.id, one.id, one.type)
        if self.settle("make primary", answer, right=None if one.primary else True):
            picture.mark(one)
        self.check_customer("make primary", picture)
        self._look_around("make primary", picture)

    def drop_address(self, customer: int, address: int) -> None:
        """Delete an address; a primary one may be protected."""
        picture, one = self._address(customer, address)
        if picture is None or one is None:
            return
        if one.primary and len(picture.of_type(one.type)) > 1:
            return  # who is primary then is the store's choice
        self.begin("drop address", customer=customer, address=address)
        answer = self.shop.delete_address(picture.id, one.id)
        if self.settle("drop address", answer, right=None if one.primary else True):
            picture.addresses.remove(one)
        self.check_customer("drop address", picture)
        self._look_around("drop address", picture)

    def _look_around(self, do: str, picture: CustomerPicture) -> None:
        """Neither another customer nor any order has to do with an address book."""
        self.check_other_customer(do, picture)
        self.check_bystander(do)

    def _address(
        self, customer: int, address: int
    ) -> tuple[CustomerPicture | None, AddressPicture | None]:
        picture = self.a_customer(customer)
        if picture is None or not picture.addresses:
            return picture, None
        return picture, picture.addresses[address % len(picture.addresses)]

"""The shop: database, wire layer, callers and the domain services, put together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fluentcart_conformance.store.customers.addresses import AddressService
from fluentcart_conformance.store.customers.bulk import CustomerBulk
from fluentcart_conformance.store.customers.customers import CustomerService
from fluentcart_conformance.store.customers.users import UserService
from fluentcart_conformance.store.orders.service import OrderServices, open_orders
from fluentcart_conformance.store.wire import wire_for

if TYPE_CHECKING:
    from fluentcart_conformance.store.db import Database
    from fluentcart_conformance.store.identities import Identities
    from fluentcart_conformance.store.profiles import Profile
    from fluentcart_conformance.store.wire import Wire


@dataclass
class Shop:
    """Everything a handler needs. Services are plain attributes so that they can be wrapped."""

    db: Database
    profile: Profile
    wire: Wire
    identities: Identities
    customers: CustomerService
    addresses: AddressService
    users: UserService
    customer_bulk: CustomerBulk
    orders: OrderServices

    @property
    def full_name_mode(self) -> bool:
        """Customers are written with `full_name`; a setting overrides the profile's default."""
        chosen = self.db.setting("full_name_mode")
        return chosen == "yes" if chosen else self.profile.full_name_mode


def open_shop(db: Database, profile: Profile, identities: Identities) -> Shop:
    """Build the services on a database that already holds its rows."""
    customers = CustomerService(db)
    return Shop(
        db=db,
        profile=profile,
        wire=wire_for(profile),
        identities=identities,
        customers=customers,
        addresses=AddressService(db, customers),
        users=UserService(db, customers),
        customer_bulk=CustomerBulk(db, customers),
        orders=open_orders(db, profile),
    )

"""The services behind the order operations, put together."""

from __future__ import annotations

from dataclasses import dataclass

from fluentcart_conformance.store.db import Database
from fluentcart_conformance.store.orders.addresses import OrderAddresses
from fluentcart_conformance.store.orders.creation import OrderCreation
from fluentcart_conformance.store.orders.custom_items import CustomItems
from fluentcart_conformance.store.orders.customers import OrderCustomers
from fluentcart_conformance.store.orders.listing import OrderListing
from fluentcart_conformance.store.orders.payments import PaymentService
from fluentcart_conformance.store.orders.reading import OrderReader
from fluentcart_conformance.store.orders.refunding import RefundService
from fluentcart_conformance.store.orders.shipping import ShippingService
from fluentcart_conformance.store.orders.statuses import OrderBulk, StatusService
from fluentcart_conformance.store.orders.updating import OrderUpdating
from fluentcart_conformance.store.profiles import Profile


@dataclass
class OrderServices:
    """Plain attributes, so that any of them can be wrapped."""

    listing: OrderListing
    reader: OrderReader
    creation: OrderCreation
    updating: OrderUpdating
    payments: PaymentService
    refunds: RefundService
    statuses: StatusService
    bulk: OrderBulk
    customers: OrderCustomers
    addresses: OrderAddresses
    shipping: ShippingService
    custom_items: CustomItems


def open_orders(db: Database, profile: Profile) -> OrderServices:
    """Build the services on a database."""
    payments = PaymentService(db)
    updating = OrderUpdating(db, payments)
    statuses = StatusService(db)
    creation = OrderCreation(
        db, payments, profile.new_order_status, takes_status=profile.is_documented
    )
    return OrderServices(
        listing=OrderListing(db),
        reader=OrderReader(db),
        creation=creation,
        updating=updating,
        payments=payments,
        refunds=RefundService(db, payments),
        statuses=statuses,
        bulk=OrderBulk(db, statuses, payments, updating),
        customers=OrderCustomers(db),
        addresses=OrderAddresses(db),
        shipping=ShippingService(db),
        custom_items=CustomItems(db, updating),
    )

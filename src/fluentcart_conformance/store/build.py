"""Puts the routing table and the shop together."""

from __future__ import annotations

from fluentcart_conformance.store.app import App
from fluentcart_conformance.store.catalogue import routes as catalogue_routes
from fluentcart_conformance.store.coupons import routes as coupon_routes
from fluentcart_conformance.store.customers.handlers import routes as customer_routes
from fluentcart_conformance.store.db import Database
from fluentcart_conformance.store.identities import Identities
from fluentcart_conformance.store.orders.handlers import routes as order_routes
from fluentcart_conformance.store.orders.part_handlers import routes as order_part_routes
from fluentcart_conformance.store.profiles import Profile
from fluentcart_conformance.store.routing import Routes
from fluentcart_conformance.store.shipping_setup import routes as shipping_routes
from fluentcart_conformance.store.shop import open_shop
from fluentcart_conformance.store.wordpress import routes as wordpress_routes


def build_app(db: Database, profile: Profile, identities: Identities | None = None) -> App:
    """Return the app of a shop on a seeded database."""
    routes = Routes()
    for table in (
        wordpress_routes,
        catalogue_routes,
        coupon_routes,
        shipping_routes,
        customer_routes,
        order_routes,
        order_part_routes,
    ):
        routes.include(table)
    return App(open_shop(db, profile, identities or Identities()), routes)

"""The deterministic first content: catalogue, customers, orders, WordPress users, shipping."""

from __future__ import annotations

import unicodedata
from datetime import datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from fluentcart_conformance.store.db import Database, Row, to_json
from fluentcart_conformance.store.seed_data import (
    ADDRESSES,
    COUPONS,
    LABELS,
    PEOPLE,
    PRODUCTS,
    SETTINGS,
    SHIPPING,
    WP_USERS,
)
from fluentcart_conformance.store.seed_orders import seed_orders

_FIRST_DAY = datetime(2025, 1, 6, 9, 0, 0)
_TABLES = (
    "wp_users",
    "customers",
    "customer_addresses",
    "products",
    "product_variations",
    "orders",
    "order_items",
    "order_transactions",
    "order_addresses",
    "order_operations",
    "subscriptions",
    "activities",
    "labels",
    "label_relations",
    "coupons",
    "applied_coupons",
    "shipping_zones",
    "shipping_methods",
)

_AFTER_SEED = 1000


def seed(db: Database, first_id: int = 1) -> None:
    """Fill an empty database; every id counts up from `first_id`, so rows are predictable.

    The orders that come after are numbered a thousand later: in a shop that has been open for a
    while the number of an order is seldom that of a customer, too.
    """
    db.start_ids_at(first_id, _TABLES)
    for key, value in SETTINGS.items():
        db.set_setting(key, value)
    for user in WP_USERS:
        db.insert_bare("wp_users", {**user, "registered_at": moment(0)})
    variations = _seed_products(db)
    customers = _seed_customers(db)
    _seed_addresses(db, customers)
    for label in LABELS:
        db.insert("labels", {**label, **stamped(0)})
    for coupon in COUPONS:
        db.insert("coupons", {**coupon, **stamped(0)})
    _seed_shipping(db)
    seed_orders(db, customers, variations, first_id)
    db.start_ids_at(first_id + _AFTER_SEED, ("orders",))


def moment(hours: int) -> str:
    """Return a moment that many hours after the shop opened."""
    return (_FIRST_DAY + timedelta(hours=hours)).strftime("%Y-%m-%d %H:%M:%S")


def stamped(hours: int) -> Row:
    """Return created_at and updated_at for a row of that hour."""
    return {"created_at": moment(hours), "updated_at": moment(hours)}


def email_of(first: str, last: str) -> str:
    """Return a person's address; mail needs plain letters: `zoe.angstrom@example.org`."""
    plain = unicodedata.normalize("NFKD", f"{first}.{last}").encode("ascii", "ignore").decode()
    return f"{plain}@example.org".lower()


def known_uuid(name: str) -> str:
    """Return the same 32 hexadecimal digits for the same name."""
    return uuid5(NAMESPACE_URL, f"https://shop.example/{name}").hex


def _seed_products(db: Database) -> list[Row]:
    variations: list[Row] = []
    for title, status, kind, variation_type, options in PRODUCTS:
        product = {
            "post_title": title,
            "post_status": status,
            "fulfillment_type": kind,
            "variation_type": variation_type,
            **stamped(0),
        }
        post_id = db.insert("products", product)
        for index, (name, price, more) in enumerate(options, start=1):
            variation: dict[str, Any] = {
                "post_id": post_id,
                "serial_index": index,
                "variation_title": name or title,
                "fulfillment_type": kind,
                "item_price": price,
                "total_stock": 100,
                "available": 100,
                "other_info": to_json({"payment_type": "onetime", "description": ""}),
                **more,
                **stamped(0),
            }
            variation_id = db.insert("product_variations", variation)
            variations.append({"id": variation_id, "post_title": title, **variation})
    return variations


def _seed_customers(db: Database) -> list[int]:
    ids = []
    for index, (first, last, country, state, city, postcode) in enumerate(PEOPLE):
        row = {
            "email": email_of(first, last),
            "first_name": first,
            "last_name": last,
            "phone": f"+1555010{index:04d}" if index % 3 else "",
            "status": "inactive" if index % 7 == 6 else "active",
            "country": country,
            "state": state,
            "city": city,
            "postcode": postcode,
            "uuid": known_uuid(f"customer/{index}"),
            "additional_info": to_json({"company": f"{last} Ltd"} if index % 5 == 0 else {}),
            **stamped(24 * index),
        }
        ids.append(db.insert("customers", row))
    return ids


def _seed_addresses(db: Database, customers: list[int]) -> None:
    for person, kind, primary, street in ADDRESSES:
        first, last, country, state, city, postcode = PEOPLE[person]
        row = {
            "customer_id": customers[person],
            "type": kind,
            "is_primary": primary,
            "label": "Home" if primary else "Other",
            "name": f"{first} {last}",
            "first_name": first,
            "last_name": last,
            "email": email_of(first, last),
            "address_1": street,
            "country": country,
            "state": state,
            "city": city,
            "postcode": postcode,
            **stamped(24 * person),
        }
        db.insert("customer_addresses", row)


def _seed_shipping(db: Database) -> None:
    for index, (name, region, title, amount, per) in enumerate(SHIPPING):
        zone = {"name": name, "region": region, "sort_order": index, **stamped(0)}
        zone_id = db.insert("shipping_zones", zone)
        method = {
            "zone_id": zone_id,
            "title": title,
            "amount": amount,
            "settings": to_json({"configure_rate": per, "class_aggregation": "sum_all"}),
            "sort_order": index,
            **stamped(0),
        }
        db.insert("shipping_methods", method)

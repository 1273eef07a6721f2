"""Valid requests to the operations on customers, about own objects."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from fluentcart_conformance.drivers.core import Prerequisite
from fluentcart_conformance.drivers.records import Address, Customer
from fluentcart_conformance.fuzz.aiming import Maker, an_aim, customer_aim, reading
from fluentcart_conformance.fuzz.attempt import Aim, Subject
from fluentcart_conformance.fuzz.pool import Pool


def _additional_info(pool: Pool) -> Aim:
    number = pool.me.customer.id
    turn = pool.turn()
    info: dict[str, Any] = {"company": f"Acme {turn}", "notes": f"Prefers mornings {turn}"}
    if pool.shop.profile.wire["customer_additional_info"] == "labels":
        info = {"labels": pool.other_labels()}
    return an_aim(
        pool,
        "update_customer_additional_info",
        lambda shop: shop.update_additional_info(number, **info),
        (number,),
        Subject("customer", number),
    )


def _attach_user(pool: Pool) -> Aim:
    number = pool.me.customer.id
    user = pool.user_for(number)
    return an_aim(
        pool,
        "attach_user",
        lambda shop: shop.attach_user(number, user),
        (number,),
        Subject("customer", number),
    )


def _delete_address(pool: Pool) -> Aim:
    number = pool.me.customer.id
    spare = pool.shop.new_address(pool.me.customer, address_1="9 Spare St")
    return an_aim(
        pool,
        "delete_customer_address",
        lambda shop: shop.delete_address(number, spare.id),
        (number,),
        Subject("customer", number),
    )


def _detach_user(pool: Pool) -> Aim:
    number = pool.me.customer.id
    with suppress(Prerequisite):
        pool.shop.attach_user(number, pool.user_for(number))
    return an_aim(
        pool,
        "detach_user",
        lambda shop: shop.detach_user(number),
        (number,),
        Subject("customer", number),
    )


def _customers_bulk(pool: Pool) -> Aim:
    people = pool.people_alone()
    shown = pool.look(Subject("customer", people[0].id)).record
    active = shown is None or shown.raw.get("status") != "inactive"
    ids = [one.id for one in people]
    return an_aim(
        pool,
        "customers_bulk",
        lambda shop: shop.set_customers_status(ids, "inactive" if active else "active"),
        (),
        *(Subject("customer", one) for one in ids),
    )


def _make_primary(pool: Pool) -> Aim:
    return make_primary("billing", pool)


def make_primary(kind: str, pool: Pool) -> Aim:
    """Make an address of a type primary that is not."""
    me = pool.me
    shown = pool.look(Subject("customer", me.customer.id)).record
    rows = [] if shown is None else shown.raw.get("addresses") or []
    mine = me.billing if kind == "billing" else me.shipping
    primary = {Address(row).id for row in rows if Address(row).is_primary}
    chosen = next((one for one in mine if one.id not in primary), mine[1])
    return an_aim(
        pool,
        "make_primary_address",
        lambda shop: shop.make_primary(me.customer.id, chosen.id, kind),
        (me.customer.id,),
        Subject("customer", me.customer.id),
    )


def _update_customer(pool: Pool) -> Aim:
    """Another name, phone and status than the customer has now."""
    me, turn = pool.me.customer, pool.turn()
    shown = pool.look(Subject("customer", me.id)).record
    known = me if shown is None or not shown.raw else Customer(shown.raw)
    status = "active" if known.raw.get("status") == "inactive" else "inactive"
    return an_aim(
        pool,
        "update_customer",
        lambda shop: shop.update_customer(
            known,
            first_name=f"Nora{turn}",
            last_name=f"Changed{turn}",
            phone=f"+1555{turn:06}",
            status=status,
        ),
        (me.id,),
        Subject("customer", me.id),
    )


def _update_address(pool: Pool) -> Aim:
    return edit_address_of("billing", pool)


def edit_address_of(kind: str, pool: Pool) -> Aim:
    """Change an address of a type that the customer has."""
    me, turn = pool.me, pool.turn()
    chosen = me.billing[1] if kind == "billing" else me.shipping[1]
    number = me.customer.id
    return an_aim(
        pool,
        "update_customer_address",
        lambda shop: shop.update_address(
            number, chosen, city=f"Albany {turn}", postcode="12207", first_name="Nora",
            last_name=f"Nash{turn}",
        ),
        (number,),
        Subject("customer", number),
    )  # fmt: skip


CUSTOMERS: dict[str, Maker] = {
    "list_customers": reading("list_customers", lambda shop: shop.list_customers({})),
    "create_customer": reading(
        "create_customer",
        lambda shop: shop.create_customer(
            shop.fresh_email(), "Zoe", "Zimmer", phone="+15550100", status="inactive"
        ),
    ),
    "get_customer": customer_aim("get_customer", lambda s, m: s.get_customer(m.customer.id)),
    "update_customer": _update_customer,
    "update_customer_additional_info": _additional_info,
    "get_customer_stats": customer_aim(
        "get_customer_stats", lambda s, m: s.customer_stats(m.customer.id)
    ),
    "get_customer_orders": customer_aim(
        "get_customer_orders", lambda s, m: s.customer_orders(m.customer.id)
    ),
    "get_customer_addresses": customer_aim(
        "get_customer_addresses", lambda s, m: s.get_addresses(m.customer.id)
    ),
    "update_customer_address": _update_address,
    "create_customer_address": customer_aim(
        "create_customer_address", lambda s, m: s.create_address(m.customer, city="Troy")
    ),
    "delete_customer_address": _delete_address,
    "make_primary_address": _make_primary,
    "get_attachable_users": reading("get_attachable_users", lambda shop: shop.attachable_users()),
    "attach_user": _attach_user,
    "detach_user": _detach_user,
    "customers_bulk": _customers_bulk,
}

"""For every operation a valid request about own objects in the right state, from the drivers."""

from __future__ import annotations

from typing import Any

from fluentcart_conformance.drivers.orders import order_body
from fluentcart_conformance.drivers.shop import Shop
from fluentcart_conformance.fuzz.aiming import Maker, an_aim, customer_aim, order_aim, reading
from fluentcart_conformance.fuzz.attempt import Aim, Subject
from fluentcart_conformance.fuzz.pool import Pool, paid, unpaid


def aim_at(operation: str, pool: Pool) -> Aim:
    """A valid request of an operation.

    Raises:
        Prerequisite: when the store does not give what it needs.
    """
    return _MAKERS[operation](pool)


def _create_order(pool: Pool) -> Aim:
    me = pool.me.customer
    more = {"note": "Leave at the door", "shipping_total": 777, **pool.shop.discount(250)}
    more["billing_address_id"] = pool.me.billing[0].id
    more["shipping_address_id"] = pool.me.shipping[0].id
    body = order_body(me, pool.lines(), more)
    return Aim("create_order", (), body, {}, (Subject("orders_of", me.id),))


def _orders_bulk(pool: Pool) -> Aim:
    order = pool.order(unpaid)
    status = "processing" if order.status != "processing" else "on-hold"
    return an_aim(
        pool,
        "orders_bulk",
        lambda shop: shop.bulk_orders("change_order_status", [order.id], new_status=status),
        (),
        Subject("order", order.id),
    )


def _next_status(shop: Shop, order: Any) -> object:
    status = "processing" if order.status != "processing" else "on-hold"
    return shop.change_status(order.id, status)


def _next_transaction_status(shop: Shop, order: Any) -> object:
    status = "failed" if order.charge.status != "failed" else "pending"
    return shop.set_transaction_status(order.id, order.charge.id, status)


def _to_another_customer(pool: Pool) -> Aim:
    order, heir = pool.passing_order()
    return an_aim(
        pool,
        "change_customer",
        lambda shop: shop.change_customer(order.id, heir.id),
        (order.id,),
        Subject("order", order.id),
    )


def _to_a_new_customer(pool: Pool) -> Aim:
    order, _ = pool.passing_order()
    return an_aim(
        pool,
        "create_and_change_customer",
        lambda shop: shop.create_and_change_customer(order.id, shop.fresh_email()),
        (order.id,),
        Subject("order", order.id),
    )


def _calculate_shipping(pool: Pool) -> Aim:
    method, lines = pool.shipping_method, pool.lines()
    return an_aim(
        pool, "calculate_shipping", lambda shop: shop.calculate_shipping(lines[:1], method)
    )


def _use_address(pool: Pool) -> Aim:
    order, address = pool.order(unpaid), pool.me.billing[0].id
    return an_aim(
        pool,
        "update_order_address_id",
        lambda shop: shop.use_address(order.id, address),
        (order.id,),
        Subject("order", order.id),
    )


def _additional_info(pool: Pool) -> Aim:
    number = pool.me.customer.id
    info: dict[str, Any] = {"company": "Acme", "notes": "Prefers mornings"}
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


def _delete_order(pool: Pool) -> Aim:
    order = pool.order(unpaid)
    return Aim("delete_order", (order.id,), watch=(Subject("order", order.id),))


def _customers_bulk(pool: Pool) -> Aim:
    me = pool.somebody_alone
    return an_aim(
        pool,
        "customers_bulk",
        lambda shop: shop.set_customers_status([me.id], "inactive"),
        (),
        Subject("customer", me.id),
    )


def _billing_of(order: Any) -> Any:
    address = order.address("billing")
    return address.id if address is not None else 0


def _accept_dispute(pool: Pool) -> Aim:
    """Only the embedded store has a gateway that nobody's money hangs on."""
    order = pool.order(unpaid)
    if pool.harmless_gateway:
        pool.shop.mark_as_paid(order.id, payment_method="stripe", transaction_type="dispute")
        order = pool.learn(pool.shop.order(order.id))
    return an_aim(
        pool,
        "accept_dispute",
        lambda shop: shop.accept_dispute(order.id, order.charge.id, "Accepted"),
        (order.id, order.charge.id),
        Subject("order", order.id),
    )


_MAKERS: dict[str, Maker] = {
    "list_orders": reading("list_orders", lambda shop: shop.list_orders({})),
    "calculate_shipping": _calculate_shipping,
    "create_order": _create_order,
    "orders_bulk": _orders_bulk,
    "mark_as_paid": order_aim("mark_as_paid", lambda s, o: s.mark_as_paid(o.id), unpaid),
    "generate_missing_licenses": order_aim(
        "generate_missing_licenses", lambda s, o: s.generate_missing_licenses(o.id)
    ),
    "get_order": order_aim("get_order", lambda s, o: s.get_order(o.id)),
    "update_order": order_aim(
        "update_order", lambda s, o: s.update_order(o, note="Ring twice"), unpaid
    ),
    "update_order_address_id": _use_address,
    "refund_order": order_aim("refund_order", lambda s, o: s.refund(o, 109), paid),
    "change_customer": _to_another_customer,
    "create_and_change_customer": _to_a_new_customer,
    "delete_order": _delete_order,
    "update_statuses": order_aim("update_statuses", _next_status, unpaid),
    "get_order_transactions": order_aim(
        "get_order_transactions", lambda s, o: s.transactions_of(o.id)
    ),
    "accept_dispute": _accept_dispute,
    "get_order_transaction": order_aim(
        "get_order_transaction",
        lambda s, o: s.transaction_of(o.id, o.charge.id),
        part=lambda o: o.charge.id,
    ),
    "update_order_address": order_aim(
        "update_order_address",
        lambda s, o: s.update_order_address(
            o.id, _billing_of(o), city="Albany", address_1="8 Eighth St", postcode="12208"
        ),
        lambda o: bool(_billing_of(o)),
        _billing_of,
    ),
    "update_transaction_status": order_aim(
        "update_transaction_status", _next_transaction_status, unpaid, lambda o: o.charge.id
    ),
    "create_custom_item": order_aim(
        "create_custom_item", lambda s, o: s.create_custom_item(o.id, "Gift wrap", 333), unpaid
    ),
    "get_shipping_methods": reading(
        "get_shipping_methods", lambda shop: shop.shipping_methods({"country_code": "US"})
    ),
    "sync_statuses": order_aim("sync_statuses", lambda s, o: s.sync_statuses(o.id), unpaid),
    "list_customers": reading("list_customers", lambda shop: shop.list_customers({})),
    "create_customer": reading(
        "create_customer",
        lambda shop: shop.create_customer(
            shop.fresh_email(), "Zoe", "Zimmer", phone="+15550100", status="inactive"
        ),
    ),
    "get_customer": customer_aim("get_customer", lambda s, m: s.get_customer(m.customer.id)),
    "update_customer": customer_aim(
        "update_customer",
        lambda s, m: s.update_customer(
            m.customer, last_name="Changed", phone="+15550111", status="inactive"
        ),
    ),
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
    "update_customer_address": customer_aim(
        "update_customer_address",
        lambda s, m: s.update_address(
            m.customer.id,
            m.billing[1],
            city="Albany",
            postcode="12207",
            first_name="Nora",
            last_name="Nash",
        ),
    ),
    "create_customer_address": customer_aim(
        "create_customer_address", lambda s, m: s.create_address(m.customer, city="Troy")
    ),
    "delete_customer_address": _delete_address,
    "make_primary_address": customer_aim(
        "make_primary_address",
        lambda s, m: s.make_primary(m.customer.id, m.billing[1].id, m.billing[1].type),
    ),
    "get_attachable_users": reading("get_attachable_users", lambda shop: shop.attachable_users()),
    "attach_user": _attach_user,
    "detach_user": customer_aim("detach_user", lambda s, m: s.detach_user(m.customer.id)),
    "customers_bulk": _customers_bulk,
}

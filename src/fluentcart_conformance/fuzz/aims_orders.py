"""Valid requests to the operations on orders, about own objects in the right state."""

from __future__ import annotations

from typing import Any

from fluentcart_conformance.drivers.orders import order_body
from fluentcart_conformance.drivers.shop import Shop
from fluentcart_conformance.fuzz.aiming import Maker, an_aim, order_aim, reading
from fluentcart_conformance.fuzz.attempt import Aim, Subject
from fluentcart_conformance.fuzz.pool import Pool
from fluentcart_conformance.fuzz.states import paid, unpaid


def _create_order(pool: Pool) -> Aim:
    me = pool.me.customer
    more = {"note": "Leave at the door", "shipping_total": 777, **pool.shop.discount(250)}
    more["billing_address_id"] = pool.me.billing[0].id
    more["shipping_address_id"] = pool.me.shipping[0].id
    body = order_body(me, pool.lines(), more)
    return Aim("create_order", (), body, {}, (Subject("orders_of", me.id),))


def _orders_bulk(pool: Pool) -> Aim:
    first = pool.order(unpaid)
    status = _other_status(first)
    second = pool.order(lambda one: unpaid(one) and one.status == first.status, beside=first)
    ids = list(dict.fromkeys([first.id, second.id]))
    return an_aim(
        pool,
        "orders_bulk",
        lambda shop: shop.bulk_orders("change_order_status", ids, new_status=status),
        (),
        *(Subject("order", one) for one in ids),
    )


def _other_status(order: Any) -> str:
    return "processing" if order.status != "processing" else "on-hold"


def _next_status(shop: Shop, order: Any) -> object:
    return shop.change_status(order.id, _other_status(order))


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
    return use_address("billing", pool)


def use_address(kind: str, pool: Pool) -> Aim:
    """Give an order the other one of the customer's addresses of a type."""
    order = pool.order(unpaid)
    now = order.address(kind)
    mine = pool.me.billing if kind == "billing" else pool.me.shipping
    street = None if now is None else (now.text("address_1"), now.text("city"))
    others = [one for one in mine if (one.text("address_1"), one.text("city")) != street]
    chosen = (others or mine)[0].id
    return an_aim(
        pool,
        "update_order_address_id",
        lambda shop: shop.use_address(order.id, chosen, kind),
        (order.id,),
        Subject("order", order.id),
    )


def _delete_order(pool: Pool) -> Aim:
    order = pool.order(unpaid)
    return Aim("delete_order", (order.id,), watch=(Subject("order", order.id),))


def _update_order(pool: Pool) -> Aim:
    order, turn = pool.order(unpaid), pool.turn()
    return an_aim(
        pool,
        "update_order",
        lambda shop: shop.update_order(order, note=f"Ring {turn} times"),
        (order.id,),
        Subject("order", order.id),
    )


def _update_order_address(pool: Pool) -> Aim:
    return edit_address("billing", pool)


def edit_address(kind: str, pool: Pool) -> Aim:
    """Change the address of a type that an order has."""
    order, turn = pool.order(lambda one: one.address(kind) is not None), pool.turn()
    mine = order.address(kind)
    number = 0 if mine is None else mine.id
    return an_aim(
        pool,
        "update_order_address",
        lambda shop: shop.update_order_address(
            order.id, number, first_name="Nora", last_name=f"Nash{turn}", name=f"Nora Nash{turn}",
            city=f"Albany {turn}", address_1="8 Eighth St", postcode="12208",
        ),
        (order.id, number),
        Subject("order", order.id),
    )  # fmt: skip


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


ORDERS: dict[str, Maker] = {
    "list_orders": reading("list_orders", lambda shop: shop.list_orders({})),
    "calculate_shipping": _calculate_shipping,
    "create_order": _create_order,
    "orders_bulk": _orders_bulk,
    "mark_as_paid": order_aim("mark_as_paid", lambda s, o: s.mark_as_paid(o.id), unpaid),
    "generate_missing_licenses": order_aim(
        "generate_missing_licenses", lambda s, o: s.generate_missing_licenses(o.id)
    ),
    "get_order": order_aim("get_order", lambda s, o: s.get_order(o.id)),
    "update_order": _update_order,
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
    "update_order_address": _update_order_address,
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
}

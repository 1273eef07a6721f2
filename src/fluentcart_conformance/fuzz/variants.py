"""Further valid requests of an operation: other actions, several lines, the rest of the money."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from fluentcart_conformance.drivers.orders import Line, order_body
from fluentcart_conformance.drivers.records import Order
from fluentcart_conformance.drivers.shop import Shop
from fluentcart_conformance.fuzz.aiming import Maker, an_aim
from fluentcart_conformance.fuzz.aims_customers import edit_address_of, make_primary
from fluentcart_conformance.fuzz.aims_orders import edit_address, use_address
from fluentcart_conformance.fuzz.attempt import Aim, Attempt, Subject
from fluentcart_conformance.fuzz.pool import Pool
from fluentcart_conformance.fuzz.states import Fits, paid, partly_refunded, unpaid


def variants(operation: str, absent: Container[str] = ()) -> list[Callable[[Pool], Attempt]]:
    """Makers of further valid requests; `absent` names what the profile has no form for.

    Each raises Prerequisite where it cannot be arranged.
    """
    rows = [one for one in _VARIANTS.get(operation, ()) if _NEEDS.get(one[0], "") not in absent]
    return [partial(_attempt, *one) for one in rows]


def bare(operation: str) -> Maker | None:
    """The least request of an operation: where a member is left out, no other one speaks for it."""
    return {"create_order": _bare_order}.get(operation)


def _attempt(about: str, make: Maker, pool: Pool) -> Attempt:
    return Attempt.of(replace(make(pool), about=about))


# -- one order ------------------------------------------------------------------------------------


def _with(operation: str, act: Callable[[Shop, Order], object], fits: Fits = unpaid) -> Maker:
    def make(pool: Pool) -> Aim:
        order = pool.order(fits)
        watch = Subject("order", order.id)
        return an_aim(pool, operation, lambda shop: act(shop, order), (order.id,), watch)

    return make


def _shipped(order: Order) -> bool:
    return unpaid(order) and order.text("fulfillment_type") == "physical"


def _ship(shop: Shop, order: Order) -> object:
    status = "shipped" if order.shipping_status != "shipped" else "delivered"
    return shop.change_shipping_status(order.id, status)


def _rows(shop: Shop, order: Order, at: int, quantity: int) -> list[dict[str, Any]]:
    """The lines as they are, one of them with another quantity."""
    rows = shop.lines_again(order)
    chosen = rows[at % len(rows)]
    total = chosen["unit_price"] * quantity
    chosen |= {"quantity": quantity, "line_total": total, "item_total": total, "total": total}
    return rows


def _more_of_the_last(shop: Shop, order: Order) -> object:
    rows = _rows(shop, order, -1, order.items[-1].quantity + 1)
    return shop.update_order(order, order_items=rows)


def _without_the_last(shop: Shop, order: Order) -> object:
    rows, last = shop.lines_again(order)[:-1], order.items[-1].id
    return shop.update_order(order, order_items=rows, deletedItems=[last])


def _one_line_more(shop: Shop, order: Order) -> object:
    more = Line(shop.product(index=2), 2, 1234).members()
    return shop.update_order(order, order_items=[*shop.lines_again(order), more])


def _several_lines(order: Order) -> bool:
    return unpaid(order) and len(order.items) > 1


def _rest(shop: Shop, order: Order) -> object:
    return shop.refund(order, order.total_paid - order.total_refund)


# -- creating -------------------------------------------------------------------------------------


def _bare_order(pool: Pool) -> Aim:
    """What a creation cannot do without, and nothing else."""
    me = pool.me.customer
    body = order_body(me, pool.lines()[:1], {})
    return Aim("create_order", (), body, {}, (Subject("orders_of", me.id),))


def _customer_with_details(pool: Pool) -> Aim:
    shop, turn = pool.shop, pool.turn()
    more: dict[str, Any] = {"country": "US", "city": f"Albany {turn}", "notes": "Rings"}
    if shop.profile.wire["customer_additional_info"] != "labels":
        more = {"additional_info": {"company": f"Acme {turn}", "notes": "Rings twice"}}
    return an_aim(
        pool, "create_customer", lambda one: one.create_customer(shop.fresh_email(), **more)
    )


def _details_of_a_new_one(pool: Pool) -> Aim:
    order, _ = pool.passing_order()
    more = {"city": "Albany", "postcode": "12207", "country": "US", "notes": "Rings twice"}
    return an_aim(
        pool,
        "create_and_change_customer",
        lambda shop: shop.create_and_change_customer(order.id, shop.fresh_email(), **more),
        (order.id,),
        Subject("order", order.id),
    )


def _shipping_address(pool: Pool) -> Aim:
    me = pool.me.customer
    return an_aim(
        pool,
        "create_customer_address",
        lambda shop: shop.create_address(me, "shipping", city="Troy", address_1="7 Seventh St"),
        (me.id,),
        Subject("customer", me.id),
    )


# -- several at once ------------------------------------------------------------------------------


def _bulk(
    action: str, word: Callable[[Sequence[Order]], str] | None = None, fits: Fits = unpaid
) -> Maker:
    """A bulk action on two orders; `word` gives the new status."""

    def make(pool: Pool) -> Aim:
        first = pool.order(fits)
        second = pool.order(fits, beside=first)
        both = [first] if second.id == first.id else [first, second]
        more = {} if word is None else {"new_status": word(both)}
        ids = [one.id for one in both]
        return an_aim(
            pool,
            "orders_bulk",
            lambda shop: shop.bulk_orders(action, ids, **more),
            (),
            *(Subject("order", one) for one in ids),
        )

    return make


def _next_shipping(orders: Sequence[Order]) -> str:
    taken = {one.shipping_status for one in orders}
    return next(word for word in ("shipped", "delivered", "unshipped") if word not in taken)


def _delete_customers(pool: Pool) -> Aim:
    people = [pool.shop.new_customer() for _ in range(2)]
    ids = [one.id for one in people]
    return an_aim(
        pool,
        "customers_bulk",
        lambda shop: shop.bulk_customers(shop.wire.bulk_customer_delete, ids),
        (),
        *(Subject("customer", one) for one in ids),
    )


def _export_customers(pool: Pool) -> Aim:
    ids = [one.id for one in pool.people_alone()]
    return an_aim(
        pool,
        "customers_bulk",
        lambda shop: shop.bulk_customers("export", ids),
        (),
        *(Subject("customer", one) for one in ids),
    )


# What a variant stands on, as the profiles name it.
_NEEDS = {"exported": "customer_bulk_export"}
_VARIANTS: dict[str, tuple[tuple[str, Maker], ...]] = {
    "create_order": (("one line, nothing else", _bare_order),),
    "create_customer": (("with details", _customer_with_details),),
    "create_and_change_customer": (("with details", _details_of_a_new_one),),
    "create_customer_address": (("for shipping", _shipping_address),),
    "update_customer_address": (("for shipping", partial(edit_address_of, "shipping")),),
    "make_primary_address": (("for shipping", partial(make_primary, "shipping")),),
    "update_order_address_id": (("for shipping", partial(use_address, "shipping")),),
    "update_order_address": (("for shipping", partial(edit_address, "shipping")),),
    "update_statuses": (
        ("shipping", _with("update_statuses", _ship, _shipped)),
        (
            "completed",
            _with("update_statuses", lambda shop, one: shop.change_status(one.id, "completed")),
        ),
        (
            "canceled",
            _with("update_statuses", lambda shop, one: shop.change_status(one.id, "canceled")),
        ),
    ),
    "update_order": (
        ("another quantity", _with("update_order", _more_of_the_last)),
        ("a line less", _with("update_order", _without_the_last, _several_lines)),
        ("a line more", _with("update_order", _one_line_more)),
        (
            "shipping",
            _with("update_order", lambda shop, one: shop.update_order(one, shipping_total=500)),
        ),
        (
            "no shipping",
            _with("update_order", lambda shop, one: shop.update_order(one, shipping_total=0)),
        ),
        (
            "a discount",
            _with("update_order", lambda shop, one: shop.update_order(one, **shop.discount(150))),
        ),
    ),
    "mark_as_paid": (
        (
            "with a charge id",
            _with(
                "mark_as_paid",
                lambda shop, one: shop.mark_as_paid(one.id, vendor_charge_id=f"ch_{one.id}"),
            ),
        ),
    ),
    "refund_order": (
        ("once more", _with("refund_order", lambda s, o: s.refund(o, 57), partly_refunded)),
        ("the rest", _with("refund_order", _rest, paid)),
    ),
    "orders_bulk": (
        ("shipping", _bulk("change_shipping_status", _next_shipping, _shipped)),
        ("completed", _bulk("change_order_status", lambda _: "completed")),
        ("payment", _bulk("change_payment_status", lambda _: "succeeded")),
        ("captured", _bulk("capture_payments")),
        ("deleted", _bulk("delete_orders")),
    ),
    "customers_bulk": (("deleted", _delete_customers), ("exported", _export_customers)),
}

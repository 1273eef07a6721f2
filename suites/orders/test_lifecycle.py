"""One order from its making to its end: each step moves what it is about (orders-api)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from fluentcart_conformance.scenarios import (
    SIDE_EFFECTS,
    Answer,
    Customer,
    Line,
    Order,
    Shop,
    Watched,
    moment,
    requirement,
)

# Where an address shows its order again, that copy moves as the order does; links to pay and to
# the receipt may come and go.
WITHOUT = SIDE_EFFECTS | {"order", "custom_checkout_url", "receipt_url"}
MONEY = ("transactions", "total_paid", "payment_status", "payment_method", "payment_method_title")


@dataclass(frozen=True)
class Step:
    """Something done to an order, and the members of the order that it may move."""

    what: str
    act: Callable[[Shop, Order], Answer]
    moves: frozenset[str]


def _step(what: str, act: Callable[[Shop, Order], Answer], *moves: str) -> Step:
    return Step(what, act, frozenset(moves))


LIFE = (
    _step("edited", lambda shop, order: shop.update_order(order, note="Call first"), "note"),
    _step(
        "paid",
        lambda shop, order: shop.mark_as_paid(order.id),
        *MONEY, "status", "completed_at", "invoice_no", "receipt_number",
    ),
    _step(
        "refunded in part",
        lambda shop, order: shop.refund(order, 133),
        "transactions", "order_items", "total_refund", "payment_status", "refunded_at",
    ),
    _step(
        "put on hold",
        lambda shop, order: shop.change_status(order.id, "on-hold"),
        "status", "completed_at",
    ),
    _step(
        "canceled",
        lambda shop, order: shop.change_status(order.id, "canceled"),
        "status", "completed_at",
    ),
)  # fmt: skip


def _moved(now: Order, before: Order) -> set[str]:
    """The members at the top of the order that differ."""
    return {path.split("/")[1] for path in now.differences(before, WITHOUT)}


def test_each_step_moves_what_it_is_about_and_nothing_else(
    shop: Shop, customer: Customer, two_lines: list[Line], neighbour: Watched
) -> None:
    shop.announced(shop.create_order(customer, two_lines))  # the order next door
    first = order = shop.new_order(customer, two_lines, shipping_total=777)
    rows = shop.newest_orders(customer)
    for step in LIFE:
        shop.given(step.act(shop, order), f"have an order {step.what}")
        now = shop.order(order.id)
        with requirement("ORD-UNTOUCHED"):
            assert _moved(now, order) <= step.moves, f"when the order was {step.what}"
        with requirement("ORD-UPDATED-AT"):
            assert moment(now.member("created_at")) == moment(first.member("created_at"))
            assert moment(now.member("updated_at")) >= moment(order.member("updated_at"))
        before, rows = rows, shop.newest_orders(customer)
        with requirement("ORD-OTHERS-UNTOUCHED"):
            for one in (rows.keys() & before.keys()) - {order.id}:
                moved = rows[one].differences(before[one], SIDE_EFFECTS)
                assert moved == [], f"order {one} when another was {step.what}"
        row = rows.get(order.id)
        with requirement("ORD-DETAILS-LIST-AGREE"):
            assert row is not None, f"the list lost the order when it was {step.what}"
            shown = [_summary(one) for one in (row, now)]
            assert shown[0] == shown[1], f"when the order was {step.what}"
        order = now
    with requirement("ORD-STATUS-PAYMENT-STAYS"):
        assert (order.total_paid, order.total_refund) == (first.total_amount, 133)
        assert order.payment_status == "partially_refunded"
    with requirement("ORD-OTHERS-UNTOUCHED"):
        assert neighbour.moved() == []


def _summary(order: Order) -> dict[str, object]:
    return {
        "status": order.status,
        "payment_status": order.payment_status,
        "shipping_status": order.shipping_status,
        "total_amount": order.total_amount,
        "total_paid": order.total_paid,
        "total_refund": order.total_refund,
        "customer_id": order.customer_id,
    }

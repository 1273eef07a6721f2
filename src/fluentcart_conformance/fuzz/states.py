"""The states of an order that requests ask for, and the step that leads to each."""

from __future__ import annotations

from collections.abc import Callable

from fluentcart_conformance.drivers.answers import Answer
from fluentcart_conformance.drivers.records import Order
from fluentcart_conformance.drivers.shop import Shop

Fits = Callable[[Order], bool]


def unpaid(order: Order) -> bool:
    """An order that can still be paid and edited."""
    return (
        order.payment_status == "pending"
        and order.status in ("pending", "on-hold", "processing")
        and order.total_amount > 0
        and order.total_paid == 0
        and len(order.transactions) == 1
    )


def paid(order: Order) -> bool:
    """An order of which at least two units can be given back."""
    return (
        order.payment_status in ("paid", "partially_refunded")
        and order.total_paid - order.total_refund >= 200
        and order.charge.status == "succeeded"
    )


def paid_whole(order: Order) -> bool:
    """An order that was paid and of which nothing was given back."""
    return order.payment_status == "paid" and order.total_paid > 0 and order.total_refund == 0


def refunded(order: Order) -> bool:
    """An order that was given back whole."""
    return order.payment_status == "refunded" and order.total_refund == order.total_paid > 0


def canceled(order: Order) -> bool:
    """An order that was canceled before it was paid."""
    return order.status == "canceled" and order.payment_status == "pending"


def anyhow(_order: Order) -> bool:
    """Any order."""
    return True


def partly_refunded(order: Order) -> bool:
    """An order of which a part was given back."""
    return paid(order) and order.total_refund > 0


AFTER_PAYMENT = (paid, paid_whole, partly_refunded, refunded)
# The step that leads to a state from an unpaid or a paid order.
LEADING_TO: dict[Fits, Callable[[Shop, Order], Answer]] = {
    canceled: lambda shop, order: shop.change_status(order.id, "canceled"),
    partly_refunded: lambda shop, order: shop.refund(order, 103),
    refunded: lambda shop, order: shop.refund(order, order.total_paid),
}

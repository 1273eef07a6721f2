"""The picture of an order or customer against what the store shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from fluentcart_conformance.drivers.records import Address, Customer, Order
from fluentcart_conformance.fuzz.model.picture import CustomerPicture, LinePicture, OrderPicture

Mismatch = tuple[str, Any, Any]
# What an order costs; when that is wrong, so is everything that was paid of it or given back.
_AMOUNTS = frozenset(
    {"lines", "subtotal", "manual_discount_total", "shipping_total", "total_amount"}
)
_PAYMENT = frozenset({"payment_status", "total_paid", "charge"})
_MONEY = _AMOUNTS | _PAYMENT | {"total_refund", "refunds", "charges", "status"}
_REFUND_WORDS = ("succeeded", "refunded", "partially_refunded")


def blinded(wrong: Iterable[str]) -> frozenset[str]:
    """What can no longer be foretold of an order in which these members are wrong."""
    members = frozenset(wrong)
    if members & _AMOUNTS:
        return members | _MONEY
    return members | _PAYMENT if members & _PAYMENT else members


def order_mismatches(picture: OrderPicture, order: Order, buyer: int) -> list[Mismatch]:
    """Member, expected and got of what differs. `buyer` is the customer's id."""
    if order.status in picture.either:
        picture.status, picture.either = order.status, ()
    return [
        row
        for row in _order_rows(picture, order, buyer)
        if row[1] != row[2] and row[0] not in picture.blind
    ]


def _order_rows(picture: OrderPicture, order: Order, buyer: int) -> Iterator[Mismatch]:
    lines = sorted((line.price, line.quantity) for line in picture.lines)
    yield "customer_id", buyer, order.customer_id
    yield "status", picture.status, order.status
    yield "payment_status", picture.payment_status, order.payment_status
    yield "lines", lines, sorted((item.unit_price, item.quantity) for item in order.items)
    yield "subtotal", picture.subtotal, order.subtotal
    yield "manual_discount_total", picture.discount, order.manual_discount_total
    yield "shipping_total", picture.shipping, order.shipping_total
    yield "total_amount", picture.total, order.total_amount
    yield "total_paid", picture.paid, order.total_paid
    yield "total_refund", picture.refunded, order.total_refund
    yield "refunds", sorted(picture.refunds), sorted(one.total for one in order.refunds)
    yield "charges", [picture.total], [one.total for one in order.charges]
    yield "charge", _charge_words(picture), _charge_word(picture, order)
    if not picture.digital:
        yield "shipping_status", picture.shipping_status, order.shipping_status


def _charge_words(picture: OrderPicture) -> str:
    return "succeeded" if picture.paid else "pending"


def _charge_word(picture: OrderPicture, order: Order) -> str:
    """The status of the charge; after a refund a refund word is as good as succeeded."""
    status = order.charge.status if order.charges else "none"
    return "succeeded" if picture.paid and status in _REFUND_WORDS else status


def customer_mismatches(
    picture: CustomerPicture, customer: Customer, addresses: list[Address]
) -> list[Mismatch]:
    """Member, expected and got of what differs."""
    rows = [
        ("email", picture.email, customer.email.lower()),
        ("name", f"{picture.first_name} {picture.last_name}", _name(customer)),
        ("status", picture.status, customer.status),
        (
            "addresses",
            sorted((one.id, one.type, one.city) for one in picture.addresses),
            sorted((one.id, one.type, one.text("city")) for one in addresses),
        ),
        (
            "primaries",
            sorted(one.id for one in picture.addresses if one.primary),
            sorted(one.id for one in addresses if one.is_primary),
        ),
    ]
    return [row for row in rows if row[1] != row[2]]


def _name(customer: Customer) -> str:
    return f"{customer.first_name} {customer.last_name}".strip()


def adopt_order(picture: OrderPicture, order: Order, buyer: int | None) -> None:
    """Believe the store: what it got wrong is known, and the walk goes on from there."""
    old = {line.price: line.kind for line in picture.lines}
    kind = picture.lines[0].kind if picture.lines else "digital"
    picture.lines = [
        LinePicture(item.unit_price, item.quantity, old.get(item.unit_price, kind))
        for item in order.items
    ]
    picture.buyer = picture.buyer if buyer is None else buyer
    picture.status, picture.payment_status = order.status, order.payment_status
    picture.shipping_status = order.shipping_status
    picture.discount, picture.shipping = order.manual_discount_total, order.shipping_total
    picture.paid = order.total_paid
    picture.refunds = [one.total for one in order.refunds]


def adopt_customer(picture: CustomerPicture, customer: Customer, addresses: list[Address]) -> None:
    """Believe the store."""
    from fluentcart_conformance.fuzz.model.picture import AddressPicture  # noqa: PLC0415

    picture.email, picture.status = customer.email.lower(), customer.status
    picture.first_name, picture.last_name = customer.first_name, customer.last_name
    picture.addresses = [
        AddressPicture(one.id, one.type, one.text("city"), one.is_primary) for one in addresses
    ]

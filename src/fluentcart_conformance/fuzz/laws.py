"""Laws that hold in every readable order and customer, whatever was done to it. Money in cents.

Sources: orders-api (Create Order, Update Order, Refund Order), customers-api (Addresses).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from fluentcart_conformance.drivers.records import Address, Order, Record
from fluentcart_conformance.drivers.values import UnreadableAnswer, whole
from fluentcart_conformance.fuzz.breach import Breach

_MONEY = (
    "subtotal", "total_amount", "total_paid", "total_refund", "shipping_total",
    "manual_discount_total", "coupon_discount_total", "tax_total",
)  # fmt: skip
# Where one of these is not nothing, the documents do not say how it enters the total.
_UNCLEAR = ("shipping_tax", "discount_tax", "fee_total")


def order_laws(order: Order, operation: str) -> list[Breach]:
    """What is wrong with an order by itself; a member that cannot be read is the judge's."""
    found: list[Breach] = []
    for law in (_lines, _sum_of_lines, _total, _refunds, _signs, _addresses):
        try:
            found += [
                Breach(requirement, operation, aspect, expected, got)
                for requirement, aspect, expected, got in law(order)
            ]
        except UnreadableAnswer:
            continue
    return found


Row = tuple[str, str, str, str]


def _lines(order: Order) -> Iterator[Row]:
    for item in order.items:
        subtotal = item.money("subtotal")
        worth = item.unit_price * item.quantity
        if subtotal != worth:
            yield (
                "ORD-CREATE-LINE-TOTALS", "line subtotal",
                f"a line's subtotal to be {item.unit_price} x {item.quantity} = {worth}",
                f"{subtotal}",
            )  # fmt: skip


def _sum_of_lines(order: Order) -> Iterator[Row]:
    total = sum(item.money("subtotal") for item in order.items)
    if order.subtotal != total:
        yield (
            "ORD-CREATE-TOTALS", "order subtotal",
            f"subtotal to be the lines' {total}", f"{order.subtotal}",
        )  # fmt: skip


def _total(order: Order) -> Iterator[Row]:
    if any(whole(order.raw.get(name) or 0, name) for name in _UNCLEAR):
        return
    less = order.money("manual_discount_total") + order.money("coupon_discount_total")
    more = order.shipping_total + order.money("tax_total")
    due = max(order.subtotal - less + more, 0)
    if order.total_amount != due:
        yield (
            "ORD-CREATE-TOTALS", "order total",
            f"total_amount to be {order.subtotal} - {less} + {more} = {due}",
            f"{order.total_amount}",
        )  # fmt: skip


def _refunds(order: Order) -> Iterator[Row]:
    if order.total_refund > order.total_paid:
        yield (
            "RFD-MORE-THAN-PAID", "refunded more than paid",
            f"total_refund to be at most total_paid {order.total_paid}", f"{order.total_refund}",
        )  # fmt: skip
    if any(charge.status not in ("succeeded", "pending") for charge in order.charges):
        return
    given = sum(one.total for one in order.refunds if one.status != "failed")
    if order.refunds and given != order.total_refund:
        yield (
            "RFD-SEVERAL", "refund transactions",
            f"total_refund to be the refunds' {given}", f"{order.total_refund}",
        )  # fmt: skip


def _signs(order: Order) -> Iterator[Row]:
    for name in _MONEY:
        if order.money(name) < 0:
            yield "ORD-MONEY-CENTS", name, f"{name} not to be negative", str(order.money(name))
    for item in order.items:
        if item.unit_price < 0 or item.quantity < 0:
            got = f"{item.quantity} at {item.unit_price}"
            yield "ORD-CREATE-NEGATIVE-PRICE", "line", "no negative line", got


def _addresses(order: Order) -> Iterator[Row]:
    rows = order.raw.get("order_addresses")
    if not isinstance(rows, list):
        return
    kinds = Counter(str(row.get("type")) for row in rows if isinstance(row, dict))
    for kind, count in kinds.items():
        if count > 1:
            yield (
                "ORD-ADDRESS-ID-OTHER-KEPT", f"{kind} addresses",
                f"one {kind} address in order_addresses", f"{count}",
            )  # fmt: skip


def customer_laws(customer: Record, operation: str) -> list[Breach]:
    """What is wrong with a customer and their addresses (`addresses` of the record)."""
    rows = customer.raw.get("addresses") or []
    try:
        kinds = {Address(row).type for row in rows}
        primaries = Counter(Address(row).type for row in rows if Address(row).is_primary)
    except UnreadableAnswer:
        return []
    return [
        Breach(
            "ADR-PRIMARY-ONE",
            operation,
            f"primary of {kind}",
            f"one primary {kind} address",
            f"{primaries[kind]}",
        )
        for kind in sorted(kinds)
        if kind and primaries[kind] != 1
    ]

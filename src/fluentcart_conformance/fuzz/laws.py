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


# What a line's total may differ by from its subtotal.
_OF_LINES = ("discount_total", "tax_amount", "shipping_charge", "other_total")
# The totals of an order after an edit have a requirement of their own.
_OWN_TOTALS = {"update_order": "ORD-UPDATE-TOTALS", "create_custom_item": "SHP-CUSTOM-TOTALS"}


def order_laws(order: Order, operation: str) -> list[Breach]:
    """What is wrong with an order by itself; a member that cannot be read is the judge's."""
    found: list[Breach] = []
    for law in _LAWS:
        try:
            found += [
                Breach(_of(operation, requirement), operation, aspect, expected, got, member=member)
                for requirement, aspect, expected, got, member in law(order)
            ]
        except UnreadableAnswer:
            continue
    return found


def _of(operation: str, requirement: str) -> str:
    if requirement == "ORD-CREATE-TOTALS":
        return _OWN_TOTALS.get(operation, requirement)
    return requirement


# Requirement, aspect, expected, got, and the member that is wrong.
Row = tuple[str, str, str, str, str]


def _lines(order: Order) -> Iterator[Row]:
    for item in order.items:
        subtotal = item.money("subtotal")
        worth = item.unit_price * item.quantity
        if subtotal != worth:
            yield (
                "ORD-CREATE-LINE-TOTALS", "line subtotal",
                f"a line's subtotal to be {item.unit_price} x {item.quantity} = {worth}",
                f"{subtotal}", "lines",
            )  # fmt: skip
        plain = not any(whole(item.raw.get(name) or 0, name) for name in _OF_LINES)
        if plain and not order.manual_discount_total and item.line_total != subtotal:
            yield (
                "ORD-CREATE-LINE-TOTALS", "line total",
                f"a line's line_total to be its subtotal {subtotal}", f"{item.line_total}",
                "lines",
            )  # fmt: skip


def _sum_of_lines(order: Order) -> Iterator[Row]:
    total = sum(item.money("subtotal") for item in order.items)
    if order.subtotal != total:
        yield (
            "ORD-CREATE-TOTALS", "order subtotal",
            f"subtotal to be the lines' {total}", f"{order.subtotal}", "subtotal",
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
            f"{order.total_amount}", "total_amount",
        )  # fmt: skip


def _refunds(order: Order) -> Iterator[Row]:
    if order.total_refund > order.total_paid:
        yield (
            "RFD-MORE-THAN-PAID", "refunded more than paid",
            f"total_refund to be at most total_paid {order.total_paid}", f"{order.total_refund}",
            "total_refund",
        )  # fmt: skip
    if any(charge.status not in ("succeeded", "pending") for charge in order.charges):
        return
    given = sum(one.total for one in order.refunds if one.status != "failed")
    if order.refunds and given != order.total_refund:
        yield (
            "RFD-SEVERAL", "refund transactions",
            f"total_refund to be the refunds' {given}", f"{order.total_refund}",
            "total_refund",
        )  # fmt: skip


def _refunds_of_lines(order: Order) -> Iterator[Row]:
    lines = [item for item in order.items if "refund_total" in item.raw]
    for item in lines:
        # A line that costs less than nothing is wrong by itself: nothing was given back of it.
        if item.money("refund_total") > max(item.line_total, 0):
            yield (
                "RFD-LINE-TOTAL", "a line's refund",
                f"refund_total of a line to be at most its {item.line_total}",
                f"{item.money('refund_total')}", "refunds",
            )  # fmt: skip
    given = sum(item.money("refund_total") for item in lines)
    if given > order.total_refund:
        yield (
            "RFD-LINE-TOTAL", "the lines' refunds",
            f"the lines' refunds to be at most total_refund {order.total_refund}", f"{given}",
            "refunds",
        )  # fmt: skip


def _signs(order: Order) -> Iterator[Row]:
    for name in _MONEY:
        if order.money(name) < 0:
            got = str(order.money(name))
            yield "ORD-MONEY-CENTS", name, f"{name} not to be negative", got, name
    for item in order.items:
        if item.unit_price < 0 or item.quantity < 0:
            got = f"{item.quantity} at {item.unit_price}"
            yield "ORD-CREATE-NEGATIVE-PRICE", "line", "no negative line", got, "lines"


def _addresses(order: Order) -> Iterator[Row]:
    rows = order.raw.get("order_addresses")
    if not isinstance(rows, list):
        return
    kinds = Counter(str(row.get("type")) for row in rows if isinstance(row, dict))
    for kind, count in kinds.items():
        if count > 1:
            yield (
                "ORD-ADDRESS-ID-OTHER-KEPT", f"{kind} addresses",
                f"one {kind} address in order_addresses", f"{count}", "order_addresses",
            )  # fmt: skip


def _belongings(order: Order) -> Iterator[Row]:
    """What an order shows as its own is its own, and of its currency."""
    number, currency = order.id, order.text("currency")
    owner = order.raw.get("customer")
    if isinstance(owner, dict) and str(owner.get("id")) != str(order.customer_id):
        wanted = f"the customer {order.customer_id} in the details"
        yield "ORD-GET-CUSTOMER", "customer", wanted, f"{owner.get('id')}", "customer"
    for requirement, rows, name, member in (
        ("ORD-GET-SAME-ID", order.raw.get("order_items"), "order_id", "order_items"),
        ("TRX-LIST-OWN", order.raw.get("transactions"), "order_id", "transactions"),
        ("ORD-GET-ACTIVITY", order.raw.get("activities"), "module_id", "activities"),
    ):
        others = [row.get(name) for row in rows or () if str(row.get(name, number)) != str(number)]
        if others:
            yield requirement, member, f"{name} {number} in {member}", f"{others[0]}", member
    for one in order.transactions:
        if one.text("currency") != currency:
            got = one.text("currency")
            yield "TRX-CURRENCY", "currency", f"a transaction in {currency}", got, "transactions"


_LAWS = (
    _lines, _sum_of_lines, _total, _refunds, _refunds_of_lines, _signs, _addresses, _belongings,
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
            member="primaries",
        )
        for kind in sorted(kinds)
        if kind and primaries[kind] != 1
    ]

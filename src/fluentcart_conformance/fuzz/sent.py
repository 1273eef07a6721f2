"""What was sent is what is read afterwards: plain texts, lines, amounts, addresses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from fluentcart_conformance.drivers.records import Address, Order
from fluentcart_conformance.fuzz.attempt import Attempt, Intent
from fluentcart_conformance.fuzz.breach import Breach
from fluentcart_conformance.fuzz.looks import Look
from fluentcart_conformance.fuzz.meant import address_id, short, whole_meant
from fluentcart_conformance.fuzz.people import Person

# Where the record that a write is about is found in the look, and the requirement.
_READ_BACK = {
    "create_customer": "CUS-CREATE-READ-BACK",
    "update_customer": "CUS-UPDATE-READ-BACK",
    "create_customer_address": "ADR-CREATE-READ-BACK",
    "update_customer_address": "ADR-UPDATE-STREET",
    "update_order_address": "ORD-ADDRESS-EDIT-READ-BACK",
    "create_order": "ORD-CREATE-READ-BACK",
    "update_order": "ORD-UPDATE-READ-BACK",
}
_READ_BACK_MEMBER = {
    ("create_order", "note"): "ORD-CREATE-NOTE",
    ("create_order", "payment_method"): "ORD-CREATE-PAYMENT-METHOD",
    ("create_customer", "phone"): "CUS-CREATE-PHONE",
    ("create_customer", "status"): "CUS-CREATE-STATUS",
    ("update_customer", "phone"): "CUS-UPDATE-PHONE",
    ("update_customer", "status"): "CUS-UPDATE-STATUS",
    ("update_customer_address", "first_name"): "ADR-UPDATE-NAMES",
    ("update_customer_address", "last_name"): "ADR-UPDATE-NAMES",
    ("update_customer_address", "name"): "ADR-UPDATE-NAMES",
}
# What follows from other members, or is of the clock.
FOLLOWING = frozenset({"formatted_address", "updated_at", "order", "meta"})
VALID = (Intent.PLAIN, Intent.TWICE, Intent.MIXED, Intent.CLAIMED)
# What the store decides itself, whatever is sent.
_STORES_OWN = ("status", "payment_status", "email", "fulfillment_type")


def read_back(attempt: Attempt, shown: Mapping[str, Any]) -> Iterator[Breach]:
    """Plain texts that the shop itself sent are read back under the same name."""
    requirement = _READ_BACK.get(attempt.operation)
    if requirement is None or attempt.intent is not Intent.PLAIN:
        return
    own = () if attempt.operation.endswith("customer") else _STORES_OWN
    inner = attempt.body.get("additional_info")
    kept = shown.get("additional_info")
    if isinstance(inner, Mapping) and isinstance(kept, Mapping):
        yield from _info(attempt, "CUS-CREATE-INFO", inner, kept)
    for name, sent in attempt.body.items():
        if not isinstance(sent, str) or not sent or name not in shown or name in own:
            continue
        got = shown[name]
        if str(got).strip().lower() != sent.strip().lower():
            yield Breach(
                _READ_BACK_MEMBER.get((attempt.operation, name), requirement),
                attempt.operation,
                f"{name} is not what was sent",
                expected=f"{name} {short(sent)}",
                got=short(got),
                story=str(attempt),
                member=name,
            )


def info_kept(attempt: Attempt, after: Look) -> Iterator[Breach]:
    """Free members stand in additional_info; labels, where they are all there is, beside it."""
    if attempt.operation != "update_customer_additional_info" or after.record is None:
        return
    shown = after.record.raw
    info = shown.get("additional_info")
    body = attempt.body if isinstance(attempt.body, Mapping) else {}
    yield from _info(attempt, "CUS-INFO-PARTIAL", body, info if isinstance(info, Mapping) else {})


def _info(
    attempt: Attempt, requirement: str, sent: Mapping[str, Any], kept: Mapping[str, Any]
) -> Iterator[Breach]:
    for name, value in sent.items():
        if isinstance(value, str) and kept.get(name) != value:
            yield Breach(
                requirement, attempt.operation, f"{name} is not what was sent",
                f"additional_info.{name} {short(value)}", short(kept.get(name)), str(attempt),
                member="additional_info",
            )  # fmt: skip
            return


def record_about(attempt: Attempt, answer: Any, after: Look) -> Mapping[str, Any]:
    """The record that a write was about, in what was read after it; empty when it is not there."""
    raw: Mapping[str, Any] = {} if after.record is None else after.record.raw
    operation = attempt.operation
    if operation == "update_order_address":
        for kind in ("billing", "shipping"):
            row = raw.get(f"{kind}_address")
            if isinstance(row, Mapping) and str(row.get("id")) == str(attempt.ids[1]):
                return row
        return {}
    if operation.endswith("_address"):
        number = address_id(attempt, answer)
        rows = raw.get("addresses") or []
        return next((row for row in rows if str(row.get("id")) == str(number)), {})
    return raw


def addresses_copied(attempt: Attempt, order: Order, buyer: Person) -> Iterator[Breach]:
    """The addresses named by a creation are those of the order, each as its own type."""
    for kind, mine in (("billing", buyer.billing[0]), ("shipping", buyer.shipping[0])):
        shown = order.address(kind)
        street = mine.text("address_1")
        if shown is None or shown.text("address_1") != street or shown.type not in ("", kind):
            got = "none" if shown is None else f"{shown.type} {shown.text('address_1')}"
            yield Breach(
                "ORD-CREATE-ADDRESS-IDS", attempt.operation, f"{kind} address",
                f"the {kind} address at {street}", got, str(attempt), member="addresses",
            )  # fmt: skip


def address_assigned(attempt: Attempt, after: Look, addresses: list[Address]) -> Iterator[Breach]:
    """The address that was named is the order's, as its own type."""
    named = next((one for one in addresses if one.id == attempt.body.get("address_id")), None)
    kind = attempt.body.get("address_type") or "billing"
    if named is None or after.record is None or after.gone:
        return
    shown = Order(after.record.raw).address(kind)
    for name in ("address_1", "city", "postcode"):
        got = "" if shown is None else shown.text(name)
        if got != named.text(name):
            yield Breach(
                f"ORD-ADDRESS-ID-{kind.upper()}", attempt.operation, f"{name} is not assigned",
                f"{name} {named.text(name)}", short(got), str(attempt), member="addresses",
            )  # fmt: skip
            return


def created_as_sent(attempt: Attempt, order: Order) -> Iterator[Breach]:
    """Quantity, price and kind of the lines are those that were sent."""
    rows = attempt.body.get("order_items") if isinstance(attempt.body, Mapping) else None
    if not isinstance(rows, list) or len(rows) != len(order.items):
        return
    pairs = [(row, item) for row, item in zip(rows, order.items, strict=True) if _is_row(row)]
    for row, item in pairs:
        for name, got in (("unit_price", item.unit_price), ("quantity", item.quantity)):
            sent = whole_meant(row.get(name))
            if sent is not None and sent >= 0 and sent != got:
                yield Breach(
                    "ORD-CREATE-ITEM-KEPT", attempt.operation, f"line {name}",
                    f"{name} {sent} of a line to be kept", f"{got}", str(attempt),
                    member="lines",
                )  # fmt: skip
    shipping = whole_meant(attempt.body.get("shipping_total"))
    if shipping is not None and shipping >= 0 and shipping != order.shipping_total:
        yield Breach(
            "ORD-CREATE-SHIPPING-TOTAL", attempt.operation, "shipping_total",
            f"shipping_total {shipping}", f"{order.shipping_total}", str(attempt),
            member="shipping_total",
        )  # fmt: skip
    kinds = {row.get("fulfillment_type") for row, _ in pairs}
    kind = order.text("fulfillment_type")
    if len(pairs) == len(rows) and kinds == {"physical"} and kind == "digital":
        yield Breach(
            "ORD-CREATE-ORDER-FULFILMENT", attempt.operation, "physical order stored as digital",
            "an order of physical lines to be physical", kind, str(attempt),
            member="fulfillment_type",
        )  # fmt: skip


def _is_row(row: Any) -> bool:
    return isinstance(row, Mapping)

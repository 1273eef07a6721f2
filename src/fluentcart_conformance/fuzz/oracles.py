"""What must hold after a request, beyond the schema of its answer."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from fluentcart_conformance.drivers.records import Order
from fluentcart_conformance.drivers.values import UnreadableAnswer
from fluentcart_conformance.fuzz.attempt import Attempt, Intent
from fluentcart_conformance.fuzz.breach import Breach
from fluentcart_conformance.fuzz.laws import customer_laws, order_laws
from fluentcart_conformance.fuzz.looks import Look
from fluentcart_conformance.target.understood import UNSET

_SERVER_ERROR = 500
_NAMES = ("full_name", "first_name", "last_name", "name", "email", "label", "phone", "company_name")
# Members that an update may only change when it says so, and the requirement.
_UNTOUCHED: dict[str, tuple[str, tuple[str, ...]]] = {
    "update_order": (
        "ORD-UPDATE-UNTOUCHED",
        (
            "status", "payment_status", "payment_method", "note", "currency", "uuid",
            "customer_id", "shipping_total", "manual_discount_total", "invoice_no", "created_at",
            "billing_address", "shipping_address",
        ),
    ),
    "update_customer": (
        "CUS-UPDATE-UNTOUCHED",
        ("status", "phone", "country", "city", "state", "postcode", "notes", "addresses", "email",
         "created_at"),
    ),
    "update_customer_address": ("ADR-UPDATE-UNTOUCHED", ()),
}  # fmt: skip
_RESULTING = {"shipping_total": "shipping", "manual_discount_total": "discount"}


def kept_after_refusal(
    attempt: Attempt, status: int, before: Look, after: Look
) -> Iterator[Breach]:
    """A request that was not carried out changed nothing."""
    changed = before.differences(after)
    if not changed:
        return
    requirement = "GEN-NO-HALF-WRITE" if status >= _SERVER_ERROR else "GEN-REFUSAL-KEEPS"
    yield Breach(
        requirement,
        attempt.operation,
        levelled_place(changed[0]),
        expected=f"nothing to change by a request that was answered {status}",
        got=f"a change at {', '.join(changed[:4])}",
        story=str(attempt),
    ).shown_by(*after.exchanges)


def neighbour_kept(attempt: Attempt, before: Look, after: Look) -> Iterator[Breach]:
    """A request through one's own order or customer changed nobody else's."""
    changed = before.differences(after)
    if changed:
        yield Breach(
            "GEN-OWNERSHIP",
            attempt.operation,
            f"{attempt.about} changes the neighbour",
            expected="what belongs to somebody else to stay as it was",
            got=f"a change at {', '.join(changed[:4])} through {attempt.about}",
            story=str(attempt),
        ).shown_by(*after.exchanges)


def laws(attempt: Attempt, before: Look, after: Look) -> Iterator[Breach]:
    """The laws that every order and customer obeys; old breaches are not this request's."""
    kind = attempt.aim.watch[0].kind if attempt.aim.watch else ""
    check = {"order": _order, "customer": _customer}.get(kind)
    if check is None or after.record is None or after.gone:
        return
    old: set[str] = set()
    if before.record is not None and not before.gone:
        old = {one.cause for one in check(before, attempt.operation)}
    for breach in check(after, attempt.operation):
        if breach.cause not in old:
            yield breach.shown_by(*after.exchanges)


def _order(look: Look, operation: str) -> list[Breach]:
    assert look.record is not None  # noqa: S101  (the caller looked)
    return order_laws(Order(look.record.raw), operation)


def _customer(look: Look, operation: str) -> list[Breach]:
    assert look.record is not None  # noqa: S101  (the caller looked)
    return customer_laws(look.record, operation)


def untouched(attempt: Attempt, before: Look, after: Look) -> Iterator[Breach]:
    """Members that an update did not send keep their values."""
    rule = _UNTOUCHED.get(attempt.operation)
    plain = attempt.intent in (Intent.PLAIN, Intent.DROPPED)
    if rule is None or not plain or not isinstance(attempt.body, Mapping):
        return
    requirement, watched = rule
    if before.record is None or after.record is None or before.gone or after.gone:
        return
    sent = set(attempt.body) | _implied(attempt.body)
    for place in before.differences(after):
        name = place.split("/")[1] if "/" in place else place
        if name in watched and name not in sent:
            was, now = before.record.raw.get(name), after.record.raw.get(name)
            yield Breach(
                requirement,
                attempt.operation,
                f"{name} changed without being sent",
                expected=f"{name} to stay {_short(was)}",
                got=_short(now),
                story=str(attempt),
            ).shown_by(*after.exchanges)


def _implied(body: Mapping[str, Any]) -> set[str]:
    """What other members of the body speak of besides."""
    found = {member for member, sent in _RESULTING.items() if sent in body}
    if "billing_address_id" in body or "shipping_address_id" in body:
        found |= {"billing_address", "shipping_address"}
    return found


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
}
# What the store decides itself, whatever is sent.
_STORES_OWN = ("status", "payment_status", "email")


def read_back(attempt: Attempt, shown: Mapping[str, Any]) -> Iterator[Breach]:
    """Plain texts that the shop itself sent are read back under the same name."""
    requirement = _READ_BACK.get(attempt.operation)
    if requirement is None or attempt.intent is not Intent.PLAIN:
        return
    own = () if attempt.operation.endswith("customer") else _STORES_OWN
    for name, sent in attempt.body.items():
        if not isinstance(sent, str) or not sent or name not in shown or name in own:
            continue
        got = shown[name]
        if str(got).strip().lower() != sent.strip().lower():
            yield Breach(
                _READ_BACK_MEMBER.get((attempt.operation, name), requirement),
                attempt.operation,
                f"{name} is not what was sent",
                expected=f"{name} {_short(sent)}",
                got=_short(got),
                story=str(attempt),
            )


def record_about(attempt: Attempt, answer: Any, after: Look) -> Mapping[str, Any]:
    """The record that a write was about, in what was read after it; empty when it is not there."""
    raw: Mapping[str, Any] = {} if after.record is None else after.record.raw
    operation = attempt.operation
    if operation == "update_order_address":
        found = raw.get("billing_address")
        return found if isinstance(found, Mapping) else {}
    if operation.endswith("customer_address"):
        number = _address_id(attempt, answer)
        rows = raw.get("addresses") or []
        return next((row for row in rows if str(row.get("id")) == str(number)), {})
    return raw


def _address_id(attempt: Attempt, answer: Any) -> Any:
    """The id in the body of an update, or in the answer to a creation."""
    sent = attempt.body.get("address_id") or attempt.body.get("id")
    for holder in ("address", "data"):
        shown = answer.get(holder) if isinstance(answer, Mapping) else None
        if isinstance(shown, Mapping):
            inner = shown.get("address")
            shown = inner if isinstance(inner, Mapping) else shown
            sent = sent or shown.get("id")
    return sent


def refund_effect(
    attempt: Attempt, before: Look, after: Look, *, in_cents: bool
) -> Iterator[Breach]:
    """An accepted refund moves total_refund by its amount and nothing else of the money."""
    info = attempt.body.get("refund_info") if isinstance(attempt.body, Mapping) else None
    amount = cents_meant(info.get("amount"), in_cents=in_cents) if isinstance(info, dict) else None
    if amount is None or before.record is None or after.record is None:
        return
    try:
        was, now = Order(before.record.raw), Order(after.record.raw)
        given, paid = now.total_refund - was.total_refund, now.total_paid - was.total_paid
    except UnreadableAnswer:
        return
    if given != amount:
        yield Breach(
            "RFD-PARTIAL-TOTAL", attempt.operation, "refund moves another amount",
            f"total_refund to grow by {amount}", f"{given}", str(attempt),
        ).shown_by(*after.exchanges)  # fmt: skip
    if paid:
        yield Breach(
            "RFD-TOTAL-PAID-KEPT", attempt.operation, "refund moves total_paid",
            f"total_paid to stay {was.total_paid}", f"{now.total_paid}", str(attempt),
        ).shown_by(*after.exchanges)  # fmt: skip


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
                )  # fmt: skip
    shipping = whole_meant(attempt.body.get("shipping_total"))
    if shipping is not None and shipping >= 0 and shipping != order.shipping_total:
        yield Breach(
            "ORD-CREATE-SHIPPING-TOTAL", attempt.operation, "shipping_total",
            f"shipping_total {shipping}", f"{order.shipping_total}", str(attempt),
        )  # fmt: skip
    kinds = {row.get("fulfillment_type") for row, _ in pairs}
    kind = order.text("fulfillment_type")
    if len(pairs) == len(rows) and kinds == {"physical"} and kind == "digital":
        yield Breach(
            "ORD-CREATE-ORDER-FULFILMENT", attempt.operation, "physical order stored as digital",
            "an order of physical lines to be physical", kind, str(attempt),
        )  # fmt: skip


def _is_row(row: Any) -> bool:
    return isinstance(row, Mapping)


def whole_meant(value: Any) -> int | None:
    """The whole number that a number or numeric text means; None where it means none."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    if isinstance(value, float) and not math.isfinite(value):
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    if not number.is_finite() or number != number.to_integral_value() or abs(number) > 10**12:
        return None
    return int(number)


def cents_meant(value: Any, *, in_cents: bool) -> int | None:
    """The cents that an amount means, half a cent rounded up; None where it means none."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = Decimal(str(value).strip())
    except InvalidOperation:
        return None
    if not number.is_finite():
        return None
    scaled = number if in_cents else number * 100
    return int(scaled.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def levelled_place(pointer: str) -> str:
    """The member of a pointer that tells causes apart: its first name."""
    parts = [part for part in pointer.split("/") if part and not part.isdigit()]
    return parts[0] if parts else "the whole"


def _short(value: Any) -> str:
    return "nothing" if value in (None, "", UNSET) else f"{value!r}"[:80]

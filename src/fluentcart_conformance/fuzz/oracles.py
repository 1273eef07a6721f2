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
                expected=f"{name} to stay {short(was)}",
                got=short(now),
                story=str(attempt),
            ).shown_by(*after.exchanges)


def _implied(body: Mapping[str, Any]) -> set[str]:
    """What other members of the body speak of besides."""
    found = {member for member, sent in _RESULTING.items() if sent in body}
    if "billing_address_id" in body or "shipping_address_id" in body:
        found |= {"billing_address", "shipping_address"}
    return found


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


def short(value: Any) -> str:
    """A value in a few words."""
    return "nothing" if value in (None, "", UNSET) else f"{value!r}"[:80]

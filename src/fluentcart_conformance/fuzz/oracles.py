"""What must hold after a request, beyond the schema of its answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from fluentcart_conformance.drivers.records import Order
from fluentcart_conformance.fuzz.attempt import Attempt, Intent
from fluentcart_conformance.fuzz.breach import Breach
from fluentcart_conformance.fuzz.laws import customer_laws, order_laws
from fluentcart_conformance.fuzz.looks import Look
from fluentcart_conformance.fuzz.meant import short

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
_WITH_ORDERS = ("customer",)
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


def bystander_kept(attempt: Attempt, kind: str, before: Look, after: Look) -> Iterator[Breach]:
    """What a request is not about stays as it was, whoever it belongs to."""
    # An order shows its customer, who may be what the request is about.
    changed = before.differences(after, _WITH_ORDERS)
    if not changed:
        return
    foreign = attempt.intent is Intent.FOREIGN
    what = f"{attempt.about} changes the neighbour" if foreign else "changes others"
    yield Breach(
        "GEN-OWNERSHIP" if foreign or kind != "order" else "ORD-OTHERS-UNTOUCHED",
        attempt.operation,
        what,
        expected="what the request is not about to stay as it was",
        got=f"a change at {', '.join(changed[:4])} by {attempt}",
        story=str(attempt),
        member="" if foreign else "others",
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
                member=name,
            ).shown_by(*after.exchanges)


def _implied(body: Mapping[str, Any]) -> set[str]:
    """What other members of the body speak of besides."""
    found = {member for member, sent in _RESULTING.items() if sent in body}
    if "billing_address_id" in body or "shipping_address_id" in body:
        found |= {"billing_address", "shipping_address"}
    return found


def levelled_place(pointer: str) -> str:
    """The member of a pointer that tells causes apart: its first name."""
    parts = [part for part in pointer.split("/") if part and not part.isdigit()]
    return parts[0] if parts else "the whole"

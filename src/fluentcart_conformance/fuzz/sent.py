"""What was sent is what is read afterwards: plain texts, lines, amounts, addresses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

from fluentcart_conformance.drivers.records import Order, Record
from fluentcart_conformance.drivers.values import UnreadableAnswer
from fluentcart_conformance.fuzz.attempt import Attempt, Intent
from fluentcart_conformance.fuzz.breach import Breach
from fluentcart_conformance.fuzz.looks import RESTLESS, Look
from fluentcart_conformance.fuzz.model.kept import order_changes
from fluentcart_conformance.fuzz.oracles import short, whole_meant
from fluentcart_conformance.fuzz.pool import Person

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
_PARTS = {
    "update_order_address": "ORD-ADDRESS-EDIT-UNTOUCHED",
    "update_customer_address": "ADR-UPDATE-UNTOUCHED",
}
_OTHERS = {
    "update_customer_address": "ADR-UPDATE-OTHERS",
    "delete_customer_address": "ADR-DELETE-OTHERS",
    "make_primary_address": "ADR-PRIMARY-REST",
}
# The step of the model that an operation is, and what a change beside it breaks.
_STEPS = {
    "mark_as_paid": ("pay", "ORD-UNTOUCHED"),
    "refund_order": ("refund", "RFD-UNTOUCHED"),
    "update_statuses": ("set status", "ORD-STATUS-SHIPPING-STAYS"),
    "orders_bulk": ("set status of several", "BLK-ORD-KEEPS-REST"),
    "create_custom_item": ("add custom item", "SHP-CUSTOM-KEEPS"),
    "change_customer": ("give to", "ORD-CHANGE-CUSTOMER-KEEPS"),
    "create_and_change_customer": ("give to a new customer", "ORD-NEW-CUSTOMER-KEEPS"),
    "update_order_address": ("edit billing address", "ORD-ADDRESS-EDIT-UNTOUCHED"),
}
# What follows from other members, or is of the clock.
_FOLLOWING = frozenset({"formatted_address", "updated_at", "order", "meta"})
_PERSON = frozenset({"name", "full_name", "first_name", "last_name"})
# Member of the body, member of the record that has its value then, and the requirement.
_ASKED: dict[str, tuple[tuple[tuple[str, ...], str, str], ...]] = {
    "orders_bulk": ((("new_status",), "status", "BLK-ORD-STATUS"),),
    "update_statuses": ((("statuses", "order_status"), "status", "ORD-STATUS-TRANSITIONS"),),
    "change_customer": ((("customer_id",), "customer_id", "ORD-CHANGE-CUSTOMER-MOVED"),),
    "customers_bulk": (
        (("new_status",), "status", "BLK-CUS-STATUS-INACTIVE"),
        (("data", "status"), "status", "BLK-CUS-STATUS-INACTIVE"),
    ),
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
                expected=f"{name} {short(sent)}",
                got=short(got),
                story=str(attempt),
            )


def part_untouched(attempt: Attempt, answer: Any, before: Look, after: Look) -> Iterator[Breach]:
    """Members of an address that an update did not send keep their values."""
    requirement = _PARTS.get(attempt.operation)
    plain = attempt.intent in (Intent.PLAIN, Intent.DROPPED)
    if requirement is None or not plain or not isinstance(attempt.body, Mapping):
        return
    was, now = (record_about(attempt, answer, look) for look in (before, after))
    told = set(attempt.body) | _FOLLOWING
    if told & _PERSON:
        told |= _PERSON
    for name in sorted(was.keys() & now.keys() - told):
        if was[name] not in (None, "") and str(was[name]) != str(now[name]):
            yield Breach(
                requirement, attempt.operation, f"{name} changed without being sent",
                f"{name} to stay {short(was[name])}", short(now[name]), str(attempt),
            )  # fmt: skip


def other_addresses_kept(
    attempt: Attempt, answer: Any, before: Look, after: Look
) -> Iterator[Breach]:
    """What is done to one address is done to no other; who is primary is looked at elsewhere."""
    requirement = _OTHERS.get(attempt.operation)
    if requirement is None or before.record is None or after.record is None:
        return
    if before.gone or after.gone or not isinstance(attempt.body, Mapping):
        return
    target = str(_address_id(attempt, answer))
    if target == "None":
        return
    was = {str(row.get("id")): row for row in before.record.raw.get("addresses") or ()}
    now = {str(row.get("id")): row for row in after.record.raw.get("addresses") or ()}
    for number in was.keys() - {target}:
        if number not in now:
            changed = ["it is gone"]
        else:
            one, two = Record(was[number]), Record(now[number])
            changed = one.differences(two, RESTLESS | {"is_primary"})
        if changed:
            yield Breach(
                requirement, attempt.operation, "another address changed",
                f"address {number} to stay as it was", ", ".join(changed[:4]), str(attempt),
            )  # fmt: skip


def side_effects(attempt: Attempt, before: Look, after: Look) -> Iterator[Breach]:
    """Members of an order that a valid request is not about stay as they were."""
    rule = _STEPS.get(attempt.operation)
    if rule is None or attempt.intent is not Intent.PLAIN or before.gone or after.gone:
        return
    if before.record is None or after.record is None:
        return
    step, requirement = rule
    changed = order_changes(step, before.record, after.record, done=True)
    if changed:
        yield Breach(
            requirement, attempt.operation, f"moves {changed[0]}",
            f"{changed[0]} to stay as it was", f"a change at {', '.join(changed[:4])}",
            str(attempt),
        )  # fmt: skip


def done_as_asked(attempt: Attempt, after: Look) -> Iterator[Breach]:
    """The state that a valid request asks for is the state that is read afterwards."""
    plain = attempt.intent in (Intent.PLAIN, Intent.TWICE)
    if not plain or after.record is None or after.gone:
        return
    shown = after.record.raw
    for path, member, requirement in _ASKED.get(attempt.operation, ()):
        wanted = _within(attempt.body, path)
        if wanted is not None and str(shown.get(member)) != str(wanted):
            yield Breach(
                requirement, attempt.operation, f"{member} is not what was asked",
                f"{member} {short(wanted)}", short(shown.get(member)), str(attempt),
            )  # fmt: skip
    if attempt.operation == "update_customer_additional_info":
        yield from _info_kept(attempt, shown)
    if attempt.operation == "mark_as_paid":
        with suppress(UnreadableAnswer):
            yield from _paid_whole(attempt, Order(shown))


def _info_kept(attempt: Attempt, shown: Mapping[str, Any]) -> Iterator[Breach]:
    """Free members stand in additional_info; labels, where they are all there is, beside it."""
    info = shown.get("additional_info")
    kept: Mapping[str, Any] = info if isinstance(info, Mapping) else {}
    for name, value in attempt.body.items() if isinstance(attempt.body, Mapping) else ():
        if isinstance(value, str) and kept.get(name) != value:
            yield Breach(
                "CUS-INFO-PARTIAL", attempt.operation, f"{name} is not what was sent",
                f"additional_info.{name} {short(value)}", short(kept.get(name)), str(attempt),
            )  # fmt: skip


def _within(body: Any, path: tuple[str, ...]) -> Any:
    for name in path:
        body = body.get(name) if isinstance(body, Mapping) else None
    return body


def _paid_whole(attempt: Attempt, order: Order) -> Iterator[Breach]:
    if order.payment_status != "paid":
        yield Breach(
            "ORD-PAID-STATE", attempt.operation, "payment_status is not paid",
            "payment_status paid", order.payment_status, str(attempt),
        )  # fmt: skip
    if order.total_paid != order.total_amount:
        yield Breach(
            "ORD-PAID-TOTAL", attempt.operation, "total_paid is not the total",
            f"total_paid {order.total_amount}", f"{order.total_paid}", str(attempt),
        )  # fmt: skip


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
    body = attempt.body
    named = body.get("address")
    sent = body.get("address_id") or body.get("addressId") or body.get("id")
    sent = sent or (named.get("id") if isinstance(named, Mapping) else None)
    for holder in ("address", "data"):
        shown = answer.get(holder) if isinstance(answer, Mapping) else None
        if isinstance(shown, Mapping):
            inner = shown.get("address")
            shown = inner if isinstance(inner, Mapping) else shown
            sent = sent or shown.get("id")
    return sent


def addresses_copied(attempt: Attempt, order: Order, buyer: Person) -> Iterator[Breach]:
    """The addresses named by a creation are those of the order, each as its own type."""
    for kind, mine in (("billing", buyer.billing[0]), ("shipping", buyer.shipping[0])):
        shown = order.address(kind)
        street = mine.text("address_1")
        if shown is None or shown.text("address_1") != street or shown.type not in ("", kind):
            got = "none" if shown is None else f"{shown.type} {shown.text('address_1')}"
            yield Breach(
                "ORD-CREATE-ADDRESS-IDS", attempt.operation, f"{kind} address",
                f"the {kind} address at {street}", got, str(attempt),
            )  # fmt: skip


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

"""What a valid request is not about stays as it was, member by member."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from fluentcart_conformance.drivers.records import Record
from fluentcart_conformance.fuzz.attempt import Attempt, Intent
from fluentcart_conformance.fuzz.breach import Breach
from fluentcart_conformance.fuzz.looks import RESTLESS, Look
from fluentcart_conformance.fuzz.meant import address_id, short
from fluentcart_conformance.fuzz.model.kept import CUSTOMER, FIGURES, moved, order_changes
from fluentcart_conformance.fuzz.sent import FOLLOWING, VALID, record_about

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
# The same where the action in the body tells what is done.
_ACTIONS: dict[str, dict[str, tuple[str, str]]] = {
    "change_shipping_status": {
        "update_statuses": ("ship", "ORD-SHIPPING-KEEPS"),
        "orders_bulk": ("ship several", "BLK-ORD-KEEPS-REST"),
    },
    "change_payment_status": {"orders_bulk": ("settle by hand", "BLK-ORD-KEEPS-REST")},
}
# What a request to a customer may move of the customer, and what a change beside it breaks.
_CUSTOMER_STEPS: dict[str, tuple[frozenset[str], str]] = {
    "update_customer": (CUSTOMER, "CUS-UPDATE-UNTOUCHED"),
    "update_customer_additional_info": (frozenset({"notes"}), "CUS-INFO-CUSTOMER-UNTOUCHED"),
    "attach_user": (frozenset(), "CUS-ATTACH-UNTOUCHED"),
    "detach_user": (frozenset(), "CUS-DETACH-UNTOUCHED"),
    "customers_bulk": (frozenset({"status"}), "BLK-CUS-STATUS-ONLY"),
    "create_customer_address": (frozenset(), "GEN-UNTOUCHED"),
    "update_customer_address": (frozenset(), "GEN-UNTOUCHED"),
    "delete_customer_address": (frozenset(), "GEN-UNTOUCHED"),
    "make_primary_address": (frozenset(), "GEN-UNTOUCHED"),
}
_PERSON = frozenset({"name", "full_name", "first_name", "last_name"})


def part_untouched(attempt: Attempt, answer: Any, before: Look, after: Look) -> Iterator[Breach]:
    """Members of an address that an update did not send keep their values."""
    requirement = _PARTS.get(attempt.operation)
    plain = attempt.intent in (Intent.PLAIN, Intent.DROPPED)
    if requirement is None or not plain or not isinstance(attempt.body, Mapping):
        return
    was, now = (record_about(attempt, answer, look) for look in (before, after))
    told = set(attempt.body) | FOLLOWING
    if told & _PERSON:
        told |= _PERSON
    for name in sorted(was.keys() & now.keys() - told):
        if was[name] not in (None, "") and str(was[name]) != str(now[name]):
            yield Breach(
                requirement, attempt.operation, f"{name} changed without being sent",
                f"{name} to stay {short(was[name])}", short(now[name]), str(attempt),
                member=name,
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
    target = str(address_id(attempt, answer))
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
                member="addresses",
            )  # fmt: skip


def side_effects(attempt: Attempt, before: Look, after: Look) -> Iterator[Breach]:
    """Members of an order that a valid request is not about stay as they were."""
    rule = _step(attempt)
    if rule is None or attempt.intent not in VALID or before.gone or after.gone:
        return
    if before.record is None or after.record is None:
        return
    step, requirement = rule
    changed = order_changes(step, before.record, after.record, done=True)
    if changed:
        yield _moves(attempt, requirement, changed)


def _moves(attempt: Attempt, requirement: str, changed: Sequence[str]) -> Breach:
    return Breach(
        requirement, attempt.operation, f"moves {changed[0]}",
        f"{changed[0]} to stay as it was", f"a change at {', '.join(changed[:4])}",
        str(attempt), member=changed[0],
    )  # fmt: skip


def _step(attempt: Attempt) -> tuple[str, str] | None:
    """The step of the model that a request is, and what a change beside it breaks."""
    body = attempt.body if isinstance(attempt.body, Mapping) else {}
    action = str(body.get("action"))
    if attempt.operation == "update_order_address" and attempt.about == "for shipping":
        return "edit shipping address", "ORD-ADDRESS-EDIT-UNTOUCHED"
    if action in _ACTIONS:
        return _ACTIONS[action].get(attempt.operation)
    return _STEPS.get(attempt.operation)


def customer_side_effects(attempt: Attempt, before: Look, after: Look) -> Iterator[Breach]:
    """Members of a customer that a valid request is not about stay as they were, figures too."""
    rule = _CUSTOMER_STEPS.get(attempt.operation)
    if rule is None or attempt.intent not in VALID or before.gone or after.gone:
        return
    if before.record is None or after.record is None:
        return
    free, requirement = rule
    if isinstance(attempt.body, Mapping) and attempt.body.get("action") == "export":
        free, requirement = frozenset(), "BLK-CUS-EXPORT-READS"
    changed = moved(before.record, after.record, (CUSTOMER | FIGURES - {"aov"}) - free)
    if changed:
        yield _moves(attempt, requirement, changed)

"""The answer to a write and what is read afterwards tell the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from fluentcart_conformance.drivers.records import Record
from fluentcart_conformance.drivers.values import UnreadableAnswer, moment
from fluentcart_conformance.fuzz.attempt import Attempt
from fluentcart_conformance.fuzz.breach import Breach
from fluentcart_conformance.fuzz.looks import RESTLESS, Look
from fluentcart_conformance.fuzz.meant import short, told
from fluentcart_conformance.fuzz.sent import FOLLOWING, VALID, record_about

# The record that the answer to a write shows again, and what it breaks to show another.
_ANSWERS = {
    "create_customer": ("customer", "CUS-CREATE-READ-BACK"),
    "update_customer": ("customer", "CUS-UPDATE-READ-BACK"),
    "attach_user": ("customer", "CUS-ATTACH-RECORD"),
    "detach_user": ("customer", "CUS-DETACH-RECORD"),
    "update_customer_additional_info": ("customer", "CUS-INFO-RECORD"),
    "create_customer_address": ("address", "ADR-CREATE-READ-BACK"),
    "update_customer_address": ("address", "ADR-UPDATE-RECORD"),
    "make_primary_address": ("address", "ADR-PRIMARY-RECORD"),
    "update_order": ("order", "ORD-UPDATE-ANSWER-SAME"),
    "update_statuses": ("order", "ORD-STATUS-ANSWER-SAME"),
    "sync_statuses": ("order", "TRX-SYNC-ANSWER-SAME"),
    "update_transaction_status": ("transaction", "TRX-STATUS-ANSWER-SAME"),
}
_STATUSES = ("status", "payment_status")
_UPDATED_AT = {
    "customer": "CUS-UPDATE-UPDATED-AT",
    "address": "ADR-UPDATE-UPDATED-AT",
    "order": "ORD-UPDATED-AT",
    "transaction": "ORD-UPDATED-AT",
}


def answered_as_read(attempt: Attempt, answer: Any, after: Look) -> Iterator[Breach]:
    """The record in the answer to a write is the one that is read afterwards, member by member."""
    kind, requirement = _ANSWERS.get(attempt.operation, ("", ""))
    if not kind or attempt.intent not in VALID or after.record is None or after.gone:
        return
    shown = _answered(kind, answer)
    if attempt.operation == "sync_statuses" and isinstance(answer, Mapping):
        # It tells the two statuses once more, beside the order.
        shown = {**shown, **{name: answer[name] for name in _STATUSES if name in answer}}
    read = _read(kind, attempt, answer, after.record.raw)
    for name in sorted(shown.keys() & read.keys() - FOLLOWING - RESTLESS):
        one, two = shown[name], read[name]
        scalar = not isinstance(one, dict | list) and not isinstance(two, dict | list)
        moment = name.endswith(("_at", "_date"))
        if scalar and not moment and told(one) != told(two):
            yield Breach(
                requirement, attempt.operation, f"answers another {name}",
                f"{name} {short(two)}, as it is read", short(one), str(attempt), member=name,
            )  # fmt: skip
            return


def moved_on(attempt: Attempt, answer: Any, before: Look) -> Iterator[Breach]:
    """What an update has changed was not changed for the last time before it was made."""
    kind = _ANSWERS.get(attempt.operation, ("", ""))[0]
    if not kind or attempt.intent not in VALID or before.record is None or before.gone:
        return
    shown = _answered(kind, answer)
    try:
        since = moment(shown.get("created_at") or before.record.raw.get("created_at"))
        changed = moment(shown.get("updated_at"))
    except UnreadableAnswer:  # no dates, or the judge's
        return
    if changed < since:
        yield Breach(
            _UPDATED_AT[kind], attempt.operation, "updated_at lies before created_at",
            f"updated_at not before {since}", f"{changed}", str(attempt), member="updated_at",
        )  # fmt: skip


def _answered(kind: str, answer: Any) -> Mapping[str, Any]:
    """The record in an answer, at one of the places where the profiles put it."""
    for path in ((kind,), ("data", kind), ("data",)):
        found = answer
        for name in path:
            found = found.get(name) if isinstance(found, Mapping) else None
        if isinstance(found, Mapping) and "id" in found:
            return found
    return {}


def _read(kind: str, attempt: Attempt, answer: Any, raw: Mapping[str, Any]) -> Mapping[str, Any]:
    if kind == "address":
        return record_about(attempt, answer, Look(Record(dict(raw)), ()))
    if kind == "transaction":
        rows = raw.get("transactions") or ()
        return next((row for row in rows if str(row.get("id")) == str(attempt.ids[1])), {})
    return raw

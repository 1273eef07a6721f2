"""What a value in a request means, and how it is told."""

from __future__ import annotations

import math
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from fluentcart_conformance.fuzz.attempt import Attempt
from fluentcart_conformance.target.understood import UNSET


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


def short(value: Any) -> str:
    """A value in a few words."""
    return "nothing" if value in (None, "", UNSET) else f"{value!r}"[:80]


def told(value: Any) -> Any:
    """What is compared of a value: numbers may be text, and nothing has several spellings."""
    if value in (None, "", 0, "0"):
        return ""
    if isinstance(value, bool | list | tuple):
        return value
    return str(value).strip()


def address_id(attempt: Attempt, answer: Any) -> Any:
    """The id in the body of an update, or in the answer to a creation."""
    body = attempt.body if isinstance(attempt.body, Mapping) else {}
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

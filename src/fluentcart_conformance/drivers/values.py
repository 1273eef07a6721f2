"""Plain values of the domain: money in cents, numbers that may be spelled as text."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any, NewType

Cents = NewType("Cents", int)

_WHOLE = re.compile(r"^-?\d+(\.0+)?$")


class UnreadableAnswer(AssertionError):
    """The answer lacks a member or holds a value that no spelling of the profile allows.

    An assertion error on purpose: it is the target's fault, so it fails the check that looked.
    """


def cents(amount: int) -> Cents:
    """An amount of money in integer cents."""
    return Cents(amount)


def whole(value: Any, name: str = "value") -> int:
    """Read an integer spelled as a number or as decimal text (`2500`, `"2500"`).

    Raises:
        UnreadableAnswer: for anything else, a float with a fraction included.
    """
    if isinstance(value, bool):
        raise UnreadableAnswer(f"{name} is {value!r}, not an integer")
    if isinstance(value, int):
        return value
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, str) and _WHOLE.match(value.strip()):
        return int(Decimal(value.strip()))
    raise UnreadableAnswer(f"{name} is {value!r}, not an integer")


def whole_or_none(value: Any, name: str = "value") -> int | None:
    """Like `whole`, but null, an empty text, 0 and "0" mean that there is none."""
    if value is None or value in ("", 0, "0"):
        return None
    return whole(value, name)


def decimal_units(amount: int) -> float | int:
    """Cents in units of the currency, the way a JSON number carries it (2550 -> 25.5)."""
    units = Decimal(amount) / 100
    return int(units) if units == units.to_integral() else float(units)


def decimal_number(value: Any, name: str = "value") -> Decimal:
    """Read a decimal number spelled as a number or text.

    Raises:
        UnreadableAnswer: when it is neither.
    """
    if isinstance(value, int | float | str) and not isinstance(value, bool):
        try:
            return Decimal(str(value))
        except InvalidOperation:
            pass
    raise UnreadableAnswer(f"{name} is {value!r}, not a number")


def moment(value: Any, name: str = "date") -> datetime:
    """Read `2025-01-15 10:30:00` or ISO 8601 with T; a date without a zone counts as UTC.

    Raises:
        UnreadableAnswer: when it is neither.
    """
    if isinstance(value, str):
        try:
            read = datetime.fromisoformat(value.strip())
        except ValueError:
            pass
        else:
            return read if read.tzinfo else read.replace(tzinfo=UTC)
    raise UnreadableAnswer(f"{name} is {value!r}, not a date")


def same_moment(one: Any, two: Any, name: str = "date") -> bool:
    """Whether two printed dates are the same moment, give or take a second.

    Where one of them names no zone it may be the local time of any zone, so a difference that a
    zone explains (quarters of an hour, up to 14 hours) counts as none.

    Raises:
        UnreadableAnswer: when one of them is no date.
    """
    apart = abs(moment(one, name) - moment(two, name))
    if not (_names_zone(one) and _names_zone(two)) and apart <= timedelta(hours=14, seconds=1):
        apart %= _ZONE_STEP
        apart = min(apart, _ZONE_STEP - apart)
    return apart <= timedelta(seconds=1)


_ZONE_STEP = timedelta(minutes=15)


def _names_zone(text: Any) -> bool:
    return isinstance(text, str) and datetime.fromisoformat(text.strip()).tzinfo is not None

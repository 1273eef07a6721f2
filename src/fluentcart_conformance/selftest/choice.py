"""Which faults a selftest runs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime

from fluentcart_conformance.store.faults import Fault, FaultError, chosen, faults

_PART = re.compile(r"(\d+|today)/(\d+)")


def choose(
    names: Sequence[str] = (), area: str | None = None, part: str | None = None
) -> list[Fault]:
    """The faults of these ids, of an area, or a part of all: `3/10` is every tenth from the third.

    `today/10` is another tenth every day.

    Raises:
        ValueError: for an unknown fault, or a part that is none.
    """
    try:
        # Each is put on by itself, so that none excludes another.
        found = (
            [chosen([one])[0] for one in dict.fromkeys(names)] if names else [*faults().values()]
        )
    except FaultError as error:
        raise ValueError(str(error)) from error
    if area is not None:
        found = [one for one in found if one.area == area]
    if part is not None:
        match = _PART.fullmatch(part)
        of = int(match[2]) if match else 0
        which = _number(match[1], of) if match else 0
        if not 1 <= which <= of:
            raise ValueError(f"{part!r} is no part; 3/10 is the third of ten")
        found = found[which - 1 :: of]
    return found


def _number(word: str, of: int) -> int:
    """The part meant; today's goes round with the days of the year."""
    if word != "today":
        return int(word)
    return datetime.now(UTC).timetuple().tm_yday % of + 1 if of else 0

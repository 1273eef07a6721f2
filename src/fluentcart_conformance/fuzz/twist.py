"""One way to bend a valid request."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any

from fluentcart_conformance.fuzz.attempt import Aim, Attempt, Intent
from fluentcart_conformance.fuzz.members import Path, leaves, replaced

Foreign = Mapping[str, Any]
_absent = count(10**12 + 10**9)


def nothings_id() -> int:
    """An id that nothing has, another one each time."""
    return next(_absent)


@dataclass(frozen=True)
class Twist:
    """One way to bend a valid request; `apply` gives None where the request has no such place."""

    intent: Intent
    about: str
    apply: Callable[[Aim, Foreign], Attempt | None]


def body_twist(intent: Intent, about: str, path: Path, new: Callable[[Any], Any]) -> Twist:
    """`new` is given the neighbour's ids for a foreign value, the value that stands there else."""

    def apply(aim: Aim, them: Foreign) -> Attempt | None:
        at = dict(leaves(aim.body))
        if path not in at:
            return None
        value = new(them if intent is Intent.FOREIGN else at[path])
        if intent is Intent.FOREIGN and value is None:
            return None
        return Attempt.of(aim, intent, body=replaced(aim.body, path, value), about=about)

    return Twist(intent, about, apply)

"""One request to try, and what it is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from fluentcart_conformance.fuzz.members import path_kinds
from fluentcart_conformance.target.understood import UNSET


class Intent(StrEnum):
    """Why a request is sent; the oracles ask."""

    PLAIN = "as the shop sends it"
    DROPPED = "a member left out"
    FOREIGN = "somebody else's id"
    ABSENT = "an id that nothing has"
    SPELLED = "a number spelled as text"
    BENT = "a value out of its range"
    UNTIMELY = "at the wrong time"
    TWICE = "the same id named twice"
    MIXED = "ids of nothing beside own ones"
    CLAIMED = "with members that are the store's own affair"
    POSITIVE = "generated, fitting the schema"
    NEGATIVE = "generated, not fitting the schema"


@dataclass(frozen=True)
class Subject:
    """Something to look at before and after: `kind` is order, customer or orders_of."""

    kind: str
    id: int


@dataclass(frozen=True)
class Aim:
    """A valid request of an operation, the way the drivers spell it.

    `ids` fill the path. `foreign` are ids of the neighbour by kind (order, customer, transaction,
    address, order_address, order_item), `watch` is what the request is about, `about` tells what is
    special about it.
    """

    operation: str
    ids: tuple[Any, ...] = ()
    body: Any = UNSET
    query: Mapping[str, Any] = field(default_factory=dict)
    watch: tuple[Subject, ...] = ()
    about: str = ""


@dataclass(frozen=True)
class Attempt:
    """A request derived from an aim. `about` names the member or parameter that was bent.

    `broken` is the requirement that an acceptance breaks, where the maker knows it.
    """

    aim: Aim
    intent: Intent
    ids: tuple[Any, ...]
    body: Any
    query: Mapping[str, Any]
    about: str = ""
    broken: str = ""

    @classmethod
    def of(cls, aim: Aim, intent: Intent = Intent.PLAIN, **changes: Any) -> Attempt:
        """The aim's own request, or one with changes."""
        plain = cls(aim, intent, aim.ids, aim.body, aim.query, aim.about)
        return replace(plain, **changes)

    @property
    def operation(self) -> str:
        """The operation's id."""
        return self.aim.operation

    @property
    def place(self) -> str:
        """Where an id was bent to one of nothing or of somebody else; empty otherwise.

        A store that looks at an id there refuses both: whether it does is one question.
        """
        if self.intent not in (Intent.FOREIGN, Intent.ABSENT):
            return ""
        place = self.about
        if place.startswith("path ") and not place.startswith("path id"):
            # Of an order and a part of another one it is the part that does not belong.
            place = f"path id {len(path_kinds(self.operation))}"
        return f"id at {place}"

    @property
    def size(self) -> int:
        """How much is sent, roughly in characters."""
        return len(str(self.ids)) + len(str(self.query)) + len(str(self.body))

    def about_another(self, aim: Aim) -> Attempt:
        """The same about another aim: what was the old one's becomes the new one's."""
        old = self.aim
        return replace(
            self,
            aim=aim,
            ids=tuple(_moved(list(self.ids), list(old.ids), list(aim.ids))),
            body=_moved(self.body, old.body, aim.body),
            query=_moved(dict(self.query), dict(old.query), dict(aim.query)),
        )

    def __str__(self) -> str:
        """What it is, in a few words."""
        words = f"{self.operation}: {self.intent}"
        return f"{words} ({self.about})" if self.about else words


def _moved(value: Any, old: Any, new: Any) -> Any:
    """`value` with each part that is `old`'s replaced by `new`'s part at the same place."""
    if type(value) is type(old) and value == old:
        return new
    if isinstance(value, dict) and isinstance(old, dict) and isinstance(new, dict):
        return {
            name: _moved(one, old[name], new[name]) if name in old and name in new else one
            for name, one in value.items()
        }
    if isinstance(value, list) and isinstance(old, list) and isinstance(new, list):
        both = min(len(old), len(new))
        moved = [_moved(*three) for three in zip(value[:both], old, new, strict=False)]
        return moved + value[both:]
    return value

"""One request to try, and what it is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from fluentcart_conformance.target.understood import UNSET


class Intent(StrEnum):
    """Why a request is sent; the oracles ask."""

    PLAIN = "as the shop sends it"
    DROPPED = "a member left out"
    FOREIGN = "somebody else's id"
    ABSENT = "an id that nothing has"
    SPELLED = "a number spelled as text"
    BENT = "a value out of its range"
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
    address, order_address, order_item), `watch` is what the request is about.
    """

    operation: str
    ids: tuple[Any, ...] = ()
    body: Any = UNSET
    query: Mapping[str, Any] = field(default_factory=dict)
    watch: tuple[Subject, ...] = ()


@dataclass(frozen=True)
class Attempt:
    """A request derived from an aim. `about` names the member or parameter that was bent."""

    aim: Aim
    intent: Intent
    ids: tuple[Any, ...]
    body: Any
    query: Mapping[str, Any]
    about: str = ""

    @classmethod
    def of(cls, aim: Aim, intent: Intent = Intent.PLAIN, **changes: Any) -> Attempt:
        """The aim's own request, or one with changes."""
        plain = cls(aim, intent, aim.ids, aim.body, aim.query)
        return replace(plain, **changes)

    @property
    def operation(self) -> str:
        """The operation's id."""
        return self.aim.operation

    def __str__(self) -> str:
        """What it is, in a few words."""
        words = f"{self.operation}: {self.intent}"
        return f"{words} ({self.about})" if self.about else words

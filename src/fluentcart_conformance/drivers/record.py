"""What every record of the shop stands on: its raw members, read one by one and compared.

Money is integer cents everywhere. Reading a member that is missing or unreadable raises
UnreadableAnswer, which fails the check that looked.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from fluentcart_conformance.drivers.values import Cents, UnreadableAnswer, whole

R = TypeVar("R", bound="Record")

_EMPTY: tuple[Any, ...] = (None, "", [], {})


@dataclass(frozen=True, repr=False)
class Record:
    """Members of one JSON object."""

    raw: Mapping[str, Any]

    def member(self, name: str) -> Any:
        """The value of a member that must be there."""
        if name not in self.raw:
            raise UnreadableAnswer(f"member {name!r} is missing from the {self.kind}")
        return self.raw[name]

    def __repr__(self) -> str:
        """Kind and id: whole records would drown what a message says."""
        return f"{self.kind} {self.raw.get('id')}"

    @property
    def kind(self) -> str:
        """The record's name in messages."""
        return type(self).__name__.lower()

    @property
    def id(self) -> int:
        """The record's id."""
        return whole(self.member("id"), f"{self.kind}.id")

    def text(self, name: str) -> str:
        """A text member; null reads as empty."""
        value = self.raw.get(name)
        if value is None:
            return ""
        if isinstance(value, str | int | float):
            return str(value)
        raise UnreadableAnswer(f"{self.kind}.{name} is {value!r}, not a text")

    def money(self, name: str) -> Cents:
        """A money member in cents."""
        return Cents(whole(self.member(name), f"{self.kind}.{name}"))

    def rows(self, name: str) -> list[Mapping[str, Any]]:
        """A member that is a list of objects."""
        value = self.member(name)
        if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
            raise UnreadableAnswer(f"{self.kind}.{name} is not a list of objects")
        return value

    def differences(self, other: Record, apart_from: Collection[str] = ()) -> list[str]:
        """Paths of the members that differ, empty spellings (null, "", [], {}) being equal.

        A name in `apart_from` is left out at any depth.
        """
        return sorted(_differences(self.raw, other.raw, frozenset(apart_from), ""))

    def same_as(self, other: Record, apart_from: Collection[str] = ()) -> bool:
        """Whether no member differs from the other record's, apart from those named."""
        return not self.differences(other, apart_from)


def _differences(one: Any, two: Any, without: frozenset[str], at: str) -> Iterator[str]:
    if isinstance(one, dict) and isinstance(two, dict):
        for name in one.keys() | two.keys():
            if name not in without:
                yield from _differences(one.get(name), two.get(name), without, f"{at}/{name}")
    elif isinstance(one, list) and isinstance(two, list) and len(one) == len(two):
        for index, (left, right) in enumerate(zip(one, two, strict=True)):
            yield from _differences(left, right, without, f"{at}/{index}")
    elif not (one == two or str(one) == str(two) or (_empty(one) and _empty(two))):
        yield at


def _empty(value: Any) -> bool:
    return value in _EMPTY and value is not False


def same_id(record: R, wanted: int) -> R:
    """The record, if its id is the one that was asked for: what is read may be written to next.

    Raises:
        UnreadableAnswer: when another one came.
    """
    if record.id != wanted:
        raise UnreadableAnswer(
            f"{record.kind} {wanted} was asked for, {record.kind} {record.id} came"
        )
    return record

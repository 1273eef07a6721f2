"""What an answer looks like with everything taken out that differs between two stores anyway.

Ids, dates, addresses, names of a run and texts with numbers are levelled; the kind of each value
(integer, digits as text, null, empty text, date of which form) stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_DIGITS = re.compile(r"^-?\d+$")
_DECIMAL = re.compile(r"^-?\d+\.\d+$")
_DATES = (
    ("zero date", re.compile(r"^0000-00-00")),
    ("date and time with a blank", re.compile(r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$")),
    ("date and time with Z", re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$")),
    (
        "date and time with offset",
        re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?[+-]\d\d:?\d\d$"),
    ),
    ("date and time with T", re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$")),
    ("date", re.compile(r"^\d{4}-\d\d-\d\d$")),
)
_ID = re.compile(r"(^|_)(id|ids|number|no|uuid|hash|slug|key|token|nonce)$|[a-z]I[dD]s?$|^ID$")
_NOISE = (
    (re.compile(r"https?://[^\s\"'<>]*"), "<address>"),
    (re.compile(r"[^\s@\"'<>]+@[^\s@\"'<>]+"), "<e-mail>"),
    (re.compile(r"\br-\d{8}-[0-9a-f]{6}[\w-]*"), "<run>"),
    (re.compile(r"\b[0-9a-fA-F]{8,}(-[0-9a-fA-F]{4,})*\b"), "<hex>"),
    (re.compile(r"\b\w*\d\w*\b"), "<n>"),
)
_DEEPEST = 24
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Leaf:
    """One value: its kind, and what is left of it after levelling ("" where that says nothing)."""

    kind: str
    value: str = ""

    def __str__(self) -> str:
        return f"{self.kind} {self.value}" if self.value else self.kind


Shape = dict[str, set[Leaf]]
"""What is at each place; list items and ids as names of members share one place (`*`)."""


def shape_of(body: Any) -> Shape:
    """The shape of a JSON body."""
    found: Shape = {}
    for pointer, leaf in _walk("", "", body, 0):
        found.setdefault(pointer, set()).add(leaf)
    return found


def parent_of(pointer: str) -> str:
    """`/order/id` -> `/order`."""
    return pointer.rpartition("/")[0]


def _walk(pointer: str, name: str, value: Any, depth: int) -> Iterator[tuple[str, Leaf]]:
    if depth > _DEEPEST:
        return
    if isinstance(value, dict):
        yield pointer, Leaf("object" if value else "empty object")
        for member, inner in value.items():
            step = "*" if _DIGITS.match(member) else member
            yield from _walk(f"{pointer}/{step}", step if step != "*" else name, inner, depth + 1)
    elif isinstance(value, list):
        yield pointer, Leaf("list" if value else "empty list")
        for inner in value:
            yield from _walk(f"{pointer}/*", name, inner, depth + 1)
    else:
        yield pointer, _leaf(name, value)


def _leaf(name: str, value: Any) -> Leaf:
    if value is None:
        return Leaf("null")
    if isinstance(value, bool):
        return Leaf("boolean", str(value).lower())
    named = bool(_ID.search(name))
    if isinstance(value, int | float):
        kind = "integer" if isinstance(value, int) else "decimal number"
        return Leaf(kind, "" if named else str(value))
    return _text(str(value), named)


def _text(value: str, named: bool) -> Leaf:
    if not value:
        return Leaf("empty text")
    if _DIGITS.match(value):
        return Leaf("digits as text", "" if named else value)
    if _DECIMAL.match(value):
        return Leaf("decimal as text", value)
    for kind, pattern in _DATES:
        if pattern.match(value):
            return Leaf(kind)
    return Leaf("text", "" if named else levelled(value))


def levelled(text: str) -> str:
    """A text without what is one store's own: addresses, numbers, names of a run."""
    for pattern, shown in _NOISE:
        text = pattern.sub(shown, text)
    return text[:_LONGEST]

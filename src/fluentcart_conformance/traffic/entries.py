"""The entries of a HAR file one at a time, built from a JSON parser's events within bounds."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, pairwise
from pathlib import Path
from typing import IO, Any

import ijson

DEEPEST = 100
"""HAR itself is nested a dozen deep; more is an attack on memory."""
_LOOK = 64
_MARK = b"\xef\xbb\xbf"
_OPENS = frozenset({"start_map", "start_array"})
_CLOSES = frozenset({"end_map", "end_array"})


class NoHarError(ValueError):
    """JSON that is nested deeper than any HAR file, or without a list of entries."""


class Counted:
    """A file that knows how many lines were read from it; a byte order mark is left out."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.line = 1
        if file.read(len(_MARK)) != _MARK:
            file.seek(0)

    def read(self, size: int = -1) -> bytes:
        """The next bytes, counted."""
        block = self._file.read(size)
        self.line += block.count(b"\n")
        return block


def holds_har(path: Path) -> bool:
    """Whether the file begins like a HAR file: an object with a `log`."""
    with path.open("rb") as file:
        start: list[tuple[str, Any]] = []
        try:
            for event in islice(ijson.basic_parse(Counted(file)), _LOOK):
                start.append(event)  # noqa: PERF402 - what came before an error counts
        except (ijson.JSONError, UnicodeDecodeError):
            pass
    depth = 0
    for here, after in pairwise(start):
        depth += (here[0] in _OPENS) - (here[0] in _CLOSES)
        if depth == 1 and here == ("map_key", "log"):
            return after[0] == "start_map"
    return False


def entries_of(file: Counted, parser: Any = ijson) -> Iterator[Any]:
    """What stands in the list `log.entries`; `parser` is a backend of ijson.

    Raises:
        NoHarError: for JSON nested too deep, or without that list.
        ijson.JSONError, UnicodeDecodeError: for what is no JSON.
    """
    above: list[str | None] = []
    name: str | None = None
    found = False
    events = parser.basic_parse(file, use_float=True)
    for event, value in events:
        if event == "map_key":
            name = value
        elif event in _CLOSES:
            above.pop()
        elif event in _OPENS:
            if event == "start_array" and above == [None, "log"] and name == "entries":
                found = True
                yield from _items(events)
                continue
            above.append(name)
            name = None
            _bounded(len(above))
    if not found:
        raise NoHarError("there is no list log.entries")


def _items(events: Iterator[tuple[str, Any]]) -> Iterator[Any]:
    """The values of a list whose beginning was read, up to its end."""
    for event, value in events:
        if event == "end_array":
            return
        yield _value(event, value, events)


def _value(event: str, value: Any, events: Iterator[tuple[str, Any]]) -> Any:
    """The value that begins with this event."""
    if event not in _OPENS:
        return value
    whole: Any = {} if event == "start_map" else []
    inner: list[tuple[Any, str]] = [(whole, "")]
    for kind, part in events:
        holder, name = inner[-1]
        if kind == "map_key":
            inner[-1] = (holder, part)
            continue
        if kind in _CLOSES:
            inner.pop()
            if not inner:
                return whole
            continue
        made = {} if kind == "start_map" else [] if kind == "start_array" else part
        if isinstance(holder, list):
            holder.append(made)
        else:
            holder[name] = made
        if kind in _OPENS:
            inner.append((made, ""))
            _bounded(len(inner))
    return whole


def _bounded(depth: int) -> None:
    if depth > DEEPEST:
        raise NoHarError(f"nested more than {DEEPEST} deep")

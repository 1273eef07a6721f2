"""Read an untrusted body as JSON within bounds, and notice what a lenient reader would hide."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass
from typing import Any

MAX_BYTES = 8 * 1024 * 1024
MAX_DEPTH = 200
_BOM = b"\xef\xbb\xbf"
_OTHER_THAN_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))


@dataclass(slots=True)
class Parsed:
    """A body read as JSON.

    `value` is meaningful only when `ok`. `problem` says why a body is not JSON, in one of the
    words: empty, too large, too deep, invalid UTF-8, byte order mark, not JSON, trailing data,
    number (NaN, Infinity, out of bounds). `duplicate` is the first member name that came twice
    in one object. `floats` tells whether any number was written with a fraction or an exponent.
    """

    ok: bool
    value: Any = None
    problem: str = ""
    detail: str = ""
    duplicate: str | None = None
    floats: bool = False
    bom: bool = False


class _NotAllowedError(ValueError):
    """The body holds a number that JSON does not have or that is out of bounds."""


class _Reader(threading.local):
    """Decodes a body and remembers duplicates and floats on the way; one for each thread."""

    def __init__(self) -> None:
        self.duplicate: str | None = None
        self.floats = False
        self._decoder = json.JSONDecoder(
            object_pairs_hook=self._object,
            parse_float=self._float,
            parse_constant=_constant,
        )

    def read(self, text: str) -> tuple[Any, int]:
        self.duplicate = None
        self.floats = False
        start = len(text) - len(text.lstrip(" \t\r\n"))
        return self._decoder.raw_decode(text, start)

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        members = dict(pairs)
        if len(members) != len(pairs) and self.duplicate is None:
            seen: set[str] = set()
            for name, _ in pairs:
                if name in seen:
                    self.duplicate = name
                    break
                seen.add(name)
        return members

    def _float(self, text: str) -> float:
        self.floats = True
        number = float(text)
        if number in (float("inf"), float("-inf")):
            raise _NotAllowedError(f"number out of range: {text[:40]}")
        return number


def _constant(text: str) -> Any:
    raise _NotAllowedError(f"{text} is not JSON")


_READER = _Reader()


def depth_of(body: bytes, limit: int = MAX_DEPTH) -> int:
    """How deeply the brackets of `body` nest, brackets inside strings left out.

    Counting stops at `limit + 1`.
    """
    if body.count(b"[") + body.count(b"{") <= limit:
        return 0
    depth = deepest = 0
    # Escaped backslashes go first, then escaped quotes: what stands between quotes is a string.
    plain = body.replace(rb"\\", b"").replace(rb"\"", b"").split(b'"')[::2]
    for byte in b"".join(plain).translate(None, _OTHER_THAN_BRACKETS):
        if byte in b"[{":
            depth += 1
            if depth > deepest:
                deepest = depth
                if deepest > limit:
                    return deepest
        else:
            depth -= 1
    return deepest


def parse_json(body: bytes, max_bytes: int = MAX_BYTES) -> Parsed:
    """Read `body`; never raises, whatever the body is."""
    if len(body) > max_bytes:
        return Parsed(False, problem="too large", detail=f"{len(body)} bytes")
    bom = body.startswith(_BOM)
    if bom:
        body = body[3:]
    if not body.strip(b" \t\r\n"):
        return Parsed(False, problem="empty", bom=bom)
    if depth_of(body) > MAX_DEPTH:
        return Parsed(False, problem="too deep", detail=f"more than {MAX_DEPTH} levels", bom=bom)
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        return Parsed(False, problem="invalid UTF-8", detail=f"at byte {error.start}", bom=bom)
    return _decode(text, bom)


def _decode(text: str, bom: bool) -> Parsed:
    reader = _READER
    try:
        value, end = reader.read(text)
    except _NotAllowedError as error:
        return Parsed(False, problem="number", detail=str(error), bom=bom)
    except json.JSONDecodeError as error:
        return Parsed(False, problem="not JSON", detail=f"at character {error.pos}", bom=bom)
    except RecursionError:
        return Parsed(False, problem="too deep", bom=bom)
    except ValueError:  # an integer longer than Python reads
        return Parsed(False, problem="number", detail="an integer of thousands of digits", bom=bom)
    rest = text[end:].strip(" \t\r\n") if end < len(text) else ""
    found = Parsed(True, value, duplicate=reader.duplicate, floats=reader.floats, bom=bom)
    if rest:
        found.ok = False
        found.problem = "trailing data"
        found.detail = rest[:60]
    return found

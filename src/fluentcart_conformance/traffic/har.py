"""HAR 1.2 as browsers, proxies and test tools write it, streamed entry by entry."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import IO, Any

import ijson

from fluentcart_conformance.contract.exchange import Exchange

from .errors import TrafficError

_LOOK = 64
_NOT_MODIFIED = 304


class _Counted:
    """A file that knows how many lines were read from it, for the place of an error."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.line = 1

    def read(self, size: int = -1) -> bytes:
        block = self._file.read(size)
        self.line += block.count(b"\n")
        return block


def holds_har(path: Path) -> bool:
    """Whether the file begins like a HAR file: an object with a `log`."""
    with path.open("rb") as file:
        try:
            start = [(name, kind) for name, kind, _ in islice(ijson.parse(file), _LOOK)]
        except ijson.JSONError:
            return False
    return ("log", "start_map") in start


def har_exchanges(path: Path) -> Iterator[tuple[int, Exchange | None, str]]:
    """Each entry's number from 1, its exchange or None, and why there is none.

    Raises TrafficError for a file that is cut or broken, naming the line.
    """
    with path.open("rb") as file:
        counted = _Counted(file)
        number = 0
        try:
            entries = ijson.items(counted, "log.entries.item", use_float=True)
            for number, entry in enumerate(entries, 1):
                yield (number, *_entry(entry))
        except ijson.JSONError as error:
            raise TrafficError(
                f"{path}, near line {counted.line}: the file is cut or no JSON, "
                f"after {number} entries"
            ) from error
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise TrafficError(
                f"{path}, near line {counted.line}, entry {number}: not a HAR entry ({error!r})"
            ) from error


def _entry(entry: Mapping[str, Any]) -> tuple[Exchange | None, str]:
    request, response = entry["request"], entry["response"]
    status = int(response.get("status") or 0)
    if status <= 0:
        return None, "no answer came"
    if status == _NOT_MODIFIED:
        return None, "the answer came from a cache"
    content = response.get("content") or {}
    if "text" not in content and (content.get("size") or 0) > 0:
        return None, "the answer's body was not captured"
    headers = _headers(request.get("headers"))
    return (
        Exchange(
            method=str(request["method"]).upper(),
            url=str(request["url"]),
            status=status,
            response_body=_text(content),
            response_headers=_headers(response.get("headers")),
            request_headers=headers,
            request_body=_sent(request.get("postData")),
            elapsed_ms=float(entry.get("time") or 0.0),
            identity="captured" if "authorization" in headers or "cookie" in headers else None,
        ),
        "",
    )


def _headers(rows: Any) -> dict[str, str]:
    return {str(row["name"]).lower(): str(row.get("value", "")) for row in rows or ()}


def _text(content: Mapping[str, Any]) -> bytes:
    text = str(content.get("text") or "")
    if content.get("encoding") != "base64":
        return text.encode("utf-8", "surrogatepass")
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError("a body marked base64 that is none") from error


def _sent(data: Any) -> bytes | None:
    if not data:
        return None
    text = str(data.get("text") or "")
    if data.get("encoding") == "base64":
        return base64.b64decode(text)
    return text.encode("utf-8", "surrogatepass")

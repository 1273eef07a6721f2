"""HAR 1.2 as browsers, proxies and test tools write it, streamed entry by entry."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import ijson

from fluentcart_conformance.contract.exchange import Exchange

from .entries import Counted, NoHarError, entries_of
from .errors import TrafficError

_NOT_MODIFIED = 304
LONGEST = 200
"""So much of an error's own words is shown; a body may be among them."""


def har_exchanges(path: Path) -> Iterator[tuple[int, Exchange | None, str]]:
    """Each entry's number from 1, its exchange or None, and why there is none.

    Raises TrafficError for a file that is cut or broken, naming the line.
    """
    try:
        number = 0
        for number, exchange, why in _exchanges(path):
            yield number, exchange, why
    except UnicodeDecodeError:
        # Half a surrogate pair, as mitmproxy writes what is not UTF-8: only this parser reads it.
        patient = ijson.get_backend("python")
        yield from islice(_exchanges(path, patient), number, None)


def _exchanges(path: Path, parser: Any = ijson) -> Iterator[tuple[int, Exchange | None, str]]:
    with path.open("rb") as file:
        counted = Counted(file)
        number = 0
        try:
            for number, entry in enumerate(entries_of(counted, parser), 1):
                yield (number, *_entry(entry))
        except (ijson.JSONError, UnicodeDecodeError, NoHarError) as error:
            if isinstance(error, UnicodeDecodeError) and parser is ijson:
                raise
            raise TrafficError(
                f"{path}, near line {counted.line}: {_why(error)}, after {number} entries"
            ) from error
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise TrafficError(
                f"{path}, near line {counted.line}, entry {number}: not a HAR entry "
                f"({repr(error)[:LONGEST]})"
            ) from error


def _why(error: Exception) -> str:
    """In words of our own: a parser's words may hold a whole body."""
    if isinstance(error, NoHarError):
        return str(error)
    if isinstance(error, ijson.IncompleteJSONError) and "premature EOF" in str(error):
        return "the file is cut"
    return "no JSON in UTF-8"


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
    url = str(request["url"])
    urlsplit(url)
    return (
        Exchange(
            method=str(request["method"]).upper(),
            url=url,
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
        try:
            # mitmproxy's way to keep a byte that is not UTF-8.
            return text.encode("utf-8", "surrogateescape")
        except UnicodeEncodeError:
            return text.encode("utf-8", "surrogatepass")
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError("a body marked base64 that is none") from error


def _sent(data: Any) -> bytes | None:
    return _text(data) if data else None

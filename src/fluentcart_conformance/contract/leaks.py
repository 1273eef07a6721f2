"""What no answer may show: credentials, the inside of the server, a page instead of JSON."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, quote_plus

from .exchange import Exchange

_REFUSED = 400
SHORTEST_SECRET = 6
"""Anything shorter is found in honest answers by accident."""

_NEEDLES = (
    b"SQLSTATE",
    b"SQL syntax",
    b"tack trace",
    b"atal error",
    b"Uncaught ",
    b".php",
    b"Call to undefined",
    b"Undefined ",
    b"Traceback (most",
    b"wpdb",
    b"FluentCart\\",
    b"WordPress database error",
    b"CONSTRAINT",
)
_CLASS_NAME = "a class name"
_INSIDE = (
    ("SQL text", re.compile(rb"SQLSTATE\[|error in your SQL syntax|WordPress database error")),
    (
        "SQL text",
        re.compile(rb"(?i)\b(?:select .{1,200} from|insert into|update .{1,80} set) [`\w\\]"),
    ),
    ("SQL text", re.compile(rb"CONSTRAINT `|CONSTRAINT .{1,80} failed for|Unknown column '")),
    ("a stack trace", re.compile(rb"[Ss]tack trace|#0 \S+\.php|Traceback \(most recent call last")),
    (
        "a PHP message",
        re.compile(
            rb"(?:Fatal|Parse|Recoverable fatal) error\b|Uncaught [A-Z]\w+|"
            rb"(?:<b>)?(?:Warning|Notice|Deprecated)(?:</b>)?: {1,2}\w.{1,200} on line|"
            rb"Call to (?:undefined|a member)|"
            rb"Undefined (?:array key|variable|index|property|offset)|Undefined property:"
        ),
    ),
    ("a file path", re.compile(rb"(?:/|\\/|\\\\)[\w.\-/\\]{1,200}\.php(?: on line \d|:\d|\(\d)")),
    (
        "a file path",
        re.compile(rb"(?:/|\\/)wp-(?:content|includes)(?:/|\\/)[\w.\-/\\]{1,200}\.php"),
    ),
    (_CLASS_NAME, re.compile(rb"FluentCart\\{1,2}[A-Z]\w+\\{1,2}[A-Z]\w+")),
)
_PAGE = re.compile(rb"(?i)<!doctype\s+html|<html[\s>]|<body[\s>]")


@dataclass(frozen=True, slots=True)
class Leak:
    """`what` is shown by the answer: `credentials`, `HTML page`, or a word for the inside."""

    what: str
    where: str = "the body"


def shows_inside(exchange: Exchange) -> Leak | None:
    """A stack trace, PHP message, SQL text, file path or class name that the request did not hold.

    Only what the store said by itself counts: text that came with the request may come back.
    """
    body = exchange.response_body
    if not any(needle in body for needle in _NEEDLES) and exchange.status < 400:
        return None
    for what, pattern in _INSIDE:
        if what is _CLASS_NAME and exchange.status < _REFUSED:
            continue  # an activity of an order names the model it belongs to
        found = pattern.search(body)
        if found and not _was_sent(found.group(), exchange):
            return Leak(what)
    return None


def shows_page(exchange: Exchange) -> bool:
    """Whether an HTML page stands in the answer."""
    body = exchange.response_body
    if b"<" not in body:
        return False
    found = _PAGE.search(body)
    return found is not None and not _was_sent(found.group(), exchange)


def _was_sent(text: bytes, exchange: Exchange) -> bool:
    sent = exchange.request_body or b""
    return text in sent or quote(text).encode() in exchange.url.encode("utf-8", "replace")


class Secrets:
    """Knows what credentials look like in an answer: plain, escaped, encoded, without spaces."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        needles: set[bytes] = set()
        for secret in secrets:
            needles |= _spellings(secret)
        self._needles = tuple(sorted(needles))

    def shown_by(self, exchange: Exchange) -> Leak | None:
        """Whether the answer holds one of the secrets or what the request authenticated with."""
        needles = self._needles
        header = exchange.request_headers.get("authorization")
        if header is None:
            header = exchange.request_headers.get("Authorization")
        if header:
            needles = needles + _of_header(header)
        for needle in needles:
            if needle in exchange.response_body:
                return Leak("credentials")
        if needles:
            for name, value in exchange.response_headers.items():
                raw = value.encode("utf-8", "replace")
                if any(needle in raw for needle in needles):
                    return Leak("credentials", f"the header {name}")
        return None


@lru_cache(maxsize=64)
def _of_header(header: str) -> tuple[bytes, ...]:
    scheme, _, token = header.strip().partition(" ")
    token = token.strip()
    if scheme.lower() not in ("basic", "bearer") or len(token) < SHORTEST_SECRET:
        return ()
    needles = {token.encode("utf-8", "replace")}
    if scheme.lower() == "basic":
        try:
            pair = base64.b64decode(token, validate=True).decode("utf-8", "replace")
        except (binascii.Error, ValueError):
            pair = ""
        password = pair.partition(":")[2]
        needles |= _spellings(password)
    return tuple(sorted(needles))


def _spellings(secret: str) -> set[bytes]:
    if len(secret) < SHORTEST_SECRET:
        return set()
    forms = {secret, json.dumps(secret)[1:-1], quote(secret), quote_plus(secret)}
    joined = secret.replace(" ", "")
    if len(joined) >= SHORTEST_SECRET:
        forms.add(joined)
    return {form.encode("utf-8", "replace") for form in forms}

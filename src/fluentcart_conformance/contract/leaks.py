"""What no answer may show: credentials, the inside of the server, a page instead of JSON."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote, quote_plus

from .exchange import Exchange

_REFUSED = 400
_WORDS = re.compile(r"[A-Za-z0-9]+")
SHORTEST_SHARED = 4
MOST_HEADERS = 64
MOST_SEARCHED = 1_000_000
"""Bytes looked through with patterns: an endless body shows what it shows early."""
SHORTEST_SECRET = 6
"""Anything shorter is found in honest answers by accident."""

_Pattern = tuple[str, tuple[bytes, ...], re.Pattern[bytes]]
_TRACE = re.compile(rb"[Ss]tack trace|Traceback \(most recent call last")
_MESSAGE = re.compile(
    rb"(?:Fatal|Parse|Recoverable fatal) error\b|Uncaught [A-Z]\w+|"
    rb"(?:<b>)?(?:Warning|Notice|Deprecated)(?:</b>)?: {1,2}\w.{1,200} on line|"
    rb"Call to (?:undefined|a member)|"
    rb"Undefined (?:array key|variable|index|property|offset)"
)
_SQL = re.compile(
    rb"SQLSTATE\[|error in your SQL syntax|WordPress database error|"
    rb"CONSTRAINT `|CONSTRAINT .{1,80} failed for|Unknown column '"
)
_PLACE = re.compile(rb"\.php(?: on line \d|:\d|\(\d)")
_PLUGIN_FILE = re.compile(rb"wp-(?:content|includes)\\?/[\w.\-/\\]{1,200}\.php")
_STATEMENT = re.compile(rb"(?i)\b(?:select .{1,200}? from|insert into|update .{1,80}? set) [`\w\\]")
_CLASS = re.compile(rb"FluentCart\\{1,2}[A-Z]\w+\\{1,2}[A-Z]\w+")

# Each pattern is tried only where one of its needles is found, and the needles of accepted
# answers are few: this is done for every answer and is most of what judging one costs.
_IN_ACCEPTED: tuple[_Pattern, ...] = (
    ("SQL text", (b"SQL", b"database error"), _SQL),
    ("a stack trace", (b"tack trace",), _TRACE),
    ("a PHP message", (b" on line",), _MESSAGE),
    ("a file path", (b".php",), _PLACE),
    ("a file path", (b"wp-content", b"wp-includes"), _PLUGIN_FILE),
)
_IN_REFUSALS: tuple[_Pattern, ...] = (
    ("SQL text", (b"SQL", b"database error", b"CONSTRAINT", b"Unknown column"), _SQL),
    # In an accepted answer a statement may be a customer's own words.
    ("SQL text", (b"elect ", b"nsert ", b"pdate ", b"ELECT ", b"NSERT ", b"PDATE "), _STATEMENT),
    ("a stack trace", (b"tack trace", b"Traceback (most"), _TRACE),
    ("a PHP message", (b" error", b"Uncaught ", b" on line", b"Call to ", b"ndefined "), _MESSAGE),
    ("a file path", (b".php",), _PLACE),
    ("a file path", (b"wp-content", b"wp-includes"), _PLUGIN_FILE),
    # In an accepted answer an activity names the model it belongs to.
    ("a class name", (b"FluentCart\\",), _CLASS),
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
    looked_for = _IN_ACCEPTED if exchange.status < _REFUSED else _IN_REFUSALS
    for what, needles, pattern in looked_for:
        for needle in needles:
            # A capital Q is rare and one byte is looked up ten times faster than three.
            if (needle != b"SQL" or b"Q" in body) and needle in body:
                found = pattern.search(body, 0, MOST_SEARCHED)
                if found and not _was_sent(found.group(), exchange):
                    return Leak(what)
                break
    return None


def shows_page(exchange: Exchange) -> bool:
    """Whether an HTML page stands in the answer."""
    body = exchange.response_body
    if b"<" not in body:
        return False
    found = _PAGE.search(body, 0, MOST_SEARCHED)
    return found is not None and not _was_sent(found.group(), exchange)


def _was_sent(text: bytes, exchange: Exchange) -> bool:
    sent = exchange.request_body or b""
    return text in sent or quote(text).encode() in exchange.url.encode("utf-8", "replace")


Needles = dict[bytes, tuple[bytes, ...]]
"""What to look for, by the part that all spellings of one secret share."""


class Secrets:
    """Knows what credentials look like in an answer: plain, escaped, encoded, without spaces."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        self._known: Needles = {}
        for secret in secrets:
            self._known.update(_spellings(secret))
        self._with_header: dict[str, Needles] = {}

    def shown_by(self, exchange: Exchange) -> Leak | None:
        """Whether the answer holds one of the secrets or what the request authenticated with."""
        needles = self._needles(exchange)
        if not needles:
            return None
        if _holds(exchange.response_body, needles):
            return Leak("credentials")
        for name, value in exchange.response_headers.items():
            if _holds(value.encode("utf-8", "replace"), needles):
                return Leak("credentials", f"the header {name}")
        return None

    def _needles(self, exchange: Exchange) -> Needles:
        headers = exchange.request_headers
        header = headers.get("authorization") or headers.get("Authorization")
        if not header:
            return self._known
        found = self._with_header.get(header)
        if found is None:
            if len(self._with_header) >= MOST_HEADERS:
                self._with_header.clear()
            found = self._with_header[header] = {**self._known, **_of_header(header)}
        return found


def _holds(text: bytes, needles: Needles) -> bool:
    return any(
        shared in text and any(spelling in text for spelling in spellings)
        for shared, spellings in needles.items()
    )


def _of_header(header: str) -> Needles:
    scheme, _, token = header.strip().partition(" ")
    token = token.strip()
    if scheme.lower() not in ("basic", "bearer"):
        return {}
    needles = _spellings(token)
    if scheme.lower() == "basic":
        try:
            pair = base64.b64decode(token, validate=True).decode("utf-8", "replace")
        except (binascii.Error, ValueError):
            pair = ""
        needles.update(_spellings(pair.partition(":")[2]))
    return needles


def _spellings(secret: str) -> Needles:
    if len(secret) < SHORTEST_SECRET:
        return {}
    # Half a character, from an environment that is not UTF-8, can be sent by nobody.
    secret = secret.encode("utf-8", "replace").decode()
    forms = {secret, json.dumps(secret)[1:-1], quote(secret), quote_plus(secret)}
    joined = secret.replace(" ", "")
    if len(joined) >= SHORTEST_SECRET:
        forms.add(joined)
    spellings = tuple(form.encode() for form in sorted(forms))
    shared = max(_WORDS.findall(secret), key=len, default="")
    if len(shared) < SHORTEST_SHARED:
        return {spelling: (spelling,) for spelling in spellings}
    return {shared.encode(): spellings}

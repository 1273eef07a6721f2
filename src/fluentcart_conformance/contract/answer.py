"""The checks of an answer that come before its content: status, media type, JSON, leaks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from . import general
from .exchange import Exchange, media_type
from .findings import Finding, finding
from .jsonbody import Parsed, parse_json
from .leaks import Secrets, shows_inside, shows_page
from .operations import Operation
from .refusal import message_of, stated_status
from .words import escaped

_SERVER_ERROR = 500
_BUSY = 503
_TOO_MANY = 429
_JSON = "application/json"
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"|`[^`]*`|\[[^\]]*\]")


def is_pushback(exchange: Exchange) -> bool:
    """429, or 503 with Retry-After: the store asks for patience and breaks nothing."""
    if exchange.status == _TOO_MANY:
        return True
    return exchange.status == _BUSY and "retry-after" in exchange.response_headers


def server_error(operation: Operation, exchange: Exchange, secrets: Secrets) -> Finding:
    """The one finding of a 5xx: what the body says of it, as far as it says anything."""
    parsed = parse_json(exchange.response_body)
    stated = stated_status(parsed.value) if parsed.ok else None
    message = message_of(parsed.value) if parsed.ok else ""
    words = [f"HTTP {exchange.status}"]
    # Refusals of one operation sent with a wrong status are one mistake, whatever was refused.
    aspect = f"{stated[1] if stated else ''} {_QUOTED.sub('?', message)}"
    if stated is not None and stated[1] < _SERVER_ERROR:
        words.append(f"a refusal meant as {stated[1]}")
        aspect = f"{stated[1]} a refusal"
    leak = secrets.shown_by(exchange) or shows_inside(exchange)
    if leak is not None:
        words.append(f"shows {leak.what}")
    elif not parsed.ok:
        words.append("not JSON" if exchange.response_body else "without a body")
    if message:
        words.append(f'"{message}"')
    return _finding(
        general.NO_5XX,
        operation,
        exchange,
        expected="200 or a 4xx",
        got=", ".join(words),
        kind="server_error",
        aspect=aspect,
    )


def unreadable(operation: Operation, exchange: Exchange, parsed: Parsed) -> Finding:
    """The one finding of a body that is not JSON."""
    if operation.answer(exchange.status) is None:
        got = f"{exchange.status}, {'an HTML page' if shows_page(exchange) else parsed.problem}"
        requirement, kind = general.STATUS, "status"
    elif shows_page(exchange):
        requirement, got, kind = general.NO_HTML, "an HTML page", "html"
    elif parsed.problem == "number":
        requirement, got, kind = general.JSON_CLEAN, parsed.detail, "json"
    else:
        leak = shows_inside(exchange)
        requirement, kind = general.JSON, "json"
        got = f"{parsed.problem} {parsed.detail}".strip()
        if leak is not None:
            got += f", shows {leak.what}"
    return _finding(
        requirement,
        operation,
        exchange,
        expected="one JSON value",
        got=escaped(got),
        kind=kind,
        aspect=parsed.problem,
    )


def surface(
    operation: Operation, exchange: Exchange, parsed: Parsed, secrets: Secrets
) -> Iterator[Finding]:
    """What is wrong with an answer that can be read as JSON, its content left aside."""
    status = exchange.status
    if operation.answer(status) is None and not is_pushback(exchange):
        known = ", ".join(sorted(operation.answers))
        yield _finding(
            general.STATUS, operation, exchange, expected=known, got=str(status), kind="status"
        )
    header = exchange.response_headers.get("content-type", "")
    if media_type(header) != _JSON:
        yield _finding(
            general.CONTENT_TYPE,
            operation,
            exchange,
            expected=_JSON,
            got=escaped(header) or "no content type",
            kind="content_type",
            aspect=media_type(header),
        )
    if parsed.bom:
        yield _finding(
            general.JSON,
            operation,
            exchange,
            expected="no byte order mark",
            got="a byte order mark",
            kind="json",
            aspect="bom",
        )
    if parsed.duplicate is not None:
        yield _finding(
            general.JSON_CLEAN,
            operation,
            exchange,
            expected="each member once",
            got=f"{escaped(parsed.duplicate, 60)} twice in one object",
            kind="json",
            aspect=f"duplicate {parsed.duplicate}",
        )
    yield from _leaks(operation, exchange, secrets)


def _leaks(operation: Operation, exchange: Exchange, secrets: Secrets) -> Iterator[Finding]:
    leak = secrets.shown_by(exchange)
    if leak is not None:
        yield _finding(
            general.NO_CREDENTIALS,
            operation,
            exchange,
            expected="no credentials",
            got=f"the caller's credentials in {leak.where}",
            kind="leak",
        )
    inside = shows_inside(exchange)
    if inside is not None:
        yield _finding(
            general.NO_LEAK,
            operation,
            exchange,
            expected="nothing of the server's inside",
            got=inside.what,
            kind="leak",
            aspect=inside.what,
        )
    if shows_page(exchange):
        yield _finding(
            general.NO_HTML,
            operation,
            exchange,
            expected="JSON alone",
            got="an HTML page inside the JSON",
            kind="html",
        )


def _finding(
    requirement: str,
    operation: Operation,
    exchange: Exchange,
    *,
    expected: str,
    got: str,
    kind: str,
    aspect: str = "",
) -> Finding:
    return finding(
        requirement,
        operation.id,
        "",
        expected=expected,
        got=got,
        kind=kind,
        status=exchange.status,
        aspect=aspect,
    )

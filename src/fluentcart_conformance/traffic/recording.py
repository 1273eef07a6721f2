"""One line of a recording (JSON lines with request and response) as an exchange."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode, urlsplit

from fluentcart_conformance.contract.exchange import Exchange

ROOT = "https://recorded.example/wp-json/fluent-cart/v2"
_REDACTED = re.compile(r"\[redacted: (\w+)\]")


def exchange_of_row(row: Mapping[str, Any]) -> Exchange | None:
    """The exchange of a line; None for a line that is none (a note, a query to a database).

    `path` may be below the API root or below the site (`/wp-json/...`); `url` may be given
    instead. Raises KeyError, TypeError or ValueError for a line of another form.
    """
    request, response = row["request"], row["response"]
    if "method" not in request:
        return None
    headers = {str(name): str(value) for name, value in (request.get("headers") or {}).items()}
    return Exchange(
        method=str(request["method"]).upper(),
        url=_url(request),
        status=int(response["status"]),
        response_body=_body(response, bool(response.get("not_json"))),
        response_headers={
            str(name).lower(): str(value) for name, value in (response.get("headers") or {}).items()
        },
        request_headers=headers,
        request_body=_sent(request),
        elapsed_ms=float(row.get("ms") or 0.0),
        identity=_identity(headers),
        note=str(row.get("case", "")),
        cut=bool(row.get("truncated")),
    )


def _url(request: Mapping[str, Any]) -> str:
    url = str(request["url"]) if "url" in request else _under_root(str(request["path"]))
    urlsplit(url)
    query = request.get("query")
    if not query:
        return url
    words = query if isinstance(query, str) else urlencode(query, doseq=True)
    return f"{url}{'&' if '?' in url else '?'}{words}"


def _under_root(path: str) -> str:
    site = ROOT.partition("/wp-json")[0]
    return f"{site}{path}" if path.startswith("/wp-json") else f"{ROOT}{path}"


def _body(response: Mapping[str, Any], raw: bool) -> bytes:
    if "body_raw" in response:
        return _raw(response["body_raw"])
    body = response.get("body")
    if raw or "body" not in response:
        return str(body or "").encode("utf-8", "replace")
    return json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")


def _sent(request: Mapping[str, Any]) -> bytes | None:
    if "body_raw" in request:
        return _raw(request["body_raw"])
    if "body" not in request:
        return None
    return json.dumps(request["body"], ensure_ascii=False).encode("utf-8", "replace")


def _raw(text: Any) -> bytes:
    try:
        return str(text).encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return str(text).encode("utf-8", "replace")


def _identity(headers: Mapping[str, str]) -> str | None:
    sent = {name.lower(): value for name, value in headers.items()}.get("authorization")
    if sent is None:
        return None
    found = _REDACTED.match(sent)
    return found[1] if found else "captured"

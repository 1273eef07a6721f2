"""Request bodies: JSON, form fields, or nothing."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from fluentcart_conformance.store.http import Refusal
from fluentcart_conformance.store.phpform import parse_form

_FORM = "application/x-www-form-urlencoded"


def parse_body(raw: bytes, content_type: str) -> dict[str, Any]:
    """Return the members of a body.

    JSON that is not an object, other media types and an empty body count as {}.

    Raises:
        Refusal: 400 rest_invalid_json when a JSON body cannot be read.
    """
    if not raw:
        return {}
    media_type = content_type.partition(";")[0].strip().lower()
    if media_type == "application/json" or media_type.endswith("+json"):
        return _object(parse_json(raw))
    if media_type == _FORM:
        return parse_form(raw.decode("utf-8", errors="replace"))
    if media_type in ("", "text/plain") and raw.lstrip()[:1] == b"{":
        try:
            return _object(parse_json(raw))
        except Refusal:
            return {}
    return {}


def parse_json(raw: bytes) -> Any:
    """Decode JSON strictly: UTF-8, no NaN, no lone surrogates, bounded depth."""
    try:
        value = json.loads(raw.decode("utf-8"), parse_constant=_no_constant)
        if b"\\u" in raw:
            json.dumps(value, ensure_ascii=False).encode("utf-8")
    except UnicodeError:
        raise _invalid(5, "Malformed UTF-8 characters, possibly incorrectly encoded") from None
    except (ValueError, RecursionError):
        raise _invalid(4, "Syntax error") from None
    return value


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _invalid(error_code: int, reason: str) -> Refusal:
    data = {"status": 400, "json_error_code": error_code, "json_error_message": reason}
    return Refusal(400, "rest_invalid_json", "Invalid JSON body passed.", data=data)

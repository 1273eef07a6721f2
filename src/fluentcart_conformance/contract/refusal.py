"""What a refusal says besides its shape: its own idea of the status must be the HTTP status."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .words import escaped, shown

_LOWEST, _HIGHEST = 100, 599
_REFUSED = 400


def stated_status(body: Any) -> tuple[str, int] | None:
    """Where a body repeats a status, and which: a numeric `code` or `data.status`."""
    if not isinstance(body, Mapping):
        return None
    data = body.get("data")
    nested = data.get("status") if isinstance(data, Mapping) else None
    for pointer, value in (("/data/status", nested), ("/code", body.get("code"))):
        number = _status(value)
        if number is not None:
            return pointer, number
    return None


def _status(value: Any) -> int | None:
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) == 3:
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool) and _LOWEST <= value <= _HIGHEST:
        return value
    return None


def states_outcome(body: Any) -> bool:
    """Whether a body says by itself how the request went."""
    return stated_status(body) is not None or (
        isinstance(body, Mapping) and isinstance(body.get("success"), bool)
    )


def contradiction(body: Any, status: int) -> tuple[str, str, str] | None:
    """(pointer, expected, got) when the body says another outcome than the HTTP status."""
    stated = stated_status(body)
    if stated is not None and stated[1] // 100 != status // 100:
        return stated[0], f"{status // 100}xx as the answer's status", str(stated[1])
    if stated is not None and stated[0] == "/data/status" and stated[1] != status:
        return stated[0], str(status), str(stated[1])
    success = body.get("success") if isinstance(body, Mapping) else None
    if isinstance(success, bool) and success is (status >= _REFUSED):
        return "/success", "false" if status >= _REFUSED else "true", shown(success)
    return None


def message_of(body: Any) -> str:
    """The sentence of an error body, wherever it stands; `` when there is none."""
    if not isinstance(body, Mapping):
        return ""
    for holder in (body, body.get("error"), body.get("data")):
        if isinstance(holder, Mapping) and isinstance(holder.get("message"), str):
            return escaped(holder["message"], 100)
    return ""


def is_missing_route(body: Any) -> bool:
    """Whether WordPress says that it has no such route."""
    return isinstance(body, Mapping) and body.get("code") == "rest_no_route"

"""What a lenient store understands from a request, however it is spelled."""

from __future__ import annotations

import json as jsonlib
from collections.abc import Mapping
from enum import Enum
from typing import Any
from urllib.parse import parse_qs

# PHP leaves out what is nested deeper than this.
_DEEPEST = 64


class _Unset(Enum):
    UNSET = 0


UNSET = _Unset.UNSET


def effective_method(
    method: str, headers: Mapping[str, str] | None, query: Mapping[str, list[str]]
) -> str:
    """The method that WordPress will act on: an override header or parameter replaces POST's."""
    for name, value in (headers or {}).items():
        if name.lower() == "x-http-method-override":
            return value.strip().upper()
    if "_method" in query:
        return query["_method"][-1].strip().upper()
    return method.upper()


def understood(json: Any, body: bytes | None) -> Any:
    """What a lenient store reads from a body: JSON, or form fields, or nothing."""
    if json is not UNSET:
        return json
    if not body:
        return None
    try:
        return jsonlib.loads(body)
    except (ValueError, RecursionError):
        return fields(parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True))


def fields(pairs: Mapping[str, list[str]]) -> dict[str, Any]:
    """Form fields as a nested table: `order_ids[]=1&customer[id]=2` by its outer names."""
    found: dict[str, Any] = {}
    for name, values in pairs.items():
        keys = name.replace("]", "").split("[", _DEEPEST)
        table = found
        for key in keys[:-1]:
            inner = table.setdefault(key, {})
            if not isinstance(inner, dict):
                inner = table[key] = {"": inner}
            table = inner
        table[keys[-1]] = values if len(values) > 1 or not keys[-1] else values[0]
    return found

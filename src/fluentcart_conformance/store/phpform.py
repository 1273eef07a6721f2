"""Query strings and form bodies the way PHP reads them: `a[]=1&b[c][d]=2`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qsl

_KEY = re.compile(r"\[([^\]]*)\]")
_MAX_DEPTH = 16
_MAX_FIELDS = 5000


def parse_form(text: str) -> dict[str, Any]:
    """Return nested dicts and lists; a later plain name wins over an earlier one."""
    if not text:
        return {}
    return nest(parse_qsl(text, keep_blank_values=True, errors="replace"))


def nest(pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Fold `("a[b][]", "1")` pairs into nested values."""
    result: dict[str, Any] = {}
    for count, (name, value) in enumerate(pairs):
        if count >= _MAX_FIELDS:
            break
        head, bracket, _ = name.partition("[")
        if not bracket or not head:
            result[name] = value
            continue
        _put(result, [head, *_KEY.findall(name)[:_MAX_DEPTH]], value)
    return {name: _listed(value) for name, value in result.items()}


def _put(into: dict[str, Any], keys: list[str], value: str) -> None:
    """Store a value under a path of keys; an empty key appends."""
    for key in keys[:-1]:
        name = key or str(len(into))
        inner = into.get(name)
        if not isinstance(inner, dict):
            inner = into[name] = {}
        into = inner
    into[keys[-1] or str(len(into))] = value


def _listed(value: Any) -> Any:
    """Turn dicts with the keys 0..n-1 into lists, as PHP arrays would read."""
    if not isinstance(value, dict):
        return value
    inner = {name: _listed(part) for name, part in value.items()}
    if list(inner) == [str(index) for index in range(len(inner))]:
        return list(inner.values())
    return inner

"""Right answers made from the description itself, so that every schema can be broken on purpose."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from fluentcart_conformance.contract.operations import resolve

_TEXTS = (
    "x", "5", "1", "2026-01-15 10:00:00", "2026-01-15T10:00:00+00:00", "2026-01-15T10:00:00Z",
    "a@b.example", "https://shop.example/x", "rest_x", "",
)  # fmt: skip
_FORMATS = {"email": "a@b.example", "uri": "https://s.example/", "uri-reference": "/x"}


def whole(document: Mapping[str, Any], schema: Any) -> dict[str, Any]:
    """A schema with its references and `allOf` parts worked in."""
    made: dict[str, Any] = {}
    node = resolve(document, schema)
    siblings = {key: value for key, value in schema.items() if key != "$ref"}
    for part in (node, siblings if node is not schema else {}):
        for inner in part.get("allOf", ()):
            _work_in(made, whole(document, inner))
        _work_in(made, {key: value for key, value in part.items() if key != "allOf"})
    return made


def _work_in(made: dict[str, Any], part: Mapping[str, Any]) -> None:
    for key, value in part.items():
        if key == "properties":
            known = made.get(key, {})
            both = {name: {"allOf": [known[name], value[name]]} for name in known if name in value}
            made[key] = {**known, **value, **both}
        elif key == "items" and key in made:
            made[key] = {"allOf": [made[key], value]}
        elif key == "required":
            made[key] = [*made.get(key, []), *value]
        else:
            made[key] = value


def variants(document: Mapping[str, Any], schema: Any) -> Iterator[Any]:
    """A right value for each alternative at the top of a schema."""
    node = whole(document, schema)
    branches = node.get("oneOf") or node.get("anyOf") or [{}]
    rest = {key: value for key, value in node.items() if key not in ("oneOf", "anyOf")}
    for branch in branches:
        yield instance(document, {"allOf": [rest, branch]})


def instance(document: Mapping[str, Any], schema: Any) -> Any:
    """A right value with every described member."""
    node = whole(document, schema)
    listed = [node["const"]] if "const" in node else node.get("enum", [])
    if listed:
        return next((one for one in listed if one not in (None, "")), listed[0])
    branches = node.get("oneOf") or node.get("anyOf")
    if branches:
        rest = {key: value for key, value in node.items() if key not in ("oneOf", "anyOf")}
        return instance(document, {"allOf": [rest, branches[0]]})
    kinds = node.get("type", "object" if "properties" in node else "string")
    kind = kinds if isinstance(kinds, str) else next(one for one in kinds if one != "null")
    if kind == "object":
        return _object(document, node)
    if kind == "array":
        empty = node.get("maxItems") == 0 or "items" not in node
        return [] if empty else [instance(document, node["items"])]
    if kind == "string":
        return _text(node)
    return {"boolean": True, "null": None}.get(kind, max(1, node.get("minimum", 1)))


def _object(document: Mapping[str, Any], node: Mapping[str, Any]) -> dict[str, Any]:
    unwanted = node.get("not", {}).get("required", ())
    made = {
        name: instance(document, one)
        for name, one in node.get("properties", {}).items()
        if name not in unwanted
    }
    more = node.get("additionalProperties") or _one_at_least(node.get("not", {}))
    if isinstance(more, Mapping) and not made:
        made["1"] = instance(document, more)
    return made


def _one_at_least(unwanted: Mapping[str, Any]) -> Any:
    """X of `not: {additionalProperties: {not: X}}`: one member at least must be an X."""
    for one in (unwanted, *unwanted.get("anyOf", ())):
        if "additionalProperties" in one:
            return one["additionalProperties"]["not"]
    return None


def _text(node: Mapping[str, Any]) -> str:
    if node.get("format") in _FORMATS:
        return _FORMATS[str(node["format"])]
    least, pattern = int(node.get("minLength", 0)), str(node.get("pattern", ""))
    shown = [one for one in node.get("examples", ()) if isinstance(one, str) and one]
    for text in (*_TEXTS, *shown):
        if len(text) >= least and re.search(pattern, text):
            return text
    return "x" * least

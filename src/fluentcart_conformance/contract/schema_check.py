"""Decide quickly whether a value fits a response schema, and explain when it does not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Any

import jsonschema_rs

from .schema_error import SchemaError
from .words import shown

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_EXACT = "urn:fluentcart-conformance:whole-number"
_WHOLE_NUMBER = {
    # Only Draft 4 tells 12 from 12.0, and PHP prints a float sum as 12.0.
    "id": _EXACT,
    "$schema": "http://json-schema.org/draft-04/schema#",
    "not": {"type": "number", "not": {"type": "integer"}},
}
MOST_ERRORS = 500
LARGEST_EXPLAINED = 50_000
"""Nodes above which the quick validator's own words do; the other would take minutes."""


class CompiledSchema:
    """One schema with everything it refers to; validators are built once, on first use."""

    def __init__(self, schema: Any, components: Mapping[str, Any], name: str) -> None:
        self.schema = schema
        self.name = name
        self._components = components

    @cached_property
    def root(self) -> dict[str, Any]:
        """The schema as a document of its own, with just the components it needs."""
        needed = closure(self.schema, self._components)
        base = self.schema if isinstance(self.schema, dict) else {"allOf": [self.schema]}
        return {"$schema": DIALECT, **base, "components": {"schemas": needed}}

    @cached_property
    def is_valid(self) -> Callable[[Any], bool]:
        """The quick decision; takes a parsed JSON value."""
        decide: Callable[[Any], bool] = self._quick.is_valid
        return decide

    @cached_property
    def _quick(self) -> Any:
        root = _with_whole_cents(self.root)
        root["$defs"] = {"whole-number": _WHOLE_NUMBER}
        return jsonschema_rs.Draft202012Validator(root, validate_formats=True)

    def errors(self, value: Any) -> list[SchemaError]:
        """Every violation, each at its own place; [] when the value fits."""
        if self.is_valid(value):
            return []
        if not _larger_than(value, LARGEST_EXPLAINED):
            from .explain import explain  # noqa: PLC0415 only needed for findings, slow to import

            found = explain(self.root, value, MOST_ERRORS)
            if found:
                return found
        return list(self._quick_errors(value))

    def _quick_errors(self, value: Any) -> Iterator[SchemaError]:
        for number, error in enumerate(self._quick.iter_errors(value)):
            if number >= MOST_ERRORS:
                return
            path = tuple(part for part in error.evaluation_path if part != "$ref")
            keyword = str(path[-1]) if path else ""
            place = tuple(error.instance_path)
            yield SchemaError(place, keyword, path, keyword, shown(_at(value, place)))


def closure(schema: Any, components: Mapping[str, Any]) -> dict[str, Any]:
    """The component schemas that `schema` refers to, directly or not."""
    needed: dict[str, Any] = {}
    waiting = list(_references(schema))
    while waiting:
        name = waiting.pop()
        if name not in needed and name in components:
            needed[name] = components[name]
            waiting.extend(_references(components[name]))
    return needed


def _references(node: Any) -> Iterator[str]:
    if isinstance(node, Mapping):
        for key, value in node.items():
            if key == "$ref" and isinstance(value, str):
                yield value.rpartition("/")[2]
            else:
                yield from _references(value)
    elif isinstance(node, list):
        for value in node:
            yield from _references(value)


def _with_whole_cents(node: Any) -> Any:
    if isinstance(node, dict):
        copied = {key: _with_whole_cents(value) for key, value in node.items()}
        if node.get("x-unit") == "cents":
            copied["allOf"] = [*copied.get("allOf", []), {"$ref": _EXACT}]
        return copied
    if isinstance(node, list):
        return [_with_whole_cents(value) for value in node]
    return node


def _at(value: Any, path: tuple[Any, ...]) -> Any:
    for part in path:
        value = value[part]
    return value


def _larger_than(value: Any, most: int) -> bool:
    waiting = [value]
    seen = 0
    while waiting:
        node = waiting.pop()
        seen += 1
        if seen > most:
            return True
        if isinstance(node, dict):
            waiting.extend(node.values())
        elif isinstance(node, list):
            waiting.extend(node)
    return False

"""Say in words why a value does not fit a schema: the right branch, each member by itself."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

import jsonschema
from jsonschema.exceptions import ValidationError
from jsonschema.validators import extend

from .operations import resolve
from .schema_error import SchemaError
from .words import escaped, shown, wanted

_BRANCHES = ("oneOf", "anyOf")
_BOUNDS = {
    "x-unit": "whole {}",
    "uniqueItems": "no entry twice",
    "minimum": "at least {}",
    "maximum": "at most {}",
    "exclusiveMinimum": "more than {}",
    "exclusiveMaximum": "less than {}",
    "minLength": "at least {} characters",
    "maxLength": "at most {} characters",
    "minItems": "at least {} entries",
    "maxItems": "at most {} entries",
    "minProperties": "at least {} members",
    "maxProperties": "at most {} members",
    "pattern": "text like {}",
    "format": "a {}",
    "multipleOf": "a multiple of {}",
}
_WHOLE = ("type", "const", "enum")
_TELLING = ("required", "type", "const", "enum", "anyOf", "oneOf", "format", "pattern")
_CONTAINERS = ("oneOf", "anyOf", "not", "if", "then", "else", "dependentRequired", "contains")


def _required(
    validator: Any, required: Any, instance: Any, schema: Any
) -> Iterator[ValidationError]:
    """Like JSON Schema's own, but each missing member is reported at its own place."""
    del validator, schema
    if isinstance(instance, dict):
        for name in required:
            if name not in instance:
                yield ValidationError(f"{name} is missing", path=[name])


def _unit(validator: Any, unit: Any, instance: Any, schema: Any) -> Iterator[ValidationError]:
    """Cents are whole: 12.0 passes as a JSON Schema integer, but never as cents."""
    if unit != "cents" or not isinstance(instance, float):
        return
    types = schema.get("type")
    named = [types] if isinstance(types, str) else types or []
    if not named or any(validator.is_type(instance, name) for name in named):
        yield ValidationError("a fraction in a cents member")


_extend: Any = extend
_Explainer: Any = _extend(jsonschema.Draft202012Validator, {"required": _required, "x-unit": _unit})


def explain(root: dict[str, Any], value: Any, most: int) -> list[SchemaError]:
    """The violations of `value` against `root`, at most `most` of them."""
    validator = _Explainer(root, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER)
    found: dict[tuple[str | int, ...], SchemaError] = {}
    for error in validator.iter_errors(value):
        for leaf in _leaves(error, root, (), ()):
            known = found.get(leaf.path)
            if known is None or _rank(leaf) < _rank(known):
                found[leaf.path] = leaf
            if len(found) >= most:
                return list(found.values())
    return list(found.values())


def _rank(error: SchemaError) -> int:
    """A wrong type says more about a value than what follows from it."""
    return _TELLING.index(error.keyword) if error.keyword in _TELLING else len(_TELLING)


def _leaves(
    error: ValidationError,
    root: Mapping[str, Any],
    path: tuple[str | int, ...],
    schema_path: tuple[str | int, ...],
) -> Iterator[SchemaError]:
    path = (*path, *error.relative_path)
    schema_path = (*schema_path, *error.relative_schema_path)
    chosen = _chosen_branch(error, root) if error.validator in _BRANCHES else None
    if chosen is None:
        yield _plain(error, path, schema_path, root)
        return
    for child in chosen:
        yield from _leaves(child, root, path, schema_path)


def _chosen_branch(error: ValidationError, root: Mapping[str, Any]) -> list[ValidationError] | None:
    """The errors of the branch the value was most likely meant for; None when no branch stands out.

    No branch stands out when the value has none of the permitted types, or fits several.
    """
    branches: dict[int, list[ValidationError]] = defaultdict(list)
    for child in error.context or ():
        branches[int(child.relative_schema_path[0])].append(child)
    fitting = {
        number: errors
        for number, errors in branches.items()
        if not any(not child.relative_path and child.validator in _WHOLE for child in errors)
    }
    if not fitting:
        return None
    return min(fitting.values(), key=lambda errors: _distance(errors, error.instance, error, root))


def _distance(
    errors: list[ValidationError], instance: Any, parent: ValidationError, root: Mapping[str, Any]
) -> tuple[int, int]:
    """Few strange or missing members first, then few errors: the smaller, the likelier meant."""
    if not isinstance(instance, dict):
        return (0, len(errors))
    number = int(errors[0].relative_schema_path[0])
    branches: Any = parent.validator_value
    known = set(_members(branches[number], root, 0))
    missing = sum(1 for child in errors if child.validator == "required" and len(child.path) == 1)
    wrong = sum(1 for child in errors if child.validator in ("const", "not"))
    return (missing + 3 * wrong - len(known & instance.keys()), len(errors))


def _members(schema: Any, root: Mapping[str, Any], depth: int) -> Iterator[str]:
    node = resolve(root, schema)
    if not isinstance(node, Mapping) or depth > 4:
        return
    yield from node.get("properties", ())
    for part in node.get("allOf", ()):
        yield from _members(part, root, depth + 1)


def _plain(
    error: ValidationError,
    path: tuple[str | int, ...],
    schema_path: tuple[str | int, ...],
    root: Mapping[str, Any],
) -> SchemaError:
    keyword = str(error.validator)
    expected, got = _said(keyword, error, root)
    return SchemaError(path, keyword, schema_path, escaped(expected, 200), got)


def _said(keyword: str, error: ValidationError, root: Mapping[str, Any]) -> tuple[str, str]:
    """What was expected and what came, in words."""
    value: Any = error.validator_value
    schema: Any = error.schema
    expected, got = keyword, shown(error.instance)
    if keyword == "required":
        expected, got = _member_wanted(error), "missing"
    elif keyword in ("type", "enum", "const"):
        expected = wanted(schema)
    elif keyword in _BOUNDS:
        expected = _BOUNDS[keyword].format(value)
    elif keyword in _BRANCHES:
        expected = _forms(value, error, root)
    elif keyword == "additionalProperties" and isinstance(error.instance, dict):
        extra = sorted(set(error.instance) - set(schema.get("properties", ())))
        expected, got = "no other members", ", ".join(escaped(name, 40) for name in extra[:6])
    elif keyword in _CONTAINERS:
        expected = escaped(str(schema.get("description") or keyword))
    return expected, got


def _member_wanted(error: ValidationError) -> str:
    properties = error.schema.get("properties", {}) if isinstance(error.schema, Mapping) else {}
    member = properties.get(error.path[-1])
    if not isinstance(member, Mapping) or "$ref" in member or "type" not in member:
        return "the member"
    return f"the member, {wanted(member)}"


def _forms(branches: list[Any], error: ValidationError, root: Mapping[str, Any]) -> str:
    if not error.context:
        return "just one of the permitted forms"
    words = []
    for branch in branches:
        node = resolve(root, branch)
        named = branch.get("title") or node.get("title") or wanted(node)
        if named not in words:
            words.append(named)
    return " or ".join(words) or json.dumps(branches)[:80]

"""One change at a time to an answer, guided by the description: members removed, types changed."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from functools import cache
from typing import Any

from fluentcart_conformance.contract import load_contract
from fluentcart_conformance.contract.operations import resolve
from fluentcart_conformance.contract.schema_check import CompiledSchema
from fluentcart_conformance.contract.words import pointer_of, type_name

WHOLE = -3
WRONG: tuple[Any, ...] = (True, 12.5, WHOLE, "not this", ["x"], {"x": 1}, None)
ALL_TYPES = ("boolean", "integer", "number", "string", "array", "object", "null")
Path = tuple[str | int, ...]


def parts(document: Any, schema: Any, value: Any) -> Iterator[dict[str, Any]]:
    """The schema nodes that speak of one value, alternatives included."""
    node = resolve(document, schema)
    if not isinstance(node, dict):
        return
    yield node
    if schema is not node and isinstance(schema, dict) and len(schema) > 1:
        yield {key: item for key, item in schema.items() if key != "$ref"}
    for keyword in ("allOf", "anyOf", "oneOf"):
        for part in node.get(keyword, ()):
            yield from parts(document, part, value)


def members(document: Any, schema: Any, value: Any, path: Path) -> Iterator[tuple[Path, Any, bool]]:
    """Every described member of an instance: its path, its schema, whether it is required."""
    nodes = list(parts(document, schema, value))
    if isinstance(value, dict):
        required = {name for node in nodes for name in node.get("required", ())}
        for name, below in value.items():
            spoken = [
                node["properties"][name] for node in nodes if name in node.get("properties", ())
            ]
            if spoken:
                own = spoken[0] if len(spoken) == 1 else {"allOf": spoken}
                yield (*path, name), own, name in required
                yield from members(document, own, below, (*path, name))
    elif isinstance(value, list):
        for node in nodes:
            if "items" in node and value:
                yield from members(document, node["items"], value[0], (*path, 0))
                break


def types(document: Any, schema: Any) -> set[str]:
    """The JSON types a member may have; all of them when the description leaves it open."""
    node = resolve(document, schema)
    allowed = set(ALL_TYPES)
    for keyword in ("anyOf", "oneOf"):
        if keyword in node:
            allowed &= set().union(*(types(document, part) for part in node[keyword]))
    for part in node.get("allOf", ()):
        allowed &= types(document, part)
    own = node.get("type")
    if own is not None:
        allowed &= {own} if isinstance(own, str) else set(own)
    if "enum" in node:
        allowed &= {type_name(one) for one in node["enum"]}
    if "const" in node:
        allowed &= {type_name(node["const"])}
    if schema is not node and len(schema) > 1:
        allowed &= types(document, {key: item for key, item in schema.items() if key != "$ref"})
    return allowed


def changed(body: Any, path: Path, value: Any, *, remove: bool = False) -> Any:
    made = copy.deepcopy(body)
    holder = made
    for part in path[:-1]:
        holder = holder[part]
    if remove:
        del holder[path[-1]]
    else:
        holder[path[-1]] = value
    return made


@cache
def schema_of(profile: str, operation: str) -> CompiledSchema:
    contract = load_contract(profile)
    answer = contract.operation(operation).answer(200)
    assert answer is not None
    return CompiledSchema(answer.schema, contract.document["components"]["schemas"], operation)


def wrong_for(profile: str, member: Any) -> list[Any]:
    allowed = types(load_contract(profile).document, member)
    return [one for one in WRONG if not fits(one, allowed)]


def fits(value: Any, allowed: set[str]) -> bool:
    return type_name(value) in allowed or (value == WHOLE and "number" in allowed)


def kept_although_missing(profile: str, operation: str, body: Any) -> list[str]:
    """Required members whose removal nobody notices."""
    schema = schema_of(profile, operation)
    return [
        pointer_of(path)
        for path, _, required in described(profile, operation, body)
        if required and schema.is_valid(changed(body, path, None, remove=True))
    ]


def kept_although_wrong(profile: str, operation: str, body: Any) -> list[str]:
    """Members with a value of a wrong type that nobody notices, or that may be anything."""
    schema = schema_of(profile, operation)
    missed = []
    for path, member, _ in described(profile, operation, body):
        wrong = wrong_for(profile, member)
        if not wrong:
            missed.append(f"{pointer_of(path)} may be anything")
        missed += [
            f"{pointer_of(path)} = {value!r}"
            for value in wrong
            if schema.is_valid(changed(body, path, value))
        ]
    return missed


def described(profile: str, operation: str, body: Any) -> list[tuple[Path, Any, bool]]:
    """Every member of an answer that the description speaks of."""
    contract = load_contract(profile)
    answer = contract.operation(operation).answer(200)
    assert answer is not None
    return list(members(contract.document, answer.schema, body, ()))

"""Recorded answers with one member removed or one type changed: each is caught, at its place."""

from __future__ import annotations

import copy
import dataclasses
import json
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from fluentcart_conformance.contract import Judge, load_contract
from fluentcart_conformance.contract.operations import resolve
from fluentcart_conformance.contract.schema_check import CompiledSchema
from fluentcart_conformance.contract.words import pointer_of, type_name

from .recorded import PROFILES, exchange_of, richest

WHOLE = -3
WRONG: tuple[Any, ...] = (True, 12.5, WHOLE, "not this", ["x"], {"x": 1}, None)
ALL_TYPES = ("boolean", "integer", "number", "string", "array", "object", "null")
OPERATIONS = (
    "get_order",
    "list_orders",
    "get_customer",
    "list_customers",
    "get_customer_addresses",
    "get_customer_orders",
    "create_order",
    "get_shipping_methods",
    "refund_order",
    "update_transaction_status",
    "delete_order",
)
CUT = {"list_orders", "list_customers", "get_customer_orders"}
FEWEST = {"get_order": 180, "list_orders": 50, "get_customer": 36, "list_customers": 30}
"""Members described and present in the richest recorded answer."""
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


def cases() -> Iterator[Any]:
    for version, profile in PROFILES.items():
        contract = load_contract(profile)
        for name in OPERATIONS if version != "1.3.0" else ("get_order", "get_customer"):
            row = richest(version, name, cut=name in CUT)
            answer = contract.operation(name).answer(200)
            assert answer is not None
            found = list(members(contract.document, answer.schema, row["body"], ()))
            yield pytest.param(profile, row, found, id=f"{version}-{name}")


CASES = list(cases())


def caught(profile: str, row: dict[str, Any], body: Any) -> set[str]:
    exchange = dataclasses.replace(
        exchange_of(row), response_body=json.dumps(body).encode(), cut=False
    )
    return {one.pointer for one in judge_of(profile).judge(exchange).findings}


@cache
def judge_of(profile: str) -> Judge:
    return Judge(load_contract(profile))


@cache
def schema_of(profile: str, operation: str) -> CompiledSchema:
    contract = load_contract(profile)
    answer = contract.operation(operation).answer(200)
    assert answer is not None
    return CompiledSchema(answer.schema, contract.document["components"]["schemas"], operation)


@pytest.mark.parametrize(("profile", "row", "found"), CASES)
def test_each_missing_member_is_caught(profile: str, row: Any, found: Any) -> None:
    schema = schema_of(profile, row["operation"])
    missed = [
        pointer_of(path)
        for path, _, required in found
        if required and schema.is_valid(changed(row["body"], path, None, remove=True))
    ]

    assert missed == []
    assert sum(not required for _, _, required in found) <= 2
    assert len(found) >= FEWEST.get(row["operation"], 2)


@pytest.mark.parametrize(("profile", "row", "found"), CASES)
def test_each_wrong_type_is_caught(profile: str, row: Any, found: Any) -> None:
    schema = schema_of(profile, row["operation"])
    missed = []
    for path, member, _ in found:
        wrong = wrong_for(profile, member)
        if not wrong:
            missed.append(f"{pointer_of(path)} may be anything")
        missed += [
            f"{pointer_of(path)} = {value!r}"
            for value in wrong
            if schema.is_valid(changed(row["body"], path, value))
        ]

    assert missed == []


@pytest.mark.parametrize(
    ("profile", "row", "found"), [case for case in CASES if str(case.id).startswith("1.3.25")]
)
def test_what_is_caught_is_named_at_its_place(profile: str, row: Any, found: Any) -> None:
    before = caught(profile, row, row["body"])
    missed = []
    for path, member, required in found:
        place = pointer_of(path)
        if required:
            named = caught(profile, row, changed(row["body"], path, None, remove=True))
            missed += [] if place in named else [f"{place} missing: {sorted(named)}"]
        named = caught(profile, row, changed(row["body"], path, wrong_for(profile, member)[0]))
        missed += [] if place in named | before else [f"{place} wrong: {sorted(named)}"]

    assert missed == []


def wrong_for(profile: str, member: Any) -> list[Any]:
    allowed = types(load_contract(profile).document, member)
    return [one for one in WRONG if not fits(one, allowed)]


def fits(value: Any, allowed: set[str]) -> bool:
    return type_name(value) in allowed or (value == WHOLE and "number" in allowed)

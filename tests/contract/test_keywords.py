"""Every schema of the description can fail, and names the requirement that it stands for.

A right answer is made of each schema; then each member is left out, given a value of another type
and a word that is none of its list. Members that many answers share are broken once.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest

from fluentcart_conformance.contract import Judge, general, load_contract
from fluentcart_conformance.contract.attribution import ids_of
from fluentcart_conformance.contract.operations import Answer, Operation, resolve
from fluentcart_conformance.contract.words import pointer_of

from .instances import variants
from .mutations import Path, changed, parts, types, wrong_for
from .shapes import exchange

PROFILES = ("documented", "fluentcart-1.3", "fluentcart-1.5")
Names = frozenset[str]


@dataclass(frozen=True)
class Break:
    """One way to break one member, and the requirements that may be named for it."""

    path: Path
    kind: str
    value: Any
    names: Names


OTHER_KEYWORDS = {
    "missing": ("pattern", "minLength", "x-form", "x-unit"),
    "type": ("required", "pattern", "minLength", "x-form", "x-unit"),
    "word": ("required", "minLength", "x-form", "x-unit"),
}
"""Keywords that a break of a kind does not break: what a node names for them is not meant."""


def named(node: Any, kind: str) -> Names:
    own = node.get("x-requirement")
    if isinstance(own, dict):
        return frozenset(v for k, v in own.items() if k not in OTHER_KEYWORDS[kind])
    return frozenset(ids_of(node))


Above = dict[str, Names]
Keyed = tuple[tuple[Any, ...], Break]


def nearest(nodes: list[Any], above: Above) -> Above:
    return {
        kind: frozenset().union(*(named(node, kind) for node in nodes)) or names
        for kind, names in above.items()
    }


def breaks(profile: str, schema: Any, value: Any, above: Above, path: Path = ()) -> Iterator[Keyed]:
    """Ways to break the members of a value; the keys tell members apart."""
    document = load_contract(profile).document
    nodes = list(parts(document, schema, value))
    here = nearest(nodes, above)
    if isinstance(value, list) and value:
        for node in nodes:
            if "items" in node:
                yield from breaks(profile, node["items"], value[0], here, (*path, 0))
        return
    if not isinstance(value, dict):
        return
    required = {name for node in nodes for name in node.get("required", ())}
    for name, inner in value.items():
        spoken = [node["properties"][name] for node in nodes if name in node.get("properties", ())]
        if not spoken:
            continue
        own = spoken[0] if len(spoken) == 1 else {"allOf": spoken}
        at, key = (*path, name), tuple(map(id, spoken))
        spoken_parts = list(parts(document, own, inner))
        mine = nearest(spoken_parts, here)
        if name in required:
            yield (*key, "missing"), Break(at, "missing", None, mine["missing"] | here["missing"])
        # A value of no alternative's type breaks the choice between them, which is named above;
        # of two schemas that speak of one member either may name itself.
        several = len(spoken) > 1 or any("anyOf" in part for part in spoken_parts)
        choice = here["type"] if several else frozenset()
        for wrong in wrong_for(profile, own)[:1]:
            yield (*key, "type"), Break(at, "type", wrong, mine["type"] | choice)
        if words_of(document, own) and "string" in types(document, own):
            yield (*key, "word"), Break(at, "word", "no such word", mine["word"])
        yield from breaks(profile, own, inner, mine, at)


def words_of(document: Any, schema: Any) -> bool:
    node = resolve(document, schema)
    inner = [one for key in ("allOf", "anyOf", "oneOf") for one in node.get(key, ())]
    listed = "enum" in node or "const" in node
    return listed or (bool(inner) and all(words_of(document, one) for one in inner))


@cache
def judge_of(profile: str) -> Judge:
    return Judge(load_contract(profile))


def answers(operation: Operation) -> list[Answer]:
    return [one for one in operation.answers.values() if one.schema is not None]


def status_of(answer: Answer) -> int:
    return int(answer.status.replace("XX", "18"))


def judged(profile: str, operation: Operation, status: int, body: Any) -> list[tuple[str, str]]:
    path = re.sub(r"\{[^}]+\}", "1", operation.template)
    raw = json.dumps(body).encode()
    found = judge_of(profile).judge(exchange(operation.method, path, raw=raw, status=status))
    assert found.operation == operation.id
    shapes = ("schema", "error_shape")
    return [(one.pointer, one.requirement) for one in found.findings if one.kind in shapes]


OPERATIONS = tuple(load_contract("documented").operations)


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("name", OPERATIONS)
def test_a_right_answer_of_each_schema_has_no_finding(profile: str, name: str) -> None:
    operation = load_contract(profile).operation(name)
    document = load_contract(profile).document
    for answer in answers(operation):
        for body in variants(document, answer.schema):
            assert judged(profile, operation, status_of(answer), body) == [], answer.status


@dataclass(frozen=True)
class Broken:
    """A right answer and what is broken in it at once: members of one object, in one way."""

    status: int
    body: Any
    breaks: tuple[Break, ...]
    alone: bool


@cache
def all_broken(profile: str) -> dict[str, list[Broken]]:
    """The broken answers of each operation; a member that several share is in the first."""
    document = load_contract(profile).document
    known: set[Any] = set()
    found: dict[str, list[Broken]] = {}
    for operation in load_contract(profile).operations.values():
        mine = found.setdefault(operation.id, [])
        for answer in answers(operation):
            spare = general.ERROR_BODY if status_of(answer) >= 400 else general.RESPONSE_SHAPE
            ids = ids_of(answer.node) + ids_of(answer.node, "x-error-requirement")
            above = dict.fromkeys(OTHER_KEYWORDS, frozenset(ids or (spare,)))
            bodies = list(variants(document, answer.schema))
            for body in bodies:
                fresh = {
                    key: one
                    for key, one in breaks(profile, answer.schema, body, above)
                    if key not in known
                }
                known.update(fresh)
                mine += [
                    Broken(status_of(answer), body, some, len(bodies) == 1)
                    for some in together(fresh.values())
                ]
    return found


def together(found: Iterable[Break]) -> Iterator[tuple[Break, ...]]:
    """Breaks of one kind in one object, thirty at once below the top, where none hides another."""
    groups: dict[Any, dict[Path, Break]] = {}
    for one in found:
        deep = len(one.path) > 2
        group = groups.setdefault((one.kind, deep, one.path[:-1] if deep else one.path), {})
        group.setdefault(one.path, one)
    for group in groups.values():
        ones = list(group.values())
        yield from (tuple(ones[start : start + 30]) for start in range(0, len(ones), 30))


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("name", OPERATIONS)
def test_what_is_broken_names_its_requirement(profile: str, name: str) -> None:
    operation = load_contract(profile).operation(name)
    missed = []
    for broken in all_broken(profile)[name]:
        body = broken.body
        for one in broken.breaks:
            body = changed(body, one.path, one.value, remove=one.kind == "missing")
        found = judged(profile, operation, broken.status, body)
        if not broken.alone and broken.breaks[0].kind == "missing":
            continue  # what lacks a member of one alternative may be the other
        for one in broken.breaks:
            place = pointer_of(one.path)
            # With alternatives the other one may be held to be meant: the name counts alone.
            said = {name for at, name in found if at == place or not broken.alone}
            if not said & one.names:
                missed.append(f"{broken.status} {place} {one.kind}: {said}, not {set(one.names)}")

    assert missed == []


@pytest.mark.parametrize("profile", PROFILES)
def test_every_member_is_broken_somewhere(profile: str) -> None:
    every = [one for rows in all_broken(profile).values() for row in rows for one in row.breaks]
    assert len(every) > 1000
    assert sum(one.kind == "missing" for one in every) > 500
    assert sum(one.kind == "word" for one in every) > 20

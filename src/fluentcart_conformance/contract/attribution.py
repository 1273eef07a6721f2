"""Which requirement a node of a schema stands for: the nearest `x-requirement` above it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .operations import resolve

KEY = "x-requirement"
REDUCED_BY = "x-reduced-by"


def ids_of(node: Any, key: str = KEY) -> tuple[str, ...]:
    """Every requirement id that one schema node names."""
    named = node.get(key) if isinstance(node, Mapping) else None
    if isinstance(named, str):
        return (named,)
    if isinstance(named, Mapping):
        return tuple(dict.fromkeys(map(str, named.values())))
    return ()


def for_keyword(node: Any, keyword: str) -> str | None:
    """The requirement that one node names for one keyword."""
    named = node.get(KEY) if isinstance(node, Mapping) else None
    if isinstance(named, str):
        return named
    if isinstance(named, Mapping):
        return named.get(keyword) or named.get("default")
    return None


def _steps(root: Mapping[str, Any], schema_path: tuple[str | int, ...]) -> Iterator[Any]:
    """The nodes from the root to the keyword, references followed."""
    node: Any = root
    yield node
    for part in schema_path:
        while isinstance(node, Mapping) and part not in node and "$ref" in node:
            node = resolve(root, {"$ref": node["$ref"]})
            yield node
        node = _child(node, part)
        if node is None:
            return
        yield node


def _child(node: Any, part: str | int) -> Any:
    if isinstance(node, Mapping):
        return node.get(part)
    if isinstance(node, list) and isinstance(part, int) and part < len(node):
        return node[part]
    return None


def requirement_of(
    root: Mapping[str, Any], schema_path: tuple[str | int, ...], keyword: str, member: Any = None
) -> str | None:
    """The requirement a violated keyword belongs to, or None when no node above names one.

    For a missing member, a node that names a requirement for `required` itself comes first, then
    the member's own, then the nearest above.
    """
    nodes = [node for node in _steps(root, schema_path) if isinstance(node, Mapping)]
    if keyword == "required" and nodes:
        owner = _owner(nodes)
        explicit = owner.get(KEY)
        if isinstance(explicit, Mapping) and "required" in explicit:
            return str(explicit["required"])
        own = for_keyword(_member(root, owner, member), "required")
        if own:
            return own
    for node in reversed(nodes):
        found = for_keyword(node, keyword)
        if found:
            return found
    return None


def reducers_of(root: Mapping[str, Any], schema_path: tuple[str | int, ...]) -> set[str]:
    """The query parameters (`x-reduced-by`) that leave members out of a record on the way."""
    return {
        str(node[REDUCED_BY])
        for node in _steps(root, schema_path)
        if isinstance(node, Mapping) and REDUCED_BY in node
    }


def _owner(nodes: list[Mapping[str, Any]]) -> Mapping[str, Any]:
    return next((node for node in reversed(nodes) if "required" in node), nodes[-1])


def _member(root: Mapping[str, Any], owner: Mapping[str, Any], member: Any) -> Any:
    node = owner.get("properties", {}).get(member)
    if isinstance(node, Mapping) and KEY not in node and "$ref" in node:
        return resolve(root, node)
    return node

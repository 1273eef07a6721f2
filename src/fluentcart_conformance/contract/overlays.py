"""Apply OpenAPI Overlays to the bundled description: how a profile differs from the base."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from jsonpath import JSONPathEnvironment, JSONPathError

from .errors import ContractError

_PATHS = JSONPathEnvironment()
_ACTION_KEYS = {"target", "description", "update", "remove"}


def apply_overlay(document: dict[str, Any], overlay: Mapping[str, Any], name: str) -> None:
    """Apply every action of one overlay to `document`, in place.

    Raises ContractError for an overlay of another form, a broken target, or a target that
    matches nothing.
    """
    if not str(overlay.get("overlay", "")).startswith("1."):
        raise ContractError(f"{name}: not an OpenAPI Overlay 1.x")
    for number, action in enumerate(overlay.get("actions") or [], 1):
        where = f"{name}: action {number}"
        if not isinstance(action, Mapping) or "target" not in action:
            raise ContractError(f"{where} has no target")
        unknown = [key for key in action if key not in _ACTION_KEYS and not key.startswith("x-")]
        if unknown:
            raise ContractError(f"{where} has the unknown key {', '.join(unknown)}")
        _apply(document, action, f"{where} ({action['target']})")


def _apply(document: dict[str, Any], action: Mapping[str, Any], where: str) -> None:
    try:
        matches = list(_PATHS.finditer(action["target"], document))
    except JSONPathError as error:
        raise ContractError(f"{where}: {error}") from error
    if not matches:
        raise ContractError(f"{where}: the target matches nothing")
    places = [match.parts for match in matches]
    if action.get("remove"):
        for parts in sorted(places, key=_last_index, reverse=True):
            _remove(document, parts, where)
    elif "update" in action:
        for parts in places:
            _update(document, parts, action["update"])
    else:
        raise ContractError(f"{where}: neither update nor remove")


def _last_index(parts: tuple[Any, ...]) -> tuple[int, int]:
    last = parts[-1] if parts else 0
    return (len(parts), last if isinstance(last, int) else -1)


def _parent(document: Any, parts: tuple[Any, ...]) -> Any:
    for part in parts[:-1]:
        document = document[part]
    return document


def _remove(document: dict[str, Any], parts: tuple[Any, ...], where: str) -> None:
    if not parts:
        raise ContractError(f"{where}: the whole description cannot be removed")
    del _parent(document, parts)[parts[-1]]


def _update(document: dict[str, Any], parts: tuple[Any, ...], update: Any) -> None:
    if not parts:
        merge(document, update)
        return
    parent = _parent(document, parts)
    old = parent[parts[-1]]
    if isinstance(old, list) and not isinstance(update, list):
        old.append(copy.deepcopy(update))
    elif isinstance(old, dict) and isinstance(update, Mapping):
        merge(old, update)
    else:
        parent[parts[-1]] = _merged(old, update)


def merge(old: dict[str, Any], update: Mapping[str, Any]) -> None:
    """Merge `update` into `old`: objects member by member, lists joined, scalars replaced."""
    for key, value in update.items():
        if isinstance(old.get(key), dict) and isinstance(value, Mapping):
            merge(old[key], value)
        else:
            old[key] = _merged(old.get(key), value)


def _merged(old: Any, update: Any) -> Any:
    if isinstance(old, list) and isinstance(update, list):
        return old + [copy.deepcopy(value) for value in update if value not in old]
    return copy.deepcopy(update)

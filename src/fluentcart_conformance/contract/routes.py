"""From a URL to the operation it calls, whatever root path the store lives under."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from .operations import Operation

NAMESPACE = "/fluent-cart/v2"
_ROUTE_QUERY = "rest_route="
_RESOURCE = re.compile(r"/(?:orders|customers)(?:/|$)")


def relative_path(url: str) -> str | None:
    """The path below the namespace: `.../wp-json/fluent-cart/v2/orders/5?page=1` -> `/orders/5`.

    Understands pretty permalinks, `?rest_route=`, and any prefix before the namespace. None when
    the URL is not under the namespace. The result is still percent-encoded.
    """
    if _ROUTE_QUERY in url:
        routes = parse_qs(urlsplit(url).query).get("rest_route")
        if routes:
            return _below(routes[0])
    path, _, _ = url.partition("#")[0].partition("?")
    return _below(path)


def _below(path: str) -> str | None:
    at = path.find(NAMESPACE)
    while at >= 0:
        rest = path[at + len(NAMESPACE) :]
        if not rest or rest[0] == "/":
            return rest or "/"
        at = path.find(NAMESPACE, at + 1)
    if "%2" in path or "//" in path:
        plain = re.sub(r"(?<!:)/{2,}", "/", unquote(path)) if "//" in path else unquote(path)
        return _below(plain) if plain != path else None
    return None


def guess_relative_path(url: str) -> str | None:
    """Like `relative_path`, and for a custom root without the namespace from the resource's name.

    `https://api.shop.example/v2/orders/5` -> `/orders/5`.
    """
    found = relative_path(url)
    if found is not None:
        return found
    path = urlsplit(url).path
    at = _RESOURCE.search(path)
    return path[at.start() :] if at else None


class Routes:
    """Finds the operation of a method and a path; a static segment beats a parameter."""

    def __init__(self, operations: Iterable[Operation]) -> None:
        self._root: dict[str, Any] = {}
        for operation in operations:
            self._add(operation)

    def _add(self, operation: Operation) -> None:
        names: list[str] = []
        node = self._root
        for segment in _segments(operation.template):
            if segment.startswith("{"):
                names.append(segment[1:-1])
                segment = "{}"  # noqa: PLW2901 every parameter is one branch of the tree
            node = node.setdefault(segment, {})
        node.setdefault("", {})[operation.method] = (operation, tuple(names))

    def match(self, method: str, path: str) -> tuple[Operation, dict[str, str]] | None:
        """The operation and its path parameters (decoded), or None. A trailing slash is nothing."""
        found = self._walk(self._root, _segments(path), 0, method.upper(), ())
        if found is None:
            return None
        (operation, names), values = found
        return operation, dict(zip(names, values, strict=True))

    def _walk(
        self,
        node: dict[str, Any],
        segments: list[str],
        at: int,
        method: str,
        values: tuple[str, ...],
    ) -> tuple[tuple[Operation, tuple[str, ...]], tuple[str, ...]] | None:
        if at == len(segments):
            here = node.get("", {}).get(method)
            return None if here is None else (here, values)
        segment = segments[at]
        static = node.get(segment) if segment not in ("", "{}") else None
        if static is not None:
            found = self._walk(static, segments, at + 1, method, values)
            if found is not None:
                return found
        branch = node.get("{}")
        if branch is None or not segment:
            return None
        value = unquote(segment) if "%" in segment else segment
        return self._walk(branch, segments, at + 1, method, (*values, value))


def _segments(path: str) -> list[str]:
    return path.strip("/").split("/") if path.strip("/") else []

"""The routing table: which handler answers which method and path, and who may call it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fluentcart_conformance.store.http import TOO_LARGE_ID, Request, Response

if TYPE_CHECKING:
    from fluentcart_conformance.store.shop import Shop

Handler = Callable[[Request, "Shop"], Response]

NAMESPACE = "/fluent-cart/v2"
_PARAMETER = re.compile(r"\{(\w+)\}")
_MAX_DIGITS = 18


@dataclass(frozen=True)
class Route:
    """One operation.

    Attributes:
        operation: Operation id as the contract spells it.
        permissions: The caller needs one of them; empty means any authenticated caller
            unless `public`.
        reads_only: True for GET, so that wrappers may tell reads from writes.
    """

    method: str
    template: str
    operation: str
    permissions: tuple[str, ...]
    handler: Handler
    public: bool = False

    @property
    def reads_only(self) -> bool:
        """Tell whether the operation changes nothing."""
        return self.method == "GET"

    @property
    def parameters(self) -> tuple[str, ...]:
        """Names of the path parameters, in order."""
        return tuple(_PARAMETER.findall(self.template))


class Routes:
    """A table of routes; templates are below the namespace unless they start with `//`."""

    def __init__(self, namespace: str = NAMESPACE) -> None:
        self.namespace = namespace
        self._routes: dict[tuple[str, str], Route] = {}

    def __iter__(self) -> Iterator[Route]:
        return iter(self._routes.values())

    def route(
        self,
        method: str,
        template: str,
        *,
        operation: str,
        permission: str | tuple[str, ...] = (),
        public: bool = False,
    ) -> Callable[[Handler], Handler]:
        """Register a handler: `@routes.route("GET", "/orders/{order_id}", operation=...)`."""
        permissions = (permission,) if isinstance(permission, str) else permission

        def register(handler: Handler) -> Handler:
            full = self.namespace + template
            self.add(Route(method, full, operation, permissions, handler, public))
            return handler

        return register

    def add(self, route: Route) -> None:
        """Put a route into the table; the last one for a method and path wins."""
        self._routes[route.method, _PARAMETER.sub("{}", route.template)] = route

    def include(self, other: Routes) -> None:
        """Take over another table."""
        for route in other:
            self.add(route)

    def match(self, method: str, path: str) -> tuple[Route, dict[str, int]] | None:
        """Find the route of a path without trailing slash; ids are digits only."""
        route = self._routes.get((method, path))
        if route is not None:
            return route, {}
        segments = path.split("/")
        digits = [part for part in segments if part.isascii() and part.isdigit()]
        if not digits:
            return None
        shape = "/".join("{}" if part.isascii() and part.isdigit() else part for part in segments)
        route = self._routes.get((method, shape))
        if route is None:
            return None
        return route, dict(zip(route.parameters, map(_as_id, digits), strict=True))

    def allowed(self, path: str) -> list[str]:
        """Return the methods a path answers."""
        methods = ("GET", "POST", "PUT", "PATCH", "DELETE")
        return [method for method in methods if self.match(method, path)]


def _as_id(digits: str) -> int:
    return int(digits) if len(digits.lstrip("0")) <= _MAX_DIGITS else TOO_LARGE_ID

"""A driver's request, taken before it is sent: so that fuzzing never spells a payload itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from fluentcart_conformance.contract.exchange import Exchange
from fluentcart_conformance.drivers.shop import Shop
from fluentcart_conformance.target.understood import UNSET


class _Taken(Exception):
    """Carries the request out of the driver."""

    def __init__(self, body: Any, query: Any) -> None:
        super().__init__()
        self.body = body
        self.query = query


@dataclass(frozen=True)
class _Paper:
    """A client that sends nothing."""

    def call(self, method: str, path: str, **request: Any) -> Exchange:  # noqa: ARG002
        """Take the request instead of sending it."""
        raise _Taken(request.get("json", UNSET), request.get("query"))


def captured(shop: Shop, act: Callable[[Shop], object]) -> tuple[Any, dict[str, Any]]:
    """Body and query that `act` would send first; UNSET where it sends no body.

    Raises:
        ValueError: when it sends nothing.
    """
    try:
        act(replace(shop, client=_Paper()))
    except _Taken as taken:
        return taken.body, dict(taken.query or {})
    raise ValueError("the driver sent nothing")

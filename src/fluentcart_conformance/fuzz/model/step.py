"""A step of a walk in domain words, and how a walk is remembered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from fluentcart_conformance.contract.exchange import Exchange
from fluentcart_conformance.fuzz.breach import Breach

EVERYTHING = "look at everything"


@dataclass(frozen=True)
class Step:
    """One step in domain words: what is done, and with what."""

    do: str
    given: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        """`refund: order 1, amount 500`."""
        words = ", ".join(f"{name} {value}" for name, value in self.given.items())
        return f"{self.do}: {words}" if words else self.do


class Divergence(Exception):
    """The store and the picture differ."""

    def __init__(self, breach: Breach) -> None:
        super().__init__(breach.message)
        self.breach = breach


class Recorder:
    """A client that remembers its exchanges, the evidence of a walk."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner
        self.exchanges: list[Exchange] = []

    def call(self, method: str, path: str, **request: Any) -> Exchange:
        """Send and remember."""
        exchange: Exchange = self._inner.call(method, path, **request)
        self.exchanges.append(exchange)
        return exchange

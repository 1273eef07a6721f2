"""Counts what may have changed the store, so that nobody looks twice at what cannot differ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fluentcart_conformance.contract.exchange import Exchange
from fluentcart_conformance.drivers.core import Client

_SAFE = ("GET", "HEAD")


@dataclass
class Counting:
    """A client that counts its writes."""

    inner: Client
    writes: int = 0

    def call(self, method: str, path: str, **request: Any) -> Exchange:
        """Send, and count unless it is a read."""
        if method not in _SAFE:
            self.writes += 1
        return self.inner.call(method, path, **request)

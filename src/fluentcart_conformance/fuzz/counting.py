"""Counts what may have changed the store, so that nobody looks twice at what cannot differ.

It also remembers what was sent, so that a finding's objects can be made anew.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import Any

from fluentcart_conformance.contract.exchange import Exchange
from fluentcart_conformance.drivers.core import Client

_REMEMBERED = 4000
_SAFE = ("GET", "HEAD")


@dataclass
class Counting:
    """A client that counts its writes.

    `history` holds the latest exchanges, and of those before them what may have made something
    that is spoken of all the time.
    """

    inner: Client
    writes: int = 0
    _latest: deque[Exchange] = field(default_factory=deque)
    _makings: deque[Exchange] = field(default_factory=lambda: deque(maxlen=_REMEMBERED))

    def call(self, method: str, path: str, **request: Any) -> Exchange:
        """Send, and count unless it is a read."""
        if method not in _SAFE:
            self.writes += 1
        exchange = self.inner.call(method, path, **request)
        self._latest.append(exchange)
        if len(self._latest) > _REMEMBERED:
            oldest = self._latest.popleft()
            if oldest.method == "POST" and 200 <= oldest.status < 300:
                self._makings.append(oldest)
        return exchange

    @property
    def history(self) -> list[Exchange]:
        """In the order in which they were sent."""
        return [*self._makings, *self._latest]

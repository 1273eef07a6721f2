"""The streams of connections: every wait ends at the deadline of the request.

`hung_up` is called when the target turns out to have closed an idle connection unannounced,
`meanwhile` whenever a request is out and its answer is not there yet.
"""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any

import httpcore


class Deadline(threading.local):
    """The moment (`time.monotonic`) until which the current request of this thread may take."""

    at: float = float("inf")

    def left(self, timeout: float | None, late: type[Exception]) -> float:
        """Seconds until the deadline, at most `timeout`."""
        rest = self.at - time.monotonic()
        if rest <= 0:
            raise late("the time for this answer is used up")
        return rest if timeout is None else min(rest, timeout)


class BoundedStream(httpcore.NetworkStream):
    """A network stream whose every wait ends at the deadline of the request.

    What is written goes out when the answer is read: headers and body are one packet then, and
    not two, each of which would wake the store.
    """

    def __init__(
        self,
        inner: httpcore.NetworkStream,
        deadline: Deadline,
        hung_up: Callable[[], None],
        meanwhile: Callable[[], None],
    ) -> None:
        self._inner = inner
        self._deadline = deadline
        self._hung_up = hung_up
        self._meanwhile = meanwhile
        self._waiting: list[bytes] = []

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Send what waits, then read. Raises ReadTimeout at the deadline."""
        if self._waiting:
            self._flush()
            self._meanwhile()
        return self._inner.read(max_bytes, self._deadline.left(timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Keep it until the answer is read. Raises WriteTimeout at the deadline."""
        self._deadline.left(timeout, httpcore.WriteTimeout)
        self._waiting.append(buffer)

    def _flush(self) -> None:
        waiting, self._waiting = b"".join(self._waiting), []
        # A store may answer and close before it has read everything; its answer counts.
        with suppress(httpcore.WriteError):
            self._inner.write(waiting, self._deadline.left(None, httpcore.WriteTimeout))

    def close(self) -> None:
        """Close the stream."""
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        """The same stream, encrypted. Raises ConnectTimeout at the deadline."""
        left = self._deadline.left(timeout, httpcore.ConnectTimeout)
        inner = self._inner.start_tls(ssl_context, server_hostname, left)
        return BoundedStream(inner, self._deadline, self._hung_up, self._meanwhile)

    def get_extra_info(self, info: str) -> Any:
        """What the inner stream knows; httpcore asks idle ones whether they are readable."""
        found = self._inner.get_extra_info(info)
        if info == "is_readable" and found:
            # Asked of an idle connection: the target has closed it without a word.
            self._hung_up()
        return found


class BoundedBackend(httpcore.NetworkBackend):
    """Opens bounded streams."""

    def __init__(
        self, deadline: Deadline, hung_up: Callable[[], None], meanwhile: Callable[[], None]
    ) -> None:
        self._inner = httpcore.SyncBackend()
        self._deadline = deadline
        self._hung_up = hung_up
        self._meanwhile = meanwhile

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """A new connection. Raises ConnectTimeout at the deadline."""
        left = self._deadline.left(timeout, httpcore.ConnectTimeout)
        stream = self._inner.connect_tcp(host, port, left, local_address, socket_options)
        return BoundedStream(stream, self._deadline, self._hung_up, self._meanwhile)

"""How answers travel: compressed, in chunks, late, or not at all for a while."""

from __future__ import annotations

import gzip
import threading
import time
from http.client import responses as reasons
from typing import TYPE_CHECKING, BinaryIO

from fluentcart_conformance.store.http import Request, Response
from fluentcart_conformance.store.transport import Transport

if TYPE_CHECKING:
    from fluentcart_conformance.store.app import Answerer
    from fluentcart_conformance.store.server import EmbeddedStore

_DELAY = 0.3
_RATE = 40
_EVERY = 100
_CHUNK = 1000
_SMALL = 60


class DressedTransport(Transport):
    """Writes answers with `gzip`, `chunked` and `lower` (header names), as switched on."""

    def __init__(self, rest_root: str, dress: frozenset[str]) -> None:
        super().__init__(rest_root)
        self.dress = dress
        self._wishes = threading.local()

    def request(self, method: str, target: str, headers: dict[str, str], raw: bytes) -> Request:
        """Remember whether this caller takes compressed answers; one thread serves one line."""
        self._wishes.gzip = "gzip" in headers.get("accept-encoding", "")
        return super().request(method, target, headers, raw)

    def write(self, out: BinaryIO, response: Response, *, head: bool, stays: bool) -> bool:
        """Write one answer; returns whether the line stays open."""
        if not self.dress:
            return super().write(out, response, head=head, stays=stays)
        payload = self.encode(response)
        headers = {"Content-Type": "application/json; charset=UTF-8", **response.headers}
        if "gzip" in self.dress and getattr(self._wishes, "gzip", False):
            payload = gzip.compress(payload, 1)
            headers["Content-Encoding"] = "gzip"
        in_chunks = "chunked" in self.dress and not head
        if in_chunks:
            headers["Transfer-Encoding"] = "chunked"
        else:
            headers["Content-Length"] = str(len(payload))
        headers["Connection"] = "keep-alive" if stays else "close"
        if "lower" in self.dress:
            headers = {name.lower(): value for name, value in headers.items()}
        lines = [f"HTTP/1.1 {response.status} {reasons.get(response.status, 'Unknown')}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        start = ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")
        out.write(start if head else start + (_chunks(payload) if in_chunks else payload))
        out.flush()
        return stays


def _chunks(payload: bytes) -> bytes:
    parts = [payload[at : at + _CHUNK] for at in range(0, len(payload), _CHUNK)]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


def delay(store: EmbeddedStore) -> None:
    """Answer after 300 ms."""

    def late(request: Request, following: Answerer) -> Response:
        given = following(request)
        time.sleep(_DELAY)
        return given

    store.app.use(late)


def limit(store: EmbeddedStore) -> None:
    """Answer 429 with Retry-After to everything above 40 requests a second."""
    lock = threading.Lock()
    window = {"second": 0, "count": 0}

    def limited(request: Request, following: Answerer) -> Response:
        with lock:
            second = int(time.monotonic())
            if window["second"] != second:
                window.update(second=second, count=0)
            window["count"] += 1
            too_many = window["count"] > _RATE
        if too_many:
            return _busy(429, "rate_limited", "Too many requests.")
        return following(request)

    store.app.use(limited)


def unavailable(store: EmbeddedStore) -> None:
    """Answer every hundredth request with 503, before anything was done."""
    lock = threading.Lock()
    seen = {"count": 0}

    def sometimes(request: Request, following: Answerer) -> Response:
        with lock:
            seen["count"] += 1
            hit = seen["count"] % _EVERY == 0
        return _busy(503, "unavailable", "Briefly unavailable.") if hit else following(request)

    store.app.use(sometimes)


def _busy(status: int, code: str, message: str) -> Response:
    body = {"code": code, "message": message, "data": {"status": status}}
    return Response(status, body, {"Retry-After": "1"})

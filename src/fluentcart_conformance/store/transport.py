"""HTTP/1.1 on a socket: reading requests and writing answers, nothing about shops."""

from __future__ import annotations

import json
from http.client import responses as reasons
from typing import BinaryIO
from urllib.parse import unquote

from fluentcart_conformance.store.http import Request, Response
from fluentcart_conformance.store.phpform import parse_form

MAX_LINE = 65536
MAX_HEADERS = 200
MAX_BODY = 16 * 1024 * 1024


class BadRequest(Exception):
    """What came is no HTTP request this server reads; carries the status to answer."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class Transport:
    """Reads one request and writes one answer. Subclass it to dress the answers differently.

    Attributes:
        rest_root: Where the REST API lives below the site: `/wp-json`.
    """

    def __init__(self, rest_root: str = "/wp-json") -> None:
        self.rest_root = "/" + rest_root.strip("/")

    def read(self, stream: BinaryIO, out: BinaryIO) -> tuple[Request, bool, bool] | None:
        """Return the request, whether it is HEAD, and whether the line stays open.

        None when the client has closed the line.

        Raises:
            BadRequest: for anything that is not a readable request.
        """
        line = stream.readline(MAX_LINE + 1)
        while line in (b"\r\n", b"\n"):
            line = stream.readline(MAX_LINE + 1)
        if not line:
            return None
        words = line.decode("latin-1").split()
        if len(line) > MAX_LINE:
            raise BadRequest(414)
        if len(words) != 3 or not words[2].startswith("HTTP/1."):
            raise BadRequest(400)
        method, target, version = words
        headers = _read_headers(stream)
        if headers.get("expect", "").lower() == "100-continue":
            out.write(b"HTTP/1.1 100 Continue\r\n\r\n")
            out.flush()
        raw = _read_body(stream, headers)
        wish = headers.get("connection", "").lower()
        stays = wish != "close" if version != "HTTP/1.0" else wish == "keep-alive"
        return self.request(method, target, headers, raw), method == "HEAD", stays

    def request(self, method: str, target: str, headers: dict[str, str], raw: bytes) -> Request:
        """Take the target apart: pretty path below the REST root, or `?rest_route=`."""
        if target.startswith("http"):
            target = "/" + target.split("/", 3)[-1] if target.count("/") > 2 else "/"
        path, _, query_text = target.partition("?")
        query = parse_form(query_text.partition("#")[0])
        path = unquote(path)
        route = query.pop("rest_route", None)
        if isinstance(route, str) and path in ("/", "/index.php"):
            path = "/" + route.strip("/")
        elif path == self.rest_root or path.startswith(self.rest_root + "/"):
            path = path[len(self.rest_root) :] or "/"
        else:
            path = "site:" + path
        override = headers.get("x-http-method-override") or query.get("_method")
        if method == "POST" and isinstance(override, str):
            method = override
        method = "GET" if method == "HEAD" else method.upper()
        site = "http://" + headers.get("host", "localhost")
        return Request(method, path, query, headers, raw, site=site, rest_root=self.rest_root)

    def encode(self, response: Response) -> bytes:
        """Return the body of an answer as bytes."""
        if response.raw is not None:
            return response.raw
        return json.dumps(response.body, separators=(",", ":")).encode()

    def write(self, out: BinaryIO, response: Response, *, head: bool, stays: bool) -> bool:
        """Write one answer; returns whether the line stays open."""
        payload = self.encode(response)
        lines = [f"HTTP/1.1 {response.status} {reasons.get(response.status, 'Unknown')}"]
        headers = {
            "Content-Type": "application/json; charset=UTF-8",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-cache, must-revalidate, max-age=0, no-store, private",
            **response.headers,
            "Content-Length": str(len(payload)),
            "Connection": "keep-alive" if stays else "close",
        }
        lines += [f"{name}: {value}" for name, value in headers.items()]
        head_bytes = ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")
        out.write(head_bytes if head else head_bytes + payload)
        out.flush()
        return stays


def _read_headers(stream: BinaryIO) -> dict[str, str]:
    headers: dict[str, str] = {}
    for _ in range(MAX_HEADERS):
        line = stream.readline(MAX_LINE + 1)
        if line in (b"\r\n", b"\n"):
            return headers
        if not line or len(line) > MAX_LINE:
            raise BadRequest(431 if line else 400)
        name, colon, value = line.decode("latin-1").partition(":")
        if not colon or name != name.strip():
            raise BadRequest(400)
        headers[name.lower()] = value.strip()
    raise BadRequest(431)


def _read_body(stream: BinaryIO, headers: dict[str, str]) -> bytes:
    if headers.get("transfer-encoding", "").lower() == "chunked":
        return _read_chunks(stream)
    length = headers.get("content-length", "0")
    if not (length.isascii() and length.isdigit()):
        raise BadRequest(400)
    if int(length) > MAX_BODY:
        raise BadRequest(413)
    raw = stream.read(int(length)) if length != "0" else b""
    if len(raw) != int(length):
        raise BadRequest(400)
    return raw


def _read_chunks(stream: BinaryIO) -> bytes:
    parts: list[bytes] = []
    total = 0
    while True:
        size_text = stream.readline(MAX_LINE).partition(b";")[0].strip()
        try:
            size = int(size_text, 16)
        except ValueError:
            raise BadRequest(400) from None
        total += size
        if size < 0 or total > MAX_BODY:
            raise BadRequest(413)
        if size == 0:
            break
        parts.append(stream.read(size))
        stream.readline(MAX_LINE)
    while stream.readline(MAX_LINE) not in (b"\r\n", b"\n", b""):
        pass
    return b"".join(parts)

"""The ways in which a target can be hostile or broken, by name."""

from __future__ import annotations

import gzip
import json
import socket
import struct
import time
from typing import Any

from tests.hostile.server import Behaviour

PATIENCE = 30.0
ESCAPES = "\x1b]0;owned\x07\x1b[2J\x1b[31mred\r\n\x00\u202e"
SCRIPT = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


def answer(
    connection: socket.socket,
    body: bytes | str | dict[str, Any] | list[Any] | None,
    status: str = "200 OK",
    content_type: str = "application/json",
    *headers: str,
) -> None:
    """A well-formed answer with this body."""
    if isinstance(body, (dict, list)) or body is None:
        body = json.dumps(body)
    raw = body.encode() if isinstance(body, str) else body
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {content_type}", f"Content-Length: {len(raw)}"]
    head = "\r\n".join([*lines, *headers, "", ""])
    connection.sendall(head.encode("latin-1") + raw)


def always(body: Any, *more: str) -> Behaviour:
    """The same well-formed answer to every request."""
    return lambda connection, _request, _number: answer(connection, body, *more)


def raw(data: bytes, *, then_close: bool = True) -> Behaviour:
    """These bytes, whatever they are."""

    def behave(connection: socket.socket, _request: str, _number: int) -> None:
        connection.sendall(data)
        if then_close:
            connection.close()

    return behave


def order(number: Any = 1, text: str = "x", **more: Any) -> dict[str, Any]:
    """A row that looks like an order."""
    return {
        "id": number,
        "status": text,
        "currency": text,
        "mode": text,
        "invoice_no": text,
        **more,
    }


def page(rows: list[Any], **more: Any) -> dict[str, Any]:
    """An orders list that looks right."""
    return {"orders": {"data": rows, "current_page": 1, "total": len(rows), **more}}


def hang(connection: socket.socket, _request: str, _number: int) -> None:
    """Take the request and say nothing."""
    with_timeout = connection
    with_timeout.settimeout(PATIENCE)
    with_timeout.recv(1)


def drip(prefix: bytes, piece: bytes) -> Behaviour:
    """Begin an answer, then a piece every 50 ms for ever."""

    def behave(connection: socket.socket, _request: str, _number: int) -> None:
        connection.sendall(prefix)
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            connection.sendall(piece)
            time.sleep(0.05)

    return behave


def flood(prefix: bytes, piece: bytes) -> Behaviour:
    """Begin an answer, then pieces as fast as they are taken."""

    def behave(connection: socket.socket, _request: str, _number: int) -> None:
        connection.sendall(prefix)
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            connection.sendall(piece)

    return behave


def reset(connection: socket.socket, _request: str, _number: int) -> None:
    """Half an answer, then a TCP reset."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n{")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def echo(connection: socket.socket, request: str, _number: int) -> None:
    """The whole request, Authorization included, in the body."""
    answer(connection, page([order(text=request)], debug=request))


def chunk(piece: bytes) -> bytes:
    """One chunk of a chunked body."""
    return f"{len(piece):x}\r\n".encode() + piece + b"\r\n"


OK_JSON = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
CHUNKED = OK_JSON + b"Transfer-Encoding: chunked\r\n\r\n"
BOMB = gzip.compress(b"[" + b" " * 50_000_000 + b"]")
GZIPPED = ("200 OK", "application/json", "Content-Encoding: gzip")
LOGIN = "<!doctype html><title>Log in</title><form action=/wp-login.php></form>"
HTML = ("200 OK", "text/html")

BEHAVIOURS: dict[str, Behaviour] = {
    "hang": hang,
    "body drips": drip(CHUNKED, chunk(b" ")),
    "headers drip": drip(b"HTTP/1.1 200 OK\r\nX-Slow: ", b"a"),
    "body without end": flood(CHUNKED, chunk(b" " * 60_000)),
    "headers without end": flood(b"HTTP/1.1 200 OK\r\n", b"X-More: " + b"a" * 4000 + b"\r\n"),
    "informational answers without end": flood(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n"),
    "gzip bomb": always(BOMB, *GZIPPED),
    "broken gzip": always(BOMB[:40] + b"garbage" * 40, *GZIPPED),
    "not gzip at all": always(page([]), *GZIPPED),
    "JSON 100,000 deep": always("[" * 100_000 + "]" * 100_000),
    "objects 100,000 deep": always('{"orders":' * 100_000 + "1" + "}" * 100_000),
    "NaN": always('{"orders": {"data": [{"id": NaN, "total_amount": Infinity}]}}'),
    "huge numbers": always('{"orders": {"data": [{"id": 1e400}]}}'),
    "integer of 10,000 digits": always('{"orders": {"data": [{"id": ' + "9" * 10_000 + "}]}}"),
    "invalid UTF-8": always(b'{"orders": {"data": [{"id": 1, "note": "\xff\xfe\xc0\x80"}]}}'),
    "lone surrogates": always('{"orders": {"data": [{"id": 1, "note": "\\ud800\\udfff"}]}}'),
    "byte order mark": always(b"\xef\xbb\xbf" + json.dumps(page([order()])).encode()),
    "empty body": always(b""),
    "null": always(None),
    "array": always([1, 2, 3]),
    "text": always('"orders"'),
    "trailing warning": always(json.dumps(page([])) + "\n<br /><b>Warning</b>: in /var/www/x.php"),
    "reset": reset,
    "close without answer": raw(b""),
    "random bytes": raw(bytes(range(256)) * 8),
    "status line of garbage": raw(b"HTTP/1.1 999999999 \x1b[2J\r\n\r\n"),
    "redirect to itself": lambda connection, request, _: answer(
        connection, b"", "302 Found", "text/html", f"Location: {request.split()[1]}"
    ),
    "redirect with escapes": always(
        b"", "301 Moved", "text/html", "Location: https://other.example/\t[2Jx<script>"
    ),
    "redirect to nowhere": always(b"", "307 Moved", "text/html", "Location: ://[::bad"),
    "login page": always(LOGIN, *HTML),
    "error page": always("<h1>Critical error</h1>" + SCRIPT, "500 Internal", "text/html"),
    "500 to everything": always({"code": "x", "message": SCRIPT}, "500 Internal"),
    "404 to everything": always({"code": "x", "message": ESCAPES}, "404 Not Found"),
    "script in every string": always(page([order(text=SCRIPT)], next_page_url=SCRIPT)),
    "terminal escapes in every string": always(page([order(text=ESCAPES)])),
    "header injection": always(
        page([]), "200 OK", "application/json", "Link: <javascript:1>;", "Set-Cookie: a=\x07b;"
    ),
    "folded and odd headers": raw(
        OK_JSON + b"X-A: a\r\n b\r\n\x00Bad Name: c\r\nContent-Length: 2\r\n\r\n{}"
    ),
    "Content-Length too large": raw(OK_JSON + b"Content-Length: 5000\r\n\r\n{}"),
    "Content-Length too small": raw(
        OK_JSON + b'Content-Length: 1\r\n\r\n{"orders": {}}HTTP/1.1 200 OK\r\n\r\n',
        then_close=False,
    ),
    "two Content-Lengths": raw(OK_JSON + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\n{}"),
    "negative Content-Length": raw(OK_JSON + b"Content-Length: -1\r\n\r\n{}"),
    "bad chunk size": raw(CHUNKED + b"zz\r\n{}\r\n0\r\n\r\n"),
    "Retry-After for ever": always({}, "503 Busy", "application/json", "Retry-After: 99999999"),
    "Retry-After garbage": always({}, "429 Slow", "application/json", "Retry-After: Mon, 99 \x01"),
    "credentials echoed": echo,
    "next page is itself": lambda connection, request, _: answer(
        connection, page([order(n) for n in range(100)], next_page_url=request.split()[1])
    ),
    "id that changes type": lambda connection, _, number: answer(
        connection,
        page([order([1, "1", 1.5, True, None, {"id": 1}, [1], "1e3", -1, 2**70][number % 10])]),
    ),
    "objects where lists are due": always(
        {
            "orders": {"data": {"0": order()}},
            "order": [1],
            "customers": 7,
            "routes": ["x"],
            "settings": [],
            "shipping_methods": {"id": 1},
            "capabilities": "all",
        }
    ),
    "lists of rubbish": always(
        {
            "orders": {"data": [1, "x", None, [], order()]},
            "order": order(order_items=[None, 1, {"variants": [], "post_id": -5}, {"variants": 1}]),
            "customers": {"data": "x"},
            "routes": {"": None, "/settings/store": 1},
            "settings": {"currency": [], "order_mode": {"a": 1}},
            "shipping_methods": [None, {"id": "x"}, {"id": True}],
        }
    ),
    "duplicate members": always('{"orders": {"data": []}, "orders": {"data": [{"id": 1}]}}'),
}

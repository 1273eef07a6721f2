"""Connections that a store keeps, and those it closes without a word."""

from __future__ import annotations

import contextlib
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from fluentcart_conformance.target.client import StoreClient
from fluentcart_conformance.target.settings import Settings


class Store(ThreadingHTTPServer):
    """Answers every POST with `{}`; with `closes` it then hangs up unannounced."""

    daemon_threads = True

    def __init__(self, *, closes: bool) -> None:
        self.closes = closes
        self.ports: list[int] = []
        super().__init__(("127.0.0.1", 0), _Post)


class _Post(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Store

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")
        self.close_connection = self.server.closes
        self.server.ports.append(self.client_address[1])

    def log_message(self, *words: Any) -> None:
        """Nothing."""


@pytest.mark.parametrize(("closes", "connections"), [(False, 1), (True, 6)])
def test_a_store_that_hangs_up_gets_a_new_connection_for_each_request(
    closes: bool, connections: int
) -> None:
    """A write on a connection that is just being closed would be lost, and not be sent again."""
    store = Store(closes=closes)
    threading.Thread(target=store.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{store.server_port}"
    given: dict[str, Any] = {"base_url": address, "user": "admin", "app_password": "x"}
    with contextlib.closing(StoreClient(Settings(**given))) as client:
        for number in range(6):
            assert client.call("POST", "/orders", json={}).status == 200
            if number < 3:
                time.sleep(0.1)
            else:
                # By now it is known; what follows at once does not meet a closing connection.
                store.closes = False
    store.shutdown()
    assert len(set(store.ports)) == connections

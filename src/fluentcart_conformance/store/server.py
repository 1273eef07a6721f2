"""The embedded store over real HTTP on a loopback port."""

from __future__ import annotations

import socket
import socketserver
import threading
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self

from fluentcart_conformance.store.app import App
from fluentcart_conformance.store.build import build_app
from fluentcart_conformance.store.db import Database
from fluentcart_conformance.store.http import Identity, Response
from fluentcart_conformance.store.identities import Identities
from fluentcart_conformance.store.profiles import profile_named
from fluentcart_conformance.store.seed import seed
from fluentcart_conformance.store.transport import BadRequest, Transport

_IDLE_SECONDS = 60.0


class _Line(socketserver.BaseRequestHandler):
    """One client connection: answers request after request until it closes."""

    server: _Server

    def handle(self) -> None:
        self.request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.request.settimeout(_IDLE_SECONDS)
        stream = self.request.makefile("rb")
        out = self.request.makefile("wb")
        try:
            while self._exchange(stream, out):
                pass
        except (OSError, ValueError):
            return
        finally:
            stream.close()
            try:
                out.close()
            except OSError:
                return

    def _exchange(self, stream: BinaryIO, out: BinaryIO) -> bool:
        transport = self.server.transport
        try:
            found = transport.read(stream, out)
        except BadRequest as error:
            body = {"code": "bad_request", "message": "Bad request.", "data": {}}
            transport.write(out, Response(error.status, body), head=False, stays=False)
            return False
        if found is None:
            return False
        request, head, stays = found
        response = self.server.app.handle(request)
        return transport.write(out, response, head=head, stays=stays)


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, address: tuple[str, int], app: App, transport: Transport) -> None:
        self.app = app
        self.transport = transport
        self._lines: set[socket.socket] = set()
        super().__init__(address, _Line)

    def process_request(self, request: Any, client_address: Any) -> None:
        """Remember the line, to be hung up when the store stops."""
        self._lines.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        """Forget a line that has ended."""
        self._lines.discard(request)
        super().shutdown_request(request)

    def hang_up(self) -> None:
        """End the lines that clients keep open: a stopped store answers nobody."""
        for line in list(self._lines):
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: object, client_address: object) -> None:
        """Stay quiet about broken lines; the app reports its own failures."""


class EmbeddedStore:
    """A whole store of its own: database, rules, wire form and port.

    Use it as a context manager, or call `start` and `stop`.

    Attributes:
        app: The app, to be wrapped with middleware or otherwise before or after the start.
        identities: `{"admin": Identity, "manager": ..., "low": ...}`.
    """

    def __init__(
        self,
        profile: str = "documented",
        db: str | Path | None = None,
        port: int = 0,
        *,
        host: str = "127.0.0.1",
        first_id: int = 1,
        transport: Transport | None = None,
    ) -> None:
        self.profile = profile_named(profile)
        self.database = Database(db)
        callers = Identities()
        if self.database.is_fresh:
            with self.database.transaction():
                seed(self.database, first_id=first_id)
        self.database.remember()
        self.app = build_app(self.database, self.profile, callers)
        self.identities: dict[str, Identity] = callers.by_name
        self.transport = transport or Transport()
        self._address = (host, port)
        self._server: _Server | None = None
        self._thread: threading.Thread | None = None

    def start(self) -> Self:
        """Bind the port and serve in a thread.

        Raises:
            OSError: when the port is taken.
        """
        self._server = _Server(self._address, self.app, self.transport)
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
        )
        self._thread.start()
        return self

    def stop(self) -> None:
        """Stop serving and close the database."""
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server.hang_up()
            self._server = None
        if self._thread is not None:
            self._thread.join()
            self._thread = None
        self.database.close()

    def reset(self) -> None:
        """Put every row back as it was when this store was opened."""
        self.database.restore()

    @property
    def port(self) -> int:
        """The port bound, once started."""
        if self._server is None:
            raise RuntimeError("the store is not started")
        return int(self._server.server_address[1])

    @property
    def base_url(self) -> str:
        """The site root: `http://127.0.0.1:PORT`."""
        return f"http://{self._address[0]}:{self.port}"

    def __enter__(self) -> Self:
        return self if self._server is not None else self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

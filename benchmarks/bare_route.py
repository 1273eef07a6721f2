"""A bare route that returns a file's bytes: `python -m benchmarks.bare_route werkzeug FILE`."""

from __future__ import annotations

import json
import socket
import sys
import threading
import time
from pathlib import Path
from typing import Any


def main() -> None:
    """Announce the address as JSON and serve until killed."""
    framework, file = sys.argv[1:]
    body = Path(file).read_bytes()
    if framework == "werkzeug":
        serve_werkzeug(body)
    else:
        serve_starlette(body)


def announce(port: int) -> None:
    """One line for the benchmark."""
    print(json.dumps({"url": f"http://127.0.0.1:{port}/orders"}), flush=True)


def serve_werkzeug(body: bytes) -> None:
    """Werkzeug's own server, one thread a connection, as the embedded store has it."""
    from werkzeug.serving import WSGIRequestHandler, make_server  # noqa: PLC0415
    from werkzeug.wrappers import Request, Response  # noqa: PLC0415

    class Handler(WSGIRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_request(self, *_: Any) -> None:
            """Silent, as the embedded store is."""

    @Request.application
    def app(_: Request) -> Response:
        return Response(body, content_type="application/json")

    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Handler)
    announce(server.port)
    server.serve_forever()


def serve_starlette(body: bytes) -> None:
    """Starlette on uvicorn."""
    import uvicorn  # noqa: PLC0415
    from starlette.applications import Starlette  # noqa: PLC0415
    from starlette.responses import Response  # noqa: PLC0415
    from starlette.routing import Route  # noqa: PLC0415

    async def answer(_: Any) -> Response:
        return Response(body, media_type="application/json")

    # asyncio turns Nagle off only for sockets that say they are TCP.
    line = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    line.bind(("127.0.0.1", 0))
    config = uvicorn.Config(Starlette(routes=[Route("/orders", answer)]), log_level="error")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [line]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    announce(line.getsockname()[1])
    thread.join()


if __name__ == "__main__":
    main()

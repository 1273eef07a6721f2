"""An addon for mitmproxy: every exchange as one JSON line on standard output.

mitmdump loads this file with a Python of its own, so it stands on the standard library alone.
"""

from __future__ import annotations

import json
import sys
from typing import Any


def running() -> None:
    """Called by mitmproxy once it listens."""
    _say({"ready": True})


def response(flow: Any) -> None:
    """Called by mitmproxy when an answer is complete; encodings such as gzip are undone."""
    sent, got = flow.request, flow.response
    row: dict[str, Any] = {
        "request": {
            "method": sent.method,
            "url": sent.url,
            "headers": dict(sent.headers.items()),
        },
        "response": {
            "status": got.status_code,
            "headers": dict(got.headers.items()),
            "body_raw": _text(got.get_content(strict=False)),
        },
        "ms": round(1000 * (got.timestamp_end - sent.timestamp_start), 1),
    }
    if sent.raw_content:
        row["request"]["body_raw"] = _text(sent.get_content(strict=False))
    _say(row)


def _text(body: bytes | None) -> str:
    """Text that gives the same bytes again."""
    return (body or b"").decode("utf-8", "surrogateescape")


def _say(value: dict[str, Any]) -> None:
    # Escaped to ASCII, so that half surrogate pairs pass as well.
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()

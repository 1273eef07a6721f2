"""An exchange as readable text."""

from __future__ import annotations

import json
from contextlib import suppress

from fluentcart_conformance.verdict.events import ExchangeEvent

LONGEST_BODY = 20_000


def transcript(exchange: ExchangeEvent, limit: int = LONGEST_BODY) -> str:
    """Request and answer, JSON bodies indented, each body cut at `limit` characters."""
    request, response = exchange["request"], exchange["response"]
    lines = [f"{exchange['method']} {exchange['url']}  (as {exchange['identity']})"]
    lines += [f"{name}: {value}" for name, value in request["headers"].items()]
    lines += ["", readable(request["body"], limit)] if request["body"] else []
    lines += ["", f"HTTP {exchange['status']}  ({exchange['ms']:.0f} ms)"]
    lines += [f"{name}: {value}" for name, value in response["headers"].items()]
    lines += ["", readable(response["body"], limit)]
    if response.get("truncated"):
        lines.append("[the record holds only the beginning of this body]")
    return "\n".join(lines)


def readable(body: str | None, limit: int = LONGEST_BODY) -> str:
    """A body indented if it is JSON, as it is otherwise; cut at `limit` characters."""
    text = body or ""
    with suppress(ValueError, RecursionError):  # not JSON: shown as it came
        text = json.dumps(json.loads(text), indent=2, ensure_ascii=False)
    return text if len(text) <= limit else f"{text[:limit]}\n[{len(text) - limit} more characters]"

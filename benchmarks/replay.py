"""The requests of a record once more, bare, to a store of their own.

python -m benchmarks.replay RECORD
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from time import perf_counter
from urllib.parse import urlsplit

import httpx

from .processes import events, store


def main() -> None:
    """Send them in their order; the last line is JSON: seconds of sending, and how many."""
    sent = [one for one in events(Path(sys.argv[1])) if one["type"] == "exchange"]
    with store() as announced, httpx.Client(timeout=30) as client:
        people = announced["identities"]
        begun = perf_counter()
        for one in sent:
            who = people.get(one["identity"])
            parts = urlsplit(one["url"])
            body = one["request"]["body"]
            client.request(
                one["method"],
                f"{announced['base_url']}{parts.path}?{parts.query}",
                content=None if body is None else body.encode(),
                headers={"content-type": "application/json"},
                auth=(who["user"], who["password"]) if who else None,
            )
        print(json.dumps({"seconds": perf_counter() - begun, "requests": len(sent)}))


if __name__ == "__main__":
    main()

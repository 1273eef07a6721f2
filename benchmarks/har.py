"""`judge` on a large HAR: its memory, and how many exchanges it judges a second."""

from __future__ import annotations

import json
import re
import tempfile
from pathlib import Path

from .figures import Figure
from .judging import recorded_order
from .processes import MIB, TOOL, spawn

SIZE = 1000 * MIB


def write_har(path: Path, size: int) -> int:
    """A HAR of at least `size` bytes of recorded order details; returns its entries."""
    row = recorded_order()
    count = 0
    with path.open("w", encoding="utf-8") as file:
        file.write('{"log":{"version":"1.2","creator":{"name":"bench","version":"1"},"entries":[')
        while file.tell() < size:
            entries = []
            for _ in range(200):
                text = json.dumps({**row["body"], "bench": count})
                entries.append(json.dumps(entry(row["method"], row["url"], row["status"], text)))
                count += 1
            file.write(("," if count > 200 else "") + ",".join(entries))
        file.write("]}}")
    return count


def entry(method: str, url: str, status: int, text: str) -> dict[str, object]:
    """One HAR entry."""
    headers = [{"name": "Content-Type", "value": "application/json"}]
    authorization = {"name": "Authorization", "value": "Basic dTpw"}
    return {
        "startedDateTime": "2026-11-20T18:00:00Z",
        "time": 24,
        "request": {
            "method": method,
            "url": url,
            "httpVersion": "HTTP/1.1",
            "headers": [authorization],
            "queryString": [],
        },
        "response": {
            "status": status,
            "statusText": "",
            "httpVersion": "HTTP/1.1",
            "headers": headers,
            "content": {"size": len(text), "mimeType": "application/json", "text": text},
        },
    }


def measure(size: int = SIZE) -> list[Figure]:
    """Judge one file of that size."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.har"
        entries = write_har(path, size)
        used = spawn(*TOOL, "judge", str(path), "--profile", "fluentcart-1.3")
    judged = re.search(r"([\d,]+) exchanges judged", used.output)
    if judged is None or int(judged[1].replace(",", "")) != entries:
        raise SystemExit(f"judge did not judge every entry: {used.output[-500:]}")
    return [
        Figure(
            f"judge, HAR of {size / 1e9:.2g} GB: peak memory",
            used.peak / MIB,
            "MiB",
            200.0,
            command="fluentcart-conformance judge large.har --profile fluentcart-1.3",
            note=f"{entries} exchanges in {used.cpu:.0f} s of CPU, {entries / used.cpu:.0f}/s",
        )
    ]

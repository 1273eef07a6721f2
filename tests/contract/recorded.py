"""The recordings of three real stores as exchanges."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from fluentcart_conformance.contract import Exchange

FOLDER = Path(__file__).parents[1] / "recordings"
PROFILES = {"1.3.0": "fluentcart-1.3", "1.3.25": "fluentcart-1.3", "1.5.2": "fluentcart-1.5"}


@cache
def rows(version: str) -> tuple[dict[str, Any], ...]:
    text = gzip.decompress((FOLDER / f"fluentcart-{version}.jsonl.gz").read_bytes())
    return tuple(json.loads(line) for line in text.splitlines())


def exchange_of(row: dict[str, Any]) -> Exchange:
    body = row["text"] if "text" in row else json.dumps(row.get("body"))
    sent = row["sent_text"] if "sent_text" in row else json.dumps(row.get("sent"))
    return Exchange(
        method=row["method"],
        url=row["url"],
        status=row["status"],
        response_body=body.encode(),
        response_headers={"content-type": row["type"]},
        request_body=sent.encode(),
        identity=row["identity"],
        note=row["case"],
        cut=row.get("cut", False),
    )


def recorded(version: str) -> Iterator[tuple[dict[str, Any], Exchange]]:
    for row in rows(version):
        yield row, exchange_of(row)


def find(version: str, operation: str, *, status: int = 200, cut: bool = False) -> dict[str, Any]:
    """The first recorded answer of an operation."""
    return next(
        row
        for row in rows(version)
        if row["operation"] == operation
        and row["status"] == status
        and row.get("cut", False) is cut
    )


def richest(version: str, operation: str, *, cut: bool = False) -> dict[str, Any]:
    """The largest accepted answer of an operation."""
    found = [
        row
        for row in rows(version)
        if row["operation"] == operation
        and row["status"] == 200
        and row.get("cut", False) is cut
        and not row["case"].startswith("state:")
    ]
    return max(found, key=lambda row: len(json.dumps(row["body"])))

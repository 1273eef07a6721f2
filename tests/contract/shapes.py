"""Exchanges against the tiny shop, built in one line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from fluentcart_conformance.contract import Contract, Exchange, Judge, load_contract

TINY = Path(__file__).parent / "tiny"
ROOT = "https://shop.example/wp-json/fluent-cart/v2"
JSON_HEADERS = {"content-type": "application/json; charset=UTF-8"}


def tiny(profile: str = "documented") -> Contract:
    return load_contract(profile, TINY)


def judge(**options: Any) -> Judge:
    return Judge(tiny(), **options)


def exchange(
    method: str,
    path: str,
    body: Any = None,
    *,
    status: int = 200,
    raw: bytes | None = None,
    headers: dict[str, str] | None = None,
    **more: Any,
) -> Exchange:
    return Exchange(
        method=method,
        url=ROOT + path,
        status=status,
        response_body=json.dumps(body).encode() if raw is None else raw,
        response_headers=JSON_HEADERS if headers is None else headers,
        **more,
    )


def order(**changes: Any) -> dict[str, Any]:
    made: dict[str, Any] = {
        "id": 5,
        "status": "pending",
        "total_amount": 5000,
        "total_paid": 0,
        "note": None,
        "created_at": "2026-11-20 10:00:00",
        "order_items": [{"id": 1, "order_id": "5", "quantity": 2}],
    }
    made.update(changes)
    return made


def without(record: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in record.items() if key != name}

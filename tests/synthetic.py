"""Records made by hand: a few requirements and the events of a run, for tests of the verdict."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from fluentcart_conformance.contract.requirements import Requirement, Source
from fluentcart_conformance.verdict.events import Event

STARTED = "2026-11-20T18:00:00+00:00"
ENDED = "2026-11-20T18:00:18.200000+00:00"
SCENARIO = "suites/refunds/test_partial.py::test_a_partial_refund"


def requirement(name: str, level: str = "MUST", area: str = "refunds", **more: Any) -> Requirement:
    """A requirement of `refund_order` unless said otherwise."""
    given: dict[str, Any] = {
        "text": f"The store keeps {name}.",
        "sources": (Source("orders-api", "Refund Order"),),
        "operations": ("refund_order",),
        "proof": "scenario",
    }
    return Requirement(id=name, level=level, area=area, **{**given, **more})


def catalogue(*requirements: Requirement) -> dict[str, Requirement]:
    """Requirements by id."""
    return {one.id: one for one in requirements}


def header(**more: Any) -> Any:
    """A header; `more` replaces members."""
    return {
        "type": "header",
        "schema": 1,
        "run": "r-20261120-ab12cd",
        "started": STARTED,
        "tool": "0.1.0",
        "profile": "documented",
        "target": {
            "base_url": "http://127.0.0.1:8000",
            "api_root": "http://127.0.0.1:8000/wp-json/fluent-cart/v2",
            "software": "embedded",
            "version": "0.1.0",
            "loopback": True,
        },
        "selection": {"areas": None, "keyword": None},
        "contract_sha256": "0" * 64,
        "identities": ["admin", "low"],
        "capabilities": {},
        "deviations": [],
        "seed": 7,
        **more,
    }


def exchange(name: str = "w0-1", **more: Any) -> Any:
    """A refund that was accepted; `more` replaces members, `body` the answer's body."""
    body = more.pop("body", '{"message":"done"}')
    return {
        "type": "exchange",
        "id": name,
        "scenario": SCENARIO,
        "operation": "refund_order",
        "identity": "admin",
        "method": "POST",
        "url": "http://127.0.0.1:8000/wp-json/fluent-cart/v2/orders/5/refund",
        "status": 200,
        "ms": 12.5,
        "request": {
            "headers": {"authorization": "[secret]", "content-type": "application/json"},
            "body": '{"refund_info":{"amount":10.0}}',
        },
        "response": {"headers": {"content-type": "application/json"}, "body": body},
        "findings": [],
        "proved": [],
        **more,
    }


def finding(name: str, cause: str = "", **more: Any) -> dict[str, str]:
    """A judge's finding."""
    return {
        "requirement": name,
        "pointer": "/order/total_refund",
        "expected": "an integer",
        "got": "text",
        "kind": "schema",
        "cause": cause or f"refund_order|schema|{name}",
        **more,
    }


def check(name: str, outcome: str = "passed", **more: Any) -> Any:
    """A check by the scenario."""
    return {
        "type": "check",
        "requirement": name,
        "outcome": outcome,
        "scenario": SCENARIO,
        "exchanges": ["w0-1"],
        "expected": "",
        "got": "",
        "message": "" if outcome == "passed" else f"{name} {outcome}",
        "cause": f"check|{name}" if outcome == "failed" else "",
        **more,
    }


def scenario(outcome: str = "passed", **more: Any) -> Any:
    """The scenario's end."""
    return {
        "type": "scenario",
        "id": SCENARIO,
        "title": "a partial refund",
        "area": "refunds",
        "file": "suites/refunds/test_partial.py",
        "line": 12,
        "outcome": outcome,
        "seconds": 0.25,
        "requirements": ["RFD-A"],
        "message": "",
        **more,
    }


def footer(result: str = "conforms") -> Any:
    """The footer of a complete record."""
    return {"type": "footer", "ended": ENDED, "verdict": {"result": result}}


def run(*events: Any, **more: Any) -> list[Event]:
    """A complete record: header, the events, footer."""
    return [header(**more), *events, footer()]


def write(path: Path, events: list[Event]) -> Path:
    """The events as a record on disk."""
    path.write_text("".join(json.dumps(event) + "\n" for event in events), encoding="utf-8")
    return path

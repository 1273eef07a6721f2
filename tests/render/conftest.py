"""A run with one of everything, and hostile text wherever a store can put it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from fluentcart_conformance.render.everything import Rendered, write_reports
from fluentcart_conformance.verdict.deviations import Deviation
from tests.synthetic import (
    SCENARIO,
    catalogue,
    check,
    exchange,
    finding,
    requirement,
    run,
    scenario,
    write,
)

HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\x1b[31m\x00\u202e\ud83d"
REQUIREMENTS = catalogue(
    requirement("RFD-PASSED"),
    requirement("RFD-FAILED", forms={"fluentcart-1.3": "a string"}),
    requirement("RFD-WARNED", "SHOULD"),
    requirement("RFD-NOTED", "MAY"),
    requirement("RFD-KNOWN"),
    requirement("RFD-BLOCKED"),
    requirement("RFD-GONE", absent={"documented": "no wire form"}),
    requirement("RFD-LATER", untestable="needs a live gateway"),
)
KNOWN = Deviation(
    "RFD-KNOWN",
    "the plugin prints text",
    ("refund_order / full",),
    "1.3.0",
    date(2999, 1, 1),
    file="fluentcart-1.3.25.yaml",
    number=1,
)


def node(name: str) -> str:
    return f"suites/refunds/test_partial.py::test_{name}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "reports"


@pytest.fixture
def rendered(folder: Path) -> Rendered:
    events = [
        exchange("w0-1", proved=["RFD-PASSED"]),
        check("RFD-PASSED"),
        scenario(requirements=["RFD-PASSED"]),
        exchange(
            "w0-2",
            scenario=node("failed[x]"),
            body='{"text":"' + HOSTILE + '"}',
            url=f"http://127.0.0.1/{HOSTILE}",
            findings=[finding("RFD-FAILED", got=HOSTILE, expected="an integer")],
        ),
        scenario("failed", id=node("failed[x]"), title=HOSTILE, requirements=["RFD-FAILED"]),
        exchange("w0-3", scenario=node("warned")),
        check("RFD-WARNED", "failed", scenario=node("warned"), exchanges=["w0-3"]),
        check("RFD-NOTED", "failed", scenario=node("warned"), exchanges=["w0-3"]),
        scenario("failed", id=node("warned"), requirements=["RFD-WARNED", "RFD-NOTED"]),
        exchange("w0-4", scenario=node("known"), findings=[finding("RFD-KNOWN")]),
        scenario("failed", id=node("known"), requirements=["RFD-KNOWN"]),
        check("RFD-BLOCKED", "not_testable", scenario=node("blocked"), message="no product"),
        scenario("failed", id=node("blocked"), requirements=["RFD-BLOCKED"]),
        {
            "type": "cleanup",
            "created": 3,
            "removed": 2,
            "leftovers": [{"kind": "order", "id": 7, "reason": HOSTILE}],
        },
    ]
    record = write(_made(folder) / "run.jsonl", run(*events))
    return write_reports(record, folder, REQUIREMENTS, [KNOWN])


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


__all__ = ["HOSTILE", "SCENARIO"]

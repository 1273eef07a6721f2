"""What a failed request left behind is told beside the status with which it failed."""

from __future__ import annotations

from fluentcart_conformance.verdict.compute import compute_verdict
from fluentcart_conformance.verdict.tally import Tally
from tests.synthetic import catalogue, check, exchange, finding, requirement, run

KNOWN = catalogue(requirement("GEN-NO-5XX"), requirement("GEN-NO-HALF-WRITE"))
CRASH = exchange(
    "w0-1",
    status=500,
    findings=[finding("GEN-NO-5XX", "crash", kind="server_error")],
)


def findings(cause: str) -> list[tuple[str, ...]]:
    left = check("GEN-NO-HALF-WRITE", "failed", exchanges=["w0-1"], cause=cause)
    return [one.requirements for one in compute_verdict(Tally.of(run(CRASH, left)), KNOWN).findings]


def test_fuzzing_tells_two_mistakes() -> None:
    assert findings("fuzz|refund_order|left") == [("GEN-NO-5XX",), ("GEN-NO-HALF-WRITE",)]


def test_a_scenario_tells_one() -> None:
    assert findings("check|a.py::t|GEN-NO-HALF-WRITE") == [("GEN-NO-5XX", "GEN-NO-HALF-WRITE")]

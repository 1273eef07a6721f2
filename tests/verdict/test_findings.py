"""One root cause, one finding."""

from __future__ import annotations

from datetime import date

from fluentcart_conformance.verdict.compute import compute_verdict
from fluentcart_conformance.verdict.tally import Tally
from fluentcart_conformance.verdict.verdict import Verdict
from tests.synthetic import catalogue, check, exchange, finding, requirement, run, scenario

NAMES = ("RFD-A", "RFD-B", "RFD-C", "RFD-D")


def verdict(*events: object) -> Verdict:
    known = catalogue(
        *(requirement(name) for name in NAMES),
        requirement("RFD-S", "SHOULD"),
        requirement("RFD-M", "MAY"),
    )
    return compute_verdict(Tally.of(run(*events)), known, today=date(2026, 11, 20))


def test_one_500_seen_by_four_checks_is_one_finding_with_every_requirement() -> None:
    crash = finding("RFD-A", "refund_order|server_error||500|x", kind="server_error", pointer="")
    found = verdict(
        exchange(status=500, findings=[crash], body='{"message":"Order 5 exploded"}'),
        *(check(name, "failed") for name in ("RFD-B", "RFD-C", "RFD-D")),
        scenario("failed"),
    )
    (one,) = found.findings
    assert one.requirements == NAMES
    assert one.level == "MUST"
    assert one.exchange == "w0-1"


def test_the_same_500_on_another_id_is_the_same_finding() -> None:
    found = verdict(
        exchange("w0-1", status=500, body='{"message":"Order 5 exploded"}'),
        exchange("w0-2", status=500, body='{"message":"Order 77 exploded"}'),
        check("RFD-A", "failed", exchanges=["w0-1"]),
        check("RFD-B", "failed", exchanges=["w0-2"]),
    )
    assert len(found.findings) == 1


def test_another_500_is_another_finding() -> None:
    found = verdict(
        exchange("w0-1", status=500, body='{"message":"no such table"}'),
        exchange("w0-2", status=500, body='{"message":"division by zero"}'),
        check("RFD-A", "failed", exchanges=["w0-1"]),
        check("RFD-B", "failed", exchanges=["w0-2"]),
    )
    assert len(found.findings) == 2


def test_a_wrong_member_in_every_answer_is_one_finding() -> None:
    found = verdict(*(exchange(f"w0-{n}", findings=[finding("RFD-A")]) for n in range(9)))
    (one,) = found.findings
    assert len(one.occurrences) == 9


def test_a_check_that_comes_before_its_exchange_still_finds_the_root_cause() -> None:
    found = verdict(check("RFD-B", "failed"), exchange(status=502, body="Bad Gateway"))
    assert found.findings[0].cause.startswith("refund_order|5xx|502")


def test_must_comes_before_should() -> None:
    found = verdict(
        exchange("w0-1", findings=[finding("RFD-S")]), exchange("w0-2", findings=[finding("RFD-A")])
    )
    assert [one.level for one in found.findings] == ["MUST", "SHOULD"]


def test_a_cause_is_as_grave_as_the_gravest_that_it_breaks() -> None:
    crash = exchange(status=500, body="{}")
    assert verdict(crash, check("RFD-M", "failed"), check("RFD-A", "failed")).findings[0].level == (
        "MUST"
    )
    assert verdict(crash, check("RFD-M", "failed"), check("RFD-S", "failed")).findings[0].level == (
        "SHOULD"
    )


def test_ids_of_findings_are_stable() -> None:
    first = verdict(exchange(findings=[finding("RFD-A")])).findings[0].id
    second = verdict(exchange("w1-9", findings=[finding("RFD-A")])).findings[0].id
    assert first == second


def test_what_a_scenario_proved_stays_so_when_generated_requests_prove_it_too() -> None:
    found = verdict(
        exchange("w0-1", scenario="refunds/test_x.py::test_y", proved=["RFD-A"]),
        exchange("w0-2", scenario="fuzz/test_requests.py::test_z", proved=["RFD-A"]),
    )
    assert (found.suites.requests, found.suites.proved) == (1, 1)

"""Known deviations: what they cover, and that they are strict both ways."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from fluentcart_conformance.contract.requirements import load_requirements
from fluentcart_conformance.paths import data_dir
from fluentcart_conformance.verdict.compute import compute_verdict
from fluentcart_conformance.verdict.deviation_files import without
from fluentcart_conformance.verdict.deviations import (
    Deviation,
    DeviationError,
    load_deviations,
)
from fluentcart_conformance.verdict.states import State
from fluentcart_conformance.verdict.tally import Tally
from fluentcart_conformance.verdict.verdict import Result, Verdict
from tests.synthetic import catalogue, check, exchange, finding, requirement, run

TODAY = date(2026, 11, 20)
BROKEN = exchange(findings=[finding("RFD-A")])


def deviation(**more: Any) -> Deviation:
    given: dict[str, Any] = {
        "requirement": "RFD-A",
        "reason": "a string of cents",
        "evidence": ("refund_order / full",),
        "since": "1.3.0",
        "expires": date(2027, 11, 20),
        "file": "fluentcart-1.3.25.yaml",
        "number": 1,
    }
    return Deviation(**{**given, **more})


def verdict(*events: Any, known: tuple[Deviation, ...] = (), **header: Any) -> Verdict:
    requirements = catalogue(requirement("RFD-A"), requirement("RFD-B"))
    return compute_verdict(
        Tally.of(run(check("RFD-B", exchanges=[]), *events, **header)),
        requirements,
        known,
        today=TODAY,
    )


def test_a_covered_finding_is_deviating_and_the_run_conforms() -> None:
    found = verdict(BROKEN, known=(deviation(),))
    assert found.requirements["RFD-A"].state is State.DEVIATING
    assert found.requirements["RFD-A"].reason == "a string of cents"
    assert (found.result, found.exit_code) == (Result.CONFORMS, 0)
    assert len(found.known_deviations) == 1


@pytest.mark.parametrize(
    "more",
    [
        {"operations": ("get_order",)},
        {"scope": {"pointer": "/order/total_paid"}},
        {"scope": {"status": 500}},
        {"scope": {"scenario": "suites/bulk/*"}},
        {"scope": {"kind": "server_error"}},
    ],
)
def test_what_does_not_fit_covers_nothing(more: dict[str, Any]) -> None:
    found = verdict(BROKEN, known=(deviation(**more),))
    assert found.requirements["RFD-A"].state is State.FAILED
    assert found.exit_code == 1


@pytest.mark.parametrize(
    "more",
    [
        {"operations": ("get_order", "refund_order")},
        {"scope": {"pointer": "/order/*", "status": 200}},
        {"scope": {"scenario": "suites/refunds/*", "got": "te*"}},
    ],
)
def test_what_fits_covers(more: dict[str, Any]) -> None:
    assert verdict(BROKEN, known=(deviation(**more),)).exit_code == 0


def test_one_uncovered_cause_keeps_the_requirement_failed() -> None:
    other = exchange("w0-2", findings=[finding("RFD-A", "other", pointer="/order/uuid")])
    found = verdict(BROKEN, other, known=(deviation(scope={"pointer": "/order/total_refund"}),))
    assert found.requirements["RFD-A"].state is State.FAILED
    assert [one.deviating for one in found.findings] == [False, True]


def test_a_deviation_that_no_longer_occurs_fails_the_run() -> None:
    found = verdict(check("RFD-A", exchanges=[]), known=(deviation(),))
    assert (found.result, found.exit_code) == (Result.FINDINGS, 1)
    assert "no longer occurs" in found.stale[0].why


def test_a_partial_run_that_did_not_look_is_not_stale() -> None:
    found = verdict(known=(deviation(),), selection={"areas": ["orders"], "keyword": None})
    assert found.stale == ()


@pytest.mark.parametrize("only", ["traffic", "sometimes", "fuzzing"])
def test_what_need_not_show_is_not_stale_in_a_run(only: str) -> None:
    found = verdict(check("RFD-A", exchanges=[]), known=(deviation(only=only),))
    assert found.stale == ()
    assert len(found.unseen) == (only != "traffic")


def test_what_shows_by_chance_is_told_when_it_did_not_show() -> None:
    known = (deviation(only="sometimes"),)
    assert verdict(BROKEN, known=known).unseen == ()
    assert verdict(check("RFD-A", exchanges=[]), known=known).unseen == known
    partial = verdict(known=known, selection={"areas": ["orders"], "keyword": None})
    assert partial.unseen == ()


def test_what_fuzzing_comes_upon_covers_fuzzing_alone() -> None:
    known = (deviation(only="fuzzing"),)
    in_fuzzing = exchange(findings=[finding("RFD-A")], scenario="fuzz/test_requests.py::x")
    elsewhere = exchange(findings=[finding("RFD-A")], scenario="refunds/test_amounts.py::x")
    assert verdict(in_fuzzing, known=known).result is Result.CONFORMS
    assert verdict(elsewhere, known=known).result is Result.FINDINGS


def test_captured_traffic_makes_nothing_stale() -> None:
    traffic = {"areas": None, "keyword": None, "traffic": ["a.har"]}
    assert verdict(check("RFD-A"), known=(deviation(),), selection=traffic).stale == ()


def test_an_unknown_requirement_is_stale() -> None:
    found = verdict(check("RFD-A"), known=(deviation(requirement="RFD-GHOST"),))
    assert "unknown requirement RFD-GHOST" in found.stale[0].why


def test_an_expired_deviation_covers_nothing_and_is_stale() -> None:
    found = verdict(BROKEN, known=(deviation(expires=date(2026, 1, 1)),))
    assert found.requirements["RFD-A"].state is State.FAILED
    assert found.stale[0].why == "expired on 2026-01-01"


def test_a_file_is_read_in_full(tmp_path: Path) -> None:
    file = tmp_path / "shop.yaml"
    file.write_text(
        "version: 1.3.25\n"
        "deviations:\n"
        "  - requirement: RFD-A\n"
        "    operation: [refund_order]\n"
        "    scope: {status: 500}\n"
        "    reason: it crashes\n"
        "    evidence: refund_order / full\n"
        "    since: 1.3.0\n"
        "    expires: 2027-01-31\n"
    )
    (one,) = load_deviations([file])
    assert one.operations == ("refund_order",)
    assert one.evidence == ("refund_order / full",)
    assert one.expires == date(2027, 1, 31)
    assert one.key == "shop.yaml #1"


def test_an_entry_may_name_what_one_defect_breaks(tmp_path: Path) -> None:
    file = tmp_path / "shop.yaml"
    file.write_text(
        "deviations:\n"
        "  - requirement: [RFD-A, RFD-B]\n"
        "    reason: it crashes\n"
        "    evidence: refund_order / full\n"
        "    since: 1.3.0\n"
        "    expires: 2027-01-31\n"
    )
    known = load_deviations([file])
    assert [one.requirement for one in known] == ["RFD-A", "RFD-B"]
    both = exchange(findings=[finding("RFD-A", "crash"), finding("RFD-B", "crash")])
    explained = verdict(both, known=known)
    assert len(explained.known_deviations) == 1
    assert {one.state for one in explained.requirements.values()} == {State.DEVIATING}
    found = verdict(BROKEN, known=known)
    assert [one.deviation.requirement for one in found.stale] == ["RFD-B"]
    assert "requirement: RFD-A" not in without(file, known)
    left = without(file, [found.stale[0].deviation])
    assert "RFD-A" in left
    assert "RFD-B" not in left


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("deviations: [", "line 1"),
        ("- a\n", "needs a list named `deviations`"),
        ("deviations:\n - requirement: RFD-A\n", "`reason` is missing"),
        ("deviations:\n - reasn: x\n", "did you mean `reason`?"),
        ("deviations: [5]\n", "entry 1: not a mapping"),
        (
            "deviations:\n - {requirement: A, reason: b, evidence: c, since: d, "
            "expires: 2027-01-01, only: runs}\n",
            "`only` is one of traffic, sometimes, fuzzing",
        ),
        (
            "deviations:\n - {requirement: A, reason: b, evidence: c, since: d, expires: soon}\n",
            "`expires` is not a date",
        ),
    ],
)
def test_a_broken_file_is_named(tmp_path: Path, text: str, words: str) -> None:
    file = tmp_path / "shop.yaml"
    file.write_text(text)
    with pytest.raises(DeviationError, match=r"shop\.yaml") as caught:
        load_deviations([file])
    assert words in str(caught.value)


def test_the_bundled_lists_can_be_read_and_name_known_requirements() -> None:
    for file in sorted((data_dir() / "deviations").glob("*.yaml")):
        unknown = {one.requirement for one in load_deviations([file])} - set(load_requirements())
        assert unknown == set(), file.name

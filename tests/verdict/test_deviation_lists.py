"""Deviation files that the tool writes, and which deviations a run calls stale."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from fluentcart_conformance.verdict.compute import compute_verdict
from fluentcart_conformance.verdict.deviation_files import (
    UNEXPLAINED,
    first_list,
    to_drop,
    without,
)
from fluentcart_conformance.verdict.deviations import Deviation, load_deviations
from fluentcart_conformance.verdict.states import State
from fluentcart_conformance.verdict.tally import Tally
from fluentcart_conformance.verdict.verdict import Verdict
from tests.synthetic import SCENARIO, catalogue, check, exchange, finding, header, requirement, run

TODAY = date(2026, 11, 20)
LATER = date(2027, 11, 20)
KNOWN = catalogue(requirement("RFD-A"), requirement("RFD-B"))


def deviation(**more: Any) -> Deviation:
    given: dict[str, Any] = {
        "requirement": "RFD-A", "reason": "known", "evidence": ("x",), "since": "1.3",
        "expires": LATER, "file": "a.yaml", "number": 1,
    }  # fmt: skip
    return Deviation(**{**given, **more})


def verdict(*events: Any, known: tuple[Deviation, ...] = (), **more: Any) -> Verdict:
    return compute_verdict(Tally.of(run(*events, **more)), KNOWN, known, today=TODAY)


def test_a_first_list_covers_what_two_scenarios_show_alike(tmp_path: Path) -> None:
    events = [
        exchange("w0-1", status=404, operation="get_order"),
        *(check("RFD-B", "failed", exchanges=["w0-1"], scenario=one) for one in ("a::t", "b::t")),
    ]
    text, entries = first_list(verdict(*events), LATER)
    (tmp_path / "a.yaml").write_text(text)
    assert entries == 2
    again = verdict(*events, known=load_deviations([tmp_path / "a.yaml"]))
    assert all(one.deviating for one in again.findings)
    assert again.requirements["RFD-B"].state is State.DEVIATING


def test_a_first_list_covers_every_open_finding(tmp_path: Path) -> None:
    events = [
        exchange("w0-1", findings=[finding("RFD-A", pointer="/orders/data/3/a*b", got="x  y\nz")]),
        exchange("w0-2", findings=[finding("RFD-A", "zzz", pointer="/orders/data/7/a*b")]),
        exchange("w0-3", status=404, operation="get_order"),
        check(
            "RFD-B", "failed", exchanges=["w0-1", "w0-3"], message="is not ü", scenario="a.py::t[1]"
        ),
    ]
    text, entries = first_list(verdict(*events), LATER)

    assert entries == 2
    assert yaml.safe_load(text) == {
        "implementation": "embedded",
        "version": "0.1.0",
        "profile": "documented",
        "deviations": [
            {
                "requirement": "RFD-B",
                "operation": "get_order",
                "scope": {"status": 404, "scenario": "a.py::t[[]1]"},
                "reason": f"{UNEXPLAINED} (is not ü)",
                "evidence": ["exchange w0-3"],
                "since": "0.1.0",
                "expires": LATER,
            },
            {
                "requirement": "RFD-A",
                "operation": "refund_order",
                "scope": {"pointer": "/orders/data/*/a[*]b", "status": 200},
                "reason": f"{UNEXPLAINED} (x y z)",
                "evidence": ["exchange w0-1"],
                "since": "0.1.0",
                "expires": LATER,
            },
        ],
    }
    assert list(yaml.safe_load(text)) == ["implementation", "version", "profile", "deviations"]
    assert "&id" not in text
    assert "ü" in text
    (tmp_path / "a.yaml").write_text(text)
    again = verdict(*events, known=load_deviations([tmp_path / "a.yaml"]))
    assert again.findings
    assert all(one.deviating for one in again.findings)
    assert again.stale == ()
    assert first_list(again, LATER)[1] == 0


def test_a_first_list_of_a_nameless_target() -> None:
    target = {**header()["target"], "software": "", "version": None}
    lone = check("RFD-A", "failed", exchanges=[], message="", got="1 " * 200)
    text, _ = first_list(verdict(lone, target=target), LATER)
    content = yaml.safe_load(text)
    (entry,) = content["deviations"]
    assert (content["implementation"], content["version"]) == ("unknown", "unknown")
    assert entry == {
        "requirement": "RFD-A",
        "scope": {"scenario": SCENARIO},
        "reason": f"{UNEXPLAINED} ({'1 ' * 80})",
        "evidence": [SCENARIO],
        "since": "unknown",
        "expires": LATER,
    }
    bare = exchange(operation=None, findings=[finding("RFD-A", pointer="")], status=0)
    text, _ = first_list(verdict(bare), LATER)
    (entry,) = yaml.safe_load(text)["deviations"]
    assert set(entry) == {"requirement", "reason", "evidence", "since", "expires"}


LIST = """implementation: Shop
version: 1.3.0
profile: documented
note: für alle
deviations:
- requirement: [RFD-A, RFD-B]
  reason: two
- requirement: RFD-A
  reason: one
- requirement: [RFD-B]
  reason: last
"""


def test_stale_entries_are_left_out_and_the_rest_stays_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text(LIST, encoding="utf-8")

    text = without(file, [deviation(number=1), deviation(number=2)])

    assert yaml.safe_load(text)["deviations"] == [
        {"requirement": ["RFD-B"], "reason": "two"},
        {"requirement": ["RFD-B"], "reason": "last"},
    ]
    assert list(yaml.safe_load(text)) == [
        "implementation", "version", "profile", "note", "deviations"
    ]  # fmt: skip
    assert "für alle" in text
    kept = yaml.safe_load(without(file, [deviation(number=9)]))
    assert kept == yaml.safe_load(LIST)


def why(*events: Any, known: Deviation, **more: Any) -> list[str]:
    return [one.why for one in verdict(*events, known=(known,), **more).stale]


GONE = ["no longer occurs: remove it, or run `fluentcart-conformance deviations prune`"]


def test_the_day_it_expires_it_still_counts() -> None:
    broken = exchange(findings=[finding("RFD-A")])
    assert why(broken, known=deviation(expires=TODAY)) == []
    assert why(broken, known=deviation(expires=date(2026, 11, 19))) == ["expired on 2026-11-19"]
    assert verdict(broken, known=(deviation(expires=TODAY),)).findings[0].deviating


def test_an_unknown_requirement_is_named() -> None:
    found = why(known=deviation(requirement="RFD-X"))
    assert found == ["names the unknown requirement RFD-X"]


PART: dict[str, Any] = {"areas": ["refunds"], "keyword": None}


@pytest.mark.parametrize(
    ("events", "more", "selection", "told"),
    [
        ([], {}, {"areas": None, "keyword": None}, GONE),
        ([], {}, PART, []),
        ([check("RFD-A", exchanges=[])], {}, PART, []),
        ([check("RFD-A", "not_testable")], {}, PART, []),
        ([exchange(proved=["RFD-A"])], {"operations": ("refund_order",)}, PART, []),
        ([exchange(proved=["RFD-A"])], {"operations": ("get_order",)}, PART, []),
        ([exchange(proved=["RFD-B"])], {"operations": ("refund_order",)}, PART, []),
        ([check("RFD-A", exchanges=[])], {"operations": ("refund_order",)}, PART, []),
        ([check("RFD-A")], {"only": "sometimes"}, {"areas": None, "keyword": None}, []),
        ([check("RFD-A")], {}, {"areas": None, "keyword": None, "traffic": True}, []),
        ([check("RFD-B")], {}, {"areas": None, "keyword": "x"}, []),
        ([check("RFD-B")], {}, {"areas": None, "keyword": None, "only": ["RFD-B"]}, []),
        ([check("RFD-B")], {}, {"areas": None, "keyword": None, "shard": "1/2"}, []),
        (
            [check("RFD-B")], {},
            {"areas": None, "keyword": None, "since": {"run": "r", "open": []}}, [],
        ),
        (
            [check("RFD-B"), {"type": "stopped", "reason": "x"}], {},
            {"areas": None, "keyword": None}, [],
        ),
    ],
)  # fmt: skip
def test_only_a_run_that_looked_calls_it_stale(
    events: list[Any], more: Any, selection: Any, told: list[str]
) -> None:
    assert why(*events, known=deviation(**more), selection=selection) == told


@pytest.mark.parametrize(
    ("scope", "covers"),
    [
        ({"pointer": "/order/*"}, True),
        ({"pointer": "/x*"}, False),
        ({"kind": "schema", "got": "te?t"}, True),
        ({"kind": "schema", "got": "te"}, False),
        ({"status": 200}, True),
        ({"status": 500}, False),
        ({"scenario": "suites/*"}, True),
        ({"scenario": "SUITES/*"}, False),
        ({"cause": "*RFD-A"}, True),
    ],
)
def test_every_part_of_a_scope_must_fit(scope: dict[str, Any], covers: bool) -> None:
    found = verdict(exchange(findings=[finding("RFD-A")]), known=(deviation(scope=scope),))
    assert found.findings[0].deviating is covers


def test_a_place_outside_of_scenarios_fits_no_scenario() -> None:
    bare = exchange(findings=[finding("RFD-A")], scenario=None)
    named = deviation(scope={"scenario": "?*"})
    assert not verdict(bare, known=(named,)).findings[0].deviating
    anywhere = deviation(scope={"scenario": ""})
    assert verdict(bare, known=(anywhere,)).findings[0].deviating


def test_what_shows_by_chance_goes_when_several_runs_agree() -> None:
    steady, rare = deviation(), deviation(requirement="RFD-B", only="sometimes", number=2)
    known = (steady, rare)
    without_both = verdict(check("RFD-A"), check("RFD-B"), known=known)
    with_rare = verdict(
        check("RFD-A"), exchange(findings=[finding("RFD-B")]), check("RFD-B"), known=known
    )
    with_steady = verdict(exchange(findings=[finding("RFD-A")]), check("RFD-B"), known=known)

    def dropped(*verdicts: Verdict) -> list[tuple[str, str]]:
        return [(one.deviation.requirement, one.why) for one in to_drop(verdicts)]

    gone = ("RFD-A", GONE[0])
    assert dropped(without_both) == [gone]
    assert dropped(without_both, without_both) == [gone]
    assert dropped(*[without_both] * 3) == [gone, ("RFD-B", "seen in none of 3 runs")]
    assert dropped(without_both, with_rare, without_both) == [gone]
    assert dropped(without_both, with_steady) == []

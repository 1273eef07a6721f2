"""Records of shards become one record; earlier records say what need not run again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from fluentcart_conformance.verdict.compute import verdict_of_record
from fluentcart_conformance.verdict.earlier import Earlier, finished_events
from fluentcart_conformance.verdict.merge import merge_records
from fluentcart_conformance.verdict.record import RecordError, read_header, read_record
from fluentcart_conformance.verdict.states import State
from tests.synthetic import (
    catalogue,
    check,
    exchange,
    finding,
    footer,
    header,
    requirement,
    run,
    scenario,
    write,
)

KNOWN = catalogue(requirement("RFD-A"), requirement("RFD-B"), requirement("RFD-C"))
CLEANUP = {"type": "cleanup", "created": 2, "removed": 2, "leftovers": []}


def part(path: Path, shard: str, *events: Any, **more: Any) -> Path:
    selection = {"areas": None, "keyword": None, "shard": shard}
    return write(path, run(*events, selection=selection, **more))


def in_scenario(name: str, *events: Any, outcome: str = "passed") -> list[Any]:
    return [*({**one, "scenario": name} for one in events), scenario(outcome, id=name)]


FIRST = in_scenario("a.py::one", exchange(), check("RFD-A"))
SECOND = in_scenario(
    "b.py::two",
    exchange(status=200, findings=[finding("RFD-B")]),
    check("RFD-C", "failed"),
    outcome="failed",
)


def test_the_merged_verdict_is_that_of_one_run(tmp_path: Path) -> None:
    moved = [{**one, "id": "w0-2"} if one["type"] == "exchange" else one for one in SECOND]
    moved = [{**one, "exchanges": ["w0-2"]} if one["type"] == "check" else one for one in moved]
    whole = {**CLEANUP, "created": 4, "removed": 4}
    single = write(tmp_path / "single.jsonl", run(*FIRST, *moved, whole))
    parts = [
        part(tmp_path / "1.jsonl", "1/2", *FIRST, CLEANUP),
        part(tmp_path / "2.jsonl", "2/2", *SECOND, CLEANUP),
    ]
    merge_records(parts, tmp_path / "out.jsonl")
    merged = verdict_of_record(tmp_path / "out.jsonl", KNOWN)
    expected = verdict_of_record(single, KNOWN)
    assert merged.summary() == expected.summary()
    assert merged.exit_code == 1
    for name, one in expected.requirements.items():
        assert merged.requirements[name].state is one.state
        assert merged.requirements[name].findings == one.findings
    assert merged.cleanup == expected.cleanup
    assert [one.cause for one in merged.findings] == [one.cause for one in expected.findings]


def test_a_shard_disables_what_it_does_not_look_at(tmp_path: Path) -> None:
    alone = verdict_of_record(part(tmp_path / "1.jsonl", "1/2", *FIRST), KNOWN)
    assert alone.requirements["RFD-B"].state is State.DISABLED
    assert alone.exit_code == 0


@pytest.mark.parametrize(
    ("shards", "words"),
    [
        (["1/2"], "shard 2/2 is missing"),
        (["1/2", "1/2"], "shard 1/2 is there 2 times"),
        (["1/2", "2/3"], "shards of different runs"),
        (["1/1", "1/1"], "is there 2 times"),
    ],
)
def test_what_is_no_whole_run_is_refused(tmp_path: Path, shards: list[str], words: str) -> None:
    parts = [part(tmp_path / f"{n}.jsonl", shard) for n, shard in enumerate(shards)]
    with pytest.raises(RecordError, match=words):
        merge_records(parts, tmp_path / "out.jsonl")


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"profile": "fluentcart-1.3"}, "another profile"),
        ({"contract_sha256": "1" * 64}, "another contract"),
        ({"seed": 8}, "another seed"),
    ],
)
def test_parts_of_different_runs_are_refused(
    tmp_path: Path, more: dict[str, Any], words: str
) -> None:
    parts = [part(tmp_path / "1.jsonl", "1/2"), part(tmp_path / "2.jsonl", "2/2", **more)]
    with pytest.raises(RecordError, match=words):
        merge_records(parts, tmp_path / "out.jsonl")


def test_a_record_is_not_merged_into_itself(tmp_path: Path) -> None:
    one = part(tmp_path / "1.jsonl", "1/1")
    with pytest.raises(RecordError, match="one of the records"):
        merge_records([one], one)


def test_a_part_that_was_cut_short_makes_the_whole_interrupted(tmp_path: Path) -> None:
    first = part(tmp_path / "1.jsonl", "1/2", *FIRST)
    selection = {"areas": None, "keyword": None, "shard": "2/2"}
    second = write(tmp_path / "2.jsonl", [header(selection=selection), *SECOND])
    merge_records([first, second], tmp_path / "out.jsonl")
    assert verdict_of_record(tmp_path / "out.jsonl", KNOWN).exit_code == 130
    assert "shard" not in read_header(tmp_path / "out.jsonl")["selection"]


def test_a_part_that_was_interrupted_makes_the_whole_interrupted(tmp_path: Path) -> None:
    first = part(tmp_path / "1.jsonl", "1/2", *FIRST)
    selection = {"areas": None, "keyword": None, "shard": "2/2"}
    events = [header(selection=selection), *SECOND, footer("interrupted")]
    merge_records([first, write(tmp_path / "2.jsonl", events)], tmp_path / "out.jsonl")
    assert verdict_of_record(tmp_path / "out.jsonl", KNOWN).exit_code == 130


def test_an_earlier_run_settles_what_passed_and_touches_nothing_open(tmp_path: Path) -> None:
    also = in_scenario("a.py::also", check("RFD-C", exchanges=[]))
    found = Earlier.of(write(tmp_path / "run.jsonl", run(*FIRST, *SECOND, *also)), KNOWN)
    assert found.still_open == {"RFD-B", "RFD-C"}
    assert found.settled == {"a.py::one"}
    assert found.seconds["b.py::two"] == 0.25


def test_of_an_interrupted_run_the_finished_scenarios_are_kept(tmp_path: Path) -> None:
    gone = {"type": "problem", "where": "target", "message": "gone"}
    broken = in_scenario("c.py::broken", check("RFD-C", "not_testable"), outcome="failed")
    cut = [{**exchange("w0-9"), "scenario": "d.py::cut"}]
    loose = exchange("w0-8", scenario=None)
    events = [header(), *FIRST, loose, broken[0], gone, broken[1], *SECOND, *cut]
    record = write(tmp_path / "run.jsonl", events)
    assert list(finished_events(record)) == [*FIRST, loose, *SECOND]
    assert Earlier.of(record, KNOWN).finished == {"a.py::one", "b.py::two"}


def test_a_run_that_stopped_at_a_failure_disables_the_rest(tmp_path: Path) -> None:
    stopped = {"type": "stopped", "reason": "the run stopped at the first broken MUST, RFD-C"}
    record = write(tmp_path / "run.jsonl", run(*SECOND, stopped))
    found = verdict_of_record(record, KNOWN)
    assert found.requirements["RFD-A"].state is State.DISABLED
    assert found.requirements["RFD-A"].reason == stopped["reason"]
    assert found.exit_code == 1
    assert stopped in list(read_record(record))


def test_a_run_with_nothing_left_to_look_at_has_no_verdict_and_fails_nobody(tmp_path: Path) -> None:
    since = {"run": "r-1", "open": []}
    selection = {"areas": None, "keyword": None, "since": since}
    found = verdict_of_record(write(tmp_path / "run.jsonl", run(selection=selection)), KNOWN)
    assert (found.result, found.exit_code) == ("no_verdict", 0)
    assert found.requirements["RFD-A"].reason == "settled by r-1"

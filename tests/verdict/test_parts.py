"""Merged headers, what of an earlier run is kept, and reading a record in part."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from fluentcart_conformance.verdict.earlier import Earlier, finished_events
from fluentcart_conformance.verdict.merge import merge_records, renamed
from fluentcart_conformance.verdict.record import (
    RecordError,
    RecordWriter,
    exchanges_by_id,
    is_exchange,
    read_header,
    read_record,
)
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


def has(present: bool, reason: str = "") -> dict[str, Any]:
    return {"present": present, "reason": reason}


def shard(number: int, count: int = 2, **more: Any) -> dict[str, Any]:
    return {"areas": None, "keyword": None, "shard": f"{number}/{count}", **more}


def merged(folder: Path, *parts: list[Any]) -> list[Any]:
    files = [write(folder / f"{number}.jsonl", events) for number, events in enumerate(parts)]
    merge_records(files, folder / "out.jsonl")
    return list(read_record(folder / "out.jsonl"))


def end(moment: str, result: str = "conforms") -> dict[str, Any]:
    return {"type": "footer", "ended": moment, "verdict": {"result": result}}


def test_the_header_of_the_whole_is_that_of_a_run_without_shards(tmp_path: Path) -> None:
    one = header(
        run="r-1", started="2026-11-20T18:00:05+00:00", selection=shard(1, 3),
        capabilities={"a": has(True), "b": has(True), "c": has(False, "none")},
        deviations=["x.yaml", "y.yaml"],
    )  # fmt: skip
    two = header(
        run="r-2", started="2026-11-20T19:00:04+01:00", selection=shard(2, 3),
        capabilities={"a": has(True), "b": has(False, "gone"), "c": has(True), "d": has(True)},
        deviations=["y.yaml", "z.yaml"],
    )  # fmt: skip
    three = header(
        run="r-3", started="soon or so", selection=shard(3, 3),
        capabilities={"a": has(False, "third"), "b": has(False, "late")},
    )  # fmt: skip
    head = merged(tmp_path, [one, footer()], [two, footer()], [three, footer()])[0]

    assert head == {
        **one,
        "started": "soon or so",
        "selection": {"areas": None, "keyword": None},
        "capabilities": {
            "a": has(False, "third"), "b": has(False, "gone"), "c": has(False, "none"),
            "d": has(True),
        },
        "deviations": ["x.yaml", "y.yaml", "z.yaml"],
        "parts": ["r-1", "r-2", "r-3"],
    }  # fmt: skip


def test_the_earliest_start_and_the_latest_end_count_whatever_their_zone(tmp_path: Path) -> None:
    late = header(started="2026-11-20T18:00:05+00:00", selection=shard(1))
    early = header(started="2026-11-20T19:00:04+01:00", selection=shard(2))
    ends = end("2026-11-20T18:30:00"), end("2026-11-20T19:29:00+01:00")
    events = merged(tmp_path, [late, ends[0]], [early, ends[1]])

    assert events[0]["started"] == "2026-11-20T19:00:04+01:00"
    assert events[-1] == {"type": "footer", "ended": "2026-11-20T18:30:00", "verdict": {}}


def test_an_end_that_is_no_date_is_the_earliest(tmp_path: Path) -> None:
    parts = [
        [header(selection=shard(1)), end("never")],
        [header(selection=shard(2)), end("2026-11-20T18:30:00", "interrupted")],
    ]
    last = merged(tmp_path, *parts)[-1]
    assert last["ended"] == "2026-11-20T18:30:00"
    assert last["verdict"] == {"result": "interrupted"}


def test_what_each_part_left_over_is_added_up(tmp_path: Path) -> None:
    def left(created: int, removed: int, *leftovers: str) -> dict[str, Any]:
        return {
            "type": "cleanup", "created": created, "removed": removed, "leftovers": list(leftovers)
        }  # fmt: skip

    events = merged(
        tmp_path,
        [header(selection=shard(1)), left(3, 1, "order 1", "order 2"), footer()],
        [header(selection=shard(2)), left(2, 1, "customer 3"), footer()],
    )
    assert [one["type"] for one in events] == ["header", "cleanup", "footer"]
    assert events[1] == left(5, 2, "order 1", "order 2", "customer 3")
    nothing = merged(
        tmp_path,
        [header(selection=shard(1)), footer()],
        [header(selection=shard(2))],
    )
    assert [one["type"] for one in nothing] == ["header"]


def test_exchanges_of_parts_do_not_collide(tmp_path: Path) -> None:
    parts = [
        [header(selection=shard(number)), exchange("w0-1"), check("RFD-A"), scenario(), footer()]
        for number in (1, 2)
    ]
    events = merged(tmp_path, *parts)
    assert [one["id"] for one in events if one["type"] == "exchange"] == ["s1-w0-1", "s2-w0-1"]
    shown = [one["exchanges"] for one in events if one["type"] == "check"]
    assert shown == [["s1-w0-1"], ["s2-w0-1"]]
    assert renamed(scenario(), "s1-") == scenario()
    assert renamed(exchange("a"), "s1-") == exchange("s1-a")
    assert renamed(check("RFD-A"), "s1-") == check("RFD-A", exchanges=["s1-w0-1"])


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"tool": "0.2"}, "another version of the tool"),
        ({"profile": "fluentcart-1.3"}, "another profile"),
        ({"contract_sha256": "1"}, "another contract"),
        ({"seed": 8}, "another seed"),
        ({"selection": shard(2, areas=["a"])}, "it selects other scenarios"),
        ({"selection": shard(2, keyword="a")}, "it selects other scenarios"),
        ({"selection": shard(2, only=["a"])}, "it selects other scenarios"),
        ({"selection": shard(2, since={"run": "r"})}, "it selects other scenarios"),
    ],
)
def test_a_part_of_another_run_is_named_with_what_differs(
    tmp_path: Path, change: dict[str, Any], words: str
) -> None:
    other = header(**{"selection": shard(2), **change})
    with pytest.raises(RecordError) as caught:
        merged(tmp_path, [header(selection=shard(1)), footer()], [other, footer()])
    first, second = tmp_path / "0.jsonl", tmp_path / "1.jsonl"
    assert str(caught.value) == f"{second} is not of the same run as {first}: {words}"


def test_a_shard_that_is_none_is_told(tmp_path: Path) -> None:
    with pytest.raises(RecordError) as caught:
        merged(tmp_path, [header(selection=shard(1))], [header(selection={
            "areas": None, "keyword": None, "shard": "odd"})])  # fmt: skip
    assert str(caught.value) == "these are shards of different runs: 1/2, odd"
    alone = merged(tmp_path, [header(), footer()])
    assert alone[0]["parts"] == ["r-20261120-ab12cd"]


KNOWN = catalogue(requirement("RFD-A"), requirement("RFD-B"), requirement("RFD-C"))


def named(name: str, outcome: str, *events: Any) -> list[Any]:
    return [*({**one, "scenario": name} for one in events), scenario(outcome, id=name, seconds=2.5)]


def test_an_earlier_run_tells_what_is_settled_open_and_finished(tmp_path: Path) -> None:
    record = write(
        tmp_path / "run.jsonl",
        run(
            *named("a", "passed", exchange("x1"), check("RFD-A")),
            *named("b", "passed", check("RFD-A"), exchange("x2", findings=[finding("RFD-B")])),
            *named("c", "error", check("RFD-A")),
            *named("d", "failed", check("RFD-B", "failed")),
        ),
    )
    earlier = Earlier.of(record, KNOWN)
    assert earlier.settled == {"a"}
    assert earlier.still_open == {"RFD-B", "RFD-C"}
    assert earlier.finished == {"a", "b", "d"}
    assert earlier.seconds == dict.fromkeys("abcd", 2.5)
    assert earlier.header["run"] == "r-20261120-ab12cd"


def test_only_whole_scenarios_are_kept(tmp_path: Path) -> None:
    problem = {"type": "problem", "where": "harness", "message": "x"}
    stopped = {"type": "stopped", "reason": "x"}
    cleanup = {"type": "cleanup", "created": 0, "removed": 0, "leftovers": []}
    sent = {"type": "sent", "scenario": "a", "operations": {}}
    kept = named("a", "passed", exchange("x1"), sent, check("RFD-A"))
    outside = exchange("x0", scenario=None)
    record = write(
        tmp_path / "run.jsonl",
        run(
            outside, *kept,
            *named("b", "error", exchange("x2")),
            exchange("x3", scenario="c"), problem, scenario(id="c"),
            *named("d", "failed", exchange("x4")),
            exchange("x5", scenario="e"),
            stopped, cleanup,
        ),
    )  # fmt: skip
    found = list(finished_events(record))
    assert found == [outside, *kept, *named("d", "failed", exchange("x4"))]


def test_a_line_is_compact_and_spells_its_letters(tmp_path: Path) -> None:
    with RecordWriter(tmp_path / "run.jsonl") as writer:
        writer.append(header())
        writer.append(exchange("w0-1", body="ü"))
    line = writer.path.read_bytes().splitlines()[1]
    assert line.startswith(b'{"type":"exchange","id":"w0-1",')
    assert "ü".encode() in line
    assert is_exchange(line)
    assert not is_exchange(json.dumps(check("RFD-A")).encode())
    with pytest.raises(RecordError, match=r"run\.jsonl is not open: the run has ended$"):
        writer.append(header())


def test_a_few_exchanges_are_fetched_without_reading_the_others(tmp_path: Path) -> None:
    long = [exchange(f"w0-{number}") for number in range(4)]
    with RecordWriter(tmp_path / "run.jsonl") as writer:
        for event in run(long[0], check("RFD-A"), long[1], long[2]):
            writer.append(event)
        writer._file.write(b'{"type":"exchange","id":"w0-9", this is never read\n')  # type: ignore[union-attr]
    found = exchanges_by_id(writer.path, {"w0-0", "w0-2"})
    assert found == {"w0-0": long[0], "w0-2": long[2]}
    spaced = write(tmp_path / "spaced.jsonl", run(*long))
    assert exchanges_by_id(spaced, {"w0-3"}) == {"w0-3": long[3]}
    assert read_header(spaced)["seed"] == 7

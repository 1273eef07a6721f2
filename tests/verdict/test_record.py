"""The record on disk."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fluentcart_conformance.verdict.record import (
    RecordError,
    RecordWriter,
    exchanges_by_id,
    read_header,
    read_record,
)
from tests.synthetic import check, exchange, header, run, write


def test_what_is_written_is_read(tmp_path: Path) -> None:
    path = tmp_path / "reports" / "run.jsonl"
    events = run(exchange(body="ü \u2028 \x1b[31m"), check("RFD-A"))
    with RecordWriter(path) as writer:
        for event in events:
            writer.append(event)
    assert list(read_record(path)) == events


def test_each_event_is_on_disk_at_once(tmp_path: Path) -> None:
    with RecordWriter(tmp_path / "run.jsonl") as writer:
        writer.append(header())
        assert read_header(writer.path)["run"] == "r-20261120-ab12cd"


def test_half_a_character_from_a_store_can_be_recorded(tmp_path: Path) -> None:
    with RecordWriter(tmp_path / "run.jsonl") as writer:
        writer.append(header())
        writer.append(exchange(body="half \ud83d"))
    last = list(read_record(writer.path))[-1]
    assert last["type"] == "exchange"
    assert last["response"]["body"] == "half \ud83d"


@pytest.mark.parametrize("cut", [1, 20, 60])
def test_a_cut_last_line_is_left_out(tmp_path: Path, cut: int) -> None:
    path = write(tmp_path / "run.jsonl", [header(), exchange(body="ü" * 50)])
    path.write_bytes(path.read_bytes()[:-cut])
    assert [event["type"] for event in read_record(path)] in (["header"], ["header", "exchange"])


HEADER = json.dumps(header()).encode() + b"\n"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "line 1: the file is empty"),
        (b"hello\n", "line 1: not a record"),
        (b'{"type":"check"}\n', "line 1: a record begins with a header"),
        (b'{"type":"header","schema":2,"tool":"9.9"}\n', "schema 2, this tool reads 1"),
        (b'{"log":{}}\n', "line 1: not an event"),
        (HEADER + b'{broken\n{"type":"check"}\n', "line 2: not a record"),
        (HEADER + b"\xff\xfe\n", "line 2: not a record"),
        (b'{"type":"header","schema":1}\n', "line 1: header lacks run, tool, profile"),
        (HEADER + b'{"type":"exchange"}\n', "line 2: exchange lacks id, scenario"),
        (
            HEADER + json.dumps(exchange(request={"headers": [], "body": 5})).encode() + b"\n",
            "line 2: exchange lacks request.headers, request.body",
        ),
    ],
)
def test_anything_else_is_refused_by_file_and_line(
    tmp_path: Path, content: bytes, words: str
) -> None:
    path = tmp_path / "run.jsonl"
    path.write_bytes(content)
    with pytest.raises(RecordError, match=r"run\.jsonl") as caught:
        list(read_record(path))
    assert words in str(caught.value)


def test_a_missing_record_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match=r"cannot read .*: No such file"):
        list(read_record(tmp_path / "run.jsonl"))


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "reports").write_text("a file, not a folder")
    words = r"cannot write .*: (Not a directory|File exists); choose another folder with --reports"
    with pytest.raises(RecordError, match=words):
        RecordWriter(tmp_path / "reports" / "run.jsonl").__enter__()


def test_a_full_disk_is_one_sentence() -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("this system has no /dev/full to stand for a full disk")
    writer = RecordWriter(full)
    writer.__enter__()
    with pytest.raises(RecordError, match="No space left on device"):
        writer.append(header())
    with pytest.raises(RecordError):
        writer.close()


def test_the_exchanges_wanted_are_found(tmp_path: Path) -> None:
    path = write(tmp_path / "run.jsonl", run(exchange("a"), exchange("b"), exchange("c")))
    assert set(exchanges_by_id(path, {"a", "c", "gone"})) == {"a", "c"}

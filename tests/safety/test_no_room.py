"""A disk without room, a folder in use: one sentence, and a shop as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from fluentcart_conformance.runner.log import open_log
from fluentcart_conformance.store.server import EmbeddedStore
from fluentcart_conformance.verdict.record import RecordError, RecordWriter
from tests.safety.shop import credentials, rows
from tests.tool import tool

FULL = Path("/dev/full")


@pytest.mark.skipif(not FULL.exists(), reason="no /dev/full to stand for a full disk")
@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_full_disk_ends_the_run_and_leaves_nothing_behind(workers: str, tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "run.jsonl").symlink_to(FULL)
    words = ("--area", "shipping", "--workers", workers)
    with EmbeddedStore("documented") as store:
        before = rows(store)
        run = tool(tmp_path, "run", "--base-url", store.base_url, *words, **credentials(store))
        assert rows(store) == before
    assert run.returncode == 2, run.stdout + run.stderr
    assert "No space left on device" in run.stderr
    assert "took away what it had created" in run.stderr
    assert "Traceback" not in run.stdout + run.stderr


def test_two_runs_in_one_folder_do_not_spoil_each_others_record(tmp_path: Path) -> None:
    with RecordWriter(tmp_path / "reports" / "run.jsonl") as first:
        run = tool(tmp_path, "run", "--area", "shipping")
        assert run.returncode == 2
        assert "another run writes" in run.stderr
        first.append({"type": "stopped", "reason": "it can go on"})
    assert (tmp_path / "reports" / "run.jsonl").read_text().count("\n") == 1


def test_a_record_that_is_closed_may_be_written_anew(tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"
    with RecordWriter(path) as first:
        first.append({"type": "stopped", "reason": "one"})
        with pytest.raises(RecordError, match="another run writes"):
            RecordWriter(path).__enter__()
    with RecordWriter(path):
        assert path.read_bytes() == b""


@pytest.mark.skipif(not FULL.exists(), reason="no /dev/full to stand for a full disk")
def test_a_log_without_room_ends_nothing() -> None:
    with open_log(FULL) as log:
        log.write("what pytest says\n" * 10_000)

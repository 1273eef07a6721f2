"""JSON wherever a table is printed: nothing else stands on standard output."""

from __future__ import annotations

import json
from pathlib import Path

from tests.tool import tool

PART = ("-k", "the_methods_are_read_with_and_without_a_place", "--format", "json")


def test_run_replay_and_merge_print_the_verdict_as_json(tmp_path: Path) -> None:
    first = tool(tmp_path, "run", *PART, GITHUB_ACTIONS="true")
    assert first.returncode == 0, first.stderr
    told = json.loads(first.stdout)
    assert told["result"] == "conforms"
    assert "CONFORMS" in first.stderr

    compared = tool(tmp_path, "run", *PART, "--reports", "again", "--baseline", "reports/run.jsonl")
    assert compared.returncode == 0, compared.stderr
    assert json.loads(compared.stdout)["comparison"]["regressed"] is False

    again = tool(
        tmp_path, "replay", "test_the_methods_are_read_with_and_without_a_place", "--format", "json"
    )
    assert again.returncode == 0, again.stderr
    assert json.loads(again.stdout)["result"] == "conforms"

    merged = tool(
        tmp_path, "merge", "reports", "--reports", "merged", "--format", "json"
    )  # one part of one
    assert json.loads(merged.stdout)["result"] == "conforms", merged.stderr

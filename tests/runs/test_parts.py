"""Runs on the embedded store in shards, again, to the first failure, and resumed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tool import tool

from .records import events, scenarios, states

AREAS = ("--area", "shipping", "--area", "refunds")
BROKEN = ("--store-arguments", "--fault refund-cent-more")


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the record of a run against a store with a fault, in `whole`."""
    folder = tmp_path_factory.mktemp("parts")
    done = tool(folder, "run", *AREAS, *BROKEN, "--reports", "whole")
    assert done.returncode == 1, done.stderr
    return folder


def test_the_merged_verdict_of_the_shards_is_that_of_the_single_run(broken: Path) -> None:
    for index in (1, 2, 3):
        words = ("--shard", f"{index}/3", "--reports", f"s{index}", "--balance", "whole/run.jsonl")
        done = tool(broken, "run", *AREAS, *BROKEN, *words)
        assert done.returncode in (0, 1), done.stderr
    shards = [scenarios(broken / f"s{index}" / "run.jsonl") for index in (1, 2, 3)]
    assert all(shards)
    every = sorted(one for shard in shards for one in shard)
    assert every == sorted(scenarios(broken / "whole/run.jsonl"))
    merged = tool(broken, "merge", "s1", "s2/run.jsonl", "s3", "--reports", "merged")
    assert merged.returncode == 1, merged.stderr
    assert states(broken, "merged/run.jsonl") == states(broken, "whole/run.jsonl")
    assert (broken / "merged/report.html").is_file()


def test_two_workers_come_to_the_verdict_of_one(broken: Path) -> None:
    done = tool(broken, "run", *AREAS, *BROKEN, "--workers", "2", "--reports", "two")
    assert done.returncode == 1, done.stderr
    assert states(broken, "two/run.jsonl") == states(broken, "whole/run.jsonl")
    ran = scenarios(broken / "two/run.jsonl")
    assert sorted(ran) == sorted(scenarios(broken / "whole/run.jsonl"))
    assert not [one for one in (broken / "two").iterdir() if one.suffix in (".gate", ".floor")]


def test_a_missing_shard_is_a_usage_error(broken: Path) -> None:
    done = tool(broken, "run", "--area", "shipping", "--shard", "1/2", "--reports", "half")
    assert done.returncode == 0, done.stderr
    merged = tool(broken, "merge", "half", "--reports", "never")
    assert (merged.returncode, "shard 2/2 is missing" in merged.stderr) == (2, True)


def test_only_what_was_broken_runs_again(broken: Path) -> None:
    whole = scenarios(broken / "whole/run.jsonl")
    words = ("--only-changed-since", "whole/run.jsonl", "--reports", "again")
    done = tool(broken, "run", *AREAS, *words)
    ran = scenarios(broken / "again/run.jsonl")
    assert 0 < len(ran) < len(whole) / 2
    failed = {
        one["scenario"]
        for one in events(broken / "whole/run.jsonl")
        if one["type"] == "check" and one["outcome"] == "failed"
    }
    assert failed <= set(ran)
    # The store has no fault now, so what was broken is mended.
    assert done.returncode == 0, done.stdout
    assert "disabled" in done.stdout


def test_a_run_may_stop_at_the_first_broken_must(broken: Path) -> None:
    done = tool(broken, "run", *AREAS, *BROKEN, "--fail-fast", "--reports", "fast")
    assert done.returncode == 1, done.stderr
    found = events(broken / "fast/run.jsonl")
    stopped = next(one for one in found if one["type"] == "stopped")
    assert "first broken MUST" in stopped["reason"]
    outcomes = [one["outcome"] for one in found if one["type"] == "scenario"]
    assert outcomes[-1] == "failed"
    assert "failed" not in outcomes[:-1]
    assert found[-1]["verdict"]["requirements"]["untested"] == 0


def test_workers_stop_at_the_first_broken_must_too(broken: Path) -> None:
    words = ("--fail-fast", "--workers", "2", "--reports", "fast2")
    done = tool(broken, "run", *AREAS, *BROKEN, *words)
    assert done.returncode == 1, done.stderr
    assert events(broken / "fast2/run.jsonl")[-1]["verdict"]["result"] == "findings"


def test_an_interrupted_run_is_resumed_to_the_verdict_of_a_whole_one(broken: Path) -> None:
    reports = broken / "resumed"
    reports.mkdir()
    lines = (broken / "whole/run.jsonl").read_bytes().splitlines(keepends=True)
    (reports / "run.jsonl").write_bytes(b"".join(lines[: len(lines) // 2]))
    before = scenarios(reports / "run.jsonl")
    words = ("--resume", "resumed/run.jsonl", "--reports", "resumed")
    done = tool(broken, "run", *AREAS, *BROKEN, *words)
    assert done.returncode == 1, done.stderr
    found = scenarios(reports / "run.jsonl")
    assert found[: len(before)] == before
    assert sorted(found) == sorted(scenarios(broken / "whole/run.jsonl"))
    assert states(broken, "resumed/run.jsonl") == states(broken, "whole/run.jsonl")
    assert events(reports / "run.jsonl")[0]["resumes"]


def test_a_single_requirement_costs_only_its_scenarios(broken: Path) -> None:
    words = ("--requirement", "RFD-PARTIAL-TOTAL", "--reports", "single")
    done = tool(broken, "run", *BROKEN, *words)
    assert done.returncode == 1, done.stderr
    verdict = events(broken / "single/run.jsonl")[-1]["verdict"]
    whole = events(broken / "whole/run.jsonl")[-1]["verdict"]
    assert verdict["requests"] < whole["requests"] / 4


def test_a_dry_run_lists_what_would_be_sent(broken: Path) -> None:
    done = tool(broken, "run", "--area", "refunds", "--dry-run", "--reports", "dry")
    assert done.returncode == 0, done.stderr
    assert "  POST   /orders/{order_id}/refund  as admin" in done.stdout
    assert (broken / "dry/dry-run.json").is_file()
    assert not (broken / "dry/run.jsonl").exists()


def test_a_run_that_keeps_the_documented_limits_says_how_long_it_takes(broken: Path) -> None:
    words = ("--area", "shipping", "--respect-documented-limits", "--reports", "slow")
    done = tool(broken, "run", *words)
    assert done.returncode == 0, done.stderr
    assert "documented limits do not slow this run down" in done.stdout


@pytest.mark.parametrize("shard", ["0/2", "3/2", "x"])
def test_a_wrong_shard_is_a_usage_error(tmp_path: Path, shard: str) -> None:
    done = tool(tmp_path, "run", "--shard", shard)
    assert (done.returncode, "shard" in done.stderr) == (2, True)

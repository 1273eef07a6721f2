"""A run that is killed or interrupted leaves a shop as it was, and keeps what it knew."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from fluentcart_conformance.contract.requirements import load_requirements
from fluentcart_conformance.store.server import EmbeddedStore
from fluentcart_conformance.verdict.compute import verdict_of_record
from tests.safety.shop import Running, begin, credentials, rows
from tests.tool import events, tool

WORDS = ("--area", "orders", "--area", "addresses")
PACED = ("--rate", "40")
"""So slow that a run of hundreds of requests is still under way after seconds."""


def under_way(folder: Path, store: EmbeddedStore, who: dict[str, str], workers: str) -> Running:
    """A run in its midst: two dozen objects are made, and each worker has ended a scenario."""
    address = ("--base-url", store.base_url)
    run = begin(folder, "run", *address, *WORDS, *PACED, "--workers", workers, **who)
    run.made(24)
    return run


@pytest.mark.parametrize(("profile", "workers"), [("documented", "1"), ("fluentcart-1.3", "2")])
def test_after_kill_9_a_sweep_leaves_nothing(profile: str, workers: str, tmp_path: Path) -> None:
    with EmbeddedStore(profile) as store:
        before, who = rows(store), credentials(store)
        run = under_way(tmp_path, store, who, workers)
        run.send(signal.SIGKILL)
        assert run.end()[0] == -signal.SIGKILL
        assert rows(store) != before
        assert run.journal().entries, "what it made was on disk"

        asked = tool(tmp_path, "sweep", "--base-url", store.base_url, "--all", **who)
        assert asked.returncode == 2
        assert "say --yes" in asked.stderr
        assert rows(store) != before
        swept = tool(tmp_path, "sweep", "--base-url", store.base_url, "--all", "--yes", **who)
        assert swept.returncode == 0, swept.stdout + swept.stderr
        assert rows(store) == before
        again = tool(tmp_path, "sweep", "--base-url", store.base_url, "--all", "--yes", **who)
        assert (again.returncode, again.stdout) == (0, "nothing is left\n")
    verdict = verdict_of_record(tmp_path / "reports" / "run.jsonl", load_requirements())
    assert verdict.result != "conforms", "a run that was cut short has not shown that"


@pytest.mark.parametrize("workers", ["1", "2"])
def test_ctrl_c_cleans_up_and_ends_with_130(workers: str, tmp_path: Path) -> None:
    with EmbeddedStore("documented") as store:
        before, who = rows(store), credentials(store)
        run = under_way(tmp_path, store, who, workers)
        run.send(signal.SIGINT)
        code, said = run.end()
        assert code == 130, said
        assert "Traceback" not in said
        assert rows(store) == before
    record = events(run.reports)
    footer = record[-1]
    assert footer["type"] == "footer"
    assert footer["verdict"]["result"] == "interrupted"
    assert footer["verdict"]["exit_code"] == 130
    cleanup = next(one for one in record if one["type"] == "cleanup")
    assert cleanup["created"] >= 24
    assert cleanup["leftovers"] == []
    assert any(one["type"] == "scenario" for one in record)
    assert not any(one["type"] == "problem" for one in record)
    assert (run.reports / "report.html").is_file()


def test_ctrl_c_during_the_cleanup_waits_for_it(tmp_path: Path) -> None:
    with EmbeddedStore("fluentcart-1.3") as store:
        before, who = rows(store), credentials(store)
        words = ("--base-url", store.base_url, "--area", "addresses", "--rate", "15")
        run = begin(tmp_path, "run", *words, "--workers", "1", **who)
        run.removes("customer")
        run.send(signal.SIGINT)
        code, said = run.end()
        assert code == 130, said
        assert rows(store) == before
    assert events(run.reports)[-1]["verdict"]["result"] == "interrupted"


@pytest.mark.parametrize("limit", [("--max-requests", "60"), ("--run-timeout", "3", *PACED)])
def test_a_run_whose_limit_is_reached_still_cleans_up(
    limit: tuple[str, ...], tmp_path: Path
) -> None:
    with EmbeddedStore("documented") as store:
        before, who = rows(store), credentials(store)
        done = tool(
            tmp_path, "run", "--base-url", store.base_url, "--area", "orders", *limit, **who
        )
        assert done.returncode in {1, 3}, done.stdout + done.stderr
        assert rows(store) == before
    cleanup = next(one for one in events(tmp_path / "reports") if one["type"] == "cleanup")
    assert cleanup["created"] > 0
    assert cleanup["leftovers"] == []

"""One finding, one scenario, one requirement of a run, run again."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.tool import events, tool

UNIT = "an_order_is_refunded_from_the_first_cent_to_the_last"
FAULT = "--fault refund-cent-more"


def scenarios(folder: Path) -> list[str]:
    return [one["id"] for one in events(folder) if one["type"] == "scenario"]


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the record of a run of one requirement against a store with a fault."""
    folder = tmp_path_factory.mktemp("replay")
    done = tool(
        folder, "run", "--requirement", "rfd-partial-total", "--store-arguments", FAULT,
        "--seed", "77",
    )  # fmt: skip
    assert done.returncode == 1, done.stderr
    return folder


def test_a_run_of_one_requirement_says_so_and_disables_the_rest(broken: Path) -> None:
    head, *_, foot = events(broken / "reports")
    assert head["selection"]["only"] == ["RFD-PARTIAL-TOTAL"]
    assert foot["verdict"]["requirements"]["untested"] == 0
    assert foot["verdict"]["requirements"]["disabled"] > 500
    assert scenarios(broken / "reports")


def test_a_finding_is_replayed_by_its_scenario(broken: Path) -> None:
    page = (broken / "reports" / "report.html").read_text("utf-8")
    found = json.loads(tool(broken, "judge", "reports/run.jsonl", "--format", "json").stdout)
    assert "fluentcart-conformance replay" in page
    assert found["traffic"]["judged"]
    finding = next(w for w in tool(broken, "report").stdout.split() if w.startswith("F-"))

    still = tool(broken, "replay", finding, "--store-arguments", FAULT)
    fixed = tool(broken, "replay", finding.upper())

    assert (still.returncode, fixed.returncode) == (1, 0), still.stderr + fixed.stderr
    replayed = broken / "reports" / "replay"
    assert [UNIT in one for one in scenarios(replayed)] == [True]
    assert events(replayed)[0]["seed"] == 77
    assert events(broken / "reports")[0]["run"] != events(replayed)[0]["run"]


@pytest.mark.parametrize("whole", [True, False])
def test_a_scenario_is_replayed_by_its_name_or_a_part_of_it(broken: Path, whole: bool) -> None:
    name = next(one for one in scenarios(broken / "reports") if UNIT in one)
    words = name if whole else name.rpartition("::")[2]
    done = tool(broken, "replay", words, "--reports", "again")
    assert done.returncode == 0, done.stdout + done.stderr
    assert scenarios(broken / "again") == [name]


def test_a_requirement_is_replayed_without_any_record(tmp_path: Path) -> None:
    done = tool(tmp_path, "replay", "RFD-PARTIAL-TOTAL")
    assert done.returncode == 0, done.stdout + done.stderr
    assert scenarios(tmp_path / "replay")


@pytest.mark.parametrize("name", ["F-00000000", "RFD-PARTIAL-TOTL", "orders/test_no.py::test_no"])
def test_what_the_record_does_not_hold_is_a_clear_error(broken: Path, name: str) -> None:
    done = tool(broken, "replay", name)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert name in done.stderr


def test_a_clone_runs_the_suites_with_pytest_alone(tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    done = subprocess.run(  # noqa: S603 - our own interpreter and words
        [sys.executable, "-m", "pytest", "suites/refunds/test_amounts.py", "-k", UNIT, "-q",
         "-p", "no:schemathesis", "--reports", str(tmp_path)],
        cwd=root, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert events(tmp_path)[0]["selection"]["only"] == ["refunds/test_amounts.py"]

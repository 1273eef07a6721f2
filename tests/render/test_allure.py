"""The Allure results."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from fluentcart_conformance.cli.report import without_analytics
from fluentcart_conformance.render.everything import Rendered

from .conftest import node


def results(folder: Path) -> dict[str, Any]:
    files = (folder / "allure-results").glob("*-result.json")
    found = [json.loads(file.read_text("utf-8")) for file in files]
    return {one["fullName"]: one for one in found}


def labels(result: Any, name: str) -> list[str]:
    return [label["value"] for label in result["labels"] if label["name"] == name]


def test_one_result_per_scenario_with_its_own_status(rendered: Rendered, folder: Path) -> None:
    statuses = {name: one["status"] for name, one in results(folder).items()}
    assert statuses == {
        "suites/refunds/test_partial.py::test_a_partial_refund": "passed",
        node("failed[x]"): "failed",
        node("warned"): "passed",
        node("known"): "skipped",
        node("blocked"): "broken",
    }


def test_labels_say_where_it_belongs_and_how_bad_it_is(rendered: Rendered, folder: Path) -> None:
    failed = results(folder)[node("failed[x]")]
    assert labels(failed, "epic") == ["fluentcart-conformance"]
    assert labels(failed, "feature") == ["refunds"]
    assert labels(failed, "story") == ["suites/refunds/test_partial.py"]
    assert labels(failed, "severity") == ["critical"]
    assert labels(failed, "requirement") == ["RFD-FAILED"]
    assert labels(results(folder)[node("warned")], "severity") == ["normal"]


def test_evidence_hangs_on_what_failed_and_on_nothing_else(
    rendered: Rendered, folder: Path
) -> None:
    found = results(folder)
    passed = found["suites/refunds/test_partial.py::test_a_partial_refund"]
    assert "attachments" not in passed
    sources = [one["source"] for one in found[node("failed[x]")]["attachments"]]
    texts = [(folder / "allure-results" / name).read_text("utf-8") for name in sources]
    assert texts[0].startswith("curl -sS -i -X POST")
    assert "[secret]" in texts[1]


def test_each_parametrized_case_has_its_own_stable_history(
    rendered: Rendered, folder: Path
) -> None:
    failed = results(folder)[node("failed[x]")]
    assert failed["historyId"] != failed["testCaseId"]
    assert len({one["historyId"] for one in results(folder).values()}) == 5
    assert failed["parameters"] == [{"name": "case", "value": "x"}]


def test_categories_tell_the_kinds_of_failure_apart(rendered: Rendered, folder: Path) -> None:
    home = folder / "allure-results"
    names = [one["name"] for one in json.loads((home / "categories.json").read_text())]
    assert names == ["Finding", "Known deviation", "Not testable", "Harness error"]
    found = results(folder)
    assert found[node("known")]["statusDetails"]["message"].startswith("Known deviation")
    assert found[node("blocked")]["statusDetails"]["message"].startswith("Not testable")
    assert "Profile=documented\n" in (home / "environment.properties").read_text()
    assert json.loads((home / "executor.json").read_text())["buildName"] == "r-20261120-ab12cd"


def test_a_page_made_of_the_results_loads_nothing_from_elsewhere() -> None:
    script = '<script async src="https://www.googletagmanager.com/gtag/js?id=G-1"></script>'
    assert without_analytics(f"<head>{script}</head>") == "<head></head>"


def test_allure_3_takes_name_and_the_same_categories_from_its_settings(
    rendered: Rendered, folder: Path
) -> None:
    settings = json.loads((folder / "allurerc.json").read_text("utf-8"))
    beside = json.loads((folder / "allure-results" / "categories.json").read_text("utf-8"))
    assert settings["categories"] == beside
    assert settings["name"] == "FluentCart conformance: FINDINGS"
    # JavaScript and Java read the expressions; neither may need a flag within.
    assert not [one for one in beside if "(?" in one.get("messageRegex", "")]


def test_the_executor_has_an_order_for_trends(rendered: Rendered, folder: Path) -> None:
    told = json.loads((folder / "allure-results" / "executor.json").read_text("utf-8"))
    assert told["buildOrder"] == 1795197600
    assert told["buildName"] == rendered.verdict.header["run"]

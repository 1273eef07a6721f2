"""What a CI sees, with the runner's environment faked."""

from __future__ import annotations

from pathlib import Path

import pytest

from fluentcart_conformance.render.everything import Rendered
from fluentcart_conformance.render.sarif import sarif
from fluentcart_conformance.render.step_summary import publish


@pytest.fixture(autouse=True)
def no_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY"):
        monkeypatch.delenv(name, raising=False)


def test_elsewhere_nothing_is_written(rendered: Rendered) -> None:
    assert publish(rendered.verdict) == []


def test_the_summary_is_appended_and_holds_no_markup_of_the_store(
    rendered: Rendered, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    summary = tmp_path / "summary.md"
    summary.write_text("before\n")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    lines = publish(rendered.verdict)
    text = summary.read_text("utf-8")
    assert text.startswith("before\n## FINDINGS")
    assert "| refunds | failed |" in text
    assert "RFD-FAILED" in text
    assert "<script>" not in text
    assert "<img" not in text
    assert lines[0].startswith("::error file=suites/refunds/test_partial.py,line=12,title=RFD-F")
    assert lines[1].startswith("::warning title=RFD-WARNED::")


def test_an_annotation_is_one_line_whatever_the_store_says(
    rendered: Rendered, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert all("\n" not in line and "\x1b" not in line for line in publish(rendered.verdict))


def test_a_summary_that_cannot_be_written_costs_no_verdict(
    rendered: Rendered, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path))
    assert publish(rendered.verdict)[0].startswith("::warning")


def test_sarif_names_rules_levels_and_known_deviations(rendered: Rendered) -> None:
    (one,) = sarif(rendered.verdict)["runs"]
    rules = [rule["id"] for rule in one["tool"]["driver"]["rules"]]
    assert set(rules) == {"RFD-FAILED", "RFD-WARNED", "RFD-NOTED", "RFD-KNOWN"}
    levels = {result["ruleId"]: result["level"] for result in one["results"]}
    assert levels["RFD-WARNED"] == "warning"
    known = next(result for result in one["results"] if result["ruleId"] == "RFD-KNOWN")
    assert known["suppressions"][0]["justification"] == "the plugin prints text"

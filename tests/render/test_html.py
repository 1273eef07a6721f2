"""The page: whole, self-contained, and deaf to what a store puts into it."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from fluentcart_conformance.contract.requirements import load_requirements
from fluentcart_conformance.render.everything import Rendered, evidence_of
from fluentcart_conformance.render.html.areas import area_columns, area_rows, sentence
from fluentcart_conformance.render.html.page import content_policy, render_html
from fluentcart_conformance.verdict.compare import compare_runs
from fluentcart_conformance.verdict.compute import verdict_of_record
from fluentcart_conformance.verdict.verdict import Verdict
from tests.synthetic import (
    catalogue,
    check,
    exchange,
    finding,
    requirement,
    run,
    scenario,
    write,
)

ALLOWED = {"script", "style"}


class Page(HTMLParser):
    """Collects what could run or load."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]


def test_hostile_text_is_shown_and_never_runs(rendered: Rendered, folder: Path) -> None:
    text = (folder / "report.html").read_text("utf-8")
    page = Page(text)
    assert page.tags.count("script") == 1
    assert "img" not in page.tags
    assert not [name for name, _ in page.attributes if name.startswith("on")]
    assert "&lt;script&gt;alert(1)" in text
    assert "\x1b" not in text
    assert "\x00" not in text
    assert "\u202e" not in text
    assert rendered.verdict.exit_code == 1


def test_the_page_asks_for_nothing(rendered: Rendered, folder: Path) -> None:
    page = Page((folder / "report.html").read_text("utf-8"))
    loading = [
        (name, value)
        for name, value in page.attributes
        if name in {"src", "action", "data", "srcset"} or (name == "href" and value[:1] != "#")
    ]
    assert loading == []
    assert "link" not in page.tags


def test_the_policy_pins_the_only_script_and_style(rendered: Rendered) -> None:
    text = render_html(rendered.verdict, rendered.exchanges)
    found = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', text)
    assert found is not None
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)
    script = re.search(r"<script>(.*?)</script>", text, re.DOTALL)
    assert style is not None
    assert script is not None
    wanted = content_policy(style.group(1), script.group(1))
    assert found.group(1).replace("&#39;", "'").replace("&#43;", "+") == wanted
    assert "default-src 'none'" in wanted
    assert "unsafe-inline" not in wanted


def test_every_requirement_is_there_with_state_text_and_source(
    rendered: Rendered, folder: Path
) -> None:
    text = (folder / "report.html").read_text("utf-8")
    for name, one in rendered.verdict.requirements.items():
        assert f'id="r-{name}" data-state="{one.state.value}"' in text
        assert f"The store keeps {name}." in text
    assert "orders-api, Refund Order" in text
    assert "no wire form" in text
    assert "needs a live gateway" in text


def test_findings_warnings_notes_and_deviations_have_their_sections(
    rendered: Rendered, folder: Path
) -> None:
    text = (folder / "report.html").read_text("utf-8")
    sections = ("findings", "warnings", "notes", "deviations", "blocked", "cleanup")
    assert [f'<h2 id="{name}"' in text for name in sections] == [True] * len(sections)
    assert "the plugin prints text" in text
    assert "curl -sS -i -X POST" in text


def test_every_link_of_the_page_leads_somewhere(rendered: Rendered, folder: Path) -> None:
    text = (folder / "report.html").read_text("utf-8")
    ids = set(re.findall(r'\bid="([^"]+)"', text))
    assert set(re.findall(r'href="#([^"]+)"', text)) <= ids


def test_the_page_stays_small_whatever_the_store_says(tmp_path: Path) -> None:
    every = load_requirements()
    events: list[Any] = []
    for number, name in enumerate(every):
        body = "<x>" * 9000
        found = [finding(name, f"{number}{one}", got="<" * 2000) for one in "abc"]
        events.append(exchange(f"w0-{number}", body=body, findings=found))
    record = write(tmp_path / "run.jsonl", run(*events))
    verdict = verdict_of_record(record, every)
    page = render_html(verdict, evidence_of(record, verdict))
    assert len(page.encode()) < 2_000_000
    assert "more findings are in run.jsonl" in page


def test_the_trend_against_a_baseline_is_on_the_page(tmp_path: Path) -> None:
    known = load_requirements()

    def verdict_after(name: str, *events: Any) -> Verdict:
        return verdict_of_record(write(tmp_path / name, run(*events)), known)

    good = verdict_after("a.jsonl", exchange(), check("RFD-PARTIAL-TOTAL"), scenario())
    bad = verdict_after(
        "b.jsonl", exchange(), check("RFD-PARTIAL-TOTAL", "failed"), scenario("failed")
    )
    worse = render_html(bad, {}, compare_runs(good, bad))
    assert "Against the baseline" in worse
    assert "REGRESSIONS  documented  1 regression" in worse
    assert re.search('<span class="chip failed">[0-9]+ <span aria-hidden="true">▲', worse)
    better = render_html(good, {}, compare_runs(bad, good))
    assert "NO REGRESSION  documented" in better
    assert re.search('<span class="chip passed">[0-9]+ <span aria-hidden="true">▼', better)
    assert "Against the baseline" not in render_html(good, {})


def test_the_page_says_in_a_sentence_what_the_verdict_means(tmp_path: Path) -> None:
    known = catalogue(requirement("RFD-ONE"), requirement("RFD-TWO"))

    def verdict(outcome: str) -> Verdict:
        events = run(exchange(), scenario(), check("RFD-ONE"), check("RFD-TWO", outcome))
        return verdict_of_record(write(tmp_path / "run.jsonl", events), known)

    clean, broken = verdict("passed"), verdict("failed")
    assert sentence(clean) == "The store keeps 2 requirements and breaks none of those looked at."
    assert sentence(broken) == "The store breaks 1 of 2 requirements looked at."
    blocked = verdict("not_testable")
    assert sentence(blocked) == "No MUST is broken, but 1 could not be tested."
    (row,) = area_rows(broken)
    assert row["bar"] == [("passed", 0, 60), ("deviating", 60, 0), ("failed", 60, 60)]
    assert row["share"] == "1 of 2 passed"
    titles = [title for _, title in area_columns([row])]
    assert "failed" in titles
    assert "deviating" not in titles

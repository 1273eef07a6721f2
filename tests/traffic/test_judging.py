"""Captured traffic judged: the store's own answers, foreign traffic, secrets, formats."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from xml.etree.ElementTree import fromstring

import httpx
import pytest

from fluentcart_conformance.cli.main import call
from fluentcart_conformance.store.server import EmbeddedStore
from fluentcart_conformance.traffic import (
    NotConformingError,
    assert_conforms,
    judge_response,
)
from fluentcart_conformance.traffic.judging import detect_profile, judge_traffic

SECRET = "Basic Y2FuYXJ5OmNhbmFyeQ=="
Capture = pytest.CaptureFixture[str]


@pytest.fixture(scope="module", params=["documented", "fluentcart-1.3", "fluentcart-1.5"])
def answers(request: pytest.FixtureRequest) -> Iterator[tuple[str, list[httpx.Response]]]:
    """What the embedded store of a profile answers to some reading requests."""
    with EmbeddedStore(request.param).start() as store:
        admin = store.app.shop.identities.described()["admin"]
        auth = (admin["user"], admin["password"])
        root = f"{store.base_url}/wp-json/fluent-cart/v2"
        with httpx.Client(auth=auth) as client:
            pages = [client.get(f"{root}/{name}") for name in ("orders", "customers")]
            first = pages[0].json()["orders"]["data"][0]["id"]
            pages += [client.get(f"{root}/orders/{first}"), client.get(f"{root}/orders/0")]
            yield request.param, pages


def har(path: Path, responses: list[httpx.Response], **members: Any) -> Path:
    entries = [
        {
            "time": 1.0,
            "request": {
                "method": one.request.method,
                "url": str(one.request.url),
                "headers": [{"name": "Authorization", "value": SECRET}],
            },
            "response": {
                "status": one.status_code,
                "headers": [{"name": k, "value": v} for k, v in one.headers.items()],
                "content": {"size": len(one.content), "text": members.get("text", one.text)},
            },
        }
        for one in responses
    ]
    foreign = json.loads(json.dumps(entries[0]))
    foreign["request"]["url"] = "https://fonts.example/css"
    path.write_text(json.dumps({"log": {"entries": [*entries, foreign]}}))
    return path


def test_a_correct_store_is_recognised_and_clean(
    answers: tuple[str, list[httpx.Response]], tmp_path: Path
) -> None:
    profile, responses = answers
    path = har(tmp_path / "a.har", responses)
    detected, reason = detect_profile([path])
    assert detected == profile, reason
    judged = judge_traffic([path], profile, reason)
    assert judged.judged == 4
    assert judged.skipped == {"foreign traffic": 1}
    assert judged.tally.occurrences == []


@pytest.fixture
def broken(answers: tuple[str, list[httpx.Response]], tmp_path: Path) -> Path:
    _, responses = answers
    return har(tmp_path / "broken.har", responses[2:3], text='{"order": "<script>"}')


def test_a_broken_answer_is_found_in_every_format(broken: Path, capsys: Capture) -> None:
    page = broken.with_name("page.html")
    assert call(["judge", str(broken), "--profile", "documented", "--html", str(page)]) == 1
    assert capsys.readouterr().out.splitlines()[-1].startswith("FINDINGS  documented")
    assert "<script>&" not in page.read_text()
    assert SECRET not in page.read_text()
    assert call(["judge", str(broken), "--profile", "documented", "--format", "json"]) == 1
    data = json.loads(capsys.readouterr().out)
    assert data["traffic"] == {"judged": 1, "skipped": {"foreign traffic": 1}}
    assert data["list"][0]["operation"] == "get_order"
    assert call(["judge", str(broken), "--profile", "documented", "--format", "sarif"]) == 1
    log = json.loads(capsys.readouterr().out)
    result = log["runs"][0]["results"][0]
    assert result["level"] == "error"
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "broken.har"
    assert call(["judge", str(broken), "--profile", "documented", "--format", "junit"]) == 1
    root = fromstring(capsys.readouterr().out)  # noqa: S314 - our own text
    assert [case.get("name") for case in root.iter("testcase")] == ["get_order"]


def test_only_foreign_traffic_is_an_error_that_says_so(tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / "foreign.har"
    path.write_text('{"log":{"entries":[]}}')
    page = tmp_path / "page.html"
    assert call(["judge", str(path), "--html", str(page)]) == 2
    said = capsys.readouterr()
    assert "nothing to judge in" in said.err
    assert "foreign.har (no exchange)" in said.err
    assert said.out == ""
    assert not page.exists()


def test_memory_holds_no_more_than_a_sample_of_one_cause(
    answers: tuple[str, list[httpx.Response]], tmp_path: Path
) -> None:
    path = har(tmp_path / "many.har", [answers[1][2]] * 200, text="not JSON")
    judged = judge_traffic([path], "documented", "")
    assert judged.judged == 200
    assert max(judged.causes.values()) == 200
    assert len(judged.tally.occurrences) <= 50
    assert len(judged.exchanges) == 1


def test_one_response_can_be_asserted_on(answers: tuple[str, list[httpx.Response]]) -> None:
    profile, responses = answers
    assert_conforms(responses[0], profile)
    wrong = SimpleNamespace(
        status_code=200,
        headers={"Content-Type": "application/json"},
        content=b"{}",
        request=responses[2].request,
    )
    with pytest.raises(NotConformingError, match="get_order"):
        assert_conforms(wrong, profile)
    wrong.request = httpx.Request("GET", "https://fonts.example/css")
    assert judge_response(wrong, profile).operation is None
    with pytest.raises(ValueError, match="no operation"):
        assert_conforms(wrong, profile)

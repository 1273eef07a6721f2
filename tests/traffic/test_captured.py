"""A browser's session as Chromium and mitmproxy write it: clean, and with ten faults."""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from fluentcart_conformance.store.faults import faults, put_on
from fluentcart_conformance.store.server import EmbeddedStore
from fluentcart_conformance.traffic.judging import Judged, detect_profile, judge_traffic

CAPTURED = Path(__file__).parent / "captured"
SESSIONS = ("chromium", "mitmproxy")
FAULTS = (
    "customer-member-missing",
    "customer-row-wrong-type",
    "customers-paging-member-missing",
    "lists-text-html",
    "order-late-member-wrong-type",
    "order-tree-member-missing",
    "order-urls-wrong-type",
    "orders-json-500",
    "orders-latin-1",
    "orders-trailing-garbage",
)
Har = dict[str, Any]


def captured(name: str) -> Har:
    loaded: Har = json.loads(gzip.decompress((CAPTURED / f"{name}.har.gz").read_bytes()))
    return loaded


def judged(har: Har, path: Path) -> Judged:
    path.write_text(json.dumps(har), "utf-8")
    profile, reason = detect_profile([path])
    assert profile == "documented", reason
    return judge_traffic([path], profile, reason)


@pytest.mark.parametrize("name", SESSIONS)
def test_a_session_with_a_right_store_is_clean(name: str, tmp_path: Path) -> None:
    found = judged(captured(name), tmp_path / "session.har")
    assert found.judged == 18
    assert set(found.skipped) == {"foreign traffic"}
    assert found.tally.occurrences == []


@pytest.fixture(params=FAULTS)
def fault(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture
def store(fault: str) -> Iterator[EmbeddedStore]:
    made = EmbeddedStore("documented")
    put_on(made, [fault])
    with made.start() as running:
        yield running


@pytest.mark.parametrize("name", SESSIONS)
def test_each_of_ten_faults_is_found(
    name: str, fault: str, store: EmbeddedStore, tmp_path: Path
) -> None:
    har = captured(name)
    answer_anew(har, store)
    found = judged(har, tmp_path / "session.har")
    assert found.judged == 18
    broken = {one.requirement for one in found.tally.occurrences}
    assert broken & set(faults()[fault].requirements), (fault, broken)


def answer_anew(har: Har, store: EmbeddedStore) -> None:
    """The session's requests once more, the answers written as the tool wrote the captured ones."""
    admin = store.identities["admin"]
    with httpx.Client(base_url=store.base_url, timeout=30) as client:
        for entry in har["log"]["entries"]:
            sent = entry["request"]
            names = {one["name"].lower() for one in sent["headers"]}
            answer = client.request(
                sent["method"],
                sent["url"].replace("http://127.0.0.1:8000", ""),
                content=(sent.get("postData") or {}).get("text", ""),
                headers={"content-type": "application/json"} if "postData" in sent else {},
                auth=(admin.user, admin.password) if "authorization" in names else None,
            )
            entry["response"] |= {
                "status": answer.status_code,
                "headers": [{"name": k, "value": v} for k, v in answer.headers.items()],
                "content": content(answer.content, har["log"]["creator"]["name"]),
            }


def content(body: bytes, tool: str) -> dict[str, Any]:
    """A body as each tool writes it; they differ in what is not UTF-8."""
    try:
        return {"size": len(body), "text": body.decode()}
    except UnicodeDecodeError:
        if tool == "mitmproxy":
            return {"size": len(body), "text": body.decode("utf-8", "surrogateescape")}
        text = base64.b64encode(body).decode()
        return {"size": len(body), "text": text, "encoding": "base64"}

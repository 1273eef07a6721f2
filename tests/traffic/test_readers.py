"""Captured traffic of every kind, whole, foreign and broken."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from fluentcart_conformance.traffic.errors import TrafficError
from fluentcart_conformance.traffic.readers import read_traffic
from tests.synthetic import exchange, run, write

URL = "https://shop.example/wp-json/fluent-cart/v2/orders/5"


def entry(**more: Any) -> dict[str, Any]:
    content = more.pop("content", {"mimeType": "application/json", "size": 2, "text": "{}"})
    return {
        "time": 12.0,
        "request": {
            "method": "GET",
            "url": URL,
            "headers": [{"name": "Authorization", "value": "Basic c2VjcmV0"}],
        },
        "response": {
            "status": 200,
            "headers": [{"name": "Content-Type", "value": "application/json"}],
            "content": content,
            **more,
        },
    }


def har(path: Path, *entries: dict[str, Any]) -> Path:
    path.write_text(json.dumps({"log": {"version": "1.2", "entries": list(entries)}}, indent=1))
    return path


def test_a_har_entry_becomes_an_exchange(tmp_path: Path) -> None:
    (one,) = read_traffic(har(tmp_path / "a.har", entry()))
    assert one.place == "a.har#1"
    assert one.exchange is not None
    assert (one.exchange.method, one.exchange.url, one.exchange.status) == ("GET", URL, 200)
    assert one.exchange.response_headers["content-type"] == "application/json"
    assert one.exchange.response_body == b"{}"


def test_a_base64_body_is_decoded(tmp_path: Path) -> None:
    text = base64.b64encode(b'{"id":5}\xff').decode()
    content = {"mimeType": "application/json", "size": 9, "text": text, "encoding": "base64"}
    (one,) = read_traffic(har(tmp_path / "a.har", entry(content=content)))
    assert one.exchange is not None
    assert one.exchange.response_body == b'{"id":5}\xff'


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"status": 0}, "no answer came"),
        ({"status": 304}, "from a cache"),
        ({"content": {"size": 900}}, "was not captured"),
    ],
)
def test_what_holds_no_answer_is_not_judged(tmp_path: Path, more: dict[str, Any], why: str) -> None:
    (one,) = read_traffic(har(tmp_path / "a.har", entry(**more)))
    assert one.exchange is None
    assert why in one.why


def test_a_recording_line_becomes_an_exchange(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    row = {
        "request": {
            "method": "GET",
            "path": "/orders",
            "query": {"page": 2, "ids": [1, 2]},
            "headers": {"Authorization": "[redacted: low]"},
        },
        "response": {"status": 403, "headers": {}, "body": {"code": "rest_forbidden"}},
        "truncated": True,
    }
    note = {"request": {"sql": "select 1"}, "response": {"rows": []}}
    path.write_text(json.dumps(row) + "\n" + json.dumps(note) + "\n")
    first, second = read_traffic(path)
    assert first.exchange is not None
    assert first.exchange.url.endswith("/wp-json/fluent-cart/v2/orders?page=2&ids=1&ids=2")
    assert first.exchange.identity == "low"
    assert first.exchange.cut
    assert second.exchange is None


def test_a_record_of_a_run_is_read(tmp_path: Path) -> None:
    path = write(tmp_path / "run.jsonl", run(exchange(url=URL, method="GET")))
    (one,) = read_traffic(path)
    assert one.exchange is not None
    assert one.exchange.url == URL
    assert one.place == "run.jsonl:2"


def test_a_cut_har_names_the_line(tmp_path: Path) -> None:
    path = har(tmp_path / "a.har", *[entry() for _ in range(50)])
    path.write_bytes(path.read_bytes()[:9000])
    with pytest.raises(TrafficError, match=r"a\.har, near line \d+: the file is cut .* entries"):
        list(read_traffic(path))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "line 1: the file is empty"),
        (b"hello\nthere\n", "line 1: neither a HAR file"),
        (b'{"entries": []}', "line 1: neither a HAR file"),
        (b"\x89PNG\r\n\x1a\n\x00", "line 1: neither a HAR file"),
        (b'{"type":"header","schema":99,"tool":"9"}\n', "record schema 99"),
        (b'{"request":{},"response":{}}\n{"request":{"me', "line 2: not JSON, the line is cut"),
        (b'{"request":{"method":"GET"},"response":{}}\n', "line 1: not an exchange"),
        (b'{"log":{"entries":[{"request":1}]}}', "entry 1: not a HAR entry"),
    ],
)
def test_anything_else_is_refused_by_file_and_line(
    tmp_path: Path, content: bytes, words: str
) -> None:
    path = tmp_path / "a.har"
    path.write_bytes(content)
    with pytest.raises(TrafficError, match=r"a\.har") as caught:
        list(read_traffic(path))
    assert words in str(caught.value)


def test_a_missing_file_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(TrafficError, match=r"cannot read .*: No such file"):
        list(read_traffic(tmp_path / "gone.har"))

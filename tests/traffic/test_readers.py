"""Captured traffic of every kind, whole, foreign and broken."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from fluentcart_conformance.traffic.entries import Counted, entries_of, holds_har
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
    with pytest.raises(TrafficError, match=r"line \d+: the file is cut, after \d+ entries"):
        list(read_traffic(path))


ENTRY = json.dumps({"log": {"entries": [entry()]}}).encode()


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
        (b'{"log":{"version":"1.2"}}', "no list log.entries"),
        (b'{"log":{"entries":{"a":1}}}', "no list log.entries"),
        (
            b'{"log":{"entries":[\n\n{"request":"\xff\xfe secret"}]}}',
            "near line 3: no JSON in UTF-8",
        ),
        (b'{"log":{"entries":[' + b"[" * 50_000, "nested more than 100 deep, after 0 entries"),
        (b'{"log":{"entries":[1,\n2' + b"]" * 9, "near line 2, entry 1: not a HAR entry"),
        (ENTRY.replace(b"https://shop.example", b"https://[bad"), "entry 1: not a HAR entry"),
        (ENTRY.replace(b'"status": 200', b'"status": "many"'), "entry 1: not a HAR entry"),
        (ENTRY.replace(b'"text": "{}"', b'"text": "%", "encoding": "base64"'), "that is none"),
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
    assert "secret" not in str(caught.value)
    assert len(str(caught.value)) < len(str(path)) + 400


def test_a_byte_order_mark_is_no_matter(tmp_path: Path) -> None:
    path = tmp_path / "a.har"
    path.write_bytes(b"\xef\xbb\xbf" + ENTRY)
    (one,) = read_traffic(path)
    assert one.exchange is not None


def test_a_byte_that_is_not_utf_8_is_kept_as_mitmproxy_writes_it(tmp_path: Path) -> None:
    path = tmp_path / "a.har"
    odd = json.dumps(entry(content={"size": 4, "text": "caf\udce9"})).encode()
    half = json.dumps(entry(content={"size": 4, "text": "\ud83d"})).encode()
    plain = ENTRY.partition(b"[")[2][:-3]
    path.write_bytes(b'{"log":{"entries":[' + b",".join((plain, odd, half, plain)) + b"]}}")
    bodies = [one.exchange.response_body for one in read_traffic(path) if one.exchange]
    assert bodies == [b"{}", b"caf\xe9", b"\xed\xa0\xbd", b"{}"]


def test_an_entry_is_read_as_json_reads_it(tmp_path: Path) -> None:
    """The streaming reader against the standard library, on a value of every kind."""
    odd: list[Any] = [None, True, 1.5, -3, "ü\U0001f600", [], {}, [[{}], {"a": [{"b": {}}]}]]
    log = {"version": "1.2", "pages": [{"entries": [1]}], "entries": [*odd, {"x": odd}]}
    path = tmp_path / "a.har"
    path.write_text(json.dumps({"a": {"log": {"entries": [0]}}, "log": log}), "utf-8")
    with path.open("rb") as file:
        assert list(entries_of(Counted(file))) == log["entries"]
    assert holds_har(path)


def test_a_missing_file_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(TrafficError, match=r"cannot read .*: No such file"):
        list(read_traffic(tmp_path / "gone.har"))

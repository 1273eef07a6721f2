"""What is said of an answer before its content: crashes, bodies that are no JSON, secrets."""

from __future__ import annotations

import base64
import threading
from datetime import timedelta
from typing import Any

import pytest

from fluentcart_conformance.contract import Finding, exchange_of, parse_json
from fluentcart_conformance.contract.findings import (
    Judgement,
    finding,
    normalised_pointer,
    one_per_cause,
)
from fluentcart_conformance.contract.leaks import Leak, Secrets, shows_inside, shows_page

from .shapes import exchange, judge, order


def findings(*args: Any, **kwargs: Any) -> list[Finding]:
    return list(judge().judge(exchange(*args, **kwargs)).findings)


def only(*args: Any, **kwargs: Any) -> Finding:
    (found,) = findings(*args, **kwargs)
    return found


def crash(body: Any = None, status: int = 500, raw: bytes | None = None) -> Finding:
    return only("GET", "/orders/5", body, status=status, raw=raw)


@pytest.mark.parametrize(
    ("body", "got", "aspect"),
    [
        ({"message": "No 'x' of 5"}, "HTTP 500, \"No 'x' of 5\"", " No ? of #"),
        (
            {"code": 404, "message": "gone"},
            'HTTP 500, a refusal meant as 404, "gone"', "# a refusal",
        ),
        ({"code": 500}, "HTTP 500", "# "),
        ({"code": 499, "data": {}}, "HTTP 500, a refusal meant as 499", "# a refusal"),
        ({}, "HTTP 500", " "),
    ],
)  # fmt: skip
def test_a_crash_is_told_with_what_it_says(body: Any, got: str, aspect: str) -> None:
    assert crash(body) == Finding(
        "GEN-NO-5XX", "get_order", "", "200 or a 4xx", got, "server_error",
        f"get_order|server_error||500|{aspect}",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("raw", "got"),
    [
        (b"", "HTTP 502, without a body"),
        (b"Bad Gateway", "HTTP 502, not JSON"),
        (b"Stack trace: #0", "HTTP 502, shows a stack trace"),
        (b'{"message":"Stack trace: 1"}', 'HTTP 502, shows a stack trace, "Stack trace: 1"'),
    ],
)
def test_a_crash_without_json_is_told_by_its_body(raw: bytes, got: str) -> None:
    assert crash(status=502, raw=raw).got == got


def unread(raw: bytes, status: int = 200) -> tuple[str, str, str, str]:
    found = only("GET", "/orders/5", raw=raw, status=status)
    assert (found.expected, found.pointer) == ("one JSON value", "")
    return found.requirement, found.kind, found.got, found.cause.rpartition("|")[2]


def test_a_body_that_is_no_json_is_told_by_its_kind() -> None:
    page = b"<!DOCTYPE html><html></html>"
    assert unread(b"oops") == ("GEN-JSON", "json", "not JSON at character 0", "not JSON")
    assert unread(b"") == ("GEN-JSON", "json", "empty", "empty")
    assert unread(b"{} x") == ("GEN-JSON", "json", "trailing data x", "trailing data")
    assert unread(page) == ("GEN-NO-HTML", "html", "an HTML page", "not JSON")
    assert unread(b"[NaN]") == ("GEN-JSON-CLEAN", "json", "NaN is not JSON", "number")
    assert unread(page, 302) == ("GEN-STATUS", "status", "302, an HTML page", "not JSON")
    assert unread(b"x", 302) == ("GEN-STATUS", "status", "302, not JSON", "not JSON")
    trace = b"Warning: x() failed in /srv/a.php on line 3\n{}"
    told = "not JSON at character 0, shows a PHP message"
    assert unread(trace) == ("GEN-JSON", "json", told, "not JSON")
    assert unread(b"{} \x1b[31m")[2] == "trailing data \\u001b[31m"


def test_the_surface_of_an_answer_is_told_exactly() -> None:
    raw = b'\xef\xbb\xbf{"message":"a","order_id":1,"order_id":2}'
    mark, twice = findings("POST", "/orders", raw=raw)
    assert (mark.requirement, mark.expected, mark.got, mark.kind) == (
        "GEN-JSON", "no byte order mark", "a byte order mark", "json"
    )  # fmt: skip
    assert mark.cause == "create_order|json||200|bom"
    assert (twice.expected, twice.got, twice.cause) == (
        "each member once", "order_id twice in one object",
        "create_order|json||200|duplicate order_id",
    )  # fmt: skip
    body = {"order": order()}
    text = only("GET", "/orders/5", body, headers={"content-type": "text/html; x=1"})
    assert (text.expected, text.got, text.kind) == (
        "application/json", "text/html; x=1", "content_type"
    )  # fmt: skip
    assert text.cause == "get_order|content_type||200|text/html"
    none = only("GET", "/orders/5", body, headers={})
    assert none.got == "no content type"
    status = next(one for one in findings("GET", "/orders/5", body, status=201))
    assert (status.requirement, status.got, status.kind) == ("GEN-STATUS", "201", "status")
    assert status.expected == "200, 4XX"


def test_a_missing_route_and_a_contradiction_are_told_exactly() -> None:
    gone = only("GET", "/orders/5", {"code": "rest_no_route", "message": "x"}, status=404)
    assert (gone.expected, gone.got, gone.kind, gone.pointer) == (
        "GET /orders/{order_id}", "the store has no such route", "status", ""
    )  # fmt: skip
    other = only("GET", "/orders/5", {"message": "x", "code": 200}, status=404)
    assert (other.pointer, other.expected, other.got, other.kind) == (
        "/code", "4xx as the answer's status", "200", "status"
    )  # fmt: skip


def test_no_content_without_a_body_is_judged_by_its_surface() -> None:
    (found,) = findings("GET", "/orders/5", raw=b"", status=204)
    assert (found.requirement, found.got) == ("GEN-STATUS", "204")


SECRET = 'p4ss wörd/+"x'


@pytest.mark.parametrize(
    "shown",
    [
        SECRET,
        'p4ss w\\u00f6rd/+\\"x',
        "p4ss%20w%C3%B6rd/%2B%22x",
        "p4ss+w%C3%B6rd%2F%2B%22x",
        'p4sswörd/+"x',
    ],
)
def test_a_secret_is_known_in_every_spelling(shown: str) -> None:
    secrets = Secrets([SECRET])
    found = secrets.shown_by(exchange("GET", "/x", raw=f"a {shown} b".encode()))
    assert found == Leak("credentials", "the body")
    header = {"x-debug": f"<{shown}>"}
    assert secrets.shown_by(exchange("GET", "/x", raw=b"", headers=header)) == Leak(
        "credentials", "the header x-debug"
    )
    assert secrets.shown_by(exchange("GET", "/x", raw=b"p4ss w")) is None
    assert secrets.shown_by(exchange("GET", "/x", raw=b"p4ss and more wrd")) is None


@pytest.mark.parametrize(
    ("secret", "body", "found"),
    [
        ("abcdef", b"xabcdefx", True),
        ("abcde", b"xabcdex", False),
        ("a-b-c-d-e", b"<a-b-c-d-e>", True),
        ("a b c d e f", b"abcdef", True),
        ("a b c d e", b"abcde", False),
        ("------", b"x------", True),
        ("abcd-efghij", b"abcd efghij", False),
        ("half \ud83d secret", b"half ? secret", True),
    ],
)
def test_what_is_too_short_or_incomplete_is_no_leak(secret: str, body: bytes, found: bool) -> None:
    assert bool(Secrets([secret]).shown_by(exchange("GET", "/x", raw=body))) is found


def basic(pair: bytes) -> str:
    return "Basic " + base64.b64encode(pair).decode()


@pytest.mark.parametrize(
    ("header", "shown", "found"),
    [
        (basic(b"admin:secret1"), "secret1", True),
        (basic(b"admin:se:cret1"), "se:cret1", True),
        (basic(b"admin:secret1"), basic(b"admin:secret1")[6:], True),
        (basic(b"administrator:short"), "administrator", False),
        (basic(b"admin:secr\xffet"), "secr\ufffdet", True),
        ("bearer  token-12345 ", "token-12345", True),
        ("Basic not!base64:secret9", "not!base64:secret9", True),
        ("Basic not!base64:secret9", "secret9", False),
        ("Digest token-12345", "token-12345", False),
    ],
)
def test_what_the_request_came_with_is_a_secret(header: str, shown: str, found: bool) -> None:
    for name in ("authorization", "Authorization"):
        made = exchange("GET", "/x", raw=shown.encode(), request_headers={name: header})
        assert bool(Secrets().shown_by(made)) is found
    assert Secrets().shown_by(exchange("GET", "/x", raw=shown.encode())) is None


def test_each_request_has_secrets_of_its_own() -> None:
    secrets = Secrets(["always-secret"])
    for number in range(70):
        header = {"authorization": f"Bearer token-{number:05d}"}
        mine = exchange("GET", "/x", raw=f"token-{number:05d}".encode(), request_headers=header)
        other = exchange("GET", "/x", raw=b"token-99999", request_headers=header)
        every = exchange("GET", "/x", raw=b"always-secret", request_headers=header)
        assert secrets.shown_by(mine)
        assert not secrets.shown_by(other)
        assert secrets.shown_by(every)


def test_what_was_sent_may_come_back() -> None:
    text = b"SQLSTATE[42000]"
    assert shows_inside(exchange("GET", "/x", raw=text)) == Leak("SQL text")
    assert shows_inside(exchange("GET", "/x", raw=text, request_body=text)) is None
    assert shows_inside(exchange("GET", "/x?q=SQLSTATE%5B1", raw=text)) is None
    assert shows_page(exchange("GET", "/x", raw=b"a <HTML>"))
    assert not shows_page(exchange("GET", "/x", raw=b"a <HTML>", request_body=b"<HTML>"))
    assert not shows_page(exchange("GET", "/x", raw=b"a <b>"))
    assert not shows_page(exchange("GET", "/x", raw=b"<htmlx>"))


def test_a_body_is_read_alike_in_every_thread() -> None:
    found: list[Any] = []

    def read() -> None:
        for body in (b'{"a":1,"a":2}', b"[1.5]", b"[NaN]", b'{"a":1}', b"[1e999]"):
            one = parse_json(body)
            found.append((one.ok, one.problem, one.detail, one.duplicate, one.floats))

    thread = threading.Thread(target=read)
    thread.start()
    thread.join()
    assert found == [
        (True, "", "", "a", False),
        (True, "", "", None, True),
        (False, "number", "NaN is not JSON", None, False),
        (True, "", "", None, False),
        (False, "number", "number out of range: 1e999", None, False),
    ]
    assert parse_json(b"[1" + b"0" * 400 + b".5]").detail == "number out of range: 1" + "0" * 39
    assert parse_json(b"{} " + b"x" * 70).detail == "x" * 60
    assert parse_json(b" \t\r\n[1] \t\r\n").value == [1]
    assert parse_json(b"[1] \xc2\xa0").problem == "trailing data"


def test_findings_of_one_cause_are_one() -> None:
    def made(pointer: str, aspect: str = "") -> Finding:
        return finding(
            "A", "op", pointer, expected="e", got="g", kind="k", status=200, aspect=aspect
        )

    assert normalised_pointer("/a/0/b/12") == "/a/*/b/*"
    assert normalised_pointer("/a1/b2c") == "/a1/b2c"
    assert made("/a/3", "order 5").cause == "op|k|/a/*|200|order #"
    assert len(made("", "x" * 200).cause) == len("op|k||200|") + 160
    three = one_per_cause([made("/a/0"), made("/b"), made("/a/1"), made("/a/2")])
    assert [(one.pointer, one.got) for one in three] == [
        ("/a/0", "g (and at 2 more places)"), ("/b", "g")
    ]  # fmt: skip
    judgement = Judgement("op", (made("/a"),))
    assert repr(judgement) == "Judgement('op', 1 findings)"
    assert (judgement.proved, judgement.forms, judgement.form_requirements) == (frozenset(), {}, {})


class Request:
    def __init__(self, **members: Any) -> None:
        self.method, self.url, self.headers = "PUT", "https://s.example/x", {"A-B": b"\xe4"}
        for name, value in members.items():
            setattr(self, name, value)


class Response:
    def __init__(self, request: Request, **members: Any) -> None:
        self.request, self.status_code, self.content, self.headers = request, "201", b"x", {"C": 1}
        for name, value in members.items():
            setattr(self, name, value)


class Early:
    @property
    def elapsed(self) -> Any:
        raise RuntimeError


def test_any_client_with_the_same_attributes_will_do() -> None:
    made = exchange_of(Response(Request(body="ü"), elapsed=timedelta(milliseconds=1500)))
    assert (made.method, made.url, made.status) == ("PUT", "https://s.example/x", 201)
    assert (made.response_body, made.response_headers) == (b"x", {"c": "1"})
    assert (made.request_headers, made.request_body) == ({"a-b": "\xe4"}, "ü".encode())
    assert made.elapsed_ms == 1500.0
    assert exchange_of(Response(Request(content=b"y"))).request_body == b"y"
    assert exchange_of(Response(Request(body=None, content="z"))).request_body == b"z"
    assert exchange_of(Response(Request(body=iter(())))).request_body is None
    bare = exchange_of(Response(Request()))
    assert (bare.request_body, bare.elapsed_ms) == (None, 0.0)

"""Bodies read within bounds."""

from __future__ import annotations

import json

import pytest

from fluentcart_conformance.contract import parse_json
from fluentcart_conformance.contract.jsonbody import MAX_DEPTH, depth_of


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (b"", "empty"),
        (b" \r\n", "empty"),
        (b"[" * 100_000 + b"]" * 100_000, "too deep"),
        (b'{"a":' * 100_000, "too deep"),
        (b'"\xff"', "invalid UTF-8"),
        (b"nope", "not JSON"),
        (b"'a'", "not JSON"),
        (b"{} {}", "trailing data"),
        (b"[NaN]", "number"),
        (b"[-Infinity]", "number"),
        (b"[1e400]", "number"),
        (b"[" + b"9" * 5000 + b"]", "number"),
    ],
)
def test_what_is_not_json(body: bytes, problem: str) -> None:
    parsed = parse_json(body)

    assert not parsed.ok
    assert parsed.problem == problem


def test_too_large_a_body_is_not_read() -> None:
    assert parse_json(b"[1,2,3]", max_bytes=5).problem == "too large"


def test_a_mark_is_noticed_and_the_rest_is_read() -> None:
    parsed = parse_json(b"\xef\xbb\xbf [1]\n")

    assert parsed.ok
    assert parsed.bom
    assert parsed.value == [1]


def test_a_member_named_twice_is_noticed_at_any_depth() -> None:
    assert parse_json(b'{"a":[{"b":1,"c":2,"b":3}]}').duplicate == "b"
    assert parse_json(b'[{"b":1},{"b":1}]').duplicate is None


@pytest.mark.parametrize("body", [b"[1.0]", b"[1e2]", b"[-0.5]"])
def test_fractions_are_noticed(body: bytes) -> None:
    assert parse_json(body).floats


def test_brackets_inside_strings_are_not_depth() -> None:
    body = b'["' + b"[" * 5000 + b'\\"' + b"{" * 5000 + b'"]'

    assert parse_json(body).ok
    assert depth_of(b"[" * (MAX_DEPTH + 5)) > MAX_DEPTH
    assert parse_json(b"[" * MAX_DEPTH + b"]" * MAX_DEPTH).ok


def test_escapes_in_strings_hide_no_quote() -> None:
    text = json.dumps(["[" * 300, '"[' * 300, "\\[" * 300, '\\"[', {"]\\": "{" * 300}])
    assert depth_of(text.encode()) == 2
    assert parse_json(text.encode()).value == json.loads(text)

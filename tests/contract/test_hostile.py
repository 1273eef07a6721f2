"""Whatever a store answers, judging it raises nothing and takes no time worth speaking of."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fluentcart_conformance.contract import Exchange, FormLedger, Judge, load_contract

from .recorded import exchange_of, find
from .shapes import ROOT, exchange

PATHS = (
    "/orders?page=2&per_page=x&sort_type=asc",
    "/orders/5",
    "/orders/5/transactions",
    "/customers?page=1",
    "/customers/1/orders",
    "/customers/get-stats/1",
    "/customers/%00%FF",
)
NAMES = st.sampled_from(
    ("orders", "order", "data", "id", "code", "success", "message", "status", "customers")
) | st.sampled_from(
    ("error", "total", "per_page", "current_page", "order_items", "pagination", "stats")
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=5),
    max_leaves=25,
)


@pytest.fixture(scope="module", params=["documented", "fluentcart-1.3"])
def judge(request: pytest.FixtureRequest) -> Judge:
    return Judge(load_contract(request.param), secrets=["a secret of the run"])


def judged_fully(judge: Judge, answer: Exchange) -> None:
    judgement = judge.judge(answer)
    FormLedger().observe(judgement)
    assert isinstance(judgement.proved, frozenset)
    for one in judgement.findings:
        text = f"{one.expected}{one.got}"
        assert len(text) < 500
        assert text.isprintable(), text


@given(
    value=VALUES,
    path=st.sampled_from(PATHS),
    status=st.sampled_from([200, 201, 302, 400, 401, 404, 422, 429, 500, 503]),
)
@settings(max_examples=80, deadline=None)
def test_any_json_is_judged(judge: Judge, value: Any, path: str, status: int) -> None:
    judged_fully(judge, exchange("GET", path, value, status=status))


@given(raw=st.binary(max_size=200), content_type=st.text(max_size=30))
@settings(max_examples=80, deadline=None)
def test_any_bytes_are_judged(judge: Judge, raw: bytes, content_type: str) -> None:
    headers = {"content-type": content_type}
    judged_fully(judge, exchange("GET", "/orders/5", raw=raw, headers=headers))


@given(url=st.text(max_size=60) | st.text(max_size=30).map(lambda end: ROOT + "/" + end))
@settings(max_examples=80, deadline=None)
def test_any_url_is_matched_or_left_alone(judge: Judge, url: str) -> None:
    judged_fully(judge, Exchange("GET", url, 200, b"{}"))


def order_with(**changes: Any) -> bytes:
    body = json.loads(exchange_of(find("1.3.25", "get_order")).response_body)
    body["order"].update(changes)
    return json.dumps(body).encode()


@pytest.mark.parametrize(
    "raw",
    [
        b"[" * 100_000 + b"]" * 100_000,
        b'{"order":' * 5000 + b"1" + b"}" * 5000,
        b"[" + b"[]," * 100_000 + b"[]]",
        b'{"a":"' + b"<html " * 100_000 + b'"}',
        b'{"message":"' + b"select " * 100_000 + b'"}',
        b'{"message":"' + b"Warning: a" * 50_000 + b' on line"}',
        order_with(note="\u001b[31m\u202e<script>"),
        order_with(order_items=[{"id": 1}] * 5_000),
        order_with(children=[{"order": [[[]]] * 20}] * 2000),
    ],
    ids=range(9),
)
@pytest.mark.parametrize("status", [200, 422])
def test_large_and_ugly_answers_are_judged_in_seconds(
    judge: Judge, raw: bytes, status: int
) -> None:
    before = time.process_time()
    judged_fully(judge, exchange("GET", "/orders/5", raw=raw, status=status))

    assert time.process_time() - before < 5

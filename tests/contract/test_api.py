"""The library call, with the clients people use."""

from __future__ import annotations

import json

import httpx
import pytest
import requests

from fluentcart_conformance.contract import (
    ContractError,
    exchange_of,
    judge_exchange,
    judge_response,
)

from .recorded import exchange_of as recorded_exchange
from .recorded import find

URL = "https://shop.example/wp-json/fluent-cart/v2/orders/5"


def over_httpx(status: int, body: bytes) -> httpx.Response:
    def answer(request: httpx.Request) -> httpx.Response:
        assert request.method == "POST"
        return httpx.Response(status, content=body, headers={"Content-Type": "application/json"})

    with httpx.Client(transport=httpx.MockTransport(answer)) as client:
        return client.post(URL, json={"a": 1}, auth=("me", "a long password"))


def over_requests(status: int, body: bytes) -> requests.Response:
    request = requests.Request("POST", URL, json={"a": 1}, auth=("me", "a long password"))
    response = requests.Response()
    response.request = request.prepare()
    response.status_code = status
    response._content = body
    response.headers["Content-Type"] = "application/json"
    return response


@pytest.mark.parametrize("made", [over_httpx, over_requests])
def test_a_response_becomes_an_exchange(made: type) -> None:
    exchange = exchange_of(made(404, b'{"message":"no"}'))

    assert (exchange.method, exchange.url, exchange.status) == ("POST", URL, 404)
    assert json.loads(exchange.request_body or b"") == {"a": 1}
    assert exchange.content_type == "application/json"
    assert exchange.request_headers["authorization"].startswith("Basic ")


@pytest.mark.parametrize("made", [over_httpx, over_requests])
def test_a_response_is_judged(made: type) -> None:
    crash = judge_response(made(500, b"boom"))
    leak = judge_response(made(404, b'{"message":"a long password is wrong"}'))

    assert [one.requirement for one in crash.findings] == ["GEN-NO-5XX"]
    assert [one.requirement for one in leak.findings] == ["GEN-NO-CREDENTIALS"]


def test_an_exchange_is_judged_under_a_profile() -> None:
    exchange = recorded_exchange(find("1.3.25", "get_order"))

    assert judge_exchange(exchange, "fluentcart-1.3").findings == ()
    assert judge_exchange(exchange, "documented").findings
    with pytest.raises(ContractError, match="unknown profile"):
        judge_exchange(exchange, "nowhere")

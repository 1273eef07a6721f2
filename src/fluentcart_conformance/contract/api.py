"""The judge as a library call, for people's own httpx or requests tests.

from fluentcart_conformance import judge_response

response = httpx.get("https://shop.example/wp-json/fluent-cart/v2/orders/42", auth=auth)
assert not judge_response(response, profile="fluentcart-1.3").findings
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from .contract import load_contract
from .exchange import Exchange
from .findings import Judgement
from .judge import Judge


@cache
def _judge(profile: str, secrets: tuple[str, ...]) -> Judge:
    return Judge(load_contract(profile), secrets, any_root=True)


def judge_exchange(
    exchange: Exchange, profile: str = "documented", *, secrets: Iterable[str] = ()
) -> Judgement:
    """Judge one exchange under a profile; `secrets` are texts that no answer may hold.

    Raises ContractError for an unknown profile, and nothing because of what the store answered.
    The judgement's `operation` is None when the exchange is no documented operation.
    """
    return _judge(profile, tuple(secrets)).judge(exchange)


def judge_response(
    response: Any, profile: str = "documented", *, secrets: Iterable[str] = ()
) -> Judgement:
    """Judge a response of httpx or requests, or of any client with the same attributes.

    The response must have been read; its own `request` tells what was sent.
    """
    return judge_exchange(exchange_of(response), profile, secrets=secrets)


def exchange_of(response: Any) -> Exchange:
    """The exchange that an httpx or requests response belongs to."""
    request = response.request
    return Exchange(
        method=str(request.method),
        url=str(request.url),
        status=int(response.status_code),
        response_body=bytes(response.content),
        response_headers=_lower(response.headers),
        request_headers=_lower(request.headers),
        request_body=_sent(request),
        elapsed_ms=_elapsed(response),
    )


def _lower(headers: Mapping[str, Any]) -> dict[str, str]:
    return {str(name).lower(): _text(value) for name, value in headers.items()}


def _text(value: Any) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)


def _sent(request: Any) -> bytes | None:
    body = getattr(request, "body", None)
    if body is None:
        body = getattr(request, "content", None)
    if isinstance(body, str):
        return body.encode()
    return body if isinstance(body, bytes) else None


def _elapsed(response: Any) -> float:
    try:
        return float(response.elapsed.total_seconds() * 1000)
    except (AttributeError, RuntimeError):  # httpx refuses before the response is closed
        return 0.0

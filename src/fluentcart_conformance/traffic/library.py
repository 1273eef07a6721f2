"""For people's own tests: judge one response of httpx or requests.

from fluentcart_conformance.traffic import assert_conforms

assert_conforms(httpx.get(f"{root}/orders/5", auth=auth))
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, Protocol

from fluentcart_conformance.contract.contract import load_contract
from fluentcart_conformance.contract.exchange import Exchange
from fluentcart_conformance.contract.findings import Judgement
from fluentcart_conformance.contract.judge import Judge


class Request(Protocol):
    """What httpx and requests have in common in a request."""

    method: Any
    url: Any
    headers: Any


class Response(Protocol):
    """What httpx and requests have in common in a response."""

    status_code: int
    headers: Any
    request: Any

    @property
    def content(self) -> Any:
        """The body as bytes."""


class NotConformingError(AssertionError):
    """The response breaks requirements; the message names each with expected and got."""


def judge_response(response: Response, profile: str = "documented") -> Judgement:
    """The judgement of one response; its `operation` is None for foreign traffic."""
    request = response.request
    exchange = Exchange(
        method=str(request.method).upper(),
        url=str(request.url),
        status=response.status_code,
        response_body=bytes(response.content),
        response_headers=_lower(response.headers),
        request_headers=_lower(request.headers),
        request_body=_sent(request),
    )
    return _judge(profile).judge(exchange)


def assert_conforms(response: Response, profile: str = "documented") -> None:
    """Raise NotConformingError when the response breaks a requirement.

    Raises ValueError for a response that is of no documented operation.
    """
    judgement = judge_response(response, profile)
    if judgement.operation is None:
        raise ValueError(f"{response.request.url} is no operation of the contract")
    if judgement.findings:
        lines = [
            f"{one.requirement} at {one.pointer or 'the answer'}: "
            f"expected {one.expected}, got {one.got}"
            for one in judgement.findings
        ]
        raise NotConformingError("\n".join([judgement.operation, *lines]))


@cache
def _judge(profile: str) -> Judge:
    return Judge(load_contract(profile), any_root=True)


def _lower(headers: Mapping[str, str]) -> dict[str, str]:
    return {str(name).lower(): str(value) for name, value in headers.items()}


def _sent(request: Any) -> bytes | None:
    # httpx calls it content, requests calls it body.
    body = getattr(request, "content", None) or getattr(request, "body", None)
    if body is None:
        return None
    return body.encode() if isinstance(body, str) else bytes(body)

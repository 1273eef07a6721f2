"""A recorded exchange as the judge takes it."""

from __future__ import annotations

from fluentcart_conformance.contract.exchange import Exchange

from .events import ExchangeEvent


def exchange_of(event: ExchangeEvent) -> Exchange:
    """The exchange that an event of a record holds, secrets replaced and long bodies cut."""
    sent = event["request"]["body"]
    return Exchange(
        method=event["method"],
        url=event["url"],
        status=event["status"],
        response_body=_bytes(event["response"]["body"] or ""),
        response_headers=event["response"]["headers"],
        request_headers=event["request"]["headers"],
        request_body=None if sent is None else _bytes(sent),
        elapsed_ms=event["ms"],
        identity=event["identity"],
    )


def _bytes(text: str) -> bytes:
    """UTF-8, where a foreign record may hold half a pair that UTF-8 has no form for."""
    return text.encode("utf-8", "surrogatepass")

"""One finding for one root cause: what the judge finds in generated requests is joined."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from fluentcart_conformance.contract.contract import load_contract
from fluentcart_conformance.contract.exchange import Exchange
from fluentcart_conformance.contract.judge import Judge
from fluentcart_conformance.fuzz.alike import alike
from fluentcart_conformance.plugin.sieve import Sieve

ROOT = "https://shop.example/wp-json/fluent-cart/v2"


@dataclass
class Bench:
    name: str
    judge: Judge

    def event(
        self, exchange: Exchange, operation: Any, findings: Any, proved: Any, number: int
    ) -> dict[str, Any]:
        shown = {"operation": operation, "findings": findings, "number": number}
        return {**shown, "url": exchange.url, "proved": proved}


def answered(status: int, body: Any, path: str = "/orders/3") -> Exchange:
    raw = json.dumps(body).encode()
    headers = {"content-type": "application/json"}
    return Exchange("GET", ROOT + path, status, raw, headers, identity="admin")


class Taken:
    """A sieve with a judge behind it."""

    def __init__(self) -> None:
        self.judge = Judge(load_contract("documented"))
        self.sieve = Sieve(Bench("w0", self.judge), "fuzz/x.py::y")
        self.number = 0

    def take(self, *exchanges: Exchange) -> None:
        for one in exchanges:
            self.number += 1
            judgement = self.judge.judge(one)
            self.sieve.take(one, judgement, judgement.findings, self.number)


def test_refusals_sent_as_500_are_one_cause_and_crashes_are_told_apart() -> None:
    taken = Taken()
    taken.take(
        answered(500, {"code": 404, "message": "Order not found", "data": None}),
        answered(500, {"code": "not_allowed", "message": "Not now"}),
    )
    assert len(taken.sieve.causes) == 1
    taken.take(
        answered(500, {"code": "plugin_exception", "message": "Illegal offset type", "data": []}),
        answered(500, {"code": "plugin_exception", "message": "Class not found", "data": []}),
    )
    assert len(taken.sieve.causes) == 3


def test_a_refusal_without_words_is_one_cause_whatever_its_status() -> None:
    taken = Taken()
    taken.take(*(answered(status, {"message": ""}) for status in (400, 404, 422)))
    assert len(taken.sieve.causes) == 1
    events = [one for one in taken.sieve.events() if "findings" in one]
    named = {one.cause for event in events for one in event["findings"]}
    assert named == taken.sieve.causes


def test_what_follows_from_a_wrong_acceptance_is_not_blamed() -> None:
    taken = Taken()
    spared, blamed = answered(200, {"order": 1}), answered(200, {"order": 2})
    taken.sieve.hold()
    taken.take(spared, blamed)
    assert not taken.sieve.causes
    taken.sieve.release([spared])
    assert {id(one) for one in taken.sieve.examples().values()} == {id(blamed)}
    assert taken.sieve.findings_of(spared), "it is known all the same"


def test_alike_is_about_one_operation() -> None:
    judge = Judge(load_contract("documented"))
    body = {"code": "plugin_exception", "message": "Illegal offset type", "data": []}
    one, two = answered(500, body), answered(500, body, "/orders/3/transactions")
    first, second = (alike(judge.judge(each).findings[0], each) for each in (one, two))
    assert first != second

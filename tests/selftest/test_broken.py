"""A fault that brings the store or the tool down is reported as broken, and selftest goes on."""

from __future__ import annotations

import os

import pytest

from fluentcart_conformance.selftest.campaign import Campaign
from fluentcart_conformance.selftest.once import run_once
from fluentcart_conformance.store import faults as room_of_faults
from fluentcart_conformance.store.faults import Change, Fault, faults, kit
from fluentcart_conformance.store.faults.kit import Call
from fluentcart_conformance.store.http import Response
from fluentcart_conformance.store.server import EmbeddedStore


def _raises(_: EmbeddedStore) -> None:
    raise ArithmeticError("this fault cannot be put on")


def _dies(_: EmbeddedStore) -> None:
    os._exit(3)


def _stumbles(given: Response, call: Call) -> None:
    raise ZeroDivisionError(call.operation, given)


def _fault(name: str, change: Change) -> Fault:
    return Fault(name, ("SHP-CALC-SUM",), "shipping", "wrong value", "It is broken.", change)


def test_selftest_goes_on_after_a_fault_that_crashes(monkeypatch: pytest.MonkeyPatch) -> None:
    good = faults()["shipping-sum-cent-off"]
    known = [
        _fault("raises", Change(_raises, ("calculate_shipping",))),
        _fault("dies", Change(_dies, ("calculate_shipping",))),
        _fault("stumbles", kit.accepted("calculate_shipping", _stumbles)),
        good,
    ]
    monkeypatch.setattr(room_of_faults, "faults", lambda: {one.id: one for one in known})
    clean = run_once("documented", scenarios=["shipping/test_calculate.py"])
    monkeypatch.setattr(Campaign, "clean", lambda _: clean)

    _, outcomes = Campaign("documented", known, jobs=2).run()

    results = {one.fault: one.result for one in outcomes}
    assert results == {
        "raises": "broken",
        "dies": "broken",
        "stumbles": "broken",
        good.id: "killed",
    }
    words = {one.fault: one.words for one in outcomes}
    assert "cannot be put on" in words["raises"]
    assert "died" in words["dies"]
    assert "failed by itself" in words["stumbles"]

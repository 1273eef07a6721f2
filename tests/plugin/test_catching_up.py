"""Exchanges are judged while the store works on the next request, and before anybody asks."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from fluentcart_conformance.contract.exchange import Exchange
from fluentcart_conformance.plugin.context import Workbench, running
from fluentcart_conformance.plugin.scenario import Scenario
from tests.fuzz.conftest import Make


def _scenario(bench: Workbench) -> Scenario:
    return Scenario("orders/test_read.py::test_a", [], catch_up=bench.catch_up)


def _spoil(exchange: Exchange) -> Exchange:
    body = exchange.response_body.replace(b'"status"', b'"sattus"')
    return replace(exchange, response_body=body)


def test_an_exchange_is_judged_with_the_next_request_or_when_somebody_asks(bench_of: Make) -> None:
    bench = bench_of()
    scenario, shop = _scenario(bench), bench.shop()
    with running(scenario):
        shop.list_orders()
        assert "findings" not in scenario.events[0]
        shop.list_customers()
        assert scenario.events[0]["proved"]
        assert "findings" not in scenario.events[1]
        assert set(bench.served) == {"list_orders", "list_customers"}
    assert scenario.events[1]["proved"]
    assert [list(one)[:3] for one in scenario.events] == [["type", "id", "scenario"]] * 2


def test_what_was_judged_wrong_is_known_when_an_error_is_explained(bench_of: Make) -> None:
    bench = bench_of()
    scenario, shop = _scenario(bench), bench.shop()
    with running(scenario):
        answer = shop.list_orders()
        bench.take(_spoil(answer.exchange))
        assert scenario.unreadable(TypeError("no status"))
    assert scenario.events[1]["findings"]


def test_a_judge_that_fails_costs_no_answer(
    bench_of: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = bench_of()
    shop = bench.shop()

    def fails(exchange: Exchange) -> Any:
        raise ZeroDivisionError(exchange.method)

    scenario = _scenario(bench)
    with running(scenario):
        shop.list_orders()
        before = bench.client.requests
        monkeypatch.setattr(bench.judge, "judge", fails)
        with pytest.raises(ZeroDivisionError):
            shop.new_customer()
    assert bench.client.requests == before + 1
    assert bench.journal.entries("customer"), "what the answer told is written down"
    bench.catch_up_quietly()
    assert isinstance(bench.broken, ZeroDivisionError), "the second cannot be judged either"
    assert [one["operation"] for one in scenario.events] == [None, None]
    bench.catch_up()


def test_what_is_for_later_waits_for_the_judge(bench_of: Make) -> None:
    bench = bench_of()
    scenario, shop = _scenario(bench), bench.shop()
    done: list[bool] = []
    with running(scenario):
        shop.list_orders()
    bench.later(lambda: done.append("findings" in scenario.events[0]))
    shop.list_orders()
    assert done == [True]

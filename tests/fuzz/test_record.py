"""The record of a fuzzed run stays small and holds everything that was found."""

from __future__ import annotations

from fluentcart_conformance.plugin.context import running
from fluentcart_conformance.plugin.fuzzing import Fuzzer
from fluentcart_conformance.plugin.scenario import Scenario
from fluentcart_conformance.verdict.tally import Tally
from tests.fuzz.conftest import Make


def test_requests_that_show_nothing_are_counted_only(bench_of: Make) -> None:
    bench = bench_of(fuzz_examples=20)
    scenario = Scenario("fuzz/test_requests.py::x", [])
    with running(scenario):
        Fuzzer(bench).requests("update_customer")
    exchanges = [one for one in scenario.events if one["type"] == "exchange"]
    sent = next(one for one in scenario.events if one["type"] == "sent")
    assert 0 < len(exchanges) < 25, "one accepted exchange of each operation"
    counted = sum(one["requests"] for one in sent["operations"].values())
    assert counted + len(exchanges) == bench.requests
    assert any("seed 0" in note for note in scenario.notes)
    tally = Tally.of(scenario.events)  # type: ignore[arg-type]
    assert tally.requests == bench.requests
    passed = {one["requirement"] for one in scenario.events if one["type"] == "check"}
    assert "GEN-REFUSAL-KEEPS" in passed


def test_outside_the_sieve_every_exchange_is_recorded(bench_of: Make) -> None:
    bench = bench_of(fuzz_examples=2)
    scenario = Scenario("fuzz/test_requests.py::x", [])
    with running(scenario):
        Fuzzer(bench).requests("get_order")
        before = len(scenario.events)
        bench.shop().orders()
    assert len(scenario.events) == before + 1

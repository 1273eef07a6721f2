"""Generated requests: seeds, budgets, fitting, and what a store may do to them."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import Any

import pytest

from fluentcart_conformance.contract.exchange import Exchange
from fluentcart_conformance.fuzz.aims import aim_at
from fluentcart_conformance.fuzz.attempt import Aim, Intent
from fluentcart_conformance.fuzz.budget import LEVELS, Plan, Stopwatch
from fluentcart_conformance.fuzz.description import operation_ids, operations
from fluentcart_conformance.fuzz.fitting import fitted
from fluentcart_conformance.fuzz.generated import Sample, samples
from fluentcart_conformance.fuzz.links import LinkWalker
from fluentcart_conformance.fuzz.outcome import Outcome
from fluentcart_conformance.fuzz.pool import Pool
from fluentcart_conformance.fuzz.prober import Prober
from fluentcart_conformance.fuzz.twists import twists
from fluentcart_conformance.plugin.context import Workbench
from fluentcart_conformance.target.errors import NoAnswerError
from fluentcart_conformance.target.understood import UNSET
from tests.fuzz.conftest import Make, Tampering

PROFILES = ("documented", "fluentcart-1.3", "fluentcart-1.5")


def probed(bench: Workbench, operation: str, count: int = 12, **more: Any) -> Outcome:
    pool = more.pop("pool", None) or Pool(bench.shop(), harmless_gateway=True)
    method = bench.contract.operation(operation).method.upper()
    profile = bench.report.profile
    prober = Prober(pool, Outcome(operation), method=method, profile=profile)
    return prober.run(count, more.pop("seed", 5), more.pop("watch", Stopwatch(60)))


@pytest.mark.parametrize("profile", PROFILES)
def test_a_sound_store_has_no_breach_and_accepts_every_operation(
    bench_of: Make, profile: str
) -> None:
    bench = bench_of(profile)
    pool = Pool(bench.shop(), harmless_gateway=True)
    outcomes = [probed(bench, one, count=6, pool=pool) for one in operation_ids(profile)]
    assert [b.message for one in outcomes for b in one.breaches.values()] == []
    refused = [one.operation for one in outcomes if not one.accepted]
    assert len(refused) <= 0.05 * len(outcomes), refused
    assert all(not one.unarranged for one in outcomes), [str(one) for one in outcomes]


def test_the_same_seed_makes_the_same_samples() -> None:
    def first(seed: int) -> list[str]:
        return [repr(one) for one in islice(samples("documented", "refund_order", 12, seed), 12)]

    assert first(1) == first(1)
    assert first(1) != first(2)


def test_the_same_seed_twists_the_same_way(bench_of: Make) -> None:
    aim = aim_at("refund_order", Pool(bench_of().shop()))

    def ways(seed: int) -> list[tuple[str, str]]:
        return [(one.intent, one.about) for one in twists(aim, seed)]

    assert ways(1) == ways(1)
    assert ways(1) != ways(2)


def test_every_kind_of_twist_comes_early(bench_of: Make) -> None:
    aim = aim_at("refund_order", Pool(bench_of().shop()))
    early = {one.intent for one in islice(twists(aim, 0), 8)}
    assert {Intent.FOREIGN, Intent.ABSENT, Intent.DROPPED} <= early


def test_valid_samples_speak_of_own_objects_only() -> None:
    aim = Aim("refund_order", (71,), {"refund_info": {"transaction_id": 81, "amount": 1.0}})
    body = {"refund_info": {"transaction_id": 5, "amount": 3.5}, "customer_id": 9}
    attempt = fitted(Sample("random", True, {"order_id": 3}, {}, body), aim, lambda: "x@y.zz")
    assert attempt.ids == (71,)
    assert attempt.body == {"refund_info": {"transaction_id": 81, "amount": 3.5}}


def test_what_was_bent_on_purpose_stays_bent() -> None:
    aim = Aim("refund_order", (71,), {"refund_info": {"transaction_id": 81, "amount": 1.0}})
    body = {"refund_info": {"transaction_id": -4, "amount": "abc"}}
    attempt = fitted(Sample("random", False, {"order_id": "x"}, {}, body), aim, lambda: "x@y.zz")
    assert attempt.ids == ("x",)
    assert attempt.body == body


def test_every_generated_address_is_one_of_the_run() -> None:
    aim = Aim("create_customer", (), {"email": "fcc-1@example.com", "first_name": "A"})
    body = {"email": "someone@real-company.com", "first_name": "B"}
    attempt = fitted(Sample("random", True, {}, {}, body), aim, lambda: "fcc-2@example.com")
    assert attempt.body["email"] == "fcc-2@example.com"


def test_the_generator_is_not_asked_for_credentials() -> None:
    definition = operations("documented")["get_order"].definition.raw
    assert "security" not in definition


def test_levels_and_flags_make_a_plan(bench_of: Make) -> None:
    settings = bench_of().settings

    def plan(**more: Any) -> Plan:
        return Plan.of(settings.model_copy(update=more), 38)

    examples, seconds, walks = LEVELS["default"]
    assert (plan().per_operation, plan().seconds, plan().walks) == (examples, seconds, walks)
    assert plan(fuzz="smoke").per_operation < examples < plan(fuzz="deep").per_operation
    assert plan(fuzz_examples=3).per_operation == 3
    assert plan(fuzz_requests=76).per_operation == 2
    assert plan(fuzz_time=7.5).seconds == 7.5
    assert plan(fuzz_examples=0).walks == 0 == plan(fuzz_requests=0).per_operation


def test_a_stopwatch_runs_only_while_its_part_works() -> None:
    now = [0.0]
    watch = Stopwatch(10, lambda: now[0])
    now[0] = 100
    assert watch.left == 10
    with watch:
        now[0] = 104
        assert watch.left == 6
    now[0] = 200
    assert watch.left == 6
    with watch:
        now[0] = 300
        assert watch.over


def test_time_that_is_over_ends_the_requests_and_is_said(bench_of: Make) -> None:
    outcome = probed(bench_of(), "get_order", count=500, watch=Stopwatch(0))
    assert "the time was over" in outcome.left_out
    assert outcome.tried <= 1


def test_an_operation_that_hangs_is_left_out_and_the_rest_goes_on(bench_of: Make) -> None:
    bench = bench_of()
    pool = Pool(bench.shop())

    def hang(method: str, path: str, exchange: Exchange) -> Exchange:
        if path.endswith("/refund"):
            raise NoAnswerError("no complete answer within 30 s", "timeout")
        return exchange

    pool.shop = replace(pool.shop, client=Tampering(pool.shop.client, hang))
    refunds = probed(bench, "refund_order", pool=pool)
    assert "left out" in refunds.left_out
    assert [one.requirement for one in refunds.breaches.values()] == ["GEN-ANSWERS"]
    assert probed(bench, "get_order", pool=pool).accepted > 0


def test_no_address_is_longer_than_servers_in_front_take(
    bench_of: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[str] = []
    bench = bench_of()
    pool = Pool(bench.shop())

    def look(method: str, path: str, exchange: Exchange) -> Exchange:
        sent.append(exchange.url)
        return exchange

    long = Sample("fuzzing", True, {}, {"search": "ß" * 2000}, UNSET)
    monkeypatch.setattr("fluentcart_conformance.fuzz.source.samples", lambda *_: iter([long] * 9))
    pool.shop = replace(pool.shop, client=Tampering(pool.shop.client, look))
    probed(bench, "list_orders", pool=pool, count=30)
    assert sent
    assert max(map(len, sent)) < 8000


def test_a_store_that_pushes_back_is_left_alone(bench_of: Make) -> None:
    bench = bench_of()
    pool = Pool(bench.shop())

    def busy(method: str, path: str, exchange: Exchange) -> Exchange:
        return replace(exchange, status=429) if path.endswith("/refund") else exchange

    pool.shop = replace(pool.shop, client=Tampering(pool.shop.client, busy))
    outcome = probed(bench, "refund_order", pool=pool, count=20)
    assert "429" in outcome.left_out
    assert outcome.tried < 20
    assert outcome.breaches == {}


@pytest.mark.parametrize("profile", PROFILES)
def test_every_declared_link_is_walked(bench_of: Make, profile: str) -> None:
    walker = LinkWalker(Pool(bench_of(profile).shop()), profile, 3)
    outcome = walker.run(Stopwatch(60).__enter__())
    assert len(outcome.walked) == len(outcome.declared) > 30, str(outcome)
    assert outcome.breaches == {}

"""Groups of refused requests: what they cost, and whom they name."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, cast

import pytest

from fluentcart_conformance.contract.exchange import Exchange
from fluentcart_conformance.drivers.answers import Answer
from fluentcart_conformance.drivers.core import Prerequisite
from fluentcart_conformance.drivers.record import Record
from fluentcart_conformance.drivers.shop import Shop
from fluentcart_conformance.plugin.context import running
from fluentcart_conformance.plugin.refusals import Refusals
from fluentcart_conformance.plugin.scenario import Scenario
from fluentcart_conformance.target.errors import UnsafeRequestError

KEEPS = "GEN-REFUSAL-KEEPS"


@dataclass
class Counter:
    """A store of numbered counters, which counts what it is asked."""

    values: dict[int, int] = field(default_factory=dict)
    reads: int = 0
    writes: int = 0

    def make(self) -> int:
        """A new one."""
        self.values[len(self.values) + 1] = 0
        return len(self.values)

    def look(self, one: int) -> dict[str, Any]:
        """One as it is."""
        self.reads += 1
        if one not in self.values:
            raise Prerequisite("it is gone")
        return {"the counter": Record({"id": one, "value": self.values[one], "log": self.reads})}

    def write(self, one: int, status: int, move: int = 0) -> Answer:
        """A write with this answer, which moves the value all the same."""
        self.writes += 1
        if one in self.values:
            self.values[one] += move
        body = json.dumps({"message": "No."}).encode()
        return Answer(Exchange("POST", "http://x/", status, response_body=body))


@pytest.fixture
def scenario() -> Iterator[Scenario]:
    one = Scenario("area/test_x.py::test_x", [])
    with running(one):
        yield one


@pytest.fixture
def counter() -> Counter:
    return Counter()


def _group(counter: Counter) -> Refusals[int]:
    return Refusals(cast("Shop", None), counter.make, counter.look, apart_from={"log"})


def test_a_whole_group_costs_two_reads(scenario: Scenario, counter: Counter) -> None:
    group = _group(counter)
    for name in ("ORD-ONE", "ORD-TWO", "ORD-THREE"):
        group.must_refuse(name, send=lambda one: counter.write(one, 422))
    group.nothing_changed(KEEPS)
    assert (counter.reads, counter.writes, len(counter.values)) == (2, 3, 1)
    assert set(scenario.checked.values()) == {"passed"}
    assert set(scenario.checked) == {"ORD-ONE", "ORD-TWO", "ORD-THREE", KEEPS}


def test_the_next_group_begins_with_what_the_last_one_read(
    scenario: Scenario, counter: Counter
) -> None:
    group = _group(counter)
    for name in ("ORD-ONE", "ORD-TWO"):
        group.must_refuse(name, send=lambda one: counter.write(one, 422))
        group.nothing_changed(KEEPS)
    assert counter.reads == 3


def test_the_guilty_request_is_named_and_the_others_are_not(
    scenario: Scenario, counter: Counter
) -> None:
    group = _group(counter)
    for name, move in (("ORD-ONE", 0), ("ORD-TWO", 1), ("ORD-THREE", 0)):
        group.must_refuse(name, send=lambda one, move=move: counter.write(one, 422, move))
    group.nothing_changed(KEEPS)
    failed = {name for name, outcome in scenario.checked.items() if outcome == "failed"}
    assert failed == {"ORD-TWO", KEEPS}
    assert "/value" in scenario.failures[0]


def test_what_is_carried_out_costs_the_objects_and_nothing_else(
    scenario: Scenario, counter: Counter
) -> None:
    group = _group(counter)
    for name, status, move in (("ORD-ONE", 422, 1), ("ORD-TWO", 200, 1), ("ORD-THREE", 422, 0)):
        group.must_refuse(
            name, send=lambda one, status=status, move=move: counter.write(one, status, move)
        )
    group.nothing_changed(KEEPS)
    failed = {name for name, outcome in scenario.checked.items() if outcome == "failed"}
    assert failed == {"ORD-ONE", "ORD-TWO", KEEPS}


def test_objects_that_are_gone_have_changed(scenario: Scenario, counter: Counter) -> None:
    group = _group(counter)

    def take_away(one: int) -> Answer:
        counter.values.pop(one)
        return counter.write(one, 404)

    group.must_refuse("ORD-ONE", send=take_away)
    group.nothing_changed(KEEPS)
    assert scenario.checked[KEEPS] == "failed"
    assert "cannot be read any more" in scenario.failures[-1]


def test_what_the_guard_holds_back_is_not_looked_at(scenario: Scenario, counter: Counter) -> None:
    def held(one: int) -> Answer:
        raise UnsafeRequestError("held back")

    group = _group(counter)
    assert group.must_refuse("ORD-ONE", send=held) is None
    group.nothing_changed(KEEPS)
    assert scenario.checked == {}


def test_the_law_of_one_request_is_its_own(scenario: Scenario, counter: Counter) -> None:
    group = _group(counter)
    for name, move in (("ORD-ONE", 0), ("ORD-TWO", 1)):
        group.must_refuse(
            name, send=lambda one, move=move: counter.write(one, 422, move), law=f"{name}-KEEPS"
        )
    group.nothing_changed()
    failed = {name for name, outcome in scenario.checked.items() if outcome == "failed"}
    assert failed == {"ORD-TWO", "ORD-TWO-KEEPS"}
    assert scenario.checked["ORD-ONE-KEEPS"] == "passed"


def test_laws_hold_where_nothing_moved(scenario: Scenario, counter: Counter) -> None:
    group = _group(counter)
    group.must_refuse("ORD-ONE", send=lambda one: counter.write(one, 422), law="ORD-ONE-KEEPS")
    group.nothing_changed()
    assert scenario.checked == {"ORD-ONE": "passed", "ORD-ONE-KEEPS": "passed"}


def test_new_objects_are_made_for_the_guilty_alone(scenario: Scenario, counter: Counter) -> None:
    group = _group(counter)
    for number in range(10):
        move = int(number == 4)
        group.must_refuse("ORD-ONE", send=lambda one, move=move: counter.write(one, 422, move))
    group.nothing_changed(KEEPS)
    assert scenario.checked[KEEPS] == "failed"
    assert len(counter.values) == 3  # the shared ones, new ones, and again after the guilty one


def test_what_may_be_refused_is_looked_at_where_it_is(scenario: Scenario, counter: Counter) -> None:
    group = _group(counter)
    group.must_refuse("ORD-ONE", send=lambda one: counter.write(one, 422))
    group.may_change("ORD-TWO", send=lambda one: counter.write(one, 422, 1))
    group.nothing_changed(KEEPS)
    assert scenario.checked == {"ORD-ONE": "passed", "ORD-TWO": "failed", KEEPS: "failed"}

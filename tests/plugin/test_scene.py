"""The stage on which refused requests of any operation are tried, and what a look at it sees."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from fluentcart_conformance.drivers.stage import NOBODY
from fluentcart_conformance.plugin.context import running
from fluentcart_conformance.plugin.scenario import Scenario
from fluentcart_conformance.plugin.scene import Scene, refusals_of_everything, set_scene

from ..drivers.fake import real_shop

KEEPS = "GEN-REFUSAL-KEEPS"


@pytest.fixture(autouse=True)
def scenario() -> Iterator[Scenario]:
    one = Scenario("errors/test_x.py::test_x", [])
    with running(one):
        yield one


@pytest.fixture(params=["documented", "fluentcart-1.3"])
def scene(request: pytest.FixtureRequest) -> Scene:
    return set_scene(real_shop(request.param), None)


def test_a_request_is_the_good_one_but_for_what_is_given(scene: Scene) -> None:
    assert scene.send("get_order").accepted
    assert scene.send("get_order", NOBODY).status == 404
    assert scene.nobody("update_order_address").status == 404
    assert scene.send_to("update_order_address", NOBODY).status == 404
    assert scene.send("change_customer", json={}).refused
    assert scene.send("change_customer", content="{half").refused
    assert scene.send("list_orders", identity="none").status == 401


def test_a_look_sees_what_comes_about(scene: Scene) -> None:
    before = scene.look()
    assert before["customers that nobody made"] == []
    assert scene.send("create_order").accepted
    assert scene.send("create_customer").accepted
    after = scene.look()
    assert len(after["the orders of the customer"]) == 3
    assert len(after["customers that nobody made"]) == 1


def test_refusals_leave_the_stage_alone_and_what_is_done_is_found(scenario: Scenario) -> None:
    group = refusals_of_everything(real_shop("documented"), None)
    group.must_refuse("ERR-ONE", send=lambda scene: scene.nobody("get_order"))
    group.nothing_changed(KEEPS)
    assert scenario.checked == {"ERR-ONE": "passed", KEEPS: "passed"}

    group.must_keep("ERR-TWO", send=lambda scene: scene.send("get_order"))
    group.nothing_changed(KEEPS)
    assert scenario.checked[KEEPS] == "passed"

    group.must_keep("ERR-THREE", send=lambda scene: scene.send("update_order"))
    group.nothing_changed(KEEPS)
    failed = {name for name, outcome in scenario.checked.items() if outcome == "failed"}
    assert failed == {"ERR-THREE", KEEPS}


def test_what_may_be_carried_out_is_no_change_of_the_next_group(scenario: Scenario) -> None:
    group = refusals_of_everything(real_shop("documented"), None)
    group.may_change("ERR-ONE", send=lambda scene: scene.send("update_order"))
    group.must_refuse("ERR-TWO", send=lambda scene: scene.nobody("get_order"))
    group.nothing_changed(KEEPS)
    assert set(scenario.checked.values()) == {"passed"}

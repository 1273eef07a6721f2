"""Several wrong members in one request: what the refusal names need not be asked again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, cast

import pytest

from fluentcart_conformance.contract.exchange import Exchange
from fluentcart_conformance.drivers.answers import Answer
from fluentcart_conformance.drivers.shop import Shop
from fluentcart_conformance.plugin.context import running
from fluentcart_conformance.plugin.refusals import Refusals
from fluentcart_conformance.plugin.scenario import Scenario
from fluentcart_conformance.plugin.wrong import Wrong

LIMITS = {"note": "ORD-CREATE-NOTE", "rate": "ORD-CREATE-RATE", "uuid": "ORD-CREATE-UUID-SAME"}
WRONGS = [
    Wrong(ids, name, lambda body, name=name: body.update({name: "long"}))  # type: ignore[misc]
    for name, ids in LIMITS.items()
]


class Form:
    """A store that checks these members and names all that are wrong, in one of several ways."""

    def __init__(self, checked: set[str], spelling: str) -> None:
        self.checked, self.spelling = checked, spelling
        self.taken: list[dict[str, Any]] = []
        self.asked: list[dict[str, Any]] = []

    def send(self, _: int, body: dict[str, Any]) -> Answer:
        """Refuse what is wrong, take the rest."""
        self.asked.append(body)
        wrong = sorted(self.checked & body.keys())
        if not wrong:
            self.taken.append(body)
            return _answer(200, {"message": "Done."})
        named = {one: f"{one} is too long" for one in wrong}
        bodies: dict[str, Any] = {
            "params": {"code": "x", "message": "No.", "data": {"status": 422, "params": named}},
            "list": {"code": "x", "message": "No.", "data": {"status": 422, "params": wrong}},
            "map": {one: {"max": text} for one, text in named.items()},
            "sentence": {"message": named[wrong[0]]},
        }
        return _answer(422, bodies[self.spelling])


def _answer(status: int, body: object) -> Answer:
    return Answer(Exchange("POST", "http://x/", status, response_body=json.dumps(body).encode()))


@pytest.fixture
def scenario() -> Iterator[Scenario]:
    one = Scenario("area/test_x.py::test_x", [])
    with running(one):
        yield one


def _group(form: Form) -> Refusals[int]:
    return Refusals(
        shop=cast("Shop", None),
        arrange=lambda: 1,
        look=lambda _: {"taken": form.taken},
        known=lambda _: {"taken": []},
    )


@pytest.mark.parametrize("spelling", ["params", "list", "map"])
def test_a_refusal_that_names_all_is_enough(scenario: Scenario, spelling: str) -> None:
    form = Form(set(LIMITS), spelling)
    _group(form).must_refuse_each(WRONGS, lambda _: {}, form.send)
    assert len(form.asked) == 1
    assert scenario.checked == dict.fromkeys(LIMITS.values(), "passed")


def test_what_a_refusal_does_not_name_is_sent_alone(scenario: Scenario) -> None:
    form = Form({"note", "rate"}, "params")
    _group(form).must_refuse_each(WRONGS, lambda _: {}, form.send)
    assert form.asked[1:] == [{"uuid": "long"}]
    assert scenario.checked["ORD-CREATE-UUID-SAME"] == "failed"
    assert scenario.checked["ORD-CREATE-NOTE"] == "passed"


def test_a_store_that_names_nothing_is_asked_for_each(scenario: Scenario) -> None:
    form = Form(set(LIMITS), "sentence")
    _group(form).must_refuse_each(WRONGS, lambda _: {}, form.send)
    assert form.asked[1:] == [{one: "long"} for one in LIMITS]
    assert scenario.checked == dict.fromkeys(LIMITS.values(), "passed")


def test_the_guilty_one_is_found_among_those_sent_together(scenario: Scenario) -> None:
    form = Form(set(LIMITS), "params")
    group = _group(form)

    def keeping(stage: int, body: dict[str, Any]) -> Answer:
        if "rate" in body:
            form.taken.append(body)
        return form.send(stage, body)

    group.look = lambda _: {"taken": len(form.taken)}
    group.known = lambda _: {"taken": len(form.taken)}
    group.must_refuse_each(WRONGS, lambda _: {}, keeping)
    group.nothing_changed("GEN-REFUSAL-KEEPS")
    assert scenario.checked["ORD-CREATE-RATE"] == scenario.checked["GEN-REFUSAL-KEEPS"] == "failed"
    assert scenario.checked["ORD-CREATE-NOTE"] == "passed"

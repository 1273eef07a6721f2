"""Trials: requests that must be refused, on a stage that is looked at before and after."""

from __future__ import annotations

from typing import Any

import pytest

from fluentcart_conformance.contract.exchange import Exchange
from fluentcart_conformance.drivers.stage import NOBODY, Ask
from fluentcart_conformance.drivers.trial import Trial, begin
from fluentcart_conformance.target.errors import ReadOnlyError, UnsafeRequestError

from .fake import InProcess, real_shop


def sent(trial: Trial) -> list[Any]:
    client: Any = trial.shop.client
    return list(client.sent)


def last_write(trial: Trial) -> Any:
    return next(one for one in reversed(sent(trial)) if one.method != "GET")


class Guarded:
    """A client whose guard holds back whatever `error` says."""

    def __init__(self, client: InProcess, error: Exception) -> None:
        self.client, self.error = client, error

    def call(self, method: str, path: str, **more: Any) -> Exchange:
        if method == "DELETE":
            raise self.error
        return self.client.call(method, path, **more)


def test_a_trial_begins_with_a_look() -> None:
    trial = begin(real_shop())

    assert set(trial.seen) == {
        "the open order", "the paid order", "the customer", "the addresses",
        "the orders of the customer",
    }  # fmt: skip
    assert trial.seen["the open order"].id == trial.stage.open.id
    assert trial.seen["the paid order"].id == trial.stage.paid.id
    assert trial.seen["the customer"].id == trial.stage.customer.id
    assert trial.seen["the orders of the customer"] == {trial.stage.open.id, trial.stage.paid.id}
    assert trial.shipping_id == NOBODY
    assert trial.asks["calculate_shipping"].json["shipping_id"] == NOBODY
    assert begin(real_shop(), 3, look=False).asks["calculate_shipping"].json["shipping_id"] == 3
    assert begin(real_shop(), look=False).seen == {}


def test_a_refused_request_moves_nothing() -> None:
    trial = begin(real_shop())

    said = trial.with_id("change_customer", NOBODY)

    assert said is not None
    assert said.refused
    assert last_write(trial).path == f"/orders/{NOBODY}/change-customer"
    assert trial.moved is False
    assert trial.changes() == []


def test_a_change_behind_a_refusal_is_told_once() -> None:
    trial = begin(real_shop())

    trial.shop.change_status(trial.stage.open.id, "canceled")
    trial.shop.new_order(trial.stage.customer)

    found = trial.changes()
    assert "the open order: /status" in found
    assert "the orders of the customer: more or fewer" in found
    assert not [one for one in found if "updated_at" in one or "activities" in one]
    assert trial.changes() == []


def test_what_an_accepted_request_changes_is_not_held_against_the_next() -> None:
    trial = begin(real_shop())

    said = trial.with_body("update_statuses", json=trial.asks["update_statuses"].json)

    assert said is not None
    assert said.accepted
    assert trial.moved
    assert trial.changes() == []
    assert trial.seen["the open order"].status == "canceled"
    assert trial.moved is False
    assert trial.changes() == []


def test_the_next_request_starts_from_a_new_look() -> None:
    trial = begin(real_shop())
    trial.with_body("update_statuses", json=trial.asks["update_statuses"].json)

    trial.attempt("get_order", (NOBODY,))

    assert trial.seen["the open order"].status == "canceled"
    assert trial.changes() == []


def test_without_a_look_nothing_counts_as_moved() -> None:
    trial = begin(real_shop(), look=False)

    said = trial.with_body("update_statuses", json=trial.asks["update_statuses"].json)

    assert said is not None
    assert said.accepted
    assert not trial.moved


def test_a_stage_that_was_taken_away_is_built_anew() -> None:
    trial = begin(real_shop())
    gone = trial.stage.open.id
    trial.attempt("update_statuses", (gone,), json=trial.asks["update_statuses"].json)
    said = trial.attempt("delete_order", (gone,))
    assert said is not None
    assert said.accepted

    assert list(trial.each(["get_order"])) == ["get_order"]

    assert trial.stage.open.id != gone
    assert trial.asks["get_order"].ids == (trial.stage.open.id,)
    assert trial.seen["the open order"].id == trial.stage.open.id
    assert trial.asks["calculate_shipping"].json["shipping_id"] == NOBODY
    assert trial.changes() == []


def test_each_operation_comes_once_and_in_order() -> None:
    trial = begin(real_shop(), look=False)
    assert list(trial.each(["get_order", "list_orders"])) == ["get_order", "list_orders"]


def test_what_the_guard_holds_back_is_no_answer() -> None:
    trial = begin(real_shop(), look=False)
    client: Any = trial.shop.client
    held = Trial(
        _with(trial, Guarded(client, UnsafeRequestError("no"))), trial.stage, trial.asks, 1
    )
    assert held.with_body("delete_order") is None
    assert held.with_id("delete_order", 4) is None
    strict = Trial(_with(trial, Guarded(client, ReadOnlyError("no"))), trial.stage, trial.asks, 1)
    with pytest.raises(ReadOnlyError):
        strict.with_body("delete_order")


def _with(trial: Trial, client: Any) -> Any:
    shop = trial.shop
    return type(shop)(client, shop.wire, shop.journal, shop.profile, shop.products)


def test_another_id_is_put_where_the_body_repeats_it() -> None:
    trial = begin(real_shop(), look=False)
    own = trial.asks["update_order_address"]

    trial.with_id("update_order_address", NOBODY)
    write = last_write(trial)
    assert write.path == f"/orders/{NOBODY}/address/{own.ids[1]}"
    assert write.more["json"] == {"order_id": NOBODY, "city": "Nowhere"}

    trial.asks = {**trial.asks, "update_order_address": Ask(own.ids, {"order_id": 1, "a": 2})}
    trial.with_id("update_order_address", NOBODY)
    assert last_write(trial).more["json"] == {"order_id": 1, "a": 2}
    trial.asks = {**trial.asks, "update_order_address": Ask(own.ids, [own.ids[0]])}
    trial.with_id("update_order_address", NOBODY)
    assert last_write(trial).more["json"] == [own.ids[0]]


def test_a_request_without_a_body_stays_without_one() -> None:
    trial = begin(real_shop(), look=False)

    said = trial.with_id("get_order_transaction", NOBODY)

    assert said is not None
    assert said.status == 404
    request = sent(trial)[-1]
    assert request.path == f"/orders/{NOBODY}/transactions/{trial.stage.open.charge.id}"
    assert request.more["json"] is None


def test_a_body_of_the_scenarios_own_goes_to_the_stage() -> None:
    trial = begin(real_shop(), look=False)

    said = trial.with_body("change_customer", json={})

    assert said is not None
    assert said.refused
    write = last_write(trial)
    assert write.path == f"/orders/{trial.stage.open.id}/change-customer"
    assert write.more["json"] == {}


def test_a_fresh_address_replaces_the_old_one() -> None:
    trial = begin(real_shop(), look=False)
    before = trial.asks["create_and_change_customer"]

    email = trial.fresh_email()

    now = trial.asks["create_and_change_customer"]
    assert now == Ask(before.ids, {**before.json, "email": email})
    assert email != before.json["email"]
    assert "nobody" in email
    assert len(trial.asks) == 38

"""Callers who may not (customers-api: Authentication; the operation pages: Authorization).

Each operation is asked for with a request that would be carried out for the administrator.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from fluentcart_conformance.drivers.routes import ROUTES
from fluentcart_conformance.drivers.stage import (
    NOBODY,
    ORDERS,
    Ask,
    Stage,
    ask_everything,
    changed,
    look_at,
    set_stage,
)
from fluentcart_conformance.scenarios import Answer, Shop, needs, requirement
from fluentcart_conformance.target.preflight import TargetReport

# Their bodies are checked by the store, so an empty one is invalid.
CHECKED = (
    "create_order", "orders_bulk", "mark_as_paid", "update_order", "update_order_address_id",
    "refund_order", "change_customer", "create_and_change_customer", "update_statuses",
    "update_order_address", "update_transaction_status", "create_custom_item",
    "calculate_shipping",
)  # fmt: skip
# What an answer to a permitted caller carries.
DATA = (
    "order", "orders", "customer", "customers", "addresses", "address", "users", "stats",
    "shipping_methods", "transaction", "order_id", "order_items",
)  # fmt: skip


@dataclass(frozen=True)
class Attempt:
    """Every operation asked for by one caller, and what became of the stage."""

    shop: Shop
    stage: Stage
    asks: dict[str, Ask]
    answers: dict[str, Answer]
    effects: list[str]

    def statuses_besides(self, allowed: tuple[int, ...]) -> dict[str, int]:
        return {name: one.status for name, one in self.answers.items() if one.status not in allowed}

    def shown(self) -> list[str]:
        """What the answers show all the same."""
        found = []
        for operation, answer in self.answers.items():
            text = answer.exchange.response_body.decode("utf-8", "replace")
            secrets = self.stage.secrets().items()
            found += [f"{operation}: {what}" for what, one in secrets if one in text]
            body = answer.body if isinstance(answer.body, dict) else {}
            data = body.get("data")
            inner = data if isinstance(data, dict) else {}
            found += [f"{operation}: {name}" for name in DATA if name in body or name in inner]
        return found

    def tells_nothing(self, law: str, operations: list[str]) -> None:
        """Look whether each operation answers alike for ids that nobody has."""
        for operation in operations:
            ask, known = self.asks[operation], self.answers[operation]
            absent = _send(self.shop, operation, Ask(tuple(NOBODY for _ in ask.ids), ask.json))
            with requirement(law):
                assert _words(known) == _words(absent), f"{operation}: otherwise for an unknown id"


def _words(answer: Answer) -> tuple[int, str, str]:
    return answer.status, answer.code, answer.message


def _send(shop: Shop, operation: str, ask: Ask) -> Answer:
    body = {} if ask.json is None else {"json": ask.json}
    return shop.send(operation, *ask.ids, **body)


def _attempt(shop: Shop, identity: str, target: TargetReport) -> Attempt:
    stage = set_stage(shop)
    asks = ask_everything(shop, stage, next(iter(target.shipping_methods), NOBODY))
    caller = shop.as_(identity)
    before = look_at(shop, stage)
    answers = {operation: _send(caller, operation, ask) for operation, ask in asks.items()}
    after = look_at(shop, stage)
    for one in set(after[ORDERS]) - set(before[ORDERS]):
        shop.journal.created("order", one)
    effects = changed(before, after) + _made(shop, asks)
    return Attempt(caller, stage, asks, answers, effects)


def _made(shop: Shop, asks: dict[str, Ask]) -> list[str]:
    """Customers that refused requests made; the run takes them away again."""
    found = []
    for operation in ("create_customer", "create_and_change_customer"):
        email = str(asks[operation].json["email"])
        rows = shop.customers({"search": email}).rows
        for one in [row for row in rows if row.email == email]:
            shop.journal.created("customer", one.id)
            found.append(f"{operation} made a customer")
    return found


@pytest.fixture(scope="module")
def anonymous(shop: Shop, target: TargetReport) -> Attempt:
    return _attempt(shop, "none", target)


@pytest.fixture(scope="module")
def low(shop: Shop, target: TargetReport) -> Attempt:
    return _attempt(shop, "low", target)


def test_without_credentials_every_operation_is_refused(shop: Shop, anonymous: Attempt) -> None:
    with requirement("AUT-ANONYMOUS"):
        assert anonymous.answers.keys() == ROUTES.keys(), "an operation was left out"
        assert anonymous.statuses_besides(shop.refusal("auth.anonymous")) == {}
    with requirement("AUT-POLICY"):
        assert [name for name, one in anonymous.answers.items() if not one.refused] == []
    with requirement("AUT-NO-DATA"):
        assert anonymous.shown() == []
    with requirement("AUT-401-TEXT"):
        silent = [name for name, one in anonymous.answers.items() if not one.message.strip()]
        assert silent == []
    with requirement("AUT-NO-EFFECT"):
        assert anonymous.effects == []


def test_without_credentials_nobody_learns_which_ids_exist(anonymous: Attempt) -> None:
    with_ids = [name for name, ask in anonymous.asks.items() if ask.ids]
    anonymous.tells_nothing("AUT-BEFORE-LOOKUP", with_ids)


def test_without_credentials_nobody_learns_what_a_body_needs(
    shop: Shop, anonymous: Attempt
) -> None:
    allowed = shop.refusal("auth.anonymous")
    empty = {one: Ask(anonymous.asks[one].ids, {}) for one in CHECKED}
    statuses = {one: _send(anonymous.shop, one, ask).status for one, ask in empty.items()}
    with requirement("AUT-BEFORE-VALIDATION"):
        assert {one: status for one, status in statuses.items() if status not in allowed} == {}


def test_with_a_wrong_password_every_operation_is_refused(shop: Shop, target: TargetReport) -> None:
    wrong = _attempt(shop, "wrong", target)

    with requirement("AUT-WRONG-PASSWORD"):
        assert wrong.statuses_besides(shop.refusal("auth.bad_credentials")) == {}
    with requirement("AUT-NO-DATA"):
        assert wrong.shown() == []
    with requirement("AUT-NO-EFFECT"):
        assert wrong.effects == []


@needs("low_identity")
def test_without_permission_every_operation_is_refused(shop: Shop, low: Attempt) -> None:
    with requirement("AUT-LOW-IDENTITY"):
        assert low.statuses_besides(shop.refusal("auth.forbidden")) == {}
    with requirement("AUT-NO-DATA"):
        assert low.shown() == []
    with requirement("AUT-NO-EFFECT"):
        assert low.effects == []


@needs("low_identity")
def test_without_permission_nobody_learns_which_orders_exist(low: Attempt) -> None:
    of_orders = [
        name for name, ask in low.asks.items() if ask.ids and "/orders/" in ROUTES[name][1]
    ]
    low.tells_nothing("AUT-LOW-BEFORE-LOOKUP", of_orders)

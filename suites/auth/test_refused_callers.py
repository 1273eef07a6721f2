"""Callers who may not (customers-api: Authentication; the operation pages: Authorization).

Every operation is asked for without credentials, with a wrong password and without permission.
Each caller sends about half of the requests as the administrator would, and the others about
objects that do not exist and with empty bodies: what is checked before credentials shows there.
That whoever has the permission is served (the line Permission of each page) was mostly seen before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from fluentcart_conformance.drivers.routes import ROUTES
from fluentcart_conformance.plugin.context import Workbench
from fluentcart_conformance.scenarios import (
    Answer,
    Refusals,
    Scene,
    Shop,
    assert_refused,
    late,
    needs,
    proves,
    requirement,
    set_scene,
)
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
# In an order in which the administrator's requests can follow one another.
PERMISSIONS = {
    "list_orders": "AUT-PERM-LIST-ORDERS",
    "get_order": "AUT-PERM-GET-ORDER",
    "get_order_transactions": "AUT-PERM-GET-ORDER-TRANSACTIONS",
    "get_order_transaction": "AUT-PERM-GET-ORDER-TRANSACTION",
    "get_shipping_methods": "AUT-PERM-GET-SHIPPING-METHODS",
    "calculate_shipping": "AUT-PERM-CALCULATE-SHIPPING",
    "create_order": "AUT-PERM-CREATE-ORDER",
    "create_custom_item": "AUT-PERM-CREATE-CUSTOM-ITEM",
    "update_order": "AUT-PERM-UPDATE-ORDER",
    "update_order_address_id": "AUT-PERM-UPDATE-ORDER-ADDRESS-ID",
    "update_order_address": "AUT-PERM-UPDATE-ORDER-ADDRESS",
    "orders_bulk": "AUT-PERM-ORDERS-BULK",
    "update_transaction_status": "AUT-PERM-UPDATE-TRANSACTION-STATUS",
    "sync_statuses": "AUT-PERM-SYNC-STATUSES",
    "mark_as_paid": "AUT-PERM-MARK-AS-PAID",
    "update_statuses": "AUT-PERM-UPDATE-STATUSES",
    "generate_missing_licenses": "AUT-PERM-GENERATE-MISSING-LICENSES",
    "change_customer": "AUT-PERM-CHANGE-CUSTOMER",
    "create_and_change_customer": "AUT-PERM-CREATE-AND-CHANGE-CUSTOMER",
    "accept_dispute": "AUT-PERM-ACCEPT-DISPUTE",
    "refund_order": "AUT-PERM-REFUND-ORDER",
    "delete_order": "AUT-PERM-DELETE-ORDER",
}
# Whether these can be carried out depends on what the target has; being served is enough.
CONDITIONAL = ("calculate_shipping", "generate_missing_licenses", "accept_dispute", "delete_order")
CUSTOMERS = tuple(name for name, (_, path) in ROUTES.items() if path.startswith("/customers"))


@dataclass
class Caller:
    """Somebody who may not, and what the store answered."""

    identity: str
    refused: Refusals[Scene]
    known: dict[str, Answer] = field(default_factory=dict)
    unknown: dict[str, Answer] = field(default_factory=dict)

    @property
    def answers(self) -> Mapping[str, Answer]:
        """All answers by their operations."""
        return self.known | self.unknown

    def ask(self, name: str, allowed: tuple[int, ...], *laws: str) -> None:
        """Ask for an operation as the administrator would."""
        answer = self.refused.must_refuse(
            *laws, what=name, statuses=allowed, keeps=False,
            send=lambda scene: scene.send(name, identity=self.identity),
        )  # fmt: skip
        if answer is not None:
            self.known[name] = answer

    def ask_amiss(
        self, name: str, allowed: tuple[int, ...], *laws: str, empty: bool = False
    ) -> None:
        """Ask for an operation with ids that nobody has, or with an empty body."""
        body: dict[str, Any] = {"json": {}} if empty else {}
        answer = self.refused.must_refuse(
            *laws, what=f"{name} of nothing", statuses=allowed, keeps=False,
            send=lambda scene: scene.nobody(name, identity=self.identity, **body),
        )  # fmt: skip
        if answer is not None:
            self.unknown[name] = answer

    def shown(self) -> list[str]:
        """What the answers show all the same."""
        found = []
        secrets = self.refused.stage.stage.secrets()
        for operation, answer in self.answers.items():
            text = answer.exchange.response_body.decode("utf-8", "replace")
            found += [f"{operation}: {what}" for what, one in secrets.items() if one in text]
            body = answer.body if isinstance(answer.body, dict) else {}
            data = body.get("data")
            inner = data if isinstance(data, dict) else {}
            found += [f"{operation}: {name}" for name in DATA if name in body or name in inner]
        return found

    def learns_nothing(self, law: str, operations: Iterable[str]) -> None:
        """Look whether the words are those that known ids are answered with.

        Where they are not, the operation may have words of its own: it is asked for both.
        """
        common = {_words(one) for one in self.known.values()}
        for name in operations:
            answer = self.unknown.get(name)
            if answer is None or _words(answer) in common:
                continue
            known = self.refused.stage.send(name, identity=self.identity)
            with requirement(law):
                assert _words(known) == _words(answer), f"{name}: otherwise for an unknown id"


def _words(answer: Answer) -> tuple[int, str, str]:
    return answer.status, answer.code, answer.message


def _has_ids(name: str) -> bool:
    return "{" in ROUTES[name][1]


def test_without_credentials_every_operation_is_refused(
    shop: Shop, refused: Refusals[Scene]
) -> None:
    callers = (
        ("none", "auth.anonymous", "AUT-ANONYMOUS"),
        ("wrong", "auth.bad_credentials", "AUT-WRONG-PASSWORD"),
    )
    for turn, (identity, key, law) in enumerate(callers):
        caller, allowed = Caller(identity, refused), shop.refusal(key)
        for number, name in enumerate(ROUTES):
            more = ["AUT-BEFORE-LOOKUP"] if _has_ids(name) else []
            more += ["AUT-BEFORE-VALIDATION"] if name in CHECKED else []
            if more and (number + turn) % 2:
                caller.ask_amiss(name, allowed, law, *more, empty=name in CHECKED)
            else:
                caller.ask(name, allowed, law)
        caller.learns_nothing("AUT-BEFORE-LOOKUP", filter(_has_ids, ROUTES))
        with requirement("AUT-POLICY"):
            assert [name for name, one in caller.answers.items() if not one.refused] == []
        with requirement("AUT-NO-DATA"):
            assert caller.shown() == []
        with requirement("AUT-401-TEXT"):
            silent = [name for name, one in caller.answers.items() if not one.message.strip()]
            assert silent == []
    refused.nothing_changed("AUT-NO-EFFECT")


@needs("low_identity")
@proves(*PERMISSIONS.values())
def test_without_permission_every_operation_is_refused(
    shop: Shop, refused: Refusals[Scene]
) -> None:
    caller, allowed = Caller("low", refused), shop.refusal("auth.forbidden")
    for number, name in enumerate(ROUTES):
        laws = ["AUT-LOW-IDENTITY"]
        laws += [PERMISSIONS[name]] if name in PERMISSIONS else []
        if name in PERMISSIONS and _has_ids(name) and number % 2:
            caller.ask_amiss(name, allowed, *laws, "AUT-LOW-BEFORE-LOOKUP")
        else:
            caller.ask(name, allowed, *laws)
    caller.learns_nothing("AUT-LOW-BEFORE-LOOKUP", filter(_has_ids, PERMISSIONS))
    for name in CUSTOMERS:
        with requirement("ERR-CUS-PERMISSIONS", "ERR-CUS-CLASS"):
            assert_refused(shop, caller.answers[name], "auth.forbidden", name, name)
    with requirement("AUT-NO-DATA"):
        assert caller.shown() == []
    refused.nothing_changed("AUT-NO-EFFECT", "ERR-CUS-UNCHANGED")


@late
@needs("low_identity")
@proves(*PERMISSIONS.values())
def test_each_operation_serves_those_with_the_permission(
    shop: Shop, workbench: Workbench, target: TargetReport
) -> None:
    """What an earlier scenario saw done need not be done again."""

    @cache
    def scene() -> Scene:
        return set_scene(shop, next(iter(target.shipping_methods), None))

    for operation, requirement_id in PERMISSIONS.items():
        seen = workbench.served.get(operation)
        if operation in CONDITIONAL:
            seen = seen or workbench.heard.get(operation)
        if seen is not None:
            with requirement(requirement_id, beside=[seen]):
                pass
            continue
        with requirement(requirement_id):
            answer = _ask(scene(), operation)
            assert answer.status not in (401, 403), f"with the permission: {answer}"
            assert operation in CONDITIONAL or answer.accepted, f"with the permission: {answer}"


def _ask(scene: Scene, operation: str) -> Answer:
    """The good request, through the driver where it makes or removes something."""
    shop, ask = scene.shop, scene.asks[operation]
    if operation == "create_order":
        return shop.create_order_with(ask.json)
    if operation == "create_and_change_customer":
        names = {key: value for key, value in ask.json.items() if key != "email"}
        # Whoever looks for customers of refused requests must not find this one.
        return shop.create_and_change_customer(ask.ids[0], shop.fresh_email("served"), **names)
    if operation == "delete_order":
        return shop.delete_order(ask.ids[0])
    return scene.send(operation)

"""Bodies that cannot be read, or are not what an operation needs (the rows Error Responses).

Every way is tried with some of the writing operations, with ids that are good; a refusal is a 4xx,
and nothing may change.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from fluentcart_conformance.scenarios import Answer, Refusals, Scene, late, requirement

JSON = {"Content-Type": "application/json"}
CUT = ("create_order", "update_statuses")
BROKEN = ("update_order", "orders_bulk", "mark_as_paid")
NO_BODY = ("change_customer", "calculate_shipping")
# The member that an operation cannot do without, as a path into its body.
NULL = {
    "create_and_change_customer": "email",
    "refund_order": "refund_info/transaction_id",
    "update_statuses": "action",
}
# A member of an operation, and a value of another kind than documented.
OTHER_KIND: dict[str, tuple[str, Any]] = {
    "create_order": ("order_items", "two of them"),
    "update_order_address": ("city", {"name": "Nowhere"}),
    "mark_as_paid": ("payment_method", ["offline_payment"]),
}
NOT_OBJECTS = {
    "update_transaction_status": "[1, 2]",
    "orders_bulk": "7",
    "create_and_change_customer": "null",
}


def put(body: Any, path: str, value: Any) -> Any:
    """The body with another value at a path."""
    name, _, rest = path.partition("/")
    return {**body, name: put(body[name], rest, value) if rest else value}


def _cut(scene: Scene, operation: str) -> Answer:
    text = json.dumps(scene.asks[operation].json)
    return scene.send(operation, content=text[: len(text) * 2 // 3], headers=JSON)


def _broken(scene: Scene, operation: str) -> Answer:
    return scene.send(operation, content="{not json at all}", headers=JSON)


def _without(scene: Scene, operation: str) -> Answer:
    return scene.shop.send(operation, *scene.asks[operation].ids)


def _null(scene: Scene, operation: str) -> Answer:
    return scene.send(operation, json=put(scene.asks[operation].json, NULL[operation], None))


def _half(scene: Scene, operation: str) -> Answer:
    """The first part of the body would do, the second would not."""
    shop, stage, asks = scene.shop, scene.stage, scene.asks
    line = asks["create_order"].json["order_items"][0]
    bad = {**line, "quantity": 0}
    bodies = {
        "create_order": {**asks["create_order"].json, "order_items": [line, bad]},
        "update_order": {
            **asks["update_order"].json,
            "order_items": [{**shop.lines_again(stage.open)[0], "quantity": 5}, bad],
        },
        "orders_bulk": {
            "action": "change_order_status", "new_status": "shiny",
            "order_ids": [stage.open.id, stage.paid.id],
        },
        "create_and_change_customer": {
            **asks["create_and_change_customer"].json,
            "email": asks["create_and_change_customer"].json["email"].replace("@", " at "),
        },
    }  # fmt: skip
    return scene.send(operation, json=bodies[operation])


GROUPS: tuple[tuple[str, tuple[str, ...], Callable[[Scene, str], Answer]], ...] = (
    ("ERR-TRUNCATED-JSON", CUT, _cut),
    ("ERR-MALFORMED-JSON", BROKEN, _broken),
    ("ERR-MISSING-BODY", NO_BODY, _without),
    ("ERR-NULL-MEMBER", tuple(NULL), _null),
    ("GEN-NO-HALF-WRITE",
     ("create_order", "update_order", "orders_bulk", "create_and_change_customer"), _half),
)  # fmt: skip


def test_a_body_without_sense_is_refused_and_changes_nothing(refused: Refusals[Scene]) -> None:
    for law, operations, way in GROUPS:
        for operation in operations:
            refused.must_refuse(
                law,
                send=lambda scene, how=way, one=operation: how(scene, one),
                what=operation,
            )
    refused.nothing_changed(
        "ERR-TRUNCATED-JSON", "ERR-MALFORMED-JSON", "ERR-MISSING-BODY", "ERR-NULL-MEMBER",
        "GEN-NO-HALF-WRITE", "GEN-REFUSAL-KEEPS",
    )  # fmt: skip


@late
def test_an_odd_body_is_refused_or_understood(refused: Refusals[Scene]) -> None:
    """Whatever becomes of it, it is not an error of the store."""
    for operation, (path, value) in OTHER_KIND.items():
        refused.may_change(
            "ERR-WRONG-TYPE",
            send=lambda scene, one=operation, at=path, new=value: scene.send(
                one, json=put(scene.asks[one].json, at, new)
            ),
            what=operation,
        )
    for operation, content in NOT_OBJECTS.items():
        answer = refused.may_change(
            "ERR-BODY-NOT-OBJECT",
            send=lambda scene, one=operation, text=content: scene.send(
                one, content=text, headers=JSON
            ),
            what=operation,
        )
        if answer is not None:
            with requirement("ERR-BODY-NOT-OBJECT"):
                assert answer.refused, f"{operation}: {answer.excerpt}"


@late
def test_a_body_under_another_name_is_read_or_refused(refused: Refusals[Scene]) -> None:
    shop = refused.shop
    for operation, kind in (("update_order", "text/plain"), ("refund_order", "application/xml")):
        answer = refused.may_change(
            "ERR-CONTENT-TYPE",
            send=lambda scene, one=operation, name=kind: scene.send(
                one, content=json.dumps(scene.asks[one].json), headers={"Content-Type": name}
            ),
            what=f"{operation} as {kind}",
        )
        if answer is None or answer.refused:
            continue
        with requirement("ERR-CONTENT-TYPE"):
            stage = refused.stage.stage
            if operation == "update_order":
                assert shop.order(stage.open.id).text("note") == "Nobody wrote this", kind
            else:
                assert shop.order(stage.paid.id).total_refund == 1, kind


@late
def test_depth_and_size_are_bounded(refused: Refusals[Scene]) -> None:
    shop = refused.shop
    deep = "[" * 5000 + "]" * 5000

    def nested(scene: Scene) -> Answer:
        text = json.dumps(put(scene.asks["update_order"].json, "config", "HERE"))
        return scene.send("update_order", content=text.replace('"HERE"', deep), headers=JSON)

    refused.may_change("ERR-DEEP-NESTING", send=nested)
    order = refused.stage.stage.open
    answer = refused.may_change(
        "ERR-LARGE-BODY",
        send=lambda scene: scene.send(
            "update_order", json=put(scene.asks["update_order"].json, "note", "long " * 100_000)
        ),
    )
    if answer is not None and answer.accepted:
        with requirement("ERR-LARGE-BODY"):
            assert len(shop.order(order.id).text("note")) <= 5000

"""Ids that name nothing, or something else (orders-api and customers-api: the path of each page).

Requests that are good but for the id; nothing may change anywhere.
"""

from __future__ import annotations

from collections.abc import Callable

from fluentcart_conformance.scenarios import (
    ABSENT_ID,
    Refusals,
    Scene,
    requirement,
    whole,
)

WRONG: dict[str, tuple[Callable[[int], object], tuple[str, ...]]] = {
    "ERR-ID-UNKNOWN": (
        lambda _: ABSENT_ID,
        ("get_order", "update_order_address_id", "create_and_change_customer", "mark_as_paid"),
    ),
    "ERR-ID-ZERO": (lambda _: 0, ("get_order_transactions", "update_order_address")),
    "ERR-ID-NEGATIVE": (lambda own: -own, ("get_order_transaction", "sync_statuses")),
    "ERR-ID-TEXT": (lambda _: "abc", ("generate_missing_licenses", "update_statuses")),
    "ERR-ID-HUGE": (lambda _: 2**63, ("update_order", "change_customer")),
}


def test_no_operation_on_an_order_takes_a_wrong_id(refused: Refusals[Scene]) -> None:
    """Every way with reads and writes; the scenarios of each operation have the others."""
    for name, (way, operations) in WRONG.items():
        for operation in operations:
            refused.must_refuse(
                name,
                send=lambda scene, one=operation, way=way: scene.send_to(
                    one, way(scene.asks[one].ids[0])
                ),
                what=operation,
            )
    refused.nothing_changed(*WRONG, "GEN-REFUSAL-KEEPS", "GEN-NO-HALF-WRITE")


def test_the_id_of_another_kind_opens_nothing_of_that_kind(refused: Refusals[Scene]) -> None:
    shop, stage = refused.shop, refused.stage.stage
    order = stage.paid
    uuids = {stage.open.id: stage.open.uuid, stage.paid.id: stage.paid.uuid}
    for what, number in (("transaction", order.charge.id), ("line", order.items[0].id)):
        if number in uuids:
            continue
        answer = shop.get_order(number)
        with requirement("ERR-ID-OTHER-KIND"):
            shown = shop.order_in(answer) if answer.accepted else None
            assert shown or answer.refused, answer.excerpt
            if shown:
                assert shown.id == number, f"the id of a {what} opens order {shown.id}"
                assert shown.uuid not in uuids.values(), f"the id of a {what} opens its order"
    transactions = {one.id for one in order.transactions}
    foreign = [one for one in uuids if one not in transactions]
    for one in foreign[:1]:
        answer = shop.transaction_of(order.id, one)
        with requirement("ERR-ID-OTHER-KIND"):
            assert answer.refused, f"the id of an order is taken for a transaction: {answer}"
    copies = {whole(row.get("id")) for row in stage.open.rows("order_addresses")}
    if stage.office.id not in copies:
        refused.must_refuse(
            "ERR-ID-OTHER-KIND",
            send=lambda scene: scene.send(
                "update_order_address", scene.stage.open.id, scene.stage.office.id
            ),
        )


def test_the_id_of_an_order_opens_no_customer_of_it(refused: Refusals[Scene]) -> None:
    shop, stage = refused.shop, refused.stage.stage
    numbers = dict.fromkeys((stage.paid.id, stage.open.id, stage.office.id, stage.home.id))
    for number in [one for one in numbers if one not in (stage.customer.id, stage.other.id)]:
        answer = shop.get_customer(number)
        with requirement("ERR-CUS-OTHER-KIND"):
            shown = shop.customer_in(answer) if answer.accepted else None
            assert shown or answer.refused, answer.excerpt
            if shown:
                assert shown.id == number
                assert shown.email not in (stage.customer.email, stage.other.email)
        if answer.refused:
            break
        # It is a customer's number, too, by chance, which shows nothing.

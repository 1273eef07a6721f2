"""Ids that name nothing, or something else (orders-api and customers-api: the path of each page).

Each operation is asked with a request that is good but for the id, each in one of several ways;
nothing may change anywhere.
"""

from __future__ import annotations

from collections.abc import Callable

from fluentcart_conformance.scenarios import (
    ABSENT_ID,
    Answer,
    Refusals,
    Scene,
    Shop,
    requirement,
    whole,
)

OF_ORDERS = (
    "get_order", "get_order_transactions", "get_order_transaction", "generate_missing_licenses",
    "update_order", "update_order_address_id", "update_order_address", "create_custom_item",
    "update_statuses", "change_customer", "create_and_change_customer",
    "update_transaction_status", "sync_statuses", "accept_dispute", "refund_order",
    "mark_as_paid", "delete_order",
)  # fmt: skip
OF_CUSTOMERS = (
    "get_customer", "get_customer_stats", "get_customer_orders", "get_customer_addresses",
    "update_customer", "update_customer_additional_info", "update_customer_address",
    "create_customer_address", "make_primary_address", "delete_customer_address", "attach_user",
    "detach_user",
)  # fmt: skip
WRONG: dict[str, Callable[[int], object]] = {
    "ERR-ID-UNKNOWN": lambda _: ABSENT_ID,
    "ERR-ID-ZERO": lambda _: 0,
    "ERR-ID-NEGATIVE": lambda own: -own,
    "ERR-ID-TEXT": lambda _: "abc",
    "ERR-ID-HUGE": lambda _: 2**63,
}
WITH_TEXT = ("get_customer", "update_customer", "get_customer_orders")


def test_no_operation_on_an_order_takes_a_wrong_id(refused: Refusals[Scene]) -> None:
    """Every operation in one way, every way with reads and writes."""
    for number, operation in enumerate(OF_ORDERS):
        name = list(WRONG)[number % len(WRONG)]
        refused.must_refuse(
            name,
            send=lambda scene, one=operation, way=WRONG[name]: scene.send_to(
                one, way(scene.asks[one].ids[0])
            ),
            what=operation,
        )
    refused.nothing_changed(*WRONG, "GEN-REFUSAL-KEEPS", "GEN-NO-HALF-WRITE")


def test_no_operation_on_a_customer_takes_a_wrong_id(refused: Refusals[Scene]) -> None:
    shop, listed = refused.shop, False
    for operation in OF_CUSTOMERS:
        if operation == "create_customer_address" and listed:
            continue  # a store that looks nobody up would keep an address of nobody
        answer = refused.must_refuse(
            "ERR-CUS-NOT-FOUND",
            "ERR-CUS-CLASS",
            send=lambda scene, one=operation: scene.send_to(one, ABSENT_ID),
            what=operation,
        )
        if answer is None:
            continue
        listed = listed or (operation == "get_customer_addresses" and answer.accepted)
        if answer.refused:
            with requirement("ERR-CUS-NOT-FOUND"):
                assert is_not_found(shop, operation, answer), f"{operation}: {answer.excerpt}"
        if operation == "get_customer":
            with requirement("ERR-CUS-MESSAGE-ID"):
                assert str(ABSENT_ID) in answer.message, answer.excerpt
    for operation in WITH_TEXT:
        refused.must_refuse(
            "ERR-CUS-MALFORMED-ID",
            "ERR-CUS-CLASS",
            send=lambda scene, one=operation: scene.send_to(one, "abc"),
            what=operation,
        )
    refused.nothing_changed("ERR-CUS-UNCHANGED", "GEN-REFUSAL-KEEPS")


def is_not_found(shop: Shop, operation: str, answer: Answer) -> bool:
    """Whether an unknown customer is refused with the status and code that the profile allows."""
    codes = shop.refusal_codes("customer.not_found")
    # The update page has a form of its own for this.
    page = ("fluent_cart_entity_not_found",) if operation == "update_customer" else ()
    fits = answer.status in shop.refusal("customer.not_found", operation)
    return fits and (not codes or answer.code in (*codes, *page))


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
    foreign = next(one for one in uuids if one not in transactions)
    answer = shop.transaction_of(order.id, foreign)
    with requirement("ERR-ID-OTHER-KIND"):
        assert answer.refused, f"the id of an order is taken for a transaction: {answer.excerpt}"
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
    # One of them may be a customer's number by chance, which shows nothing.
    numbers = dict.fromkeys((stage.paid.id, stage.office.id, stage.open.id, stage.home.id))
    for number in [one for one in numbers if one not in (stage.customer.id, stage.other.id)][:2]:
        answer = shop.get_customer(number)
        with requirement("ERR-CUS-OTHER-KIND"):
            shown = shop.customer_in(answer) if answer.accepted else None
            assert shown or answer.refused, answer.excerpt
            if shown:
                assert shown.id == number
                assert shown.email not in (stage.customer.email, stage.other.email)

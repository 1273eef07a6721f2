"""Ids that name nothing, or something else (orders-api and customers-api: the path of each page).

Each operation is asked with a request that is good but for the id; nothing may change anywhere.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from fluentcart_conformance.drivers.trial import Trial
from fluentcart_conformance.scenarios import ABSENT_ID, Answer, Shop, requirement, whole

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


@pytest.mark.parametrize("name", WRONG)
def test_no_operation_on_an_order_takes_a_wrong_id(shared: Trial, name: str) -> None:
    email = shared.fresh_email()
    for operation in shared.each(OF_ORDERS):
        own = shared.asks[operation].ids[0]
        answer = shared.with_id(operation, WRONG[name](own))
        if answer is not None:
            with requirement(name):
                assert answer.refused, f"{operation}: {answer.excerpt}"
    with requirement(name, "GEN-REFUSAL-KEEPS"):
        assert shared.changes() == []
    with requirement("GEN-NO-HALF-WRITE"):
        kept = [row.email for row in shared.shop.customers({"search": email}).rows]
        assert email not in kept, "a customer was made for an order that is not there"


def test_no_operation_on_a_customer_takes_a_wrong_id(shared: Trial) -> None:
    shop = shared.shop
    for name, wrong in (("ERR-CUS-NOT-FOUND", ABSENT_ID), ("ERR-CUS-MALFORMED-ID", "abc")):
        listed = False
        for operation in shared.each(OF_CUSTOMERS):
            if operation == "create_customer_address" and listed:
                continue  # a store that looks nobody up would keep an address of nobody
            answer = shared.with_id(operation, wrong)
            if answer is None:
                continue
            listed = listed or (operation == "get_customer_addresses" and answer.accepted)
            with requirement(name, "ERR-CUS-CLASS"):
                assert answer.refused, f"{operation}: {answer.excerpt}"
            if name == "ERR-CUS-NOT-FOUND" and answer.refused:
                with requirement(name):
                    assert is_not_found(shop, operation, answer), f"{operation}: {answer.excerpt}"
        with requirement("ERR-CUS-UNCHANGED", "GEN-REFUSAL-KEEPS"):
            assert shared.changes() == []


def is_not_found(shop: Shop, operation: str, answer: Answer) -> bool:
    """Whether an unknown customer is refused with the status and code that the profile allows."""
    codes = shop.refusal_codes("customer.not_found")
    # The update page has a form of its own for this.
    page = ("fluent_cart_entity_not_found",) if operation == "update_customer" else ()
    fits = answer.status in shop.refusal("customer.not_found", operation)
    return fits and (not codes or answer.code in (*codes, *page))


def test_the_message_about_an_unknown_customer_names_the_id(shop: Shop) -> None:
    answer = shop.get_customer(ABSENT_ID)
    with requirement("ERR-CUS-MESSAGE-ID"):
        assert str(ABSENT_ID) in answer.message, answer.excerpt


def test_the_id_of_another_kind_opens_nothing_of_that_kind(shared: Trial) -> None:
    shop, stage = shared.shop, shared.stage
    order = stage.paid
    kinds = {
        "transaction": order.charge.id,
        "line": order.items[0].id,
        "customer": stage.customer.id,
        "address": stage.home.id,
    }
    orders = {stage.open.uuid, stage.paid.uuid}
    for what, number in kinds.items():
        answer = shop.get_order(number)
        with requirement("ERR-ID-OTHER-KIND"):
            shown = shop.order_in(answer) if answer.accepted else None
            assert shown or answer.refused, answer.excerpt
            own = {stage.open.id: stage.open.uuid, stage.paid.id: stage.paid.uuid}
            if shown and number not in own:
                assert shown.id == number, f"the id of a {what} opens order {shown.id}"
                assert shown.uuid not in orders, f"the id of a {what} opens its order"
    transactions = {one.id for one in order.transactions}
    foreign = next(one for one in (order.id, stage.open.id) if one not in transactions)
    answer = shop.transaction_of(order.id, foreign)
    with requirement("ERR-ID-OTHER-KIND"):
        assert answer.refused, f"the id of an order is taken for a transaction: {answer.excerpt}"
    copies = {whole(row.get("id")) for row in stage.open.rows("order_addresses")}
    if stage.office.id not in copies:
        moved = shared.attempt(
            "update_order_address", (stage.open.id, stage.office.id),
            json={"order_id": stage.open.id, "city": "Elsewhere"},
        )  # fmt: skip
        with requirement("ERR-ID-OTHER-KIND"):
            assert moved is None or moved.refused, moved.excerpt
            assert shared.changes() == []


def test_the_id_of_an_order_opens_no_customer_of_it(shared: Trial) -> None:
    shop, stage = shared.shop, shared.stage
    for number in (stage.paid.id, stage.paid.charge.id, stage.office.id):
        if number in (stage.customer.id, stage.other.id):
            continue
        answer = shop.get_customer(number)
        with requirement("ERR-CUS-OTHER-KIND"):
            shown = shop.customer_in(answer) if answer.accepted else None
            assert shown or answer.refused, answer.excerpt
            if shown:
                assert shown.id == number
                assert shown.email not in (stage.customer.email, stage.other.email)

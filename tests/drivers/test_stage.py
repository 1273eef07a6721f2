"""The stage of refused requests: one good request for each operation.

On the embedded store's rules, called as functions.
"""

from __future__ import annotations

from typing import Any

import pytest

from fluentcart_conformance.drivers.records import Customer, Order
from fluentcart_conformance.drivers.routes import ROUTES
from fluentcart_conformance.drivers.shop import Shop
from fluentcart_conformance.drivers.stage import (
    NOBODY,
    Ask,
    ask_everything,
    set_stage,
)

from .fake import real_shop

BOTH = pytest.mark.parametrize("profile", ["documented", "fluentcart-1.3"])


def stage_and_asks(profile: str) -> tuple[Shop, Any, dict[str, Ask]]:
    shop = real_shop(profile)
    stage = set_stage(shop)
    return shop, stage, ask_everything(shop, stage, 1)


@BOTH
def test_a_stage_has_two_customers_two_addresses_two_orders(profile: str) -> None:
    shop = real_shop(profile)
    stage = set_stage(shop)

    assert stage.customer.id != stage.other.id
    mine = {one.id: one for one in shop.addresses(stage.customer.id)}
    assert set(mine) == {stage.home.id, stage.office.id}
    assert mine[stage.home.id].text("address_1").startswith("1 Quiet Street fct-t-bhome")
    assert mine[stage.office.id].text("address_1") == "2 Office Park"
    assert stage.open.payment_status == "pending"
    assert stage.paid.payment_status == "paid"
    assert {stage.open.customer_id, stage.paid.customer_id} == {stage.customer.id}
    assert {stage.open.items[0].quantity, stage.paid.items[0].quantity} == {2}
    copied = stage.open.address("billing")
    assert copied is not None
    assert "Quiet Street" in copied.text("address_1")


def test_the_secrets_of_a_stage_are_those_it_has() -> None:
    stage = set_stage(real_shop("fluentcart-1.3"))

    assert stage.secrets() == {
        "the customer's e-mail": stage.customer.email,
        "the customer's uuid": stage.customer.text("uuid"),
        "an address": stage.home.text("address_1"),
        "the order's uuid": stage.open.uuid,
    }
    assert all(stage.secrets().values())
    hidden = {key: value for key, value in stage.customer.raw.items() if key != "uuid"}
    bare = type(stage)(
        Customer(hidden), stage.other, stage.home, stage.office, stage.open, stage.paid
    )
    assert set(bare.secrets()) == set(stage.secrets()) - {"the customer's uuid"}


REFUSED_FOR_A_REASON = {
    "accept_dispute": "needs a dispute at a gateway",
    "attach_user": "the user does not exist, so that nobody is ever attached",
    "detach_user": "nobody has been attached",
    "generate_missing_licenses": "needs the paid extension",
    "update_customer_additional_info": "the plugin reads labels alone",
}


@BOTH
@pytest.mark.parametrize("operation", sorted(ROUTES))
def test_a_good_request_is_accepted(profile: str, operation: str) -> None:
    shop = real_shop(profile)
    stage = set_stage(shop)
    method = next(
        (one["id"] for group in shop.shipping_methods_in(shop.shipping_methods()) for one in group),
        1,
    )
    ask = ask_everything(shop, stage, method)[operation]
    more = {} if ask.json is None else {"json": ask.json}

    said = shop.send(operation, *ask.ids, **more)

    assert said.accepted or operation in REFUSED_FOR_A_REASON, said
    assert said.status != 404 or operation in REFUSED_FOR_A_REASON, said


@BOTH
def test_there_is_one_request_for_each_operation(profile: str) -> None:
    _, _, asks = stage_and_asks(profile)
    assert set(asks) == set(ROUTES)


SILENT = {
    "list_orders", "get_order", "get_order_transactions", "get_order_transaction",
    "get_shipping_methods", "delete_order", "list_customers", "get_customer",
    "get_customer_stats", "get_customer_orders", "get_customer_addresses",
    "get_attachable_users",
}  # fmt: skip


@BOTH
def test_requests_are_about_the_stage_and_say_what_would_show(profile: str) -> None:
    _, stage, asks = stage_and_asks(profile)
    copied = stage.open.address("billing")
    order, paid, own = (stage.open.id,), (stage.paid.id,), (stage.customer.id,)

    assert {name for name, ask in asks.items() if ask.json is None} == SILENT
    assert asks["get_order_transaction"].ids == (*order, stage.open.charge.id)
    assert asks["update_transaction_status"] == Ask(
        (*order, stage.open.charge.id), {"status": "failed"}
    )
    assert asks["update_order_address"] == Ask(
        (*order, copied.id), {"order_id": stage.open.id, "city": "Nowhere"}
    )
    assert asks["accept_dispute"] == Ask((*paid, stage.paid.charge.id), {"dispute_note": "No"})
    assert asks["change_customer"] == Ask(order, {"customer_id": stage.other.id})
    assert asks["update_order_address_id"] == Ask(order, {"address_id": stage.office.id})
    assert asks["update_statuses"] == Ask(
        order, {"action": "change_order_status", "statuses": {"order_status": "canceled"}}
    )
    assert asks["orders_bulk"] == Ask(
        (),
        {"action": "change_order_status", "order_ids": [order[0]], "new_status": "processing"},
    )
    assert asks["mark_as_paid"] == Ask(
        order, {"payment_method": "offline_payment", "transaction_type": "charge"}
    )
    assert asks["refund_order"] == Ask(
        paid, {"refund_info": {"transaction_id": stage.paid.charge.id, "amount": 0.01}}
    )
    assert asks["update_order"].json["note"] == "Nobody wrote this"
    assert asks["update_customer_additional_info"] == Ask(own, {"company": "Nobody & Co"})
    assert "Nobody" in asks["update_customer"].json["last_name"]
    assert asks["update_customer_address"].json["city"] == "Nowhere"
    assert asks["create_customer_address"].json["type"] == "billing"
    for name in ("sync_statuses", "generate_missing_licenses"):
        assert asks[name] == Ask(order, {})
    assert asks["detach_user"] == Ask(own, {})
    assert asks["attach_user"].json["user_id"] in (NOBODY, str(NOBODY))
    assert asks["customers_bulk"].json["customer_ids"] == [stage.customer.id]
    assert "inactive" in str(asks["customers_bulk"].json)
    for name in ("create_customer", "create_and_change_customer"):
        assert "nobody" in asks[name].json["email"]
        assert "Body" in str(asks[name].json)
    line = asks["calculate_shipping"].json
    assert (len(line["order_items"]), line["shipping_id"]) == (1, 1)
    assert line["order_items"][0]["quantity"] == 1
    assert asks["create_custom_item"].ids == order
    assert {"Nothing", 333, 1} <= set(asks["create_custom_item"].json["product"].values())
    assert asks["create_order"].json["customer_id"] == stage.customer.id
    assert len(asks["create_order"].json["order_items"]) == 1


def test_an_order_without_an_address_has_none_to_change() -> None:
    shop, stage, _ = stage_and_asks("documented")
    bare = Order({**stage.open.raw, "billing_address": None})
    less = type(stage)(
        stage.customer, stage.other, stage.home, stage.office, bare, stage.paid
    )  # fmt: skip

    asks = ask_everything(shop, less, 1)
    assert asks["update_order_address"].ids == (stage.open.id, NOBODY)

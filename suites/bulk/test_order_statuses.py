"""Status changes of many orders at once (orders-api, Bulk Actions)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from fluentcart_conformance.drivers.records import Order
from fluentcart_conformance.scenarios import Line, Shop, needs, proves, requirement

QUIET = {"updated_at", "activities", "completed_at"}
PAYMENT_WORDS = {"succeeded": ("succeeded", "paid")}


def orders_of(shop: Shop, count: int, unit_price: int = 1111) -> list[Order]:
    """Some unpaid orders of one customer."""
    customer = shop.new_customer()
    lines = [Line(shop.product(), 1, unit_price)]
    return [shop.new_order(customer, lines) for _ in range(count)]


def again(shop: Shop, orders: Sequence[Order]) -> list[Order]:
    """The same orders, read now."""
    return [shop.order(order.id) for order in orders]


@pytest.fixture(scope="module")
def bystander(shop: Shop) -> Order:
    """An order that no bulk action names."""
    return orders_of(shop, 1, 999)[0]


@pytest.fixture(scope="module")
def trio(shop: Shop) -> list[Order]:
    """Three orders that change together."""
    return orders_of(shop, 3)


@proves(
    "BLK-ORD-STATUS-PROCESSING", "BLK-ORD-STATUS-ON-HOLD", "BLK-ORD-STATUS-COMPLETED",
    "BLK-ORD-STATUS-CANCELED",
)  # fmt: skip
def test_every_named_order_changes_and_no_other(
    shop: Shop, trio: list[Order], bystander: Order
) -> None:
    named = [order.id for order in trio]
    for number, status in enumerate(("processing", "on-hold", "completed", "canceled")):
        manage = {"manage_stock": "true"} if number % 2 else {"manage_stock": "false"}
        answer = shop.bulk_orders("change_order_status", named, new_status=status, **manage)
        after = again(shop, trio)
        with requirement(f"BLK-ORD-STATUS-{status.upper()}"):
            assert answer.accepted, answer.excerpt
            assert after[0].status == status
        with requirement("BLK-ORD-ENDPOINT", "BLK-ORD-BODY", "BLK-ORD-MANAGE-STOCK"):
            assert answer.status == 200, f"{status}: {answer.excerpt}"
        with requirement("BLK-ORD-STATUS", "BLK-ORD-EVERY-ID"):
            assert [order.status for order in after] == [status] * 3
        with requirement("BLK-ORD-TEXT"):
            assert answer.message.strip(), answer.excerpt
        with requirement("BLK-ORD-KEEPS-REST"):
            for old, new in zip(trio, after, strict=True):
                assert new.differences(old, apart_from=QUIET | {"status"}) == [], status
    with requirement("BLK-ORD-NO-OTHER"):
        assert shop.order(bystander.id).differences(bystander, apart_from=QUIET) == []
    locked = shop.bulk_orders("change_order_status", named, new_status="processing")
    with requirement("BLK-ORD-STATUS-LOCKED"):
        assert {order.status for order in again(shop, trio)} == {"canceled"}, locked.excerpt


def test_a_canceled_order_among_others_is_reported_truthfully(shop: Shop) -> None:
    free, locked = orders_of(shop, 2)
    shop.given(shop.change_status(locked.id, "canceled"), "cancel an order")
    ids = [locked.id, free.id]
    whole = shop.bulk_orders("change_order_status", [free.id], new_status="on-hold")
    mixed = shop.bulk_orders("change_order_status", ids, new_status="processing")
    done, kept = again(shop, [free, locked])
    with requirement("BLK-ORD-STATUS-LOCKED"):
        assert kept.status == "canceled"
    with requirement("BLK-ORD-PARTIAL-TRUTHFUL"):
        if mixed.accepted:
            assert done.status == "processing", "accepted, so what could be done was done"
            assert mixed.message != whole.message or mixed.body != whole.body, mixed.excerpt
        else:
            assert done.status != "processing", "refused, so nothing was done"


def test_unknown_and_repeated_ids_do_no_harm(shop: Shop) -> None:
    one, two = orders_of(shop, 2)
    gone = orders_of(shop, 1)[0]
    shop.take_away_order(gone.id)
    ids = [one.id, gone.id, two.id]
    mixed = shop.bulk_orders("change_order_status", ids, new_status="processing")
    after = [order.status for order in again(shop, [one, two])]
    with requirement("BLK-ORD-MIXED-IDS"):
        whole = mixed.accepted and after == ["processing"] * 2
        nothing = mixed.refused and "processing" not in after
        assert whole or nothing, f"{mixed.excerpt} and then {after}"
    alone = shop.bulk_orders("change_order_status", [gone.id], new_status="completed")
    twice = shop.bulk_orders("change_order_status", [one.id, one.id], new_status="completed")
    with requirement("BLK-ORD-UNKNOWN-IDS"):
        assert alone.refused or alone.accepted, alone.excerpt
        if alone.accepted:
            claims = (mixed.message, twice.message)
            assert alone.message not in claims, "it must not claim the same as for real orders"
    with requirement("BLK-ORD-DUPLICATE-IDS"):
        assert twice.accepted or twice.refused, twice.excerpt
        assert not twice.accepted or shop.order(one.id).status == "completed"
        assert shop.order(two.id).status == after[1]


REFUSED: tuple[tuple[str, str, dict[str, Any], Any], ...] = (
    ("BLK-ORD-NO-ACTION", "bulk.missing_action", {"new_status": "processing"}, None),
    ("BLK-ORD-UNKNOWN-ACTION", "bulk.unknown_action", {"action": "fly_to_the_moon"}, None),
    ("BLK-ORD-NO-IDS", "bulk.missing_ids", {"action": "change_order_status"}, ()),
    ("BLK-ORD-EMPTY-IDS", "bulk.missing_ids", {"action": "change_order_status"}, []),
    ("BLK-ORD-STATUS-INVALID", "bulk.invalid_status",
     {"action": "change_order_status", "new_status": "shiny"}, None),
    ("BLK-ORD-STATUS-INVALID", "bulk.invalid_status",
     {"action": "change_order_status", "new_status": "pending"}, None),
    ("BLK-ORD-STATUS-MISSING", "bulk.missing_status",
     {"action": "change_order_status", "new_status": None}, None),
    ("BLK-ORD-SHIPPING-STATUS-INVALID", "bulk.invalid_status",
     {"action": "change_shipping_status", "new_status": "teleported"}, None),
    ("BLK-ORD-SHIPPING-STATUS-MISSING", "bulk.missing_status",
     {"action": "change_shipping_status", "new_status": None}, None),
    ("BLK-ORD-PAYMENT-STATUS-INVALID", "bulk.invalid_status",
     {"action": "change_payment_status", "new_status": "bogus"}, None),
    ("BLK-ORD-PAYMENT-STATUS-MISSING", "bulk.missing_status",
     {"action": "change_payment_status", "new_status": None}, None),
)  # fmt: skip


@proves(*(row[0] for row in REFUSED))
def test_what_makes_no_sense_is_refused_and_changes_nothing(shop: Shop) -> None:
    order = orders_of(shop, 1)[0]
    for name, key, wrong, ids in REFUSED:
        body = {"order_ids": [order.id], "new_status": "processing", **wrong}
        if ids is not None:
            body["order_ids"] = list(ids)
        if ids == ():
            del body["order_ids"]
        body = {member: value for member, value in body.items() if value is not None}
        answer = shop.send("orders_bulk", json=body)
        with requirement(name):
            assert answer.refused, f"{wrong}: {answer.excerpt}"
            assert answer.status in shop.refusal(key), f"{wrong}: {answer.excerpt}"
    after = shop.order(order.id)
    with requirement(*dict.fromkeys(row[0] for row in REFUSED)):
        assert after.differences(order, apart_from={"updated_at"}) == []


@needs("physical_products")
def test_the_shipping_status_of_every_named_order_changes(shop: Shop, bystander: Order) -> None:
    line = Line(shop.product("physical"), 1, 2222)
    customer = shop.new_customer()
    orders = [shop.new_order(customer, [line]) for _ in range(2)]
    ids = [order.id for order in orders]
    for status in ("shipped", "delivered"):
        answer = shop.bulk_orders("change_shipping_status", ids, new_status=status)
        after = again(shop, orders)
        with requirement("BLK-ORD-SHIPPING-STATUS", "BLK-ORD-EVERY-ID"):
            assert answer.accepted, answer.excerpt
            assert [order.shipping_status for order in after] == [status] * 2
        with requirement("BLK-ORD-KEEPS-REST"):
            for old, new in zip(orders, after, strict=True):
                assert new.differences(old, apart_from=QUIET | {"shipping_status"}) == []
    with requirement("BLK-ORD-NO-OTHER"):
        assert shop.order(bystander.id).differences(bystander, apart_from=QUIET) == []


def test_the_payment_status_of_every_named_order_changes(shop: Shop, bystander: Order) -> None:
    for status in ("failed", "authorized", "succeeded"):
        pair = orders_of(shop, 2)
        ids = [order.id for order in pair]
        answer = shop.bulk_orders("change_payment_status", ids, new_status=status)
        with requirement("BLK-ORD-PAYMENT-STATUS", "BLK-ORD-EVERY-ID"):
            assert answer.accepted, answer.excerpt
            shown = [order.payment_status for order in again(shop, pair)]
            assert set(shown) <= set(PAYMENT_WORDS.get(status, (status,))), f"{status}: {shown}"
    with requirement("BLK-ORD-NO-OTHER"):
        assert shop.order(bystander.id).differences(bystander, apart_from=QUIET) == []


def test_nothing_authorized_means_nothing_captured(shop: Shop) -> None:
    order = orders_of(shop, 1)[0]
    answer = shop.bulk_orders("capture_payments", [order.id])
    after = shop.order(order.id)
    with requirement("BLK-ORD-CAPTURE-NOTHING"):
        assert answer.status < 500, answer.excerpt
        assert after.differences(order, apart_from={"updated_at", "activities"}) == []

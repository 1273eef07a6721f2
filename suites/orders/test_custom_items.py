"""Custom items: lines that are no product (orders-api, Create Custom Order Item)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from fluentcart_conformance.scenarios import (
    ABSENT_ID,
    Answer,
    Line,
    Order,
    Refusals,
    Shop,
    requirement,
)

TITLE = "Engraving"


def test_a_custom_item_becomes_a_line_and_the_others_stay(shop: Shop) -> None:
    order = shop.new_order(None, [Line(shop.product(), 2, 1999)])
    answer = shop.create_custom_item(order.id, TITLE, 1533, 3)
    with requirement("SHP-CUSTOM-ENDPOINT", "SHP-CUSTOM-BODY"):
        assert answer.status == 200, answer.excerpt
    after = shop.order(order.id)
    known = {item.id for item in order.items}
    added = [item for item in after.items if item.id not in known]
    with requirement("SHP-CUSTOM-STORED"):
        assert [item.title for item in added] == [TITLE]
        assert [(item.unit_price, item.quantity) for item in added] == [(1533, 3)]
        assert [item.line_total for item in added] == [4599]
    with requirement("SHP-CUSTOM-TOTALS"):
        assert after.subtotal == order.subtotal + 4599
        assert after.total_amount == order.total_amount + 4599
        assert after.charge.total == after.total_amount
    with requirement("SHP-CUSTOM-MARKED"):
        marks = {item.title: item.raw.get("is_custom") for item in after.items}
        assert marks.pop(TITLE, None) in (True, 1, "1")
        assert not any(marks.values())
    with requirement("SHP-CUSTOM-KEEPS"):
        kept = {item.id: item for item in after.items if item.id in known}
        assert set(kept) == known
        for item in order.items:
            assert kept[item.id].differences(item, apart_from={"updated_at"}) == []


def test_a_custom_item_without_sense_is_refused_and_changes_nothing(
    shop: Shop, open_order: Refusals[Order]
) -> None:
    usual = shop.wire.custom_item(TITLE, 1500, 1)["product"]
    title, price, quantity = usual
    for wrong in ({title: ""}, {price: -5}, {price: "abc"}, {quantity: 0}):
        open_order.must_refuse(
            "SHP-CUSTOM-INVALID-423",
            send=_sending(shop, {"product": {**usual, **wrong}}),
            key="custom_item.invalid",
            what=f"{wrong}",
        )
    bodies: tuple[Any, ...] = ({}, {"product": None})
    for body in bodies:
        open_order.must_refuse("SHP-CUSTOM-NO-PRODUCT", send=_sending(shop, body), what=f"{body}")
    open_order.nothing_changed("SHP-CUSTOM-INVALID-423", "SHP-CUSTOM-NO-PRODUCT")


def _sending(shop: Shop, body: Any) -> Callable[[Order], Answer]:
    return lambda order: shop.send("create_custom_item", order.id, json=body)


@pytest.mark.proves("SHP-CUSTOM-UNKNOWN")
def test_an_order_that_does_not_exist_gets_no_custom_item(shop: Shop) -> None:
    answer = shop.create_custom_item(ABSENT_ID, TITLE, 1500)
    with requirement("SHP-CUSTOM-UNKNOWN"):
        assert answer.refused, answer.excerpt
        assert answer.status in shop.refusal("order.not_found", "create_custom_item")

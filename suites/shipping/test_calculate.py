"""What shipping costs for some lines (orders-api, Calculate Shipping)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from fluentcart_conformance.drivers.answers import Answer
from fluentcart_conformance.drivers.setup import ShippingMethod
from fluentcart_conformance.scenarios import (
    ABSENT_ID,
    SIDE_EFFECTS,
    Line,
    Shop,
    UnreadableAnswer,
    needs,
    requirement,
    whole,
)

Methods = Mapping[str, ShippingMethod]


def charge_of(answer: Answer) -> int:
    """The whole charge in cents."""
    return whole(answer.members.get("shipping_charge"), "shipping_charge")


def lines_of(answer: Answer) -> Mapping[str, Any]:
    """The lines of the answer, keyed by variation."""
    lines = answer.members.get("order_items")
    if isinstance(lines, dict):
        return lines
    raise UnreadableAnswer(f"order_items is no object: {answer.excerpt}")


@pytest.mark.usefixtures("neighbour")
@needs("shipping_methods", "physical_products", "digital_products")
def test_the_charge_is_what_the_method_costs(shop: Shop, methods: Methods) -> None:
    before = shop.newest_orders(shop.regular)
    goods, words = Line(shop.product("physical"), 3), Line(shop.product("digital"), 2)
    for one in (methods["dear"], methods["cheap"]):
        answer = shop.calculate_shipping([goods, words], one.id)
        with requirement("SHP-CALC-ENDPOINT", "SHP-CALC-BODY"):
            assert answer.status == 200, answer.excerpt
        with requirement("SHP-CALC-TEXT"):
            assert answer.message.strip(), answer.excerpt
        with requirement("SHP-CALC-METHOD"):
            assert charge_of(answer) == one.amount
        with requirement("SHP-CALC-SUM"):
            parts = [whole(row.get("shipping_charge")) for row in lines_of(answer).values()]
            assert sum(parts) == charge_of(answer), f"charges of the lines: {parts}"
            assert min(parts) >= 0
        for line in (goods, words):
            with requirement("SHP-CALC-QUANTITY"):
                shown = lines_of(answer).get(str(line.product.object_id), {})
                assert whole(shown.get("quantity")) == line.quantity
                assert whole(shown.get("unit_price")) == line.product.unit_price
    with requirement("SHP-CALC-KEEPS"):
        now = shop.newest_orders(shop.regular)
        assert now.keys() == before.keys(), "orders of the customer"
        for order_id, order in now.items():
            moved = order.differences(before[order_id], SIDE_EFFECTS)
            assert moved == [], f"order {order_id}"


@needs("shipping_methods")
def test_a_calculation_needs_lines_and_a_method(shop: Shop, methods: Methods) -> None:
    row = {"id": shop.product().object_id, "quantity": 2}
    good = {"order_items": [row], "shipping_id": methods["cheap"].id}
    wrong: tuple[tuple[str, str, dict[str, Any]], ...] = (
        ("SHP-CALC-NO-ITEMS", "missing_items", {"shipping_id": methods["cheap"].id}),
        ("SHP-CALC-NO-METHOD", "missing_method", {"order_items": [row]}),
        ("SHP-CALC-NO-METHOD", "missing_method", {**good, "shipping_id": None}),
        ("SHP-CALC-UNKNOWN-METHOD", "unknown_method", {**good, "shipping_id": ABSENT_ID}),
        ("SHP-CALC-NO-QUANTITY", "missing_items", {**good, "order_items": [{"id": row["id"]}]}),
    )
    for name, key, body in wrong:
        answer = shop.send("calculate_shipping", json=body)
        with requirement(name, "SHP-CALC-BODY"):
            assert answer.refused, f"{body}: {answer.excerpt}"
            assert answer.status in shop.refusal(f"calculate_shipping.{key}"), answer.excerpt
    off = shop.send("calculate_shipping", json={**good, "shipping_id": methods["off"].id})
    empty = shop.send("calculate_shipping", json={**good, "order_items": []})
    with requirement("SHP-CALC-UNKNOWN-METHOD"):
        assert off.status < 500, off.excerpt
    with requirement("SHP-CALC-NO-ITEMS"):
        assert empty.refused or charge_of(empty) == 0, empty.excerpt


@needs("shipping_methods")
def test_an_unknown_variation_is_refused_or_left_out(shop: Shop, methods: Methods) -> None:
    known = {"id": shop.product().object_id, "quantity": 1}
    unknown = {"id": ABSENT_ID, "quantity": 1}
    body = {"order_items": [known, unknown], "shipping_id": methods["cheap"].id}
    answer = shop.send("calculate_shipping", json=body)
    with requirement("SHP-CALC-UNKNOWN-ITEM"):
        if not answer.refused:
            assert answer.accepted, answer.excerpt
            lines = lines_of(answer)
            assert list(lines) == [str(known["id"])], "lines that are not those of the known one"
            assert whole(lines[str(known["id"])].get("quantity")) == 1

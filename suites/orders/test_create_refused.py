"""Creates that cannot be carried out leave nothing behind (orders-api: Create Order)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from fluentcart_conformance.scenarios import (
    ABSENT_ID,
    Customer,
    Line,
    Shop,
    order_body,
    requirement,
)

Body = dict[str, Any]


@dataclass(frozen=True)
class Wrong:
    """One thing wrong with an otherwise good body."""

    requirement: str
    key: str
    spoil: Callable[[Body], Any]


def _nobody(body: Body) -> None:
    body["customer_id"] = ABSENT_ID
    body["customer"]["id"] = ABSENT_ID


def _no_customer(body: Body) -> None:
    del body["customer_id"], body["customer"]


def _line(**members: Any) -> Callable[[Body], Any]:
    return lambda body: body["order_items"][0].update(members)


NO_VARIATION = {"object_id": ABSENT_ID, "variation_id": ABSENT_ID}
NO_PRODUCT = {**NO_VARIATION, "post_id": ABSENT_ID}
WRONG = {
    "no customer": Wrong("ORD-CREATE-NO-CUSTOMER", "missing_customer", _no_customer),
    "no lines": Wrong("ORD-CREATE-NO-ITEMS", "missing_items", lambda body: body.pop("order_items")),
    "an empty list of lines": Wrong(
        "ORD-CREATE-EMPTY-ITEMS", "missing_items", lambda body: body.update(order_items=[])
    ),
    "a customer nobody knows": Wrong("ORD-CREATE-UNKNOWN-CUSTOMER", "unknown_customer", _nobody),
    "a variation nobody knows": Wrong(
        "ORD-CREATE-UNKNOWN-PRODUCT", "unknown_variation", _line(**NO_VARIATION)
    ),
    "a product nobody knows": Wrong(
        "ORD-CREATE-UNKNOWN-PRODUCT", "unknown_variation", _line(**NO_PRODUCT)
    ),
    "quantity 0": Wrong("ORD-CREATE-QUANTITY-MIN", "invalid_quantity", _line(quantity=0)),
    "quantity -1": Wrong("ORD-CREATE-QUANTITY-MIN", "invalid_quantity", _line(quantity=-1)),
    "a word for a quantity": Wrong(
        "ORD-CREATE-QUANTITY-INTEGER", "invalid_quantity", _line(quantity="abc")
    ),
    "a price below nothing": Wrong(
        "ORD-CREATE-NEGATIVE-PRICE", "invalid_amount", _line(unit_price=-100, price=-100)
    ),
}


@pytest.fixture(scope="module")
def buyer(shop: Shop) -> Customer:
    """Somebody all of whose orders must be refused."""
    return shop.new_customer()


@pytest.mark.parametrize(("what", "wrong"), WRONG.items(), ids=WRONG)
def test_a_create_is_refused_with(
    shop: Shop, buyer: Customer, two_lines: list[Line], what: str, wrong: Wrong
) -> None:
    body = order_body(buyer, [two_lines[0]], {})
    wrong.spoil(body)

    answer = shop.create_order_with(body)

    with requirement(wrong.requirement):
        assert answer.refused, f"{what}: {answer}"
    with requirement("ORD-CREATE-400"):
        assert answer.status in shop.refusal(f"create_order.{wrong.key}"), f"{what}: {answer}"


def test_a_subscription_cannot_be_sold_by_hand(
    shop: Shop, buyer: Customer, two_lines: list[Line]
) -> None:
    row = {**two_lines[0].members(), "payment_type": "subscription"}
    row["other_info"] = {"payment_type": "subscription"}
    body = {**order_body(buyer, [two_lines[0]], {}), "order_items": [row]}

    answer = shop.create_order_with(body)

    with requirement("ORD-CREATE-SUBSCRIPTION-REFUSED"):
        assert answer.status in shop.refusal("create_order.subscription"), answer


def test_refused_creates_leave_no_order_behind(
    shop: Shop, buyer: Customer, two_lines: list[Line]
) -> None:
    """The second of two lines is wrong, so a store that works line by line shows itself."""
    before = {one.id for one in shop.orders_of(buyer.id)}
    good, bad = two_lines[0].members(), {**two_lines[1].members(), **NO_VARIATION}
    body = {**order_body(buyer, two_lines, {}), "order_items": [good, bad]}
    first = shop.create_order_with(body)
    body["order_items"][1] = {**two_lines[1].members(), "quantity": 0}
    second = shop.create_order_with(body)

    with requirement("ORD-CREATE-UNKNOWN-PRODUCT"):
        assert first.refused, f"the second line names no product: {first}"
    with requirement("ORD-CREATE-QUANTITY-MIN"):
        assert second.refused, f"the second line has quantity 0: {second}"
    known = before | {shop.created_order(answer) for answer in (first, second)}
    with requirement("ORD-CREATE-REFUSED-NO-ROW"):
        own = {one.id for one in shop.orders_of(buyer.id)} - known
        assert own == set(), f"the customer has {len(own)} orders"
        rows = shop.orders({"search": buyer.email}).rows
        found = {one.id for one in rows if one.customer_id == buyer.id} - known
        assert found == set(), f"the list shows {len(found)} orders"

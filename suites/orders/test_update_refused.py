"""Updates that are refused change nothing (orders-api: Update Order)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from fluentcart_conformance.scenarios import (
    ABSENT_ID,
    Answer,
    Customer,
    Line,
    Order,
    Shop,
    Watched,
    requirement,
)

Body = dict[str, Any]
LIMITS = {
    "status": 50,
    "invoice_no": 100,
    "fulfillment_type": 50,
    "type": 50,
    "payment_method": 50,
    "payment_method_title": 50,
    "payment_status": 50,
    "currency": 10,
    "note": 5000,
    "uuid": 100,
    "ip_address": 100,
    "completed_at": 100,
    "refunded_at": 100,
    "user_tz": 50,
}


@dataclass(frozen=True)
class Wrong:
    """One thing wrong with an otherwise good body."""

    requirement: str
    spoil: Callable[[Body], Any]


def _second_line(**members: Any) -> Callable[[Body], Any]:
    return lambda body: body["order_items"][1].update(members)


WRONG = {
    "no customer": Wrong("ORD-UPDATE-NO-CUSTOMER", lambda body: body.pop("customer_id")),
    "no lines": Wrong("ORD-UPDATE-NO-ITEMS", lambda body: body.pop("order_items")),
    "a customer nobody knows": Wrong(
        "ORD-UPDATE-UNKNOWN-CUSTOMER", lambda body: body.update(customer_id=ABSENT_ID)
    ),
    "a word that is no status": Wrong(
        "ORD-UPDATE-STATUS-INVALID", lambda body: body.update(status="bogus")
    ),
    "quantity 0": Wrong("ORD-UPDATE-ITEM-LIMITS", _second_line(quantity=0)),
    "quantity -2": Wrong("ORD-UPDATE-ITEM-LIMITS", _second_line(quantity=-2)),
    "a title too long": Wrong("ORD-UPDATE-ITEM-LIMITS", _second_line(title="t" * 256)),
    "a product title too long": Wrong("ORD-UPDATE-ITEM-LIMITS", _second_line(post_title="t" * 256)),
    "a payment type too long": Wrong(
        "ORD-UPDATE-ITEM-LIMITS", _second_line(payment_type="t" * 101)
    ),
}


@pytest.fixture(scope="module")
def watched(shop: Shop, customer: Customer, two_lines: list[Line]) -> Watched:
    """An order that no scenario here may change."""
    return Watched(shop, _order(shop, customer, two_lines))


def _order(shop: Shop, customer: Customer, two_lines: list[Line]) -> Order:
    more = {"note": "Leave me alone", "status": "on-hold"}
    order = shop.new_order(customer, two_lines, **more)
    assert len(order.items) == 2, "the order does not have its two lines"
    return order


def _good(watched: Watched) -> Body:
    """An update that would be carried out."""
    shop, order = watched.shop, watched.order
    body = shop.update_body(order, note=shop.fresh("changed"))
    return {**shop.wire.whole_update(order.raw), **body}


def _update(watched: Watched, body: Body) -> Answer:
    return watched.shop.send("update_order", watched.order.id, json=body)


@pytest.mark.parametrize(("what", "wrong"), WRONG.items(), ids=WRONG)
def test_an_update_is_refused_with(
    watched: Watched, customer: Customer, two_lines: list[Line], what: str, wrong: Wrong
) -> None:
    body = _good(watched)
    wrong.spoil(body)

    answer = _update(watched, body)

    moved = watched.moved()
    with requirement(wrong.requirement):
        assert answer.refused, f"{what}: {answer}"
        assert moved == [], f"the refusal of {what} changed the order"
    if answer.accepted:  # what is wrong with the order now is no matter of the next scenario
        watched.order = _order(watched.shop, customer, two_lines)


def test_texts_over_their_length_are_refused(watched: Watched) -> None:
    answers = {
        name: _update(watched, {**_good(watched), name: "x" * (most + 1)})
        for name, most in LIMITS.items()
    }

    moved = watched.moved()
    with requirement("ORD-UPDATE-MAX-LENGTH"):
        taken = [name for name, answer in answers.items() if not answer.refused]
        assert taken == [], f"a character too many in {', '.join(taken)}"
        assert moved == []


def test_an_update_never_completes_an_order(shop: Shop, watched: Watched) -> None:
    answer = _update(watched, {**_good(watched), "status": "completed"})

    moved = watched.moved()
    with requirement("ORD-UPDATE-COMPLETED-400"):
        assert answer.status in shop.refusal("update_order.status_completed"), answer
    with requirement("ORD-UPDATE-COMPLETED-TEXT"):
        assert answer.message.strip(), "the refusal gives no reason"
    with requirement("ORD-UPDATE-COMPLETED-KEEPS"):
        assert moved == []


def test_an_order_that_does_not_exist_cannot_be_edited(shop: Shop, watched: Watched) -> None:
    body = _good(watched)
    body["order_items"] = [
        {name: value for name, value in row.items() if name not in ("id", "order_id")}
        for row in body["order_items"]
    ]

    answer = shop.send("update_order", ABSENT_ID, json=body)

    moved = watched.moved()
    with requirement("ORD-UPDATE-UNKNOWN"):
        assert answer.refused, answer
        assert moved == []


def test_no_discount_takes_an_order_below_nothing(
    shop: Shop, customer: Customer, two_lines: list[Line]
) -> None:
    order = shop.new_order(customer, two_lines)

    answer = shop.update_order(order, **shop.discount(int(order.subtotal) + 500))

    after = shop.order(order.id)
    with requirement("ORD-UPDATE-NEGATIVE-TOTAL"):
        assert answer.accepted or answer.refused, answer
        assert after.total_amount >= 0
        assert min(one.line_total for one in after.items) >= 0, "a line below nothing"
    sent = shop.update_order(order, total_amount=-500, subtotal=-500)
    after = shop.order(order.id)
    with requirement("ORD-UPDATE-NEGATIVE-TOTAL"):
        assert sent.accepted or sent.refused, sent
        assert after.total_amount >= 0, f"total_amount {after.total_amount} after -500 was sent"

"""Updates that are refused change nothing (orders-api: Update Order)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from fluentcart_conformance.scenarios import (
    ABSENT_ID,
    Answer,
    Customer,
    Line,
    Order,
    Refusals,
    Shop,
    proves,
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


def _good(shop: Shop, order: Order) -> Body:
    """An update that would be carried out."""
    body = shop.update_body(order, note=shop.fresh("changed"))
    return {**shop.wire.whole_update(order.raw), **body}


def _update(shop: Shop, order: Order, **members: Any) -> Answer:
    return shop.send("update_order", order.id, json={**_good(shop, order), **members})


@proves(*(one.requirement for one in WRONG.values()))
def test_an_update_with_one_thing_wrong_is_refused(shop: Shop, open_order: Refusals[Order]) -> None:
    with requirement("ORD-UPDATE-ITEM-LIMITS"):
        assert len(open_order.stage.items) == 2, "the order does not have its two lines"
    for what, wrong in WRONG.items():

        def send(order: Order, wrong: Wrong = wrong) -> Answer:
            body = _good(shop, order)
            wrong.spoil(body)
            return shop.send("update_order", order.id, json=body)

        open_order.must_refuse(wrong.requirement, send=send, what=what)
    for name, most in LIMITS.items():
        open_order.must_refuse(
            "ORD-UPDATE-MAX-LENGTH",
            send=lambda order, name=name, most=most: _update(
                shop, order, **{name: "x" * (most + 1)}
            ),
            what=f"a character too many in {name}",
        )
    _no_order_is_completed_or_made_by_an_update(shop, open_order)
    open_order.nothing_changed("ORD-UPDATE-COMPLETED-KEEPS")


def _no_order_is_completed_or_made_by_an_update(shop: Shop, open_order: Refusals[Order]) -> None:
    completed = open_order.must_refuse(
        "ORD-UPDATE-COMPLETED-400",
        send=lambda order: _update(shop, order, status="completed"),
        key="update_order.status_completed",
    )
    with requirement("ORD-UPDATE-COMPLETED-TEXT"):
        assert completed is None or completed.message.strip(), "the refusal gives no reason"

    def elsewhere(order: Order) -> Answer:
        rows = [
            {name: value for name, value in row.items() if name not in ("id", "order_id")}
            for row in shop.lines_again(order)
        ]
        body = {**_good(shop, order), "order_items": rows}
        return shop.send("update_order", ABSENT_ID, json=body)

    open_order.must_refuse(
        "ORD-UPDATE-UNKNOWN", send=elsewhere, what="an order that does not exist"
    )


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

"""Updates that are refused change nothing (orders-api: Update Order)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from fluentcart_conformance.scenarios import (
    ABSENT_ID,
    Answer,
    Order,
    Refusals,
    Shop,
    Wrong,
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


# Further lines, each with one thing wrong.
LINES: tuple[Body, ...] = (
    {"quantity": 0},
    {"quantity": -2},
    {"title": "t" * 256},
    {"post_title": "t" * 256},
    {"payment_type": "t" * 101},
)
# One by one: a store names the first of these at most.
ALONE: dict[str, tuple[str, Callable[[Body], Any]]] = {
    "no lines": ("ORD-UPDATE-NO-ITEMS", lambda body: body.pop("order_items")),
    "a customer nobody knows": (
        "ORD-UPDATE-UNKNOWN-CUSTOMER",
        lambda body: body.update(customer_id=ABSENT_ID),
    ),
    "a word that is no status": (
        "ORD-UPDATE-STATUS-INVALID",
        lambda body: body.update(status="bogus"),
    ),
}


def _good(shop: Shop, order: Order) -> Body:
    """An update that would be carried out."""
    body = shop.update_body(order, note=shop.fresh("changed"))
    return {**shop.wire.whole_update(order.raw), **body}


def _sent(shop: Shop, order: Order, body: Body) -> Answer:
    return shop.send("update_order", order.id, json=body)


def _wrongs() -> Iterator[Wrong]:
    yield Wrong("ORD-UPDATE-NO-CUSTOMER", "customer_id", lambda body: body.pop("customer_id"))
    for name, most in LIMITS.items():
        yield Wrong("ORD-UPDATE-MAX-LENGTH", name, _with(name, "x" * (most + 1)))
    for number, wrong in enumerate(LINES, start=2):
        member = f"order_items.{number}.{next(iter(wrong))}"
        yield Wrong("ORD-UPDATE-ITEM-LIMITS", member, _another_line(wrong))


def _with(name: str, value: str) -> Callable[[Body], None]:
    return lambda body: body.update({name: value})


def _another_line(wrong: Body) -> Callable[[Body], None]:
    """A line like the second, but new."""

    def add(body: Body) -> None:
        body["order_items"].append({**_without_ids(body["order_items"][1]), **wrong})

    return add


def _without_ids(row: Body) -> Body:
    return {name: value for name, value in row.items() if name not in ("id", "order_id")}


@proves(
    "ORD-UPDATE-NO-CUSTOMER",
    "ORD-UPDATE-MAX-LENGTH",
    *(requirement_id for requirement_id, _ in ALONE.values()),
)
def test_an_update_with_one_thing_wrong_is_refused(shop: Shop, open_order: Refusals[Order]) -> None:
    with requirement("ORD-UPDATE-ITEM-LIMITS"):
        assert len(open_order.stage.items) == 2, "the order does not have its two lines"
    open_order.must_refuse_each(
        list(_wrongs()), partial(_good, shop), lambda order, body: _sent(shop, order, body)
    )
    for what, (requirement_id, spoil) in ALONE.items():

        def send(order: Order, spoil: Callable[[Body], Any] = spoil) -> Answer:
            body = _good(shop, order)
            spoil(body)
            return _sent(shop, order, body)

        open_order.must_refuse(requirement_id, send=send, what=what)
    _no_order_is_completed_or_made_by_an_update(shop, open_order)
    open_order.nothing_changed("ORD-UPDATE-COMPLETED-KEEPS")


def _no_order_is_completed_or_made_by_an_update(shop: Shop, open_order: Refusals[Order]) -> None:
    completed = open_order.must_refuse(
        "ORD-UPDATE-COMPLETED-400",
        send=lambda order: _sent(shop, order, {**_good(shop, order), "status": "completed"}),
        key="update_order.status_completed",
    )
    with requirement("ORD-UPDATE-COMPLETED-TEXT"):
        assert completed is None or completed.message.strip(), "the refusal gives no reason"

    def elsewhere(order: Order) -> Answer:
        rows = [_without_ids(row) for row in shop.lines_again(order)]
        body = {**_good(shop, order), "order_items": rows}
        return shop.send("update_order", ABSENT_ID, json=body)

    open_order.must_refuse(
        "ORD-UPDATE-UNKNOWN", send=elsewhere, what="an order that does not exist"
    )

"""A new order, read back at once (orders-api: Create Order, List Orders; create-order-page)."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from fluentcart_conformance.drivers.pair import OrderPair
from fluentcart_conformance.scenarios import (
    Answer,
    Customer,
    Line,
    Order,
    Shop,
    requirement,
    whole,
)
from fluentcart_conformance.target.preflight import TargetReport


@dataclass(frozen=True)
class Created:
    """The one order of a customer, made with nothing but customer_id and order_items.

    `minimal` is what the store said to that; where it was not enough, `answer` is to a whole body.
    """

    buyer: Customer
    minimal: Answer
    answer: Answer
    line: Line
    read: Answer
    shop: Shop

    @property
    def order(self) -> Order:
        """The order as it was read at once."""
        return self.shop.order_in(self.shop.given(self.read, "read the new order"))


@pytest.fixture(scope="module")
def created(shop: Shop, two_lines: list[Line]) -> Created:
    product, buyer = two_lines[0].product, shop.new_customer()
    # Ten times the usual price, so that another unit shows.
    line = Line(product, quantity=3, unit_price=max(1000, product.unit_price * 10))
    body = {"customer_id": buyer.id, "order_items": [line.members()]}
    answer = minimal = shop.create_order_with(body)
    if not minimal.accepted:
        answer = shop.given(shop.create_order(buyer, [line]), "create an order")
    return Created(buyer, minimal, answer, line, shop.get_order(shop.announced(answer)), shop)


def test_a_customer_and_one_line_are_enough_for_an_order(shop: Shop, created: Created) -> None:
    with requirement("ORD-CREATE-ENDPOINT"):
        assert created.minimal.status == 200, created.minimal
        assert created.read.accepted, f"what was announced cannot be read: {created.read}"
    with requirement("ORD-CREATE-MINIMAL"):
        assert created.minimal.accepted, created.minimal
    with requirement("ORD-CREATE-TEXT"):
        assert created.answer.message.strip(), "the answer has no message"
    own = [one.id for one in shop.orders_of(created.buyer.id)]
    with requirement("ORD-CREATE-READ-BACK"):
        assert own == [shop.created_order(created.answer)], "one create makes one order"


def test_a_new_order_reads_back_as_it_was_sent(created: Created) -> None:
    order, line = created.order, created.line

    with requirement("ORD-CREATE-READ-BACK"):
        assert order.id == whole(created.answer.members.get("order_id")), "another order came"
        assert [(one.quantity, one.unit_price) for one in order.items] == [(3, line.price)]
        assert order.total_amount == 3 * line.price
    with requirement("ORD-MONEY-CENTS"):
        assert order.item_at(line.price).line_total == line.total, "the line is in another unit"
        assert (order.subtotal, order.total_amount) == (line.total, line.total)
        assert order.charge.total == line.total, "the transaction is in another unit"
    with requirement("ORD-CREATE-CUSTOMER-KEPT"):
        assert order.customer_id == created.buyer.id
        assert order.customer.email == created.buyer.email
    with requirement("ORD-CREATE-UUID-SAME"):
        announced = created.answer.members.get("uuid")
        assert announced in (None, order.uuid), f"announced {announced!r}, shows {order.uuid!r}"


def test_a_new_order_stands_in_the_list(shop: Shop, created: Created) -> None:
    row = shop.listed(created.order.id)

    with requirement("ORD-CREATE-IN-LIST"):
        assert row is not None, f"the list does not show order {created.order.id}"
        assert row.customer_id == created.buyer.id
        assert row.total_amount == created.order.total_amount
    with requirement("ORD-MONEY-CENTS"):
        assert row is not None
        assert (row.subtotal, row.total_amount) == (created.line.total, created.line.total)


def test_a_new_order_waits_for_its_money(
    shop: Shop, created: Created, target: TargetReport
) -> None:
    order = created.order

    with requirement("ORD-CREATE-STATUS"):
        assert order.status in shop.profile.wire["order_fresh_status"][:1], order.status
    with requirement("ORD-CREATE-PAYMENT-PENDING"):
        assert (order.payment_status, order.total_paid) == ("pending", 0)
    with requirement("ORD-CREATE-PENDING-CHARGE"):
        seen = [(one.type, one.status, one.total) for one in order.transactions]
        assert seen == [("charge", "pending", order.total_amount)]
        assert order.charge.order_id == order.id
    with requirement("ORD-CREATE-NO-REFUND"):
        assert (order.total_refund, order.text("refunded_at")) == (0, "")
    with requirement("ORD-CREATE-CURRENCY"):
        assert target.currency in ("", order.text("currency")), order.text("currency")
        assert order.charge.text("currency") == order.text("currency")


def test_an_order_beside_others_is_an_order_of_its_own(
    created: Created, pair: OrderPair, sent_status: str
) -> None:
    orders = (created.order, pair.plain, pair.priced)
    with requirement("ORD-CREATE-DISTINCT"):
        for ids in ([one.id for one in orders], [one.uuid for one in orders]):
            assert len(set(ids)) == len(orders), f"one for all: {ids}"
        assert len({one.charge.id for one in orders}) == len(orders)
        assert "" not in [one.uuid for one in orders]
    with requirement("ORD-CREATE-STATUS"):
        assert pair.priced.status == sent_status, "the status that was sent is not the order's"
    with requirement("ORD-CREATE-PAYMENT-PENDING"):
        assert (pair.priced.payment_status, pair.priced.total_paid) == ("pending", 0)

"""One order from its making to its end: each step moves what it is about (orders-api)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import pytest

from fluentcart_conformance.scenarios import (
    SIDE_EFFECTS,
    Answer,
    Customer,
    Line,
    Order,
    Prerequisite,
    Shop,
    moment,
    proves,
    requirement,
)

# Where an address shows its order again, that copy moves as the order does; links to pay and to
# the receipt may come and go.
WITHOUT = SIDE_EFFECTS | {"order", "custom_checkout_url", "receipt_url"}
MONEY = {"transactions", "total_paid", "payment_status", "payment_method", "payment_method_title"}
STATUS = {"status", "completed_at"}
PAYMENT = MONEY | STATUS | {"invoice_no", "receipt_number"}
REFUND = {"transactions", "order_items", "total_refund", "payment_status", "refunded_at"}
# Every way between the three open statuses, each once; the last leads to the first.
ROUND = ("processing", "on-hold", "completed", "processing", "completed", "on-hold")
REACHED = {
    "processing": "ORD-STATUS-TO-PROCESSING",
    "completed": "ORD-STATUS-TO-COMPLETED",
    "on-hold": "ORD-STATUS-TO-ON-HOLD",
}
# What a change may say of the stock, one after the other.
STOCK: tuple[object, ...] = (True, False, "true", "false")
# Every way between the four words of a parcel, each once; it begins and ends at unshipped.
WAYS = (
    "shipped", "unshipped", "delivered", "unshipped", "unshippable", "shipped",
    "delivered", "shipped", "unshippable", "delivered", "unshippable", "unshipped",
)  # fmt: skip


@dataclass
class Life:
    """An order as it was last read, and the rows of the list that show it and others.

    `new` is an order as it was made, `answer` what the store said when it was paid with an empty
    body; where that is refused, it is another order that lives.
    """

    shop: Shop
    new: Order
    answer: Answer
    order: Order
    rows: dict[int, Order]

    def read(self) -> tuple[Order, Order]:
        """The order as it was last read, and as it is now."""
        before, self.order = self.order, self.shop.order(self.order.id)
        return before, self.order

    def list_agrees(self, what: str) -> None:
        """Look at the list: it shows the order as it is, and others as they were before."""
        before, self.rows = self.rows, self.shop.newest_orders(self.new.customer)
        with requirement("ORD-OTHERS-UNTOUCHED"):
            for one in (self.rows.keys() & before.keys()) - {self.order.id}:
                moved = self.rows[one].differences(before[one], SIDE_EFFECTS)
                assert moved == [], f"order {one} when another was {what}"
        row = self.rows.get(self.order.id)
        with requirement("ORD-DETAILS-LIST-AGREE"):
            assert row is not None, f"the list lost the order when it was {what}"
            assert _summary(row) == _summary(self.order), f"when the order was {what}"


def _only(before: Order, after: Order, may_move: Collection[str], what: str) -> None:
    """Look at what a step is not about, and at its dates."""
    with requirement("ORD-UNTOUCHED"):
        moved = {path.split("/")[1] for path in after.differences(before, WITHOUT)}
        assert moved <= set(may_move), f"when the order was {what}"
    with requirement("ORD-UPDATED-AT"):
        created, updated = (
            [moment(one.member(name)) for one in (before, after)]
            for name in ("created_at", "updated_at")
        )
        assert created[0] == created[1], "created_at has moved"
        assert updated == sorted(updated)


def _summary(order: Order) -> dict[str, object]:
    return {
        "status": order.status,
        "payment_status": order.payment_status,
        "shipping_status": order.shipping_status,
        "total_amount": order.total_amount,
        "total_paid": order.total_paid,
        "total_refund": order.total_refund,
        "customer_id": order.customer_id,
    }


@pytest.fixture(scope="module")
def life(shop: Shop, customer: Customer, two_lines: list[Line]) -> Life:
    shop.announced(shop.create_order(customer, two_lines))  # the order next door
    new = shop.new_order(customer, two_lines, shipping_total=777)
    rows = shop.newest_orders(customer)
    answer = shop.send("mark_as_paid", new.id, json={})
    if answer.accepted:
        return Life(shop, new, answer, shop.order(new.id), rows)
    order = shop.paid_order(customer, two_lines, shipping_total=777)
    return Life(shop, new, answer, order, shop.newest_orders(customer))


def test_an_empty_body_pays_an_order_and_keeps_its_method(life: Life) -> None:
    before, accepted = life.new, life.answer.accepted
    after = life.order if accepted else life.shop.order(before.id)
    with requirement("ORD-PAID-EMPTY-BODY"):
        assert accepted, life.answer
        assert (after.payment_status, after.total_paid) == ("paid", before.total_amount)
    with requirement("ORD-PAID-KEEPS-METHOD"):
        for name in ("payment_method", "transaction_type"):
            assert after.charge.text(name) == before.charge.text(name), name
        assert after.text("payment_method") == before.text("payment_method")
    with requirement("ORD-PAID-TRANSACTION"):
        assert len(after.transactions) == 1, "a second transaction stands beside the charge"
    if accepted:
        _only(before, after, PAYMENT, "paid")
        life.list_agrees("paid")


@proves(*REACHED.values())
def test_an_order_goes_every_way_between_its_open_statuses(shop: Shop, life: Life) -> None:
    if life.order.status not in ROUND:
        shop.given(shop.change_status(life.order.id, "on-hold"), "put an order on hold")
        life.read()
    start = ROUND.index(life.order.status) + 1
    for step, status in enumerate(ROUND[start:] + ROUND[:start]):
        answer = _change(shop, life.order, status, STOCK[step] if step < len(STOCK) else None)
        before, after = life.read()
        with requirement("ORD-STATUS-ENDPOINT", "ORD-STATUS-BODY"):
            assert answer.status == 200, f"{before.status} to {status}: {answer}"
        with requirement("ORD-STATUS-ANSWER-SAME"):
            told = Order(answer.part("data").raw)
            assert (told.id, told.status) == (before.id, status)
        with requirement("ORD-STATUS-TRANSITIONS", REACHED[status]):
            assert after.status == status, f"after a change from {before.status} to {status}"
        with requirement("ORD-STATUS-PAYMENT-STAYS"):
            assert _money(after) == _money(before)
        with requirement("ORD-STATUS-SHIPPING-STAYS"):
            assert after.shipping_status == before.shipping_status
        _only(before, after, STATUS, status)
    life.list_agrees("given one status after the other")


def _money(order: Order) -> tuple[str, int, int]:
    return order.payment_status, order.total_paid, order.total_refund


def _change(shop: Shop, before: Order, status: str, stock: object) -> Answer:
    """Change the status; where something is said of the stock and refused, without saying it."""
    if stock is None:
        return shop.change_status(before.id, status)
    answer = shop.change_status(before.id, status, manage_stock=stock)
    with requirement("ORD-STATUS-MANAGE-STOCK", "ORD-STATUS-BODY"):
        assert answer.accepted, f"manage_stock {stock!r}: {answer}"
    return answer if answer.accepted else shop.change_status(before.id, status)


def test_a_parcel_goes_every_way_between_its_statuses(
    shop: Shop, life: Life, two_lines: list[Line]
) -> None:
    if "physical" not in {line.product.fulfillment_type for line in two_lines}:
        raise Prerequisite("the target offers no physical product that can be ordered")
    if life.order.shipping_status != "unshipped":
        shop.given(shop.change_shipping_status(life.order.id, "unshipped"), "set unshipped")
        life.read()
    start, seen = life.order, {"unshipped"}
    for last, status in zip(("unshipped", *WAYS), WAYS, strict=False):
        answer = shop.change_shipping_status(start.id, status)
        with requirement("ORD-SHIPPING-TRANSITIONS"):
            assert answer.accepted, f"{last} to {status}: {answer}"
        with requirement("ORD-STATUS-ANSWER-SAME"):
            told = Order(answer.part("data").raw)
            assert (told.id, told.shipping_status) == (start.id, status)
        if status in seen:
            continue
        seen.add(status)
        _, after = life.read()
        with requirement("ORD-SHIPPING-STATUS", "ORD-STATUS-BODY"):
            assert after.shipping_status == status
        with requirement("ORD-SHIPPING-KEEPS", "ORD-UNTOUCHED"):
            moved = after.differences(start, SIDE_EFFECTS | {"order", "shipping_status"})
            assert moved == [], f"when the order was {status}"
    _is_refused_what_it_is_already_or_no_status(shop, life, start)


def _is_refused_what_it_is_already_or_no_status(shop: Shop, life: Life, start: Order) -> None:
    """The parcel is unshipped again."""
    same = shop.change_shipping_status(start.id, "unshipped")
    made_up = [shop.change_shipping_status(start.id, one) for one in ("bogus", "completed", "")]

    _, after = life.read()
    with requirement("ORD-SHIPPING-STATUS"):
        assert after.shipping_status == "unshipped"
    with requirement("ORD-SHIPPING-SAME"):
        assert same.status in shop.refusal("statuses.same"), same
    for answer in made_up:
        with requirement("ORD-SHIPPING-INVALID"):
            assert answer.status in shop.refusal("statuses.invalid"), answer
    with requirement("ORD-SHIPPING-INVALID", "ORD-SHIPPING-KEEPS"):
        assert after.differences(start, SIDE_EFFECTS) == []


def test_a_refund_and_a_cancellation_move_what_they_are_about(shop: Shop, life: Life) -> None:
    shop.given(shop.refund(life.order, 133), "refund an order in part")
    before, refunded = life.read()
    _only(before, refunded, REFUND, "refunded in part")

    answer = shop.change_status(refunded.id, "canceled")

    before, canceled = life.read()
    with requirement("ORD-STATUS-TO-CANCELED", "ORD-STATUS-TRANSITIONS"):
        assert answer.accepted, answer
        assert canceled.status == "canceled"
    with requirement("ORD-STATUS-PAYMENT-STAYS"):
        assert _money(canceled) == _money(refunded)
        assert _money(canceled) == ("partially_refunded", life.new.total_amount, 133)
    _only(before, canceled, STATUS, "canceled")
    life.list_agrees("refunded in part and canceled")

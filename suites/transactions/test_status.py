"""Setting the status of a transaction by hand (orders-api, Update Transaction Status)."""

from __future__ import annotations

from typing import Any

import pytest

from fluentcart_conformance.scenarios import (
    ABSENT_ID,
    SIDE_EFFECTS,
    Customer,
    Line,
    Order,
    Shop,
    proves,
    requirement,
)

# Each word in turn, from the one before; the charge begins as pending.
WORDS = (
    ("succeeded", "TRX-STATUS-SUCCEEDED"),
    ("pending", "TRX-STATUS-PENDING"),
    ("failed", "TRX-STATUS-FAILED"),
    ("succeeded", "TRX-STATUS-SUCCEEDED"),
    ("refunded", "TRX-STATUS-REFUNDED"),
)
PAYMENT_WORDS = {"succeeded": ("succeeded", "paid")}
FOLLOWS = SIDE_EFFECTS | {
    "status", "payment_status", "total_paid", "total_refund", "refunded_at", "completed_at",
    "invoice_no", "receipt_number", "meta", "refundable",
}  # fmt: skip


@pytest.fixture(scope="module")
def bystander(shop: Shop, customer: Customer) -> Order:
    """A paid order that nobody touches."""
    return shop.paid_order(customer, [Line(shop.product(), 1, 1234)])


@proves(*(row[1] for row in WORDS))
def test_a_transaction_takes_every_status_and_its_order_follows(
    shop: Shop, customer: Customer, bystander: Order
) -> None:
    order = shop.new_order(customer, [Line(shop.product(), 3, 333)])
    charge = order.charge
    for word, own in WORDS:
        answer = shop.set_transaction_status(order.id, charge.id, word)
        with requirement("TRX-STATUS-ENDPOINT", own):
            assert answer.status == 200, f"{word}: {answer.excerpt}"
        with requirement("TRX-STATUS-TEXT"):
            assert answer.message.strip(), answer.excerpt
        with requirement("TRX-STATUS-ANSWER-SAME"):
            shown = shop.transaction_in(answer)
            assert (shown.id, shown.order_id, shown.status) == (charge.id, order.id, word)
            assert shown.total == charge.total
        after = shop.order(order.id)
        with requirement("TRX-STATUS-READ-BACK", own):
            assert [one.status for one in after.transactions] == [word]
        with requirement("TRX-STATUS-ORDER-FOLLOWS"):
            assert after.payment_status in PAYMENT_WORDS.get(word, (word,))
        with requirement("TRX-STATUS-KEEPS"):
            assert after.differences(order, apart_from=FOLLOWS) == [], word
    with requirement("TRX-STATUS-READ-BACK"):
        listed = shop.order_in(shop.given(shop.transactions_of(order.id), "read transactions"))
        assert [one.status for one in listed.transactions] == ["refunded"]
    with requirement("TRX-STATUS-KEEPS"):
        now = shop.order(bystander.id)
        assert now.differences(bystander, apart_from=SIDE_EFFECTS) == [], "another order changed"


def test_the_other_transactions_of_the_order_stay(shop: Shop, customer: Customer) -> None:
    order = shop.paid_order(customer, [Line(shop.product(), 1, 999)])
    shop.given(shop.refund(order, 1), "refund one cent")
    before = shop.order(order.id)
    answer = shop.set_transaction_status(order.id, before.charge.id, "failed")
    shop.given(answer, "set the status of a transaction")
    after = {one.id: one for one in shop.order(order.id).transactions}
    with requirement("TRX-STATUS-KEEPS"):
        assert set(after) == {one.id for one in before.transactions}
        for one in before.refunds:
            assert after[one.id].differences(one, apart_from={"updated_at"}) == []
        charge = after[before.charge.id]
        assert (charge.status, charge.total, charge.type) == ("failed", 999, before.charge.type)


def test_the_status_it_has_already_is_refused(
    shop: Shop, customer: Customer, bystander: Order
) -> None:
    pending = shop.new_order(customer, [Line(shop.product(), 1, 555)])
    for order in (pending, bystander):
        answer = shop.set_transaction_status(order.id, order.charge.id, order.charge.status)
        with requirement("TRX-STATUS-SAME-400"):
            assert answer.status in shop.refusal("transaction_status.same"), answer.excerpt
            after = shop.order(order.id)
            assert after.differences(order, apart_from=SIDE_EFFECTS) == []
        with requirement("TRX-STATUS-SAME-TEXT"):
            assert answer.message.strip(), "the refusal says why"


def test_a_transaction_is_not_changed_through_another_order(
    shop: Shop, customer: Customer, bystander: Order
) -> None:
    mine = shop.new_order(customer, [Line(shop.product(), 1, 444)])
    for path, order in ((mine, bystander), (bystander, mine)):
        answer = shop.set_transaction_status(path.id, order.charge.id, "failed")
        with requirement("TRX-STATUS-MISMATCH-400"):
            assert answer.status in shop.refusal("transaction_status.mismatch"), answer.excerpt
        with requirement("TRX-STATUS-MISMATCH-TEXT"):
            assert answer.message.strip(), "the refusal says why"
    with requirement("TRX-STATUS-MISMATCH-KEEPS"):
        for order in (mine, bystander):
            after = shop.order(order.id)
            assert after.differences(order, apart_from=SIDE_EFFECTS) == []


NO_STATUS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("TRX-STATUS-INVALID", "transaction_status.invalid", {"status": "bogus"}),
    ("TRX-STATUS-INVALID", "transaction_status.invalid", {"status": ""}),
    ("TRX-STATUS-INVALID", "transaction_status.invalid", {"status": ["succeeded"]}),
    ("TRX-STATUS-MISSING", "transaction_status.missing", {}),
    ("TRX-STATUS-MISSING", "transaction_status.missing", {"status": None}),
)


@proves(*(row[0] for row in NO_STATUS))
def test_what_is_no_status_is_refused_and_changes_nothing(shop: Shop, customer: Customer) -> None:
    order = shop.new_order(customer, [Line(shop.product(), 1, 666)])
    before = order
    for name, key, body in NO_STATUS:
        answer = shop.send("update_transaction_status", order.id, order.charge.id, json=body)
        after = shop.order(order.id)
        with requirement(name):
            assert answer.refused, f"{body}: {answer.excerpt}"
            assert answer.status in shop.refusal(key), f"{body}: {answer.excerpt}"
            assert after.differences(before, apart_from=SIDE_EFFECTS) == [], f"{body}"
        before = after


def test_an_unknown_order_or_transaction_is_refused(shop: Shop, bystander: Order) -> None:
    for ids in ((bystander.id, ABSENT_ID), (ABSENT_ID, bystander.charge.id)):
        answer = shop.set_transaction_status(*ids, "failed")
        with requirement("TRX-STATUS-UNKNOWN"):
            assert answer.refused, f"{ids}: {answer.excerpt}"
            assert answer.status in shop.refusal("transaction_status.unknown"), answer.excerpt
    with requirement("TRX-STATUS-UNKNOWN"):
        now = shop.order(bystander.id)
        assert now.differences(bystander, apart_from=SIDE_EFFECTS) == []

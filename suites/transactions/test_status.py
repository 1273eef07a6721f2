"""Setting the status of a transaction by hand (orders-api, Update Transaction Status)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fluentcart_conformance.scenarios import (
    ABSENT_ID,
    SIDE_EFFECTS,
    Answer,
    Customer,
    Line,
    Order,
    Refusals,
    Shop,
    Watched,
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


@proves(*(row[1] for row in WORDS))
def test_a_transaction_takes_every_status_and_its_order_follows(
    shop: Shop, customer: Customer, neighbour: Watched
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
        assert neighbour.moved() == [], "another order changed"


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


NO_STATUS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("TRX-STATUS-INVALID", "transaction_status.invalid", {"status": "bogus"}),
    ("TRX-STATUS-INVALID", "transaction_status.invalid", {"status": ""}),
    ("TRX-STATUS-INVALID", "transaction_status.invalid", {"status": ["succeeded"]}),
    ("TRX-STATUS-MISSING", "transaction_status.missing", {}),
    ("TRX-STATUS-MISSING", "transaction_status.missing", {"status": None}),
)


@proves(*(row[0] for row in NO_STATUS))
def test_what_is_no_status_or_no_change_is_refused(
    shop: Shop, open_order: Refusals[Order], paid_order: Refusals[Order]
) -> None:
    for name, key, body in NO_STATUS:
        open_order.must_refuse(
            name,
            send=lambda order, body=body: shop.send(
                "update_transaction_status", order.id, order.charge.id, json=body
            ),
            key=key,
            what=f"{body}",
        )
    for group in (open_order, paid_order):
        same = group.must_refuse(
            "TRX-STATUS-SAME-400",
            send=lambda order: shop.set_transaction_status(
                order.id, order.charge.id, order.charge.status
            ),
            key="transaction_status.same",
        )
        with requirement("TRX-STATUS-SAME-TEXT"):
            assert same is None or same.message.strip(), "the refusal says why"
    _each_transaction_is_reached_through_its_own_order(shop, open_order, paid_order)
    for where, ids in (
        ("an unknown transaction", lambda order: (order.id, ABSENT_ID)),
        ("an unknown order", lambda order: (ABSENT_ID, order.charge.id)),
    ):
        paid_order.must_refuse(
            "TRX-STATUS-UNKNOWN",
            send=_failing(shop, ids),
            key="transaction_status.unknown",
            what=where,
        )
    for group in (open_order, paid_order):
        group.nothing_changed("TRX-STATUS-MISMATCH-KEEPS")


def _failing(shop: Shop, ids: Callable[[Order], tuple[int, int]]) -> Callable[[Order], Answer]:
    return lambda order: shop.set_transaction_status(*ids(order), "failed")


def _each_transaction_is_reached_through_its_own_order(
    shop: Shop, *groups: Refusals[Order]
) -> None:
    for path, theirs in (groups, groups[::-1]):
        charge = theirs.stage.charge.id
        answer = path.must_refuse(
            "TRX-STATUS-MISMATCH-400",
            send=lambda order, charge=charge: shop.set_transaction_status(
                order.id, charge, "failed"
            ),
            key="transaction_status.mismatch",
        )
        with requirement("TRX-STATUS-MISMATCH-TEXT"):
            assert answer is None or answer.message.strip(), "the refusal says why"

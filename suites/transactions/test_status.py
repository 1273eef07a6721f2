"""Setting the status of a transaction by hand (orders-api, Update Transaction Status)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

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


@pytest.fixture(scope="module")
def story(shop: Shop, customer: Customer) -> Watched:
    """An unpaid order, whose charge goes from status to status."""
    return Watched(shop, shop.new_order(customer, [Line(shop.product(), 2, 1499)]))


def _synced(shop: Shop, order: Order) -> Order:
    """The order read after a sync, which must have answered the same."""
    answer = shop.sync_statuses(order.id)
    with requirement("TRX-SYNC-ENDPOINT", "TRX-SYNC-ANSWER"):
        assert answer.status == 200, answer.excerpt
    after = shop.order(order.id)
    with requirement("TRX-SYNC-ANSWER-SAME"):
        shown = shop.order_in(answer)
        words = (answer.members.get("payment_status"), answer.members.get("status"))
        assert shown.id == order.id
        assert words == (shown.payment_status, shown.status)
        assert words == (after.payment_status, after.status), "as read afterwards"
    with requirement("TRX-SYNC-TEXT"):
        assert answer.message.strip(), answer.excerpt
    return after


def test_a_sync_leaves_alone_what_agrees(shop: Shop, story: Watched, details: Answer) -> None:
    before = story.order
    story.order = _synced(shop, before)
    with requirement("TRX-SYNC-STEADY"):
        moved = story.order.differences(before, apart_from=SIDE_EFFECTS)
        assert moved == [], "while it was pending"
    refunded = shop.order_in(details)
    again = _synced(shop, refunded)
    with requirement("TRX-SYNC-STEADY"):
        assert again.differences(refunded, apart_from=SIDE_EFFECTS) == [], "after a refund"
    unknown = shop.sync_statuses(ABSENT_ID)
    with requirement("TRX-SYNC-UNKNOWN"):
        assert unknown.refused, unknown.excerpt
        assert unknown.status in shop.refusal("order.not_found", "sync_statuses"), unknown.excerpt


@proves(*(row[1] for row in WORDS))
def test_a_transaction_takes_every_status_and_its_order_follows(shop: Shop, story: Watched) -> None:
    order, charge = story.order, story.order.charge
    for number, (word, own) in enumerate(WORDS):
        answer = shop.set_transaction_status(order.id, charge.id, word)
        with requirement("TRX-STATUS-ENDPOINT", own):
            assert answer.status == 200, f"{word}: {answer.excerpt}"
        with requirement("TRX-STATUS-TEXT"):
            assert answer.message.strip(), answer.excerpt
        with requirement("TRX-STATUS-ANSWER-SAME"):
            shown = shop.transaction_in(answer)
            assert (shown.id, shown.order_id, shown.status) == (charge.id, order.id, word)
            assert shown.total == charge.total
        read = shop.transactions_of if number % 2 else shop.get_order
        after = shop.order_in(shop.given(read(order.id), "read an order"))
        with requirement("TRX-STATUS-READ-BACK", own):
            assert [one.status for one in after.transactions] == [word]
        with requirement("TRX-STATUS-ORDER-FOLLOWS"):
            assert after.payment_status in PAYMENT_WORDS.get(word, (word,))
        with requirement("TRX-STATUS-KEEPS"):
            assert after.differences(order, apart_from=FOLLOWS) == [], word
        if number == 0:
            _a_sync_repairs_what_does_not_agree(shop, order)


def _a_sync_repairs_what_does_not_agree(shop: Shop, order: Order) -> None:
    """The charge has succeeded; a second sync finds nothing more to do."""
    after = _synced(shop, order)
    with requirement("TRX-SYNC-REPAIRS"):
        assert after.payment_status == "paid"
        assert after.status in ("processing", "completed"), "the status of an order that is paid"
        assert (after.total_paid, after.total_amount) == (2998, 2998)
        assert [one.status for one in after.charges] == ["succeeded"]
    again = _synced(shop, order)
    with requirement("TRX-SYNC-STEADY"):
        assert again.differences(after, apart_from=SIDE_EFFECTS) == [], "a second sync changed it"


def test_the_other_transactions_of_the_order_stay(shop: Shop, details: Answer) -> None:
    before = shop.order_in(details)
    answer = shop.set_transaction_status(before.id, before.charge.id, "failed")
    shop.given(answer, "set the status of a transaction")
    after = {one.id: one for one in shop.order(before.id).transactions}
    with requirement("TRX-STATUS-KEEPS"):
        assert set(after) == {one.id for one in before.transactions}
        for one in before.refunds:
            assert after[one.id].differences(one, apart_from={"updated_at"}) == []
        charge = after[before.charge.id]
        assert (charge.status, charge.total, charge.type) == ("failed", 2998, before.charge.type)


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

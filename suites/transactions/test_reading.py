"""Reading transactions (orders-api, Get Order Transactions and Get Single Transaction).

Both operations answer the whole order: they must say the same as reading it.
"""

from __future__ import annotations

import pytest

from fluentcart_conformance.drivers.answers import Answer
from fluentcart_conformance.scenarios import (
    ABSENT_ID,
    SIDE_EFFECTS,
    Order,
    Refusals,
    Shop,
    requirement,
)


@pytest.fixture(scope="module")
def order(shop: Shop, details: Answer) -> Order:
    """The order in what was answered."""
    return shop.order_in(details)


@pytest.fixture(scope="module")
def other(open_order: Refusals[Order]) -> Order:
    """Another order, unpaid, with a charge of its own."""
    return open_order.stage


def _is_the_same(shop: Shop, answer: Answer, details: Answer) -> None:
    """Fail unless an answer is what reading the order answered."""
    assert set(answer.members) == set(details.members)
    shown, order = shop.order_in(answer), shop.order_in(details)
    assert shown.differences(order, apart_from=SIDE_EFFECTS) == []


def test_the_transactions_of_an_order_are_all_there_and_its_own(
    shop: Shop, details: Answer, order: Order, other: Order
) -> None:
    answer = shop.transactions_of(order.id)
    with requirement("TRX-LIST-ENDPOINT"):
        assert answer.status == 200, answer.excerpt
    with requirement("TRX-LIST-DETAILS"):
        _is_the_same(shop, answer, details)
    shown = shop.order_in(answer)
    with requirement("TRX-LIST-POPULATED"):
        assert sorted(one.id for one in shown.transactions) == sorted(
            one.id for one in order.transactions
        )
        assert [one.total for one in shown.charges] == [2998]
        assert [one.total for one in shown.refunds] == [1]
    single = shop.order_in(shop.given(shop.transactions_of(other.id), "read transactions"))
    with requirement("TRX-LIST-POPULATED"):
        assert [one.id for one in single.transactions] == [other.charge.id]
    for read in (shown, single, order):
        with requirement("TRX-LIST-OWN"):
            assert {one.order_id for one in read.transactions} == {read.id}
        with requirement("TRX-CURRENCY"):
            currencies = {one.text("currency") for one in read.transactions}
            assert currencies == {read.text("currency")}
            assert read.text("currency") != ""


def test_each_transaction_opens_its_order(shop: Shop, details: Answer, order: Order) -> None:
    for one in order.transactions:
        answer = shop.transaction_of(order.id, one.id)
        with requirement("TRX-ONE-ENDPOINT"):
            assert answer.status == 200, answer.excerpt
        with requirement("TRX-ONE-DETAILS"):
            _is_the_same(shop, answer, details)
        shown = shop.order_in(answer)
        with requirement("TRX-ONE-CONTAINED"):
            found = [row for row in shown.transactions if row.id == one.id]
            assert [(row.total, row.status, row.type) for row in found] == [
                (one.total, one.status, one.type)
            ]
        with requirement("TRX-CURRENCY"):
            assert {row.text("currency") for row in found} == {shown.text("currency")}


def test_what_does_not_exist_or_belongs_elsewhere_is_not_shown(
    shop: Shop, order: Order, other: Order
) -> None:
    unknown_order = shop.transactions_of(ABSENT_ID)
    with requirement("TRX-LIST-UNKNOWN"):
        assert unknown_order.refused, unknown_order.excerpt
        allowed = shop.refusal("order.not_found", "get_order_transactions")
        assert unknown_order.status in allowed, unknown_order.excerpt
    unknown = shop.transaction_of(order.id, ABSENT_ID)
    with requirement("TRX-ONE-UNKNOWN"):
        assert unknown.refused, unknown.excerpt
        assert unknown.status in shop.refusal("transactions.not_found"), unknown.excerpt
    for mine, theirs in ((order, other), (other, order)):
        foreign = shop.transaction_of(mine.id, theirs.charge.id)
        with requirement("TRX-ONE-FOREIGN"):
            assert foreign.refused, foreign.excerpt
            assert foreign.status in shop.refusal("transactions.foreign"), foreign.excerpt
    nowhere = shop.transaction_of(ABSENT_ID, order.charge.id)
    with requirement("TRX-ONE-UNKNOWN-ORDER"):
        assert nowhere.refused, nowhere.excerpt
        assert nowhere.status in shop.refusal("order.not_found"), nowhere.excerpt

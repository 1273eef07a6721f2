from __future__ import annotations

from decimal import Decimal

import pytest

from fluentcart_conformance.store.http import Refusal
from fluentcart_conformance.store.orders.money import (
    Discount,
    Totals,
    cents_from_decimal,
    formatted,
    settle,
    split,
    to_number,
)
from fluentcart_conformance.store.orders.search import search_condition
from fluentcart_conformance.store.orders.states import (
    ORDER_STATUSES,
    SHIPPING_STATUSES,
    check_order_transition,
    check_shipping_transition,
    status_after_payment,
)


@pytest.mark.parametrize("before", ["on-hold", "processing", "completed", "pending", "failed"])
@pytest.mark.parametrize("after", ORDER_STATUSES)
def test_every_open_order_takes_every_other_status(before: str, after: str) -> None:
    if before == after:
        with pytest.raises(Refusal, match="same status"):
            check_order_transition(before, after)
    else:
        assert check_order_transition(before, after) == after


@pytest.mark.parametrize("after", ["on-hold", "processing", "completed"])
def test_a_canceled_order_is_locked(after: str) -> None:
    with pytest.raises(Refusal, match="canceled"):
        check_order_transition("canceled", after)


@pytest.mark.parametrize("word", ["pending", "failed", "bogus", "", None, ["completed"]])
def test_other_words_are_no_status(word: object) -> None:
    with pytest.raises(Refusal, match="not valid"):
        check_order_transition("on-hold", word)


@pytest.mark.parametrize("before", ["", *SHIPPING_STATUSES])
def test_shipping_statuses_follow_each_other_freely(before: str) -> None:
    for after in SHIPPING_STATUSES:
        if before != after:
            assert check_shipping_transition(before, after) == after
    with pytest.raises(Refusal):
        check_shipping_transition(before, before or "bogus")


def test_payment_completes_what_needs_no_shipping() -> None:
    assert status_after_payment("on-hold", all_digital=True) == "completed"
    assert status_after_payment("on-hold", all_digital=False) == "processing"
    assert status_after_payment("canceled", all_digital=True) == "canceled"


@pytest.mark.parametrize(
    ("amount", "cents"),
    [
        (10.0, 1000),
        ("5.55", 555),
        (10.005, 1001),
        (0.1 + 0.2, 30),
        (0.29, 29),
        (0.004, 0),
        ("1e3", 100000),
    ],
)
def test_amounts_round_half_up_to_cents(amount: object, cents: int) -> None:
    assert cents_from_decimal(to_number(amount) or Decimal(0)) == cents


@pytest.mark.parametrize("value", [None, True, "abc", "", "NaN", "1e999", [], {}])
def test_what_is_no_number(value: object) -> None:
    assert to_number(value) is None


@pytest.mark.parametrize(
    ("total", "weights"),
    [(100, [1, 1, 1]), (1, [5, 5]), (0, [3]), (7, [0, 0]), (500, [5000, 40000])],
)
def test_a_split_loses_no_cent(total: int, weights: list[int]) -> None:
    assert sum(split(total, weights)) == total


def test_totals() -> None:
    assert Totals(5000, 500, 250, 700, 100).total_amount == 5050
    assert Totals(5000, 6000, 0, 0, 0).total_amount == 0
    assert Discount(percent=Decimal("12.5")).of(999) == 125
    assert Discount(cents=-5).of(999) == 0
    assert formatted(123456) == "&#36;1,234.56"


def row(kind: str, status: str, total: int, **more: object) -> dict[str, object]:
    paid = status == "succeeded"
    return {"type": kind, "status": status, "total": total, "was_paid": paid, "refunded": 0, **more}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([], (0, 0, "pending")),
        ([row("charge", "pending", 500)], (0, 0, "pending")),
        ([row("charge", "authorized", 500)], (0, 0, "authorized")),
        ([row("charge", "succeeded", 500)], (500, 0, "paid")),
        ([row("charge", "succeeded", 200)], (200, 0, "partially_paid")),
        (
            [row("charge", "succeeded", 500, refunded=100), row("refund", "refunded", 100)],
            (500, 100, "partially_refunded"),
        ),
        ([row("charge", "refunded", 500, was_paid=True)], (500, 500, "refunded")),
        ([row("charge", "refunded", 500)], (0, 0, "refunded")),
    ],
)
def test_settling(rows: list[dict[str, object]], expected: tuple[int, int, str]) -> None:
    settlement = settle(500, rows)
    found = (settlement.total_paid, settlement.total_refund, settlement.payment_status)
    assert found == expected


@pytest.mark.parametrize(
    ("text", "sql"),
    [
        ("id = 5", "o.id = :value"),
        ("id>5", "o.id > :value"),
        ("id :: 10-1", "o.id BETWEEN :low AND :high"),
        ("id = abc", "0"),
        ("status > completed", "0"),
        ("license = key", "0"),
        ("invoice = INV-1", "o.invoice_no = :value COLLATE NOCASE"),
        ("PAYMENT = paid", "o.payment_status = :value COLLATE NOCASE"),
    ],
)
def test_search_operators(text: str, sql: str) -> None:
    condition = search_condition(text)
    assert condition is not None
    assert condition.sql == sql


@pytest.mark.parametrize("text", ["nosuch = 1", "100% = off", "a_b", "' OR 1=1 --"])
def test_other_texts_are_plain(text: str) -> None:
    condition = search_condition(text)
    assert condition is not None
    assert set(condition.params) == {"like"}


def test_no_search() -> None:
    assert search_condition("  ") is None

"""Where two forms are permitted, one is kept."""

from __future__ import annotations

from typing import Any

from fluentcart_conformance.contract import FormLedger, Judge, Judgement

from .shapes import exchange, order, tiny


def read(**changes: Any) -> Judgement:
    return Judge(tiny()).judge(exchange("GET", "/orders/5", {"order": order(**changes)}))


def item(number: int, quantity: Any) -> dict[str, Any]:
    return {"id": number, "order_id": 5, "quantity": quantity}


def test_each_member_may_choose_its_form() -> None:
    judgement = read(total_paid="5000", order_items=[item(1, 2)])

    assert judgement.findings == ()
    assert judgement.forms == {
        "Order.total_paid": "string",
        "Order.created_at": "date with a space",
        "Item.quantity": "number",
    }


def test_two_rows_in_different_forms_are_found() -> None:
    (found,) = read(order_items=[item(1, 2), item(2, "2")]).findings

    assert found.requirement == "GEN-FORM-CONSISTENT"
    assert found.pointer == "/order/order_items/1/quantity"


def test_a_later_exchange_in_another_form_is_found_once() -> None:
    ledger = FormLedger()

    assert ledger.observe(read(total_paid=0)) == ()
    (found,) = ledger.observe(read(total_paid="0"))
    assert "Order.total_paid" in found.expected
    assert ledger.observe(read(total_paid="0")) == ()
    assert ledger.chosen["Order.total_paid"] == "number"


def test_the_requirement_beside_the_form_is_named() -> None:
    ledger = FormLedger()
    ledger.observe(read())
    (found,) = ledger.observe(read(created_at="2026-11-20T10:00:00Z"))

    assert found.requirement == "TINY-DATES"


def test_null_and_empty_choose_nothing() -> None:
    assert "Order.created_at" not in read(created_at="").forms


def test_the_envelope_is_a_form() -> None:
    ledger = FormLedger()
    judge = Judge(tiny())
    bare = exchange("PUT", "/customers/1", {"customer": {"id": 1, "email": "a@example.com"}})
    wrapped = exchange("PUT", "/customers/1", {"success": True, "data": {"customer": {"id": 1}}})

    assert ledger.observe(judge.judge(bare)) == ()
    (found,) = ledger.observe(judge.judge(wrapped))
    assert "BareCustomer" in found.expected
    assert "WrappedCustomer" in found.got


def test_an_order_inside_an_order_keeps_the_same_form() -> None:
    (found,) = read(total_paid=0, parent_order=order(total_paid="0")).findings

    assert found.pointer == "/order/parent_order/total_paid"

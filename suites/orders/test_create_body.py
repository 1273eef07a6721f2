"""Every documented member of a create (orders-api: Create Order; create-order-page: Request Body).

One order carries them all; what the documents say becomes of each is read back from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from fluentcart_conformance.scenarios import (
    Address,
    Answer,
    Customer,
    Line,
    Order,
    Shop,
    requirement,
)
from fluentcart_conformance.target.preflight import TargetReport

NOTE = "Special delivery instructions, née «Zoë» & co"


@dataclass(frozen=True)
class Everything:
    """An order sent with every documented member."""

    body: dict[str, Any]
    billing: Address
    shipping: Address
    answer: Answer
    order: Order | None


@pytest.fixture(scope="module")
def everything(
    shop: Shop,
    customer: Customer,
    further: dict[str, Address],
    two_lines: list[Line],
    target: TargetReport,
) -> Everything:
    billing, shipping = further["billing"], further["shipping"]
    line = two_lines[0]
    body = {
        **_order(shop, line.total, target.currency or "USD"),
        "customer_id": customer.id,
        "customer": _person(customer),
        "order_items": [_line(line)],
        "billing_address_id": billing.id,
        "shipping_address_id": shipping.id,
        "deletedItems": [],
    }
    answer = shop.create_order_with(body)
    made = shop.created_order(answer)
    return Everything(body, billing, shipping, answer, shop.order(made) if made else None)


def _order(shop: Shop, subtotal: int, currency: str) -> dict[str, Any]:
    return {
        "status": "on-hold",
        "invoice_no": shop.fresh("inv"),
        "fulfillment_type": "digital",
        "type": "payment",
        "payment_method": "offline_payment",
        "payment_method_title": "Cash",
        "payment_status": "pending",
        "currency": currency,
        "subtotal": subtotal,
        "discount_tax": 0,
        "manual_discount_total": 100,
        "coupon_discount_total": 0,
        "shipping_tax": 0,
        "shipping_total": 250,
        "tax_total": 0,
        "total_amount": subtotal - 100 + 250,
        "rate": 1,
        "note": NOTE,
        "uuid": shop.fresh("uuid"),
        "ip_address": "203.0.113.7",
        "completed_at": "2026-01-15 10:30:00",
        "refunded_at": "2026-01-15 10:30:00",
        "user_tz": "America/New_York",
        "trigger": "admin",
        "discount": {**shop.discount(100)["discount"], "reason": "A regular", "action": "add"},
        "shipping": [{"type": "custom", "rate_name": "By bike", "custom_price": 250}],
        "applied_coupon": [],
    }


def _person(customer: Customer) -> dict[str, Any]:
    """The record of the operation page; user_id stays empty, as no user is attached."""
    return {
        "id": customer.id,
        "user_id": None,
        "contact_id": 0,
        "email": customer.email,
        "first_name": customer.first_name,
        "last_name": customer.last_name,
        "full_name": f"{customer.first_name} {customer.last_name}".strip(),
        "status": customer.status,
        "purchase_value": 0,
        "purchase_count": 0,
        "country": "US",
        "city": "Albany",
        "state": "NY",
        "postcode": "12201",
        "uuid": customer.text("uuid"),
    }


def _line(line: Line) -> dict[str, Any]:
    return {
        **line.members(),
        "type": "onetime",
        "post_title": "A product",
        "item_price": line.price,
        "item_cost": 0,
        "tax_amount": 0,
        "discount_total": 0,
        "shipping_charge": 0,
        "cart_index": 0,
        "rate": 1,
        "line_meta": [],
    }


def _made(everything: Everything) -> Order:
    assert everything.order is not None, f"the order was not made: {everything.answer}"
    return everything.order


def test_a_create_takes_every_documented_member(everything: Everything) -> None:
    with requirement("ORD-CREATE-BODY", "ORD-CREATE-BODY-PAGE", "ORD-CREATE-BODY-CUSTOMER"):
        assert everything.answer.accepted, everything.answer
    with requirement("ORD-CREATE-ITEM-BODY", "ORD-CREATE-ITEM-BODY-PAGE"):
        assert everything.answer.accepted, everything.answer
        assert len(_made(everything).items) == 1
    with requirement("ORD-CREATE-DISCOUNT-BODY"):
        assert _made(everything).manual_discount_total == 100
    with requirement("ORD-CREATE-SHIPPING-BODY"):
        assert _made(everything).shipping_total == 250


def test_the_texts_of_a_create_are_kept(everything: Everything) -> None:
    with requirement("ORD-CREATE-NOTE"):
        assert _made(everything).text("note") == NOTE
    with requirement("ORD-CREATE-PAYMENT-METHOD"):
        assert _made(everything).text("payment_method") == "offline_payment"
        assert _made(everything).text("payment_method_title") == "Cash"
    with requirement("ORD-CREATE-CURRENCY"):
        assert _made(everything).text("currency") == everything.body["currency"]
    with requirement("ORD-CREATE-STATUS"):
        assert _made(everything).status == "on-hold"
    with requirement("ORD-CREATE-RATE"):
        assert float(_made(everything).text("rate")) == 1
    with requirement("ORD-CREATE-CUSTOMER-KEPT"):
        assert _made(everything).customer_id == everything.body["customer_id"]
        assert _made(everything).customer.email == everything.body["customer"]["email"]


def test_the_invoice_number_of_a_create_is_kept(everything: Everything) -> None:
    with requirement("ORD-CREATE-INVOICE-NO"):
        assert _made(everything).invoice_no == everything.body["invoice_no"]


def test_the_chosen_addresses_are_copied_into_the_order(everything: Everything) -> None:
    for kind, chosen in (("billing", everything.billing), ("shipping", everything.shipping)):
        with requirement("ORD-CREATE-ADDRESS-IDS"):
            copy = _made(everything).address(kind)
            assert copy is not None, f"the order has no {kind} address"
            assert copy.type == kind
            for name in ("address_1", "city", "state", "postcode", "country"):
                assert copy.text(name) == chosen.text(name), f"{name} of the {kind} address"


def test_an_address_of_somebody_else_is_never_copied(
    shop: Shop, customer: Customer, stranger: Address, two_lines: list[Line]
) -> None:
    answer = shop.create_order(customer, [two_lines[0]], billing_address_id=stranger.id)

    made = shop.created_order(answer)
    order = shop.order(made) if made else None
    with requirement("ORD-CREATE-ADDRESS-FOREIGN"):
        assert answer.accepted or answer.refused, answer
        shown = order.address("billing") if order else None
        assert shown is None or shown.text("address_1") != stranger.text("address_1")

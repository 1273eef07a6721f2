"""What each action on an order sends: method, path, body, in each profile."""

from __future__ import annotations

from typing import Any

import pytest

from fluentcart_conformance.drivers.orders import Line, grand_total, order_body
from fluentcart_conformance.drivers.records import Customer, Order, Transaction
from fluentcart_conformance.drivers.values import UnreadableAnswer

from .fake import DIGITAL, OTHER, PHYSICAL, Bench, bench, check
from .rows import order_row

PROFILES = ("documented", "fluentcart-1.3", "fluentcart-1.5")
ANN = Customer({"id": 7, "email": "ann@example.com", "first_name": "Ann", "last_name": "Lee"})


ORDER = Order(order_row())


SAME_EVERYWHERE = [
    ("get", lambda s: s.get_order(5), "GET", "/orders/5", None),
    ("delete", lambda s: s.delete_order(5), "DELETE", "/orders/5", None),
    ("sync", lambda s: s.sync_statuses(5), "PUT", "/orders/5/sync-statuses", None),
    (
        "status", lambda s: s.change_status(5, "canceled", manage_stock=True),
        "PUT", "/orders/5/statuses",
        {
            "action": "change_order_status",
            "statuses": {"order_status": "canceled"},
            "manage_stock": True,
        },
    ),
    (
        "shipping status", lambda s: s.change_shipping_status(5, "shipped", manage_stock=False),
        "PUT", "/orders/5/statuses",
        {
            "action": "change_shipping_status",
            "statuses": {"shipping_status": "shipped"},
            "manage_stock": False,
        },
    ),
    (
        "paid", lambda s: s.mark_as_paid(5), "POST", "/orders/5/mark-as-paid",
        {"payment_method": "offline_payment", "transaction_type": "charge"},
    ),
    (
        "paid by card", lambda s: s.mark_as_paid(5, payment_method="stripe", mark_paid_note="x"),
        "POST", "/orders/5/mark-as-paid",
        {"payment_method": "stripe", "transaction_type": "charge", "mark_paid_note": "x"},
    ),
    (
        "bulk", lambda s: s.bulk_orders("change_order_status", (5, 6), new_status="canceled"),
        "POST", "/orders/do-bulk-action",
        {"action": "change_order_status", "order_ids": [5, 6], "new_status": "canceled"},
    ),
    ("transactions", lambda s: s.transactions_of(5), "GET", "/orders/5/transactions", None),
    ("one", lambda s: s.transaction_of(5, 71), "GET", "/orders/5/transactions/71", None),
    (
        "transaction status", lambda s: s.set_transaction_status(5, 71, "failed"),
        "PUT", "/orders/5/transactions/71/status", {"status": "failed"},
    ),
    (
        "dispute", lambda s: s.accept_dispute(5, 71, "sorry"),
        "POST", "/orders/5/transactions/71/accept-dispute/", {"dispute_note": "sorry"},
    ),
    (
        "dispute without a word", lambda s: s.accept_dispute(5, 71),
        "POST", "/orders/5/transactions/71/accept-dispute/", {},
    ),
    (
        "licences", lambda s: s.generate_missing_licenses(5),
        "POST", "/orders/5/generate-missing-licenses", None,
    ),
    (
        "customer", lambda s: s.change_customer(5, 8),
        "POST", "/orders/5/change-customer", {"customer_id": 8},
    ),
    (
        "address", lambda s: s.use_address(5, 9), "POST", "/orders/5/update-address-id",
        {"address_id": 9, "address_type": "billing"},
    ),
    (
        "address without a type", lambda s: s.use_address(5, 9, None),
        "POST", "/orders/5/update-address-id", {"address_id": 9},
    ),
    (
        "own address", lambda s: s.update_order_address(5, 9, city="Rome"),
        "PUT", "/orders/5/address/9", {"order_id": 5, "city": "Rome"},
    ),
    (
        "own address, told twice", lambda s: s.update_order_address(5, 9, order_id=6),
        "PUT", "/orders/5/address/9", {"order_id": 6},
    ),
    (
        "shipping", lambda s: s.calculate_shipping([Line(PHYSICAL, 3), Line(DIGITAL)], 4),
        "POST", "/orders/calculate-shipping",
        {
            "order_items": [{"id": 222, "quantity": 3}, {"id": 111, "quantity": 1}],
            "shipping_id": 4,
        },
    ),
]  # fmt: skip


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize(
    ("act", "method", "path", "body"),
    [pytest.param(*row[1:], id=row[0]) for row in SAME_EVERYWHERE],
)
def test_an_action_is_one_request(
    profile: str, act: Any, method: str, path: str, body: Any
) -> None:
    check(bench(profile).sent_by(act), method, path, body)


def test_lists_are_asked_for_as_the_scenario_says() -> None:
    made = bench()

    check(made.sent_by(lambda s: s.list_orders()), "GET", "/orders", query=None)
    sent = made.sent_by(lambda s: s.list_orders({"page": 2}))
    check(sent, "GET", "/orders", query={"page": 2})
    sent = made.sent_by(lambda s: s.shipping_methods())
    check(sent, "GET", "/orders/shipping_methods", query=None)
    sent = made.sent_by(lambda s: s.shipping_methods({"state": "NY"}, [Line(PHYSICAL, 3)]))
    rows = [("state", "NY"), ("order_items[0][id]", 222), ("order_items[0][quantity]", 3)]
    check(sent, "GET", "/orders/shipping_methods", query=rows)


@pytest.mark.parametrize(
    ("profile", "wire", "amount"),
    [
        ("documented", {}, 12.34),
        ("fluentcart-1.3", {}, 12.34),
        ("fluentcart-1.5", {"refund_in_cents": True}, 1234),
    ],
)
def test_a_refund_is_asked_for_in_the_unit_of_the_profile(
    profile: str, wire: dict[str, Any], amount: Any
) -> None:
    made = bench(profile, **wire)

    sent = made.sent_by(lambda s: s.refund(ORDER, 1234, reason="late"))

    info = {"transaction_id": 71, "amount": amount, "reason": "late"}
    check(sent, "POST", "/orders/5/refund", {"refund_info": info})


def test_a_refund_may_name_another_transaction() -> None:
    another = Transaction({"id": 99})
    sent = bench().sent_by(lambda s: s.refund(ORDER, 100, another))

    check(sent, "POST", "/orders/5/refund", {"refund_info": {"transaction_id": 99, "amount": 1}})


@pytest.mark.parametrize(
    ("profile", "names"),
    [("documented", ("title", "price")), ("fluentcart-1.3", ("item_name", "item_price"))],
)
def test_a_custom_item_has_its_price_in_cents(profile: str, names: tuple[str, str]) -> None:
    sent = bench(profile).sent_by(lambda s: s.create_custom_item(5, "Gift wrap", 250))

    product = {names[0]: "Gift wrap", names[1]: 250, "quantity": 1}
    check(sent, "POST", "/orders/5/create-custom", {"product": product})


@pytest.mark.parametrize(("profile", "value"), [("documented", 550), ("fluentcart-1.3", 5.5)])
def test_a_discount_by_hand_is_cents_beside_its_own_unit(profile: str, value: Any) -> None:
    assert bench(profile).shop.discount(550) == {
        "discount": {"type": "fixed", "value": value, "label": "Discount"},
        "manual_discount_total": 550,
    }


def test_a_line_is_consistent_with_itself() -> None:
    assert Line(PHYSICAL, 3, 100, "Lamp, red").members() == {
        "post_id": 22,
        "variation_id": 222,
        "object_id": 222,
        "quantity": 3,
        "title": "Lamp, red",
        "price": 100,
        "unit_price": 100,
        "item_total": 300,
        "line_total": 300,
        "total": 300,
        "fulfillment_type": "physical",
        "payment_type": "onetime",
        "other_info": {"payment_type": "onetime"},
    }
    plain = Line(DIGITAL).members()
    assert (plain["title"], plain["price"], plain["quantity"]) == ("Ebook", 1999, 1)


def test_the_body_of_an_order_adds_up() -> None:
    body = order_body(ANN, [Line(DIGITAL, 2), Line(OTHER)], {"shipping_total": 700, "note": "x"})

    assert body == {
        "customer_id": 7,
        "customer": {
            "id": 7,
            "email": "ann@example.com",
            "first_name": "Ann",
            "last_name": "Lee",
            "full_name": "Ann Lee",
        },
        "order_items": [Line(DIGITAL, 2).members(), Line(OTHER).members()],
        "subtotal": 4048,
        "shipping_total": 700,
        "total_amount": 4748,
        "payment_method": "offline_payment",
        "note": "x",
    }
    assert order_body(ANN, [], {})["shipping_total"] == 0
    assert order_body(ANN, [], {"total_amount": 1})["total_amount"] == 1
    nameless = Customer({"id": 8, "first_name": "", "last_name": "Lee"})
    assert order_body(nameless, [], {})["customer"]["full_name"] == "Lee"


def test_discounts_are_taken_off_and_the_rest_is_added() -> None:
    amounts = {
        "manual_discount_total": 100,
        "coupon_discount_total": "20",
        "shipping_total": 3000,
        "tax_total": 40000,
        "something": 7,
    }
    assert grand_total(1000000, amounts) == 1042880
    assert grand_total(5, {"tax_total": None}) == 5
    with pytest.raises(UnreadableAnswer, match=r"^tax_total is 'x', not an integer$"):
        grand_total(5, {"tax_total": "x"})
    with pytest.raises(UnreadableAnswer, match=r"^manual_discount_total is 'y', not an integer$"):
        grand_total(5, {"manual_discount_total": "y"})


def both(profile: str, *bodies: Any) -> tuple[Bench, Any]:
    made = bench(profile, *bodies)
    return made, made.notes


@pytest.mark.parametrize(
    ("profile", "names"),
    [
        ("documented", {"first_name": "Jo", "last_name": "Doe"}),
        ("fluentcart-1.3", {"full_name": "Jo Doe"}),
    ],
)
def test_a_new_owner_is_noted(profile: str, names: dict[str, str]) -> None:
    made, notes = both(profile, {}, {"order": {"id": 5, "customer_id": 88}})

    said = made.shop.create_and_change_customer(5, "jo@example.com", "Jo", "Doe", phone="1")

    assert said.accepted
    first, second = made.client.sent
    body = {"email": "jo@example.com", **names, "phone": "1"}
    check(first, "POST", "/orders/5/create-and-change-customer", body)
    check(second, "GET", "/orders/5")
    assert notes.made == [("customer", 88)]


def test_an_owner_who_was_refused_or_cannot_be_read_is_not_noted() -> None:
    made, notes = both("documented", (422, {}), {}, {"order": []})

    made.shop.create_and_change_customer(5, "jo@example.com")
    assert len(made.client.sent) == 1
    sent = made.client.last.more["json"]
    assert (sent["first_name"], sent["last_name"]) == ("Jane", "Doe")
    made.shop.create_and_change_customer(5, "jo@example.com")
    assert notes.made == []

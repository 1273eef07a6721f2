from __future__ import annotations

from typing import Any

import pytest

from tests.store.conftest import Caller
from tests.store.orders import DESK, GUIDE, PACK, figures, new_order, order


def test_the_minimum_makes_a_pending_order(anywhere: Caller) -> None:
    found = order(anywhere, new_order(anywhere))
    fresh = "pending" if anywhere.store.profile.is_documented else "on-hold"
    assert (found["status"], found["payment_status"]) == (fresh, "pending")
    assert (found["subtotal"], found["total_amount"], found["total_paid"]) == (2500, 2500, 0)
    assert [t["status"] for t in found["transactions"]] == ["pending"]
    assert found["transactions"][0]["total"] == 2500
    assert found["fulfillment_type"] == "digital"


def test_several_lines_with_all_sums(anywhere: Caller) -> None:
    order_id = new_order(
        anywhere,
        {"object_id": GUIDE, "quantity": 2, "unit_price": 1000, "title": "Mine"},
        {"object_id": DESK, "quantity": 1, "tax_amount": 300},
        manual_discount_total=500,
        shipping_total=700,
        note="quick",
    )
    found = order(anywhere, order_id)
    lines = found["order_items"]
    assert [line["subtotal"] for line in lines] == [2000, 40000]
    assert [line["title"] for line in lines] == ["Mine", "Oak Desk"]
    assert sum(line["discount_total"] for line in lines) == 500
    assert all(line["line_total"] == line["subtotal"] - line["discount_total"] for line in lines)
    assert found["total_amount"] == 42000 - 500 + 700 + 300
    assert (found["fulfillment_type"], found["shipping_status"]) == ("physical", "unshipped")
    assert found["note"] == "quick"


def test_discount_object_in_the_unit_of_the_profile(anywhere: Caller) -> None:
    value = 500 if anywhere.store.profile.is_documented else 5
    order_id = new_order(anywhere, discount={"type": "fixed", "value": value})
    assert order(anywhere, order_id)["manual_discount_total"] == 500
    percent = new_order(anywhere, discount={"type": "percentage", "value": 10})
    assert order(anywhere, percent)["total_amount"] == 2250


def test_coupon_and_shipping_rows(anywhere: Caller) -> None:
    coupon = {"coupon_id": 1, "code": "TEN", "discounted_amount": 250, "stackable": 1}
    shipping = [{"type": "custom", "rate_name": "Van", "custom_price": 900}]
    found = order(anywhere, new_order(anywhere, applied_coupon=[coupon], shipping=shipping))
    assert (found["coupon_discount_total"], found["shipping_total"]) == (250, 900)
    assert found["total_amount"] == 2500 - 250 + 900
    assert found["applied_coupons"][0]["code"] == "TEN"


def test_a_discount_above_the_order_makes_it_free_and_paid(anywhere: Caller) -> None:
    found = order(anywhere, new_order(anywhere, manual_discount_total=99999))
    assert (found["total_amount"], found["payment_status"]) == (0, "paid")
    assert found["status"] == "completed"


def test_addresses_of_the_customer_are_copied(anywhere: Caller) -> None:
    found = order(anywhere, new_order(anywhere, shipping_address_id=3))
    assert found["billing_address"]["address_1"] == "123 Main St"
    assert found["shipping_address"]["address_1"] == "9 Warehouse Rd"
    assert len(found["order_addresses"]) == 2


def test_the_customers_figures_follow(anywhere: Caller) -> None:
    before = figures(anywhere, 1)
    new_order(anywhere)
    assert figures(anywhere, 1) == (before[0] + 1, before[1])


def test_known_status_words_count_as_documented(documented: Caller) -> None:
    assert order(documented, new_order(documented, status="processing"))["status"] == "processing"
    assert order(documented, new_order(documented, status="s" * 50))["status"] == "pending"


REFUSED: list[tuple[str, dict[str, Any]]] = [
    ("no customer", {"customer_id": None}),
    ("unknown customer", {"customer_id": 9999}),
    ("customer as list", {"customer_id": [1]}),
    ("no items", {"order_items": []}),
    ("items as text", {"order_items": "x"}),
    ("item as text", {"order_items": ["x"]}),
    ("unknown variation", {"order_items": [{"object_id": 9999}]}),
    ("foreign product", {"order_items": [{"object_id": GUIDE, "post_id": 3}]}),
    ("draft product", {"order_items": [{"object_id": 9}]}),
    ("quantity 0", {"order_items": [{"object_id": GUIDE, "quantity": 0}]}),
    ("quantity 1.5", {"order_items": [{"object_id": GUIDE, "quantity": 1.5}]}),
    ("negative price", {"order_items": [{"object_id": GUIDE, "unit_price": -1}]}),
    ("text price", {"order_items": [{"object_id": GUIDE, "unit_price": "abc"}]}),
    ("long title", {"order_items": [{"object_id": GUIDE, "title": "t" * 256}]}),
    ("subscription", {"order_items": [{"object_id": PACK, "payment_type": "subscription"}]}),
    ("subscription product", {"order_items": [{"object_id": 8}]}),
    ("long note", {"note": "n" * 5001}),
    ("long currency", {"currency": "C" * 11}),
    ("text total", {"total_amount": "abc"}),
    ("coupon without id", {"applied_coupon": [{"code": "TEN"}]}),
    ("coupon id 0", {"applied_coupon": [{"coupon_id": 0, "code": "A", "discounted_amount": 1,
                                         "stackable": 1}]}),
    ("foreign address", {"billing_address_id": 4}),
    ("second item unknown", {"order_items": [{"object_id": GUIDE}, {"object_id": 9999}]}),
]  # fmt: skip


@pytest.mark.parametrize(("why", "change"), REFUSED, ids=[why for why, _ in REFUSED])
def test_refusals_leave_nothing_behind(anywhere: Caller, why: str, change: dict[str, Any]) -> None:
    del why
    before = anywhere.store.database.value("SELECT count(*) FROM orders")
    body = {"customer_id": 1, "order_items": [{"object_id": GUIDE}], **change}
    answer = anywhere.http.post("orders", json=body)
    assert 400 <= answer.status_code < 500, answer.text
    assert anywhere.store.database.value("SELECT count(*) FROM orders") == before

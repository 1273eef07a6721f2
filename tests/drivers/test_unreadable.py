"""Answers that no spelling allows: the member that is missing or wrong is named."""

from __future__ import annotations

import re
from typing import Any

import pytest

from fluentcart_conformance.drivers.records import Customer
from fluentcart_conformance.drivers.values import UnreadableAnswer

from .fake import answer, bench

PLUGIN = "fluentcart-1.3"


def data(**members: Any) -> dict[str, Any]:
    return {"success": True, "data": members}


MISSING = "is missing or not as documented"
BAD = [
    ("documented", lambda s: s.customer_in, [], "customers answer: 'data'"),
    ("documented", lambda s: s.customer_in, data(customer=3), "customer answer: 'customer'"),
    (PLUGIN, lambda s: s.customer_in, {"customer": 3}, "customer answer: 'customer'"),
    (PLUGIN, lambda s: s.customer_in, {"data": 3}, "customer answer: 'data'"),
    (PLUGIN, lambda s: s.customer_in, [], "customer answer: 'data'"),
    ("documented", lambda s: s.customers_in, data(customers=[]), "customers list: 'pagination'"),
    ("documented", lambda s: s.customers_in, data(pagination={}), "customers list: 'customers'"),
    (PLUGIN, lambda s: s.customers_in, {}, "customers list: 'customers'"),
    (PLUGIN, lambda s: s.customers_in, {"customers": {}}, "customers list: 'data'"),
    ("documented", lambda s: s.orders_in, {}, "orders list: 'orders'"),
    ("documented", lambda s: s.orders_in, {"orders": {}}, "orders list: 'data'"),
    ("documented", lambda s: s.order_in, {"order": []}, "order answer: 'order'"),
    ("documented", lambda s: s.address_in, data(address=None), "address answer: 'address'"),
    (PLUGIN, lambda s: s.address_in, {"data": []}, "address answer: 'data'"),
    ("documented", lambda s: s.transaction_in, {}, "transaction answer: 'transaction'"),
    ("documented", lambda s: s.shipping_methods_in, {}, "shipping methods: 'shipping_methods'"),
    (
        "documented", lambda s: s.shipping_methods_in, {"shipping_methods": []},
        "shipping methods: 'other_shipping_methods'",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("profile", "reader", "body", "words"), BAD)
def test_a_member_that_is_not_there_is_named(
    profile: str, reader: Any, body: Any, words: str
) -> None:
    read = reader(bench(profile).shop)
    with pytest.raises(UnreadableAnswer, match=f"^{re.escape(words)} {MISSING}: "):
        read(answer(body))


BODIES = [
    ("documented", lambda w: w.customer_orders, data(), "orders of a customer: 'orders'"),
    (PLUGIN, lambda w: w.customer_orders, {}, "orders of a customer: 'orders'"),
    (PLUGIN, lambda w: w.customer_orders, {"orders": {}}, "orders of a customer: 'data'"),
    ("documented", lambda w: w.addresses, data(), "addresses of a customer: 'addresses'"),
    (PLUGIN, lambda w: w.addresses, [], "customers answer: 'data'"),
    ("documented", lambda w: w.users, data(users={}), "attachable users: 'users'"),
    ("documented", lambda w: w.figures, data(stats=3), "customer stats: 'stats'"),
]


@pytest.mark.parametrize(("profile", "reader", "body", "words"), BODIES)
def test_a_body_that_is_not_right_is_named(
    profile: str, reader: Any, body: Any, words: str
) -> None:
    with pytest.raises(UnreadableAnswer, match=f"^{re.escape(words)} {MISSING}: "):
        reader(bench(profile).shop.wire)(body)


FIGURES = {"order_count": 1, "total_spent": 1, "average_order_value": 1}
PURCHASES = {"id": 7, "purchase_count": 1, "ltv": 1, "aov": 1}


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_that_is_no_number_is_named(name: str) -> None:
    body = data(stats={**FIGURES, name: "x"})
    with pytest.raises(UnreadableAnswer, match=f"^stats.{name} is 'x', not an integer$"):
        bench().shop.wire.figures(body)


@pytest.mark.parametrize("name", ["purchase_count", "ltv", "aov"])
def test_a_purchase_figure_that_is_no_number_is_named(name: str) -> None:
    body = {"customer": {**PURCHASES, name: "x"}}
    with pytest.raises(UnreadableAnswer, match=f"^customer.{name} is 'x', not an? "):
        bench(PLUGIN).shop.wire.figures(body)


@pytest.mark.parametrize("name", ["total_spent", "order_count"])
def test_a_documented_record_figure_that_is_no_number_is_named(name: str) -> None:
    record = Customer({"total_spent": 1, "order_count": 1, name: "x"})
    with pytest.raises(UnreadableAnswer, match=f"^customer.{name} is 'x', not an integer$"):
        bench().shop.wire.record_figures(record)


def test_a_user_without_an_id_is_named() -> None:
    with pytest.raises(UnreadableAnswer, match=r"^user.id is None, not an integer$"):
        bench().shop.wire.users(data(users=[{}]))


def test_what_is_said_of_a_long_value_is_short() -> None:
    with pytest.raises(UnreadableAnswer) as caught:
        bench().shop.customer_in(answer({"data": "x" * 5000}))
    assert len(str(caught.value)) < 300

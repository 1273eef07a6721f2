"""Records: one member at a time, in the domain's terms, and what differs between two."""

from __future__ import annotations

import re
from typing import Any

import pytest

from fluentcart_conformance.drivers.record import Record, same_id
from fluentcart_conformance.drivers.records import (
    Address,
    Customer,
    Item,
    Order,
    Transaction,
)
from fluentcart_conformance.drivers.values import UnreadableAnswer


def unreadable(words: str) -> Any:
    return pytest.raises(UnreadableAnswer, match=f"^{re.escape(words)}$")


def test_a_member_is_there_or_named() -> None:
    order = Order({"id": "5", "a": None})

    assert order.id == 5
    assert order.member("a") is None
    assert repr(order) == "order 5"
    assert repr(Record({})) == "record None"
    with unreadable("member 'b' is missing from the order"):
        order.member("b")
    with unreadable("item.id is 'x', not an integer"):
        _ = Item({"id": "x"}).id


def test_a_text_may_be_a_number_or_nothing() -> None:
    one = Record({"a": "x", "b": None, "c": 5, "d": 1.5, "e": []})

    assert [one.text(name) for name in "abcdz"] == ["x", "", "5", "1.5", ""]
    with unreadable("record.e is [], not a text"):
        one.text("e")


def test_money_is_whole_cents() -> None:
    assert Order({"total_amount": "500"}).total_amount == 500
    with unreadable("order.total_amount is 5.5, not an integer"):
        _ = Order({"total_amount": 5.5}).total_amount


def test_rows_are_a_list_of_objects() -> None:
    assert Record({"a": [{"b": 1}]}).rows("a") == [{"b": 1}]
    bad: Any
    for bad in ({}, [1], [{}, None], None):
        with unreadable("record.a is not a list of objects"):
            Record({"a": bad}).rows("a")


EQUAL = [
    ({"a": None}, {"a": ""}),
    ({"a": []}, {"a": {}}),
    ({"a": None}, {}),
    ({"a": 5}, {"a": "5"}),
    ({"a": {"b": [1, {"c": ""}]}}, {"a": {"b": ["1", {"c": None}]}}),
]


@pytest.mark.parametrize(("one", "two"), EQUAL)
def test_spellings_of_the_same_do_not_differ(one: Any, two: Any) -> None:
    assert Record(one).same_as(Record(two))
    assert Record(two).differences(Record(one)) == []


DIFFERENT = [
    ({"a": 5}, {"a": 6}, ["/a"]),
    ({"a": False}, {"a": None}, ["/a"]),
    ({"a": 0}, {"a": ""}, ["/a"]),
    ({"b": 1, "a": 1}, {"b": 2}, ["/a", "/b"]),
    ({"a": {"b": [1, {"c": 2}]}}, {"a": {"b": [3, {"c": 4}]}}, ["/a/b/0", "/a/b/1/c"]),
    ({"a": [1]}, {"a": [1, 2]}, ["/a"]),
    ({"a": [1]}, {"a": {"0": 1}}, ["/a"]),
    ({"a": {"b": 1}}, {"a": 1}, ["/a"]),
]


@pytest.mark.parametrize(("one", "two", "paths"), DIFFERENT)
def test_what_differs_is_told_by_its_path(one: Any, two: Any, paths: list[str]) -> None:
    assert Record(one).differences(Record(two)) == paths
    assert Record(two).differences(Record(one)) == paths
    assert not Record(one).same_as(Record(two))


def test_a_name_may_be_left_out_at_any_depth() -> None:
    one = Record({"at": 1, "a": [{"at": 1, "b": 1}]})
    two = Record({"at": 2, "a": [{"at": 2, "b": 1}]})

    assert one.differences(two) == ["/a/0/at", "/at"]
    assert one.differences(two, ["at"]) == []
    assert one.same_as(two, ["at"])
    assert not one.same_as(Record({"a": [{"b": 2}]}), ["at"])


def test_the_record_that_came_is_the_one_that_was_asked_for() -> None:
    order = Order({"id": "5"})
    assert same_id(order, 5) is order
    with unreadable("order 6 was asked for, order 5 came"):
        same_id(order, 6)


def test_a_transaction_is_read() -> None:
    one = Transaction(
        {
            "order_id": "5", "status": "succeeded", "transaction_type": "refund", "total": "100",
            "meta": {"parent_id": "4"},
        }
    )  # fmt: skip
    assert (one.order_id, one.status, one.type, one.total) == (5, "succeeded", "refund", 100)
    assert one.parent_id == 4
    assert Transaction({"meta": []}).parent_id is None
    assert Transaction({"meta": {"parent_id": 0}}).parent_id is None
    with unreadable("transaction.order_id is 'x', not an integer"):
        _ = Transaction({"order_id": "x"}).order_id


def test_an_item_is_read() -> None:
    one = Item(
        {
            "order_id": "5", "quantity": "2", "unit_price": "50", "line_total": 100,
            "title": "Lamp", "object_id": "9",
        }
    )  # fmt: skip
    assert (one.order_id, one.quantity, one.unit_price, one.line_total) == (5, 2, 50, 100)
    assert (one.title, one.object_id) == ("Lamp", 9)
    assert Item({}).object_id is None
    for name in ("order_id", "quantity", "object_id"):
        with unreadable(f"item.{name} is 'x', not an integer"):
            getattr(Item({name: "x"}), name)


@pytest.mark.parametrize(
    ("raw", "person"),
    [
        ({"first_name": "Ann", "last_name": "Lee"}, "Ann Lee"),
        ({"first_name": "Ann", "last_name": None}, "Ann"),
        ({"first_name": "", "last_name": "", "name": "Ann Lee"}, "Ann Lee"),
        ({"first_name": "Ann", "name": "Bo"}, "Ann"),
        ({}, ""),
    ],
)
def test_an_address_is_of_a_person(raw: Any, person: str) -> None:
    assert Address(raw).person == person


@pytest.mark.parametrize(
    ("value", "primary"),
    [(True, True), (1, True), ("1", True), (0, False), ("0", False), ("", False)],
)
def test_an_address_is_primary_in_three_spellings(value: Any, primary: bool) -> None:
    assert Address({"is_primary": value, "type": "billing"}).is_primary is primary


def test_a_customer_is_read() -> None:
    raw = {"email": "a@b.example", "first_name": "Ann", "last_name": "Lee", "status": "active"}
    one = Customer({**raw, "user_id": "4"})
    assert (one.email, one.first_name, one.last_name, one.status) == tuple(raw.values())
    assert one.user_id == 4
    assert Customer({}).user_id is None
    with unreadable("customer.user_id is 'x', not an integer"):
        _ = Customer({"user_id": "x"}).user_id


TEXTS = ("uuid", "status", "payment_status", "shipping_status", "invoice_no")
MONEY = (
    "total_amount", "subtotal", "total_paid", "total_refund", "shipping_total",
    "manual_discount_total",
)  # fmt: skip


@pytest.mark.parametrize("name", TEXTS)
def test_each_text_of_an_order_is_its_own(name: str) -> None:
    raw = {one: one.upper() for one in TEXTS}
    assert getattr(Order(raw), name) == name.upper()


@pytest.mark.parametrize("name", MONEY)
def test_each_amount_of_an_order_is_its_own(name: str) -> None:
    raw = {one: number for number, one in enumerate(MONEY)}
    assert getattr(Order(raw), name) == MONEY.index(name)


def test_the_parts_of_an_order_are_read() -> None:
    order = Order(
        {
            "id": 5,
            "customer_id": "7",
            "customer": {"id": 7},
            "billing_address": {"id": 1},
            "shipping_address": [],
            "order_items": [{"id": 1, "unit_price": 50}, {"id": 2, "unit_price": "60"}],
            "transactions": [
                {"id": 3, "transaction_type": "refund"},
                {"id": 4, "transaction_type": "charge"},
                {"id": 5, "transaction_type": "dispute"},
            ],
        }
    )
    assert (order.customer_id, order.customer.id) == (7, 7)
    assert [one.id for one in order.items] == [1, 2]
    assert order.item_at(60).id == 2
    assert [one.id for one in order.transactions] == [3, 4, 5]
    assert [one.id for one in order.charges] == [4, 5]
    assert [one.id for one in order.refunds] == [3]
    assert order.charge.id == 4
    billing = order.address("billing")
    assert billing is not None
    assert billing.id == 1
    assert order.address("shipping") is None
    assert Order({"billing_address": {}}).address("billing") is None


def test_a_part_that_is_not_there_is_named() -> None:
    twins = Order({"id": 5, "order_items": [{"unit_price": 50}, {"unit_price": 50}]})
    with unreadable("no single line at 50 among those at [50, 50]"):
        twins.item_at(50)
    with unreadable("no single line at 60 among those at [50, 50]"):
        twins.item_at(60)
    with unreadable("order 5 shows no charge transaction"):
        _ = Order({"id": 5, "transactions": [{"transaction_type": "refund"}]}).charge
    with unreadable("order.customer is not an object"):
        _ = Order({"customer": []}).customer
    with unreadable("order.customer_id is None, not an integer"):
        _ = Order({"customer_id": None}).customer_id

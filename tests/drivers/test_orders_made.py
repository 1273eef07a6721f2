"""Making orders: what is noted, what is read back, and what a scenario may not stand on."""

from __future__ import annotations

from typing import Any

import pytest

from fluentcart_conformance.drivers.core import Prerequisite
from fluentcart_conformance.drivers.orders import Line
from fluentcart_conformance.drivers.records import Customer
from fluentcart_conformance.drivers.values import UnreadableAnswer

from .fake import OTHER, PHYSICAL, Bench, bench

ANN = Customer({"id": 7, "email": "ann@example.com", "first_name": "Ann", "last_name": "Lee"})


def shown(order_id: int = 5, customer: int = 7, **more: Any) -> dict[str, Any]:
    return {"order": {"id": order_id, "customer_id": customer, **more}}


def paths(made: Bench) -> list[tuple[str, str]]:
    return [(one.method, one.path) for one in made.client.sent]


def test_an_order_is_of_a_product_and_noted() -> None:
    made = bench("documented", {"order_id": "5"})

    made.shop.create_order(ANN, note="x")

    body = made.client.last.more["json"]
    assert (body["order_items"][0]["object_id"], body["note"]) == (111, "x")
    assert len(body["order_items"]) == 1
    assert made.notes.made == [("order", 5)]


def test_the_lines_that_are_given_are_ordered_even_if_none() -> None:
    made = bench()

    made.shop.create_order(ANN, [Line(OTHER)])
    assert [one["object_id"] for one in made.client.last.more["json"]["order_items"]] == [333]
    made.shop.create_order(ANN, [])
    assert made.client.last.more["json"]["order_items"] == []


@pytest.mark.parametrize(
    "said", [(422, {"order_id": 5}), {}, {"order_id": 0}, {"order_id": "soon"}, [1], None]
)
def test_nothing_is_noted_where_nothing_came_of_it(said: Any) -> None:
    made = bench("documented", said)

    made.shop.create_order_with({"a": 1}, identity="low", headers={"b": "c"})

    assert made.notes.made == []
    assert made.client.last.more == {"json": {"a": 1}, "headers": {"b": "c"}}
    assert made.client.last.identity == "low"


def test_a_new_order_is_read_back() -> None:
    made = bench("documented", {"order_id": 5}, shown(note="kept"))

    order = made.shop.new_order(ANN, [Line(PHYSICAL)], note="x")

    assert (order.id, order.text("note")) == (5, "kept")
    assert paths(made) == [("POST", "/orders"), ("GET", "/orders/5")]
    sent = made.client.sent[0].more["json"]
    assert (sent["note"], sent["order_items"][0]["object_id"]) == ("x", 222)


def test_a_new_order_is_the_regular_customers_unless_one_is_given() -> None:
    customer = {"success": True, "data": {"customer": {"id": 9}}}
    made = bench(
        "documented", customer, {"order_id": 5}, shown(customer=9),
        {"order_id": 6}, shown(6, customer=9),
    )  # fmt: skip

    assert made.shop.new_order().customer_id == 9
    assert made.shop.as_("manager").new_order().customer_id == 9
    assert [path for _method, path in paths(made)].count("/customers") == 1
    email = made.client.sent[0].more["json"]["email"]
    assert email.startswith("fct-t-ac")
    assert email.endswith("@example.com")


def test_an_order_that_went_to_somebody_else_is_not_touched() -> None:
    made = bench("documented", {"order_id": 5}, shown(customer=8))

    with pytest.raises(UnreadableAnswer, match=r"^order 5 went to another customer than it was"):
        made.shop.new_order(ANN)


def test_what_cannot_be_made_is_no_fault_of_the_scenario() -> None:
    refused = bench("documented", (403, {"message": "no"}))
    with pytest.raises(Prerequisite, match=r"^could not create an order: GET https.* -> 403 .*no"):
        refused.shop.new_order(ANN)
    silent = bench("documented", {"message": "made"})
    with pytest.raises(UnreadableAnswer, match=r"^create order names no order_id: 200 .*made"):
        silent.shop.new_order(ANN)
    gone = bench("documented", {"order_id": 5}, (404, {}))
    with pytest.raises(Prerequisite, match=r"^could not read order 5: "):
        gone.shop.new_order(ANN)
    other = bench("documented", {"order_id": 5}, shown(6))
    with pytest.raises(UnreadableAnswer, match=r"^order 5 was asked for, order 6 came$"):
        other.shop.new_order(ANN)


def test_a_paid_order_is_paid_and_read_back() -> None:
    made = bench("documented", {"order_id": 5}, shown(), {}, shown(note="paid"))

    assert made.shop.paid_order(ANN, [Line(PHYSICAL)], note="x").text("note") == "paid"
    assert paths(made) == [
        ("POST", "/orders"),
        ("GET", "/orders/5"),
        ("POST", "/orders/5/mark-as-paid"),
        ("GET", "/orders/5"),
    ]
    sent = made.client.sent[0].more["json"]
    assert (sent["note"], sent["order_items"][0]["object_id"]) == ("x", 222)
    assert "user_tz" not in sent


def test_once_a_buyer_was_kept_an_order_is_read_only_when_it_is_paid() -> None:
    made = bench("documented", {"order_id": 5}, shown(), {"order_id": 6}, {}, shown(6, note="paid"))
    made.shop.new_order(ANN)

    assert made.shop.paid_order(ANN).text("note") == "paid"
    assert paths(made)[2:] == [
        ("POST", "/orders"),
        ("POST", "/orders/6/mark-as-paid"),
        ("GET", "/orders/6"),
    ]


def test_a_payment_that_wants_a_time_zone_gets_one_on_another_order() -> None:
    made = bench(
        "documented", {"order_id": 5}, shown(), (500, {}), {},
        {"order_id": 6}, {}, shown(6),
    )  # fmt: skip

    assert made.shop.paid_order(ANN, [Line(PHYSICAL)], note="x").id == 6
    again = made.client.sent[4].more["json"]
    assert (again["user_tz"], again["note"]) == ("UTC", "x")
    assert again["order_items"][0]["object_id"] == 222
    assert paths(made)[3] == ("DELETE", "/orders/5")
    assert paths(made)[5] == ("POST", "/orders/6/mark-as-paid")
    assert made.notes.gone == [("order", 5)]


def test_a_payment_that_is_refused_again_ends_the_scenario() -> None:
    answers: Any = ({"order_id": 5}, shown(), (500, {}))
    first = bench("documented", *answers)
    with pytest.raises(Prerequisite, match=r"^could not mark an order as paid: "):
        first.shop.paid_order(ANN, user_tz="UTC")
    assert len(first.client.sent) == 3


def test_an_order_is_taken_away_in_whichever_way_it_goes() -> None:
    at_once = bench()
    at_once.shop.take_away_order(5)
    assert paths(at_once) == [("DELETE", "/orders/5")]
    assert at_once.notes.gone == [("order", 5)]

    no = (400, {"message": "open"})
    canceled = bench("documented", no, {}, {})
    canceled.shop.take_away_order(5)
    assert canceled.client.sent[1].more["json"]["statuses"] == {"order_status": "canceled"}
    assert canceled.notes.gone == [("order", 5)]
    assert len(canceled.client.sent) == 3

    bulk = bench("documented", no, {}, no, {}, (404, {}))
    bulk.shop.take_away_order(5)
    sent = bulk.client.sent
    assert sent[1].path == "/orders/5/statuses"
    assert sent[3].more["json"] == {"action": "delete_orders", "order_ids": [5]}
    assert (sent[4].method, sent[4].path) == ("GET", "/orders/5")
    assert bulk.notes.gone == [("order", 5)]

    stays = bench("documented", no, {}, no, {}, {})
    with pytest.raises(Prerequisite, match=r"^an order cannot be deleted: .*400.*open"):
        stays.shop.take_away_order(5)
    assert stays.notes.gone == []


def test_a_refused_delete_is_not_noted() -> None:
    made = bench("documented", (400, {}))
    made.shop.delete_order(5)
    assert made.notes.gone == []


def page(*ids: int, **changes: Any) -> dict[str, Any]:
    rows = [{"id": one} for one in ids]
    figures = {"current_page": 1, "per_page": "2", "total": 5, "last_page": 3}
    return {"orders": {"data": rows, **figures, **changes}}


def test_a_page_of_orders_is_read() -> None:
    made = bench("documented", page(4, 5))

    found = made.shop.orders({"page": 1})

    assert found.ids == [4, 5]
    assert (found.current_page, found.per_page, found.total, found.last_page) == (1, 2, 5, 3)
    assert repr(found) == "page 1 of 3 with 2 rows"
    assert made.client.last.more == {"query": {"page": 1}}


@pytest.mark.parametrize("name", ["current_page", "per_page", "total", "last_page"])
def test_a_page_without_a_figure_says_which(name: str) -> None:
    made = bench("documented", page(4, **{name: None}))

    with pytest.raises(UnreadableAnswer, match=f"^orders.{name} is None, not an integer$"):
        made.shop.orders()


def test_a_list_that_is_refused_ends_the_scenario() -> None:
    with pytest.raises(Prerequisite, match=r"^could not list the orders: "):
        bench("documented", (403, {})).shop.orders()


def test_an_order_is_looked_up_in_the_list() -> None:
    made = bench("documented", page(4, 5), page(4))

    found = made.shop.listed(5)
    assert found is not None
    assert found.id == 5
    assert made.client.last.more == {"query": {"search": "id = 5"}}
    assert made.shop.listed(5) is None


def test_an_order_is_read_again() -> None:
    made = bench("documented", shown(), shown(note="later"))
    order = made.shop.order(5)
    assert made.shop.order_after(order).text("note") == "later"

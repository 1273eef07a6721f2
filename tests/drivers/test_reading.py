"""Reading answers: the same facts from each profile's spelling."""

from __future__ import annotations

from typing import Any

import pytest

from fluentcart_conformance.drivers.core import Prerequisite
from fluentcart_conformance.drivers.records import Customer
from fluentcart_conformance.drivers.shop import Shop
from fluentcart_conformance.drivers.values import UnreadableAnswer

from .fake import answer, bench

PLUGIN = "fluentcart-1.3"
BOTH = ("documented", PLUGIN)


def data(**members: Any) -> dict[str, Any]:
    return {"success": True, "data": members}


def paged(name: str, *rows: Any, **changes: Any) -> dict[str, Any]:
    figures = {"current_page": 2, "per_page": 10, "total": "12", "last_page": 2, **changes}
    return {name: {"data": list(rows), **figures}}


def listed(*rows: Any, **changes: Any) -> dict[str, Any]:
    figures = {"current_page": 2, "per_page": 10, "total": 12, "total_pages": 2, **changes}
    return data(customers=list(rows), pagination=figures)


@pytest.mark.parametrize(
    ("profile", "body"),
    [
        ("documented", data(customer={"id": 7})),
        ("documented", {"customer": {"id": "7"}}),
        (PLUGIN, {"customer": {"id": 7}}),
        (PLUGIN, {"message": "saved", "data": {"id": "7"}}),
    ],
)
def test_a_customer_is_found_in_each_envelope(profile: str, body: Any) -> None:
    made = bench(profile, body)
    assert made.shop.customer(7).id == 7
    assert made.client.last.path == "/customers/7"


def test_a_customer_who_is_another_or_gone_is_none() -> None:
    with pytest.raises(UnreadableAnswer, match=r"^customer 7 was asked for, customer 8 came$"):
        bench("documented", data(customer={"id": 8})).shop.customer(7)
    with pytest.raises(Prerequisite, match=r"^could not read customer 7: "):
        bench("documented", (404, {})).shop.customer(7)


@pytest.mark.parametrize(
    ("profile", "body"),
    [
        ("documented", listed({"id": 3}, {"id": 4})),
        (PLUGIN, paged("customers", {"id": 3}, {"id": 4})),
    ],
)
def test_a_page_of_customers_is_found(profile: str, body: Any) -> None:
    made = bench(profile, body)

    page = made.shop.customers({"page": 2})

    assert page.ids == [3, 4]
    assert (page.current_page, page.per_page, page.total, page.last_page) == (2, 10, 12, 2)
    assert made.client.last.more == {"query": {"page": 2}}


def test_a_page_may_name_its_last_page_as_the_other_lists_do() -> None:
    body = listed({"id": 3}, last_page=5)
    del body["data"]["pagination"]["total_pages"]
    assert bench("documented", body).shop.customers().last_page == 5


@pytest.mark.parametrize("name", ["current_page", "per_page", "total", "last_page"])
def test_a_page_without_a_figure_says_which(name: str) -> None:
    made = bench(PLUGIN, paged("customers", {"id": 3}, **{name: "x"}))
    with pytest.raises(UnreadableAnswer, match=f"^customers.{name} is 'x', not an integer$"):
        made.shop.customers()


def test_a_page_that_is_refused_ends_the_scenario() -> None:
    with pytest.raises(Prerequisite, match=r"^could not list the customers: "):
        bench("documented", (403, {})).shop.customers()
    with pytest.raises(Prerequisite, match=r"^could not list a customer's orders: "):
        bench("documented", (403, {})).shop.orders_of(7)
    with pytest.raises(Prerequisite, match=r"^could not list a customer's addresses: "):
        bench("documented", (403, {})).shop.addresses(7)
    with pytest.raises(Prerequisite, match=r"^could not read a customer's figures: "):
        bench("documented", (403, {})).shop.figures(7)
    with pytest.raises(Prerequisite, match=r"^could not list the attachable users: "):
        bench("documented", (403, {})).shop.attachable_ids()
    with pytest.raises(Prerequisite, match=r"^could not create a customer: "):
        bench("documented", (403, {})).shop.new_customer()
    with pytest.raises(Prerequisite, match=r"^could not create an address: "):
        bench("documented", (403, {})).shop.new_address(Customer({"id": 7}))


@pytest.mark.parametrize(
    ("profile", "body", "query"),
    [
        ("documented", data(orders=[{"id": 3}]), None),
        (PLUGIN, paged("orders", {"id": 3}), {"per_page": 100}),
    ],
)
def test_the_orders_of_a_customer_are_found(profile: str, body: Any, query: Any) -> None:
    made = bench(profile, body)

    assert [one.id for one in made.shop.orders_of(7)] == [3]
    assert made.client.last.path == "/customers/7/orders"
    assert made.client.last.more == {"query": query}


@pytest.mark.parametrize(
    ("profile", "body"),
    [
        ("documented", data(addresses=[{"id": 3, "type": "billing"}, 4, {"id": 5, "type": "x"}])),
        (PLUGIN, {"addresses": [{"id": 3, "type": "billing"}, 4, {"id": 5, "type": "x"}]}),
    ],
)
def test_addresses_are_found_by_type(profile: str, body: Any) -> None:
    made = bench(profile, body, body)

    assert [one.id for one in made.shop.addresses(7)] == [3, 5]
    assert [one.id for one in made.shop.addresses(7, "billing")] == [3]
    assert made.client.last.path == "/customers/7/address"


@pytest.mark.parametrize(
    ("profile", "body"),
    [("documented", data(address={"id": 3})), (PLUGIN, {"message": "ok", "data": {"id": "3"}})],
)
def test_a_new_address_is_found(profile: str, body: Any) -> None:
    made = bench(profile, body)

    assert made.shop.new_address(Customer({"id": 7}), "shipping", city="Rome").id == 3
    sent = made.client.last.more["json"]
    assert (sent["type"], sent["city"]) == ("shipping", "Rome")


@pytest.mark.parametrize(
    ("profile", "body"),
    [
        ("documented", data(users=[{"id": "3"}, {"ID": 4}])),
        (PLUGIN, {"users": [{"ID": 3}, {"ID": "4"}]}),
    ],
)
def test_users_are_found_by_either_name_of_their_id(profile: str, body: Any) -> None:
    assert bench(profile, body).shop.attachable_ids() == [3, 4]


def test_documented_figures_come_from_the_statistics() -> None:
    stats = {
        "order_count": 3,
        "total_spent": "7000",
        "average_order_value": 2333,
        "first_order_date": "2025-01-01T00:00:00Z",
        "last_order_date": None,
    }
    made = bench("documented", data(stats=stats))

    found = made.shop.figures(7)

    assert made.client.last.path == "/customers/get-stats/7"
    assert (found.order_count, found.total_spent, found.average_order_value) == (3, 7000, 2333)
    assert (found.first_order_date, found.last_order_date) == ("2025-01-01T00:00:00Z", "")


def test_the_plugins_figures_come_from_the_customer() -> None:
    record = {
        "id": 7,
        "purchase_count": "3",
        "ltv": "7000",
        "aov": "2332.5",
        "first_purchase_date": "2025-01-01 00:00:00",
        "last_purchase_date": "2025-02-01 00:00:00",
    }
    made = bench(
        PLUGIN, {"customer": record}, {"customer": {**record, "aov": ""}}, {"customer": {}}
    )

    found = made.shop.figures(7)
    assert made.client.last.path == "/customers/7"
    assert (found.order_count, found.total_spent, found.average_order_value) == (3, 7000, 2333)
    assert found.first_order_date == "2025-01-01 00:00:00"
    assert found.last_order_date == "2025-02-01 00:00:00"
    assert made.shop.figures(7).average_order_value is None
    none = made.shop.figures(7)
    assert (none.order_count, none.total_spent, none.average_order_value) == (0, 0, None)


def test_the_figures_of_a_record_have_names_of_their_own() -> None:
    documented = Customer({"total_spent": 7000, "order_count": 3})
    assert bench().shop.wire.record_figures(documented) == (3, 7000)
    plugin = Customer({"ltv": "7000", "purchase_count": "3"})
    assert bench(PLUGIN).shop.wire.record_figures(plugin) == (3, 7000)


def test_shipping_methods_are_two_lists() -> None:
    said = answer({"shipping_methods": [1], "other_shipping_methods": [2, 3]})
    assert bench().shop.shipping_methods_in(said) == ([1], [2, 3])


def test_the_transaction_of_a_new_status_is_read() -> None:
    assert bench().shop.transaction_in(answer({"transaction": {"id": "4"}})).id == 4


def test_each_profile_has_its_own_switches() -> None:
    def switches(shop: Shop) -> tuple[Any, ...]:
        wire = shop.wire
        return (
            wire.full_name_mode, wire.refund_in_cents, wire.customers_filters,
            wire.unpaid_orders_count,
        )  # fmt: skip

    assert switches(bench().shop) == (False, False, True, True)
    assert switches(bench("documented", full_name_mode=True).shop)[0] is True
    assert switches(bench("documented", refund_in_cents=True).shop)[1] is True
    assert switches(bench(PLUGIN).shop) == (True, False, False, False)
    assert switches(bench(PLUGIN, full_name_mode=False).shop)[0] is False
    assert switches(bench(PLUGIN, refund_in_cents=True).shop)[1] is True

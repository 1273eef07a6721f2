"""What each action on a customer sends, in each profile, and what is noted of it."""

from __future__ import annotations

from typing import Any

import pytest

from fluentcart_conformance.drivers.records import Address, Customer

from .fake import bench, check

RECORD = {
    "id": "7",
    "email": "ann@example.com",
    "first_name": "Ann",
    "last_name": "Lee",
    "status": "active",
    "country": "US",
    "city": "Troy",
    "state": "NY",
    "postcode": "12180",
    "notes": "kind",
    "ltv": "1",
}
ANN = Customer(RECORD)
HOME = Address(
    {
        "id": 3,
        "type": "billing",
        "name": "Ann Lee",
        "email": "ann@example.com",
        "address_1": "1 Main St",
        "address_2": "left",
        "city": "Troy",
        "state": "NY",
        "postcode": "12180",
        "country": "US",
        "label": "Home",
        "phone": "1",
        "is_primary": "1",
    }
)
KEPT = {"status": "active", "country": "US", "city": "Troy", "state": "NY", "postcode": "12180"}
WHOLE = {"id": 7, "email": "ann@example.com", **KEPT, "notes": "kind", "full_name": "Ann Lee"}
HOME_KEPT = {key: value for key, value in HOME.raw.items() if key != "is_primary"}
HOME_LEAST = {k: v for k, v in HOME_KEPT.items() if k not in ("address_2", "postcode", "phone")}
ADDRESS = {
    "first_name": "Ann",
    "last_name": "Example",
    "address_1": "1 Main St",
    "city": "New York",
    "state": "NY",
    "postcode": "10001",
    "country": "US",
}
NAMED = {k: v for k, v in ADDRESS.items() if k not in ("first_name", "last_name")}
PLUGIN_ADDRESS = {"name": "Ann Example", "email": "ann@example.com", "label": "Home", **NAMED}


REQUESTS: list[tuple[Any, ...]] = [
    ("get", lambda s: s.get_customer(7), "GET", "/customers/7", None, None),
    ("stats", lambda s: s.customer_stats(7), "GET", "/customers/get-stats/7", None, None),
    ("users", lambda s: s.attachable_users(), "GET", "/customers/attachable-user", None, None),
    ("detach", lambda s: s.detach_user(7), "POST", "/customers/7/detach-user", {}, {}),
    (
        "info", lambda s: s.update_additional_info(7, labels=[1]),
        "PUT", "/customers/7/additional-info", {"labels": [1]}, {"labels": [1]},
    ),
    (
        "create", lambda s: s.create_customer("a@b.example", status="active"),
        "POST", "/customers",
        {"email": "a@b.example", "first_name": "Ann", "last_name": "Example", "status": "active"},
        {"email": "a@b.example", "full_name": "Ann Example", "status": "active"},
    ),
    (
        "create without a last name", lambda s: s.create_customer("a@b.example", "Bo", ""),
        "POST", "/customers",
        {"email": "a@b.example", "first_name": "Bo", "last_name": ""},
        {"email": "a@b.example", "full_name": "Bo"},
    ),
    (
        "update", lambda s: s.update_customer(ANN, last_name="Poe"), "PUT", "/customers/7",
        {"last_name": "Poe"}, {**WHOLE, "full_name": "Ann Poe", "last_name": "Poe"},
    ),
    (
        "update the rest", lambda s: s.update_customer(ANN, first_name="Eve", city="Rome"),
        "PUT", "/customers/7", {"first_name": "Eve", "city": "Rome"},
        {**WHOLE, "full_name": "Eve Lee", "first_name": "Eve", "city": "Rome"},
    ),
    (
        "update alone", lambda s: s.update_customer_alone(ANN, notes="n"), "PUT", "/customers/7",
        {"notes": "n"},
        {"id": 7, "email": "ann@example.com", "full_name": "Ann Lee", "notes": "n"},
    ),
    (
        "create address", lambda s: s.create_address(ANN), "POST", "/customers/7/address",
        {"type": "billing", **ADDRESS}, {"type": "billing", **PLUGIN_ADDRESS},
    ),
    (
        "create another", lambda s: s.create_address(ANN, "shipping", city="Rome", last_name=""),
        "POST", "/customers/7/address",
        {"type": "shipping", **ADDRESS, "city": "Rome", "last_name": ""},
        {"type": "shipping", **PLUGIN_ADDRESS, "city": "Rome", "name": "Ann"},
    ),
    (
        "update address", lambda s: s.update_address(7, HOME, city="Rome"),
        "PUT", "/customers/7/address", {"address_id": 3, "city": "Rome"},
        {**HOME_KEPT, "city": "Rome"},
    ),
    (
        "rename address", lambda s: s.update_address(7, HOME, first_name="Eve", last_name="Poe"),
        "PUT", "/customers/7/address",
        {"address_id": 3, "first_name": "Eve", "last_name": "Poe"},
        {**HOME_KEPT, "name": "Eve Poe"},
    ),
    (
        "half a name", lambda s: s.update_address(7, HOME, last_name="Poe"),
        "PUT", "/customers/7/address", {"address_id": 3, "last_name": "Poe"},
        {**HOME_KEPT, "name": "Poe"},
    ),
    (
        "the other half", lambda s: s.update_address(7, HOME, first_name="Eve"),
        "PUT", "/customers/7/address", {"address_id": 3, "first_name": "Eve"},
        {**HOME_KEPT, "name": "Eve"},
    ),
    (
        "update address alone", lambda s: s.update_address_alone(7, HOME, phone="2"),
        "PUT", "/customers/7/address", {"address_id": 3, "phone": "2"},
        {**HOME_LEAST, "phone": "2"},
    ),
    (
        "delete address", lambda s: s.delete_address(7, 3), "DELETE", "/customers/7/address",
        {"address_id": 3}, {"address": {"id": 3}},
    ),
    (
        "primary", lambda s: s.make_primary(7, 3, "shipping"),
        "POST", "/customers/7/address/make-primary",
        {"address_id": 3}, {"addressId": 3, "type": "shipping"},
    ),
    (
        "primary of the first type", lambda s: s.make_primary(7, 3),
        "POST", "/customers/7/address/make-primary",
        {"address_id": 3}, {"addressId": 3, "type": "billing"},
    ),
    (
        "attach", lambda s: s.attach_user(7, 12), "POST", "/customers/7/attachable-user",
        {"user_id": 12}, {"user_id": "12"},
    ),
    (
        "bulk status", lambda s: s.set_customers_status((7, 8), "inactive"),
        "POST", "/customers/do-bulk-action",
        {"action": "update_status", "customer_ids": [7, 8], "data": {"status": "inactive"}},
        {
            "action": "change_customer_status",
            "customer_ids": [7, 8],
            "new_status": "inactive",
        },
    ),
    (
        "bulk delete", lambda s: s.delete_customers((7, 8)), "POST", "/customers/do-bulk-action",
        {"action": "delete", "customer_ids": [7, 8]},
        {"action": "delete_customers", "customer_ids": [7, 8]},
    ),
]  # fmt: skip


@pytest.mark.parametrize("profile", ["documented", "fluentcart-1.3", "fluentcart-1.5"])
@pytest.mark.parametrize(
    ("act", "method", "path", "bodies"),
    [pytest.param(*row[1:4], row[4:], id=row[0]) for row in REQUESTS],
)
def test_an_action_is_one_request(
    profile: str, act: Any, method: str, path: str, bodies: tuple[Any, Any]
) -> None:
    body = bodies[profile != "documented"]
    check(bench(profile).sent_by(act), method, path, body)


def test_lists_are_asked_for_as_the_scenario_says() -> None:
    made = bench()

    check(made.sent_by(lambda s: s.list_customers()), "GET", "/customers", query=None)
    sent = made.sent_by(lambda s: s.list_customers({"page": 2}))
    check(sent, "GET", "/customers", query={"page": 2})
    sent = made.sent_by(lambda s: s.customer_orders(7, {"page": 2}))
    check(sent, "GET", "/customers/7/orders", query={"page": 2})
    sent = made.sent_by(lambda s: s.get_addresses(7, {"type": "billing"}))
    check(sent, "GET", "/customers/7/address", query={"type": "billing"})


@pytest.mark.parametrize(
    ("profile", "names"),
    [("documented", ("order_by", "order_type")), ("fluentcart-1.3", ("sort_by", "sort_type"))],
)
def test_sorting_has_the_profiles_names(profile: str, names: tuple[str, str]) -> None:
    sent = bench(profile).sent_by(lambda s: s.sorted_customers("id", "desc", page=2))

    check(sent, "GET", "/customers", query={names[0]: "id", names[1]: "DESC", "page": 2})


def test_one_name_is_asked_for_where_the_shop_keeps_one() -> None:
    made = bench("documented", full_name_mode=True)

    sent = made.sent_by(lambda s: s.create_customer("a@b.example", "Bo", "Poe"))
    assert sent.more["json"] == {"email": "a@b.example", "full_name": "Bo Poe"}
    sent = made.sent_by(lambda s: s.update_customer(ANN, last_name="Poe", city="Rome"))
    assert sent.more["json"] == {"full_name": "Ann Poe", "city": "Rome"}
    sent = made.sent_by(lambda s: s.update_customer(ANN, first_name="", city="Rome"))
    assert sent.more["json"] == {"full_name": "Lee", "city": "Rome"}
    sent = made.sent_by(lambda s: s.update_customer(ANN, city="Rome"))
    assert sent.more["json"] == {"city": "Rome"}
    sent = made.sent_by(lambda s: s.update_customer_alone(ANN, last_name="Poe"))
    assert sent.more["json"] == {"full_name": "Ann Poe"}
    two = bench("fluentcart-1.3", full_name_mode=False)
    sent = two.sent_by(lambda s: s.create_customer("a@b.example", "Bo", "Poe"))
    assert sent.more["json"] == {"email": "a@b.example", "first_name": "Bo", "last_name": "Poe"}


def test_another_identity_sends_in_its_own_name() -> None:
    made = bench()

    made.shop.as_("low").get_customer(7)
    made.shop.send("get_customer", 8, identity="none", headers={"a": "b"})

    assert [one.identity for one in made.client.sent] == ["low", "none"]
    assert made.client.last.more == {"headers": {"a": "b"}}
    assert made.shop.identity == "admin"


@pytest.mark.parametrize(
    ("profile", "answer"),
    [
        ("documented", {"success": True, "data": {"customer": {"id": 88}}}),
        ("fluentcart-1.3", {"message": "made", "data": {"id": "88"}}),
    ],
)
def test_a_customer_who_came_of_it_is_noted(profile: str, answer: Any) -> None:
    made = bench(profile, answer, {}, (422, answer))

    for _ in range(3):
        made.shop.create_customer("a@b.example")

    assert made.notes.made == [("customer", 88)]


@pytest.mark.parametrize(
    ("profile", "answer"),
    [
        ("documented", {"success": True, "data": {"address": {"id": 33}}}),
        ("fluentcart-1.3", {"message": "made", "data": {"id": 33}}),
    ],
)
def test_an_address_is_noted_until_it_is_gone(profile: str, answer: Any) -> None:
    made = bench(profile, answer, {}, (422, answer), {}, (404, {}))

    for _ in range(3):
        made.shop.create_address(ANN)
    assert made.notes.made == [("address", 33, {"customer": 7})]
    made.shop.delete_address(7, 33)
    made.shop.delete_address(7, 34)
    assert made.notes.gone == [("address", 33)]


@pytest.mark.parametrize("profile", ["documented", "fluentcart-1.3"])
def test_deleted_customers_are_noted_as_gone(profile: str) -> None:
    made = bench(profile, {}, (422, {}), {})

    made.shop.delete_customers([7, 8])
    made.shop.delete_customers([9])
    made.shop.set_customers_status([9], "inactive")

    assert made.notes.gone == [("customer", 7), ("customer", 8)]

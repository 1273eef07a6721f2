from __future__ import annotations

from typing import Any

import pytest

from .conftest import Caller


def new(caller: Caller, email: str = "new@example.com", **more: Any) -> dict[str, Any]:
    names = {"first_name": "Zoë", "last_name": "Ångström"}
    sent = {"email": email, "full_name": "Zoë Ångström", **names, **more}
    answer = caller.post("/customers", sent)
    data = answer["data"]
    customer: dict[str, Any] = data.get("customer", data)
    return customer


def one(caller: Caller, customer_id: int) -> dict[str, Any]:
    answer = caller.get(f"/customers/{customer_id}")
    customer: dict[str, Any] = answer.get("data", answer)["customer"]
    return customer


def total(caller: Caller, **query: Any) -> int:
    answer = caller.get("/customers", params=query)
    if "data" in answer:
        return int(answer["data"]["pagination"]["total"])
    return int(answer["customers"]["total"])


def test_a_new_customer_reads_back(anywhere: Caller) -> None:
    made = new(anywhere, status="inactive")
    read = one(anywhere, made["id"])
    assert read["email"] == "new@example.com"
    assert (read["first_name"], read["last_name"]) == ("Zoë", "Ångström")
    assert read["status"] == "inactive"
    assert total(anywhere) == 28


def test_the_documented_record(documented: Caller) -> None:
    info = {"company": "Example Corp", "notes": "VIP"}
    made = new(documented, phone="+1234567890", additional_info=info)
    read = one(documented, made["id"])
    assert read["phone"] == "+1234567890"
    assert read["additional_info"] == info
    assert read["total_spent"] == 0
    assert read["order_count"] == 0
    assert read["addresses"] == []
    assert read["created_at"].endswith("Z")
    assert read["user_id"] is None


def test_the_plugin_record(plugin: Caller) -> None:
    read = one(plugin, 1)
    assert read["purchase_count"] == "2"
    assert read["ltv"] == "54880"
    assert read["aov"] == "27440.00"
    assert read["purchase_value"] == []
    assert read["created_at"] == "2025-01-06T09:00:00+00:00"
    assert read["first_purchase_date"] == "2025-03-03 10:30:00"
    assert read["formatted_address"]["country"] == "United States (US)"
    assert read["selected_labels"] == []
    assert "phone" not in read


@pytest.mark.parametrize(
    "bad",
    [
        {"email": "nope"},
        {"email": "a b@example.com"},
        {"email": ""},
        {"email": None},
        {"email": 5},
        {"email": ["x@example.com"]},
        {"email": "a" * 250 + "@example.com"},
        {"email": "john.doe@example.org"},
        {"email": "JOHN.DOE@EXAMPLE.ORG"},
        {"first_name": "", "full_name": ""},
        {"first_name": None, "full_name": None},
        {"first_name": "x" * 256, "full_name": "x" * 256},
        {"first_name": 5, "full_name": 5},
        {"status": "bogus"},
        {"user_id": 999999},
        {"user_id": "-4"},
        {"additional_info": "text"},
    ],
)
def test_a_bad_customer_is_refused_and_leaves_nothing(
    anywhere: Caller, bad: dict[str, Any]
) -> None:
    sent = {"email": "bad@example.com", "first_name": "A", "full_name": "A", **bad}
    answer = anywhere.post("/customers", sent, 422)
    assert total(anywhere) == 27
    if "success" in answer:
        email_wrong = isinstance(bad.get("email"), str) and 0 < len(bad["email"]) < 255
        code = "invalid_email" if email_wrong else answer["error"]["code"]
        assert answer["success"] is False
        assert answer["error"]["code"] == code
        assert answer["error"]["code"] in ("invalid_email", "validation_error", "invalid_user")


def test_names_of_255_are_kept(anywhere: Caller) -> None:
    made = new(anywhere, first_name="x" * 255, last_name="", full_name="x" * 255)
    assert one(anywhere, made["id"])["first_name"] == "x" * 255


def test_the_name_asked_for_depends_on_the_mode(documented: Caller, plugin: Caller) -> None:
    documented.post("/customers", {"email": "a@example.com", "full_name": "Only"}, 422)
    plugin.post("/customers", {"email": "a@example.com", "first_name": "Only"}, 422)
    documented.store.database.set_setting("full_name_mode", "yes")
    documented.post("/customers", {"email": "a@example.com", "full_name": "Only Now"})
    documented.post("/customers", {"email": "b@example.com", "first_name": "Only"}, 422)


def test_an_update_keeps_what_is_not_sent(anywhere: Caller) -> None:
    before = one(anywhere, 1)
    sent = {"first_name": "Johnny", "full_name": "Johnny Doe"}
    anywhere.put("/customers/1", sent)
    after = one(anywhere, 1)
    changed = {name for name in after if after[name] != before[name]}
    assert changed - {"updated_at", "full_name", "formatted_address"} == {"first_name"}


def test_an_update_goes_by_the_path(anywhere: Caller) -> None:
    taken = {"id": 2, "email": "jane.smith@example.org", "first_name": "H", "full_name": "H"}
    anywhere.put("/customers/1", taken, 422)
    assert one(anywhere, 1)["email"] == "john.doe@example.org"
    own = {"email": "john.doe@example.org", "first_name": "H", "full_name": "H"}
    anywhere.put("/customers/1", own)
    assert one(anywhere, 1)["first_name"] == "H"
    anywhere.put("/customers/1", {"status": "bogus"}, 422)
    anywhere.put("/customers/1", {"email": "nope"}, 422)
    anywhere.put("/customers/1", {"email": ""}, 422)


def test_additional_info_is_merged(documented: Caller) -> None:
    path = "/customers/2/additional-info"
    documented.put(path, {"company": "Corp", "custom_field_1": "one"})
    answer = documented.put(path, {"notes": "n"})
    info = {"company": "Corp", "custom_field_1": "one", "notes": "n"}
    assert answer["data"]["customer"]["additional_info"] == info
    assert one(documented, 2)["additional_info"] == info
    assert documented.put(path, {}, 422)["error"]["code"] == "validation_error"


def test_the_plugin_keeps_labels(plugin: Caller) -> None:
    path = "/customers/2/additional-info"
    assert plugin.put(path, {"labels": [2, "1"]})["data"] is True
    assert one(plugin, 2)["selected_labels"] == [2, 1]
    plugin.put(path, {"labels": []})
    assert one(plugin, 2)["labels"] == []
    plugin.put(path, {"labels": [999]}, 422)
    plugin.put(path, {"labels": "abc"}, 422)
    plugin.put(path, {"notes": "x"}, 400)


def test_stats_follow_the_orders(documented: Caller) -> None:
    database = documented.store.database
    paid = "SELECT coalesce(sum(total_paid - total_refund), 0) FROM orders WHERE customer_id = ?"
    count = "SELECT count(*) FROM orders WHERE customer_id = ?"
    for customer_id in (1, 2, 3, 6, 9, 27):
        stats = documented.get(f"/customers/get-stats/{customer_id}")["data"]["stats"]
        spent, orders = database.value(paid, (customer_id,)), database.value(count, (customer_id,))
        assert (stats["total_spent"], stats["order_count"]) == (spent, orders)
        average = int(spent / orders + 0.5) if orders else 0
        assert stats["average_order_value"] == average
        assert (stats["last_order_date"] is None) == (orders == 0)
    database.run("UPDATE orders SET customer_id = 27 WHERE customer_id = 1")
    assert one(documented, 1)["order_count"] == 0
    assert one(documented, 27)["total_spent"] == 54880
    database.run("DELETE FROM orders WHERE customer_id = 27")
    assert one(documented, 27)["order_count"] == 0


def test_the_orders_of_a_customer(documented: Caller, plugin: Caller) -> None:
    orders = documented.get("/customers/1/orders")["data"]["orders"]
    assert [order["id"] for order in orders] == [1, 2]
    assert orders[0]["total_amount"] == 2500
    page = plugin.get("/customers/1/orders", params={"per_page": 1})["orders"]
    assert (page["total"], page["last_page"], page["per_page"]) == (2, 2, 1)
    assert page["data"][0]["total_paid"] == "52380"


def test_bulk_as_documented(documented: Caller) -> None:
    sent: dict[str, Any] = {"action": "update_status", "customer_ids": [1, 2, 999, 2]}
    sent["data"] = {"status": "inactive"}
    data = documented.post("/customers/do-bulk-action", sent)["data"]
    assert (data["processed"], data["failed"]) == (2, 1)
    assert [r["customer_id"] for r in data["results"]] == [1, 2, 999]
    assert one(documented, 1)["status"] == one(documented, 2)["status"] == "inactive"
    sent = {"action": "export", "customer_ids": [1]}
    assert documented.post("/customers/do-bulk-action", sent)["data"]["processed"] == 1


def test_bulk_as_the_plugin_does(plugin: Caller) -> None:
    sent: dict[str, Any] = {"action": "change_customer_status", "customer_ids": [1, "2", 999]}
    sent["new_status"] = "inactive"
    plugin.post("/customers/do-bulk-action", sent)
    assert one(plugin, 2)["status"] == "inactive"
    sent = {"action": "delete_customers", "customer_ids": [999]}
    plugin.post("/customers/do-bulk-action", sent, 400)


@pytest.mark.parametrize(
    "change",
    [
        {"action": "explode"},
        {"action": None},
        {"action": ["delete"]},
        {"customer_ids": []},
        {"customer_ids": None},
        {"customer_ids": "1"},
        {"customer_ids": ["abc"]},
        {"customer_ids": [[1]]},
        {"data": {}},
        {"data": {"status": "bogus"}},
        {"data": {"status": ["active"]}},
        {"data": "inactive"},
    ],
)
def test_a_bad_bulk_action_is_refused(documented: Caller, change: dict[str, Any]) -> None:
    good = {"action": "update_status", "customer_ids": [1], "data": {"status": "inactive"}}
    answer = documented.post("/customers/do-bulk-action", {**good, **change}, 422)
    assert answer["error"]["code"] == "validation_error"
    assert one(documented, 1)["status"] == "active"


def test_deleting_customers_leaves_no_orphan(anywhere: Caller) -> None:
    documented = anywhere.store.profile.is_documented
    action = "delete" if documented else "delete_customers"
    anywhere.post("/customers/do-bulk-action", {"action": action, "customer_ids": [1, 9]})
    anywhere.get("/customers/1", 404)
    database = anywhere.store.database
    assert database.value("SELECT count(*) FROM orders WHERE customer_id IN (1, 9)") == 0
    for table in ("order_items", "order_transactions", "order_addresses", "order_operations"):
        sql = f"SELECT count(*) FROM {table} WHERE order_id NOT IN (SELECT id FROM orders)"  # noqa: S608
        assert database.value(sql) == 0
    sql = "SELECT count(*) FROM activities WHERE module_id NOT IN (SELECT id FROM orders)"
    assert database.value(sql) == 0
    assert database.value("SELECT count(*) FROM customer_addresses WHERE customer_id = 1") == 0


def test_users_are_attached_once(documented: Caller) -> None:
    free = {user["id"] for user in documented.get("/customers/attachable-user")["data"]["users"]}
    assert {1, 2, 3, 4, 5, 6} == free
    answer = documented.post("/customers/1/attachable-user", {"user_id": 4})
    assert answer["data"]["customer"]["user_id"] == 4
    documented.post("/customers/2/attachable-user", {"user_id": 4}, 422)
    documented.post("/customers/1/attachable-user", {"user_id": 4}, 422)
    for bad in (999, -4, "-5", 0, None, "abc", [5], 5.5, True):
        documented.post("/customers/2/attachable-user", {"user_id": bad}, 422)
    assert one(documented, 2)["user_id"] is None
    listed = documented.get("/customers/attachable-user")["data"]["users"]
    assert 4 not in {user["id"] for user in listed}
    documented.post("/customers/1/detach-user")
    assert documented.post("/customers/1/detach-user")["data"]["customer"]["user_id"] is None
    assert one(documented, 1)["user_id"] is None
    documented.post("/customers/999999/attachable-user", {"user_id": 4}, 404)
    documented.post("/customers/999999/detach-user", {}, 404)


def test_users_in_the_plugins_form(plugin: Caller) -> None:
    assert set(plugin.get("/customers/attachable-user")["users"][0]) == {
        "ID",
        "display_name",
        "user_email",
    }
    plugin.post("/customers/1/attachable-user", {"user_id": 4}, 422)
    plugin.post("/customers/1/attachable-user", {"user_id": "4"})
    assert one(plugin, 1)["user_id"] == "4"
    plugin.post("/customers/2/attachable-user", {"user_id": "4"}, 422)
    plugin.post("/customers/2/attachable-user", {"user_id": "-5"}, 422)
    plugin.post("/customers/1/detach-user")
    assert one(plugin, 1)["user_id"] in (None, "0")

"""Faults of a customer's details, figures, orders and WordPress user."""

from __future__ import annotations

from fluentcart_conformance.store.faults import alter, deeds, kit
from fluentcart_conformance.store.faults.customers_parts import (
    ATTACH,
    DETACH,
    GET,
    USERS,
    free_user,
    positive_user,
    taken_away,
)
from fluentcart_conformance.store.faults.kit import after, record, sent, sql
from fluentcart_conformance.store.faults.model import Change, Room
from fluentcart_conformance.store.faults.records import Json, records, rows

room = Room("customers")
add = room.add

STATS, ORDERS = "get_customer_stats", "get_customer_orders"
# In the plugin's profiles the figures stand in the record.
_FIGURES = (STATS, GET)
_SPENT, _COUNT = ("total_spent", "ltv"), ("order_count", "purchase_count")
_AVERAGE = ("average_order_value", "aov")
_FIRST, _LAST = ("first_order_date", "first_purchase_date"), ("last_order_date",
                                                              "last_purchase_date")  # fmt: skip


def figure(change: object, *operations: str) -> Change:
    """Change the figures of a customer, wherever the profile has them."""
    return kit.body(operations or _FIGURES, lambda whole: [
        change(one) for one in records(whole, "figures")])  # type: ignore[operator]  # fmt: skip


def _both(one: Json, first: tuple[str, ...], second: tuple[str, ...]) -> None:
    here = next((name for name in first if name in one), None)
    there = next((name for name in second if name in one), None)
    if here and there:
        one[here], one[there] = one[there], one[here]


# fmt: off
add("customer-another", "CUS-GET-ID", "wrong object",
    "The customer before the one asked for is shown.", deeds.elsewhere(GET, "customers"))
add("customer-unknown-200", ("CUS-GET-UNKNOWN", "ERR-CUS-NOT-FOUND"), "error as success",
    "An unknown customer is an empty answer.", deeds.excuse(GET, 404))
add("customer-unknown-400", ("CUS-GET-UNKNOWN", "ERR-CUS-NOT-FOUND"), "wrong status",
    "An unknown customer is a 410.", deeds.status(GET, 404, 410))
add("customer-malformed-crashes", ("CUS-GET-MALFORMED", "ERR-CUS-MALFORMED-ID"), "server error",
    "The id 0 or a huge one ends in a 500.", kit.around(GET, lambda call, answer:
    deeds.refusal(call, 500) if not 0 < call.params["customerId"] < 2**60 else answer()))
add("customer-read-writes", ("CUS-GET-REPEATABLE", "GEN-READ-KEEPS"), "side effect",
    "Reading a customer changes the last name.",
    after(GET, sql("UPDATE customers SET last_name = last_name || '.' WHERE id = :customer")))
add("customer-addresses-lost", "CUS-GET-ADDRESSES-AGREE", "half done",
    "addresses of the details lacks the last one.",
    record("customer", GET, lambda one: one.get("addresses") and one["addresses"].pop()))
add("customer-count-off", ("CUS-GET-COUNT", "CUS-STATS-COUNT"), "off by one",
    "The number of orders is one too high.", figure(alter.bump(*_COUNT)))
add("customer-spent-off", ("CUS-GET-SPENT", "CUS-STATS-SPENT"), "off by one",
    "The amount spent is a cent too high.", figure(alter.bump(*_SPENT)))
add("customer-spent-in-units", ("CUS-GET-SPENT", "CUS-STATS-SPENT"), "unit",
    "The amount spent is in whole units.", figure(alter.in_units(*_SPENT)))
add("stats-another", ("CUS-STATS-PATH", "CUS-STATS-COUNT"), "wrong object",
    "The statistics of the customer before are shown.", deeds.elsewhere(STATS, "customers"),
    family="documented")
add("order-delete-empties-all-figures", ("CUS-STATS-PATH", "ORD-DELETE-CUSTOMER-FIGURES"),
    "wrong object", "A deleted order takes the figures of every customer away.",
    after("delete_order", sql("UPDATE customers SET total_spent = 0, order_count = 0,"
                              " purchase_count = 0")))
add("stats-average-off", "CUS-STATS-AVERAGE", "off by one", "The average is a cent too high.",
    figure(lambda one: (alter.bump("average_order_value")(one), one.update(
        aov=f"{float(one['aov']) + 1:.2f}") if "aov" in one else None)))
add("stats-average-floored", "CUS-STATS-AVERAGE", "off by one", "The average is rounded down.",
    figure(lambda one: one.update(average_order_value=one["total_spent"] // one["order_count"])
           if one.get("order_count") and "average_order_value" in one else
           one.update(aov=f"{int(float(one['aov']))}.00") if one.get("aov") else None))
add("stats-dates-swapped", ("CUS-STATS-FIRST", "CUS-STATS-LAST"), "wrong value",
    "First and last order are swapped.", figure(lambda one: _both(one, _FIRST, _LAST)))
add("stats-first-is-now", "CUS-STATS-FIRST", "wrong value",
    "The first order has the date of 2001.",
    figure(lambda one: one.update({name: "2001" + str(one[name])[4:] for name in _FIRST
                                   if one.get(name)})))
add("stats-last-is-old", "CUS-STATS-LAST", "wrong value",
    "The last order has the date of 2001.",
    figure(lambda one: one.update({name: "2001" + str(one[name])[4:] for name in _LAST
                                   if one.get(name)})))
add("stats-empty-null", "CUS-STATS-EMPTY", "wrong value",
    "Without orders the average is 1 and a date is there.",
    figure(lambda one: one.update({name: "2026-01-01T00:00:00Z" for name in (*_FIRST, *_LAST)
                                   if name in one and one[name] is None})))
add("stats-count-unpaid", "CUS-STATS-UNPAID", "rule forgotten",
    "An unpaid order adds to what was spent.",
    after("create_order", sql(
        "UPDATE customers SET total_spent = total_spent + 500 WHERE id = (SELECT customer_id FROM"
        " orders WHERE id = :order)")))
add("stats-refund-counted", "CUS-STATS-REFUND", "no effect",
    "A refund lowers the number of orders.",
    after("refund_order", sql(
        "UPDATE customers SET order_count = order_count - 1, purchase_count = purchase_count - 1"
        " WHERE id = (SELECT customer_id FROM orders WHERE id = :order)")))
add("stats-disagree", "CUS-STATS-AGREE", "stale", "The statistics tell another count.",
    record("stats", STATS, alter.bump("order_count", by=-1)))
add("stats-unknown", ("CUS-STATS-UNKNOWN", "ERR-CUS-NOT-FOUND"), "error as success",
    "An unknown customer has statistics.", deeds.excuse(STATS, 404))
add("stats-stale", ("CUS-STATS-PAID", "CUS-STATS-REFUND", "CUS-STATS-DELETE"), "stale",
    "Figures read as before, once.", deeds.stale(_FIGURES))

add("customer-orders-another", ("CUS-ORDERS-PATH", "CUS-ORDERS-OWN"), "wrong object",
    "The orders of the customer before are shown.", deeds.elsewhere(ORDERS, "customers"))
add("customer-orders-last-lost", "CUS-ORDERS-ALL", "half done", "The last order is missing.",
    deeds.listed(ORDERS, lambda found: found and found.pop()))
add("customer-orders-second-lost", "CUS-ORDERS-ALL", "second only",
    "The second order is missing.", deeds.listed(ORDERS, lambda found: found[1:] and found.pop(1)))
add("customer-orders-foreign", "CUS-ORDERS-OWN", "ownership",
    "An order of somebody else is among them.",
    kit.accepted(ORDERS, lambda given, call: rows(given.body).append(
        {**rows(given.body)[0], "id": call.shop.db.value(
            "SELECT max(id) FROM orders WHERE customer_id <> ?", (call.params["customerId"],))})
        if rows(given.body) else None))
add("customer-orders-empty-404", "CUS-ORDERS-EMPTY", "wrong status",
    "A customer without orders is a 404.",
    kit.accepted(ORDERS, lambda given, call: None if rows(given.body)
                 else deeds.refusal(call, 404)))
add("customer-orders-status-differs", "CUS-ORDERS-AGREE", "wrong value",
    "payment_status is always pending.",
    record("order", ORDERS, alter.put("payment_status", "pending")))
add("customer-orders-total-off", "CUS-ORDERS-AGREE", "off by one",
    "total_amount is a cent too high.", record("order", ORDERS, alter.bump("total_amount")))
add("customer-orders-second-differs", "CUS-ORDERS-AGREE", "second only",
    "The second order has another currency.",
    record("order", ORDERS, alter.put("currency", "XPF"), slice(1, 2)))
add("customer-orders-unknown", ("CUS-ORDERS-UNKNOWN", "ERR-CUS-NOT-FOUND"), "error as success",
    "An unknown customer has no orders.",
    deeds.excuse(ORDERS, 404, {"success": True, "data": {"orders": []}, "orders": {"data": []}}))
add("customer-orders-deleted-shown", "CUS-ORDERS-DELETED", "stale",
    "A deleted order is still in the list.", deeds.stale(ORDERS))

add("users-attached-offered", "CUS-USERS-FREE", "rule forgotten",
    "Attached users are offered as well.",
    kit.service("users.attachable", lambda whole, shop: lambda: shop.db.all(
        "SELECT * FROM wp_users ORDER BY id"), USERS))
add("users-detached-lost", "CUS-USERS-BACK", "stale", "Users are offered as before.",
    deeds.stale(USERS))
add("attach-without-effect", ("CUS-ATTACH-EFFECT", "CUS-ATTACH-USER-ID"), "no effect",
    "A user is answered as attached and is not.", deeds.without_effect(ATTACH))
add("attach-another-customer", ("CUS-ATTACH-PATH", "CUS-ATTACH-EFFECT"), "wrong object",
    "The customer before the one named gets the user.", deeds.elsewhere(ATTACH, "customers"))
add("attach-another-user", "CUS-ATTACH-USER-ID", "wrong object",
    "Another user than the one named is attached.",
    after(ATTACH, sql("UPDATE customers SET user_id = (SELECT min(id) FROM wp_users WHERE id NOT IN"
                      " (SELECT user_id FROM customers WHERE user_id IS NOT NULL)) WHERE id ="
                      " :customer")))
add("attach-renames", "CUS-ATTACH-UNTOUCHED", "side effect",
    "Attaching takes over the user's name.",
    after(ATTACH, sql("UPDATE customers SET first_name = 'User', last_name = 'Name' WHERE id ="
                      " :customer")))
add("attach-missing", "CUS-ATTACH-MISSING", "error as success",
    "Without a user the answer says done.",
    deeds.excuse(ATTACH, when=lambda call: call.sent.get("user_id") in (None, "")))
add("attach-unknown-user", ("CUS-ATTACH-UNKNOWN-USER", "ERR-CUS-INVALID-USER"), "rule forgotten",
    "An unknown user stands for a free one.", sent(ATTACH, free_user))
add("attach-negative-user", "CUS-ATTACH-NONSENSE-USER", "rule forgotten",
    "A negative number is taken for its positive.", sent(ATTACH, positive_user))
add("attach-nonsense-accepted", "CUS-ATTACH-NONSENSE-USER", "error as success",
    "Nonsense is answered as attached.", deeds.excuse(ATTACH, when=lambda call: bool(
        call.sent.get("user_id")) and (alter.number(call.sent["user_id"]) or 0) <= 0))
add("attach-taken", "CUS-ATTACH-TAKEN", "rule forgotten",
    "A user of somebody else is taken over.", kit.before(ATTACH, taken_away))
add("attach-unknown-customer", ("CUS-ATTACH-UNKNOWN-CUSTOMER", "ERR-CUS-NOT-FOUND"),
    "error as success", "An unknown customer is answered as attached.", deeds.excuse(ATTACH, 404))
add("detach-without-effect", "CUS-DETACH-EFFECT", "no effect",
    "A user is answered as detached and is not.", deeds.without_effect(DETACH))
add("detach-answers-another", ("CUS-DETACH-RECORD", "CUS-DETACH-ANSWER", "CUS-DETACH-PATH"),
    "wrong object",
    "The answer speaks of another customer.",
    kit.body(DETACH, lambda whole: alter.bump("id")((whole.get("data") or {}).get("customer") or {})
             if isinstance(whole.get("data"), dict) else whole.pop("message", None)))
add("detach-nobody-crashes", "CUS-DETACH-NOBODY", "server error",
    "Detaching nobody ends in a 500.",
    kit.around(DETACH, lambda call, answer: answer() if call.shop.db.value(
        "SELECT user_id FROM customers WHERE id = ?", (call.params["customerId"],))
        or not call.shop.db.get("customers", call.params["customerId"])
        else deeds.refusal(call, 500)))
add("detach-deactivates", "CUS-DETACH-UNTOUCHED", "side effect",
    "Detaching makes the customer inactive.",
    after(DETACH, sql("UPDATE customers SET status = 'inactive', last_name = 'Gone' WHERE id ="
                      " :customer")))
add("detach-unknown-customer", ("CUS-DETACH-UNKNOWN-CUSTOMER", "ERR-CUS-NOT-FOUND"),
    "error as success", "An unknown customer is answered as detached.", deeds.excuse(DETACH, 404))
# fmt: on

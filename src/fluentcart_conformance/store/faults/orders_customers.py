"""Faults of giving an order to another customer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fluentcart_conformance.store.faults import alter, deeds, kit
from fluentcart_conformance.store.faults.kit import Call, after, sent, sql
from fluentcart_conformance.store.faults.model import Change, Room
from fluentcart_conformance.store.faults.orders_create import any_customer
from fluentcart_conformance.store.faults.records import Json

room = Room("orders")
add = room.add

CHANGE, NEW = "change_customer", "create_and_change_customer"
_NEWEST = "(SELECT max(id) FROM customers)"
_NAME = ("first_name", "full_name")


def moved(*statements: str) -> Change:
    """SQL after an order changed hands."""
    return after(CHANGE, sql(*statements))


def created(*statements: str) -> Change:
    """SQL after an order went to a customer made for it."""
    return after(NEW, sql(*statements))


def _known_customer(members: Json, call: Call) -> None:
    given = alter.number(members.get("customer_id"))
    if given and not call.shop.db.value("SELECT 1 FROM customers WHERE id = ?", (given,)):
        members["customer_id"] = any_customer(call)


def _old_ones_too(call: Call, answer: Callable[[], Any]) -> Any:
    """All orders of the old customer go along."""
    before = call.shop.db.one("SELECT * FROM orders WHERE id = :order", call.values)
    given = answer()
    if before and given.status < 400:
        now = call.shop.db.value("SELECT customer_id FROM orders WHERE id = ?", (before["id"],))
        call.shop.db.run("UPDATE orders SET customer_id = ? WHERE customer_id = ?",
                         (now, before["customer_id"]))  # fmt: skip
    return given


def _old_keeps_figures(call: Call, answer: Callable[[], Any]) -> Any:
    """The figures of the old customer do not fall."""
    query = "SELECT c.* FROM customers c JOIN orders o ON o.customer_id = c.id WHERE o.id = :order"
    before = call.shop.db.one(query, call.values)
    given = answer()
    if before and given.status < 400:
        names = ("order_count", "total_spent", "purchase_count")
        call.shop.db.update("customers", before["id"], {name: before[name] for name in names})
    return given


def _orphan(call: Call) -> None:
    email = call.sent.get("email")
    if not isinstance(email, str):
        return
    if call.shop.db.value("SELECT 1 FROM customers WHERE email = ?", (email,)):
        return
    row = {"email": email, "first_name": "Orphan", "uuid": f"orphan-{email}"}
    call.shop.db.insert("customers", row)


def _fresh_email(members: Json, call: Call) -> None:
    email = members.get("email")
    query = "SELECT 1 FROM customers WHERE email = ?"
    if isinstance(email, str) and call.shop.db.value(query, (email,)):
        members["email"] = f"again-{email}"


def _mended_email(members: Json, _: Call) -> None:
    email = members.get("email")
    if isinstance(email, str) and email and ("@" not in email or " " in email):
        members["email"] = "".join(one for one in email if one.isalnum()) + "@example.com"


def _named(members: Json, call: Call) -> None:
    needed = "first_name" if call.shop.profile.is_documented else "full_name"
    if not str(members.get(needed) or "").strip():
        members |= dict.fromkeys(_NAME, "Nobody")


def _cut_names(members: Json, _: Call) -> None:
    for name in (*_NAME, "last_name"):
        if isinstance(members.get(name), str):
            members[name] = members[name][:255]


# fmt: off
add("change-customer-without-effect", ("ORD-CHANGE-CUSTOMER-MOVED", "ORD-CHANGE-CUSTOMER-LISTS"),
    "no effect", "An order is answered as moved and is not.", deeds.without_effect(CHANGE))
add("change-customer-endpoint-202", "ORD-CHANGE-CUSTOMER-ENDPOINT", "wrong status",
    "A change of customer is answered with 202.", deeds.status(CHANGE, 200, 202))
add("change-customer-silent", "ORD-CHANGE-CUSTOMER-TEXT", "wrong value",
    "The answer says nothing.", kit.body(CHANGE, alter.put("message", "")))
add("change-customer-list-stale", "ORD-CHANGE-CUSTOMER-LISTS", "stale",
    "The orders of a customer read as before.", deeds.stale("get_customer_orders"))
add("change-customer-figures-stay", "ORD-CHANGE-CUSTOMER-STATS", "half done",
    "The figures of the old customer do not fall.", kit.around(CHANGE, _old_keeps_figures))
add("change-customer-connected-stay", "ORD-CHANGE-CUSTOMER-CONNECTED", "half done",
    "Connected orders stay with the old customer.",
    moved("UPDATE orders SET customer_id = (SELECT min(id) FROM customers) WHERE parent_id ="
          " :order OR id = (SELECT parent_id FROM orders WHERE id = :order)"))
add("change-customer-takes-all", "ORD-CHANGE-CUSTOMER-OTHERS", "wrong object",
    "All orders of the old customer go along.", kit.around(CHANGE, _old_ones_too))
add("change-customer-resets", ("ORD-CHANGE-CUSTOMER-KEEPS", "ORD-UNTOUCHED"), "side effect",
    "A change of customer drops payment and a line.",
    moved("UPDATE orders SET payment_status = 'pending', total_paid = 0, note = '' WHERE id ="
          " :order", "UPDATE order_items SET quantity = quantity + 1 WHERE order_id = :order"))
add("change-customer-missing", "ORD-CHANGE-CUSTOMER-MISSING-423", "rule forgotten",
    "Without customer_id some customer is taken.",
    deeds.filled(CHANGE, "customer_id", any_customer))
add("change-customer-missing-422", "ORD-CHANGE-CUSTOMER-MISSING-423", "wrong status",
    "Without customer_id the refusal is a 422.", deeds.status(CHANGE, 423, 422))
add("change-customer-missing-silent", "ORD-CHANGE-CUSTOMER-MISSING-TEXT", "error body",
    "The refusal says nothing.",
    kit.refused(CHANGE, lambda given, _: given.body.update(message="")))
add("change-customer-unknown", "ORD-CHANGE-CUSTOMER-UNKNOWN", "rule forgotten",
    "An unknown customer stands for some other.", sent(CHANGE, _known_customer))
add("change-customer-unknown-moves", "ORD-CHANGE-CUSTOMER-UNKNOWN", "side effect",
    "A refused change gives the order to the first customer.",
    after(CHANGE, sql("UPDATE orders SET customer_id = (SELECT min(id) FROM customers) WHERE id ="
                      " :order"), refusal=True))
add("change-customer-unknown-order", ("ORD-CHANGE-CUSTOMER-UNKNOWN-ORDER", "ERR-ID-UNKNOWN"),
    "error as success", "A change on an unknown order is answered as done.",
    deeds.excuse(CHANGE, 404, {"message": "Done."}))

add("new-customer-without-effect", ("ORD-NEW-CUSTOMER-CREATED", "ORD-NEW-CUSTOMER-MOVED"),
    "no effect", "A new customer is answered and is not there.", deeds.without_effect(NEW))
add("new-customer-endpoint-202", "ORD-NEW-CUSTOMER-ENDPOINT", "wrong status",
    "A new customer is answered with 202.", deeds.status(NEW, 200, 202))
add("new-customer-body-refused", "ORD-NEW-CUSTOMER-BODY", "refused",
    "A new customer with notes is refused.",
    deeds.refuse(NEW, lambda call: "notes" in call.sent))
add("new-customer-answer-list", "ORD-NEW-CUSTOMER-ANSWER", "wrong type",
    "The answer is a list.",
    kit.accepted(NEW, lambda given, _: setattr(given, "body", [given.body])))
add("new-customer-silent", "ORD-NEW-CUSTOMER-TEXT", "wrong value", "The answer says nothing.",
    kit.body(NEW, lambda whole: (whole.clear(), whole.update(message=" "))))
add("new-customer-names-lost", "ORD-NEW-CUSTOMER-CREATED", "wrong value",
    "The new customer has another last name.",
    created(f"UPDATE customers SET last_name = 'Unknown' WHERE id = {_NEWEST}"))
add("new-customer-details-lost", "ORD-NEW-CUSTOMER-DETAILS-KEPT", "half done",
    "Notes and postcode of the new customer are lost.",
    created(f"UPDATE customers SET notes = '', postcode = '' WHERE id = {_NEWEST}"))
add("new-customer-city-lost", "ORD-NEW-CUSTOMER-DETAILS-KEPT", "half done",
    "The city of the new customer is lost.",
    created(f"UPDATE customers SET city = '' WHERE id = {_NEWEST}"))
add("new-customer-user-lost", "ORD-NEW-CUSTOMER-USER", "no effect",
    "The WordPress user of the new customer is passed over.", deeds.unsent(NEW, "user_id"))
add("new-customer-order-stays", "ORD-NEW-CUSTOMER-MOVED", "half done",
    "The customer is made and the order goes to another.",
    created("UPDATE orders SET customer_id = (SELECT min(id) FROM customers) WHERE id = :order"))
add("new-customer-figures-stay", "ORD-NEW-CUSTOMER-STATS", "half done",
    "The figures of the old customer do not fall.", kit.around(NEW, _old_keeps_figures))
add("new-customer-resets", "ORD-NEW-CUSTOMER-KEEPS", "side effect",
    "The order's status and payment are reset.",
    created("UPDATE orders SET payment_status = 'failed', status = 'processing' WHERE id = :order",
            "UPDATE order_items SET quantity = quantity + 1 WHERE order_id = :order"))
add("new-customer-mode-wrong", "ORD-NEW-CUSTOMER-FULL-NAME", "refused",
    "The name of the other mode is required.",
    deeds.refuse(NEW, lambda call: not all(call.sent.get(name) for name in _NAME)))
add("new-customer-too-long", "ORD-NEW-CUSTOMER-MAX-LENGTH", "rule forgotten",
    "Names that are too long are cut.", sent(NEW, _cut_names))
add("new-customer-no-email", "ORD-NEW-CUSTOMER-NO-EMAIL-422", "rule forgotten",
    "Without an e-mail one is made up.",
    deeds.filled(NEW, "email", lambda call: f"made-up-{call.values['order']}@example.com"))
add("new-customer-400", ("ORD-NEW-CUSTOMER-NO-EMAIL-422", "ORD-NEW-CUSTOMER-TAKEN-422",
    "ORD-NEW-CUSTOMER-MALFORMED-422", "ORD-NEW-CUSTOMER-NO-NAME-422"), "wrong status",
    "What is missing or taken is refused with 409.", deeds.status(NEW, 422, 409))
add("new-customer-refused-silent", ("ORD-NEW-CUSTOMER-NO-EMAIL-TEXT",
    "ORD-NEW-CUSTOMER-TAKEN-TEXT", "ORD-NEW-CUSTOMER-NO-NAME-TEXT"), "error body",
    "The refusal says nothing.", kit.refused(NEW, lambda given, _: _silent(given.body))),
add("new-customer-taken", "ORD-NEW-CUSTOMER-TAKEN-422", "rule forgotten",
    "A taken e-mail is bent to a free one.", sent(NEW, _fresh_email))
add("new-customer-malformed", "ORD-NEW-CUSTOMER-MALFORMED-422", "rule forgotten",
    "A malformed e-mail is bent to a good one.", sent(NEW, _mended_email))
add("new-customer-no-name", "ORD-NEW-CUSTOMER-NO-NAME-422", "rule forgotten",
    "Without a name the customer is called Nobody.", sent(NEW, _named))
add("new-customer-refused-creates", ("ORD-NEW-CUSTOMER-REFUSED-KEEPS",
    "ORD-NEW-CUSTOMER-NO-ORPHAN", "GEN-NO-HALF-WRITE"), "half done",
    "A refused request leaves the customer behind.", after(NEW, _orphan, refusal=True))
add("new-customer-refused-moves", "ORD-NEW-CUSTOMER-REFUSED-KEEPS", "side effect",
    "A refused request gives the order to the first customer.",
    after(NEW, sql("UPDATE orders SET customer_id = (SELECT min(id) FROM customers) WHERE id ="
                   " :order"), refusal=True))
add("new-customer-unknown-order", "ORD-NEW-CUSTOMER-UNKNOWN-ORDER", "error as success",
    "An unknown order is answered as done.", deeds.excuse(NEW, (400, 404), {"message": "Done."}))
# fmt: on


def _silent(body: Json) -> None:
    """Take every sentence out of a refusal."""
    if "message" in body:
        body["message"] = ""
    for name, value in body.items():
        if isinstance(value, dict) and name != "data":
            body[name] = dict.fromkeys(value, "")

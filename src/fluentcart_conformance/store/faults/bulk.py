"""Faults of bulk actions on orders and customers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fluentcart_conformance.store.faults import deeds, kit
from fluentcart_conformance.store.faults.kit import Call, after, sent
from fluentcart_conformance.store.faults.model import Change, Room, together
from fluentcart_conformance.store.faults.records import Json
from fluentcart_conformance.store.http import Response

room = Room("bulk")
add = room.add

ORDERS, CUSTOMERS = "orders_bulk", "customers_bulk"
_ACTIONS = {
    "change_order_status": ("completed", "processing", "on-hold", "canceled"),
    "change_shipping_status": ("unshipped", "shipped", "delivered", "unshippable"),
    "change_payment_status": ("succeeded", "pending", "refunded", "failed", "authorized"),
}
_UPDATE = ("update_status", "change_customer_status")
_DELETE = ("delete", "delete_customers")


def ids(name: str, change: Callable[[list[Any], Call], list[Any]]) -> Change:
    """Act on other ids than were named."""
    operation = ORDERS if name == "order_ids" else CUSTOMERS

    def on(members: Json, call: Call) -> None:
        if isinstance(members.get(name), list):
            members[name] = change(members[name], call)

    return sent(operation, on)


def _and_neighbours(found: list[Any], call: Call, table: str) -> list[Any]:
    query = f"SELECT id FROM {table} WHERE id < ? ORDER BY id DESC LIMIT 1"
    more = [call.shop.db.value(query, (one,)) for one in found[:1] if isinstance(one, int)]
    return [*found, *[one for one in more if one and one not in found]]


def _every(statement: str, when: Callable[[Call], bool] = lambda _: True) -> Callable[[Call], None]:
    """SQL for each order named, as `:one`."""

    def run(call: Call) -> None:
        if when(call):
            for one in call.sent.get("order_ids", call.sent.get("customer_ids")) or []:
                call.shop.db.run(statement, {"one": one})

    return run


def _action(call: Call) -> Any:
    return call.sent.get("action")


def _make_up_status(members: Json, _: Call) -> None:
    words = _ACTIONS.get(str(members.get("action")))
    if words and members.get("new_status") not in words:
        members["new_status"] = words[1]


def _only_missing(members: Json, call: Call) -> None:
    if not members.get("new_status"):
        _make_up_status(members, call)


def _new_status(call: Call) -> Any:
    data = call.sent.get("data")
    return (data.get("status") if isinstance(data, dict) else None) or call.sent.get("new_status")


def _known_status(members: Json, _: Call) -> None:
    if members.get("action") in _UPDATE:
        if "new_status" in members or not isinstance(members.get("data"), dict):
            members["new_status"] = "inactive"
        members["data"] = {"status": "inactive"}


def _wrong_only(check: Callable[[Json], bool], change: Callable[[Json, Call], None]) -> Change:
    return sent(CUSTOMERS, lambda one, call: change(one, call) if check(one) else None)


def _status_missing(members: Json) -> bool:
    data = members.get("data")
    return not (members.get("new_status") or (isinstance(data, dict) and data.get("status")))


def _status_unknown(members: Json) -> bool:
    data = members.get("data")
    word = members.get("new_status") or (data.get("status") if isinstance(data, dict) else None)
    return bool(word) and word not in ("active", "inactive")


def _addresses_kept() -> Change:
    """Show the addresses that a customer had when he was deleted."""
    kept: dict[int, list[Any]] = {}

    def keep(call: Call) -> None:
        query = "SELECT * FROM customer_addresses WHERE customer_id = ?"
        found = call.sent.get("customer_ids")
        for one in found if isinstance(found, list) else []:
            if isinstance(one, int):
                kept[one] = call.shop.db.all(query, (one,))

    def show(given: Response, call: Call) -> Response | None:
        asked = call.params["customerId"]
        if given.status != 404 or asked not in kept:
            return None
        return Response(200, call.shop.wire.customers.addresses(kept[asked]))

    return together(kit.before(CUSTOMERS, keep), kit.refused("get_customer_addresses", show))


# fmt: off
add("bulk-endpoint-202", "BLK-ORD-ENDPOINT", "wrong status", "A bulk action is answered with 202.",
    deeds.status(ORDERS, 200, 202))
add("bulk-stock-refused", ("BLK-ORD-BODY", "BLK-ORD-MANAGE-STOCK"), "refused",
    "manage_stock is refused.", deeds.refuse(ORDERS, lambda call: "manage_stock" in call.sent))
add("bulk-silent", "BLK-ORD-TEXT", "wrong value", "The answer says nothing.",
    kit.body(ORDERS, deeds.put("message", "")))
add("bulk-without-action", "BLK-ORD-NO-ACTION", "rule forgotten",
    "Without an action the orders are canceled.",
    sent(ORDERS, lambda one, _: one.update(action="change_order_status", new_status="processing")
         if not one.get("action") else None))
add("bulk-unknown-action", "BLK-ORD-UNKNOWN-ACTION", "error as success",
    "An unknown action is answered as done.",
    deeds.excuse(ORDERS, (400, 422), when=lambda call: bool(_action(call)) and _action(call)
                 not in (*_ACTIONS, "delete_orders", "capture_payments")))
add("bulk-without-ids", ("BLK-ORD-NO-IDS", "BLK-ORD-EMPTY-IDS"), "error as success",
    "Without ids a bulk action is answered as done.",
    deeds.excuse(ORDERS, (400, 422), when=lambda call: not call.sent.get("order_ids")))
add("bulk-empty-ids-mean-all", "BLK-ORD-EMPTY-IDS", "wrong object",
    "An empty list of ids means the newest orders.",
    sent(ORDERS, lambda one, call: one.update(order_ids=[row["id"] for row in call.shop.db.all(
        "SELECT id FROM orders ORDER BY id DESC LIMIT 30")]) if one.get("order_ids") == []
        else None))
add("bulk-unknown-ids-done", "BLK-ORD-UNKNOWN-IDS", "error as success",
    "Unknown ids are answered as done.",
    deeds.excuse(ORDERS, (400, 404, 422, 423),
                 {"message": "Order Status has been changed for the selected orders"},
                 when=lambda call: bool(call.sent.get("order_ids"))
                 and _action(call) in (*_ACTIONS, "delete_orders")))
add("bulk-mixed-ids-half", "BLK-ORD-MIXED-IDS", "half done",
    "With an unknown id nothing is done, and the answer says done.",
    kit.around(ORDERS, lambda call, answer: _nothing_when_mixed(call, answer)))
add("bulk-duplicate-refused", "BLK-ORD-DUPLICATE-IDS", "side effect",
    "An id given twice ends the order as failed.",
    after(ORDERS, lambda call: [call.shop.db.run(
        "UPDATE orders SET status = 'failed' WHERE id = ?", (one,))
        for one in call.sent.get("order_ids", []) if call.sent["order_ids"].count(one) > 1]))
add("bulk-first-only", ("BLK-ORD-EVERY-ID", "BLK-ORD-STATUS", "BLK-ORD-DELETE"), "half done",
    "Only the first order named is acted on.", ids("order_ids", lambda found, _: found[:1]))
add("bulk-all-but-last", ("BLK-ORD-EVERY-ID",), "half done",
    "The last order named is left out.",
    ids("order_ids", lambda found, _: found[:-1] if len(found) > 1 else found))
add("bulk-neighbour-too", ("BLK-ORD-NO-OTHER", "BLK-ORD-DELETE-OTHERS"), "wrong object",
    "The order before the first one named is acted on as well.",
    ids("order_ids", lambda found, call: _and_neighbours(found, call, "orders")))
add("bulk-hides-failures", "BLK-ORD-PARTIAL-TRUTHFUL", "wrong value",
    "The answer claims success for orders that could not be changed.",
    kit.accepted(ORDERS, lambda given, _: given.body.update(
        message="Order Status has been changed for the selected orders")))
add("bulk-empties-note", ("BLK-ORD-KEEPS-REST", "GEN-UNTOUCHED"), "side effect",
    "A bulk change empties notes and changes amounts.",
    after(ORDERS, _every("UPDATE orders SET note = 'bulk', shipping_total = shipping_total + 1"
                         " WHERE id = :one")))
add("bulk-without-effect", ("BLK-ORD-STATUS", "BLK-ORD-SHIPPING-STATUS", "BLK-ORD-DELETE",
    "GEN-READ-AFTER-WRITE"), "no effect", "A bulk action is answered as done, nothing happened.",
    deeds.without_effect(ORDERS))
for _word in _ACTIONS["change_order_status"]:
    add(f"bulk-{_word}-refused", f"BLK-ORD-STATUS-{_word.upper()}", "refused",
        f"Orders cannot be set to {_word} in bulk.",
        deeds.refuse(ORDERS, deeds.sends("new_status", _word)))
add("bulk-status-invalid", ("BLK-ORD-STATUS-INVALID", "BLK-ORD-SHIPPING-STATUS-INVALID",
    "BLK-ORD-PAYMENT-STATUS-INVALID"), "rule forgotten", "An unknown word sets another status.",
    sent(ORDERS, _make_up_status))
add("bulk-status-missing", ("BLK-ORD-STATUS-MISSING", "BLK-ORD-SHIPPING-STATUS-MISSING",
    "BLK-ORD-PAYMENT-STATUS-MISSING"), "rule forgotten", "Without a status one is made up.",
    sent(ORDERS, _only_missing))
add("bulk-refused-changes", ("BLK-ORD-STATUS-INVALID", "GEN-REFUSAL-KEEPS",
    "BLK-ORD-STATUS-MISSING"), "side effect", "A refused bulk action marks the orders.",
    after(ORDERS, _every("UPDATE orders SET note = 'refused', status = 'failed' WHERE id = :one"),
          refusal=True))
add("bulk-canceled-revived", "BLK-ORD-STATUS-LOCKED", "rule forgotten",
    "A canceled order can be set to anything in bulk.",
    kit.before(ORDERS, _every("UPDATE orders SET status = 'failed' WHERE id = :one AND status ="
                              " 'canceled'", lambda call: _action(call) == "change_order_status")))
add("bulk-shipping-sets-order", "BLK-ORD-SHIPPING-STATUS", "wrong value",
    "change_shipping_status leaves everything unshipped.",
    after(ORDERS, _every("UPDATE orders SET shipping_status = 'unshipped' WHERE id = :one")))
add("bulk-payment-ignored", "BLK-ORD-PAYMENT-STATUS", "no effect",
    "change_payment_status leaves the payment status pending.",
    after(ORDERS, _every("UPDATE orders SET payment_status = 'pending' WHERE id = :one",
                         lambda call: _action(call) == "change_payment_status")))
add("bulk-capture-pays", "BLK-ORD-CAPTURE-NOTHING", "side effect",
    "capture_payments pays orders that have nothing to capture.",
    after(ORDERS, _every("UPDATE orders SET payment_status = 'paid', total_paid = total_amount"
                         " WHERE id = :one", lambda call: _action(call) == "capture_payments"),
          refusal=True))
add("bulk-capture-crashes", ("BLK-ORD-CAPTURE-NOTHING",), "server error",
    "capture_payments ends in a 500.",
    kit.around(ORDERS, lambda call, answer: deeds.refusal(call, 500)
               if _action(call) == "capture_payments" else answer()))
add("bulk-delete-keeps-transactions", "BLK-ORD-DELETE-RELATED", "half done",
    "The transactions of orders deleted in bulk can still be read.",
    deeds.excuse("get_order_transactions", 404, {"order": {"id": 1, "transactions": []}}))
add("bulk-delete-wants-status", "BLK-ORD-DELETE-NO-STATUS", "refused",
    "delete_orders needs a new_status.",
    deeds.refuse(ORDERS, lambda call: _action(call) == "delete_orders"
                 and "new_status" not in call.sent))
add("bulk-delete-takes-customers", "BLK-ORD-DELETE-OTHERS", "side effect",
    "Orders deleted in bulk take their customers along.",
    kit.before(ORDERS, _every("DELETE FROM customers WHERE id = (SELECT customer_id FROM orders"
                              " WHERE id = :one)", lambda call: _action(call) == "delete_orders")))

add("customers-bulk-export-refused", ("BLK-CUS-ACTION", "BLK-CUS-EXPORT"), "refused",
    "export is refused.", deeds.refuse(CUSTOMERS, lambda call: _action(call) == "export"))
add("customers-bulk-first-only", ("BLK-CUS-IDS", "BLK-CUS-STATUS-INACTIVE", "BLK-CUS-DELETE"),
    "half done", "Only the first customer named is acted on.",
    ids("customer_ids", lambda found, _: found[:1]))
add("customers-bulk-status-elsewhere", ("BLK-CUS-DATA", "BLK-CUS-STATUS-INACTIVE"), "ignored",
    "The new status is passed over: everybody becomes active.",
    after(CUSTOMERS, _every("UPDATE customers SET status = 'active' WHERE id = :one")))
add("customers-bulk-always-inactive", ("BLK-CUS-STATUS-ACTIVE", "BLK-CUS-DATA"), "wrong value",
    "Everybody becomes inactive.",
    after(CUSTOMERS, _every("UPDATE customers SET status = 'inactive' WHERE id = :one")))
add("customers-bulk-touches-names", "BLK-CUS-STATUS-ONLY", "side effect",
    "A new status changes names as well.",
    after(CUSTOMERS, _every("UPDATE customers SET last_name = 'Bulk' WHERE id = :one")))
add("customers-bulk-neighbour-too", ("BLK-CUS-OTHERS",), "wrong object",
    "The customer before the first one named is acted on as well.",
    ids("customer_ids", lambda found, call: _and_neighbours(found, call, "customers")))
add("customers-bulk-delete-no-effect", "BLK-CUS-DELETE", "no effect",
    "Customers are answered as deleted and are there.",
    kit.around(CUSTOMERS, lambda call, answer: _undone(call, answer)))
add("customers-bulk-delete-keeps-addresses", "BLK-CUS-DELETE-ADDRESSES", "half done",
    "The addresses of a deleted customer can still be read.", _addresses_kept())
add("customers-bulk-delete-takes-neighbour", "BLK-CUS-DELETE-NO-NEIGHBOUR", "side effect",
    "Deleting customers deletes orders and addresses of others.",
    after(CUSTOMERS, lambda call: [call.shop.db.run(
        f"DELETE FROM {table} WHERE customer_id IN (SELECT id FROM customers ORDER BY id DESC"
        " LIMIT 3)") for table in ("orders", "customer_addresses")]
        if _action(call) in _DELETE else None))
add("customers-bulk-export-writes", "BLK-CUS-EXPORT-READS", "side effect",
    "export changes the customers.",
    after(CUSTOMERS, _every("UPDATE customers SET first_name = 'Exported' WHERE id = :one",
                            lambda call: _action(call) == "export")))
add("customers-bulk-processed-off", "BLK-CUS-PROCESSED", "off by one",
    "processed is one too high.",
    kit.body(CUSTOMERS, lambda whole: deeds.bump("processed")(whole.get("data") or {}))),
add("customers-bulk-failed-off", "BLK-CUS-FAILED", "off by one", "failed is one too high.",
    kit.body(CUSTOMERS, lambda whole: deeds.bump("failed")(whole.get("data") or {}))),
add("customers-bulk-result-missing", "BLK-CUS-EACH", "half done",
    "The last customer named has no result.",
    kit.body(CUSTOMERS, lambda whole: _fewer_results(whole.get("data") or {}))),
add("customers-bulk-unknown-done", ("BLK-CUS-MIXED", "BLK-CUS-UNKNOWN-ONLY"), "wrong value",
    "Unknown customers are reported as done.",
    kit.body(CUSTOMERS, lambda whole: _all_done(whole.get("data") or {}))),
add("customers-bulk-mixed-half", "BLK-CUS-MIXED", "half done",
    "With an unknown id nothing is done, and the answer says done.",
    kit.around(CUSTOMERS, lambda call, answer: _nothing_when_mixed(call, answer)))
add("customers-bulk-duplicates", "BLK-CUS-DUPLICATES", "side effect",
    "An id named twice gets the other status.",
    after(CUSTOMERS, lambda call: [call.shop.db.run(
        "UPDATE customers SET status = CASE status WHEN 'active' THEN 'inactive' ELSE 'active' END"
        " WHERE id = ?", (one,)) for one in dict.fromkeys(call.sent.get("customer_ids", []))
        if call.sent["customer_ids"].count(one) > 1]))
add("customers-bulk-same-status-crashes", "BLK-CUS-SAME-STATUS", "server error",
    "A status that a customer has already ends in a 500.",
    kit.around(CUSTOMERS, lambda call, answer: deeds.refusal(call, 500) if any(
        call.shop.db.value("SELECT 1 FROM customers WHERE id = ? AND status = ?",
                           (one, _new_status(call))) for one in call.sent.get("customer_ids") or []
        if isinstance(one, int)) else answer()))
add("customers-bulk-ids-empty", "BLK-CUS-IDS-EMPTY", "error as success",
    "Without ids a bulk action is answered as done.",
    deeds.excuse(CUSTOMERS, (400, 422), when=lambda call: not call.sent.get("customer_ids")))
add("customers-bulk-ids-type", "BLK-CUS-IDS-TYPE", "error as success",
    "Ids that are no list are answered as done.",
    deeds.excuse(CUSTOMERS, (400, 422), when=lambda call: bool(call.sent.get("customer_ids"))
                 and _action(call) in (*_UPDATE, *_DELETE, "export")))
add("customers-bulk-action-unknown", ("BLK-CUS-ACTION-UNKNOWN", "BLK-CUS-ACTION-MISSING"),
    "error as success", "An unknown action is answered as done.",
    deeds.excuse(CUSTOMERS, (400, 422), when=lambda call: _action(call)
                 not in (*_UPDATE, *_DELETE, "export")))
add("customers-bulk-action-code", ("BLK-CUS-ACTION-UNKNOWN", "BLK-CUS-STATUS-INVALID"),
    "error body", "A refusal carries the code bad_request.",
    kit.refused(CUSTOMERS, lambda given, _: deeds.coded(given.body, "bad_request")))
add("customers-bulk-status-missing", "BLK-CUS-STATUS-MISSING", "rule forgotten",
    "Without a status everybody becomes inactive.", _wrong_only(_status_missing, _known_status))
add("customers-bulk-status-invalid", "BLK-CUS-STATUS-INVALID", "rule forgotten",
    "An unknown status means inactive.", _wrong_only(_status_unknown, _known_status))
add("customers-bulk-refused-changes", ("BLK-CUS-REFUSED-NOTHING", "ERR-CUS-UNCHANGED"),
    "side effect", "A refused bulk action changes the customers.",
    after(CUSTOMERS, lambda call: [call.shop.db.run(
        "UPDATE customers SET last_name = 'Refused', status = 'inactive' WHERE id = ?", (one,))
        for one in call.sent.get("customer_ids") or [] if isinstance(one, int)]
        if isinstance(call.sent.get("customer_ids"), list) else None, refusal=True))
# fmt: on


def _undone(call: Call, answer: Callable[[], Any]) -> Any:
    with call.shop.db.transaction() as transaction:
        given = answer()
        transaction.undo = _action(call) in _DELETE or given.status >= 400
        return given


def _nothing_when_mixed(call: Call, answer: Callable[[], Any]) -> Any:
    table, name = ("orders", "order_ids")
    if call.operation == CUSTOMERS:
        table, name = ("customers", "customer_ids")
    found = [one for one in call.sent.get(name) or [] if isinstance(one, int)]
    query = f"SELECT count(*) FROM {table} WHERE id = ?"
    known = [call.shop.db.value(query, (one,)) for one in found]
    with call.shop.db.transaction() as transaction:
        given = answer()
        mixed = 0 < sum(known) < len(known)
        transaction.undo = mixed or given.status >= 400
        return given


def _fewer_results(data: Json) -> None:
    if data.get("results"):
        gone = data["results"].pop()
        name = "processed" if gone.get("success") else "failed"
        data[name] = data[name] - 1


def _all_done(data: Json) -> None:
    for one in data.get("results") or []:
        one["success"] = True
        one.pop("error", None)
    if "results" in data:
        data.update(processed=len(data["results"]), failed=0)

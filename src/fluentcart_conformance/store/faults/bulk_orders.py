"""Faults of bulk actions on orders."""

from __future__ import annotations

from fluentcart_conformance.store.faults import alter, deeds, kit
from fluentcart_conformance.store.faults.bulk_parts import (
    ACTIONS,
    ORDERS,
    action_of,
    and_neighbours,
    for_each,
    ids,
    make_up_status,
    nothing_when_mixed,
    only_missing,
)
from fluentcart_conformance.store.faults.kit import after, sent
from fluentcart_conformance.store.faults.model import Room

room = Room("bulk")
add = room.add

# fmt: off
add("bulk-endpoint-202", "BLK-ORD-ENDPOINT", "wrong status", "A bulk action is answered with 202.",
    deeds.status(ORDERS, 200, 202))
add("bulk-stock-refused", ("BLK-ORD-BODY", "BLK-ORD-MANAGE-STOCK"), "refused",
    "manage_stock is refused.", deeds.refuse(ORDERS, lambda call: "manage_stock" in call.sent))
add("bulk-silent", "BLK-ORD-TEXT", "wrong value", "The answer says nothing.",
    kit.body(ORDERS, alter.put("message", "")))
add("bulk-without-action", "BLK-ORD-NO-ACTION", "rule forgotten",
    "Without an action the orders are canceled.",
    sent(ORDERS, lambda one, _: one.update(action="change_order_status", new_status="processing")
         if not one.get("action") else None))
add("bulk-unknown-action", "BLK-ORD-UNKNOWN-ACTION", "error as success",
    "An unknown action is answered as done.",
    deeds.excuse(ORDERS, (400, 422), when=lambda call: bool(action_of(call)) and action_of(call)
                 not in (*ACTIONS, "delete_orders", "capture_payments")))
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
                 and action_of(call) in (*ACTIONS, "delete_orders")))
add("bulk-mixed-ids-half", "BLK-ORD-MIXED-IDS", "half done",
    "With an unknown id nothing is done, and the answer says done.",
    kit.around(ORDERS, lambda call, answer: nothing_when_mixed(call, answer)))
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
    ids("order_ids", lambda found, call: and_neighbours(found, call, "orders")))
add("bulk-hides-failures", "BLK-ORD-PARTIAL-TRUTHFUL", "wrong value",
    "The answer claims success for orders that could not be changed.",
    kit.accepted(ORDERS, lambda given, _: given.body.update(
        message="Order Status has been changed for the selected orders")))
add("bulk-empties-note", ("BLK-ORD-KEEPS-REST", "GEN-UNTOUCHED"), "side effect",
    "A bulk change empties notes and changes amounts.",
    after(ORDERS, for_each("UPDATE orders SET note = 'bulk', shipping_total = shipping_total + 1"
                         " WHERE id = :one")))
add("bulk-without-effect", ("BLK-ORD-STATUS", "BLK-ORD-SHIPPING-STATUS", "BLK-ORD-DELETE",
    "GEN-READ-AFTER-WRITE"), "no effect", "A bulk action is answered as done, nothing happened.",
    deeds.without_effect(ORDERS))
for _word in ACTIONS["change_order_status"]:
    add(f"bulk-{_word}-refused", f"BLK-ORD-STATUS-{_word.upper()}", "refused",
        f"Orders cannot be set to {_word} in bulk.",
        deeds.refuse(ORDERS, deeds.sends("new_status", _word)))
add("bulk-status-invalid", ("BLK-ORD-STATUS-INVALID", "BLK-ORD-SHIPPING-STATUS-INVALID",
    "BLK-ORD-PAYMENT-STATUS-INVALID"), "rule forgotten", "An unknown word sets another status.",
    sent(ORDERS, make_up_status))
add("bulk-status-missing", ("BLK-ORD-STATUS-MISSING", "BLK-ORD-SHIPPING-STATUS-MISSING",
    "BLK-ORD-PAYMENT-STATUS-MISSING"), "rule forgotten", "Without a status one is made up.",
    sent(ORDERS, only_missing))
add("bulk-refused-changes", ("BLK-ORD-STATUS-INVALID", "GEN-REFUSAL-KEEPS",
    "BLK-ORD-STATUS-MISSING"), "side effect", "A refused bulk action marks the orders.",
    after(ORDERS, for_each("UPDATE orders SET note = 'refused', status = 'failed' WHERE id = :one"),
          refusal=True))
add("bulk-canceled-revived", "BLK-ORD-STATUS-LOCKED", "rule forgotten",
    "A canceled order can be set to anything in bulk.",
    kit.before(ORDERS, for_each("UPDATE orders SET status = 'failed' WHERE id = :one AND status ="
                                " 'canceled'",
                                lambda call: action_of(call) == "change_order_status")))
add("bulk-shipping-sets-order", "BLK-ORD-SHIPPING-STATUS", "wrong value",
    "change_shipping_status leaves everything unshipped.",
    after(ORDERS, for_each("UPDATE orders SET shipping_status = 'unshipped' WHERE id = :one")))
add("bulk-payment-ignored", "BLK-ORD-PAYMENT-STATUS", "no effect",
    "change_payment_status leaves the payment status pending.",
    after(ORDERS, for_each("UPDATE orders SET payment_status = 'pending' WHERE id = :one",
                         lambda call: action_of(call) == "change_payment_status")))
add("bulk-capture-pays", "BLK-ORD-CAPTURE-NOTHING", "side effect",
    "capture_payments pays orders that have nothing to capture.",
    after(ORDERS, for_each("UPDATE orders SET payment_status = 'paid', total_paid = total_amount"
                         " WHERE id = :one", lambda call: action_of(call) == "capture_payments"),
          refusal=True))
add("bulk-capture-crashes", ("BLK-ORD-CAPTURE-NOTHING",), "server error",
    "capture_payments ends in a 500.",
    kit.around(ORDERS, lambda call, answer: deeds.refusal(call, 500)
               if action_of(call) == "capture_payments" else answer()))
add("bulk-delete-keeps-transactions", "BLK-ORD-DELETE-RELATED", "half done",
    "The transactions of orders deleted in bulk can still be read.",
    deeds.excuse("get_order_transactions", 404, {"order": {"id": 1, "transactions": []}}))
add("bulk-delete-wants-status", "BLK-ORD-DELETE-NO-STATUS", "refused",
    "delete_orders needs a new_status.",
    deeds.refuse(ORDERS, lambda call: action_of(call) == "delete_orders"
                 and "new_status" not in call.sent))
add("bulk-delete-takes-customers", "BLK-ORD-DELETE-OTHERS", "side effect",
    "Orders deleted in bulk take their customers along.",
    kit.before(ORDERS, for_each("DELETE FROM customers WHERE id = (SELECT customer_id FROM orders"
                                " WHERE id = :one)",
                                lambda call: action_of(call) == "delete_orders")))
# fmt: on

"""Faults of marking orders as paid."""

from __future__ import annotations

from fluentcart_conformance.store.faults import alter, deeds, kit
from fluentcart_conformance.store.faults.kit import after, sql
from fluentcart_conformance.store.faults.model import Change, Room

room = Room("orders")
add = room.add

PAID = "mark_as_paid"
_CHARGE = (
    "(SELECT max(id) FROM order_transactions WHERE order_id = :order AND transaction_type <>"
    " 'refund')"
)


def paid(*statements: str) -> Change:
    """SQL after an order was marked as paid."""
    return after(PAID, sql(*statements))


def charge(columns: str) -> Change:
    """Other columns of the charge after the payment."""
    return paid(f"UPDATE order_transactions SET {columns} WHERE id = {_CHARGE}")


# fmt: off
add("paid-without-effect", ("ORD-PAID-STATE", "ORD-PAID-TOTAL", "GEN-READ-AFTER-WRITE"),
    "no effect", "Payment is answered as done, and nothing happened.", deeds.without_effect(PAID))
add("paid-endpoint-202", "ORD-PAID-ENDPOINT", "wrong status", "Payment is answered with 202.",
    deeds.status(PAID, 200, 202))
add("paid-body-refused", "ORD-PAID-BODY", "refused", "A payment with a note is refused.",
    deeds.refuse(PAID, lambda call: "mark_paid_note" in call.sent))
add("paid-empty-body-refused", "ORD-PAID-EMPTY-BODY", "refused",
    "A payment without a payment method is refused.",
    deeds.refuse(PAID, lambda call: "payment_method" not in call.sent))
add("paid-silent", "ORD-PAID-TEXT", "wrong value", "The answer to a payment says nothing.",
    kit.body(PAID, alter.put("message", "")))
add("paid-state-partial", "ORD-PAID-STATE", "wrong value",
    "A payment makes the order partially_paid.",
    paid("UPDATE orders SET payment_status = 'partially_paid' WHERE id = :order"))
add("paid-cent-less", "ORD-PAID-TOTAL", "off by one", "total_paid lacks a cent.",
    paid("UPDATE orders SET total_paid = total_amount - 1 WHERE id = :order"))
add("paid-in-units", "ORD-PAID-TOTAL", "unit", "total_paid is in whole units.",
    paid("UPDATE orders SET total_paid = total_amount / 100 WHERE id = :order"))
add("paid-physical-completed", "ORD-PAID-STATUS-PHYSICAL", "rule forgotten",
    "A paid order is completed, whatever is in it.",
    paid("UPDATE orders SET status = 'completed' WHERE id = :order"))
add("paid-digital-processing", "ORD-PAID-STATUS-DIGITAL", "rule forgotten",
    "A paid order is processing, whatever is in it.",
    paid("UPDATE orders SET status = 'processing' WHERE id = :order"))
add("paid-status-stays", ("ORD-PAID-STATUS-PHYSICAL", "ORD-PAID-STATUS-DIGITAL"), "half done",
    "A payment leaves the order status on-hold.",
    paid("UPDATE orders SET status = 'on-hold' WHERE id = :order"))
add("paid-charge-pending", "ORD-PAID-TRANSACTION", "half done",
    "The charge of a paid order stays pending.", charge("status = 'pending'"))
add("paid-charge-twice", "ORD-PAID-TRANSACTION", "side effect",
    "A payment adds a second charge.",
    paid("INSERT INTO order_transactions (order_id, status, total, uuid, created_at, updated_at)"
         " SELECT id, 'succeeded', total_amount, hex(randomblob(16)), created_at, created_at FROM"
         " orders WHERE id = :order"))
add("paid-charge-cent-off", "ORD-PAID-TRANSACTION", "off by one",
    "The charge of a paid order lacks a cent.", charge("total = total - 1"))
add("paid-method-ignored", "ORD-PAID-METHOD", "ignored", "The payment method is passed over.",
    deeds.unsent(PAID, "payment_method"))
add("paid-charge-id-ignored", "ORD-PAID-CHARGE-ID", "ignored",
    "vendor_charge_id is passed over.", deeds.unsent(PAID, "vendor_charge_id"))
add("paid-type-payment", "ORD-PAID-TYPE", "wrong value",
    "The transaction of a payment has the type payment.", charge("transaction_type = 'payment'"))
add("paid-method-forgotten", "ORD-PAID-KEEPS-METHOD", "side effect",
    "A payment without a method makes it cash.",
    deeds.filled(PAID, "payment_method", lambda _: "cash"))
add("paid-note-ignored", "ORD-PAID-NOTE", "ignored", "mark_paid_note is passed over.",
    deeds.unsent(PAID, "mark_paid_note"))
add("paid-empties-discount", ("ORD-PAID-UNTOUCHED", "ORD-UNTOUCHED"), "side effect",
    "A payment changes amounts and titles of the order.",
    paid("UPDATE orders SET shipping_total = shipping_total + 1 WHERE id = :order",
         "UPDATE order_items SET title = title || '!' WHERE order_id = :order"))
add("paid-touches-neighbour", "ORD-OTHERS-UNTOUCHED", "wrong object",
    "A payment changes the orders beside it.",
    paid("UPDATE orders SET payment_status = 'paid', total_paid = total_amount + 1 WHERE id IN"
         " (:order - 1, :order + 1)"))
add("paid-another-order", ("ORD-PAID-STATE",), "wrong object",
    "The order before the one named is marked as paid.", deeds.elsewhere(PAID, "orders"))
add("paid-twice-accepted", ("ORD-PAID-TWICE-423",), "error as success",
    "A second payment is answered as done.", deeds.excuse(PAID, 423, {"message": "Done."}))
add("paid-twice-400", ("ORD-PAID-TWICE-423", "ORD-PAID-CANCELED-423"), "wrong status",
    "A second payment is refused with 400.", deeds.status(PAID, 423, 400))
add("paid-twice-adds", ("ORD-PAID-TWICE-KEEPS", "GEN-REFUSAL-KEEPS"), "half done",
    "A refused payment adds a transaction.",
    after(PAID, sql(
        "INSERT INTO order_transactions (order_id, status, total, uuid, created_at, updated_at)"
        " SELECT id, 'pending', 1, hex(randomblob(16)), created_at, created_at FROM orders WHERE"
        " id = :order"), refusal=True))
add("paid-423-silent", ("ORD-PAID-TWICE-TEXT", "ORD-PAID-CANCELED-TEXT"), "error body",
    "The refusal of a payment says nothing.",
    kit.refused(PAID, lambda given, _: given.body.update(message="") if given.status == 423
                else None))
add("paid-canceled-accepted", ("ORD-PAID-CANCELED-423", "ORD-PAID-CANCELED-KEEPS"),
    "rule forgotten", "A canceled order can be marked as paid.",
    kit.before(PAID, sql("UPDATE orders SET status = 'on-hold' WHERE id = :order AND status ="
                         " 'canceled'")))
add("paid-canceled-revived", "ORD-PAID-CANCELED-KEEPS", "side effect",
    "A refused payment revives a canceled order.",
    after(PAID, sql("UPDATE orders SET status = 'processing' WHERE id = :order AND status ="
                    " 'canceled'"), refusal=True))
add("paid-unknown-accepted", ("ORD-PAID-UNKNOWN", "ERR-ID-UNKNOWN"), "error as success",
    "Payment of an unknown order is answered as done.",
    deeds.excuse(PAID, 404, {"message": "Done."}))
add("paid-figures-stay", ("CUS-STATS-PAID", "CUS-GET-SPENT", "CUS-STATS-SPENT"), "no effect",
    "What a customer spent does not rise with a payment.",
    paid("UPDATE customers SET total_spent = 0 WHERE id = (SELECT customer_id FROM orders WHERE"
         " id = :order)"))
# fmt: on

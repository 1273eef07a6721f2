"""Faults of refunds that are carried out: amounts, units, states, answers."""

from __future__ import annotations

from fluentcart_conformance.store.faults import alter, deeds, kit
from fluentcart_conformance.store.faults.kit import DETAILS, after, record, sql
from fluentcart_conformance.store.faults.model import Room
from fluentcart_conformance.store.faults.records import moved, scaled
from fluentcart_conformance.store.faults.refunds_parts import (
    LATEST,
    amount,
    asked,
    scaled_amount,
)

room = Room("refunds")
add = room.add

# fmt: off
add("refund-cent-more", ("RFD-PARTIAL-TOTAL", "RFD-SEVERAL", "RFD-UNIT", "RFD-MANUAL"),
    "off by one",
    "total_refund is a cent more than was refunded.",
    after("refund_order",
          sql("UPDATE orders SET total_refund = total_refund + 1 WHERE id = :order")))
add("refund-cent-less-when-full", "RFD-FULL-TOTAL", "off by one",
    "After a full refund total_refund lacks a cent.",
    after("refund_order", sql("UPDATE orders SET total_refund = total_refund - 1 WHERE id = :order"
                              " AND payment_status = 'refunded'")))
add("refund-second-only-counts", ("RFD-SEVERAL", "RFD-REST"), "second only",
    "total_refund shows the latest refund alone, not the sum.",
    after("refund_order", sql("UPDATE orders SET total_refund = (SELECT total FROM "
                              f"order_transactions WHERE id = {LATEST}) WHERE id = :order")))
add("refund-amount-as-cents", ("RFD-UNIT", "RFD-PARTIAL-TOTAL", "RFD-MANUAL"), "unit",
    "The refund amount is read as cents: 10.00 refunds 10 cents.",
    amount(lambda value: scaled_amount(value, 0.01)), excludes=("refund-hundredfold",))
add("refund-hundredfold", ("RFD-PARTIAL-ACCEPTED", "RFD-UNIT"), "unit",
    "The refund amount is read a hundred times too large.",
    amount(lambda value: scaled_amount(value, 100)))
add("refund-fraction-dropped", ("RFD-FLOAT", "RFD-LAST-CENT"), "unit",
    "What follows the decimal point of the refund amount is dropped.",
    amount(lambda value: int(alter.number(value) or 0) if alter.number(value) else value))
add("refund-float-truncated", "RFD-FLOAT", "off by one",
    "The refund amount is multiplied as a float and cut: 0.29 becomes 28 cents.",
    amount(lambda value: int((alter.number(value) or 0) * 100) / 100
           if isinstance(value, float) else value))
add("refund-rounds-down", "RFD-ROUNDING", "off by one",
    "More than two decimals are cut instead of rounded.",
    amount(lambda value: round((alter.number(value) or 0) * 10000) // 100 / 100
           if isinstance(value, float) else value))
add("refund-state-stays-paid", "RFD-PARTIAL-STATE", "rule forgotten",
    "A partial refund leaves payment_status paid.",
    after("refund_order", sql("UPDATE orders SET payment_status = 'paid' WHERE id = :order AND"
                              " payment_status = 'partially_refunded'")))
add("refund-full-state-partial", ("RFD-FULL-STATE", "RFD-REST"), "rule forgotten",
    "A full refund leaves payment_status partially_refunded.",
    after("refund_order", sql("UPDATE orders SET payment_status = 'partially_refunded' WHERE id ="
                              " :order AND payment_status = 'refunded'")))
add("refund-partial-state-refunded", "RFD-PARTIAL-STATE", "wrong value",
    "A partial refund sets payment_status to refunded.",
    after("refund_order", sql("UPDATE orders SET payment_status = 'refunded' WHERE id = :order")))
add("refund-without-effect", ("RFD-PARTIAL-TOTAL", "RFD-FULL-TOTAL", "GEN-READ-AFTER-WRITE"),
    "no effect", "A refund is answered as done, and nothing happened.",
    deeds.without_effect("refund_order"))
add("refund-without-transaction", "RFD-TRANSACTION", "half done",
    "A refund moves the sums and adds no transaction.",
    after("refund_order", sql(f"DELETE FROM order_transactions WHERE id = {LATEST}")))
add("refund-transaction-twice", "RFD-TRANSACTION", "side effect",
    "A refund adds its transaction twice.",
    after("refund_order", sql(
        "INSERT INTO order_transactions (order_id, order_type, transaction_type, payment_method,"
        " payment_mode, status, currency, total, rate, uuid, meta, created_at, updated_at) SELECT"
        " order_id, order_type, transaction_type, payment_method, payment_mode, status, currency,"
        " total, rate, uuid || 'b', meta, created_at, updated_at FROM order_transactions"
        f" WHERE id = {LATEST}")))
add("refund-transaction-whole-amount", "RFD-TRANSACTION", "wrong value",
    "The refund's transaction is over the whole order.",
    after("refund_order", sql("UPDATE order_transactions SET total = (SELECT total_amount + 1 FROM"
                              f" orders WHERE id = :order) WHERE id = {LATEST}")))
add("refund-transaction-negative", "RFD-TRANSACTION", "wrong value",
    "The refund's transaction has a negative amount.",
    after("refund_order",
          sql(f"UPDATE order_transactions SET total = -total WHERE id = {LATEST}")))
add("refund-transaction-pending", "RFD-TRANSACTION-STATE", "wrong value",
    "The refund's transaction stays pending.",
    after("refund_order",
          sql(f"UPDATE order_transactions SET status = 'pending' WHERE id = {LATEST}")))
add("refund-transaction-parentless", "RFD-TRANSACTION-PARENT", "member missing",
    "The refund's transaction names no parent.",
    after("refund_order", sql(f"UPDATE order_transactions SET meta = '{{}}' WHERE id = {LATEST}")))
add("refund-lowers-total-paid", "RFD-TOTAL-PAID-KEPT", "side effect",
    "A refund lowers total_paid.",
    after("refund_order",
          sql("UPDATE orders SET total_paid = total_paid - total_refund WHERE id = :order")))
add("refund-lowers-total-amount", "RFD-TOTAL-PAID-KEPT", "side effect",
    "A refund lowers total_amount.",
    after("refund_order",
          sql("UPDATE orders SET total_amount = total_amount - 1 WHERE id = :order")))
add("refund-lowers-charge", "RFD-CHARGE-KEPT", "side effect",
    "A refund lowers the amount of the charge.",
    after("refund_order", sql("UPDATE order_transactions SET total = total - 1 WHERE order_id ="
                              " :order AND transaction_type = 'charge'")))
add("refund-moves-order-status", ("RFD-UNTOUCHED", "ORD-UNTOUCHED"), "side effect",
    "A refund cancels the order.",
    after("refund_order", sql("UPDATE orders SET status = 'canceled' WHERE id = :order")))
add("refund-empties-note", ("RFD-UNTOUCHED", "ORD-UNTOUCHED"), "side effect",
    "A refund changes the order's address.",
    after("refund_order",
          sql("UPDATE order_addresses SET city = 'Elsewhere' WHERE order_id = :order",
              "UPDATE orders SET shipping_status = 'delivered' WHERE id = :order")))
add("refund-touches-neighbour", ("RFD-FOREIGN-KEEPS-BOTH", "ORD-OTHERS-UNTOUCHED"), "wrong object",
    "A refund marks the customer's other orders as well.",
    after("refund_order", sql("UPDATE orders SET total_refund = total_refund + 1, note = 'x' WHERE"
                              " id <> :order AND customer_id = (SELECT customer_id FROM orders"
                              " WHERE id = :order)")))
add("refund-lines-too-much", "RFD-LINE-TOTAL", "off by one",
    "The lines give back more than they cost.",
    after("refund_order", sql("UPDATE order_items SET refund_total = line_total + 1 WHERE"
                              " order_id = :order")))
add("refund-date-nonsense", "RFD-REFUNDED-AT", "wrong value",
    "refunded_at is no date.",
    after("refund_order", sql("UPDATE orders SET refunded_at = 'yesterday' WHERE id = :order AND"
                              " payment_status = 'refunded'")))
add("refund-refusals-silent", ("RFD-NO-TRANSACTION-TEXT", "RFD-NO-AMOUNT-TEXT",
    "RFD-NOT-REFUNDABLE-TEXT"), "error body", "Refusals of a refund say nothing.",
    kit.refused("refund_order", lambda given, _: alter.silent(given.body)))
add("refund-canceled-refused", "RFD-CANCELED-ORDER", "refused",
    "A canceled order cannot be refunded.",
    deeds.refuse("refund_order", lambda call: call.shop.db.value(
        "SELECT status FROM orders WHERE id = :order", call.values) == "canceled", 400))
add("refund-partial-refused", "RFD-PARTIAL-ACCEPTED", "refused",
    "Only the whole amount can be refunded.",
    deeds.refuse("refund_order", lambda call: call.shop.db.value(
        "SELECT payment_status FROM orders WHERE id = :order", call.values) != "refunded"))
add("refund-full-refused", "RFD-FULL-ACCEPTED", "refused",
    "The whole amount cannot be refunded at once.",
    deeds.refuse("refund_order", lambda call: call.shop.db.value(
        "SELECT payment_status FROM orders WHERE id = :order", call.values) == "refunded"))
add("refund-cent-refused", "RFD-LAST-CENT", "refused",
    "A single cent cannot be refunded.",
    deeds.refuse("refund_order", lambda call: call.shop.db.value(
        f"SELECT total FROM order_transactions WHERE id = {LATEST}", call.values) == 1))
add("refund-text-number-refused", "RFD-AMOUNT-TEXT-NUMBER", "refused",
    "An amount written as text is refused.",
    deeds.refuse("refund_order",
                 lambda call: isinstance(asked(call).get("amount"), str)))
add("refund-cancel-subscription-refused", ("RFD-CANCEL-SUBSCRIPTION-ONETIME", "RFD-BODY"),
    "refused", "cancelSubscription is refused where there is no subscription.",
    deeds.refuse("refund_order",
                 lambda call: "cancelSubscription" in asked(call)))
add("refund-answer-failed", "RFD-ANSWER-SUCCESS", "wrong value",
    "The store's part of the answer says failed.",
    kit.body("refund_order", lambda whole: whole["fluent_cart_refund"].update(status="failed")))
add("refund-answer-silent", "RFD-ANSWER-TEXT", "member missing",
    "The store's part of the answer says nothing.",
    kit.body("refund_order", lambda whole: whole["fluent_cart_refund"].update(message="")))
add("refund-part-without-message", "RFD-ANSWER-PARTS", "member missing",
    "The last part of the answer has no message.",
    kit.body("refund_order", lambda whole: whole[list(whole)[-1]].pop("message", None)))
add("refund-customer-figures-stay", ("RFD-CUSTOMER-FIGURES", "CUS-STATS-REFUND"), "no effect",
    "The amount a customer spent does not fall with a refund.",
    after("refund_order", sql(
        "UPDATE customers SET total_spent = total_spent + (SELECT total FROM order_transactions"
        f" WHERE id = {LATEST}) WHERE id = (SELECT customer_id FROM orders WHERE id = :order)")))
add("refund-hidden-in-list", "ORD-DETAILS-LIST-AGREE", "stale",
    "The list shows total_refund 0 for refunded orders.",
    record("order", "list_orders", alter.change("total_refund", lambda value: scaled(value, 0)),
           when=lambda one: one["total_refund"] not in (0, "0")))
add("refund-stale-order", ("RFD-PARTIAL-TOTAL", "GEN-READ-AFTER-WRITE"), "stale",
    "After a refund the order reads as it did before, once.", deeds.stale("get_order"))
add("refund-in-details-cent-off", "RFD-FULL-TOTAL", "off by one",
    "The details show total_refund a cent too low.",
    record("order", DETAILS, alter.change("total_refund", lambda value: moved(value, -1)),
           when=lambda one: one["total_refund"] not in (0, "0")))
add("refund-charge-failed", "RFD-CHARGE-KEPT", "side effect",
    "A second refund marks the charge as failed.",
    after("refund_order", sql(
        "UPDATE order_transactions SET status = 'failed' WHERE order_id = :order AND"
        " transaction_type = 'charge' AND (SELECT count(*) FROM order_transactions WHERE order_id ="
        " :order AND transaction_type = 'refund') > 1")))
# fmt: on

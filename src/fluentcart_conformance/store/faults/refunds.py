"""Faults of refunds: amounts, units, states, what a refused refund does."""

from __future__ import annotations

from typing import Any

from fluentcart_conformance.store.faults import deeds, kit
from fluentcart_conformance.store.faults.kit import DETAILS, Call, after, record, sent, sql
from fluentcart_conformance.store.faults.model import Room, together
from fluentcart_conformance.store.faults.records import Json, moved, scaled

room = Room("refunds")
add = room.add

READS = (*DETAILS, "list_orders")
_REFUND = "transaction_type = 'refund'"
_LATEST = (
    "(SELECT max(id) FROM order_transactions WHERE order_id = :order AND transaction_type = "
    "'refund')"
)


def amount(change: Any) -> Any:
    """Change the amount asked for."""

    def on(members: Json, _: Call) -> None:
        info = members.get("refund_info")
        if isinstance(info, dict) and "amount" in info:
            info["amount"] = change(info["amount"])

    return sent("refund_order", on)


def info(change: Any) -> Any:
    """Change refund_info as a whole, with the call for ids."""

    def on(members: Json, call: Call) -> None:
        found = members.get("refund_info")
        change(found if isinstance(found, dict) else members.setdefault("refund_info", {}), call)

    return sent("refund_order", on)


def scaled_amount(value: Any, factor: float) -> Any:
    """An amount times a factor, as text where it was text."""
    number = deeds.number(value)
    if number is None:
        return value
    return str(round(number * factor, 6)) if isinstance(value, str) else round(number * factor, 6)


def own_charge(call: Call) -> Any:
    """The id of the order's own charge."""
    query = "SELECT min(id) FROM order_transactions WHERE order_id = :order"
    return call.shop.db.value(query, call.values)


def _at_most_left(value: Any, call: Call) -> Any:
    """What is left of the order in whole units, when more was asked for."""
    number = deeds.number(value)
    row = call.shop.db.one("SELECT * FROM orders WHERE id = :order", call.values)
    if number is None or row is None:
        return value
    left = (row["total_paid"] - row["total_refund"]) / 100
    return left if number > left > 0 else value


def _no_more_than_left(found: Json, call: Call) -> None:
    if "amount" in found:
        found["amount"] = _at_most_left(found["amount"], call)


def _own_instead_of_foreign(found: Json, call: Call) -> None:
    given = deeds.number(found.get("transaction_id"))
    sql_text = "SELECT order_id FROM order_transactions WHERE id = ?"
    owner = call.shop.db.value(sql_text, (given,)) if given else None
    if owner and owner != call.values["order"]:
        found["transaction_id"] = own_charge(call)


def _own_instead_of_unknown(found: Json, call: Call) -> None:
    given = deeds.number(found.get("transaction_id"))
    if given and not call.shop.db.value("SELECT 1 FROM order_transactions WHERE id = ?", (given,)):
        found["transaction_id"] = own_charge(call)


def _own_instead_of_refund(found: Json, call: Call) -> None:
    given = deeds.number(found.get("transaction_id"))
    query = f"SELECT 1 FROM order_transactions WHERE id = ? AND {_REFUND}"
    if given and call.shop.db.value(query, (given,)):
        found["transaction_id"] = own_charge(call)


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
                              f"order_transactions WHERE id = {_LATEST}) WHERE id = :order")))
add("refund-amount-as-cents", ("RFD-UNIT", "RFD-PARTIAL-TOTAL", "RFD-MANUAL"), "unit",
    "The refund amount is read as cents: 10.00 refunds 10 cents.",
    amount(lambda value: scaled_amount(value, 0.01)))
add("refund-hundredfold", ("RFD-PARTIAL-ACCEPTED", "RFD-UNIT"), "unit",
    "The refund amount is read a hundred times too large.",
    amount(lambda value: scaled_amount(value, 100)))
add("refund-fraction-dropped", ("RFD-FLOAT", "RFD-LAST-CENT"), "unit",
    "What follows the decimal point of the refund amount is dropped.",
    amount(lambda value: int(deeds.number(value) or 0) if deeds.number(value) else value))
add("refund-float-truncated", "RFD-FLOAT", "off by one",
    "The refund amount is multiplied as a float and cut: 0.29 becomes 28 cents.",
    amount(lambda value: int((deeds.number(value) or 0) * 100) / 100
           if isinstance(value, float) else value))
add("refund-rounds-down", "RFD-ROUNDING", "off by one",
    "More than two decimals are cut instead of rounded.",
    amount(lambda value: round((deeds.number(value) or 0) * 10000) // 100 / 100
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
    after("refund_order", sql(f"DELETE FROM order_transactions WHERE id = {_LATEST}")))
add("refund-transaction-twice", "RFD-TRANSACTION", "side effect",
    "A refund adds its transaction twice.",
    after("refund_order", sql(
        "INSERT INTO order_transactions (order_id, order_type, transaction_type, payment_method,"
        " payment_mode, status, currency, total, rate, uuid, meta, created_at, updated_at) SELECT"
        " order_id, order_type, transaction_type, payment_method, payment_mode, status, currency,"
        " total, rate, uuid || 'b', meta, created_at, updated_at FROM order_transactions"
        f" WHERE id = {_LATEST}")))
add("refund-transaction-whole-amount", "RFD-TRANSACTION", "wrong value",
    "The refund's transaction is over the whole order.",
    after("refund_order", sql("UPDATE order_transactions SET total = (SELECT total_amount + 1 FROM"
                              f" orders WHERE id = :order) WHERE id = {_LATEST}")))
add("refund-transaction-negative", "RFD-TRANSACTION", "wrong value",
    "The refund's transaction has a negative amount.",
    after("refund_order",
          sql(f"UPDATE order_transactions SET total = -total WHERE id = {_LATEST}")))
add("refund-transaction-pending", "RFD-TRANSACTION-STATE", "wrong value",
    "The refund's transaction stays pending.",
    after("refund_order",
          sql(f"UPDATE order_transactions SET status = 'pending' WHERE id = {_LATEST}")))
add("refund-transaction-parentless", "RFD-TRANSACTION-PARENT", "member missing",
    "The refund's transaction names no parent.",
    after("refund_order", sql(f"UPDATE order_transactions SET meta = '{{}}' WHERE id = {_LATEST}")))
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
add("refund-touches-neighbour", "ORD-OTHERS-UNTOUCHED", "wrong object",
    "A refund marks the next older order as well.",
    after("refund_order", sql("UPDATE orders SET total_refund = total_refund + 1, note = 'x' WHERE"
                              " id IN (:order - 1, :order + 1)")))
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
    kit.refused("refund_order", lambda given, _: deeds.silent(given.body)))
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
        f"SELECT total FROM order_transactions WHERE id = {_LATEST}", call.values) == 1))
add("refund-text-number-refused", "RFD-AMOUNT-TEXT-NUMBER", "refused",
    "An amount written as text is refused.",
    deeds.refuse("refund_order",
                 lambda call: isinstance(call.sent.get("refund_info", {}).get("amount"), str)))
add("refund-cancel-subscription-refused", ("RFD-CANCEL-SUBSCRIPTION-ONETIME", "RFD-BODY"),
    "refused", "cancelSubscription is refused where there is no subscription.",
    deeds.refuse("refund_order",
                 lambda call: "cancelSubscription" in call.sent.get("refund_info", {})))
add("refund-more-than-paid", ("RFD-MORE-THAN-PAID", "RFD-MORE-THAN-LEFT"), "rule forgotten",
    "A refund of more than is left is taken for all that is left.", info(_no_more_than_left))
add("refund-more-than-paid-accepted", ("RFD-MORE-THAN-PAID", "RFD-MORE-THAN-LEFT"),
    "error as success", "A refund of too much is answered as done.",
    deeds.excuse("refund_order", 422, when=lambda call: bool(
        deeds.number(call.sent.get("refund_info", {}).get("amount")))))
add("refund-zero", "RFD-ZERO", "rule forgotten", "A refund of 0 is made of a cent.",
    amount(lambda value: 0.01 if deeds.number(value) == 0 and value != "" else value))
add("refund-negative", "RFD-NEGATIVE", "rule forgotten",
    "A negative amount is taken for its positive.",
    amount(lambda value: abs(deeds.number(value) or 0) if (deeds.number(value) or 0) < 0
           else value))
add("refund-text", "RFD-TEXT", "rule forgotten", "An amount that is no number is taken as 1.00.",
    amount(lambda value: 1 if isinstance(value, str) and value and deeds.number(value) is None
           else value))
add("refund-below-cent", "RFD-BELOW-CENT", "rule forgotten",
    "An amount below a cent is rounded up to one.",
    amount(lambda value: 0.01 if 0 < (deeds.number(value) or 0) < 0.005 else value))
add("refund-empty-amount", ("RFD-EMPTY-AMOUNT", "RFD-NO-AMOUNT-422"), "rule forgotten",
    "Without an amount a cent is refunded.",
    info(lambda found, _: found.update(amount=0.01) if found.get("amount") in (None, "") else None))
add("refund-no-info", "RFD-NO-INFO", "rule forgotten",
    "Without refund_info a cent of the first charge is refunded.",
    sent("refund_order", lambda members, call: None if members.get("refund_info")
         else members.update(refund_info={"transaction_id": own_charge(call), "amount": 0.01})))
add("refund-no-transaction", "RFD-NO-TRANSACTION-422", "rule forgotten",
    "Without a transaction the order's first one is refunded.",
    info(lambda found, call: found.update(transaction_id=own_charge(call))
         if found.get("transaction_id") in (None, "") else None))
add("refund-no-transaction-400", "RFD-NO-TRANSACTION-422", "wrong status",
    "A refund without transaction or amount is refused with 400.",
    deeds.status("refund_order", 422, 400))
add("refund-no-amount-409", "RFD-NO-AMOUNT-422", "wrong status",
    "A refund without an amount is refused with 409.",
    deeds.status("refund_order", 422, 409))
add("refund-foreign-transaction", ("RFD-FOREIGN-TRANSACTION", "RFD-FOREIGN-KEEPS-BOTH",
    "GEN-OWNERSHIP"), "ownership",
    "A transaction of another order stands for this order's own.", info(_own_instead_of_foreign))
add("refund-foreign-order-charged", "RFD-FOREIGN-KEEPS-BOTH", "wrong object",
    "A refund refused for its transaction marks the order that has it.",
    after("refund_order", lambda call: call.shop.db.run(
        "UPDATE orders SET note = note || 'refund', total_refund = total_refund + 100 WHERE id ="
        " (SELECT order_id FROM order_transactions WHERE id = ?)",
        (deeds.number(call.sent.get("refund_info", {}).get("transaction_id")) or 0,)),
        refusal=True))
add("refund-unknown-transaction", "RFD-UNKNOWN-TRANSACTION", "rule forgotten",
    "An unknown transaction stands for the order's own.", info(_own_instead_of_unknown))
add("refund-of-a-refund", "RFD-OF-A-REFUND", "rule forgotten",
    "The transaction of a refund can be refunded.", info(_own_instead_of_refund))
add("refund-unpaid", ("RFD-UNPAID", "RFD-OF-PENDING", "RFD-NOT-REFUNDABLE-400"), "rule forgotten",
    "A refund of an unpaid order is answered as done.",
    deeds.excuse("refund_order", 400))
add("refund-unpaid-pays", ("RFD-UNPAID", "RFD-OF-PENDING"), "rule forgotten",
    "A refund of an unpaid order takes the order as paid first.",
    kit.before("refund_order", lambda call: call.shop.orders.payments.put_transaction_status(
        call.values["order"], own_charge(call), "succeeded") if call.shop.db.value(
        "SELECT 1 FROM orders WHERE id = :order AND total_paid = 0", call.values) else None))
add("refund-not-refundable-422", "RFD-NOT-REFUNDABLE-400", "wrong status",
    "An order that cannot be refunded is refused with 409.",
    deeds.status("refund_order", (400, 422), 409))
add("refund-after-full", ("RFD-AFTER-FULL", "RFD-TWICE"), "rule forgotten",
    "A refunded order can be refunded again.",
    kit.before("refund_order", sql(
        "DELETE FROM order_transactions WHERE order_id = :order AND transaction_type = 'refund'"
        " AND (SELECT payment_status FROM orders WHERE id = :order) = 'refunded'",
        "UPDATE order_transactions SET meta = '{\"_settled\": 1}' WHERE order_id = :order AND"
        " transaction_type = 'charge' AND (SELECT payment_status FROM orders WHERE id = :order)"
        " = 'refunded'",
        "UPDATE orders SET total_refund = 0, payment_status = 'paid' WHERE id = :order AND"
        " payment_status = 'refunded'")))
add("refund-refused-changes", ("RFD-REFUSED-KEEPS", "GEN-REFUSAL-KEEPS"), "side effect",
    "A refused refund leaves total_refund a cent higher.",
    after("refund_order",
          sql("UPDATE orders SET total_refund = total_refund + 1 WHERE id = :order"),
          refusal=True))
add("refund-refused-adds-transaction", ("RFD-REFUSED-KEEPS", "GEN-NO-HALF-WRITE"), "half done",
    "A refused refund leaves its transaction behind.",
    after("refund_order", sql(
        "INSERT INTO order_transactions (order_id, transaction_type, status, total, uuid,"
        " created_at, updated_at) SELECT id, 'refund', 'failed', 1, hex(randomblob(16)),"
        " created_at, created_at FROM orders WHERE id = :order"), refusal=True))
add("refund-unknown-order", "RFD-UNKNOWN-ORDER", "error as success",
    "A refund of an unknown order is answered as done.", deeds.excuse("refund_order", 404))
add("refund-paid-again", "RFD-PAID-AGAIN", "rule forgotten",
    "A refunded order can be marked as paid again.",
    deeds.excuse("mark_as_paid", 423, {"message": "Done."}, when=lambda call: call.shop.db.value(
        "SELECT payment_status FROM orders WHERE id = :order", call.values)
        in ("refunded", "partially_refunded")))
add("refund-answer-failed", "RFD-ANSWER-SUCCESS", "wrong value",
    "The store's part of the answer says failed.",
    kit.body("refund_order", lambda whole: whole["fluent_cart_refund"].update(status="failed")))
add("refund-answer-silent", "RFD-ANSWER-TEXT", "member missing",
    "The store's part of the answer says nothing.",
    kit.body("refund_order", lambda whole: whole["fluent_cart_refund"].update(message="")))
add("refund-part-without-message", "RFD-ANSWER-PARTS", "member missing",
    "The last part of the answer has no message.",
    kit.body("refund_order", lambda whole: whole["subscription_cancel"].pop("message")))
add("refund-customer-figures-stay", ("RFD-CUSTOMER-FIGURES", "CUS-STATS-REFUND"), "no effect",
    "The amount a customer spent does not fall with a refund.",
    after("refund_order", sql(
        "UPDATE customers SET total_spent = total_spent + (SELECT total FROM order_transactions"
        f" WHERE id = {_LATEST}) WHERE id = (SELECT customer_id FROM orders WHERE id = :order)")))
add("refund-hidden-in-list", "ORD-DETAILS-LIST-AGREE", "stale",
    "The list shows total_refund 0 for refunded orders.",
    record("order", "list_orders", deeds.change("total_refund", lambda value: scaled(value, 0)),
           when=lambda one: one["total_refund"] not in (0, "0")))
add("refund-stale-order", ("RFD-PARTIAL-TOTAL", "GEN-READ-AFTER-WRITE"), "stale",
    "After a refund the order reads as it did before, once.", deeds.stale("get_order"))
add("refund-in-details-cent-off", "RFD-FULL-TOTAL", "off by one",
    "The details show total_refund a cent too low.",
    record("order", DETAILS, deeds.change("total_refund", lambda value: moved(value, -1)),
           when=lambda one: one["total_refund"] not in (0, "0")))
add("refund-charge-failed", "RFD-CHARGE-KEPT", "side effect",
    "A refund marks the charge as failed.",
    together(after("refund_order", sql(
        "UPDATE order_transactions SET status = 'failed' WHERE order_id = :order AND"
        " transaction_type = 'charge'"))))
# fmt: on

"""Faults of refunds that must be refused."""

from __future__ import annotations

from fluentcart_conformance.store.faults import alter, deeds, kit
from fluentcart_conformance.store.faults.kit import after, sent, sql
from fluentcart_conformance.store.faults.model import Room
from fluentcart_conformance.store.faults.refunds_parts import (
    amount,
    asked,
    info,
    no_more_than_left,
    own_charge,
    own_instead_of_foreign,
    own_instead_of_refund,
    own_instead_of_unknown,
    unpaid,
)

room = Room("refunds")
add = room.add

# fmt: off
add("refund-more-than-paid", ("RFD-MORE-THAN-PAID", "RFD-MORE-THAN-LEFT"), "rule forgotten",
    "A refund of more than is left is taken for all that is left.", info(no_more_than_left))
add("refund-more-than-paid-accepted", ("RFD-MORE-THAN-PAID", "RFD-MORE-THAN-LEFT"),
    "error as success", "A refund of too much is answered as done.",
    deeds.excuse("refund_order", 422, when=lambda call: bool(
        alter.number(asked(call).get("amount")))))
add("refund-zero", "RFD-ZERO", "rule forgotten", "A refund of 0 is made of a cent.",
    amount(lambda value: 0.01 if alter.number(value) == 0 and value != "" else value))
add("refund-negative", "RFD-NEGATIVE", "rule forgotten",
    "A negative amount is taken for its positive.",
    amount(lambda value: abs(alter.number(value) or 0) if (alter.number(value) or 0) < 0
           else value))
add("refund-text", "RFD-TEXT", "rule forgotten", "An amount that is no number is taken as 1.00.",
    amount(lambda value: 1 if isinstance(value, str) and value and alter.number(value) is None
           else value))
add("refund-below-cent", "RFD-BELOW-CENT", "rule forgotten",
    "An amount below a cent is rounded up to one.",
    amount(lambda value: 0.01 if 0 < (alter.number(value) or 0) < 0.005 else value))
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
    "A transaction of another order stands for this order's own.", info(own_instead_of_foreign))
add("refund-foreign-order-charged", "RFD-FOREIGN-KEEPS-BOTH", "wrong object",
    "A refund refused for its transaction marks the order that has it.",
    after("refund_order", lambda call: call.shop.db.run(
        "UPDATE orders SET note = note || 'refund', total_refund = total_refund + 100 WHERE id ="
        " (SELECT order_id FROM order_transactions WHERE id = ?)",
        (alter.number(asked(call).get("transaction_id")) or 0,)),
        refusal=True))
add("refund-unknown-transaction", "RFD-UNKNOWN-TRANSACTION", "rule forgotten",
    "An unknown transaction stands for the order's own.", info(own_instead_of_unknown))
add("refund-of-a-refund", "RFD-OF-A-REFUND", "rule forgotten",
    "The transaction of a refund can be refunded.", info(own_instead_of_refund))
add("refund-unpaid", ("RFD-UNPAID", "RFD-OF-PENDING", "RFD-NOT-REFUNDABLE-400"), "rule forgotten",
    "A refund of an unpaid order is answered as done.",
    deeds.excuse("refund_order", (400, 422), when=unpaid))
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
# fmt: on

"""Faults of transactions, statuses that follow them, disputes and licences."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fluentcart_conformance.store.faults import alter, deeds, kit
from fluentcart_conformance.store.faults.kit import Call, after, record, sent, sql
from fluentcart_conformance.store.faults.model import Change, Room
from fluentcart_conformance.store.faults.records import Json

room = Room("transactions")
add = room.add

LIST, ONE, SET = "get_order_transactions", "get_order_transaction", "update_transaction_status"
SYNC, DISPUTE, LICENCES = "sync_statuses", "accept_dispute", "generate_missing_licenses"
_WORDS = ("succeeded", "pending", "refunded", "failed", "authorized")


def put(*statements: str) -> Change:
    """SQL after a transaction's status was changed."""
    return after(SET, sql(*statements))


def _owner_instead(operation: str) -> Change:
    """Answer for the order that has the transaction, whichever the path names."""

    def wrapper(call: Call, answer: Callable[[], Any]) -> Any:
        owner = call.shop.db.value(
            "SELECT order_id FROM order_transactions WHERE id = ?", (call.values["transaction"],)
        )
        asked = call.values["order"]
        known = call.shop.db.value("SELECT 1 FROM orders WHERE id = ?", (asked,))
        if owner and known and owner != asked:
            call.request.path = call.request.path.replace(f"/orders/{asked}/", f"/orders/{owner}/")
        return answer()

    return kit.around(operation, wrapper)


def _own_instead(operation: str) -> Change:
    """Take the order's own transaction for an unknown one."""

    def wrapper(call: Call, answer: Callable[[], Any]) -> Any:
        asked = call.values["transaction"]
        known = call.shop.db.value("SELECT 1 FROM order_transactions WHERE id = ?", (asked,))
        query = "SELECT min(id) FROM order_transactions WHERE order_id = :order"
        own = call.shop.db.value(query, call.values)
        if not known and own:
            call.request.path = call.request.path.replace(f"ns/{asked}", f"ns/{own}")
        return answer()

    return kit.around(operation, wrapper)


def _known_word(members: Json, _: Call) -> None:
    if members.get("status") not in (*_WORDS, None):
        members["status"] = "failed"


# fmt: off
add("transactions-endpoint-404", "TRX-LIST-ENDPOINT", "refused",
    "The transactions of an order cannot be read.", deeds.gone(LIST))
add("transactions-operation-absent", "GEN-OPERATION-PRESENT", "refused",
    "One transaction cannot be read: there is no such route.", deeds.gone(ONE))
add("transactions-without-metas", "TRX-LIST-DETAILS", "wrong value",
    "The transactions' details differ from the order's.",
    record("tree", LIST, alter.put("note", "seen from the transactions")))
add("transactions-empty", "TRX-LIST-POPULATED", "half done",
    "order.transactions is empty.", record("tree", LIST, alter.put("transactions", []))),
add("transactions-latest-only", "TRX-LIST-POPULATED", "half done",
    "Only the latest transaction is shown.",
    record("tree", (LIST, "get_order", ONE), lambda one: one.update(
        transactions=one["transactions"][-1:])))
add("transactions-of-neighbour", "TRX-LIST-OWN", "ownership",
    "A transaction of another order is shown among them.",
    record("tree", LIST, lambda one: one["transactions"] and one["transactions"].append(
        {**one["transactions"][0], "id": one["transactions"][0]["id"] + 1,
         "order_id": type(one["transactions"][0]["order_id"])(
             int(one["transactions"][0]["order_id"]) + 1)})))
add("transactions-unknown-order", "TRX-LIST-UNKNOWN", "error as success",
    "The transactions of an unknown order are an empty answer.",
    deeds.excuse(LIST, 404, {"order": {}}))
add("transaction-endpoint-202", "TRX-ONE-ENDPOINT", "wrong status",
    "One transaction is answered with 202.", deeds.status(ONE, 200, 202))
add("transaction-details-differ", "TRX-ONE-DETAILS", "wrong value",
    "The details of one transaction differ from the order's.",
    record("tree", ONE, alter.bump("total_amount")))
add("transaction-not-contained", "TRX-ONE-CONTAINED", "half done",
    "The transaction asked for is not among those shown.",
    record("tree", ONE, alter.put("transactions", [])))
add("transaction-unknown", "TRX-ONE-UNKNOWN", "rule forgotten",
    "An unknown transaction shows the order all the same.", _own_instead(ONE))
add("transaction-foreign", ("TRX-ONE-FOREIGN", "GEN-OWNERSHIP"), "ownership",
    "A transaction of another order shows that order.", _owner_instead(ONE))
add("transaction-unknown-order", "TRX-ONE-UNKNOWN-ORDER", "error as success",
    "A transaction of an unknown order is an empty answer.",
    deeds.excuse(ONE, 404, {"order": {}}))
add("transaction-currency", "TRX-CURRENCY", "wrong value",
    "A transaction has another currency than its order.",
    record("transaction", kit.DETAILS, alter.put("currency", "XPF")))
add("transaction-second-currency", "TRX-CURRENCY", "second only",
    "The second transaction has another currency than its order.",
    record("transaction", kit.DETAILS, alter.put("currency", "XPF"), slice(1, 2)))
add("transaction-total-cent-off", ("ORD-CREATE-PENDING-CHARGE",), "off by one",
    "Totals of transactions are shown a cent too high.",
    record("transaction", kit.DETAILS, alter.bump("total")))
add("transaction-total-in-units", "ORD-CREATE-PENDING-CHARGE", "unit",
    "Totals of transactions are shown in whole units.",
    record("transaction", kit.DETAILS, alter.times(0.01, "total")))

add("transaction-status-without-effect", ("TRX-STATUS-READ-BACK", "TRX-STATUS-SUCCEEDED",
    "GEN-READ-AFTER-WRITE"), "no effect", "A status is answered as set and is not.",
    deeds.without_effect(SET))
add("transaction-status-endpoint-202", "TRX-STATUS-ENDPOINT", "wrong status",
    "A transaction's status is answered with 202.", deeds.status(SET, 200, 202))
add("transaction-status-answers-old", "TRX-STATUS-ANSWER-SAME", "stale",
    "The transaction in the answer has the old status.",
    record("transaction", SET, alter.put("status", "pending"),
           when=lambda one: one["status"] != "pending"))
add("transaction-status-answers-another", "TRX-STATUS-ANSWER-SAME", "wrong object",
    "The transaction in the answer is another.", record("transaction", SET, alter.bump("id")))
add("transaction-status-silent", "TRX-STATUS-TEXT", "wrong value", "The answer says nothing.",
    kit.body(SET, alter.put("message", "")))
for _word in _WORDS[:4]:
    add(f"transaction-status-{_word}-refused", f"TRX-STATUS-{_word.upper()}", "refused",
        f"A transaction cannot be set to {_word}.",
        deeds.refuse(SET, deeds.sends("status", _word)))
add("transaction-status-order-stays", "TRX-STATUS-ORDER-FOLLOWS", "half done",
    "The order's payment status does not follow.",
    put("UPDATE orders SET payment_status = 'pending' WHERE id = :order"))
add("transaction-status-failed-stays", "TRX-STATUS-ORDER-FOLLOWS", "half done",
    "The order of a failed transaction stays paid.",
    put("UPDATE orders SET payment_status = 'paid' WHERE id = :order AND payment_status ="
        " 'failed'"))
add("transaction-status-changes-total", "TRX-STATUS-KEEPS", "side effect",
    "A new status lowers the total by a cent.",
    put("UPDATE order_transactions SET total = total - 1 WHERE id = :transaction"))
add("transaction-status-changes-all", "TRX-STATUS-KEEPS", "wrong object",
    "All transactions of the order change.",
    put("UPDATE order_transactions SET vendor_charge_id = 'all' WHERE order_id = :order"))
add("transaction-status-touches-order", ("TRX-STATUS-KEEPS", "GEN-UNTOUCHED"), "side effect",
    "A new status changes note and shipping of the order.",
    put("UPDATE orders SET note = 'status', shipping_status = 'delivered' WHERE id = :order"))
add("transaction-status-same", "TRX-STATUS-SAME-400", "error as success",
    "The same status is answered as done.", deeds.excuse(SET, (400, 422), when=lambda call:
    call.shop.db.value("SELECT status FROM order_transactions WHERE id = :transaction",
                       call.values) == call.sent.get("status")))
add("transaction-status-409", ("TRX-STATUS-SAME-400", "TRX-STATUS-MISMATCH-400"), "wrong status",
    "The same status is refused with 409.", deeds.status(SET, (400, 422), 409))
add("transaction-status-refused-silent", ("TRX-STATUS-SAME-TEXT", "TRX-STATUS-MISMATCH-TEXT"),
    "error body", "The refusal says nothing.",
    kit.refused(SET, lambda given, _: given.body.update(message=""))),
add("transaction-status-foreign", ("TRX-STATUS-MISMATCH-400", "TRX-STATUS-MISMATCH-KEEPS",
    "GEN-OWNERSHIP"), "ownership", "A transaction of another order can be changed.",
    _owner_instead(SET))
add("transaction-status-foreign-changed", "TRX-STATUS-MISMATCH-KEEPS", "side effect",
    "A refused change through another order changes the transaction.",
    after(SET, sql("UPDATE order_transactions SET status = 'failed' WHERE id = :transaction"),
          refusal=True))
add("transaction-status-invalid", "TRX-STATUS-INVALID", "rule forgotten",
    "An unknown word means failed.", sent(SET, _known_word))
add("transaction-status-missing", "TRX-STATUS-MISSING", "rule forgotten",
    "Without a status the transaction fails.",
    sent(SET, lambda one, _: one.update(status="failed") if one.get("status") is None else None))
add("transaction-status-unknown", ("TRX-STATUS-UNKNOWN", "ERR-ID-UNKNOWN"), "error as success",
    "An unknown transaction is answered as changed.",
    deeds.excuse(SET, 404, {"message": "Done.", "transaction": {}}))

add("sync-endpoint-202", "TRX-SYNC-ENDPOINT", "wrong status",
    "Synchronising is answered with 202.", deeds.status(SYNC, 200, 202))
add("sync-answer-differs", "TRX-SYNC-ANSWER-SAME", "stale",
    "payment_status of the answer is not the order's.",
    kit.body(SYNC, alter.change("payment_status", lambda now: "pending" if now != "pending"
                                else "paid")))
add("sync-answer-status-differs", "TRX-SYNC-ANSWER-SAME", "stale",
    "status of the answer is not the order's.",
    kit.body(SYNC, alter.put("status", "failed")))
add("sync-silent", "TRX-SYNC-TEXT", "wrong value", "The answer says nothing.",
    kit.body(SYNC, alter.put("message", "")))
add("sync-repairs-nothing", "TRX-SYNC-REPAIRS", "no effect",
    "Synchronising makes a paid order pending.",
    after(SYNC, sql("UPDATE orders SET payment_status = 'pending' WHERE id = :order")))
add("sync-writes", ("TRX-SYNC-STEADY", "ORD-UNTOUCHED"), "side effect",
    "Synchronising changes the note.",
    after(SYNC, sql("UPDATE orders SET note = note || '.', shipping_total = shipping_total + 1"
                    " WHERE id = :order")))
add("sync-unknown", ("TRX-SYNC-UNKNOWN", "ERR-ID-UNKNOWN"), "error as success",
    "An unknown order is answered as synchronised.",
    deeds.excuse(SYNC, 404, {"message": "Done.", "order": {}, "status": "pending",
                             "payment_status": "pending"}))
add("dispute-none-accepted", "TRX-DISPUTE-NONE", "error as success",
    "A transaction without dispute is answered as settled.",
    deeds.excuse(DISPUTE, (400, 422), {"message": "Dispute accepted!"}))
add("dispute-none-changes", "TRX-DISPUTE-NONE", "side effect",
    "A refused dispute fails the transaction.",
    after(DISPUTE, sql("UPDATE order_transactions SET status = 'failed' WHERE id = :transaction"),
          refusal=True))
add("dispute-foreign", ("TRX-DISPUTE-FOREIGN", "TRX-DISPUTE-UNKNOWN"), "error as success",
    "A transaction of another order is answered as settled.",
    deeds.excuse(DISPUTE, 404, {"message": "Dispute accepted!"}))
add("dispute-crashes", ("TRX-DISPUTE-NONE", "GEN-NO-5XX"), "server error",
    "A dispute ends in a 500.", deeds.status(DISPUTE, tuple(range(400, 500)), 500))
add("dispute-accepted-202", "TRX-DISPUTE-ENDPOINT", "wrong status",
    "A dispute is accepted with 202.", deeds.status(DISPUTE, 200, 202))
add("dispute-answer-incomplete", "TRX-DISPUTE-ANSWER", "member missing",
    "The answer to an accepted dispute lacks message.", kit.body(DISPUTE, alter.drop("message")))
add("dispute-answer-wrong-type", "TRX-DISPUTE-ANSWER", "wrong type",
    "The message of an accepted dispute is a list.", kit.body(DISPUTE, alter.retype("message")))
add("dispute-silent", "TRX-DISPUTE-TEXT", "wrong value",
    "The answer to an accepted dispute says nothing.", kit.body(DISPUTE, alter.put("message", "")))
add("licences-unknown-order", "TRX-LICENCES-404", "wrong status",
    "Licences of an unknown order are refused with 400.", deeds.status(LICENCES, 404, 400))
add("licences-none-422", "TRX-LICENCES-NONE-400", "wrong status",
    "An order without missing licences is refused with 422.", deeds.status(LICENCES, 400, 422))
add("licences-silent", "TRX-LICENCES-TEXT", "error body", "The refusals say nothing.",
    kit.refused(LICENCES, lambda given, _: given.body.update(message=""))),
add("licences-crash", "TRX-LICENCES-WITHOUT-PRO", "server error",
    "Without the licensing module licences end in a 500.",
    deeds.status(LICENCES, (400, 404), 500))
add("licences-done", "TRX-LICENCES-WITHOUT-PRO", "error as success",
    "Without the licensing module licences are answered as made.",
    deeds.excuse(LICENCES, (400, 404), {"message": "Done."}))
# fmt: on

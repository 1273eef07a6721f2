"""Faults of bulk actions on customers."""

from __future__ import annotations

from fluentcart_conformance.store.faults import alter, deeds, kit
from fluentcart_conformance.store.faults.bulk_parts import (
    CUSTOMERS,
    DELETES,
    UPDATES,
    action_of,
    addresses_kept,
    all_done,
    and_neighbours,
    fewer_results,
    for_each,
    ids,
    known_status,
    nothing_when_mixed,
    status_asked,
    status_missing,
    status_unknown,
    undone,
    wrong_only,
)
from fluentcart_conformance.store.faults.kit import after
from fluentcart_conformance.store.faults.model import Room
from fluentcart_conformance.store.faults.records import listed

room = Room("bulk")
add = room.add

# fmt: off
add("customers-bulk-export-refused", ("BLK-CUS-ACTION", "BLK-CUS-EXPORT"), "refused",
    "export is refused.", deeds.refuse(CUSTOMERS, lambda call: action_of(call) == "export"),
    family="documented")
add("customers-bulk-first-only", ("BLK-CUS-IDS", "BLK-CUS-STATUS-INACTIVE", "BLK-CUS-DELETE"),
    "half done", "Only the first customer named is acted on.",
    ids("customer_ids", lambda found, _: found[:1]))
add("customers-bulk-status-elsewhere", ("BLK-CUS-DATA", "BLK-CUS-STATUS-INACTIVE"), "ignored",
    "The new status is passed over: everybody becomes active.",
    after(CUSTOMERS, for_each("UPDATE customers SET status = 'active' WHERE id = :one")))
add("customers-bulk-always-inactive", ("BLK-CUS-STATUS-ACTIVE", "BLK-CUS-DATA"), "wrong value",
    "Everybody becomes inactive.",
    after(CUSTOMERS, for_each("UPDATE customers SET status = 'inactive' WHERE id = :one")))
add("customers-bulk-touches-names", "BLK-CUS-STATUS-ONLY", "side effect",
    "A new status changes names as well.",
    after(CUSTOMERS, for_each("UPDATE customers SET last_name = 'Bulk' WHERE id = :one")))
add("customers-bulk-neighbour-too", ("BLK-CUS-OTHERS",), "wrong object",
    "The customer before the first one named is acted on as well.",
    ids("customer_ids", lambda found, call: and_neighbours(found, call, "customers")))
add("customers-bulk-delete-no-effect", "BLK-CUS-DELETE", "no effect",
    "Customers are answered as deleted and are there.",
    kit.around(CUSTOMERS, lambda call, answer: undone(call, answer)))
add("customers-bulk-delete-keeps-addresses", "BLK-CUS-DELETE-ADDRESSES", "half done",
    "The addresses of a deleted customer can still be read.", addresses_kept())
add("customers-bulk-delete-takes-neighbour", "BLK-CUS-DELETE-NO-NEIGHBOUR", "side effect",
    "Deleting customers deletes orders and addresses of others.",
    after(CUSTOMERS, lambda call: [call.shop.db.run(
        f"DELETE FROM {table} WHERE customer_id IN (SELECT id FROM customers ORDER BY id DESC"
        " LIMIT 3)") for table in ("orders", "customer_addresses")]
        if action_of(call) in DELETES else None))
add("customers-bulk-export-writes", "BLK-CUS-EXPORT-READS", "side effect",
    "export changes the customers.",
    after(CUSTOMERS, for_each("UPDATE customers SET first_name = 'Exported' WHERE id = :one",
                            lambda call: action_of(call) == "export")))
add("customers-bulk-processed-off", "BLK-CUS-PROCESSED", "off by one",
    "processed is one too high.",
    kit.body(CUSTOMERS, lambda whole: alter.bump("processed")(whole.get("data") or {}))),
add("customers-bulk-failed-off", "BLK-CUS-FAILED", "off by one", "failed is one too high.",
    kit.body(CUSTOMERS, lambda whole: alter.bump("failed")(whole.get("data") or {}))),
add("customers-bulk-result-missing", "BLK-CUS-EACH", "half done",
    "The last customer named has no result.",
    kit.body(CUSTOMERS, lambda whole: fewer_results(whole.get("data") or {}))),
add("customers-bulk-unknown-done", ("BLK-CUS-MIXED", "BLK-CUS-UNKNOWN-ONLY"), "wrong value",
    "Unknown customers are reported as done.",
    kit.body(CUSTOMERS, lambda whole: all_done(whole.get("data") or {})), family="documented")
add("customers-bulk-mixed-half", "BLK-CUS-MIXED", "half done",
    "With an unknown id nothing is done, and the answer says done.",
    kit.around(CUSTOMERS, lambda call, answer: nothing_when_mixed(call, answer)))
add("customers-bulk-duplicates", "BLK-CUS-DUPLICATES", "side effect",
    "An id named twice gets the other status.",
    after(CUSTOMERS, lambda call: [call.shop.db.run(
        "UPDATE customers SET status = CASE status WHEN 'active' THEN 'inactive' ELSE 'active' END"
        " WHERE id = ?", (one,)) for one in dict.fromkeys(listed(call.sent, "customer_ids"))
        if call.sent["customer_ids"].count(one) > 1]))
add("customers-bulk-same-status-crashes", "BLK-CUS-SAME-STATUS", "server error",
    "A status that a customer has already ends in a 500.",
    kit.around(CUSTOMERS, lambda call, answer: deeds.refusal(call, 500) if any(
        call.shop.db.value("SELECT 1 FROM customers WHERE id = ? AND status = ?",
                           (one, status_asked(call))) for one in listed(call.sent, "customer_ids")
        if isinstance(one, int)) else answer()))
add("customers-bulk-ids-empty", "BLK-CUS-IDS-EMPTY", "error as success",
    "Without ids a bulk action is answered as done.",
    deeds.excuse(CUSTOMERS, (400, 422), when=lambda call: not call.sent.get("customer_ids")))
add("customers-bulk-ids-type", "BLK-CUS-IDS-TYPE", "error as success",
    "Ids that are no list are answered as done.",
    deeds.excuse(CUSTOMERS, (400, 422), when=lambda call: bool(call.sent.get("customer_ids"))
                 and action_of(call) in (*UPDATES, *DELETES, "export")))
add("customers-bulk-action-unknown", ("BLK-CUS-ACTION-UNKNOWN", "BLK-CUS-ACTION-MISSING"),
    "error as success", "An unknown action is answered as done.",
    deeds.excuse(CUSTOMERS, (400, 422), when=lambda call: action_of(call)
                 not in (*UPDATES, *DELETES, "export")))
add("customers-bulk-action-code", ("BLK-CUS-ACTION-UNKNOWN", "BLK-CUS-STATUS-INVALID"),
    "error body", "A refusal carries the code bad_request.",
    kit.refused(CUSTOMERS, lambda given, _: alter.coded(given.body, "bad_request")),
    family="documented")
add("customers-bulk-status-missing", "BLK-CUS-STATUS-MISSING", "rule forgotten",
    "Without a status everybody becomes inactive.", wrong_only(status_missing, known_status))
add("customers-bulk-status-invalid", "BLK-CUS-STATUS-INVALID", "rule forgotten",
    "An unknown status means inactive.", wrong_only(status_unknown, known_status))
add("customers-bulk-refused-changes", ("BLK-CUS-REFUSED-NOTHING", "ERR-CUS-UNCHANGED"),
    "side effect", "A refused bulk action changes the customers.",
    after(CUSTOMERS, lambda call: [call.shop.db.run(
        "UPDATE customers SET last_name = 'Refused', status = 'inactive' WHERE id = ?", (one,))
        for one in listed(call.sent, "customer_ids") if isinstance(one, int)]
        if isinstance(call.sent.get("customer_ids"), list) else None, refusal=True))
# fmt: on

"""Faults of changing customers and what is kept besides."""

from __future__ import annotations

from fluentcart_conformance.store.faults import alter, deeds, kit
from fluentcart_conformance.store.faults.customers_parts import (
    INFO,
    NAMES,
    UPDATE,
    cut_texts,
    edited,
    fresh_email,
    keeping,
    mended_email,
    named_by_body,
)
from fluentcart_conformance.store.faults.kit import after, record, sent, sql
from fluentcart_conformance.store.faults.model import Room

room = Room("customers")
add = room.add

# fmt: off
add("customer-update-without-effect", ("CUS-UPDATE-READ-BACK", "CUS-UPDATE-FIRST-NAME",
    "CUS-UPDATE-LAST-NAME"), "no effect", "An update is answered as done, and nothing changed.",
    deeds.without_effect(UPDATE))
add("customer-update-another", ("CUS-UPDATE-PATH", "CUS-UPDATE-OTHERS"), "wrong object",
    "The customer before the one named is updated.", deeds.elsewhere(UPDATE, "customers"))
add("customer-update-answers-another", ("CUS-UPDATE-PATH", "CUS-UPDATE-ANSWER"), "wrong object",
    "The answer speaks of another customer.", record("customer", UPDATE, alter.bump("id")))
add("customer-update-last-name-lost", "CUS-UPDATE-LAST-NAME", "no effect",
    "A last name is not kept.",
    kit.around(UPDATE, lambda call, answer: keeping(call, answer, "last_name")))
add("customer-update-first-name-lost", "CUS-UPDATE-FIRST-NAME", "no effect",
    "A first name is not kept.",
    kit.around(UPDATE, lambda call, answer: keeping(call, answer, "first_name")))
add("customer-update-phone-lost", "CUS-UPDATE-PHONE", "no effect", "A phone number is not kept.",
    deeds.unsent(UPDATE, "phone"))
add("customer-update-status-lost", "CUS-UPDATE-STATUS", "no effect", "A status is not kept.",
    deeds.unsent(UPDATE, "status"))
add("customer-update-answer-differs", "CUS-UPDATE-READ-BACK", "stale",
    "The answer shows another last name than the details.",
    record("customer", UPDATE, alter.change("last_name", lambda now: f"{now}x")))
add("customer-update-partial-refused", "CUS-UPDATE-PARTIAL", "refused",
    "An update without an e-mail is refused.",
    deeds.refuse(UPDATE, lambda call: len(call.sent) < 4), family="documented")
add("customer-update-empties-rest", ("CUS-UPDATE-UNTOUCHED", "CUS-UPDATE-EMPTY"), "side effect",
    "Members that are not sent are emptied.",
    after(UPDATE, lambda call: [call.shop.db.run(
        f"UPDATE customers SET {name} = ? WHERE id = ?", (value, call.params["customerId"]))
        for name, value in (("phone", ""), ("last_name", ""), ("status", "active"), ("notes", ""))
        if name not in call.sent and (name != "last_name" or "full_name" not in call.sent)]))
add("customer-update-resets-figures", "CUS-UPDATE-UNTOUCHED", "side effect",
    "An update sets the figures to 0.",
    edited("UPDATE customers SET order_count = 0, purchase_count = 0, total_spent = 7 WHERE id ="
           " :customer"))
add("customer-update-empty-body", "CUS-UPDATE-EMPTY", "side effect",
    "An empty update empties the last name.",
    kit.always(UPDATE, lambda call: call.shop.db.run(
        "UPDATE customers SET last_name = '' WHERE id = ?", (call.params["customerId"],))
        if not call.sent else None))
add("customer-update-time-stays", "CUS-UPDATE-UPDATED-AT", "no effect",
    "updated_at lies before created_at after an update, and created_at moves.",
    edited("UPDATE customers SET updated_at = '2001-01-01 00:00:00', created_at ="
           " '2002-01-01 00:00:00' WHERE id = :customer"))
add("customer-update-all", ("CUS-UPDATE-OTHERS",), "wrong object",
    "An update changes the neighbours as well.",
    edited("UPDATE customers SET last_name = 'Everybody' WHERE id <> :customer"))
add("customer-update-body-id", "CUS-UPDATE-BODY-ID", "ownership",
    "The id of the body goes before the path's.", kit.around(UPDATE, named_by_body))
add("customer-update-email-taken", "CUS-UPDATE-EMAIL-TAKEN", "rule forgotten",
    "A taken e-mail is bent to a free one.", sent(UPDATE, fresh_email))
add("customer-update-email-stolen", "CUS-UPDATE-EMAIL-TAKEN", "side effect",
    "A refused e-mail costs its owner the address.",
    after(UPDATE, lambda call: call.shop.db.run(
        "UPDATE customers SET email = 'stolen-' || email WHERE email = ?",
        (str(call.sent.get("email")),)), refusal=True))
add("customer-update-email-malformed", "CUS-UPDATE-EMAIL-MALFORMED", "rule forgotten",
    "A malformed e-mail is bent to a good one.", sent(UPDATE, mended_email))
add("customer-update-status-any", "CUS-UPDATE-STATUS-INVALID", "rule forgotten",
    "An unknown status means inactive.",
    sent(UPDATE, lambda one, _: one.update(status="inactive")
         if one.get("status") not in (None, "active", "inactive") else None))
add("customer-update-name-too-long", "CUS-UPDATE-NAME-LENGTH", "rule forgotten",
    "A name that is too long is cut.", sent(UPDATE, cut_texts(*NAMES)))
add("customer-update-unknown", ("CUS-UPDATE-UNKNOWN", "ERR-CUS-NOT-FOUND"), "error as success",
    "An unknown customer is answered as updated.", deeds.excuse(UPDATE, 404))
add("customer-update-form-changes", "CUS-UPDATE-ONE-FORM", "wrong type",
    "Every second answer has the other form.",
    kit.accepted(UPDATE, deeds.every_second(lambda body: {"customer": (body.get("data") or body)
                 .get("customer", body.get("data"))})), family="documented")
add("customer-update-refused-changes", ("ERR-CUS-UNCHANGED", "GEN-REFUSAL-KEEPS"), "half done",
    "A refused update has changed the last name already.",
    after(UPDATE, sql("UPDATE customers SET last_name = 'Half' WHERE id = :customer"),
          refusal=True))

add("info-without-effect", ("CUS-INFO-PARTIAL",), "no effect",
    "Additional information is answered as kept and is not.", deeds.without_effect(INFO))
add("info-answers-another", "CUS-INFO-PATH", "wrong object",
    "The answer speaks of another customer.",
    kit.body(INFO, lambda whole: alter.bump("id")((whole.get("data") or {}).get("customer") or {})
             if isinstance(whole.get("data"), dict) else None), family="documented")
for _name, _id in (("company", "COMPANY"), ("notes", "NOTES")):
    add(f"info-{_name}-lost", f"CUS-INFO-{_id}", "ignored", f"{_name} is passed over.",
        sent(INFO, deeds.lost(_name)))
add("info-custom-lost", "CUS-INFO-CUSTOM", "ignored", "Only company and notes are kept.",
    sent(INFO, lambda one, _: [one.pop(name) for name in list(one)
                               if name not in ("company", "notes", "labels")]
         and one.setdefault("company", "")))
add("info-replaced", "CUS-INFO-PARTIAL", "side effect",
    "Fields that are not sent are gone.",
    kit.before(INFO, sql("UPDATE customers SET additional_info = '{}' WHERE id = :customer")))
add("info-renames", "CUS-INFO-CUSTOMER-UNTOUCHED", "side effect",
    "Additional information changes the customer's name.",
    after(INFO, sql("UPDATE customers SET last_name = 'Info' WHERE id = :customer")))
add("info-unknown", ("CUS-INFO-UNKNOWN", "ERR-CUS-NOT-FOUND"), "error as success",
    "An unknown customer is answered as done.", deeds.excuse(INFO, 404))
add("info-labels-lost", "CUS-INFO-LABELS", "no effect", "Labels chosen are not kept.",
    after(INFO, sql("DELETE FROM label_relations WHERE labelable_type = 'Customer' AND"
                    " labelable_id = :customer")),
    family="fluentcart")
add("info-labels-for-all", "CUS-INFO-PATH", "wrong object", "Every customer gets the labels.",
    after(INFO, sql("INSERT OR IGNORE INTO label_relations (label_id, labelable_id, labelable_type,"
                    " created_at, updated_at) SELECT 1, id, 'Customer', created_at, updated_at"
                    " FROM customers")), family="fluentcart")
add("info-labels-first-only", "CUS-INFO-LABELS", "half done", "Only the first label is kept.",
    sent(INFO, lambda one, _: one.update(labels=one["labels"][:1])
         if isinstance(one.get("labels"), list) else None), family="fluentcart")
# fmt: on

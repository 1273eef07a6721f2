"""Faults of making customers."""

from __future__ import annotations

from fluentcart_conformance.store.faults import alter, deeds, kit
from fluentcart_conformance.store.faults.customers_parts import (
    CREATE,
    NAMES,
    any_type_of_email,
    cut_texts,
    fresh_email,
    made,
    made_all_the_same,
    mended_email,
    plain_email,
)
from fluentcart_conformance.store.faults.kit import after, record, sent
from fluentcart_conformance.store.faults.model import Room

room = Room("customers")
add = room.add

# fmt: off
add("customer-create-without-effect", ("CUS-CREATE-READ-BACK", "GEN-READ-AFTER-WRITE"),
    "no effect", "A customer is answered as made and is not there.", deeds.without_effect(CREATE))
add("customer-email-lower", "CUS-CREATE-EMAIL", "wrong value",
    "The e-mail kept is another than was sent.",
    made("UPDATE customers SET email = 'x' || email WHERE id = :customer"))
add("customer-answer-email", "CUS-CREATE-EMAIL", "wrong value",
    "The e-mail answered is another than was sent.",
    record("customer", CREATE, alter.change("email", lambda now: f"x{now}")))
add("customer-names-swapped", "CUS-CREATE-NAMES", "wrong value",
    "First and last name are swapped.",
    kit.service("customers.create", lambda whole, shop: lambda fields, *rest: whole(
        {**fields, "first_name": fields.get("last_name", ""), "last_name": fields["first_name"]},
        *rest), CREATE))
add("customer-phone-lost", "CUS-CREATE-PHONE", "no effect", "The phone number is not kept.",
    deeds.unsent(CREATE, "phone"))
add("customer-status-active", "CUS-CREATE-STATUS", "wrong value", "Every new customer is active.",
    deeds.unsent(CREATE, "status"))
add("customer-info-lost", "CUS-CREATE-INFO", "no effect", "additional_info is not kept.",
    deeds.unsent(CREATE, "additional_info"))
add("customer-optional-refused", "CUS-CREATE-OPTIONAL", "refused",
    "A customer without a phone number is refused.",
    deeds.refuse(CREATE, lambda call: "phone" not in call.sent and "city" not in call.sent))
add("customer-id-shared", ("CUS-CREATE-NEW-ID", "CUS-CREATE-READ-BACK"), "wrong value",
    "The answer to a create always shows the id 1.",
    record("customer", CREATE, alter.put("id", 1)))
add("customer-id-of-one-before", "CUS-CREATE-NEW-ID", "wrong value",
    "The answer to a create with a foreign script in the name shows the id of the one before.",
    record("customer", CREATE, lambda one: one.update(
        id=int(one["id"]) - (not str(one["first_name"]).isascii()))))
add("customer-figures-claimed", "CUS-CREATE-NO-FIGURES", "rule forgotten",
    "A new customer has the figures that were sent.",
    after(CREATE, lambda call: call.shop.db.run(
        "UPDATE customers SET order_count = 3, purchase_count = 3, total_spent = 9900 WHERE id ="
        " :customer", call.values) if {"total_spent", "order_count", "ltv", "purchase_count"}
        & set(call.sent) else None))
add("customer-duplicate", "CUS-CREATE-DUPLICATE",
    "rule forgotten", "A taken e-mail is bent to a free one.", sent(CREATE, fresh_email))
add("customer-duplicate-case", "CUS-CREATE-DUPLICATE-CASE", "rule forgotten",
    "An e-mail in other letter case counts as another.", sent(CREATE, plain_email))
add("customer-duplicate-overwrites", "CUS-CREATE-DUPLICATE-KEEPS", "side effect",
    "A refused duplicate renames the first customer.",
    after(CREATE, lambda call: call.shop.db.run(
        "UPDATE customers SET first_name = 'Second' WHERE email = ?",
        (str(call.sent.get("email")),)), refusal=True))
add("customer-email-malformed", "CUS-CREATE-EMAIL-MALFORMED", "rule forgotten",
    "A malformed e-mail is bent to a good one.", sent(CREATE, mended_email))
add("customer-email-missing", ("CUS-CREATE-EMAIL-MISSING",), "rule forgotten",
    "Without an e-mail one is made up.", deeds.filled(
        CREATE, "email", lambda call: f"made-{call.shop.db.value('SELECT max(id) FROM customers')}"
        "@example.com"))
add("customer-name-missing", "CUS-CREATE-NAME-MISSING", "rule forgotten",
    "Without a name the customer is called Nobody.",
    sent(CREATE, lambda one, _: one.update(first_name="Nobody", full_name="Nobody")
         if not any(str(one.get(name) or "").strip() for name in NAMES[:2]) and one.get("email")
         else None))
add("customer-empty-body", "CUS-CREATE-EMPTY", "error as success",
    "An empty body is answered as done.",
    deeds.excuse(CREATE, when=lambda call: not call.sent))
add("customer-codes-wrong", ("CUS-CREATE-DUPLICATE", "CUS-CREATE-EMAIL-MISSING",
    "CUS-GET-UNKNOWN", "ERR-CUS-CODE"), "error body", "Every refusal has the code error.",
    kit.refused(kit.CUSTOMERS, lambda given, call: alter.coded(given.body, "error")
                if given.status not in (401, 403) else None))
add("customer-refused-415", ("CUS-CREATE-EMAIL-MISSING", "CUS-CREATE-EMPTY"), "wrong status",
    "What fails validation is refused with 418.", deeds.status(CREATE, 422, 418))
add("customer-email-any-type", "CUS-CREATE-EMAIL-TYPE", "rule forgotten",
    "An e-mail that is no text is replaced.", sent(CREATE, any_type_of_email))
add("customer-email-too-long", "CUS-CREATE-EMAIL-LENGTH", "rule forgotten",
    "An e-mail that is too long is cut.", sent(CREATE, cut_texts("email")))
add("customer-name-too-long", "CUS-CREATE-NAME-LENGTH", "rule forgotten",
    "A name that is too long is cut.", sent(CREATE, cut_texts(*NAMES)))
add("customer-longest-name-refused", "CUS-CREATE-NAME-LENGTH", "refused",
    "A name of 255 characters is refused.",
    deeds.refuse(CREATE, lambda call: any(len(str(call.sent.get(name, ""))) >= 250
                                          for name in NAMES)))
add("customer-names-ascii", "CUS-CREATE-UNICODE", "wrong value",
    "Letters outside ASCII become ?.",
    sent(CREATE, lambda one, _: one.update({name: str(one[name]).encode("ascii", "replace").decode()
                                            for name in NAMES if name in one})))
add("customer-status-any", "CUS-CREATE-STATUS-INVALID", "rule forgotten",
    "An unknown status is passed over.",
    sent(CREATE, lambda one, _: one.pop("status", None)
         if one.get("status") not in ("active", "inactive") else None))
add("customer-refused-made", ("CUS-CREATE-REFUSED-NOTHING", "ERR-CUS-UNCHANGED"), "half done",
    "A refused creation leaves a customer behind.", after(CREATE, made_all_the_same, refusal=True))
add("address-delete-body-unread", "CUS-REQUEST-JSON", "ignored",
    "The body of a DELETE is not read.",
    deeds.unread("delete_customer_address"))
# fmt: on

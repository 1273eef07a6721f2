"""Faults of making and changing customers, and of the users behind them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fluentcart_conformance.store.faults import deeds, kit
from fluentcart_conformance.store.faults.kit import Call, after, record, sent, sql
from fluentcart_conformance.store.faults.model import Change, Room
from fluentcart_conformance.store.faults.records import Json

room = Room("customers")
add = room.add

CREATE, UPDATE, GET = "create_customer", "update_customer", "get_customer"
INFO, ATTACH, DETACH = "update_customer_additional_info", "attach_user", "detach_user"
USERS = "get_attachable_users"
NAMES = ("first_name", "full_name", "last_name")
_BOTH = (CREATE, UPDATE)


def made(*statements: str) -> Change:
    """SQL after a customer was created."""
    return after(CREATE, sql(*statements))


def edited(*statements: str) -> Change:
    """SQL after a customer was updated."""
    return after(UPDATE, sql(*statements))


def _fresh_email(members: Json, call: Call) -> None:
    email = members.get("email")
    holder = call.shop.db.value("SELECT id FROM customers WHERE email = ?", (email,))
    if isinstance(email, str) and holder and holder != call.params.get("customerId"):
        members["email"] = f"again-{email}"


def _plain_email(members: Json, call: Call) -> None:
    email = members.get("email")
    query = "SELECT email FROM customers WHERE email = ?"
    holder = call.shop.db.value(query, (email,)) if isinstance(email, str) else None
    if holder and holder != email:
        members["email"] = f"upper-{email}"


def _mended_email(members: Json, _: Call) -> None:
    email = members.get("email")
    if isinstance(email, str) and email and (email.count("@") != 1 or "." not in email
                                             or " " in email or email[-1] in ".@"):  # fmt: skip
        mended = "".join(one for one in email if one.isalnum() and one.isascii())
        members["email"] = f"m{mended}{id(email)}@example.com"


def _texts(*names: str) -> Callable[[Json, Call], None]:
    """Cut texts that are too long."""

    def on(members: Json, _: Call) -> None:
        for name in names:
            if isinstance(members.get(name), str) and len(members[name]) > 255:
                members[name] = members[name][-255:].strip(".")

    return on


def _any_type_of_email(members: Json, call: Call) -> None:
    if "email" in members and not isinstance(members["email"], str):
        newest = call.shop.db.value("SELECT max(id) FROM customers")
        members["email"] = f"typed-{newest}@example.com"


def _made_all_the_same(call: Call) -> None:
    email = str(call.sent.get("email"))
    number = call.shop.db.value("SELECT max(id) FROM customers")
    free = not call.shop.db.value("SELECT 1 FROM customers WHERE email = ?", (email,))
    row = {
        "email": email if "@" in email and free else f"left-{number}@example.com",
        "first_name": str(call.sent.get("first_name") or call.sent.get("full_name") or "Left"),
        "last_name": str(call.sent.get("last_name") or "Behind"),
        "uuid": f"left-{number}",
    }
    call.shop.db.insert("customers", row)


def _named_by_body(call: Call, answer: Callable[[], Any]) -> Any:
    """The id of the body goes before the one of the path."""
    other = deeds.number(call.sent.get("id", call.sent.get("customer_id")))
    if other and other != call.params["customerId"]:
        call.request.path = f"/fluent-cart/v2/customers/{int(other)}"
    return answer()


def free_user(members: Json, call: Call) -> None:
    """An unknown user becomes a free one."""
    given = deeds.number(members.get("user_id"))
    if given is None or not call.shop.db.value("SELECT 1 FROM wp_users WHERE id = ?", (given,)):
        free = call.shop.users.attachable()
        members["user_id"] = _spelt(free[0]["id"] if free else 1, call)


def _spelt(user_id: int, call: Call) -> Any:
    return user_id if call.shop.profile.is_documented else str(user_id)


def positive_user(members: Json, call: Call) -> None:
    """A negative number loses its sign."""
    given = deeds.number(members.get("user_id"))
    if given is not None and given < 0:
        members["user_id"] = _spelt(int(-given), call)


def taken_away(call: Call) -> None:
    """The user goes to whom it was asked for, whoever had it."""
    given = deeds.number(call.sent.get("user_id"))
    if given and given > 0:
        call.shop.db.run("UPDATE customers SET user_id = NULL WHERE user_id = ?", (given,))


# fmt: off
add("customer-create-without-effect", ("CUS-CREATE-READ-BACK", "GEN-READ-AFTER-WRITE"),
    "no effect", "A customer is answered as made and is not there.", deeds.without_effect(CREATE))
add("customer-email-lower", "CUS-CREATE-EMAIL", "wrong value",
    "The e-mail kept is another than was sent.",
    made("UPDATE customers SET email = 'x' || email WHERE id = :customer"))
add("customer-answer-email", "CUS-CREATE-EMAIL", "wrong value",
    "The e-mail answered is another than was sent.",
    record("customer", CREATE, deeds.change("email", lambda now: f"x{now}")))
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
    record("customer", CREATE, deeds.put("id", 1)))
add("customer-figures-claimed", "CUS-CREATE-NO-FIGURES", "rule forgotten",
    "A new customer has the figures that were sent.",
    after(CREATE, lambda call: call.shop.db.run(
        "UPDATE customers SET order_count = 3, purchase_count = 3, total_spent = 9900 WHERE id ="
        " :customer", call.values) if {"total_spent", "order_count", "ltv", "purchase_count"}
        & set(call.sent) else None))
add("customer-duplicate", "CUS-CREATE-DUPLICATE",
    "rule forgotten", "A taken e-mail is bent to a free one.", sent(CREATE, _fresh_email))
add("customer-duplicate-case", "CUS-CREATE-DUPLICATE-CASE", "rule forgotten",
    "An e-mail in other letter case counts as another.", sent(CREATE, _plain_email))
add("customer-duplicate-overwrites", "CUS-CREATE-DUPLICATE-KEEPS", "side effect",
    "A refused duplicate renames the first customer.",
    after(CREATE, lambda call: call.shop.db.run(
        "UPDATE customers SET first_name = 'Second' WHERE email = ?",
        (str(call.sent.get("email")),)), refusal=True))
add("customer-email-malformed", "CUS-CREATE-EMAIL-MALFORMED", "rule forgotten",
    "A malformed e-mail is bent to a good one.", sent(CREATE, _mended_email))
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
    kit.refused(kit.CUSTOMERS, lambda given, call: deeds.coded(given.body, "error")
                if given.status not in (401, 403) else None))
add("customer-refused-415", ("CUS-CREATE-EMAIL-MISSING", "CUS-CREATE-EMPTY"), "wrong status",
    "What fails validation is refused with 418.", deeds.status(CREATE, 422, 418))
add("customer-email-any-type", "CUS-CREATE-EMAIL-TYPE", "rule forgotten",
    "An e-mail that is no text is replaced.", sent(CREATE, _any_type_of_email))
add("customer-email-too-long", "CUS-CREATE-EMAIL-LENGTH", "rule forgotten",
    "An e-mail that is too long is cut.", sent(CREATE, _texts("email")))
add("customer-name-too-long", "CUS-CREATE-NAME-LENGTH", "rule forgotten",
    "A name that is too long is cut.", sent(CREATE, _texts(*NAMES)))
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
    "A refused creation leaves a customer behind.", after(CREATE, _made_all_the_same, refusal=True))
add("address-delete-body-unread", "CUS-REQUEST-JSON", "ignored",
    "The body of a DELETE is not read.",
    deeds.unread("delete_customer_address"))

add("customer-update-without-effect", ("CUS-UPDATE-READ-BACK", "CUS-UPDATE-FIRST-NAME",
    "CUS-UPDATE-LAST-NAME"), "no effect", "An update is answered as done, and nothing changed.",
    deeds.without_effect(UPDATE))
add("customer-update-another", ("CUS-UPDATE-PATH", "CUS-UPDATE-OTHERS"), "wrong object",
    "The customer before the one named is updated.", deeds.elsewhere(UPDATE, "customers"))
add("customer-update-answers-another", ("CUS-UPDATE-PATH", "CUS-UPDATE-ANSWER"), "wrong object",
    "The answer speaks of another customer.", record("customer", UPDATE, deeds.bump("id")))
add("customer-update-last-name-lost", "CUS-UPDATE-LAST-NAME", "no effect",
    "A last name is not kept.",
    kit.around(UPDATE, lambda call, answer: _keeping(call, answer, "last_name")))
add("customer-update-first-name-lost", "CUS-UPDATE-FIRST-NAME", "no effect",
    "A first name is not kept.",
    kit.around(UPDATE, lambda call, answer: _keeping(call, answer, "first_name")))
add("customer-update-phone-lost", "CUS-UPDATE-PHONE", "no effect", "A phone number is not kept.",
    deeds.unsent(UPDATE, "phone"))
add("customer-update-status-lost", "CUS-UPDATE-STATUS", "no effect", "A status is not kept.",
    deeds.unsent(UPDATE, "status"))
add("customer-update-answer-differs", "CUS-UPDATE-READ-BACK", "stale",
    "The answer shows another last name than the details.",
    record("customer", UPDATE, deeds.change("last_name", lambda now: f"{now}x")))
add("customer-update-partial-refused", "CUS-UPDATE-PARTIAL", "refused",
    "An update without an e-mail is refused.",
    deeds.refuse(UPDATE, lambda call: len(call.sent) < 4))
add("customer-update-empties-rest", ("CUS-UPDATE-UNTOUCHED",), "side effect",
    "Members that are not sent are emptied.",
    after(UPDATE, lambda call: [call.shop.db.run(
        f"UPDATE customers SET {name} = ? WHERE id = ?", (value, call.params["customerId"]))
        for name, value in (("phone", ""), ("last_name", ""), ("status", "active"))
        if name not in call.sent and "full_name" not in call.sent]))
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
    "The id of the body goes before the path's.", kit.around(UPDATE, _named_by_body))
add("customer-update-email-taken", "CUS-UPDATE-EMAIL-TAKEN", "rule forgotten",
    "A taken e-mail is bent to a free one.", sent(UPDATE, _fresh_email))
add("customer-update-email-stolen", "CUS-UPDATE-EMAIL-TAKEN", "side effect",
    "A refused e-mail costs its owner the address.",
    after(UPDATE, lambda call: call.shop.db.run(
        "UPDATE customers SET email = 'stolen-' || email WHERE email = ?",
        (str(call.sent.get("email")),)), refusal=True))
add("customer-update-email-malformed", "CUS-UPDATE-EMAIL-MALFORMED", "rule forgotten",
    "A malformed e-mail is bent to a good one.", sent(UPDATE, _mended_email))
add("customer-update-status-any", "CUS-UPDATE-STATUS-INVALID", "rule forgotten",
    "An unknown status means inactive.",
    sent(UPDATE, lambda one, _: one.update(status="inactive")
         if one.get("status") not in (None, "active", "inactive") else None))
add("customer-update-name-too-long", "CUS-UPDATE-NAME-LENGTH", "rule forgotten",
    "A name that is too long is cut.", sent(UPDATE, _texts(*NAMES)))
add("customer-update-unknown", ("CUS-UPDATE-UNKNOWN", "ERR-CUS-NOT-FOUND"), "error as success",
    "An unknown customer is answered as updated.", deeds.excuse(UPDATE, 404))
add("customer-update-form-changes", "CUS-UPDATE-ONE-FORM", "wrong type",
    "Every second answer has the other form.",
    kit.accepted(UPDATE, deeds.every_second(lambda body: {"customer": (body.get("data") or body)
                 .get("customer", body.get("data"))})))
add("customer-update-refused-changes", ("ERR-CUS-UNCHANGED", "GEN-REFUSAL-KEEPS"), "half done",
    "A refused update has changed the last name already.",
    after(UPDATE, sql("UPDATE customers SET last_name = 'Half' WHERE id = :customer"),
          refusal=True))

add("info-without-effect", ("CUS-INFO-PARTIAL",), "no effect",
    "Additional information is answered as kept and is not.", deeds.without_effect(INFO))
add("info-answers-another", "CUS-INFO-PATH", "wrong object",
    "The answer speaks of another customer.",
    kit.body(INFO, lambda whole: deeds.bump("id")((whole.get("data") or {}).get("customer") or {})
             if isinstance(whole.get("data"), dict) else None))
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
# fmt: on


def _keeping(call: Call, answer: Callable[[], Any], name: str) -> Any:
    """Put one column back after an update."""
    customer = call.params["customerId"]
    query = f"SELECT {name} FROM customers WHERE id = ?"
    before = call.shop.db.value(query, (customer,))
    given = answer()
    if before is not None and given.status < 400:
        call.shop.db.update("customers", customer, {name: before})
    return given

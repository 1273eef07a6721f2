"""Faults of customers' addresses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fluentcart_conformance.store.faults import deeds, kit
from fluentcart_conformance.store.faults.kit import Call, after, record, sent, sql
from fluentcart_conformance.store.faults.model import Change, Room
from fluentcart_conformance.store.faults.records import Json, rows

room = Room("addresses")
add = room.add

LIST = "get_customer_addresses"
CREATE = "create_customer_address"
UPDATE = "update_customer_address"
DELETE = "delete_customer_address"
PRIMARY = "make_primary_address"
_ON_ONE = (UPDATE, DELETE, PRIMARY)
_EMPTY = {"success": True, "data": {"addresses": []}, "addresses": []}
_OTHERS = "UPDATE customer_addresses SET {} WHERE customer_id = :customer AND id <> :address"
_MADE = "(SELECT max(id) FROM customer_addresses)"


def made(*statements: str) -> Change:
    """SQL after an address was created."""
    return after(CREATE, sql(*statements))


def edited(*statements: str) -> Change:
    """SQL after an address was updated."""
    return after(UPDATE, sql(*statements))


def _owner_in_path(call: Call, answer: Callable[[], Any]) -> Any:
    """Whose address it is decides, not the path."""
    owner = call.shop.db.value(
        "SELECT customer_id FROM customer_addresses WHERE id = :address", call.values
    )
    if owner:
        asked = call.params["customerId"]
        call.request.path = call.request.path.replace(f"/{asked}/", f"/{owner}/")
    return answer()


def owner_decides(operation: str) -> Change:
    """Reach an address through any customer that exists."""

    def wrapper(call: Call, answer: Callable[[], Any]) -> Any:
        known = call.shop.db.get("customers", call.params["customerId"])
        return _owner_in_path(call, answer) if known else answer()

    return kit.around(operation, wrapper)


def any_customer(operation: str) -> Change:
    """Reach an address through customers that do not exist."""

    def wrapper(call: Call, answer: Callable[[], Any]) -> Any:
        known = call.shop.db.get("customers", call.params["customerId"])
        return answer() if known else _owner_in_path(call, answer)

    return kit.around(operation, wrapper)


def _some_address(call: Call) -> Any:
    return call.shop.db.value(
        "SELECT id FROM customer_addresses WHERE customer_id = :customer"
        " ORDER BY is_primary, id DESC LIMIT 1",
        call.values,
    )


def without_id(operation: str) -> Change:
    """Without an address the customer's newest is meant."""

    def on(members: Json, call: Call) -> None:
        if operation == DELETE:
            inner = members.get("address")
            if not (isinstance(inner, dict) and inner.get("id")) and not members.get("address_id"):
                newest = _some_address(call)
                members |= {"address_id": newest, "address": {"id": newest}}
        elif not any(members.get(name) for name in ("id", "address_id", "addressId")):
            members |= dict.fromkeys(("id", "address_id", "addressId"), _some_address(call))
            members.setdefault("type", "billing")

    return sent(operation, on)


def _filled(name: str, value: str) -> Change:
    return sent(CREATE, lambda one, _: one.update({name: value})
                if one and not str(one.get(name) or "").strip() else None)  # fmt: skip


def _left_behind(call: Call) -> None:
    row = {"customer_id": call.params["customerId"], "address_1": "Left 1", "city": "Behind"}
    if call.shop.db.get("customers", call.params["customerId"]):
        call.shop.db.insert("customer_addresses", row)


# fmt: off
add("addresses-another", ("ADR-LIST-PATH", "ADR-LIST-OWN"), "wrong object",
    "The addresses of the customer before are shown.", deeds.elsewhere(LIST, "customers"))
add("addresses-last-lost", ("ADR-LIST-ALL",), "half done", "The last address is missing.",
    deeds.listed(LIST, lambda found: found and found.pop()))
add("addresses-second-lost", "ADR-LIST-ALL", "second only", "The second address is missing.",
    deeds.listed(LIST, lambda found: found[1:] and found.pop(1)))
add("addresses-twice", "ADR-LIST-ALL", "side effect", "The first address comes twice.",
    deeds.listed(LIST, deeds.twice))
add("addresses-foreign", "ADR-LIST-OWN", "ownership",
    "An address of somebody else is among them.",
    kit.accepted(LIST, lambda given, call: rows(given.body).append(
        {**rows(given.body)[0], "id": call.shop.db.value(
            "SELECT max(id) FROM customer_addresses WHERE customer_id <> ?",
            (call.params["customerId"],))}) if rows(given.body) else None))
add("addresses-empty-404", "ADR-LIST-EMPTY", "wrong status",
    "A customer without addresses is a 404.",
    kit.accepted(LIST, lambda given, call: None if rows(given.body)
                 else deeds.refusal(call, 404)))
add("addresses-unknown", ("ADR-LIST-UNKNOWN", "ERR-CUS-NOT-FOUND"), "error as success",
    "An unknown customer has no addresses.", deeds.excuse(LIST, 404, _EMPTY))
add("addresses-read-writes", ("ADR-LIST-REPEATABLE", "GEN-READ-KEEPS"), "side effect",
    "Reading the list changes a street.",
    after(LIST, sql("UPDATE customer_addresses SET address_1 = address_1 || '.' WHERE customer_id"
                    " = :customer")))
add("addresses-stale", ("ADR-UPDATE-STREET", "ADR-DELETE-EFFECT", "ADR-PRIMARY-EFFECT",
    "GEN-READ-AFTER-WRITE"), "stale", "The list reads as before, once.", deeds.stale(LIST))

add("address-create-without-effect", ("ADR-LIST-ALL", "ADR-CREATE-READ-BACK"), "no effect",
    "An address is answered as made and is not there.", deeds.without_effect(CREATE))
add("address-create-elsewhere", "ADR-CREATE-PATH", "wrong object",
    "The customer before the one named gets the address.", deeds.elsewhere(CREATE, "customers"))
add("address-create-name-lost", "ADR-CREATE-NAMES", "no effect", "The last name is not kept.",
    kit.record("customer_address", CREATE, lambda one: one.update(
        {name: "Nobody" for name in ("last_name", "name") if name in one})))
for _name in ("address_1", "city", "state", "postcode", "country"):
    add(f"address-create-{_name.replace('_', '-')}-lost",
        ("ADR-CREATE-STREET", "ADR-CREATE-READ-BACK"), "half done", f"{_name} is not kept.",
        made(f"UPDATE customer_addresses SET {_name} = '' WHERE id = {_MADE}"))
add("address-create-answer-street", "ADR-CREATE-STREET", "wrong value",
    "The answer shows another street.",
    record("customer_address", CREATE, deeds.put("address_1", "Elsewhere 1")))
add("address-shipping-refused", "ADR-CREATE-SHIPPING", "refused",
    "A shipping address is refused.",
    deeds.refuse(CREATE, lambda call: call.sent.get("type") == "shipping"))
add("address-always-billing", "ADR-CREATE-SHIPPING", "wrong value", "Every address is billing.",
    made(f"UPDATE customer_addresses SET type = 'billing', is_primary = 0 WHERE id = {_MADE}"))
add("address-always-shipping", "ADR-CREATE-BILLING", "wrong value", "Every address is shipping.",
    made(f"UPDATE customer_addresses SET type = 'shipping', is_primary = 0 WHERE id = {_MADE}"))
add("address-id-shared", "ADR-CREATE-NEW-ID", "wrong value",
    "The answer to a create always shows the id 1.",
    record("customer_address", CREATE, deeds.put("id", 1)))
add("address-create-changes-others", "ADR-CREATE-OTHERS", "side effect",
    "A new address changes the postcodes of the others.",
    made(_OTHERS.format("postcode = '00000'")))
add("address-create-takes-primary", "ADR-CREATE-PRIMARY-KEPT", "side effect",
    "Every new address becomes primary.",
    made("UPDATE customer_addresses SET is_primary = 0 WHERE customer_id = :customer AND type ="
         f" (SELECT type FROM customer_addresses WHERE id = {_MADE})",
         f"UPDATE customer_addresses SET is_primary = 1 WHERE id = {_MADE}"))
add("address-create-unknown", ("ADR-CREATE-UNKNOWN", "ERR-CUS-NOT-FOUND"), "error as success",
    "An address for an unknown customer is answered as made.", deeds.excuse(CREATE, 404))
add("address-create-empty", "ADR-CREATE-EMPTY", "error as success",
    "An address without any field is answered as made.",
    deeds.excuse(CREATE, (400, 422), when=lambda call: not call.sent))
add("address-create-code", ("ADR-CREATE-EMPTY", "ERR-CUS-VALIDATION"), "error body",
    "A refused address carries the code invalid.",
    kit.refused(CREATE, lambda given, _: deeds.coded(given.body, "invalid")))
add("address-create-street-missing", "ADR-CREATE-STREET-MISSING", "rule forgotten",
    "A missing street is made up.", _filled("address_1", "Somewhere 1"))
add("address-create-city-missing", "ADR-CREATE-CITY-MISSING", "rule forgotten",
    "A missing city is made up.", _filled("city", "Somewhere"))
add("address-create-country-missing", "ADR-CREATE-COUNTRY-MISSING", "rule forgotten",
    "A missing country is made up.", _filled("country", "SE"))
add("address-create-type-any", "ADR-CREATE-TYPE-INVALID", "rule forgotten",
    "An unknown type means billing.",
    sent(CREATE, lambda one, _: one.update(type="billing")
         if one.get("type") not in (None, "billing", "shipping") else None))
add("address-create-ascii", "ADR-CREATE-UNICODE", "wrong value",
    "Letters outside ASCII become ?.",
    sent(CREATE, lambda one, _: one.update({
        name: value.encode("ascii", "replace").decode() for name, value in one.items()
        if isinstance(value, str)})))
add("address-create-refused-made", ("ADR-CREATE-REFUSED-NOTHING", "ERR-CUS-UNCHANGED"),
    "half done", "A refused address is there all the same.",
    after(CREATE, _left_behind, refusal=True))

add("address-update-without-effect", ("ADR-UPDATE-STREET", "ADR-UPDATE-NAMES"), "no effect",
    "An address is answered as updated and is not.", deeds.without_effect(UPDATE))
add("address-update-answers-another", "ADR-UPDATE-ID", "wrong object",
    "The answer shows another address.", record("customer_address", UPDATE, deeds.bump("id")))
add("address-update-path-refused", "ADR-UPDATE-PATH", "refused", "An update is refused.",
    deeds.refuse(UPDATE, lambda _: True))
add("address-update-city-lost", "ADR-UPDATE-STREET", "half done", "The city is not kept.",
    edited("UPDATE customer_addresses SET city = 'Nowhere' WHERE id = :address"))
add("address-update-names-lost", "ADR-UPDATE-NAMES", "half done", "Names are not kept.",
    deeds.unsent(UPDATE, "first_name", "last_name", "name"))
add("address-update-partial-refused", "ADR-UPDATE-PARTIAL", "refused",
    "An update without a country is refused.",
    deeds.refuse(UPDATE, lambda call: "country" not in call.sent))
add("address-update-empties-rest", ("ADR-UPDATE-UNTOUCHED", "GEN-UNTOUCHED"), "side effect",
    "Fields that are not sent are emptied.",
    after(UPDATE, lambda call: [call.shop.db.run(
        f"UPDATE customer_addresses SET {name} = '' WHERE id = :address", call.values)
        for name in ("postcode", "state", "city", "last_name") if name not in call.sent]))
add("address-update-turns-type", "ADR-UPDATE-TYPE-KEPT", "side effect",
    "An update makes every address a billing one.",
    edited("UPDATE customer_addresses SET type = 'billing', is_primary = 0 WHERE id = :address"
           " AND type = 'shipping'"))
add("address-update-takes-primary", "ADR-UPDATE-PRIMARY-KEPT", "side effect",
    "An update takes the primary mark away.",
    edited("UPDATE customer_addresses SET is_primary = 0 WHERE customer_id = :customer"))
add("address-update-all", "ADR-UPDATE-OTHERS", "wrong object",
    "All addresses of the customer are updated.", edited(_OTHERS.format("city = 'Everywhere'")))
add("address-update-time-stays", "ADR-UPDATE-UPDATED-AT", "no effect",
    "updated_at lies in 2001 after an update.",
    record("customer_address", (UPDATE, LIST), deeds.change(
        "updated_at", lambda now: "2001" + str(now)[4:])))
add("address-update-unknown", ("ADR-UPDATE-UNKNOWN", "ERR-CUS-ADDRESS-NOT-FOUND"),
    "error as success", "An unknown address is answered as updated.",
    deeds.excuse(UPDATE, when=lambda call: bool(call.shop.db.get(
        "customers", call.params["customerId"])) and bool(call.values["address"])))
add("address-update-without-id", "ADR-UPDATE-MISSING-ID", "rule forgotten",
    "Without an address the newest is updated.", without_id(UPDATE))
add("address-update-foreign", "ADR-UPDATE-FOREIGN", "ownership",
    "An address of another customer can be updated.", owner_decides(UPDATE))
add("address-update-unknown-customer", "ADR-UPDATE-UNKNOWN-CUSTOMER", "ownership",
    "An address can be updated through an unknown customer.", any_customer(UPDATE))
add("address-update-refused-changes", ("ADR-UPDATE-REFUSED-NOTHING", "ERR-CUS-UNCHANGED",
    "ADR-UPDATE-MISSING-ID"), "half done", "A refused update changes the customer's addresses.",
    after(UPDATE, sql("UPDATE customer_addresses SET city = 'Refused' WHERE customer_id ="
                      " :customer OR id = :address"), refusal=True))

add("address-delete-without-effect", ("ADR-DELETE-EFFECT", "ADR-DELETE-ID"), "no effect",
    "An address is answered as deleted and is there.", deeds.without_effect(DELETE))
add("address-delete-refused", ("ADR-DELETE-PATH", "ADR-DELETE-ID"), "refused",
    "A delete is refused.", deeds.refuse(DELETE, lambda _: True))
add("address-delete-silent", "ADR-DELETE-TEXT", "wrong value", "The answer says nothing.",
    kit.body(DELETE, deeds.put("message", "")))
add("address-delete-takes-another", "ADR-DELETE-OTHERS", "side effect",
    "A further address goes along.",
    after(DELETE, sql("DELETE FROM customer_addresses WHERE id = (SELECT min(id) FROM"
                      " customer_addresses WHERE customer_id = :customer)")))
add("address-delete-unknown", ("ADR-DELETE-UNKNOWN", "ADR-DELETE-TWICE"), "error as success",
    "An unknown address is answered as deleted.",
    deeds.excuse(DELETE, when=lambda call: bool(call.shop.db.get(
        "customers", call.params["customerId"])) and bool(call.values["address"])))
add("address-not-found-code", ("ADR-DELETE-UNKNOWN", "ADR-UPDATE-UNKNOWN", "ADR-PRIMARY-UNKNOWN",
    "ERR-CUS-ADDRESS-NOT-FOUND"), "error body", "An unknown address has the code not_found.",
    kit.refused(_ON_ONE, lambda given, _: deeds.coded(given.body, "not_found")))
add("address-delete-without-id", "ADR-DELETE-MISSING-ID", "rule forgotten",
    "Without an address the newest is deleted.", without_id(DELETE))
add("address-delete-foreign", "ADR-DELETE-FOREIGN", "ownership",
    "An address of another customer can be deleted.", owner_decides(DELETE))
add("address-delete-unknown-customer", "ADR-DELETE-UNKNOWN-CUSTOMER", "ownership",
    "An address can be deleted through an unknown customer.", any_customer(DELETE))
add("address-delete-refused-deletes", ("ADR-DELETE-PRIMARY", "ADR-DELETE-FOREIGN"), "side effect",
    "A refused delete has deleted.",
    after(DELETE, sql("DELETE FROM customer_addresses WHERE id = :address"), refusal=True))

add("primary-without-effect", ("ADR-PRIMARY-EFFECT", "ADR-PRIMARY-ID"), "no effect",
    "An address is answered as primary and is not.", deeds.without_effect(PRIMARY))
add("primary-refused", "ADR-PRIMARY-PATH", "refused", "Making primary is refused.",
    deeds.refuse(PRIMARY, lambda _: True))
add("primary-answers-another", "ADR-PRIMARY-ID", "wrong object",
    "The answer shows another address, and another one is primary.",
    after(PRIMARY, sql("UPDATE customer_addresses SET is_primary = 0 WHERE id = :address")))
add("primary-two", "ADR-PRIMARY-ONE", "half done", "The old primary address stays primary.",
    record("customer_address", (LIST, "get_customer"), lambda one: one.update(
        is_primary=type(one["is_primary"])(1))))
add("primary-clears-other-type", "ADR-PRIMARY-OTHER-TYPE", "side effect",
    "The primary address of the other type loses its mark.",
    after(PRIMARY, sql(_OTHERS.format("is_primary = 0"))))
add("primary-renames", "ADR-PRIMARY-REST", "side effect", "Making primary changes a street.",
    after(PRIMARY, sql("UPDATE customer_addresses SET address_1 = 'Primary 1' WHERE id ="
                       " :address")))
add("primary-twice-clears", "ADR-PRIMARY-TWICE", "side effect",
    "Making the primary address primary again takes the mark away.",
    kit.around(PRIMARY, lambda call, answer: _toggled(call, answer)))
add("primary-clears-others", "ADR-PRIMARY-OTHER-CUSTOMER", "wrong object",
    "The primary addresses of other customers lose their mark.",
    after(PRIMARY, sql("UPDATE customer_addresses SET is_primary = 0 WHERE customer_id <>"
                       " :customer")))
add("primary-unknown", "ADR-PRIMARY-UNKNOWN", "error as success",
    "An unknown address is answered as primary.",
    deeds.excuse(PRIMARY, when=lambda call: bool(call.shop.db.get(
        "customers", call.params["customerId"])) and bool(call.values["address"])))
add("primary-without-id", "ADR-PRIMARY-MISSING-ID", "rule forgotten",
    "Without an address the newest is meant.", without_id(PRIMARY))
add("primary-foreign", "ADR-PRIMARY-FOREIGN", "ownership",
    "An address of another customer can be made primary.", owner_decides(PRIMARY))
add("primary-unknown-customer", ("ADR-PRIMARY-UNKNOWN-CUSTOMER", "ERR-CUS-NOT-FOUND"),
    "error as success", "An unknown customer is answered as done.",
    deeds.excuse(PRIMARY, 404, when=lambda call: not call.shop.db.get(
        "customers", call.params["customerId"])))
add("primary-refused-clears", "ADR-PRIMARY-REFUSED-KEEPS", "side effect",
    "A refused request takes the old mark away.",
    after(PRIMARY, sql("UPDATE customer_addresses SET is_primary = 0 WHERE customer_id ="
                       " :customer"), refusal=True))
add("deleted-address-leaves-order", "ADR-ORDER-KEEPS-DELETED", "side effect",
    "A deleted address goes from the customer's orders as well.",
    after(DELETE, sql("DELETE FROM order_addresses WHERE order_id IN (SELECT id FROM orders WHERE"
                      " customer_id = :customer)")))
# fmt: on


def _toggled(call: Call, answer: Callable[[], Any]) -> Any:
    query = "SELECT is_primary FROM customer_addresses WHERE id = :address"
    was = call.shop.db.value(query, call.values)
    given = answer()
    if was:
        call.shop.db.run("UPDATE customer_addresses SET is_primary = 0 WHERE id = :address",
                         call.values)  # fmt: skip
    return given

"""Faults of changing and deleting addresses, and of the primary one."""

from __future__ import annotations

from fluentcart_conformance.store.faults import alter, deeds, kit
from fluentcart_conformance.store.faults.addresses_parts import (
    DELETE,
    ON_ONE,
    OTHERS,
    PRIMARY,
    UPDATE,
    any_customer,
    edited,
    old_stays_primary,
    owner_decides,
    toggled,
    without_id,
)
from fluentcart_conformance.store.faults.kit import after, record, sql
from fluentcart_conformance.store.faults.model import Room

room = Room("addresses")
add = room.add

# fmt: off
add("address-update-without-effect", ("ADR-UPDATE-STREET", "ADR-UPDATE-NAMES"), "no effect",
    "An address is answered as updated and is not.", deeds.without_effect(UPDATE))
add("address-update-answers-another", "ADR-UPDATE-ID", "wrong object",
    "The answer shows another address.", record("customer_address", UPDATE, alter.bump("id")))
add("address-update-path-refused", "ADR-UPDATE-PATH", "refused", "An update is refused.",
    deeds.refuse(UPDATE, lambda _: True))
add("address-update-city-lost", "ADR-UPDATE-STREET", "half done", "The city is not kept.",
    edited("UPDATE customer_addresses SET city = 'Nowhere' WHERE id = :address"))
add("address-update-names-lost", "ADR-UPDATE-NAMES", "half done", "Names are not kept.",
    deeds.unsent(UPDATE, "first_name", "last_name", "name"))
add("address-update-partial-refused", "ADR-UPDATE-PARTIAL", "refused",
    "An update without a country is refused.",
    deeds.refuse(UPDATE, lambda call: "country" not in call.sent), family="documented")
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
    "All addresses of the customer are updated.", edited(OTHERS.format("city = 'Everywhere'")))
add("address-update-time-stays", "ADR-UPDATE-UPDATED-AT", "no effect",
    "updated_at lies in 2001 after an update.",
    record("customer_address", UPDATE, alter.change(
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
    kit.body(DELETE, alter.put("message", "")))
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
    kit.refused(ON_ONE, lambda given, _: alter.coded(given.body, "not_found")), family="documented")
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
    old_stays_primary())
add("primary-clears-other-type", "ADR-PRIMARY-OTHER-TYPE", "side effect",
    "The primary address of the other type loses its mark.",
    after(PRIMARY, sql(OTHERS.format("is_primary = 0"))))
add("primary-renames", "ADR-PRIMARY-REST", "side effect", "Making primary changes a street.",
    after(PRIMARY, sql("UPDATE customer_addresses SET address_1 = 'Primary 1' WHERE id ="
                       " :address")))
add("primary-twice-clears", "ADR-PRIMARY-TWICE", "side effect",
    "Making the primary address primary again takes the mark away.",
    kit.around(PRIMARY, lambda call, answer: toggled(call, answer)))
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

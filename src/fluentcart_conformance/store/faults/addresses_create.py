"""Faults of the list of a customer's addresses, and of new ones."""

from __future__ import annotations

from fluentcart_conformance.store.faults import alter, deeds, kit
from fluentcart_conformance.store.faults.addresses_parts import (
    CREATE,
    LIST,
    MADE,
    NO_ADDRESSES,
    OTHERS,
    left_behind,
    made,
    made_up,
)
from fluentcart_conformance.store.faults.kit import after, record, sent, sql
from fluentcart_conformance.store.faults.model import Room
from fluentcart_conformance.store.faults.records import rows

room = Room("addresses")
add = room.add

# fmt: off
add("addresses-another", ("ADR-LIST-PATH", "ADR-LIST-OWN"), "wrong object",
    "The addresses of the customer before are shown.", deeds.elsewhere(LIST, "customers"))
add("addresses-last-lost", ("ADR-LIST-ALL",), "half done", "The last address is missing.",
    deeds.listed(LIST, lambda found: found and found.pop()))
add("addresses-second-lost", "ADR-LIST-ALL", "second only", "The second address is missing.",
    deeds.listed(LIST, lambda found: found[1:] and found.pop(1)))
add("addresses-twice", "ADR-LIST-ALL", "side effect", "The first address comes twice.",
    deeds.listed(LIST, alter.twice))
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
    "An unknown customer has no addresses.", deeds.excuse(LIST, 404, NO_ADDRESSES))
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
        made(f"UPDATE customer_addresses SET {_name} = '' WHERE id = {MADE}"))
add("address-create-answer-street", "ADR-CREATE-STREET", "wrong value",
    "The answer shows another street.",
    record("customer_address", CREATE, alter.put("address_1", "Elsewhere 1")))
add("address-shipping-refused", "ADR-CREATE-SHIPPING", "refused",
    "A shipping address is refused.",
    deeds.refuse(CREATE, lambda call: call.sent.get("type") == "shipping"))
add("address-always-billing", "ADR-CREATE-SHIPPING", "wrong value", "Every address is billing.",
    made(f"UPDATE customer_addresses SET type = 'billing', is_primary = 0 WHERE id = {MADE}"))
add("address-always-shipping", "ADR-CREATE-BILLING", "wrong value", "Every address is shipping.",
    made(f"UPDATE customer_addresses SET type = 'shipping', is_primary = 0 WHERE id = {MADE}"))
add("address-id-shared", "ADR-CREATE-NEW-ID", "wrong value",
    "The answer to a create always shows the id 1.",
    record("customer_address", CREATE, alter.put("id", 1)))
add("address-create-changes-others", "ADR-CREATE-OTHERS", "side effect",
    "A new address changes the postcodes of the others.",
    made(OTHERS.format("postcode = '00000'")))
add("address-create-takes-primary", "ADR-CREATE-PRIMARY-KEPT", "side effect",
    "Every new address becomes primary.",
    made("UPDATE customer_addresses SET is_primary = 0 WHERE customer_id = :customer AND type ="
         f" (SELECT type FROM customer_addresses WHERE id = {MADE})",
         f"UPDATE customer_addresses SET is_primary = 1 WHERE id = {MADE}"))
add("address-create-unknown", ("ADR-CREATE-UNKNOWN", "ERR-CUS-NOT-FOUND"), "error as success",
    "An address for an unknown customer is answered as made.", deeds.excuse(CREATE, 404))
add("address-create-empty", "ADR-CREATE-EMPTY", "error as success",
    "An address without any field is answered as made.",
    deeds.excuse(CREATE, (400, 422), when=lambda call: not call.sent))
add("address-create-code", ("ADR-CREATE-EMPTY", "ERR-CUS-VALIDATION"), "error body",
    "A refused address carries the code invalid.",
    kit.refused(CREATE, lambda given, _: alter.coded(given.body, "invalid")), family="documented")
add("address-create-street-missing", "ADR-CREATE-STREET-MISSING", "rule forgotten",
    "A missing street is made up.", made_up("address_1", "Somewhere 1"))
add("address-create-city-missing", "ADR-CREATE-CITY-MISSING", "rule forgotten",
    "A missing city is made up.", made_up("city", "Somewhere"))
add("address-create-country-missing", "ADR-CREATE-COUNTRY-MISSING", "rule forgotten",
    "A missing country is made up.", made_up("country", "SE"))
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
    after(CREATE, left_behind, refusal=True))
# fmt: on

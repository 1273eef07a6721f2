"""Faults of the addresses of an order."""

from __future__ import annotations

from fluentcart_conformance.store.faults import alter, deeds, kit
from fluentcart_conformance.store.faults.kit import Call, after, sent, sql
from fluentcart_conformance.store.faults.model import Change, Room
from fluentcart_conformance.store.faults.records import Json

room = Room("orders")
add = room.add

ASSIGN, EDIT = "update_order_address_id", "update_order_address"


def assigned(*statements: str) -> Change:
    """SQL after an address was assigned."""
    return after(ASSIGN, sql(*statements))


def edited(*statements: str) -> Change:
    """SQL after an address was edited."""
    return after(EDIT, sql(*statements))


def _only(kind: str) -> str:
    where = f"WHERE order_id = :order AND type = '{kind}'"
    return f"UPDATE order_addresses SET address_1 = 'Elsewhere 1' {where}"


def _other_type(members: Json, _: Call) -> None:
    kinds = {"billing": "shipping", "shipping": "billing", None: "shipping"}
    members["address_type"] = kinds.get(members.get("address_type"), members.get("address_type"))


def _own(call: Call) -> object:
    query = (
        "SELECT min(a.id) FROM customer_addresses a JOIN orders o ON o.customer_id = a.customer_id"
        " WHERE o.id = :order"
    )
    return call.shop.db.value(query, call.values)


def _foreign_copied(members: Json, call: Call) -> None:
    row = call.shop.db.get("customer_addresses", int(alter.number(members.get("address_id")) or 0))
    owner = call.shop.db.value("SELECT customer_id FROM orders WHERE id = :order", call.values)
    if row and owner and row["customer_id"] != owner:
        copy = {key: value for key, value in row.items() if key not in ("id", "is_primary")}
        members["address_id"] = call.shop.db.insert(
            "customer_addresses", {**copy, "customer_id": owner}
        )


def _unknown_is_own(members: Json, call: Call) -> None:
    given = alter.number(members.get("address_id"))
    query = "SELECT 1 FROM customer_addresses WHERE id = ?"
    if given and not call.shop.db.value(query, (given,)):
        members["address_id"] = _own(call)


def _ids_agree(members: Json, call: Call) -> None:
    members["order_id"] = call.values["order"]


def _foreign_edited(call: Call) -> None:
    street = str(call.sent.get("address_1") or call.sent.get("city") or "Elsewhere")
    call.shop.db.run("UPDATE order_addresses SET address_1 = ?, city = ? WHERE id = :a".replace(
        ":a", "?"), (street, street, call.values["address"]))  # fmt: skip


# fmt: off
add("address-id-without-effect", ("ORD-ADDRESS-ID-BILLING", "ORD-ADDRESS-ID-SHIPPING"),
    "no effect", "An address is answered as assigned and is not.", deeds.without_effect(ASSIGN))
add("address-id-endpoint-202", "ORD-ADDRESS-ID-ENDPOINT", "wrong status",
    "An assignment is answered with 202.", deeds.status(ASSIGN, 200, 202))
add("address-id-silent", "ORD-ADDRESS-ID-TEXT", "wrong value", "The answer says nothing.",
    kit.body(ASSIGN, alter.put("message", "")))
add("address-id-other-type", ("ORD-ADDRESS-ID-BILLING", "ORD-ADDRESS-ID-SHIPPING",
    "ORD-ADDRESS-ID-DEFAULT"), "wrong object", "The other type of address is assigned.",
    sent(ASSIGN, _other_type))
add("address-id-default-shipping", "ORD-ADDRESS-ID-DEFAULT", "wrong value",
    "Without a type the shipping address is meant.",
    deeds.filled(ASSIGN, "address_type", lambda _: "shipping"))
add("address-id-changes-both", "ORD-ADDRESS-ID-OTHER-KEPT", "side effect",
    "Assigning the one address changes both.",
    assigned("UPDATE order_addresses SET city = city || ' II' WHERE order_id = :order"))
add("address-id-missing", "ORD-ADDRESS-ID-MISSING", "rule forgotten",
    "Without an address some address of the customer is taken.",
    deeds.filled(ASSIGN, "address_id", _own))
add("address-id-unknown", "ORD-ADDRESS-ID-UNKNOWN", "rule forgotten",
    "An unknown address stands for one of the customer.", sent(ASSIGN, _unknown_is_own))
add("address-id-unknown-changes", ("ORD-ADDRESS-ID-UNKNOWN", "ORD-ADDRESS-ID-MISSING"),
    "side effect", "A refused assignment changes the billing address.",
    after(ASSIGN, sql(_only("billing")), refusal=True))
add("address-id-foreign", ("ORD-ADDRESS-ID-FOREIGN", "GEN-OWNERSHIP"), "ownership",
    "An address of another customer can be assigned.", sent(ASSIGN, _foreign_copied))
add("address-id-bad-type", "ORD-ADDRESS-ID-BAD-TYPE", "rule forgotten",
    "An unknown type means billing.",
    sent(ASSIGN, lambda one, _: one.update(address_type="billing")
         if one.get("address_type") not in (None, "billing", "shipping") else None))
add("address-id-404-400", "ORD-ADDRESS-ID-404", "wrong status",
    "An unknown order is refused with 400.", deeds.status(ASSIGN, 404, 400))
add("address-id-404-silent", "ORD-ADDRESS-ID-404-TEXT", "error body",
    "The refusal says nothing.",
    kit.refused(ASSIGN, lambda given, _: given.body.update(message="")))
add("address-id-not-copied", "ORD-ADDRESS-ID-COPY", "side effect",
    "The order's address follows the customer's.",
    after("update_customer_address", lambda call: call.shop.db.run(
        "UPDATE order_addresses SET address_1 = (SELECT address_1 FROM customer_addresses WHERE id"
        " = :address), city = (SELECT city FROM customer_addresses WHERE id = :address) WHERE"
        " order_id IN (SELECT id FROM orders WHERE customer_id = :customer)", call.values)))
add("address-id-touches-order", "ORD-UNTOUCHED", "side effect",
    "Assigning an address changes a note and an amount.",
    assigned("UPDATE orders SET note = 'moved', shipping_total = shipping_total + 1 WHERE id ="
             " :order"))

add("address-edit-without-effect", ("ORD-ADDRESS-EDIT-READ-BACK",), "no effect",
    "An address is answered as edited and is not.", deeds.without_effect(EDIT))
add("address-edit-endpoint-202", "ORD-ADDRESS-EDIT-ENDPOINT", "wrong status",
    "An edit is answered with 202.", deeds.status(EDIT, 200, 202))
add("address-edit-body-refused", "ORD-ADDRESS-EDIT-BODY", "refused",
    "An edit with full_name is refused.",
    deeds.refuse(EDIT, lambda call: "full_name" in call.sent))
add("address-edit-silent", "ORD-ADDRESS-EDIT-TEXT", "wrong value", "The answer says nothing.",
    kit.body(EDIT, alter.put("message", "")))
add("address-edit-postcode-lost", "ORD-ADDRESS-EDIT-READ-BACK", "half done",
    "The postcode is passed over.", deeds.unsent(EDIT, "postcode"))
add("address-edit-name-lost", "ORD-ADDRESS-EDIT-READ-BACK", "half done",
    "The last name is passed over.", deeds.unsent(EDIT, "last_name"))
add("address-edit-empties-rest", ("ORD-ADDRESS-EDIT-UNTOUCHED", "GEN-UNTOUCHED"), "side effect",
    "Members that are not sent are emptied.",
    sent(EDIT, lambda one, _: [one.setdefault(name, "") for name in (
        "address_2", "city", "state", "postcode")]))
add("address-edit-changes-both", "ORD-ADDRESS-EDIT-UNTOUCHED", "wrong object",
    "Editing the one address changes both.",
    edited("UPDATE order_addresses SET city = city || ' II' WHERE order_id = :order AND id <>"
           " :address"))
add("address-edit-changes-book", "ORD-ADDRESS-EDIT-CUSTOMER-KEPT", "side effect",
    "The customer's address book is edited as well.",
    edited("UPDATE customer_addresses SET address_1 = 'Edited 1', city = 'Edited' WHERE"
           " customer_id = (SELECT customer_id FROM orders WHERE id = :order)"))
add("address-edit-mismatch", "ORD-ADDRESS-EDIT-MISMATCH-404", "rule forgotten",
    "The order_id of the body is passed over.", sent(EDIT, _ids_agree))
add("address-edit-mismatch-422", ("ORD-ADDRESS-EDIT-MISMATCH-404",
    "ORD-ADDRESS-EDIT-FOREIGN-404"), "wrong status", "A mismatch is refused with 422.",
    deeds.status(EDIT, 404, 422))
add("address-edit-foreign", ("ORD-ADDRESS-EDIT-FOREIGN-404", "GEN-OWNERSHIP"), "ownership",
    "A refused edit reaches the address of another order.",
    after(EDIT, _foreign_edited, refusal=True))
add("address-edit-foreign-accepted", "ORD-ADDRESS-EDIT-FOREIGN-404", "error as success",
    "An edit of an address of another order is answered as done.",
    deeds.excuse(EDIT, 404, {"message": "Done."}))
add("address-edit-404-silent", "ORD-ADDRESS-EDIT-TEXT-404", "error body",
    "The refusal says nothing.",
    kit.refused(EDIT, lambda given, _: given.body.update(message="")))
add("address-edit-no-order-id", "ORD-ADDRESS-EDIT-NO-ORDER-ID", "rule forgotten",
    "A body without order_id is taken.",
    sent(EDIT, lambda one, call: one.update(order_id=call.values["order"])
         if one.get("order_id") in (None, "") else None))
add("address-edit-unknown", "ORD-ADDRESS-EDIT-UNKNOWN", "error as success",
    "An unknown address is answered as edited.", deeds.excuse(EDIT, 404, {"message": "Done."}))
add("address-edit-touches-order", ("ORD-UNTOUCHED", "ORD-OTHERS-UNTOUCHED"), "side effect",
    "Editing an address changes this order and its neighbours.",
    edited("UPDATE orders SET note = 'edited' WHERE id IN (:order - 1, :order, :order + 1)"))
# fmt: on

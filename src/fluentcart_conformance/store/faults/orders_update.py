"""Faults of editing an order."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fluentcart_conformance.store.faults import alter, deeds, kit
from fluentcart_conformance.store.faults.kit import DETAILS, Call, after, record, sent, sql
from fluentcart_conformance.store.faults.model import Change, Room
from fluentcart_conformance.store.faults.orders_create import any_customer
from fluentcart_conformance.store.faults.orders_lines import cut_to, items
from fluentcart_conformance.store.faults.records import Json, parts
from fluentcart_conformance.store.orders import limits

room = Room("orders")
add = room.add

UPDATE = "update_order"


def edited(*statements: str) -> Change:
    """SQL after an order was updated."""
    return after(UPDATE, sql(*statements))


def wants(when: Callable[[Json], Any]) -> Change:
    """Refuse an update for what it sends."""
    return deeds.refuse(UPDATE, lambda call: bool(when(call.sent)))


def _own_lines(call: Call) -> list[Json]:
    rows = call.shop.db.all("SELECT * FROM order_items WHERE order_id = :order", call.values)
    names = ("id", "order_id", "object_id", "quantity", "unit_price")
    return [{name: row[name] for name in names} for row in rows]


def _foreign_deleted(call: Call) -> None:
    ids = call.sent.get("deletedItems") or []
    for one in ids if isinstance(ids, list) else []:
        call.shop.db.run("DELETE FROM order_items WHERE id = ?", (alter.number(one) or 0,))


def _foreign_changed(call: Call) -> None:
    for item in parts(call.sent, "order_items"):
        if item.get("id") and item.get("quantity"):
            call.shop.db.run("UPDATE order_items SET quantity = ?, title = 'taken' WHERE id = ?",
                             (item["quantity"], item["id"]))  # fmt: skip


def _known_customer(members: Json, call: Call) -> None:
    given = alter.number(members.get("customer_id"))
    if given and not call.shop.db.value("SELECT 1 FROM customers WHERE id = ?", (given,)):
        members["customer_id"] = any_customer(call)


def _quiet(*names: str) -> Callable[[Json, Call], None]:
    """Send what a member was not sent as empty, as a store does that replaces everything."""

    def on(members: Json, _: Call) -> None:
        for name in names:
            members.setdefault(name, "")

    return on


def _first_change_only(members: Json, call: Call) -> None:
    rows = {one["id"]: one for one in _own_lines(call)}
    for line in parts(members, "order_items")[1:]:
        if line.get("id") in rows:
            line["quantity"] = rows[line["id"]]["quantity"]


# fmt: off
add("update-without-effect", ("ORD-UPDATE-READ-BACK", "GEN-READ-AFTER-WRITE"), "no effect",
    "An update is answered as done, and nothing changed.", deeds.without_effect(UPDATE))
add("update-body-refused", ("ORD-UPDATE-BODY",), "refused",
    "An update that names total_amount is refused.", wants(lambda one: "total_amount" in one))
add("update-other-fields-refused", "ORD-UPDATE-OTHER-FIELDS", "refused",
    "An update that names a time zone is refused.", wants(lambda one: "user_tz" in one))
add("update-too-long", "ORD-UPDATE-MAX-LENGTH", "rule forgotten",
    "Texts that are too long are cut.", cut_to(limits.ORDER_LENGTHS, operations=UPDATE))
add("update-without-customer", "ORD-UPDATE-NO-CUSTOMER", "rule forgotten",
    "An update without a customer keeps the order's.",
    deeds.filled(UPDATE, "customer_id", lambda call: call.shop.db.value(
        "SELECT customer_id FROM orders WHERE id = :order", call.values)))
add("update-without-items", "ORD-UPDATE-NO-ITEMS", "rule forgotten",
    "An update without lines keeps the order's.", deeds.filled(UPDATE, "order_items", _own_lines))
add("update-unknown-order", "ORD-UPDATE-UNKNOWN", "error as success",
    "An update of an unknown order is answered as done.", deeds.excuse(UPDATE, 404))
add("update-unknown-customer", "ORD-UPDATE-UNKNOWN-CUSTOMER", "rule forgotten",
    "An unknown customer stands for some other.", sent(UPDATE, _known_customer))
add("update-silent", "ORD-UPDATE-TEXT", "wrong value", "The answer to an update says nothing.",
    kit.body(UPDATE, alter.put("message", "")))
add("update-answers-old-order", "ORD-UPDATE-ANSWER-SAME", "stale",
    "The order in the answer has the old note and totals.",
    record("tree", UPDATE, lambda one: one.update(note="as it was", total_amount=1))),
add("update-note-lost", "ORD-UPDATE-READ-BACK", "no effect",
    "A changed note is not kept.", deeds.unsent(UPDATE, "note"))
add("update-quantity-ignored", "ORD-UPDATE-QUANTITY", "ignored",
    "A changed quantity is passed over.", items(lambda one: one.pop("quantity", None)
                                                if one.get("id") else None, UPDATE))
add("update-second-line-ignored", ("ORD-UPDATE-QUANTITY",), "second only",
    "Only the first line sent is changed.", sent(UPDATE, _first_change_only))
add("update-line-total-stays", "ORD-UPDATE-QUANTITY", "half done",
    "line_total does not follow the quantity.",
    edited("UPDATE order_items SET line_total = unit_price WHERE order_id = :order"))
add("update-totals-stay", ("ORD-UPDATE-TOTALS", "ORD-UPDATE-QUANTITY"), "half done",
    "The totals of the order do not follow its lines.",
    kit.around(UPDATE, lambda call, answer: _keeping(
        call, answer, ("subtotal", "total_amount"))))
add("update-total-cent-more", "ORD-UPDATE-TOTALS", "off by one",
    "total_amount is a cent too high after an update.",
    edited("UPDATE orders SET total_amount = total_amount + 1 WHERE id = :order"))
add("update-new-line-lost", "ORD-UPDATE-ADD-ITEM", "no effect",
    "A line without an id is passed over.",
    sent(UPDATE, lambda one, _: one.update(order_items=[
        item for item in parts(one, "order_items") if item.get("id")] or one["order_items"])
        if isinstance(one.get("order_items"), list) else None))
add("update-deleted-line-stays", "ORD-UPDATE-DELETE-ITEM", "no effect",
    "deletedItems is passed over.", deeds.unsent(UPDATE, "deletedItems"))
add("update-deletes-first-only", "ORD-UPDATE-DELETE-ITEM", "half done",
    "Of deletedItems the first goes, and a line nobody named.",
    edited("DELETE FROM order_items WHERE order_id = :order AND id = (SELECT max(id) FROM"
           " order_items WHERE order_id = :order)"))
add("update-deletes-foreign-line", ("ORD-UPDATE-DELETE-FOREIGN-ITEM", "GEN-OWNERSHIP"),
    "ownership", "A line of another order can be deleted.", kit.always(
        UPDATE, _foreign_deleted))
add("update-changes-foreign-line", ("ORD-UPDATE-ITEM-FOREIGN", "GEN-OWNERSHIP"),
    "ownership", "A line of another order can be changed.", kit.always(
        UPDATE, _foreign_changed))
add("update-empties-note", ("ORD-UPDATE-UNTOUCHED", "GEN-UNTOUCHED"), "side effect",
    "An update that sends no note empties it.", sent(UPDATE, _quiet("note")))
add("update-resets-status", "ORD-UPDATE-UNTOUCHED", "side effect",
    "An update sets the status to processing.",
    edited("UPDATE orders SET status = 'processing' WHERE id = :order AND status = 'on-hold'",
           "UPDATE orders SET status = 'processing' WHERE id = :order AND status = 'pending'"))
add("update-new-uuid", "ORD-UPDATE-UNTOUCHED", "side effect",
    "An update gives the order another uuid.",
    edited("UPDATE orders SET uuid = lower(hex(randomblob(16))) WHERE id = :order"))
add("update-drops-addresses", ("ORD-UPDATE-UNTOUCHED",), "side effect",
    "An update takes the addresses away.",
    edited("DELETE FROM order_addresses WHERE order_id = :order"))
add("update-adds-charge", ("ORD-UPDATE-UNTOUCHED",), "side effect",
    "An update adds a transaction.",
    edited("INSERT INTO order_transactions (order_id, total, uuid, created_at, updated_at) SELECT"
           " id, 1, hex(randomblob(16)), created_at, created_at FROM orders WHERE id = :order"))
add("update-touches-neighbour", ("ORD-UPDATE-OTHERS-UNTOUCHED", "ORD-OTHERS-UNTOUCHED"),
    "wrong object", "An update changes the orders beside it.",
    edited("UPDATE orders SET note = 'changed', subtotal = subtotal + 1 WHERE id IN (:order - 1,"
           " :order + 1)"))
add("update-another-order", ("ORD-UPDATE-READ-BACK", "ORD-UPDATE-OTHERS-UNTOUCHED"),
    "wrong object", "The order before the one named is updated.",
    deeds.elsewhere(UPDATE, "orders"))
add("update-shipping-counts-twice", "ORD-UPDATE-SHIPPING-TOTAL", "wrong value",
    "A changed shipping_total is added to the old one.",
    edited("UPDATE orders SET total_amount = total_amount + shipping_total WHERE id = :order"))
add("update-shipping-zero-ignored", "ORD-UPDATE-SHIPPING-TOTAL", "ignored",
    "shipping_total 0 is passed over.",
    sent(UPDATE, lambda one, _: [one.pop(name, None) for name in ("shipping_total", "shipping")]
         if one.get("shipping_total") in (0, "0") else None))
add("update-discount-not-taken", "ORD-UPDATE-DISCOUNT", "half done",
    "A discount is kept and not taken off.",
    edited("UPDATE orders SET total_amount = total_amount + manual_discount_total WHERE id ="
           " :order"))
add("update-coupon-ignored", "ORD-UPDATE-COUPON", "ignored",
    "A coupon sent with an update is passed over.",
    deeds.unsent(UPDATE, "applied_coupon", "couponCalculation", "coupon_discount_total"))
add("update-quantity-below-one", "ORD-UPDATE-ITEM-LIMITS", "rule forgotten",
    "A quantity below 1 counts as 1.",
    items(lambda one: one.update(quantity=1) if (alter.number(one.get("quantity", 1)) or 0) < 1
          else None, UPDATE))
add("update-negative-total", "ORD-UPDATE-NEGATIVE-TOTAL", "rule forgotten",
    "A discount above the sum makes a negative total.",
    edited("UPDATE orders SET total_amount = subtotal - manual_discount_total -"
           " coupon_discount_total + shipping_total + tax_total WHERE id = :order"))
add("update-invalid-status", "ORD-UPDATE-STATUS-INVALID", "rule forgotten",
    "A word that is no order status is passed over.",
    sent(UPDATE, lambda one, _: one.pop("status", None) if one.get("status") not in (
        None, "on-hold", "processing", "completed", "canceled", "pending", "failed") else None))
add("update-completed-accepted", ("ORD-UPDATE-COMPLETED-400", "ORD-UPDATE-COMPLETED-KEEPS"),
    "rule forgotten", "An update can complete an order.",
    kit.around(UPDATE, lambda call, answer: _completed(call, answer)))
add("update-completed-422", "ORD-UPDATE-COMPLETED-400", "wrong status",
    "An update to completed is refused with 422.", deeds.status(UPDATE, 400, 422))
add("update-completed-completes", "ORD-UPDATE-COMPLETED-KEEPS", "side effect",
    "A refused update to completed completes the order all the same.",
    after(UPDATE, lambda call: call.shop.db.run(
        "UPDATE orders SET status = 'completed' WHERE id = ?", (call.values["order"],))
        if call.sent.get("status") == "completed" else None, refusal=True))
add("update-completed-silent", "ORD-UPDATE-COMPLETED-TEXT", "error body",
    "The refusal of completed says nothing.",
    kit.refused(UPDATE, lambda given, _: given.body.update(message="") if given.status == 400
                else None))
add("update-subscription-accepted", "ORD-UPDATE-SUBSCRIPTION-400", "error as success",
    "An update of a subscription order is answered as done.",
    deeds.excuse(UPDATE, 400, when=lambda call: call.sent.get("status") != "completed"))
add("update-refused-keeps-note", ("GEN-REFUSAL-KEEPS",), "half done",
    "A refused update has changed the note already.",
    after(UPDATE, sql("UPDATE orders SET note = 'half done' WHERE id = :order"), refusal=True))
add("update-refused-drops-lines", "GEN-NO-HALF-WRITE", "half done",
    "A refused update has changed the lines already.",
    after(UPDATE, sql("UPDATE order_items SET title = 'half done' WHERE order_id = :order"),
          refusal=True))
add("update-markup-crashes", "GEN-TEXT-NOT-MARKUP", "server error",
    "Angle brackets in a text end in a 500.",
    kit.around(("create_order", UPDATE, "update_order_address"), lambda call, answer:
               deeds.refusal(call, 500) if b"<" in call.request.raw else answer()))
add("update-control-crashes", "GEN-CONTROL-CHARS", "server error",
    "Control characters in a text end in a 500.",
    kit.around(("create_order", UPDATE, "update_order_address"), lambda call, answer:
               deeds.refusal(call, 500) if b"\\u00" in call.request.raw or any(
                   byte < 9 for byte in call.request.raw) else answer()))
add("update-stale-read", "ORD-UPDATE-READ-BACK", "stale",
    "After an update the order reads as before, once.", deeds.stale(DETAILS))
# fmt: on


def _keeping(call: Call, answer: Callable[[], Any], names: tuple[str, ...]) -> Any:
    """Put columns of the order back after an update."""
    before = call.shop.db.one("SELECT * FROM orders WHERE id = :order", call.values) or {}
    given = answer()
    if before and given.status < 400:
        values = {name: before[name] for name in names}
        call.shop.db.update("orders", before["id"], values)
    return given


def _completed(call: Call, answer: Callable[[], Any]) -> Any:
    """Complete an order by an update that leaves everything else as it is."""
    given = answer()
    if given.status != 400 or call.sent.get("status") != "completed":
        return given
    call.shop.db.run("UPDATE orders SET status = 'completed' WHERE id = :order", call.values)
    return deeds.accepted_answer()

"""Faults of reading one order, and of what deleting leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fluentcart_conformance.store.db import Row
from fluentcart_conformance.store.faults import alter, deeds, kit
from fluentcart_conformance.store.faults.kit import DETAILS, Call, after, record, sql
from fluentcart_conformance.store.faults.model import Room
from fluentcart_conformance.store.http import Response

if TYPE_CHECKING:
    from fluentcart_conformance.store.shop import Shop

room = Room("orders")
add = room.add

GET, DELETE = "get_order", "delete_order"


def _another(given: Response, call: Call) -> Response | None:
    """Show the newest order where none was found."""
    if given.status not in (400, 404):
        return None
    newest = call.shop.db.value("SELECT max(id) FROM orders")
    tree = call.shop.orders.reader.details(newest)
    return Response(200, call.shop.wire.orders.details(tree, call.request))


def _and_then(shop: Shop, row: Row, statement: str) -> Row:
    shop.db.run(statement, row)
    return row


# fmt: off
add("get-another-order", ("ORD-GET-SAME-ID", "GEN-ABOUT-REQUESTED"), "wrong object",
    "The order before the one asked for is shown.", deeds.elsewhere(GET, "orders"))
add("get-foreign-parts", "ORD-GET-SAME-ID", "wrong value",
    "The lines carry another order's id.", record("line", GET, alter.bump("order_id")))
add("get-parts-of-nobody", ("ORD-GET-SAME-ID", "TRX-LIST-OWN"), "wrong value",
    "The transactions carry another order's id.",
    record("transaction", GET, alter.bump("order_id")))
add("get-unknown-shows-another", ("ORD-GET-UNKNOWN", "ORD-GET-BAD-ID", "ERR-ID-UNKNOWN",
    "ERR-ID-ZERO"),
    "wrong object", "For an unknown id the newest order is shown.",
    kit.refused(GET, lambda given, call: _another(given, call)
                if call.request.identity.name == "admin" else None))
add("get-unknown-400", "ORD-GET-UNKNOWN", "wrong status",
    "An unknown order is answered with 410.", deeds.status(GET, 404, 410))
add("get-moves-updated-at", ("ORD-GET-IDEMPOTENT", "GEN-READ-KEEPS"), "side effect",
    "Reading an order writes into its note.",
    after(GET, sql("UPDATE orders SET note = note || '.' WHERE id = :order")))
add("get-without-addresses", "ORD-GET-RELATIONS", "half done",
    "order_addresses is always empty.", record("tree", DETAILS, alter.put("order_addresses", [])))
add("get-without-lines", "ORD-GET-RELATIONS", "half done",
    "order_items is always empty.", record("tree", GET, alter.put("order_items", [])))
add("get-without-transactions", "ORD-GET-RELATIONS", "half done",
    "transactions is always empty.", record("tree", GET, alter.put("transactions", [])))
add("get-without-activities", "ORD-GET-RELATIONS", "half done",
    "activities is always empty.", record("tree", DETAILS, alter.put("activities", [])))
add("get-wrong-customer", "ORD-GET-CUSTOMER", "wrong object",
    "The customer shown is not the order's.", record("customer", GET, alter.bump("id", by=-1)))
add("get-foreign-activity", "ORD-GET-ACTIVITY", "wrong value",
    "Activities carry another order's id.",
    record("activity", DETAILS, alter.bump("module_id")))
add("get-parent-empty-object", "ORD-GET-PARENT", "wrong type",
    "parent_order is an empty object where there is no parent.",
    record("tree", DETAILS, lambda one: one.update(parent_order={})
           if one.get("parent_order") is None else None))
add("get-children-strangers", "ORD-GET-CHILDREN", "wrong object",
    "children lists the order itself.",
    record("tree", DETAILS, lambda one: one.update(children=[
        {key: value for key, value in one.items() if key not in ("children", "order_items")}])))
add("get-labels-lost", "ORD-GET-LABELS", "member missing",
    "selected_labels is always empty.", kit.body(DETAILS, alter.put("selected_labels", [])))
add("get-receipt-shared", "ORD-GET-RECEIPT", "wrong value",
    "All orders show the same receipt_url.",
    record("tree", DETAILS, alter.put("receipt_url", "https://shop.example/?order_hash=1")))
add("get-checkout-shared", "ORD-GET-RECEIPT", "wrong value",
    "All orders show the same custom_checkout_url.",
    record("tree", DETAILS, alter.put("custom_checkout_url", "https://shop.example/?pay=1")))
add("get-licences-missing", "ORD-GET-LICENCES", "wrong value",
    "has_missing_licenses is true for an order without licences.",
    record("tree", DETAILS, alter.put("has_missing_licenses", True)))
add("get-shipping-address-billing", "ORD-ADDRESS-OWN-TYPE", "wrong value",
    "shipping_address has the type billing.",
    record("tree", DETAILS, lambda one: one["shipping_address"].update(type="billing")
           if one.get("shipping_address") else None))
add("get-total-differs-from-list", ("ORD-DETAILS-LIST-AGREE",), "off by one",
    "The details show total_amount a cent higher than the list.",
    record("tree", GET, alter.bump("total_amount")))
add("list-third-total-off", "ORD-DETAILS-LIST-AGREE", "second only",
    "The third row of the list shows a cent too much.",
    record("order", "list_orders", alter.bump("total_amount"), slice(2, 3)))
add("list-third-customer-off", "ORD-DETAILS-LIST-AGREE", "second only",
    "The third row of the list names another customer.",
    record("order", "list_orders", alter.bump("customer_id"), slice(2, 3)))
add("list-status-differs-second", "ORD-DETAILS-LIST-AGREE", "second only",
    "The second row of the list shows another payment method.",
    record("order", "list_orders", alter.put("payment_method", "paypal"), slice(1, 2)))
add("get-updated-before-created", "ORD-UPDATED-AT", "wrong value",
    "updated_at lies before created_at.",
    record("order", DETAILS, lambda one: one.update(
        updated_at="2001" + str(one["updated_at"])[4:])))
add("created-at-moves", "ORD-UPDATED-AT", "side effect",
    "A write moves created_at.",
    after(("update_order", "update_statuses", "mark_as_paid"), sql(
        "UPDATE orders SET created_at = datetime(created_at, '+1 hour'), updated_at ="
        " datetime(created_at, '+1 hour') WHERE id = :order")))

add("delete-without-effect", ("ORD-DELETE-GONE", "GEN-DELETED-GONE"), "no effect",
    "A delete is answered as done, and the order is still there.", deeds.without_effect(DELETE))
add("delete-another-order", ("ORD-DELETE-GONE", "ORD-DELETE-CUSTOMER-STAYS"), "wrong object",
    "A delete takes the order before the one named.", deeds.elsewhere(DELETE, "orders"))
add("delete-list-keeps", "ORD-DELETE-GONE", "stale",
    "The list shows what it showed before.", deeds.stale("list_orders"))
add("delete-transactions-readable", ("ORD-DELETE-TRANSACTIONS", "ORD-DELETE-CASCADE"), "half done",
    "The transactions of a deleted order can still be read.",
    deeds.excuse(("get_order_transactions", "get_order_transaction"), 404,
                 {"order": {"id": 1, "transactions": []}}))
add("delete-answer-other-id", "ORD-DELETE-ANSWER-SAME", "wrong value",
    "The answer to a delete names another order.",
    kit.body(DELETE, lambda whole: whole["data"].update(order_id=whole["data"]["order_id"] + 1)))
add("delete-answer-errors", "ORD-DELETE-ANSWER-SAME", "wrong value",
    "The answer to a delete that worked lists an error.",
    kit.body(DELETE, alter.put("errors", ["could not delete the meta"])))
add("delete-silent", "ORD-DELETE-TEXT", "wrong value", "The answer to a delete says nothing.",
    kit.body(DELETE, alter.put("message", "")))
add("delete-figures-stay", ("ORD-DELETE-CUSTOMER-FIGURES", "CUS-STATS-DELETE"), "no effect",
    "The customer's figures still count the deleted order.",
    kit.service("orders.updating.delete", lambda whole, shop: lambda order_id: _and_then(
        shop, whole(order_id), "UPDATE customers SET order_count = order_count + 1, purchase_count"
        " = purchase_count + 1, total_spent = total_spent + 100 WHERE id = :customer_id"),
        DELETE, "orders_bulk"))
add("delete-takes-others", ("ORD-DELETE-CASCADE", "ORD-DELETE-CUSTOMER-STAYS"), "side effect",
    "Deleting an order deletes the customer's other orders.",
    kit.service("orders.updating.delete", lambda whole, shop: lambda order_id: _and_then(
        shop, whole(order_id), "DELETE FROM orders WHERE customer_id = :customer_id"), DELETE))
add("delete-twice-200", ("ORD-DELETE-TWICE-404", "ERR-ID-UNKNOWN"), "error as success",
    "Deleting an unknown order is answered as done.",
    deeds.excuse(DELETE, 404, {"message": "Deleted.", "data": {
        "order_id": 1, "invoice_no": "", "status": "success"}, "errors": []}))
add("delete-twice-410", "ORD-DELETE-TWICE-404", "wrong status",
    "Deleting an unknown order is answered with 410.", deeds.status(DELETE, 404, 410))
add("delete-404-silent", "ORD-DELETE-404-TEXT", "error body",
    "The refusal of a delete says nothing.",
    kit.refused(DELETE, lambda given, _: given.body.update(message="")))
add("delete-refused-409", "ORD-DELETE-REFUSED-400", "wrong status",
    "An order can be deleted only when it is canceled; the refusal is a 409.",
    deeds.refuse(DELETE, lambda call: True, 409))
# fmt: on

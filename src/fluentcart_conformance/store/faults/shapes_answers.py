"""Faults of shape of whole answers: a part missing, of another type, an empty envelope."""

from __future__ import annotations

from fluentcart_conformance.store.faults import alter, deeds, kit
from fluentcart_conformance.store.faults.model import Room
from fluentcart_conformance.store.faults.shapes import TREES
from fluentcart_conformance.store.http import Response

room = Room("orders")

# operation, requirement, member to drop, requirement, member to retype (paths with dots)
_ANSWERS = (
    ("create_order", "orders", "ORD-CREATE-ANSWER", "order_id", "ORD-CREATE-ANSWER", "message"),
    ("get_order", "orders", "ORD-DETAILS-MEMBERS", "selected_labels", "ORD-DETAILS-TYPES",
     "selected_labels"),
    ("get_order_transactions", "transactions", "ORD-DETAILS-MEMBERS", "discount_meta",
     "ORD-DETAILS-TYPES", "discount_meta"),
    ("update_order", "orders", "ORD-UPDATE-ANSWER", "message", "ORD-UPDATE-ANSWER", "message"),
    ("mark_as_paid", "orders", "ORD-PAID-ANSWER", "message", "ORD-PAID-ANSWER", "message"),
    ("update_statuses", "orders", "ORD-STATUS-ANSWER", "message", "ORD-STATUS-ANSWER", "message"),
    ("change_customer", "orders", "ORD-CHANGE-CUSTOMER-ANSWER", "message",
     "ORD-CHANGE-CUSTOMER-ANSWER", "message"),
    ("update_order_address_id", "orders", "ORD-ADDRESS-ID-ANSWER", "message",
     "ORD-ADDRESS-ID-ANSWER", "message"),
    ("update_order_address", "orders", "ORD-ADDRESS-EDIT-ANSWER", "message",
     "ORD-ADDRESS-EDIT-ANSWER", "message"),
    ("delete_order", "orders", "ORD-DELETE-ANSWER", "data", "ORD-DELETE-ANSWER", "errors"),
    ("orders_bulk", "bulk", "BLK-ORD-ANSWER", "message", "BLK-ORD-ANSWER", "message"),
    ("refund_order", "refunds", "RFD-ANSWER-PARTS", "gateway_refund", "RFD-ANSWER-PARTS",
     "fluent_cart_refund"),
    ("update_transaction_status", "transactions", "TRX-STATUS-ANSWER-RECORD", "transaction",
     "TRX-STATUS-ANSWER", "message"),
    ("sync_statuses", "transactions", "TRX-SYNC-ANSWER", "payment_status", "TRX-SYNC-ANSWER",
     "status"),
    ("get_shipping_methods", "shipping", "SHP-METHODS-ANSWER", "other_shipping_methods",
     "SHP-METHODS-ANSWER", "shipping_methods"),
    ("calculate_shipping", "shipping", "SHP-CALC-ANSWER", "order_items", "SHP-CALC-ANSWER",
     "message"),
    ("delete_customer_address", "addresses", "ADR-DELETE-ANSWER", "message", "ADR-DELETE-ANSWER",
     "message"),
)  # fmt: skip

# Customer answers: everything inside the envelope is gone, or the envelope itself is another.
_ENVELOPES: tuple[tuple[str, str, str | tuple[str, ...]], ...] = (
    ("list_customers", "customers", ("CUS-LIST-ANSWER", "CUS-LIST-PAGINATION")),
    ("create_customer", "customers", "CUS-CREATE-ANSWER"),
    ("get_customer", "customers", ("CUS-GET-ANSWER", "CUS-GET-RECORD")),
    ("update_customer", "customers", "CUS-UPDATE-ANSWER"),
    ("update_customer_additional_info", "customers", "CUS-INFO-ANSWER"),
    ("get_customer_stats", "customers", "CUS-STATS-ANSWER"),
    ("get_customer_orders", "customers", "CUS-ORDERS-ANSWER"),
    ("get_attachable_users", "customers", "CUS-USERS-ANSWER"),
    ("attach_user", "customers", "CUS-ATTACH-ANSWER"),
    ("detach_user", "customers", "CUS-DETACH-ANSWER"),
    ("customers_bulk", "bulk", "BLK-CUS-ANSWER"),
    ("get_customer_addresses", "addresses", "ADR-LIST-ANSWER"),
    ("create_customer_address", "addresses", "ADR-CREATE-ANSWER"),
    ("update_customer_address", "addresses", "ADR-UPDATE-ANSWER"),
    ("make_primary_address", "addresses", "ADR-PRIMARY-ANSWER"),
)


def _empty(given: Response, _: kit.Call) -> None:
    """Nothing but the envelope's own word is left."""
    given.body = {"success": True} if "success" in given.body else {}


for _operation, _area, _lost, _member, _typed, _other in _ANSWERS:
    _name = _operation.replace("_", "-")
    # In the plugin's profiles its answer is a bare word.
    _family = "documented" if _operation == "update_order_address" else ""
    room.add(
        f"{_name}-answer-incomplete", _lost, "member missing",
        f"{_member} of the answer is left out ({_operation}).",
        kit.body(_operation, alter.drop(_member)), area=_area, family=_family,
    )  # fmt: skip
    room.add(
        f"{_name}-answer-wrong-type", _typed, "wrong type",
        f"{_other} of the answer has another type ({_operation}).",
        kit.body(_operation, alter.retype(_other)), area=_area, family=_family,
    )  # fmt: skip
room.add(
    "update-order-address-answer-text",
    "ORD-ADDRESS-EDIT-ANSWER",
    "wrong type",
    "The answer to an edited address is a text.",
    kit.accepted("update_order_address", lambda given, _: setattr(given, "body", "done")),
)
for _operation, _area, _broken in _ENVELOPES:
    room.add(
        f"{_operation.replace('_', '-')}-answer-empty", _broken, "member missing",
        f"The answer holds nothing ({_operation}).", kit.accepted(_operation, _empty), area=_area,
    )  # fmt: skip
room.add(
    "customer-envelope-without-success", "CUS-ENVELOPE", "member missing",
    "success is left out of the customer answers.",
    kit.body(kit.CUSTOMERS, alter.drop("success")), area="customers",
)  # fmt: skip

# fmt: off
# One more of each kind that no table has.
room.add("refund-answer-list", "RFD-ANSWER", "wrong type", "The answer to a refund is a list.",
         kit.accepted("refund_order", lambda given, _: setattr(given, "body", [given.body])),
         area="refunds")
room.add("customers-amount-with-point", "CUS-MONEY-CENTS", "unit",
         "total_spent is written with a fraction of nothing: 2500.0.",
         kit.record("customer", ("list_customers", "get_customer"), alter.change(
             "total_spent", float)), area="customers")
room.add("orders-amount-with-point", "ORD-RECORD-MONEY", "unit",
         "Amounts of orders have half a cent.",
         kit.record("order", TREES, alter.change("total_amount", lambda value: value + 0.5)))
room.add("orders-amount-point-zero", "ORD-RECORD-MONEY", "unit",
         "Amounts of orders are written with a fraction of nothing: 2500.0.",
         kit.record("order", TREES, alter.change("subtotal", float)), area="errors")
room.add("orders-lines-of-another", "GEN-ABOUT-REQUESTED", "wrong object",
         "The lines of an order name another order as theirs.",
         kit.record("line", "get_order", alter.bump("order_id")), area="errors")
room.add("orders-paging-from", "GEN-PAGING-ARITHMETIC", "off by one",
         "from of a page is one too high.",
         kit.record("paging", "list_orders", alter.bump("from")), area="errors")
room.add("customer-orders-row-twice", "GEN-PAGING-UNIQUE", "side effect",
         "The first of a customer's orders comes twice.",
         deeds.listed("get_customer_orders", alter.twice), area="errors")
for _operation, _name, _requirement, _kind, _member, _area in (
    ("update_customer_additional_info", "info-answer", "CUS-INFO-RECORD", "customer",
     "updated_at", "customers"),
    ("attach_user", "attach-answer", "CUS-ATTACH-RECORD", "customer", "updated_at", "customers"),
    ("detach_user", "detach-answer", "CUS-DETACH-RECORD", "customer", "updated_at", "customers"),
):
    room.add(
        f"{_name}-without-moment", _requirement, "member missing",
        f"{_member} of the answer is left out ({_operation}).",
        kit.body(_operation, lambda whole: (whole.get("data") or {}).get("customer", {})
                 .pop("updated_at", None) if isinstance(whole.get("data"), dict) else None),
        area=_area,
    )
for _member, _requirement in (("aov", "CUS-UPDATE-FULL-RECORD"),
                              ("photo", "CUS-UPDATE-FULL-RECORD")):
    room.add(
        f"updated-customer-without-{_member}", _requirement, "member missing",
        f"{_member} of the full record is left out (update_customer).",
        kit.record("customer", "update_customer", alter.drop(_member)), area="customers",
        family="fluentcart",
    )
room.add("updated-customer-address-incomplete", "CUS-UPDATE-FULL-ADDRESS", "member missing",
         "full_name of the formatted address is left out (update_customer).",
         kit.record("formatted", "update_customer", alter.drop("full_name", "country")),
         area="customers", family="fluentcart")
room.add("updated-customer-labels-text", "CUS-UPDATE-FULL-LABELS", "wrong type",
         "labels of a customer are texts.",
         kit.record("customer", ("update_customer", "get_customer"), lambda one: one.update(
             selected_labels="none", labels=["none"])), area="customers", family="fluentcart")
room.add("list-customers-answer-list", "CUS-LIST-ANSWER", "wrong type",
         "The answer is a list (list_customers).", kit.accepted("list_customers",
         lambda given, _: setattr(given, "body", [given.body])), area="customers")
room.add("get-customer-answer-list", "CUS-GET-ANSWER", "wrong type",
         "The answer is a list (get_customer).", kit.accepted("get_customer",
         lambda given, _: setattr(given, "body", [given.body])), area="customers")
for _operation, _requirement, _area in (
    ("get_order", "ORD-GET-ENDPOINT", "orders"),
    ("update_order", "ORD-UPDATE-ENDPOINT", "orders"),
    ("delete_order", "ORD-DELETE-ENDPOINT", "orders"),
    ("refund_order", "RFD-ENDPOINT", "refunds"),
):
    room.add(
        f"{_operation.replace('_', '-')}-endpoint-202", _requirement, "wrong status",
        f"An accepted request is answered with 202 ({_operation}).",
        deeds.status(_operation, 200, 202), area=_area,
    )
# fmt: on

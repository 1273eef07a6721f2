"""Which requirement a difference after a step breaks."""

from __future__ import annotations

_TOTALS = ("subtotal", "total_amount")
# By step: member -> requirement; "" stands for every other member.
_BLAME: dict[str, dict[str, str]] = {
    "order": {
        "customer_id": "ORD-CREATE-CUSTOMER-KEPT",
        "lines": "ORD-CREATE-SEVERAL-ITEMS",
        "subtotal": "ORD-CREATE-TOTALS",
        "total_amount": "ORD-CREATE-TOTALS",
        "manual_discount_total": "ORD-CREATE-DISCOUNT-APPLIED",
        "shipping_total": "ORD-CREATE-SHIPPING-TOTAL",
        "payment_status": "ORD-CREATE-PAYMENT-PENDING",
        "total_paid": "ORD-CREATE-PAYMENT-PENDING",
        "total_refund": "ORD-CREATE-NO-REFUND",
        "refunds": "ORD-CREATE-NO-REFUND",
        "charges": "ORD-CREATE-PENDING-CHARGE",
        "charge": "ORD-CREATE-PENDING-CHARGE",
        "fulfillment_type": "ORD-CREATE-ORDER-FULFILMENT",
        "": "ORD-CREATE-READ-BACK",
    },
    "pay": {
        "payment_status": "ORD-PAID-STATE",
        "total_paid": "ORD-PAID-TOTAL",
        "charges": "ORD-PAID-TRANSACTION",
        "charge": "ORD-PAID-TRANSACTION",
        "status": "ORD-PAID-STATUS-DIGITAL",
        "": "ORD-UNTOUCHED",
    },
    "refund": {
        "total_refund": "RFD-PARTIAL-TOTAL",
        "payment_status": "RFD-PARTIAL-STATE",
        "total_paid": "RFD-TOTAL-PAID-KEPT",
        "refunds": "RFD-TRANSACTION",
        "charges": "RFD-CHARGE-KEPT",
        "charge": "RFD-CHARGE-KEPT",
        "": "RFD-UNTOUCHED",
    },
    "set status": {
        "status": "ORD-STATUS-TRANSITIONS",
        "payment_status": "ORD-STATUS-PAYMENT-STAYS",
        "total_paid": "ORD-STATUS-PAYMENT-STAYS",
        "total_refund": "ORD-STATUS-PAYMENT-STAYS",
        "": "ORD-STATUS-SHIPPING-STAYS",
    },
    "ship": {"shipping_status": "ORD-SHIPPING-STATUS", "": "ORD-SHIPPING-KEEPS"},
    "edit": {
        "lines": "ORD-UPDATE-QUANTITY",
        "subtotal": "ORD-UPDATE-TOTALS",
        "total_amount": "ORD-UPDATE-TOTALS",
        "shipping_total": "ORD-UPDATE-SHIPPING-TOTAL",
        "manual_discount_total": "ORD-UPDATE-DISCOUNT",
        "": "ORD-UPDATE-UNTOUCHED",
    },
    "add custom item": {
        "lines": "SHP-CUSTOM-STORED",
        "subtotal": "SHP-CUSTOM-TOTALS",
        "total_amount": "SHP-CUSTOM-TOTALS",
        "charges": "SHP-CUSTOM-TOTALS",
        "": "SHP-CUSTOM-KEEPS",
    },
    "give to": {
        "customer_id": "ORD-CHANGE-CUSTOMER-MOVED",
        "": "ORD-CHANGE-CUSTOMER-KEEPS",
    },
    "give to a new customer": {
        "customer_id": "ORD-NEW-CUSTOMER-MOVED",
        "": "ORD-NEW-CUSTOMER-KEEPS",
    },
    "settle by hand": {
        "payment_status": "TRX-SYNC-REPAIRS",
        "total_paid": "TRX-SYNC-REPAIRS",
        "charge": "TRX-STATUS-READ-BACK",
        "": "TRX-STATUS-KEEPS",
    },
    "set status of several": {
        "status": "BLK-ORD-STATUS",
        "": "BLK-ORD-KEEPS-REST",
    },
    "ship several": {
        "shipping_status": "BLK-ORD-SHIPPING-STATUS",
        "": "BLK-ORD-KEEPS-REST",
    },
    "rename": {
        "name": "CUS-UPDATE-LAST-NAME",
        "": "CUS-UPDATE-UNTOUCHED",
    },
    "set status of customers": {
        "status": "BLK-CUS-STATUS-INACTIVE",
        "": "BLK-CUS-STATUS-ONLY",
    },
    "add address": {
        "primaries": "ADR-CREATE-PRIMARY-KEPT",
        "addresses": "ADR-CREATE-READ-BACK",
        "": "GEN-UNTOUCHED",
    },
    "move address": {
        "addresses": "ADR-UPDATE-STREET",
        "primaries": "ADR-UPDATE-PRIMARY-KEPT",
        "": "ADR-UPDATE-UNTOUCHED",
    },
    "make primary": {
        "primaries": "ADR-PRIMARY-ONE",
        "": "ADR-PRIMARY-REST",
    },
    "drop address": {
        "addresses": "ADR-DELETE-EFFECT",
        "primaries": "ADR-DELETE-OTHERS",
        "": "GEN-UNTOUCHED",
    },
}
# What an acceptance, or a refusal, breaks when the model holds the other for right.
ACCEPTED = {
    "pay": "ORD-PAID-TWICE-423",
    "refund": "RFD-MORE-THAN-LEFT",
    "set status": "ORD-STATUS-TRANSITIONS",
    "ship": "ORD-SHIPPING-SAME",
    "drop address": "ADR-DELETE-PRIMARY",
}
REFUSED = {
    "customer arrives": "CUS-CREATE-ANSWER",
    "order": "ORD-CREATE-ENDPOINT",
    "pay": "ORD-PAID-ENDPOINT",
    "refund": "RFD-PARTIAL-ACCEPTED",
    "set status": "ORD-STATUS-TRANSITIONS",
    "ship": "ORD-SHIPPING-TRANSITIONS",
    "edit": "ORD-UPDATE-ENDPOINT",
    "add custom item": "SHP-CUSTOM-ENDPOINT",
    "give to": "ORD-CHANGE-CUSTOMER-ENDPOINT",
    "give to a new customer": "ORD-NEW-CUSTOMER-ENDPOINT",
    "settle by hand": "TRX-STATUS-ENDPOINT",
    "set status of several": "BLK-ORD-ENDPOINT",
    "ship several": "BLK-ORD-ENDPOINT",
    "delete several": "BLK-ORD-DELETE",
    "rename": "CUS-UPDATE-PARTIAL",
    "set status of customers": "BLK-CUS-ACTION",
    "delete customer": "BLK-CUS-DELETE",
    "add address": "ADR-CREATE-READ-BACK",
    "move address": "ADR-UPDATE-PARTIAL",
    "make primary": "ADR-PRIMARY-EFFECT",
    "drop address": "ADR-DELETE-EFFECT",
}


OPERATIONS = {
    "customer arrives": "create_customer",
    "order": "create_order",
    "pay": "mark_as_paid",
    "refund": "refund_order",
    "set status": "update_statuses",
    "ship": "update_statuses",
    "edit": "update_order",
    "add custom item": "create_custom_item",
    "give to": "change_customer",
    "give to a new customer": "create_and_change_customer",
    "settle by hand": "update_transaction_status",
    "delete order": "delete_order",
    "set status of several": "orders_bulk",
    "ship several": "orders_bulk",
    "delete several": "orders_bulk",
    "rename": "update_customer",
    "set status of customers": "customers_bulk",
    "delete customer": "customers_bulk",
    "add address": "create_customer_address",
    "move address": "update_customer_address",
    "make primary": "make_primary_address",
    "drop address": "delete_customer_address",
    "look at figures": "get_customer_stats",
    "look at orders of": "get_customer_orders",
    "look up customer": "list_customers",
    "search": "list_orders",
    "filter by status": "list_orders",
}
"""The operation that a step is about."""


def blamed(step: str, member: str) -> str:
    """The requirement that a wrong member after a step breaks."""
    if step.endswith(", to somebody else"):
        return "GEN-OWNERSHIP"
    table = _BLAME.get(step, {})
    return table.get(member) or table.get("") or "GEN-READ-AFTER-WRITE"

"""Which bent requests a store must refuse, and the requirement that says so."""

from __future__ import annotations

from typing import Any

from fluentcart_conformance.fuzz.attempt import Attempt, Intent
from fluentcart_conformance.target.detect import integer

# An id in the path that nothing has: the requirement for the first id, then for the second.
UNKNOWN_IN_PATH: dict[str, tuple[str, ...]] = {
    "mark_as_paid": ("ORD-PAID-UNKNOWN",),
    "generate_missing_licenses": ("TRX-LICENCES-404",),
    "get_order": ("ORD-GET-BAD-ID",),
    "update_order": ("ORD-UPDATE-UNKNOWN",),
    "update_order_address_id": ("ORD-ADDRESS-ID-404",),
    "refund_order": ("RFD-UNKNOWN-ORDER",),
    "change_customer": ("ORD-CHANGE-CUSTOMER-UNKNOWN-ORDER",),
    "create_and_change_customer": ("ORD-NEW-CUSTOMER-UNKNOWN-ORDER",),
    "delete_order": ("ORD-DELETE-TWICE-404",),
    "update_statuses": ("ORD-STATUS-UNKNOWN",),
    "get_order_transactions": ("TRX-LIST-UNKNOWN",),
    "accept_dispute": ("TRX-DISPUTE-UNKNOWN", "TRX-DISPUTE-UNKNOWN"),
    "get_order_transaction": ("TRX-ONE-UNKNOWN-ORDER", "TRX-ONE-UNKNOWN"),
    "update_order_address": ("ORD-ADDRESS-EDIT-UNKNOWN", "ORD-ADDRESS-EDIT-UNKNOWN"),
    "update_transaction_status": ("TRX-STATUS-UNKNOWN", "TRX-STATUS-UNKNOWN"),
    "create_custom_item": ("SHP-CUSTOM-UNKNOWN",),
    "sync_statuses": ("TRX-SYNC-UNKNOWN",),
    "get_customer": ("CUS-GET-UNKNOWN",),
    "update_customer": ("CUS-UPDATE-UNKNOWN",),
    "update_customer_additional_info": ("CUS-INFO-UNKNOWN",),
    "get_customer_stats": ("CUS-STATS-UNKNOWN",),
    "get_customer_orders": ("CUS-ORDERS-UNKNOWN",),
    "get_customer_addresses": ("ADR-LIST-UNKNOWN",),
    "update_customer_address": ("ADR-UPDATE-UNKNOWN-CUSTOMER",),
    "create_customer_address": ("ADR-CREATE-UNKNOWN",),
    "delete_customer_address": ("ADR-DELETE-UNKNOWN-CUSTOMER",),
    "make_primary_address": ("ADR-PRIMARY-UNKNOWN-CUSTOMER",),
    "attach_user": ("CUS-ATTACH-UNKNOWN-CUSTOMER",),
    "detach_user": ("CUS-DETACH-UNKNOWN-CUSTOMER",),
}
# An id in the body that nothing has, by operation and kind.
UNKNOWN_IN_BODY = {
    ("create_order", "customer_id"): "ORD-CREATE-UNKNOWN-CUSTOMER",
    ("create_order", "order_items.object_id"): "ORD-CREATE-UNKNOWN-PRODUCT",
    ("update_order", "customer_id"): "ORD-UPDATE-UNKNOWN-CUSTOMER",
    ("change_customer", "customer_id"): "ORD-CHANGE-CUSTOMER-UNKNOWN",
    ("update_order_address_id", "address_id"): "ORD-ADDRESS-ID-UNKNOWN",
    ("refund_order", "refund_info.transaction_id"): "RFD-UNKNOWN-TRANSACTION",
    ("attach_user", "user_id"): "CUS-ATTACH-UNKNOWN-USER",
    ("calculate_shipping", "shipping_id"): "SHP-CALC-UNKNOWN-METHOD",
}
_UNKNOWN_ADDRESS = {
    "update_customer_address": "ADR-UPDATE-UNKNOWN",
    "delete_customer_address": "ADR-DELETE-UNKNOWN",
    "make_primary_address": "ADR-PRIMARY-UNKNOWN",
}
# Somebody else's part.
FOREIGN = {
    "get_order_transaction": "TRX-ONE-FOREIGN",
    "refund_order": "RFD-FOREIGN-TRANSACTION",
    "update_transaction_status": "TRX-STATUS-MISMATCH-400",
    "accept_dispute": "TRX-DISPUTE-FOREIGN",
    "update_order_address": "ORD-ADDRESS-EDIT-FOREIGN-404",
    "update_order_address_id": "ORD-ADDRESS-ID-FOREIGN",
    "update_customer_address": "ADR-UPDATE-FOREIGN",
    "delete_customer_address": "ADR-DELETE-FOREIGN",
    "make_primary_address": "ADR-PRIMARY-FOREIGN",
}
_FOREIGN_MEMBER = {
    ("update_order_address", "order_id"): "ORD-ADDRESS-EDIT-MISMATCH-404",
    ("update_order", "deletedItems"): "ORD-UPDATE-DELETE-FOREIGN-ITEM",
    ("update_order", "order_items.id"): "ORD-UPDATE-ITEM-FOREIGN",
    ("update_customer", "id and email"): "CUS-UPDATE-BODY-ID",
    ("update_customer", "email"): "CUS-UPDATE-EMAIL-TAKEN",
    ("create_customer", "email"): "CUS-CREATE-DUPLICATE",
    ("create_and_change_customer", "email"): "ORD-NEW-CUSTOMER-TAKEN-422",
}
# Values that the documents rule out, by operation and member; what they are is told by a word.
_RULED_OUT = {
    ("create_order", "order_items.unit_price", "negative"): "ORD-CREATE-NEGATIVE-PRICE",
    ("create_order", "order_items.quantity", "negative"): "ORD-CREATE-QUANTITY-MIN",
    ("create_order", "order_items.quantity", "zero"): "ORD-CREATE-QUANTITY-MIN",
    ("create_order", "order_items.quantity", "words"): "ORD-CREATE-QUANTITY-INTEGER",
    ("update_order", "order_items.quantity", "negative"): "ORD-UPDATE-ITEM-LIMITS",
    ("update_order", "order_items.quantity", "zero"): "ORD-UPDATE-ITEM-LIMITS",
    ("refund_order", "refund_info.amount", "negative"): "RFD-NEGATIVE",
    ("refund_order", "refund_info.amount", "zero"): "RFD-ZERO",
    ("refund_order", "refund_info.amount", "words"): "RFD-TEXT",
    ("create_customer", "first_name", "too long"): "CUS-CREATE-NAME-LENGTH",
    ("create_customer", "full_name", "too long"): "CUS-CREATE-NAME-LENGTH",
    ("create_customer", "email", "too long"): "CUS-CREATE-EMAIL-LENGTH",
    ("update_customer", "last_name", "too long"): "CUS-UPDATE-NAME-LENGTH",
    ("create_customer", "email", "other words"): "CUS-CREATE-EMAIL-MALFORMED",
    ("update_customer", "email", "other words"): "CUS-UPDATE-EMAIL-MALFORMED",
    ("create_and_change_customer", "email", "other words"): "ORD-NEW-CUSTOMER-MALFORMED-422",
    ("attach_user", "user_id", "negative"): "CUS-ATTACH-NONSENSE-USER",
    ("update_transaction_status", "status", "other words"): "TRX-STATUS-INVALID",
    ("update_statuses", "statuses.order_status", "other words"): "ORD-STATUS-INVALID",
    ("orders_bulk", "new_status", "other words"): "BLK-ORD-STATUS-INVALID",
    ("update_order", "status", "other words"): "ORD-UPDATE-STATUS-INVALID",
    ("create_customer", "status", "other words"): "CUS-CREATE-STATUS-INVALID",
    ("update_customer", "status", "other words"): "CUS-UPDATE-STATUS-INVALID",
    ("customers_bulk", "new_status", "other words"): "BLK-CUS-STATUS-INVALID",
    ("customers_bulk", "data.status", "other words"): "BLK-CUS-STATUS-INVALID",
    ("customers_bulk", "action", "other words"): "BLK-CUS-ACTION-UNKNOWN",
    ("orders_bulk", "action", "other words"): "BLK-ORD-UNKNOWN-ACTION",
    ("update_statuses", "action", "other words"): "ORD-STATUS-UNKNOWN-ACTION",
    ("update_order_address_id", "address_type", "other words"): "ORD-ADDRESS-ID-BAD-TYPE",
    ("create_customer_address", "type", "other words"): "ADR-CREATE-TYPE-INVALID",
    ("create_order", "order_items", "an empty list"): "ORD-CREATE-EMPTY-ITEMS",
    ("orders_bulk", "order_ids", "an empty list"): "BLK-ORD-EMPTY-IDS",
    ("customers_bulk", "customer_ids", "an empty list"): "BLK-CUS-IDS-EMPTY",
    ("refund_order", "refund_info.amount", "nothing"): "RFD-EMPTY-AMOUNT",
    ("update_transaction_status", "status", "empty"): "TRX-STATUS-INVALID",
    ("update_transaction_status", "status", "an empty list"): "TRX-STATUS-INVALID",
    ("create_customer", "email", "an empty list"): "CUS-CREATE-EMAIL-TYPE",
    ("create_customer", "email", "another number"): "CUS-CREATE-EMAIL-TYPE",
    ("create_customer", "email", "nothing"): "CUS-CREATE-EMAIL-MISSING",
    ("create_customer", "email", "empty"): "CUS-CREATE-EMAIL-MISSING",
    ("create_and_change_customer", "email", "too long"): "ORD-NEW-CUSTOMER-MAX-LENGTH",
    ("create_and_change_customer", "first_name", "too long"): "ORD-NEW-CUSTOMER-MAX-LENGTH",
    ("create_and_change_customer", "full_name", "too long"): "ORD-NEW-CUSTOMER-MAX-LENGTH",
    ("create_order", "note", "too long"): "ORD-CREATE-MAX-LENGTH",
    ("create_order", "order_items.title", "too long"): "ORD-CREATE-ITEM-MAX-LENGTH",
    ("update_order", "note", "too long"): "ORD-UPDATE-MAX-LENGTH",
}
# Members that a request cannot do without.
_REQUIRED = {
    ("refund_order", "refund_info"): "RFD-NO-INFO",
    ("refund_order", "refund_info.amount"): "RFD-NO-AMOUNT-422",
    ("refund_order", "refund_info.transaction_id"): "RFD-NO-TRANSACTION-422",
    ("create_order", "customer_id"): "ORD-CREATE-NO-CUSTOMER",
    ("create_order", "order_items"): "ORD-CREATE-NO-ITEMS",
    ("update_order", "order_items"): "ORD-UPDATE-NO-ITEMS",
    ("orders_bulk", "action"): "BLK-ORD-NO-ACTION",
    ("orders_bulk", "order_ids"): "BLK-ORD-NO-IDS",
    ("orders_bulk", "new_status"): "BLK-ORD-STATUS-MISSING",
    ("change_customer", "customer_id"): "ORD-CHANGE-CUSTOMER-MISSING-423",
    ("create_and_change_customer", "email"): "ORD-NEW-CUSTOMER-NO-EMAIL-422",
    ("update_transaction_status", "status"): "TRX-STATUS-MISSING",
    ("update_order_address_id", "address_id"): "ORD-ADDRESS-ID-MISSING",
    ("update_order_address", "order_id"): "ORD-ADDRESS-EDIT-NO-ORDER-ID",
    ("update_statuses", "action"): "ORD-STATUS-NO-ACTION",
    ("update_statuses", "statuses"): "ORD-STATUS-NO-STATUSES",
    ("create_custom_item", "product"): "SHP-CUSTOM-NO-PRODUCT",
    ("calculate_shipping", "order_items"): "SHP-CALC-NO-ITEMS",
    ("calculate_shipping", "shipping_id"): "SHP-CALC-NO-METHOD",
    ("calculate_shipping", "order_items.quantity"): "SHP-CALC-NO-QUANTITY",
    ("create_customer", "email"): "CUS-CREATE-EMAIL-MISSING",
    ("update_customer_address", "address_id"): "ADR-UPDATE-MISSING-ID",
    ("delete_customer_address", "address_id"): "ADR-DELETE-MISSING-ID",
    ("make_primary_address", "address_id"): "ADR-PRIMARY-MISSING-ID",
    ("attach_user", "user_id"): "CUS-ATTACH-MISSING",
    ("customers_bulk", "action"): "BLK-CUS-ACTION-MISSING",
    ("customers_bulk", "customer_ids"): "BLK-CUS-IDS-EMPTY",
    ("customers_bulk", "new_status"): "BLK-CUS-STATUS-MISSING",
    ("customers_bulk", "data.status"): "BLK-CUS-STATUS-MISSING",
    ("update_order", "customer_id"): "ORD-UPDATE-NO-CUSTOMER",
    ("update_statuses", "statuses.order_status"): "ORD-STATUS-NO-STATUSES",
    ("create_customer", "first_name"): "CUS-CREATE-NAME-MISSING",
    ("create_customer", "full_name"): "CUS-CREATE-NAME-MISSING",
    ("create_and_change_customer", "first_name"): "ORD-NEW-CUSTOMER-NO-NAME-422",
    ("create_and_change_customer", "full_name"): "ORD-NEW-CUSTOMER-NO-NAME-422",
    ("create_customer_address", "address_1"): "ADR-CREATE-STREET-MISSING",
    ("create_customer_address", "city"): "ADR-CREATE-CITY-MISSING",
    ("create_customer_address", "country"): "ADR-CREATE-COUNTRY-MISSING",
}
# Ids in a list that may be named twice: once is meant.
TWICE = {
    ("orders_bulk", "order_ids"): "BLK-ORD-DUPLICATE-IDS",
}
_TOO_LONG = 5001


def must_refuse(attempt: Attempt) -> str | None:
    """The requirement that an acceptance of this attempt would break, if there is one."""
    if attempt.intent is Intent.NEGATIVE:
        return _nobody_in_path(attempt)
    return attempt.broken or ruling(attempt.operation, attempt.intent, attempt.about)


def _nobody_in_path(attempt: Attempt) -> str | None:
    """The requirement for the first generated id of the path that is nobody's, if there is one."""
    unknown = UNKNOWN_IN_PATH.get(attempt.operation, ())
    for at, (sent, mine) in enumerate(zip(attempt.ids, attempt.aim.ids, strict=False)):
        number = integer(str(sent).removeprefix("-"))
        below = number == 0 or (number is not None and str(sent).startswith("-"))
        if sent != mine and below:
            return unknown[at] if at < len(unknown) else None
    return None


def ruling(operation: str, intent: Intent, about: str) -> str | None:
    """The requirement that rules out what is bent this way at this place, if there is one."""
    if intent is Intent.ABSENT:
        if about.startswith("path "):
            return UNKNOWN_IN_PATH[operation][int(about[-1]) - 1]
        return UNKNOWN_IN_BODY.get((operation, about)) or _UNKNOWN_ADDRESS.get(operation)
    if intent is Intent.FOREIGN:
        return _FOREIGN_MEMBER.get((operation, about)) or FOREIGN.get(operation)
    if intent is Intent.DROPPED:
        return _REQUIRED.get((operation, about))
    if intent is Intent.BENT:
        member, _, how = about.partition(": ")
        return _RULED_OUT.get((operation, member, how))
    return None


def how(value: Any) -> str:
    """The word for a bent value."""
    if value is None:
        return "nothing"
    if isinstance(value, list):
        return "a list" if value else "an empty list"
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return "another type"
    if isinstance(value, str):
        return "too long" if len(value) >= _TOO_LONG else "words" if value else "empty"
    return "negative" if value < 0 else "zero" if value == 0 else "another number"

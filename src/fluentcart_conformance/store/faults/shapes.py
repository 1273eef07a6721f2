"""Faults of shape, from tables: a member missing, of another type, with a fraction, a strange word.

For every record of the documents one fault per requirement on it, some only in the second record.
"""

from __future__ import annotations

from dataclasses import dataclass

from fluentcart_conformance.store.faults import deeds, kit
from fluentcart_conformance.store.faults.kit import DETAILS, Names
from fluentcart_conformance.store.faults.model import Room
from fluentcart_conformance.store.http import Response

room = Room("orders")

TREES = (*DETAILS, "update_order", "update_statuses", "sync_statuses", "create_and_change_customer")
SECOND = slice(1, 2)


@dataclass(frozen=True)
class Shape:
    """One kind of record: which requirement speaks of what, and a member to break for each.

    `drop`, `retype`, `money`, `words` and `dates` are `(requirement, member)`, or empty.
    """

    name: str
    kind: str
    area: str
    operations: Names
    drop: tuple[str, str] | tuple[()] = ()
    retype: tuple[str, str] | tuple[()] = ()
    money: tuple[str, str] | tuple[()] = ()
    words: tuple[str, str] | tuple[()] = ()
    dates: tuple[str, str] | tuple[()] = ()
    second: bool = False


_SHAPES = (
    Shape("order", "tree", "orders", TREES, ("ORD-RECORD-MEMBERS", "coupon_discount_total"),
          ("ORD-RECORD-TYPES", "invoice_no"), ("ORD-RECORD-MONEY", "subtotal"),
          ("ORD-RECORD-VALUES", "payment_status"), ("ORD-RECORD-DATES", "created_at")),
    Shape("order-late-member", "tree", "orders", TREES, ("ORD-RECORD-MEMBERS", "refunded_at"),
          ("ORD-RECORD-TYPES", "customer_id"), ("ORD-RECORD-MONEY", "total_paid"),
          ("ORD-RECORD-VALUES", "status"), ("ORD-RECORD-DATES", "updated_at")),
    Shape("order-tree", "tree", "orders", DETAILS, ("ORD-TREE-MEMBERS", "order_addresses"),
          ("ORD-TREE-TYPES", "activities")),
    Shape("order-urls", "tree", "orders", DETAILS, ("ORD-TREE-MEMBERS", "receipt_url"),
          ("ORD-TREE-TYPES", "custom_checkout_url")),
    Shape("line", "line", "orders", DETAILS, ("ORD-ITEM-MEMBERS", "line_total"),
          ("ORD-ITEM-TYPES", "title"), ("ORD-ITEM-MONEY", "unit_price"),
          ("ORD-ITEM-VALUES", "fulfillment_type"), ("ORD-ITEM-DATES", "created_at")),
    Shape("second-line", "line", "orders", DETAILS, ("ORD-ITEM-MEMBERS", "refund_total"),
          ("ORD-ITEM-TYPES", "post_title"), ("ORD-ITEM-MONEY", "line_total"), second=True),
    Shape("variant", "variant", "orders", DETAILS, ("ORD-VARIANT-MEMBERS", "stock_status"),
          ("ORD-VARIANT-TYPES", "variation_title"), ("ORD-VARIANT-MONEY", "item_price"), (),
          ("ORD-VARIANT-DATES", "updated_at")),
    Shape("order-address", "order_address", "orders", DETAILS,
          ("ORD-ADDRESS-MEMBERS", "full_name"), ("ORD-ADDRESS-TYPES", "city"), (),
          ("ORD-ADDRESS-VALUES", "type"), ("ORD-ADDRESS-DATES", "created_at")),
    Shape("second-order-address", "order_address", "orders", DETAILS,
          ("ORD-ADDRESS-MEMBERS", "postcode"), second=True),
    Shape("formatted-address", "formatted", "orders", DETAILS,
          ("ORD-FORMATTED-ADDRESS-MEMBERS", "full_name"),
          ("ORD-FORMATTED-ADDRESS-TYPES", "country")),
    Shape("subscription", "subscription", "orders", DETAILS,
          ("ORD-SUBSCRIPTION-MEMBERS", "bill_times"), ("ORD-SUBSCRIPTION-TYPES", "status"),
          ("ORD-SUBSCRIPTION-MONEY", "recurring_amount"), (),
          ("ORD-SUBSCRIPTION-DATES", "created_at")),
    Shape("activity", "activity", "orders", DETAILS, ("ORD-ACTIVITY-MEMBERS", "read_status"),
          ("ORD-ACTIVITY-TYPES", "title"), (), (), ("ORD-ACTIVITY-DATES", "created_at")),
    Shape("activity-user", "user", "orders", DETAILS,
          ("ORD-ACTIVITY-USER-MEMBERS", "display_name"),
          ("ORD-ACTIVITY-USER-TYPES", "user_email")),
    Shape("label", "label", "orders", DETAILS, ("ORD-LABEL-MEMBERS", "color"),
          ("ORD-LABEL-TYPES", "value"), (), (), ("ORD-LABEL-DATES", "created_at")),
    Shape("order-operation", "operation", "orders", DETAILS, ("ORD-OPERATION-MEMBERS", "utm_id"),
          ("ORD-OPERATION-TYPES", "created_via"), (), (), ("ORD-OPERATION-DATES", "updated_at")),
    Shape("order-customer", "customer", "orders", DETAILS, ("ORD-CUSTOMER-MEMBERS", "aov"),
          ("ORD-CUSTOMER-TYPES", "uuid"), (), (), ("ORD-CUSTOMER-DATES", "created_at")),
    Shape("transaction", "transaction", "transactions", DETAILS,
          ("TRX-RECORD-MEMBERS", "payment_method_type"), ("TRX-RECORD-TYPES", "uuid"),
          ("TRX-RECORD-MONEY", "total"), ("TRX-RECORD-VALUES", "payment_mode"),
          ("TRX-RECORD-DATES", "created_at")),
    Shape("second-transaction", "transaction", "transactions", DETAILS,
          ("TRX-RECORD-MEMBERS", "vendor_charge_id"), ("TRX-RECORD-TYPES", "payment_method"),
          ("TRX-RECORD-MONEY", "total"), ("TRX-RECORD-VALUES", "status"), second=True),
    Shape("order-row", "order", "lists", "list_orders", ("LST-ROW-MEMBERS", "tax_total"),
          ("LST-ROW-TYPES", "uuid"), ("LST-ROW-MONEY", "total_amount"),
          ("LST-ROW-VALUES", "status"), ("LST-ROW-DATES", "created_at")),
    Shape("second-order-row", "order", "lists", "list_orders", ("LST-ROW-MEMBERS", "total_paid"),
          ("LST-ROW-TYPES", "currency"), ("LST-ROW-MONEY", "shipping_total"),
          ("LST-ROW-VALUES", "payment_status"), ("LST-ROW-DATES", "updated_at"), second=True),
    Shape("orders-paging", "paging", "lists", "list_orders",
          ("LST-PAGINATOR-MEMBERS", "last_page"), ("LST-PAGINATOR-TYPES", "total")),
    Shape("customers-paging", "paging", "lists", "list_customers",
          ("CUS-LIST-PAGINATION", "total"), ("CUS-LIST-PAGINATION", "per_page")),
    Shape("customer-row", "customer", "customers", "list_customers", ("CUS-LIST-ROW", "status"),
          ("CUS-LIST-ROW", "email"), (), (), ("CUS-DATES-ISO", "created_at")),
    Shape("second-customer-row", "customer", "customers", "list_customers",
          ("CUS-LIST-ROW", "last_name"), ("CUS-LIST-ROW", "first_name"), second=True),
    Shape("new-customer", "customer", "customers", "create_customer",
          ("CUS-CREATE-RECORD", "status"), ("CUS-CREATE-RECORD", "email"), (), (),
          ("CUS-DATES-ISO", "created_at")),
    Shape("customer", "customer", "customers", "get_customer", ("CUS-GET-RECORD", "created_at"),
          ("CUS-GET-RECORD", "last_name"), (), (), ("CUS-DATES-ISO", "updated_at")),
    Shape("updated-customer", "customer", "customers", "update_customer",
          ("CUS-UPDATE-RECORD", "status"), ("CUS-UPDATE-RECORD", "first_name")),
    Shape("customer-order", "order", "customers", "get_customer_orders",
          ("CUS-ORDERS-ROW", "currency"), ("CUS-ORDERS-ROW", "payment_status"),
          ("CUS-ORDERS-ROW", "total_amount")),
    Shape("user", "user", "customers", "get_attachable_users",
          ("CUS-USERS-ROW", "display_name"), ("CUS-USERS-ROW", "user_email")),
    Shape("second-user", "user", "customers", "get_attachable_users",
          ("CUS-USERS-ROW", "user_email"), second=True),
    Shape("customer-stats", "stats", "customers", "get_customer_stats",
          ("CUS-STATS-RECORD", "last_order_date"), ("CUS-STATS-RECORD", "order_count"),
          ("CUS-STATS-RECORD", "total_spent")),
    Shape("bulk-result", "result", "bulk", "customers_bulk", ("BLK-CUS-RESULT", "success"),
          ("BLK-CUS-RESULT", "customer_id")),
    Shape("second-bulk-result", "result", "bulk", "customers_bulk",
          ("BLK-CUS-RESULT", "customer_id"), ("BLK-CUS-RESULT", "success"), second=True),
    Shape("customer-address", "customer_address", "addresses", "get_customer_addresses",
          ("ADR-LIST-ROW", "city"), ("ADR-LIST-ROW", "country")),
    Shape("second-customer-address", "customer_address", "addresses", "get_customer_addresses",
          ("ADR-LIST-ROW", "postcode"), ("ADR-LIST-ROW", "type"), second=True),
    Shape("address-in-customer", "customer_address", "addresses", "get_customer",
          ("CUS-GET-ADDRESS", "address_1"), ("CUS-GET-ADDRESS", "type")),
    Shape("new-address", "customer_address", "addresses", "create_customer_address",
          ("ADR-CREATE-RECORD", "type"), ("ADR-CREATE-RECORD", "city")),
    Shape("updated-address", "customer_address", "addresses", "update_customer_address",
          ("ADR-UPDATE-RECORD", "city"), ("ADR-UPDATE-RECORD", "address_1")),
    Shape("primary-address", "customer_address", "addresses", "make_primary_address",
          ("ADR-PRIMARY-RECORD", "updated_at"), ("ADR-PRIMARY-RECORD", "is_primary")),
    Shape("shipping-method", "method", "shipping", "get_shipping_methods",
          ("SHP-METHOD-MEMBERS", "shipping_charge"), ("SHP-METHOD-TYPES", "title"),
          ("SHP-METHOD-MONEY", "shipping_charge")),
    Shape("second-shipping-method", "method", "shipping", "get_shipping_methods",
          ("SHP-METHOD-MEMBERS", "is_enabled"), second=True),
    Shape("shipped-line", "shipped", "shipping", "calculate_shipping",
          ("SHP-CALC-ITEM-MEMBERS", "unit_price"), ("SHP-CALC-ITEM-TYPES", "fulfillment_type"),
          ("SHP-CALC-CHARGE-CENTS", "shipping_charge")),
    Shape("answered-transaction", "transaction", "transactions", "update_transaction_status",
          ("TRX-STATUS-ANSWER-RECORD", "payment_method"), ("TRX-STATUS-ANSWER-RECORD", "status")),
)  # fmt: skip


def _declare(shape: Shape) -> None:
    which = SECOND if shape.second else slice(None)
    only = " only in the second one" if shape.second else ""

    def add(word: str, pair: tuple[str, str] | tuple[()], kind: str, text: str, how: str) -> None:
        if not pair:
            return
        requirement, member = pair
        deed = {
            "drop": deeds.drop(member),
            "retype": deeds.retype(member),
            "money": deeds.change(member, _fraction),
            "words": deeds.put(member, "undefined"),
            "dates": deeds.change(member, lambda _: "20/11/2026 18:49"),
        }[how]
        room.add(
            f"{shape.name}-{word}", requirement, "second only" if shape.second else kind,
            f"{member} of {shape.name.replace('-', ' ')} {text}{only}.",
            kit.record(shape.kind, shape.operations, deed, which), area=shape.area,
        )  # fmt: skip

    add("member-missing", shape.drop, "member missing", "is left out", "drop")
    add("wrong-type", shape.retype, "wrong type", "is a list", "retype")
    add("amount-with-fraction", shape.money, "unit", "has a fraction", "money")
    add("strange-word", shape.words, "wrong value", "is a word of no list", "words")
    add("strange-date", shape.dates, "wrong value", "is written otherwise", "dates")


def _fraction(value: object) -> object:
    """2500 cents as 25.5: an amount in whole units."""
    return float(value) / 100 + 0.005 if isinstance(value, int | str) and value != "" else value


# operation, requirement, member to drop, requirement, member to retype (paths with dots)
_ANSWERS = (
    ("create_order", "orders", "ORD-CREATE-ANSWER", "order_id", "ORD-CREATE-ANSWER", "message"),
    ("get_order", "orders", "ORD-DETAILS-MEMBERS", "selected_labels", "ORD-DETAILS-TYPES",
     "selected_labels"),
    ("get_order_transactions", "transactions", "ORD-DETAILS-MEMBERS", "discount_meta",
     "ORD-DETAILS-TYPES", "order"),
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
    ("update_transaction_status", "transactions", "TRX-STATUS-ANSWER", "transaction",
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
_ENVELOPES = (
    ("list_customers", "customers", "CUS-LIST-ANSWER"),
    ("create_customer", "customers", "CUS-CREATE-ANSWER"),
    ("get_customer", "customers", "CUS-GET-ANSWER"),
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


for _one in _SHAPES:
    _declare(_one)
for _operation, _area, _lost, _member, _typed, _other in _ANSWERS:
    _name = _operation.replace("_", "-")
    room.add(
        f"{_name}-answer-incomplete", _lost, "member missing",
        f"{_member} of the answer is left out ({_operation}).",
        kit.body(_operation, deeds.drop(_member)), area=_area,
    )  # fmt: skip
    room.add(
        f"{_name}-answer-wrong-type", _typed, "wrong type",
        f"{_other} of the answer has another type ({_operation}).",
        kit.body(_operation, deeds.retype(_other)), area=_area,
    )  # fmt: skip
for _operation, _area, _lost in _ENVELOPES:
    room.add(
        f"{_operation.replace('_', '-')}-answer-empty", _lost, "member missing",
        f"The answer holds nothing ({_operation}).", kit.accepted(_operation, _empty), area=_area,
    )  # fmt: skip
room.add(
    "customer-envelope-without-success", "CUS-ENVELOPE", "member missing",
    "success is left out of the customer answers.",
    kit.body(kit.CUSTOMERS, deeds.drop("success")), area="customers",
)  # fmt: skip

# fmt: off
# One more of each kind that no table has.
room.add("refund-answer-list", "RFD-ANSWER", "wrong type", "The answer to a refund is a list.",
         kit.accepted("refund_order", lambda given, _: setattr(given, "body", [given.body])),
         area="refunds")
room.add("customers-amount-with-point", "CUS-MONEY-CENTS", "unit",
         "total_spent is written with a fraction of nothing: 2500.0.",
         kit.record("customer", ("list_customers", "get_customer"), deeds.change(
             "total_spent", lambda value: float(value) + 0.5)), area="customers")
room.add("orders-amount-with-point", ("ORD-RECORD-MONEY", "GEN-CENTS-WHOLE"), "unit",
         "Amounts of orders have half a cent.",
         kit.record("order", TREES, deeds.change("total_amount", lambda value: value + 0.5)))
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
        kit.record("customer", "update_customer", deeds.drop(_member)), area="customers",
        family="fluentcart",
    )
room.add("updated-customer-address-incomplete", "CUS-UPDATE-FULL-ADDRESS", "member missing",
         "full_name of the formatted address is left out (update_customer).",
         kit.record("formatted", "update_customer", deeds.drop("full_name", "country")),
         area="customers", family="fluentcart")
room.add("updated-customer-labels-text", "CUS-UPDATE-FULL-LABELS", "wrong type",
         "selected_labels is a text (update_customer).",
         kit.record("customer", "update_customer", lambda one: one.update(
             selected_labels="none", labels="none")), area="customers", family="fluentcart")
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

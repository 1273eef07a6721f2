"""Faults of shape, from tables: a member missing, of another type, with a fraction, a strange word.

For every record of the documents one fault per requirement on it, some only in the second record.
"""

from __future__ import annotations

from dataclasses import dataclass

from fluentcart_conformance.store.faults import alter, kit
from fluentcart_conformance.store.faults.kit import DETAILS, Names
from fluentcart_conformance.store.faults.model import Room

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
    family: str = ""


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
          ("ORD-LABEL-TYPES", "value"), (), (), ("ORD-LABEL-DATES", "created_at"),
          family="documented"),
    Shape("label-relation", "label_relation", "orders", DETAILS,
          ("ORD-LABEL-MEMBERS", "label_id"), ("ORD-LABEL-TYPES", "id"), (), (),
          ("ORD-LABEL-DATES", "created_at"), family="fluentcart"),
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
          ("TRX-RECORD-MEMBERS", "payment_method"), ("TRX-RECORD-VALUES", "status")),
)  # fmt: skip


def _declare(shape: Shape) -> None:
    which = SECOND if shape.second else slice(None)
    only = " only in the second one" if shape.second else ""

    def add(word: str, pair: tuple[str, str] | tuple[()], kind: str, text: str, how: str) -> None:
        if not pair:
            return
        requirement, member = pair
        deed = {
            "drop": alter.drop(member),
            "retype": alter.retype(member),
            "money": alter.change(member, _fraction),
            "words": alter.put(member, "undefined"),
            "dates": alter.change(member, lambda _: "20/11/2026 18:49"),
        }[how]
        room.add(
            f"{shape.name}-{word}", requirement, "second only" if shape.second else kind,
            f"{member} of {shape.name.replace('-', ' ')} {text}{only}.",
            kit.record(shape.kind, shape.operations, deed, which), area=shape.area,
            family=shape.family,
        )  # fmt: skip

    add("member-missing", shape.drop, "member missing", "is left out", "drop")
    add("wrong-type", shape.retype, "wrong type", "is a list", "retype")
    add("amount-with-fraction", shape.money, "unit", "has a fraction", "money")
    add("strange-word", shape.words, "wrong value", "is a word of no list", "words")
    add("strange-date", shape.dates, "wrong value", "is written otherwise", "dates")


def _fraction(value: object) -> object:
    """2500 cents as 25.5: an amount in whole units."""
    return float(value) / 100 + 0.005 if isinstance(value, int | str) and value != "" else value


for _one in _SHAPES:
    _declare(_one)

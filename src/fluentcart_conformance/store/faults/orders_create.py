"""Faults of creating an order: what is taken, what is kept, what comes back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fluentcart_conformance.store.faults import alter, deeds, kit
from fluentcart_conformance.store.faults.kit import DETAILS, Call, after, record, sent, sql
from fluentcart_conformance.store.faults.model import Change, Room
from fluentcart_conformance.store.faults.records import Json, parts

room = Room("orders")
add = room.add

CREATE = "create_order"
LINE = {"quantity": 1, "unit_price": 1000}


def made(*statements: str) -> Change:
    """SQL after an order was created."""
    return after(CREATE, sql(*statements))


def wants(when: Callable[[Json], Any]) -> Change:
    """Refuse a create for what it sends."""
    return deeds.refuse(CREATE, lambda call: bool(when(call.sent)))


def any_customer(call: Call) -> Any:
    """Some customer's id."""
    return call.shop.db.value("SELECT min(id) FROM customers")


def any_line(call: Call) -> list[Json]:
    """A line of some product."""
    row = call.shop.db.one("SELECT * FROM product_variations ORDER BY id LIMIT 1") or {}
    return [{**LINE, "object_id": row.get("id"), "post_id": row.get("post_id")}]


def _known_customer(members: Json, call: Call) -> None:
    given = alter.number(members.get("customer_id"))
    if given and not call.shop.db.value("SELECT 1 FROM customers WHERE id = ?", (given,)):
        members["customer_id"] = any_customer(call)


def _known_variation(members: Json, call: Call) -> None:
    for item in parts(members, "order_items"):
        number = alter.number(item.get("object_id") or item.get("variation_id"))
        query = "SELECT 1 FROM product_variations WHERE id = ?"
        if number and not call.shop.db.value(query, (number,)):
            row = any_line(call)[0]
            item.update(object_id=row["object_id"], variation_id=row["object_id"],
                        post_id=row["post_id"])  # fmt: skip


def _own_copy(members: Json, call: Call) -> None:
    """Somebody else's address becomes one of this customer's."""
    for name in ("billing_address_id", "shipping_address_id"):
        row = call.shop.db.get("customer_addresses", int(alter.number(members.get(name)) or 0))
        if row and row["customer_id"] != members.get("customer_id"):
            copy = {key: value for key, value in row.items() if key not in ("id", "is_primary")}
            copy["customer_id"] = members["customer_id"]
            members[name] = call.shop.db.insert("customer_addresses", copy)


def _swap(members: Json, _: Call) -> None:
    billing, shipping = members.get("billing_address_id"), members.get("shipping_address_id")
    if billing and shipping:
        members.update(billing_address_id=shipping, shipping_address_id=billing)


def _row_all_the_same(call: Call) -> None:
    owner = alter.number(call.sent.get("customer_id")) or any_customer(call)
    known = call.shop.db.value("SELECT 1 FROM customers WHERE id = ?", (owner,))
    call.shop.db.run(
        "INSERT INTO orders (uuid, status, customer_id, created_at, updated_at) VALUES"
        " (lower(hex(randomblob(16))), 'on-hold', ?, ?, ?)",
        (owner if known else any_customer(call), call.shop.db.now(), call.shop.db.now()),
    )


# fmt: off
add("create-without-effect", ("ORD-CREATE-READ-BACK", "ORD-CREATE-ENDPOINT",
    "GEN-READ-AFTER-WRITE"), "no effect", "An order is answered as created and is not there.",
    deeds.without_effect(CREATE))
add("create-minimal-refused", "ORD-CREATE-MINIMAL", "refused",
    "A create with only the required members is refused.",
    wants(lambda one: set(one) <= {"customer_id", "order_items"}))
add("create-without-customer", "ORD-CREATE-NO-CUSTOMER", "rule forgotten",
    "A create without a customer gets some customer.",
    deeds.filled(CREATE, "customer_id", any_customer))
add("create-without-items", ("ORD-CREATE-NO-ITEMS", "ORD-CREATE-EMPTY-ITEMS"), "rule forgotten",
    "A create without lines gets some line.", deeds.filled(CREATE, "order_items", any_line))
add("create-empty-items-accepted", "ORD-CREATE-EMPTY-ITEMS", "error as success",
    "A create with an empty list of lines is answered as done.",
    deeds.excuse(CREATE, when=lambda call: call.sent.get("order_items") == []))
add("create-unknown-customer", "ORD-CREATE-UNKNOWN-CUSTOMER", "rule forgotten",
    "An unknown customer stands for some other.", sent(CREATE, _known_customer))
add("create-unknown-product", "ORD-CREATE-UNKNOWN-PRODUCT", "rule forgotten",
    "An unknown variation stands for some other.", sent(CREATE, _known_variation))
add("create-refused-leaves-order", ("ORD-CREATE-REFUSED-NO-ROW", "GEN-NO-HALF-WRITE"),
    "half done", "A refused create leaves an order behind.",
    after(CREATE, _row_all_the_same, refusal=True))
add("create-uuid-differs", "ORD-CREATE-UUID-SAME", "wrong value",
    "The answer to a create shows another uuid than the order.",
    kit.body(CREATE, alter.put("uuid", "0123456789abcdef0123456789abcdef")))
add("create-uuid-empty", "ORD-CREATE-UUID", "wrong type",
    "The answer to a create shows an empty uuid.", kit.body(CREATE, alter.put("uuid", "")))
add("create-silent", "ORD-CREATE-TEXT", "wrong value",
    "The answer to a create says nothing.", kit.body(CREATE, alter.put("message", "")))
add("create-not-in-list", ("ORD-CREATE-IN-LIST", "LST-SORT-DEFAULT"), "stale",
    "The newest order is missing in the list.",
    deeds.listed("list_orders", lambda rows: rows[:] and rows.pop(0)))
add("create-for-another-customer", "ORD-CREATE-CUSTOMER-KEPT", "wrong object",
    "An order goes to the first customer, whoever was named.",
    made("UPDATE orders SET customer_id = (SELECT min(id) FROM customers) WHERE id = :order"))
add("create-body-refused", "ORD-CREATE-BODY", "refused",
    "A create that names a time zone is refused.", wants(lambda one: "user_tz" in one))
add("create-body-page-refused", "ORD-CREATE-BODY-PAGE", "refused",
    "A create that carries deletedItems is refused.", wants(lambda one: "deletedItems" in one))
add("create-body-customer-refused", "ORD-CREATE-BODY-CUSTOMER", "refused",
    "A create that carries a customer record is refused.",
    wants(lambda one: isinstance(one.get("customer"), dict)))
add("create-note-lost", ("ORD-CREATE-NOTE", "GEN-UNICODE"), "no effect",
    "The note is not kept.", deeds.unsent(CREATE, "note"))
add("create-note-ascii", "GEN-UNICODE", "wrong value", "Letters outside ASCII become ?.",
    sent(CREATE, lambda one, _: one.update(
        note=one["note"].encode("ascii", "replace").decode()) if isinstance(one.get("note"), str)
        else None))
add("create-invoice-lost", "ORD-CREATE-INVOICE-NO", "no effect",
    "The invoice number is not kept.", deeds.unsent(CREATE, "invoice_no"))
add("create-payment-method-lost", "ORD-CREATE-PAYMENT-METHOD", "wrong value",
    "The payment method is always stripe.",
    made("UPDATE orders SET payment_method = 'stripe' WHERE id = :order"))
add("create-currency-wrong", "ORD-CREATE-CURRENCY", "wrong value",
    "An order is in another currency than was sent.",
    made("UPDATE orders SET currency = 'XPF' WHERE id = :order"))
add("create-status-wrong", "ORD-CREATE-STATUS", "wrong value",
    "A fresh order is completed.",
    made("UPDATE orders SET status = 'completed' WHERE id = :order"))
add("create-paid-at-once", ("ORD-CREATE-PAYMENT-PENDING",), "wrong value",
    "A fresh order counts as paid.",
    made("UPDATE orders SET payment_status = 'paid', total_paid = total_amount WHERE id = :order"))
add("create-cent-paid", "ORD-CREATE-PAYMENT-PENDING", "off by one",
    "A fresh order has a cent paid.",
    made("UPDATE orders SET total_paid = 1 WHERE id = :order"))
add("create-without-charge", "ORD-CREATE-PENDING-CHARGE", "half done",
    "A fresh order has no transaction.",
    made("DELETE FROM order_transactions WHERE order_id = :order"))
add("create-charge-cent-off", "ORD-CREATE-PENDING-CHARGE", "off by one",
    "The charge of a fresh order is a cent too low.",
    made("UPDATE order_transactions SET total = total - 1 WHERE order_id = :order"))
add("create-charge-succeeded", "ORD-CREATE-PENDING-CHARGE", "wrong value",
    "The charge of a fresh order is succeeded.",
    made("UPDATE order_transactions SET status = 'succeeded' WHERE order_id = :order"))
add("create-refunded-at", "ORD-CREATE-NO-REFUND", "wrong value",
    "A fresh order has a date of refund and a cent refunded.",
    made("UPDATE orders SET refunded_at = created_at, total_refund = 1 WHERE id = :order"))
add("create-addresses-ignored", "ORD-CREATE-ADDRESS-IDS", "no effect",
    "The addresses chosen do not come into the order.",
    made("DELETE FROM order_addresses WHERE order_id = :order"))
add("create-addresses-swapped", "ORD-CREATE-ADDRESS-IDS", "wrong object",
    "Billing and shipping address are swapped.", sent(CREATE, _swap))
add("create-address-foreign", "ORD-CREATE-ADDRESS-FOREIGN", "ownership",
    "Another customer's address can be chosen.", sent(CREATE, _own_copy))
add("create-uuid-shared", "ORD-CREATE-DISTINCT", "wrong value",
    "All orders show the same uuid.",
    record("order", (*DETAILS, "list_orders"), alter.put("uuid", "c0ffee" * 5 + "00")))
add("create-rate-wrong", "ORD-CREATE-RATE", "wrong value",
    "The rate of an order is 1.1 whatever was sent.",
    made("UPDATE orders SET rate = '1.1' WHERE id = :order"))
add("create-spurious-id-refused", "ORD-CREATE-SPURIOUS-ID", "refused",
    "A line with id 0 is refused.",
    wants(lambda one: any(item.get("id") == 0 for item in one.get("order_items", []))))
add("create-refused-409", "ORD-CREATE-400", "wrong status",
    "A create that cannot be carried out is refused with 409.",
    deeds.status(CREATE, (400, 404, 422), 409))
add("create-touches-neighbour", ("ORD-OTHERS-UNTOUCHED", "GEN-UNTOUCHED"), "side effect",
    "A create changes the order before it.",
    made("UPDATE orders SET note = 'x', total_amount = total_amount + 1 WHERE id = :order - 1"))
add("create-totals-cent-more", ("ORD-CREATE-TOTALS",), "off by one",
    "total_amount of a fresh order is a cent too high.",
    made("UPDATE orders SET total_amount = total_amount + 1 WHERE id = :order"))
add("create-tax-not-added", "ORD-CREATE-TOTALS", "rule forgotten",
    "Tax is not part of total_amount.",
    made("UPDATE orders SET total_amount = total_amount - tax_total WHERE id = :order"))
add("create-shipping-not-added", "ORD-CREATE-SHIPPING-TOTAL", "rule forgotten",
    "Shipping is not part of total_amount.",
    made("UPDATE orders SET total_amount = total_amount - shipping_total WHERE id = :order"))
add("create-shipping-hundredfold", "ORD-CREATE-SHIPPING-TOTAL", "unit",
    "The shipping sent is taken for whole units.",
    sent(CREATE, lambda one, _: alter.times(100, "shipping_total")(one)))
add("create-prices-as-units", ("ORD-MONEY-CENTS", "ORD-CREATE-TOTALS"), "unit",
    "Prices sent are taken for whole units: 1000 is 1000.00.",
    sent(CREATE, lambda one, _: [alter.times(100, "unit_price", "price")(item)
                                 for item in parts(one, "order_items")]))
add("orders-shown-in-units", "ORD-MONEY-CENTS", "unit",
    "Amounts of orders are shown in whole units.",
    record("order", (*DETAILS, "list_orders"), lambda one: [
        alter.times(0.01, name)(one) for name in ("subtotal", "total_amount", "shipping_total")]))
add("create-subscription-sold", "ORD-CREATE-SUBSCRIPTION-REFUSED", "error as success",
    "A subscription sold by hand is answered as done.",
    deeds.excuse(CREATE, 400, {"message": "Order created.", "order_id": 1, "uuid": "a"}))
# fmt: on

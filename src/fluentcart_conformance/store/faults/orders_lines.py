"""Faults of what an order is made of: lines, discounts, coupons, lengths."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fluentcart_conformance.store.faults import alter, deeds, kit
from fluentcart_conformance.store.faults.kit import DETAILS, Call, record, sent
from fluentcart_conformance.store.faults.model import Change, Room
from fluentcart_conformance.store.faults.orders_create import CREATE, made, wants
from fluentcart_conformance.store.faults.records import Json, parts
from fluentcart_conformance.store.orders import limits

room = Room("orders")
add = room.add

SECOND_LINE = "(SELECT id FROM order_items WHERE order_id = :order ORDER BY id LIMIT 1 OFFSET 1)"


def items(change: Callable[[Json], object], operations: kit.Names = CREATE) -> Change:
    """Change every line that is sent."""

    def on(members: Json, _: Call) -> None:
        for item in parts(members, "order_items"):
            change(item)

    return sent(operations, on)


def item_refused(when: Callable[[Json], Any]) -> Change:
    """Refuse a create for one of its lines."""
    return wants(lambda one: any(when(item) for item in parts(one, "order_items")))


def cut_to(lengths: dict[str, int], part: str = "", operations: kit.Names = CREATE) -> Change:
    """Cut texts that are too long, so that they are taken."""

    def on(members: Json, _: Call) -> None:
        for one in parts(members, part) if part else [members]:
            for name, limit in lengths.items():
                if isinstance(one.get(name), str):
                    one[name] = one[name][:limit]

    return sent(operations, on)


def shorter(lengths: dict[str, int], part: str = "") -> Change:
    """Refuse texts that are as long as they may be."""
    return wants(lambda members: any(
        isinstance(one.get(name), str) and len(one[name]) == limit
        for one in (parts(members, part) if part else [members])
        for name, limit in lengths.items()
    ))  # fmt: skip


def coupons(change: Callable[[Json], object]) -> Change:
    """Change every coupon that is sent."""
    return sent(CREATE, lambda one, _: [change(row) for row in parts(one, "applied_coupon")])


def _complete(row: Json) -> None:
    for name, value in (("coupon_id", 1), ("code", "X"), ("discounted_amount", 0),
                        ("stackable", 0)):  # fmt: skip
        if row.get(name) in (None, ""):
            row[name] = value


def _within(row: Json) -> None:
    for name in ("coupon_id", "max_per_customer"):
        if (alter.number(row.get(name)) or 1) < 1:
            row[name] = 1
    if alter.number(row.get("stackable")) not in (0, 1, None):
        row["stackable"] = 1
    for name in ("code", "notes"):
        if isinstance(row.get(name), str):
            row[name] = row[name][:100]


def _least(item: Json) -> None:
    number = alter.number(item.get("quantity"))
    if number is not None and number < 1:
        item["quantity"] = 1


def _text_quantity(item: Json) -> None:
    if "quantity" in item and alter.number(item["quantity"]) is None:
        item["quantity"] = 1


def _positive(item: Json) -> None:
    for name in ("unit_price", "price", "item_price"):
        number = alter.number(item.get(name))
        if number is not None and number < 0:
            item[name] = 0


# fmt: off
add("create-quantity-below-one", ("ORD-CREATE-QUANTITY-MIN",), "rule forgotten",
    "A quantity below 1 counts as 1.", items(_least))
add("create-quantity-text", "ORD-CREATE-QUANTITY-INTEGER", "rule forgotten",
    "A quantity that is no number counts as 1.", items(_text_quantity))
add("create-negative-price", "ORD-CREATE-NEGATIVE-PRICE", "rule forgotten",
    "A negative price makes a free order.", items(_positive))
add("create-too-long", "ORD-CREATE-MAX-LENGTH", "rule forgotten",
    "Texts that are too long are cut.", cut_to(limits.ORDER_LENGTHS))
add("create-too-long-one-member", "ORD-CREATE-MAX-LENGTH", "rule forgotten",
    "A payment method's title that is too long is cut.", cut_to({"payment_method_title": 50}))
add("create-longest-refused", "ORD-CREATE-MAX-LENGTH", "refused",
    "A note of exactly 5000 characters is refused.", shorter({"note": 5000}))
add("create-item-too-long", "ORD-CREATE-ITEM-MAX-LENGTH", "rule forgotten",
    "Texts of a line that are too long are cut.", cut_to(limits.ITEM_LENGTHS, "order_items"))
add("create-item-longest-refused", "ORD-CREATE-ITEM-MAX-LENGTH", "refused",
    "A title of exactly 255 characters is refused.", shorter({"title": 255}, "order_items"))
add("create-discount-too-long", "ORD-CREATE-DISCOUNT-MAX-LENGTH", "rule forgotten",
    "Texts of a discount that are too long are cut.", cut_to(limits.DISCOUNT_LENGTHS, "discount"))
add("create-shipping-too-long", "ORD-CREATE-SHIPPING-MAX-LENGTH", "rule forgotten",
    "Texts of a shipping row that are too long are cut.",
    cut_to(limits.SHIPPING_LENGTHS, "shipping"))
add("create-item-body-refused", "ORD-CREATE-ITEM-BODY", "refused",
    "A line that names its line_total is refused.", item_refused(lambda one: "line_total" in one))
add("create-item-page-refused", "ORD-CREATE-ITEM-BODY-PAGE", "refused",
    "A line with item_price is refused.", item_refused(lambda one: "item_price" in one))
add("create-other-info-list-refused", "ORD-CREATE-ITEM-OTHER-INFO", "refused",
    "other_info as a list is refused.",
    item_refused(lambda one: isinstance(one.get("other_info"), list)))
add("create-line-meta-refused", "ORD-CREATE-ITEM-LINE-META", "refused",
    "line_meta as a list is refused.",
    item_refused(lambda one: isinstance(one.get("line_meta"), list)))
add("create-payment-type-wrong", "ORD-CREATE-ITEM-PAYMENT-TYPE", "wrong value",
    "The payment type of a line is always subscription.",
    made("UPDATE order_items SET payment_type = 'subscription' WHERE order_id = :order"))
add("create-discount-refused", "ORD-CREATE-DISCOUNT-BODY", "refused",
    "A discount with a reason is refused.",
    wants(lambda one: isinstance(one.get("discount"), dict) and "reason" in one["discount"]))
add("create-discount-ignored", "ORD-CREATE-DISCOUNT-APPLIED", "ignored",
    "A manual discount is passed over.",
    deeds.unsent(CREATE, "discount", "manual_discount_total"))
add("create-discount-hundredfold", "ORD-CREATE-DISCOUNT-APPLIED", "unit",
    "manual_discount_total is shown in whole units.",
    made("UPDATE orders SET manual_discount_total = manual_discount_total / 100 WHERE id = :order"))
add("create-discount-cent-off", "ORD-CREATE-DISCOUNT-APPLIED", "off by one",
    "A manual discount takes a cent less.",
    made("UPDATE orders SET manual_discount_total = manual_discount_total - 1, total_amount ="
         " total_amount + 1 WHERE id = :order AND manual_discount_total > 0"))
add("create-shipping-rows-refused", "ORD-CREATE-SHIPPING-BODY", "refused",
    "A shipping row with rate_name is refused.",
    wants(lambda one: any("rate_name" in row for row in parts(one, "shipping"))))
add("create-coupon-refused", "ORD-CREATE-COUPON-BODY", "refused",
    "A coupon with notes is refused.",
    wants(lambda one: any("notes" in row for row in parts(one, "applied_coupon"))))
add("create-coupon-incomplete", "ORD-CREATE-COUPON-REQUIRED", "rule forgotten",
    "What a coupon lacks is made up.", coupons(_complete))
add("create-coupon-limits", "ORD-CREATE-COUPON-LIMITS", "rule forgotten",
    "Numbers and texts of a coupon are bent to fit.", coupons(_within))
add("create-coupon-not-deducted", "ORD-CREATE-COUPON-APPLIED", "half done",
    "A coupon is listed and takes nothing off.",
    made("UPDATE orders SET total_amount = total_amount + coupon_discount_total,"
         " coupon_discount_total = 0 WHERE id = :order"))
add("create-coupon-not-listed", "ORD-CREATE-COUPON-APPLIED", "half done",
    "A coupon is taken off and not listed.",
    made("DELETE FROM applied_coupons WHERE order_id = :order"))
add("create-line-total-cent-off", "ORD-CREATE-LINE-TOTALS", "off by one",
    "line_total is a cent too low.",
    made("UPDATE order_items SET line_total = line_total - 1 WHERE order_id = :order"))
add("create-second-line-total", "ORD-CREATE-LINE-TOTALS", "second only",
    "The second line's subtotal forgets its quantity.",
    made(f"UPDATE order_items SET subtotal = unit_price + 1 WHERE id = {SECOND_LINE}"))
add("create-last-line-lost", ("ORD-CREATE-SEVERAL-ITEMS",), "half done",
    "Only the first line is kept.",
    made("DELETE FROM order_items WHERE order_id = :order AND id > (SELECT min(id) FROM"
         " order_items WHERE order_id = :order)"))
add("create-line-twice", "ORD-CREATE-SEVERAL-ITEMS", "side effect",
    "A further line nobody sent is in the order.",
    made("INSERT INTO order_items (order_id, post_id, object_id, title, unit_price, created_at,"
         " updated_at) SELECT order_id, post_id, object_id, title, unit_price, created_at,"
         " updated_at FROM order_items WHERE order_id = :order LIMIT 1"))
add("create-second-line-price", ("ORD-CREATE-SEVERAL-ITEMS", "ORD-CREATE-ITEM-KEPT"),
    "second only", "The second line has the price of the first.",
    made("UPDATE order_items SET unit_price = (SELECT unit_price FROM order_items WHERE order_id"
         f" = :order ORDER BY id LIMIT 1) WHERE id = {SECOND_LINE}"))
add("create-quantity-one", "ORD-CREATE-ITEM-KEPT", "wrong value",
    "The quantity of a line is always 1.",
    made("UPDATE order_items SET quantity = 1 WHERE order_id = :order"))
add("create-title-from-catalogue", "ORD-CREATE-ITEM-KEPT", "ignored",
    "The title of a line is not taken.", items(lambda one: one.pop("title", None)))
add("create-line-digital", "ORD-CREATE-ITEM-FULFILMENT", "wrong value",
    "Every line is digital.",
    made("UPDATE order_items SET fulfillment_type = 'digital' WHERE order_id = :order"))
add("create-order-digital", "ORD-CREATE-ORDER-FULFILMENT", "wrong value",
    "Every order is digital.",
    made("UPDATE orders SET fulfillment_type = 'digital' WHERE id = :order"))
add("create-order-physical", "ORD-CREATE-ORDER-FULFILMENT", "wrong value",
    "Every order is physical.",
    made("UPDATE orders SET fulfillment_type = 'physical' WHERE id = :order"))
add("lines-of-details-second-price", "ORD-CREATE-ITEM-KEPT", "second only",
    "The second line is shown a cent dearer.",
    record("line", DETAILS, alter.bump("unit_price"), slice(1, 2)))
# fmt: on

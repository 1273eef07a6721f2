"""Reading the body of Create Order and Update Order.

`OrderInput` keeps apart what was sent and what was not: a member that was not sent is absent
from `texts` and None elsewhere. Money is integer cents.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from fluentcart_conformance.store.orders import limits
from fluentcart_conformance.store.orders.limits import Findings
from fluentcart_conformance.store.orders.money import (
    Discount,
    cents_from_decimal,
    round_half_up,
    to_number,
)
from fluentcart_conformance.store.orders.states import FULFILLMENT_TYPES

_MONEY = ("discount_tax", "shipping_tax", "tax_total", "total_paid")
_PERCENT_WORDS = ("percent", "percentage")


@dataclass
class ItemInput:
    """One line as sent; None stands for a member that was not sent."""

    position: int
    id: int = 0
    variation_id: int = 0
    post_id: int = 0
    quantity: int | None = None
    unit_price: int | None = None
    title: str | None = None
    post_title: str | None = None
    fulfillment_type: str | None = None
    payment_type: str | None = None
    tax_amount: int | None = None
    discount_total: int | None = None
    shipping_charge: int | None = None
    cost: int | None = None
    cart_index: int | None = None
    rate: str | None = None
    other_info: dict[str, Any] | None = None
    line_meta: Any = None


@dataclass
class OrderInput:
    """One order as sent.

    Attributes:
        customer_id: 0 when none was sent.
        items: The lines.
        texts: Text members that were sent.
        money: Sums in cents that were sent and that the store does not compute itself.
        manual_discount: The manual discount, None when none was sent.
        coupons: Rows of `applied_coupon`, None when none were sent.
        shipping_total: In cents, from `shipping_total` or the prices of `shipping`.
        discount_meta: The `discount` object as sent.
        shipping_meta: The `shipping` list as sent.
        deleted_items: Ids from `deletedItems`.
    """

    customer_id: int = 0
    items: list[ItemInput] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    money: dict[str, int] = field(default_factory=dict)
    rate: str | None = None
    manual_discount: Discount | None = None
    coupons: list[dict[str, Any]] | None = None
    coupon_discount_total: int | None = None
    shipping_total: int | None = None
    discount_meta: dict[str, Any] | None = None
    shipping_meta: list[Any] | None = None
    deleted_items: list[int] = field(default_factory=list)
    billing_address_id: int = 0
    shipping_address_id: int = 0


def read_order(body: dict[str, Any], *, decimal_discount: bool) -> OrderInput:
    """Read and check a body.

    Args:
        body: Members as sent.
        decimal_discount: True when `discount.value` is an amount in whole units (5 is 5.00),
            False when it is cents.

    Raises:
        Refusal: 422 naming every wrong field.
    """
    findings = Findings()
    _check_required(body, findings)
    findings.texts(body, limits.ORDER_LENGTHS)
    findings.numbers(body, limits.ORDER_NUMBERS)
    findings.integers(body, ("billing_address_id", "shipping_address_id"))
    for name in ("deletedItems", "shipping", "couponCalculation", "applied_coupon"):
        if body.get(name) not in (None, "") and not isinstance(body[name], list | dict):
            findings.add(name, "array", f"The {name} must be an array.")
    _check_items(body.get("order_items"), findings)
    _check_parts(body, findings)
    findings.refuse_any()
    return _read(body, decimal_discount)


def _check_required(body: dict[str, Any], findings: Findings) -> None:
    if body.get("customer_id") in (None, ""):
        findings.add("customer_id", "required", "Customer selection is required")
    elif to_number(body["customer_id"]) is None:
        findings.add("customer_id", "numeric", "The customer_id must be a number.")
    items = body.get("order_items")
    if items is None or items in ([], {}, ""):
        findings.add("order_items", "required", "Item selection is required")
    elif not isinstance(items, list):
        findings.add("order_items", "array", "The order_items must be an array.")


def _check_items(items: Any, findings: Findings) -> None:
    for position, item in enumerate(items if isinstance(items, list) else []):
        at = f"order_items.{position}."
        if not isinstance(item, dict):
            findings.add(at[:-1], "array", f"The {at[:-1]} must be an array.")
            continue
        findings.texts(item, limits.ITEM_LENGTHS, at)
        findings.numbers(item, limits.ITEM_NUMBERS, at)
        findings.integers(item, limits.ITEM_INTEGERS, at)
        for name in ("unit_price", "price", "item_price", "tax_amount", "discount_total"):
            number = to_number(item.get(name))
            if number is not None and number < 0:
                findings.add(at + name, "min", f"The {at}{name} must be at least 0.")
        if "quantity" in item:
            findings.at_least(item["quantity"], at + "quantity", 1)
            quantity = to_number(item["quantity"])
            if quantity is not None and quantity > limits.LARGEST_QUANTITY:
                sentence = f"The {at}quantity must not be greater than {limits.LARGEST_QUANTITY}."
                findings.add(at + "quantity", "max", sentence)


def _check_parts(body: dict[str, Any], findings: Findings) -> None:
    discount = body.get("discount")
    if isinstance(discount, dict):
        findings.texts(discount, limits.DISCOUNT_LENGTHS, "discount.")
        findings.numbers(discount, ("value",), "discount.")
    for position, row in enumerate(_rows(body.get("shipping"))):
        findings.texts(row, limits.SHIPPING_LENGTHS, f"shipping.{position}.")
        findings.numbers(row, ("custom_price",), f"shipping.{position}.")
    for position, row in enumerate(_rows(body.get("applied_coupon"))):
        _check_coupon(row, f"applied_coupon.{position}.", findings)


def _check_coupon(row: dict[str, Any], at: str, findings: Findings) -> None:
    for name in ("coupon_id", "code", "discounted_amount", "stackable"):
        if row.get(name) in (None, ""):
            findings.add(at + name, "required", f"The {at}{name} field is required.")
    findings.texts(row, limits.COUPON_LENGTHS, at)
    findings.numbers(row, limits.COUPON_NUMBERS, at)
    findings.integers(row, limits.COUPON_INTEGERS, at)
    for name in ("coupon_id", "max_per_customer"):
        if row.get(name) not in (None, ""):
            findings.at_least(row[name], at + name, 1)
    if row.get("stackable") not in (None, "") and to_number(row["stackable"]) not in (0, 1):
        findings.add(at + "stackable", "in", f"The {at}stackable must be 0 or 1.")


def _rows(value: Any) -> list[dict[str, Any]]:
    """Return the objects of a list, or of an object that is keyed by something."""
    return [row for row in _values(value) if isinstance(row, dict)]


def _read(body: dict[str, Any], decimal_discount: bool) -> OrderInput:
    order = OrderInput(customer_id=_whole(body["customer_id"]))
    order.items = [_read_item(item, index) for index, item in enumerate(body["order_items"])]
    order.texts = {
        name: str(body[name]) for name in limits.ORDER_LENGTHS if body.get(name) is not None
    }
    order.money = {name: _cents(body[name]) for name in _MONEY if body.get(name) is not None}
    order.rate = _rate(body.get("rate"))
    order.billing_address_id = _whole(body.get("billing_address_id"))
    order.shipping_address_id = _whole(body.get("shipping_address_id"))
    order.deleted_items = [_whole(item_id) for item_id in _values(body.get("deletedItems"))]
    _read_discounts(order, body, decimal_discount)
    _read_shipping(order, body)
    return order


def _read_discounts(order: OrderInput, body: dict[str, Any], decimal_discount: bool) -> None:
    sent = body.get("manual_discount_total")
    discount = body.get("discount") if isinstance(body.get("discount"), dict) else None
    value = to_number(discount.get("value")) if discount else None
    if discount:
        order.discount_meta = discount
    # The sum in cents leaves no doubt about its unit, so it goes before the details.
    if sent is not None and (_cents(sent) or value is None):
        order.manual_discount = Discount(cents=_cents(sent))
    elif discount and value is not None:
        order.manual_discount = _discount(str(discount.get("type", "")), value, decimal_discount)
    if body.get("applied_coupon") is not None:
        order.coupons = _rows(body["applied_coupon"])
        order.coupon_discount_total = sum(
            max(_cents(row["discounted_amount"]), 0) for row in order.coupons
        )
    if not order.coupons and body.get("coupon_discount_total") is not None:
        order.coupon_discount_total = max(_cents(body["coupon_discount_total"]), 0)


def _discount(kind: str, value: Decimal, decimal_discount: bool) -> Discount:
    if kind.lower() in _PERCENT_WORDS:
        return Discount(percent=value)
    return Discount(cents=cents_from_decimal(value) if decimal_discount else round_half_up(value))


def _read_shipping(order: OrderInput, body: dict[str, Any]) -> None:
    rows = _rows(body.get("shipping"))
    if body.get("shipping") is not None:
        order.shipping_meta = rows
    prices = [_cents(row["custom_price"]) for row in rows if row.get("custom_price") is not None]
    sent = body.get("shipping_total")
    if sent is not None and (_cents(sent) or not any(prices)):
        order.shipping_total = max(_cents(sent), 0)
    elif prices:
        order.shipping_total = max(sum(prices), 0)


def _read_item(item: dict[str, Any], position: int) -> ItemInput:
    info = item.get("other_info") if isinstance(item.get("other_info"), dict) else None
    kinds = (item.get("payment_type"), (info or {}).get("payment_type"))
    # Two documents name two places; the word that is not the ordinary one decides.
    named = [str(kind) for kind in kinds if kind]
    unusual = [kind for kind in named if kind != "onetime"]
    fulfillment = item.get("fulfillment_type")
    return ItemInput(
        position=position,
        id=_whole(item.get("id")),
        variation_id=_whole(item.get("object_id")) or _whole(item.get("variation_id")),
        post_id=_whole(item.get("post_id")),
        quantity=_whole(item["quantity"]) if "quantity" in item else None,
        unit_price=_price(item),
        title=_text(item.get("title")),
        post_title=_text(item.get("post_title")),
        fulfillment_type=fulfillment if fulfillment in FULFILLMENT_TYPES else None,
        payment_type=next(iter(unusual or named), None),
        tax_amount=_optional_cents(item.get("tax_amount")),
        discount_total=_optional_cents(item.get("discount_total")),
        shipping_charge=_optional_cents(item.get("shipping_charge")),
        cost=_optional_cents(item.get("item_cost")),
        cart_index=_whole(item["cart_index"]) if item.get("cart_index") is not None else None,
        rate=_rate(item.get("rate")),
        other_info=info,
        line_meta=item.get("line_meta"),
    )


def _price(item: dict[str, Any]) -> int | None:
    for name in ("unit_price", "price", "item_price"):
        if item.get(name) is not None:
            return _cents(item[name])
    return None


def _values(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []


def _whole(value: Any) -> int:
    number = to_number(value)
    return int(number) if number is not None else 0


def _cents(value: Any) -> int:
    number = to_number(value)
    return round_half_up(number) if number is not None else 0


def _optional_cents(value: Any) -> int | None:
    return None if value is None else _cents(value)


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def _rate(value: Any) -> str | None:
    number = to_number(value)
    return None if number is None or number <= 0 else format(number.normalize(), "f")

"""Creates that cannot be carried out leave nothing behind (orders-api: Create Order)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from fluentcart_conformance.scenarios import (
    ABSENT_ID,
    Customer,
    Line,
    Refusals,
    Shop,
    Wrong,
    order_body,
    proves,
    requirement,
)

Body = dict[str, Any]
LIMITS = {
    "order": (
        "ORD-CREATE-MAX-LENGTH",
        {
            "invoice_no": 100,
            "payment_method_title": 50,
            "note": 5000,
            "uuid": 100,
            "status": 50,
            "fulfillment_type": 50,
            "type": 50,
            "payment_method": 50,
            "payment_status": 50,
            "currency": 10,
            "ip_address": 100,
            "completed_at": 100,
            "refunded_at": 100,
            "user_tz": 50,
        },
    ),
    "order_items": (
        "ORD-CREATE-ITEM-MAX-LENGTH",
        {"title": 255, "post_title": 255, "payment_type": 100},
    ),
    "discount": (
        "ORD-CREATE-DISCOUNT-MAX-LENGTH",
        {"type": 100, "label": 100, "reason": 100, "action": 100},
    ),
    "shipping": ("ORD-CREATE-SHIPPING-MAX-LENGTH", {"type": 100, "rate_name": 100}),
}
# Further lines, each with one thing wrong.
LINES: tuple[tuple[str, str, Body], ...] = (
    ("ORD-CREATE-QUANTITY-MIN", "invalid_quantity", {"quantity": 0}),
    ("ORD-CREATE-QUANTITY-MIN", "invalid_quantity", {"quantity": -1}),
    ("ORD-CREATE-QUANTITY-INTEGER", "invalid_quantity", {"quantity": "abc"}),
    ("ORD-CREATE-NEGATIVE-PRICE", "invalid_amount", {"unit_price": -100, "price": -100}),
)
NO_VARIATION = {"object_id": ABSENT_ID, "variation_id": ABSENT_ID}
NO_PRODUCT = {**NO_VARIATION, "post_id": ABSENT_ID}


def _nobody(body: Body) -> None:
    body["customer_id"] = ABSENT_ID
    body["customer"]["id"] = ABSENT_ID


def _no_customer(body: Body) -> None:
    del body["customer_id"], body["customer"]


def _last_line(**members: Any) -> Callable[[Body], Any]:
    return lambda body: body["order_items"][-1].update(members)


# One by one: a store names the first of these at most.
ALONE: dict[str, tuple[str, str, Callable[[Body], Any]]] = {
    "no lines": ("ORD-CREATE-NO-ITEMS", "missing_items", lambda body: body.pop("order_items")),
    "an empty list of lines": (
        "ORD-CREATE-EMPTY-ITEMS", "missing_items", lambda body: body.update(order_items=[]),
    ),
    "a customer nobody knows": ("ORD-CREATE-UNKNOWN-CUSTOMER", "unknown_customer", _nobody),
    "a variation nobody knows": (
        "ORD-CREATE-UNKNOWN-PRODUCT", "unknown_variation", _last_line(**NO_VARIATION),
    ),
    "a product nobody knows": (
        "ORD-CREATE-UNKNOWN-PRODUCT", "unknown_variation", _last_line(**NO_PRODUCT),
    ),
}  # fmt: skip


def _too_long(part: str, name: str, most: int) -> Wrong:
    """A text of one character more than its limit, in the order or in the first row of a part."""
    requirement_id, _ = LIMITS[part]
    where = {"order": "", "discount": "discount."}.get(part, f"{part}.0.")

    def spoil(body: Body) -> None:
        row = body if part == "order" else body[part]
        (row[0] if isinstance(row, list) else row)[name] = "x" * (most + 1)

    return Wrong(requirement_id, f"{where}{name}", spoil, "create_order.too_long")


def _another_line(line: Line, members: Body) -> Callable[[Body], None]:
    return lambda body: body["order_items"].append({**line.members(), **members})


def _wrongs(line: Line) -> Iterator[Wrong]:
    yield Wrong(
        "ORD-CREATE-NO-CUSTOMER", "customer_id", _no_customer, "create_order.missing_customer"
    )
    for part, (_, limits) in LIMITS.items():
        for name, most in limits.items():
            yield _too_long(part, name, most)
    for number, (requirement_id, key, members) in enumerate(LINES, start=2):
        member = f"order_items.{number}.{next(iter(members))}"
        spoil = _another_line(line, members)
        yield Wrong(requirement_id, member, spoil, f"create_order.{key}")


@proves(
    *(requirement_id for requirement_id, _ in LIMITS.values()),
    *(row[0] for row in LINES),
    *(row[0] for row in ALONE.values()),
)
def test_what_is_no_order_is_refused_and_leaves_none(
    shop: Shop, creations: Refusals[Customer], two_lines: list[Line]
) -> None:
    """The second of two lines is wrong, so that a store which works line by line shows itself."""

    def good(buyer: Customer) -> Body:
        parts = {
            "discount": {"type": "fixed", "value": 0},
            "shipping": [{"type": "custom", "custom_price": 0}],
        }
        return order_body(buyer, two_lines, parts)

    creations.must_refuse_each(
        list(_wrongs(two_lines[1])), good, lambda _, body: shop.create_order_with(body)
    )
    for what, (requirement_id, key, spoil) in ALONE.items():

        def send(buyer: Customer, spoil: Callable[[Body], Any] = spoil) -> Any:
            body = order_body(buyer, two_lines, {})
            spoil(body)
            return shop.create_order_with(body)

        answer = creations.must_refuse(requirement_id, send=send, what=what)
        with requirement("ORD-CREATE-400"):
            assert answer is not None, what
            assert answer.status in shop.refusal(f"create_order.{key}"), f"{what}: {answer}"
    creations.must_refuse(
        "ORD-CREATE-SUBSCRIPTION-REFUSED",
        send=lambda buyer: _sell_a_subscription(shop, buyer, two_lines[0]),
        key="create_order.subscription",
    )
    creations.nothing_changed("ORD-CREATE-REFUSED-NO-ROW")


def _sell_a_subscription(shop: Shop, buyer: Customer, line: Line) -> Any:
    row = {**line.members(), "payment_type": "subscription"}
    row["other_info"] = {"payment_type": "subscription"}
    return shop.create_order_with({**order_body(buyer, [line], {}), "order_items": [row]})

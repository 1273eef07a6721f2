"""The longest texts of a create, and one character more (orders-api: Create Order)."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from typing import Any

from fluentcart_conformance.scenarios import Customer, Line, Shop, order_body, proves, requirement

# Members that hold any text, and members whose words the store may know by heart.
FREE = {"invoice_no": 100, "payment_method_title": 50, "note": 5000, "uuid": 100}
WORDS = {
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
}
LINE = {"title": 255, "post_title": 255, "payment_type": 100}
DISCOUNT = {"type": 100, "label": 100, "reason": 100, "action": 100}
SHIPPING = {"type": 100, "rate_name": 100}
# Cents: more than 32 bits hold, with or without a sign, and than a short float tells apart.
LARGE = 2_147_483_659


def _body(customer: Customer, line: Line) -> dict[str, Any]:
    parts = {
        "discount": {"type": "fixed", "value": 0},
        "shipping": [{"type": "custom", "custom_price": 0}],
    }
    return order_body(customer, [line], parts)


def _place(body: dict[str, Any], part: str) -> dict[str, Any]:
    """The object of a body that a table of limits speaks of."""
    row = body if part == "order" else body[part]
    found: dict[str, Any] = row[0] if isinstance(row, list) else row
    return found


def test_texts_of_the_longest_allowed_length_are_accepted(
    shop: Shop, customer: Customer, two_lines: list[Line]
) -> None:
    body = _body(customer, two_lines[0])
    mark = shop.fresh("long")
    for name, most in FREE.items():
        body[name] = (mark + name).ljust(most, "x")
    body["discount"] |= {name: "d" * DISCOUNT[name] for name in ("label", "reason", "action")}
    body["shipping"][0]["rate_name"] = "r" * SHIPPING["rate_name"]

    answer = shop.create_order_with(body)

    with requirement("ORD-CREATE-MAX-LENGTH"):
        assert answer.accepted, f"texts at their limit: {answer}"
    order = shop.order_made(answer)
    with requirement("ORD-CREATE-NOTE"):
        assert order.text("note") == body["note"], "the longest note is not kept whole"


def test_long_titles_and_large_amounts_are_kept(
    shop: Shop, customer: Customer, two_lines: list[Line]
) -> None:
    """Length is counted in characters, whatever their size in bytes; 32 bits hold no large sum."""
    first, second = two_lines
    used = {first.product.object_id, second.product.object_id}
    third = [
        Line(one, 2, one.unit_price + 41) for one in shop.products if one.object_id not in used
    ]
    lines = [replace(first, unit_price=LARGE), second, *third[:1]]
    body = order_body(customer, lines, {})
    titles = {}
    for line, letter, row in zip(lines, "étx", body["order_items"], strict=False):
        titles[line.price] = row["title"] = row["post_title"] = letter * LINE["title"]

    answer = shop.create_order_with(body)

    with requirement("ORD-CREATE-ITEM-MAX-LENGTH"):
        assert answer.accepted, f"titles of 255 characters: {answer}"
    order = shop.order_made(answer)
    with requirement("ORD-CREATE-ITEM-KEPT"):
        for price, title in titles.items():
            assert order.item_at(price).title == title, "the longest title is not kept whole"
    with requirement("ORD-CREATE-LINE-TOTALS"):
        for line in lines:
            assert order.item_at(line.price).line_total == line.total
    with requirement("ORD-CREATE-TOTALS"):
        assert order.subtotal == order.total_amount == sum(line.total for line in lines)


PARTS = {
    "order": ({**FREE, **WORDS}, "ORD-CREATE-MAX-LENGTH"),
    "order_items": (LINE, "ORD-CREATE-ITEM-MAX-LENGTH"),
    "discount": (DISCOUNT, "ORD-CREATE-DISCOUNT-MAX-LENGTH"),
    "shipping": (SHIPPING, "ORD-CREATE-SHIPPING-MAX-LENGTH"),
}


@proves(*(requirement_id for _limits, requirement_id in PARTS.values()))
def test_one_character_more_is_refused(shop: Shop, two_lines: list[Line]) -> None:
    wanted = shop.refusal("create_order.too_long")
    buyer, accepted = shop.new_customer(), set()
    plain = _body(buyer, two_lines[0])
    for part, (limits, requirement_id) in PARTS.items():
        for name, most in limits.items():
            body = deepcopy(plain)
            _place(body, part)[name] = "x" * (most + 1)
            answer = shop.create_order_with(body)
            accepted.add(shop.created_order(answer))
            with requirement(requirement_id):
                assert answer.status in wanted, f"{part} {name} of {most + 1} characters: {answer}"
    with requirement("ORD-CREATE-REFUSED-NO-ROW"):
        left = {one.id for one in shop.orders_of(buyer.id)} - accepted
        assert left == set(), f"refused creates left {len(left)} orders behind"

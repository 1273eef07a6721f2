"""The longest texts and the largest amounts of a create (orders-api: Create Order)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from fluentcart_conformance.scenarios import Customer, Line, Shop, order_body, requirement

# Members that hold any text; the words of others a store may know by heart.
FREE = {"invoice_no": 100, "payment_method_title": 50, "note": 5000, "uuid": 100}
TITLE = 255
# Cents: more than 32 bits hold, with or without a sign, and than a short float tells apart.
LARGE = 2_147_483_659


def test_the_longest_texts_and_large_amounts_are_kept(
    shop: Shop, customer: Customer, two_lines: list[Line]
) -> None:
    """Length is counted in characters, whatever their size in bytes; 32 bits hold no large sum."""
    first, second = two_lines
    used = {first.product.object_id, second.product.object_id}
    third = [
        Line(one, 2, one.unit_price + 41) for one in shop.products if one.object_id not in used
    ]
    lines = [replace(first, unit_price=LARGE), second, *third[:1]]
    plain = order_body(customer, lines, {})
    texts, titles = _longest_texts(shop), _longest_titles(plain["order_items"])

    answer = shop.create_order_with({**plain, **texts, **titles})

    answers = {"texts": answer, "titles": answer}
    if not answer.accepted:
        answers = {
            "texts": shop.create_order_with({**plain, **texts}),
            "titles": shop.create_order_with({**plain, **titles}),
        }
    with requirement("ORD-CREATE-MAX-LENGTH"):
        assert answers["texts"].accepted, f"texts at their limit: {answers['texts']}"
    with requirement("ORD-CREATE-ITEM-MAX-LENGTH"):
        assert answers["titles"].accepted, f"titles of 255 characters: {answers['titles']}"
    if answers["texts"].accepted:
        noted = shop.order_made(answers["texts"])
        with requirement("ORD-CREATE-NOTE"):
            assert noted.text("note") == texts["note"], "the longest note is not kept whole"
    order = noted if answer.accepted else shop.order_made(answers["titles"])
    with requirement("ORD-CREATE-ITEM-KEPT"):
        for row in titles["order_items"]:
            kept = order.item_at(row["price"]).title
            assert kept == row["title"], "the longest title is not kept whole"
    with requirement("ORD-CREATE-LINE-TOTALS"):
        for line in lines:
            assert order.item_at(line.price).line_total == line.total
    with requirement("ORD-CREATE-TOTALS"):
        assert order.subtotal == order.total_amount == sum(line.total for line in lines)


def _longest_texts(shop: Shop) -> dict[str, Any]:
    mark = shop.fresh("long")
    return {
        **{name: (mark + name).ljust(most, "x") for name, most in FREE.items()},
        "discount": {"type": "fixed", "value": 0, "label": "d" * 100, "reason": "d" * 100,
                     "action": "d" * 100},
        "shipping": [{"type": "custom", "custom_price": 0, "rate_name": "r" * 100}],
    }  # fmt: skip


def _longest_titles(rows: list[dict[str, Any]]) -> dict[str, Any]:
    titles = [letter * TITLE for letter in "étx"]
    return {
        "order_items": [
            {**row, "title": title, "post_title": title}
            for row, title in zip(rows, titles, strict=False)
        ]
    }

"""What an update of an order repeats, and how its totals follow."""

from __future__ import annotations

from fluentcart_conformance.drivers.records import Order

from .fake import bench, check
from .rows import item_row, order_row

ORDER = Order(order_row())
LINE_AGAIN = {
    **item_row(),
    "order_id": 5,
    "variation_id": 111,
    "price": 1250,
    "item_total": 2500,
    "total": 2500,
    "quantity": 2,
    "other_info": {"payment_type": "onetime"},
}
MINIMUM = {
    "customer_id": 7,
    "order_items": [LINE_AGAIN],
    "subtotal": 2500,
    "shipping_total": 300,
    "total_amount": 2750,
}


def test_an_update_repeats_customer_lines_and_totals() -> None:
    sent = bench().sent_by(lambda s: s.update_order(ORDER, note="new"))

    check(sent, "POST", "/orders/5", {**MINIMUM, "note": "new"})


def test_the_plugin_is_told_again_what_it_would_clear() -> None:
    made = bench("fluentcart-1.3")

    sent = made.sent_by(lambda s: s.update_order(ORDER, note="new"))
    kept = {"status": "processing", "uuid": "u-5"}
    check(sent, "POST", "/orders/5", {**MINIMUM, **kept, "note": "new"})
    sent = made.sent_by(lambda s: s.update_order_alone(ORDER, note="new"))
    check(sent, "POST", "/orders/5", {**MINIMUM, "note": "new"})


def test_the_totals_of_an_update_follow_its_changes() -> None:
    shop = bench().shop
    cheaper = [{**LINE_AGAIN, "unit_price": "1000"}, {"unit_price": 5, "quantity": 1}]

    body = shop.update_body(ORDER, order_items=cheaper, shipping_total=0)
    assert (body["subtotal"], body["shipping_total"], body["total_amount"]) == (2005, 0, 1955)
    body = shop.update_body(ORDER, order_items=cheaper, deletedItems=[51])
    assert (body["subtotal"], body["deletedItems"]) == (5, [51])
    assert len(body["order_items"]) == 2
    assert shop.update_body(ORDER, customer_id=9)["customer_id"] == 9

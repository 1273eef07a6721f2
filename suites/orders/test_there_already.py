"""Orders that a shop holds already, in a run that only reads (orders-api: what is read)."""

from __future__ import annotations

from fluentcart_conformance.scenarios import Shop, reading_run, requirement

MOST = 5


@reading_run
def test_orders_that_are_there_are_read_in_every_way(shop: Shop) -> None:
    for row in shop.orders({"per_page": 2 * MOST}).rows[:MOST]:
        order = shop.order(row.id)
        with requirement("ORD-GET-SAME-ID"):
            assert order.id == row.id
        with requirement("ORD-DETAILS-LIST-AGREE"):
            assert order.total_amount == row.total_amount
            assert order.total_paid == row.total_paid
            assert order.status == row.status
            assert order.customer_id == row.customer_id
        shop.transactions_of(order.id)
        for transaction in order.transactions[:2]:
            shop.transaction_of(order.id, transaction.id)

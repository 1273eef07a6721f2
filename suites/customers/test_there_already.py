"""Customers that a shop holds already, in a run that only reads (customers-api: what is read)."""

from __future__ import annotations

from fluentcart_conformance.scenarios import Shop, reading_run, requirement

MOST = 5


@reading_run
def test_customers_that_are_there_are_read_in_every_way(shop: Shop) -> None:
    shop.attachable_users()
    for row in shop.customers({"per_page": 2 * MOST}).rows[:MOST]:
        with requirement("CUS-GET-ID"):
            assert shop.customer(row.id).id == row.id
        shop.customer_stats(row.id)
        shop.customer_orders(row.id)
        shop.get_addresses(row.id)

"""The orders of a customer (customers-api, Get Customer Orders)."""

from __future__ import annotations

from fluentcart_conformance.scenarios import (
    ABSENT_ID,
    Line,
    Shop,
    Watched,
    assert_refused,
    requirement,
    same_moment,
)

MANY = 11


def test_a_customer_has_all_its_own_orders_each_once(shop: Shop, neighbour: Watched) -> None:
    """More orders than other lists show on a page, a canceled one among them."""
    buyer, product = shop.new_customer(), shop.product()
    empty = shop.customer_orders(buyer.id)
    with requirement("CUS-ORDERS-EMPTY"):
        assert empty.accepted, empty.excerpt
        assert shop.wire.customer_orders(empty.body) == []
    paid = shop.paid_order(buyer, [Line(product, 1, 1999)])
    unpaid = shop.new_order(buyer, [Line(product, 3, 333)])
    more = [
        shop.announced(shop.create_order(buyer, [Line(product, 1, 100 + number)]))
        for number in range(MANY - 2)
    ]
    shop.given(shop.change_status(more[0], "canceled"), "cancel an order")
    ids = [paid.id, unpaid.id, *more]
    rows = shop.orders_of(buyer.id)
    with requirement("CUS-ORDERS-PATH", "CUS-ORDERS-ALL"):
        assert sorted(row.id for row in rows) == sorted(ids)
    shown = {row.id: row for row in rows}
    foreign = {row.id for row in shop.orders_of(neighbour.order.customer_id)}
    with requirement("CUS-ORDERS-OWN"):
        assert neighbour.order.id in foreign
        assert foreign.isdisjoint(ids), "orders of another customer"
    for order in (paid, unpaid):
        with requirement("CUS-ORDERS-AGREE"):
            assert order.id in shown, f"order {order.id} is not among the customer's"
            row = shown[order.id]
            for name in ("status", "payment_status", "currency"):
                assert row.text(name) == order.text(name), f"{name} of order {row.id}"
            assert row.total_amount == order.total_amount, f"total_amount of order {row.id}"
            dates = row.member("created_at"), order.member("created_at")
            assert same_moment(*dates), f"created_at of order {row.id}: {dates}"
    for number, order_id in enumerate(more):
        with requirement("CUS-ORDERS-AGREE"):
            row = shown[order_id]
            assert row.text("currency") == paid.text("currency"), f"currency of order {row.id}"
            assert row.total_amount == 100 + number, f"total_amount of order {row.id}"
    shop.take_away_order(unpaid.id)
    with requirement("CUS-ORDERS-DELETED"):
        left = {row.id for row in shop.orders_of(buyer.id)}
        assert left == set(ids) - {unpaid.id}


def test_a_customer_that_does_not_exist_has_no_list_of_orders(shop: Shop) -> None:
    answer = shop.customer_orders(ABSENT_ID)
    with requirement("CUS-ORDERS-UNKNOWN"):
        assert_refused(shop, answer, "customer.not_found", "get_customer_orders")

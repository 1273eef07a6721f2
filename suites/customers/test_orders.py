"""The orders of a customer (customers-api, Get Customer Orders)."""

from __future__ import annotations

from fluentcart_conformance.scenarios import (
    ABSENT_ID,
    Line,
    Shop,
    assert_refused,
    requirement,
    same_moment,
    whole,
)

MANY = 11


def test_a_customer_has_its_own_orders_each_once(shop: Shop) -> None:
    buyer, other = shop.new_customer(), shop.new_customer()
    product = shop.product()
    orders = {
        one.id: one
        for one in (
            shop.paid_order(buyer, [Line(product, 1, 1999)]),
            shop.new_order(buyer, [Line(product, 3, 333)]),
        )
    }
    foreign = shop.new_order(other, [Line(product, 1, 500)])
    rows = shop.orders_of(buyer.id)
    with requirement("CUS-ORDERS-PATH", "CUS-ORDERS-ALL"):
        assert sorted(row.id for row in rows) == sorted(orders)
    with requirement("CUS-ORDERS-OWN"):
        assert foreign.id not in [row.id for row in rows]
        assert [row.id for row in shop.orders_of(other.id)] == [foreign.id]
    for row in rows:
        order = orders[row.id]
        with requirement("CUS-ORDERS-AGREE"):
            for name in ("status", "payment_status", "currency"):
                assert row.text(name) == order.text(name), f"{name} of order {row.id}"
            assert row.total_amount == order.total_amount, f"total_amount of order {row.id}"
            shown = row.member("created_at"), order.member("created_at")
            assert same_moment(*shown), f"created_at of order {row.id}: {shown}"
    deleted = next(one for one in orders.values() if one.payment_status != "paid")
    shop.take_away_order(deleted.id)
    with requirement("CUS-ORDERS-DELETED"):
        left = [row.id for row in shop.orders_of(buyer.id)]
        assert left == [one for one in orders if one != deleted.id]


def test_all_orders_are_there_and_none_without_any(shop: Shop) -> None:
    """More orders than other lists show on a page."""
    buyer = shop.new_customer()
    empty = shop.customer_orders(buyer.id)
    with requirement("CUS-ORDERS-EMPTY"):
        assert empty.accepted, empty.excerpt
        assert shop.wire.customer_orders(empty.body) == []
    made = []
    for number in range(MANY):
        answer = shop.create_order(buyer, [Line(shop.product(), 1, 100 + number)])
        made.append(shop.created_order(shop.given(answer, "create an order")))
    rows = shop.orders_of(buyer.id)
    with requirement("CUS-ORDERS-ALL"):
        assert sorted(row.id for row in rows) == sorted(whole(one) for one in made)


def test_a_customer_that_does_not_exist_has_no_list_of_orders(shop: Shop) -> None:
    answer = shop.customer_orders(ABSENT_ID)
    with requirement("CUS-ORDERS-UNKNOWN"):
        assert_refused(shop, answer, "customer.not_found", "get_customer_orders")

"""Deleting many orders at once (orders-api, Bulk Actions)."""

from __future__ import annotations

from fluentcart_conformance.scenarios import Line, Shop, requirement


def test_named_orders_go_with_what_belongs_to_them_and_no_other(shop: Shop) -> None:
    customer = shop.new_customer()
    line = Line(shop.product(), 2, 555)
    first, kept, third = (shop.new_order(customer, [line]) for _ in range(3))
    answer = shop.bulk_orders("delete_orders", [first.id, third.id])
    if answer.accepted:
        for order in (first, third):
            shop.journal.removed("order", order.id)
    with requirement("BLK-ORD-DELETE", "BLK-ORD-DELETE-NO-STATUS"):
        assert answer.accepted, answer.excerpt
        for order in (first, third):
            gone = shop.get_order(order.id)
            assert gone.status in shop.refusal("order.deleted", "get_order"), gone.excerpt
    with requirement("BLK-ORD-DELETE-RELATED"):
        for order in (first, third):
            parts = shop.transactions_of(order.id)
            assert parts.refused, parts.excerpt
            one = shop.transaction_of(order.id, order.charge.id)
            assert one.refused, one.excerpt
    with requirement("BLK-ORD-DELETE-OTHERS"):
        assert shop.order(kept.id).differences(kept, apart_from={"updated_at"}) == []
        assert shop.customer(customer.id).email == customer.email
        assert [order.id for order in shop.orders_of(customer.id)] == [kept.id]
    figures = shop.figures(customer.id)
    with requirement("BLK-ORD-DELETE"):
        assert figures.order_count in (0, 1), "deleted orders no longer count"

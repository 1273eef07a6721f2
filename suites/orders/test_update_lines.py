"""Lines that come and go with an update (orders-api: Update Order)."""

from __future__ import annotations

from fluentcart_conformance.scenarios import (
    SIDE_EFFECTS,
    Customer,
    Line,
    Order,
    Shop,
    requirement,
)


def test_lines_come_and_go_in_their_own_order_alone(
    shop: Shop, customer: Customer, two_lines: list[Line]
) -> None:
    """An order of one line gets a second, one of two loses its first; neither reaches the other."""
    grows = shop.new_order(customer, two_lines[:1])
    shrinks = shop.new_order(customer, two_lines)
    grown = _gets_a_line(shop, grows, two_lines)
    left = _loses_a_line(shop, shrinks, grown, two_lines)
    _cannot_delete_a_line_of_another_order(shop, grown, left)
    _cannot_change_a_line_of_another_order(shop, grown, left)


def _gets_a_line(shop: Shop, order: Order, two_lines: list[Line]) -> Order:
    """A line without an id is added."""
    rows = [*shop.lines_again(order), two_lines[1].members()]

    answer = shop.update_order(order, order_items=rows)

    after = shop.order(order.id)
    with requirement("ORD-UPDATE-ADD-ITEM"):
        assert answer.accepted, answer
        sums = sorted((one.quantity, one.unit_price, one.money("subtotal")) for one in after.items)
        assert sums == sorted((one.quantity, one.price, one.total) for one in two_lines)
        was, now = (one.item_at(two_lines[0].price) for one in (order, after))
        assert was.id == now.id, "the line that was there has been replaced"
        assert {one.order_id for one in after.items} == {order.id}
    with requirement("ORD-UPDATE-TOTALS"):
        assert after.subtotal == after.total_amount == sum(one.total for one in two_lines)
    return after


def _loses_a_line(shop: Shop, order: Order, other: Order, two_lines: list[Line]) -> Order:
    goes, stays = (order.item_at(one.price) for one in two_lines)
    kept = [row for row in shop.lines_again(order) if row["id"] == stays.id]

    answer = shop.update_order(order, order_items=kept, deletedItems=[goes.id])

    after = shop.order(order.id)
    with requirement("ORD-UPDATE-DELETE-ITEM"):
        assert answer.accepted, answer
        assert [one.id for one in after.items] == [stays.id]
    with requirement("ORD-UPDATE-TOTALS"):
        assert after.subtotal == after.total_amount == stays.money("subtotal")
    again = shop.order(other.id)
    with requirement("ORD-UPDATE-OTHERS-UNTOUCHED"):
        assert again.differences(other, SIDE_EFFECTS) == []
    return after


def _cannot_delete_a_line_of_another_order(shop: Shop, order: Order, other: Order) -> None:
    answer = shop.update_order(order, deletedItems=[one.id for one in other.items])

    again, after = shop.order(other.id), shop.order(order.id)
    with requirement("ORD-UPDATE-DELETE-FOREIGN-ITEM"):
        assert answer.accepted or answer.refused, answer
        assert again.differences(other, SIDE_EFFECTS) == []
        assert {one.id for one in after.items} == {one.id for one in order.items}


def _cannot_change_a_line_of_another_order(shop: Shop, order: Order, other: Order) -> None:
    changed = {"quantity": 9, "title": "Stolen", "unit_price": 5}
    stolen = [row | changed for row in shop.lines_again(other)]
    rows = [*shop.lines_again(order), *stolen]

    answer = shop.update_order(order, order_items=rows)

    again = shop.order(other.id)
    with requirement("ORD-UPDATE-ITEM-FOREIGN"):
        assert answer.accepted or answer.refused, answer
        assert again.differences(other, SIDE_EFFECTS) == []

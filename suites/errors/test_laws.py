"""What holds for every operation: reading, ownership, deletion, nothing half done."""

from __future__ import annotations

import json
from collections.abc import Callable

from fluentcart_conformance.drivers.trial import Trial
from fluentcart_conformance.scenarios import (
    ABSENT_ID,
    SIDE_EFFECTS,
    Answer,
    Line,
    Order,
    Shop,
    requirement,
)

# Others may add to what these list between two readings.
SHARED = ("get_shipping_methods", "get_attachable_users")


def test_reading_changes_nothing_and_reads_the_same_again(shared: Trial) -> None:
    stage, asks = shared.stage, shared.asks
    queries = {
        "list_orders": {"search": f"id = {stage.open.id}"},
        "list_customers": {"search": stage.customer.email},
    }
    other = {}
    for operation in (
        "list_orders", "get_order", "get_order_transactions", "get_order_transaction",
        "get_shipping_methods", "calculate_shipping", "list_customers", "get_customer",
        "get_customer_stats", "get_customer_orders", "get_customer_addresses",
        "get_attachable_users",
    ):  # fmt: skip
        ask = asks[operation]
        request = {} if ask.json is None else {"json": ask.json}
        query = queries.get(operation)
        first, second = (
            shared.shop.send(operation, *ask.ids, query=query, **request) for _ in range(2)
        )
        same = first.status == second.status
        if operation not in SHARED:
            same = same and json.dumps(first.body) == json.dumps(second.body)
        if not same:
            other[operation] = f"{first.excerpt[:80]}, then {second.excerpt[:80]}"
    with requirement("GEN-READ-KEEPS"):
        assert other == {}
    with requirement("GEN-READ-KEEPS"):
        assert shared.changes() == []


def test_the_parts_of_an_order_are_out_of_reach_through_another(shared: Trial) -> None:
    shop, mine = shared.shop, shared.stage.open
    other = shared.stage.other
    home = shop.new_address(other, address_1="3 Elsewhere")
    line = [Line(shop.product(), 1, 1777), Line(shop.product(), 2, 555)]
    theirs = shop.paid_order(other, line, billing_address_id=home.id)
    copy, row = theirs.address("billing"), theirs.items[1]
    gone = {"deletedItems": [row.id]}
    seized = [{**one, "order_id": mine.id} for one in shop.lines_again(theirs)[1:]]
    charge, paid = theirs.charge, shared.stage.paid
    attempts: dict[str, Callable[[], Answer]] = {
        "get_order_transaction": lambda: shop.transaction_of(mine.id, charge.id),
        "update_transaction_status": lambda: shop.set_transaction_status(
            mine.id, charge.id, "failed"
        ),
        "accept_dispute": lambda: shop.accept_dispute(mine.id, charge.id),
        "refund_order": lambda: shop.refund(paid, 1, transaction=charge),
        "update_order_address_id": lambda: shop.use_address(mine.id, home.id),
    }
    if copy:
        attempts["update_order_address"] = lambda: shop.update_order_address(
            mine.id, copy.id, city="Seized"
        )
    for operation, attempt in attempts.items():
        answer = attempt()
        with requirement("GEN-OWNERSHIP"):
            assert answer.refused, f"{operation}: {answer.excerpt}"
    with requirement("GEN-OWNERSHIP"):
        assert shared.changes() == [], "the order of the path was changed"
        assert shop.order(theirs.id).differences(theirs, apart_from=SIDE_EFFECTS) == []
    for what, changes in (("deletedItems", gone), ("order_items", {"order_items": seized})):
        answer = shop.update_order(mine, **changes)
        shared.moved = True  # an update of one's own order may be carried out
        after = shop.order(theirs.id)
        with requirement("GEN-OWNERSHIP"):
            assert answer.accepted or answer.refused, f"{what}: {answer.excerpt}"
            assert after.differences(theirs, apart_from=SIDE_EFFECTS) == [], what
    shared.changes()  # the updates may well have changed the order that they were sent to


def test_what_was_deleted_is_gone_everywhere(shop: Shop) -> None:
    customer, line = shop.new_customer(), [Line(shop.product(), 1, 1111)]
    single, bulk, kept = (shop.new_order(customer, line) for _ in range(3))
    shop.take_away_order(single.id)
    shop.given(shop.bulk_orders("delete_orders", [bulk.id]), "delete an order in bulk")
    shop.journal.removed("order", bulk.id)
    again = {"customer_id": customer.id, "order_items": [line[0].members()],
             "shipping_total": 0, "note": "Back again"}  # fmt: skip
    attempts: dict[str, Callable[[Order], Answer]] = {
        "get_order": lambda one: shop.get_order(one.id),
        "get_order_transactions": lambda one: shop.transactions_of(one.id),
        "get_order_transaction": lambda one: shop.transaction_of(one.id, one.charge.id),
        "mark_as_paid": lambda one: shop.mark_as_paid(one.id),
        "update_order": lambda one: shop.send("update_order", one.id, json=again),
        "update_statuses": lambda one: shop.change_status(one.id, "completed"),
        "delete_order": lambda one: shop.send("delete_order", one.id),
    }
    for order in (single, bulk):
        for operation, attempt in attempts.items():
            answer = attempt(order)
            with requirement("GEN-DELETED-GONE"):
                assert answer.refused, f"{operation} {order.id}: {answer.excerpt}"
    with requirement("GEN-DELETED-GONE"):
        assert [one.id for one in shop.orders_of(customer.id)] == [kept.id]
        assert shop.listed(single.id) is None, "the list still shows it"
        assert shop.order(kept.id).differences(kept, apart_from=SIDE_EFFECTS) == []


def test_what_fails_leaves_nothing_half_done(shared: Trial) -> None:
    shop, stage, asks = shared.shop, shared.stage, shared.asks
    line = asks["create_order"].json["order_items"][0]
    bad = {**line, "quantity": 0}
    email = f"{shop.fresh('half')} at example.com"
    order, own = stage.open.id, shop.lines_again(stage.open)
    paid = shop.wire.refund(ABSENT_ID, 1, {})
    bodies = {
        "create_order": {**asks["create_order"].json, "order_items": [line, bad]},
        "update_order": {**asks["update_order"].json, "order_items": [{**own[0], "quantity": 5},
                                                                     bad]},
        "create_and_change_customer": {**asks["create_and_change_customer"].json, "email": email},
        "refund_order": paid,
        "orders_bulk": {"action": "change_order_status", "new_status": "shiny",
                        "order_ids": [order, stage.paid.id]},
    }  # fmt: skip
    for operation in shared.each(bodies):
        answer = shared.with_body(operation, json=bodies[operation])
        if answer is not None:
            with requirement("GEN-NO-HALF-WRITE"):
                assert answer.refused, f"{operation}: {answer.excerpt}"
    with requirement("GEN-NO-HALF-WRITE", "GEN-REFUSAL-KEEPS"):
        assert shared.changes() == []
        rows = shop.customers({"search": email.partition(" ")[0]}).rows
        assert [row.email for row in rows] == [], "a customer was made"

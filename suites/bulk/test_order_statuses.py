"""Status changes of many orders at once (orders-api, Bulk Actions).

What became of several orders is looked up in the list, all at once; where the list does not show
what was asked for, the orders themselves are read before anything is said of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fluentcart_conformance.drivers.answers import Answer
from fluentcart_conformance.drivers.records import Order
from fluentcart_conformance.scenarios import (
    SIDE_EFFECTS,
    Line,
    Refusals,
    Shop,
    Watched,
    needs,
    proves,
    requirement,
)

QUIET = SIDE_EFFECTS | {"completed_at"}
PAYMENT_WORDS = {"succeeded": ("succeeded", "paid")}


def made(shop: Shop, count: int, line: Line) -> list[int]:
    """Ids of some unpaid orders of the regular customer."""
    return [shop.announced(shop.create_order(shop.regular, [line])) for _ in range(count)]


def rows_of(shop: Shop, ids: Sequence[int]) -> list[Order]:
    """How the list shows orders that are among the customer's newest."""
    rows = shop.newest_orders(shop.regular)
    return [rows.get(one) or shop.order(one) for one in ids]


def shown(shop: Shop, ids: Sequence[int], member: str, wanted: str) -> list[str]:
    """A status of orders, in the list and, where that is not the one wanted, in their details."""
    values = [getattr(row, member) for row in rows_of(shop, ids)]
    if set(values) != {wanted}:
        values = [getattr(shop.order(one), member) for one in ids]
    return values


@proves(
    "BLK-ORD-STATUS-PROCESSING", "BLK-ORD-STATUS-ON-HOLD", "BLK-ORD-STATUS-COMPLETED",
    "BLK-ORD-STATUS-CANCELED",
)  # fmt: skip
def test_every_named_order_changes_and_no_other(shop: Shop, neighbour: Watched) -> None:
    """Three orders go from status to status; at the end two of them are canceled."""
    lines = [Line(shop.product(), 1, 1111)]
    trio = [shop.new_order(None, lines) for _ in range(3)]
    ids = [order.id for order in trio]
    before = rows_of(shop, ids)
    for number, status in enumerate(("processing", "on-hold", "completed")):
        manage = {"manage_stock": "true"} if number % 2 else {"manage_stock": "false"}
        answer = shop.bulk_orders("change_order_status", ids, new_status=status, **manage)
        before = _all_have(shop, before, answer, status)
    canceled, free = ids[:2], ids[2]
    whole = shop.bulk_orders("change_order_status", canceled, new_status="canceled")
    _all_have(shop, before[:2], whole, "canceled")
    after = [shop.order(one) for one in ids]
    with requirement("BLK-ORD-KEEPS-REST"):
        for old, new in zip(trio, after, strict=True):
            assert new.differences(old, apart_from=QUIET | {"status"}) == []
    with requirement("BLK-ORD-NO-OTHER"):
        assert after[2].status == "completed", "an order of the same customer, not named this time"
        assert neighbour.moved() == []
    _what_is_canceled_stays_so(shop, canceled, free, whole)


def _all_have(shop: Shop, before: Sequence[Order], answer: Answer, status: str) -> list[Order]:
    ids = [order.id for order in before]
    after = rows_of(shop, ids)
    if {order.status for order in after} != {status}:
        after = [shop.order(one) for one in ids]
    with requirement(f"BLK-ORD-STATUS-{status.upper()}"):
        assert answer.accepted, answer.excerpt
        assert after[0].status == status
    with requirement("BLK-ORD-ENDPOINT", "BLK-ORD-BODY", "BLK-ORD-MANAGE-STOCK"):
        assert answer.status == 200, f"{status}: {answer.excerpt}"
    with requirement("BLK-ORD-STATUS", "BLK-ORD-EVERY-ID"):
        assert [order.status for order in after] == [status] * len(ids)
    with requirement("BLK-ORD-TEXT"):
        assert answer.message.strip(), answer.excerpt
    with requirement("BLK-ORD-KEEPS-REST"):
        for old, new in zip(before, after, strict=True):
            shared = old.raw.keys() & new.raw.keys()
            left, right = (Order({name: one.raw[name] for name in shared}) for one in (old, new))
            assert right.differences(left, apart_from=QUIET | {"status"}) == [], status
    return after


def _what_is_canceled_stays_so(
    shop: Shop, canceled: Sequence[int], free: int, whole: Answer
) -> None:
    """Alone, and among others; then the answer is not that of a change that was whole."""
    locked = shop.bulk_orders("change_order_status", canceled, new_status="processing")
    mixed = shop.bulk_orders("change_order_status", [canceled[0], free], new_status="processing")
    with requirement("BLK-ORD-STATUS-LOCKED"):
        assert set(shown(shop, canceled, "status", "canceled")) == {"canceled"}, locked.excerpt
    done = shop.order(free).status
    with requirement("BLK-ORD-PARTIAL-TRUTHFUL"):
        if mixed.accepted:
            assert done == "processing", "accepted, so what could be done was done"
            assert mixed.message != whole.message or mixed.body != whole.body, mixed.excerpt
        else:
            assert done != "processing", "refused, so nothing was done"


def test_unknown_and_repeated_ids_do_no_harm(shop: Shop) -> None:
    one, two, gone = made(shop, 3, Line(shop.product(), 1, 1111))
    shop.take_away_order(gone)
    mixed = shop.bulk_orders("change_order_status", [one, gone, two], new_status="processing")
    after = shown(shop, [one, two], "status", "processing")
    with requirement("BLK-ORD-MIXED-IDS"):
        whole = mixed.accepted and after == ["processing"] * 2
        nothing = mixed.refused and "processing" not in after
        assert whole or nothing, f"{mixed.excerpt} and then {after}"
    alone = shop.bulk_orders("change_order_status", [gone], new_status="completed")
    twice = shop.bulk_orders("change_order_status", [one, one], new_status="completed")
    with requirement("BLK-ORD-UNKNOWN-IDS"):
        assert alone.refused or alone.accepted, alone.excerpt
        if alone.accepted:
            claims = (mixed.message, twice.message)
            assert alone.message not in claims, "it must not claim the same as for real orders"
    with requirement("BLK-ORD-DUPLICATE-IDS"):
        assert twice.accepted or twice.refused, twice.excerpt
        last = [shop.order(order_id).status for order_id in (one, two)]
        assert not twice.accepted or last[0] == "completed"
        assert last[1] == after[1]


REFUSED: tuple[tuple[str, str, dict[str, Any], Any], ...] = (
    ("BLK-ORD-NO-ACTION", "bulk.missing_action", {"new_status": "processing"}, None),
    ("BLK-ORD-UNKNOWN-ACTION", "bulk.unknown_action", {"action": "fly_to_the_moon"}, None),
    ("BLK-ORD-NO-IDS", "bulk.missing_ids", {"action": "change_order_status"}, ()),
    ("BLK-ORD-EMPTY-IDS", "bulk.missing_ids", {"action": "change_order_status"}, []),
    ("BLK-ORD-STATUS-INVALID", "bulk.invalid_status",
     {"action": "change_order_status", "new_status": "shiny"}, None),
    ("BLK-ORD-STATUS-INVALID", "bulk.invalid_status",
     {"action": "change_order_status", "new_status": "pending"}, None),
    ("BLK-ORD-STATUS-MISSING", "bulk.missing_status",
     {"action": "change_order_status", "new_status": None}, None),
    ("BLK-ORD-SHIPPING-STATUS-INVALID", "bulk.invalid_status",
     {"action": "change_shipping_status", "new_status": "teleported"}, None),
    ("BLK-ORD-SHIPPING-STATUS-MISSING", "bulk.missing_status",
     {"action": "change_shipping_status", "new_status": None}, None),
    ("BLK-ORD-PAYMENT-STATUS-INVALID", "bulk.invalid_status",
     {"action": "change_payment_status", "new_status": "bogus"}, None),
    ("BLK-ORD-PAYMENT-STATUS-MISSING", "bulk.missing_status",
     {"action": "change_payment_status", "new_status": None}, None),
)  # fmt: skip


@proves(*(row[0] for row in REFUSED))
def test_what_makes_no_sense_is_refused_and_changes_nothing(
    shop: Shop, open_order: Refusals[Order]
) -> None:
    for name, key, wrong, ids in REFUSED:

        def send(order: Order, wrong: dict[str, Any] = wrong, ids: Any = ids) -> Answer:
            body = {"order_ids": [order.id], "new_status": "processing", **wrong}
            if ids is not None:
                body["order_ids"] = list(ids)
            if ids == ():
                del body["order_ids"]
            named = {member: value for member, value in body.items() if value is not None}
            return shop.send("orders_bulk", json=named)

        open_order.must_refuse(name, send=send, key=key, what=f"{wrong}")
    open_order.nothing_changed(*dict.fromkeys(row[0] for row in REFUSED))


@needs("physical_products")
def test_the_shipping_status_of_every_named_order_changes(shop: Shop, neighbour: Watched) -> None:
    ids = made(shop, 2, Line(shop.product("physical"), 1, 2222))
    before = rows_of(shop, ids)
    for status in ("shipped", "delivered"):
        answer = shop.bulk_orders("change_shipping_status", ids, new_status=status)
        after = rows_of(shop, ids)
        if {order.shipping_status for order in after} != {status}:
            after = [shop.order(one) for one in ids]
        with requirement("BLK-ORD-SHIPPING-STATUS", "BLK-ORD-EVERY-ID"):
            assert answer.accepted, answer.excerpt
            assert [order.shipping_status for order in after] == [status] * 2
        with requirement("BLK-ORD-KEEPS-REST"):
            for old, new in zip(before, after, strict=True):
                for name in old.raw.keys() & new.raw.keys() - QUIET - {"shipping_status"}:
                    left, right = (Order({name: one.raw[name]}) for one in (old, new))
                    assert left.differences(right, QUIET | {"shipping_status"}) == [], name
    with requirement("BLK-ORD-NO-OTHER"):
        assert neighbour.moved() == []


def test_the_payment_status_of_every_named_order_changes(shop: Shop, neighbour: Watched) -> None:
    pairs = {
        status: made(shop, 2, Line(shop.product(), 1, 1111))
        for status in ("failed", "authorized", "succeeded")
    }
    answers = {
        status: shop.bulk_orders("change_payment_status", ids, new_status=status)
        for status, ids in pairs.items()
    }
    rows = rows_of(shop, [one for ids in pairs.values() for one in ids])
    words = {row.id: row.payment_status for row in rows}
    for status, ids in pairs.items():
        allowed = set(PAYMENT_WORDS.get(status, (status,)))
        seen = {words[one] for one in ids}
        with requirement("BLK-ORD-PAYMENT-STATUS", "BLK-ORD-EVERY-ID"):
            assert answers[status].accepted, answers[status].excerpt
            if not seen <= allowed:
                seen = {shop.order(one).payment_status for one in ids}
            assert seen <= allowed, f"{status}: {seen}"
    with requirement("BLK-ORD-NO-OTHER"):
        assert neighbour.moved() == []


def test_nothing_authorized_means_nothing_captured(shop: Shop, open_order: Refusals[Order]) -> None:
    order = open_order.stage
    answer = shop.bulk_orders("capture_payments", [order.id])
    after = shop.order(order.id)
    with requirement("BLK-ORD-CAPTURE-NOTHING"):
        assert answer.status < 500, answer.excerpt
        moved = after.differences(order, apart_from=SIDE_EFFECTS)
        if moved:
            open_order.renew()
        assert moved == []

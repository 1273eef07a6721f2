"""Status changes and deletion of many orders at once (orders-api, Bulk Actions).

What became of several orders is looked up in the list, all at once; where the list does not show
what was asked for, the orders themselves are read before anything is said of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pytest

from fluentcart_conformance.drivers.answers import Answer
from fluentcart_conformance.drivers.records import Customer, Order
from fluentcart_conformance.scenarios import (
    SIDE_EFFECTS,
    Line,
    Refusals,
    Shop,
    needs,
    proves,
    requirement,
)

QUIET = SIDE_EFFECTS | {"completed_at"}
PAYMENT_WORDS = {"succeeded": ("succeeded", "paid")}


@dataclass
class Crew:
    """Unpaid orders of one customer, made one after the other.

    The first is named by no action, the next three change together. `rows` is how the list showed
    them the last time, `made` the first of the three when it was new.
    """

    shop: Shop
    customer: Customer
    beside: int
    trio: list[int]
    made: Order
    rows: dict[int, Order]

    def look(self) -> tuple[dict[int, Order], dict[int, Order]]:
        """How the list showed them before, and how it shows them now."""
        before, rows = self.rows, self.shop.newest_orders(self.customer)
        for one in (self.beside, *self.trio):
            if one not in rows:
                rows[one] = self.shop.order(one)
        self.rows = rows
        return before, rows

    def shown(self, ids: Sequence[int], member: str, wanted: str) -> list[str]:
        """A status of orders as last seen; read one by one where it is not the one wanted."""
        values = [getattr(self.rows[one], member) for one in ids]
        if set(values) != {wanted}:
            for one in ids:
                self.rows[one] = self.shop.order(one)
            values = [getattr(self.rows[one], member) for one in ids]
        return values

    def only(self, member: str, before: dict[int, Order], what: str) -> None:
        """Look at what a change of one member is not about, and at the order it does not name."""
        with requirement("BLK-ORD-KEEPS-REST"):
            for one in self.trio:
                assert _differences(self.rows[one], before[one], member) == [], what
        with requirement("BLK-ORD-NO-OTHER"):
            assert _differences(self.rows[self.beside], before[self.beside]) == [], what


def _differences(now: Order, before: Order, *apart_from: str) -> list[str]:
    """Paths that differ among the members that both show."""
    shared = now.raw.keys() & before.raw.keys()
    left, right = (Order({name: one.raw[name] for name in shared}) for one in (now, before))
    return left.differences(right, QUIET | set(apart_from))


@pytest.fixture(scope="module")
def crew(shop: Shop) -> Crew:
    kinds = {one.fulfillment_type for one in shop.products}
    line = Line(shop.product("physical" if "physical" in kinds else None), 1, 1111)
    customer = shop.new_customer()
    beside, *trio = (shop.announced(shop.create_order(customer, [line])) for _ in range(4))
    return Crew(shop, customer, beside, trio, shop.order(trio[0]), shop.newest_orders(customer))


@proves("BLK-ORD-STATUS-PROCESSING", "BLK-ORD-STATUS-ON-HOLD", "BLK-ORD-STATUS-COMPLETED")
def test_every_named_order_changes_and_no_other(shop: Shop, crew: Crew) -> None:
    for number, status in enumerate(("processing", "on-hold", "completed")):
        manage = {"manage_stock": "true"} if number % 2 else {"manage_stock": "false"}
        answer = shop.bulk_orders("change_order_status", crew.trio, new_status=status, **manage)
        before, _ = crew.look()
        _all_have(crew, crew.trio, answer, status)
        crew.only("status", before, status)


def _all_have(crew: Crew, ids: Sequence[int], answer: Answer, status: str) -> None:
    seen = crew.shown(ids, "status", status)
    with requirement(f"BLK-ORD-STATUS-{status.upper()}"):
        assert answer.accepted, answer.excerpt
        assert seen[0] == status
    with requirement("BLK-ORD-ENDPOINT", "BLK-ORD-BODY", "BLK-ORD-MANAGE-STOCK"):
        assert answer.status == 200, f"{status}: {answer.excerpt}"
    with requirement("BLK-ORD-STATUS", "BLK-ORD-EVERY-ID"):
        assert seen == [status] * len(ids)
    with requirement("BLK-ORD-TEXT"):
        assert answer.message.strip(), answer.excerpt


def test_unknown_and_repeated_ids_do_no_harm(shop: Shop, crew: Crew) -> None:
    one, two, three = crew.trio
    gone = shop.announced(shop.create_order(crew.customer))
    shop.take_away_order(gone)
    ids = [one, gone, two, three]
    mixed = shop.bulk_orders("change_order_status", ids, new_status="processing")
    crew.look()
    after = crew.shown(crew.trio, "status", "processing")
    with requirement("BLK-ORD-MIXED-IDS"):
        whole = mixed.accepted and after == ["processing"] * 3
        nothing = mixed.refused and "processing" not in after
        assert whole or nothing, f"{mixed.excerpt} and then {after}"
    alone = shop.bulk_orders("change_order_status", [gone], new_status="completed")
    twice = shop.bulk_orders("change_order_status", [one, one], new_status="on-hold")
    with requirement("BLK-ORD-UNKNOWN-IDS"):
        assert alone.refused or alone.accepted, alone.excerpt
        if alone.accepted:
            claims = (mixed.message, twice.message)
            assert alone.message not in claims, "it must not claim the same as for real orders"
    crew.look()
    with requirement("BLK-ORD-DUPLICATE-IDS"):
        assert twice.accepted or twice.refused, twice.excerpt
        assert not twice.accepted or crew.shown([one], "status", "on-hold") == ["on-hold"]
        assert [crew.rows[each].status for each in (two, three)] == after[1:]


@needs("physical_products")
def test_the_shipping_status_of_every_named_order_changes(shop: Shop, crew: Crew) -> None:
    for status in ("shipped", "delivered"):
        answer = shop.bulk_orders("change_shipping_status", crew.trio, new_status=status)
        before, _ = crew.look()
        seen = crew.shown(crew.trio, "shipping_status", status)
        with requirement("BLK-ORD-SHIPPING-STATUS", "BLK-ORD-EVERY-ID"):
            assert answer.accepted, answer.excerpt
            assert seen == [status] * 3
        crew.only("shipping_status", before, status)


@proves("BLK-ORD-STATUS-CANCELED")
def test_what_is_canceled_stays_so(shop: Shop, crew: Crew) -> None:
    """Alone, and among others; then the answer is not that of a change that was whole."""
    canceled, free = crew.trio[:2], crew.trio[2]
    whole = shop.bulk_orders("change_order_status", canceled, new_status="canceled")
    before, rows = crew.look()
    _all_have(crew, canceled, whole, "canceled")
    crew.only("status", before, "canceled")
    with requirement("BLK-ORD-NO-OTHER"):
        assert rows[free].status == before[free].status, "not named this time"
    first = shop.order(canceled[0])
    with requirement("BLK-ORD-KEEPS-REST"):
        moved = first.differences(crew.made, QUIET | {"status", "shipping_status"})
        assert moved == [], "in all that was done to it"
    word = "completed" if rows[free].status != "completed" else "processing"
    locked = shop.bulk_orders("change_order_status", canceled, new_status=word)
    mixed = shop.bulk_orders("change_order_status", [canceled[0], free], new_status=word)
    crew.look()
    with requirement("BLK-ORD-STATUS-LOCKED"):
        assert set(crew.shown(canceled, "status", "canceled")) == {"canceled"}, locked.excerpt
    done = crew.shown([free], "status", word) == [word]
    with requirement("BLK-ORD-PARTIAL-TRUTHFUL"):
        if mixed.accepted:
            assert done, "accepted, so what could be done was done"
            assert mixed.message != whole.message or mixed.body != whole.body, mixed.excerpt
        else:
            assert not done, "refused, so nothing was done"


def test_named_orders_go_with_what_belongs_to_them_and_no_other(shop: Shop, crew: Crew) -> None:
    first, kept, third = crew.trio
    last = shop.order(third)
    answer = shop.bulk_orders("delete_orders", [first, third])
    if answer.accepted:
        for order_id in (first, third):
            shop.journal.removed("order", order_id)
    with requirement("BLK-ORD-DELETE", "BLK-ORD-DELETE-NO-STATUS"):
        assert answer.accepted, answer.excerpt
        for order_id in (first, third):
            gone = shop.get_order(order_id)
            assert gone.status in shop.refusal("order.deleted", "get_order"), gone.excerpt
    with requirement("BLK-ORD-DELETE-RELATED"):
        for charge, order_id in ((crew.made.charge.id, first), (last.charge.id, third)):
            one = shop.transaction_of(order_id, charge)
            assert one.refused, one.excerpt
        parts = shop.transactions_of(third)
        assert parts.refused, parts.excerpt
    rows = shop.newest_orders(crew.customer)
    with requirement("BLK-ORD-DELETE-OTHERS"):
        left = {one.id: one for one in shop.orders_of(crew.customer.id)}
        assert left.keys() == rows.keys() == {crew.beside, kept}, "orders of the customer"
        for order_id in left:
            assert _differences(rows[order_id], crew.rows[order_id]) == []
    with requirement("BLK-ORD-DELETE"):
        figures = shop.figures(crew.customer.id)
        assert figures.order_count in (0, 2), "deleted orders no longer count"


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
    open_order.must_keep(
        "BLK-ORD-CAPTURE-NOTHING",
        send=lambda order: shop.bulk_orders("capture_payments", [order.id]),
        what="capturing where nothing is authorized",
    )
    open_order.nothing_changed(*dict.fromkeys(row[0] for row in REFUSED), "BLK-ORD-CAPTURE-NOTHING")


def test_the_payment_status_of_every_named_order_changes(shop: Shop) -> None:
    line = Line(shop.product(), 1, 1111)
    groups = {
        status: [shop.announced(shop.create_order(shop.regular, [line])) for _ in range(count)]
        for status, count in (("failed", 1), ("authorized", 1), ("succeeded", 2))
    }
    answers = {
        status: shop.bulk_orders("change_payment_status", ids, new_status=status)
        for status, ids in groups.items()
    }
    rows = shop.newest_orders(shop.regular)
    for status, ids in groups.items():
        allowed = set(PAYMENT_WORDS.get(status, (status,)))
        with requirement("BLK-ORD-PAYMENT-STATUS", "BLK-ORD-EVERY-ID"):
            assert answers[status].accepted, answers[status].excerpt
            seen = {rows[one].payment_status for one in ids if one in rows}
            if not seen or not seen <= allowed:
                seen = {shop.order(one).payment_status for one in ids}
            assert seen <= allowed, f"{status}: {seen}"

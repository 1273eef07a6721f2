"""Looking at subjects before and after a request, and telling what changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from fluentcart_conformance.contract.exchange import Exchange
from fluentcart_conformance.drivers.answers import Answer
from fluentcart_conformance.drivers.records import Order, Record
from fluentcart_conformance.drivers.shop import Shop
from fluentcart_conformance.drivers.values import UnreadableAnswer
from fluentcart_conformance.fuzz.attempt import Subject

# Members that move without anybody touching the object: clocks, logs, stock, figures of the buyer.
RESTLESS = frozenset(
    {
        "updated_at",
        "activities",
        "order_operation",
        "variants",
        "variant",
        "product",
        "purchase_value",
        "purchase_count",
        "ltv",
        "aov",
        "first_purchase_date",
        "last_purchase_date",
        "total_spent",
        "order_count",
        "user_link",
        "last_login",
        # An address of an order shows its order again.
        "order",
    }
)
GONE = Record({})


class Look:
    """What a subject looked like at one moment.

    `record` has no members when the store says that it is not there, and is None when the answer
    cannot be read (the judge's business).
    """

    def __init__(self, record: Record | None, exchanges: tuple[Exchange, ...]) -> None:
        self.record = record
        self.exchanges = exchanges

    @property
    def gone(self) -> bool:
        """Whether the store says that there is no such thing."""
        return self.record is not None and not self.record.raw

    def differences(self, other: Look, without: Iterable[str] = ()) -> list[str]:
        """Pointers of what differs; nothing when either could not be read."""
        if self.record is None or other.record is None:
            return []
        if self.gone or other.gone:
            return [] if self.gone and other.gone else [""]
        return self.record.differences(other.record, RESTLESS | frozenset(without))


def look_at(shop: Shop, subject: Subject) -> Look:
    """Read a subject now."""
    if subject.kind == "order":
        return _order(shop, subject.id)
    if subject.kind == "customer":
        return _customer(shop, subject.id)
    if subject.kind == "orders_of":
        return _orders_of(shop, subject.id)
    raise ValueError(f"nothing is known of {subject.kind}")


def _order(shop: Shop, number: int) -> Look:
    answer = shop.get_order(number)
    if not answer.accepted:
        return Look(_gone(answer), (answer.exchange,))
    try:
        return Look(shop.order_in(answer), (answer.exchange,))
    except UnreadableAnswer:
        return Look(None, (answer.exchange,))


def _customer(shop: Shop, number: int) -> Look:
    shown, addresses = shop.get_customer(number), shop.get_addresses(number)
    proof = (shown.exchange, addresses.exchange)
    if not shown.accepted:
        return Look(_gone(shown), proof)
    try:
        rows = [row.raw for row in shop.wire.addresses(addresses.body)]
        customer = shop.customer_in(shown).raw
    except UnreadableAnswer:
        return Look(None, proof)
    return Look(Record({**customer, "addresses": sorted(rows, key=_by_id)}), proof)


def _orders_of(shop: Shop, number: int) -> Look:
    paged = shop.profile.wire["customer_orders_paging"] != "none"
    answer = shop.customer_orders(number, {"per_page": 100} if paged else None)
    try:
        rows = shop.wire.customer_orders(answer.body) if answer.accepted else []
        ids = sorted(Order(row).id for row in rows)
    except UnreadableAnswer:
        return Look(None, (answer.exchange,))
    return Look(Record({"orders": ids, "count": len(ids)}), (answer.exchange,))


def _by_id(row: Mapping[str, Any]) -> str:
    return f"{row.get('id'):>20}" if row.get("id") is not None else ""


def _gone(answer: Answer) -> Record | None:
    return GONE if answer.status == 404 else None

"""Own orders in known states, for whoever looks at lists."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from fluentcart_conformance.drivers.core import Prerequisite
from fluentcart_conformance.drivers.orders import Line
from fluentcart_conformance.drivers.records import Customer, Order, Page
from fluentcart_conformance.drivers.shop import Shop
from fluentcart_conformance.drivers.values import UnreadableAnswer

STATUSES = {"held": "on-hold", "busy": "processing", "off": "canceled"}


@dataclass
class Shelf:
    """Own orders by a name for their state, and the customer whose e-mail finds them all.

    Those in `details` have been read one by one, the others are rows of the list. `totals` are
    the amounts in cents that were sent.
    """

    shop: Shop
    customer: Customer
    title: str
    orders: dict[str, Order] = field(default_factory=dict)
    details: frozenset[str] = frozenset()
    totals: dict[str, int] = field(default_factory=dict)
    whole: Page[Order] | None = None

    @property
    def ids(self) -> set[int]:
        """All own ids."""
        return {order.id for order in self.orders.values()}

    def where(self, test: Callable[[Order], bool]) -> set[int]:
        """Ids of the own orders that pass a test."""
        return {order.id for order in self.orders.values() if test(order)}

    def page(self, query: Mapping[str, Any] | None = None) -> Page[Order]:
        """A page of the own orders alone, found by the customer's e-mail."""
        return self.shop.orders({"search": self.customer.email, "per_page": 50, **(query or {})})

    @property
    def plain(self) -> Page[Order]:
        """The page that shows all of them with nothing else asked for, read once."""
        if self.whole is None:
            self.whole = self.page()
        return self.whole


def fill_shelf(shop: Shop) -> Shelf:
    """Nine orders of one customer; amounts differ except for the twins.

    Raises:
        Prerequisite: when the store does not let them come about.
    """
    first, last = shop.fresh("Zoe"), shop.fresh("Quill")
    customer = shop.new_customer(first_name=first, last_name=last)
    made = Shelf(shop, customer, shop.fresh("Lamp"))
    product = shop.product()
    as_sent = shop.profile.wire["order_create_status"] == "as_sent"

    def order(price: int, quantity: int = 1, title: str | None = None, **more: Any) -> int:
        line = Line(product, quantity, price, title)
        return shop.announced(shop.create_order(customer, [line], **more))

    paid = {name: shop.paid_order(customer, [Line(product, 1, 404)]) for name in
            ("paid", "partly", "back")}  # fmt: skip
    open_ones = {"plain": order(1999), "titled": order(333, 3, made.title)}
    for name, status in STATUSES.items():
        wanted: dict[str, Any] = {"status": status} if as_sent and name != "off" else {}
        one = open_ones[name] = order(1000 + len(name), **wanted)
        if not wanted and status not in shop.profile.wire["order_fresh_status"]:
            shop.given(shop.change_status(one, status), f"set the status {status}")
    open_ones["twin"] = order(1999)
    shop.given(shop.refund(paid["partly"], 1), "refund a cent")
    paid["partly"] = shop.order(paid["partly"].id)
    if paid["partly"].total_refund != 1:
        raise Prerequisite("the unit of refund amounts is not the profile's; no more is refunded")
    back = paid.pop("back")
    shop.given(shop.refund(back, 404), "refund all that was paid")
    alone = {**paid, "titled": shop.order(open_ones.pop("titled"))}
    rows: dict[int, Order] = {}
    with suppress(Prerequisite, UnreadableAnswer):  # told by the scenarios of the list
        rows = {row.id: row for row in made.plain.rows}
    for name, one in {**open_ones, "back": back.id}.items():
        row = rows.get(one)
        if row is None or row.status != STATUSES.get(name, row.status):
            alone[name] = _as_meant(shop, name, one)
        else:
            made.orders[name] = row
    made.orders |= alone
    made.totals = {"plain": 1999, "twin": 1999, "titled": 999, "back": 404}
    made.totals |= {name: 1000 + len(name) for name in STATUSES}
    made.details = frozenset(alone)
    return made


def _as_meant(shop: Shop, name: str, order_id: int) -> Order:
    """The order, read now, in the status that its name stands for."""
    order = shop.order(order_id)
    status = STATUSES.get(name, order.status)
    if order.status == status:
        return order
    shop.given(shop.change_status(order_id, status), f"set the status {status}")
    return shop.order(order_id)

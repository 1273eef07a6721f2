"""Journal what an answer shows to have been made, even when no driver says so."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from ..contract.exchange import Exchange
from ..target.address import route_of
from ..target.detect import dig, integer
from .journal import MAIL_DOMAIN, NAMESPACE_PREFIX, Journal

_ORDER = re.compile(r"/orders/(\d+)(/transactions(/\d+)?)?")
_ADDRESSES = re.compile(r"/customers/(\d+)/address")
_SUCCESS = range(200, 300)
_MADE_BY = {
    "/orders": ("order", (("order_id",), ("data", "order_id"), ("order", "id"))),
    "/customers": (
        "customer",
        (("data", "customer", "id"), ("customer", "id"), ("data", "id")),
    ),
    "/products": ("product", (("data", "ID"), ("data", "id"))),
    "/labels": ("label", (("data", "id"),)),
    "/coupons": ("coupon", (("data", "id"),)),
    "/shipping/zones": ("shipping_zone", (("shipping_zone", "id"),)),
    "/wp/v2/users": ("user", (("id",),)),
}


def is_ours(email: Any, namespace: str) -> bool:
    """Whether an e-mail address carries a run's namespace under example.com."""
    if not isinstance(email, str) or not namespace.startswith(NAMESPACE_PREFIX):
        return False
    local, at, domain = email.strip().lower().rpartition("@")
    mark = rf"(?<![a-z0-9]){re.escape(namespace.lower())}(?![a-z0-9])"
    return bool(at) and domain == MAIL_DOMAIN and re.search(mark, local) is not None


class Observer:
    """Called with every exchange before the caller goes on: what was created is on disk by then.

    Only reads answers of success. Parts of this run's orders and customers (items, transactions,
    addresses) are remembered, so that the guard lets them be named.
    """

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def __call__(self, exchange: Exchange) -> None:
        """Journal what this answer shows."""
        if exchange.status not in _SUCCESS:
            return
        path = route_of(exchange.url).rstrip("/")
        order, addresses = _ORDER.fullmatch(path), _ADDRESSES.fullmatch(path)
        if exchange.method == "POST" and path in _MADE_BY:
            self._made(path, exchange.answer.value)
        elif order and self._journal.owns("order", order[1]):
            self._order(exchange.answer.value)
        elif addresses and self._is_ours_or_nobody(addresses[1]):
            self._addresses(exchange, int(addresses[1]))

    def _is_ours_or_nobody(self, customer: str) -> bool:
        """Some stores make an address for a customer who does not exist."""
        owned = self._journal.owns("customer", customer)
        return owned or self._journal.absent("customer", customer)

    def _made(self, path: str, body: Any) -> None:
        kind, places = _MADE_BY[path]
        for place in places:
            number = integer(dig(body, *place))
            if number is not None:
                self._journal.created(kind, number)
                break
        if path == "/products":
            variation = integer(dig(body, "data", "variant", "id"))
            if variation is not None:
                self._journal.learn_part("variation", [variation])

    def _order(self, body: Any) -> None:
        for order in (dig(body, "order"), dig(body, "data", "order")):
            if not isinstance(order, dict):
                continue
            learn = self._journal.learn_part
            learn("order_item", _ids(order.get("order_items")))
            learn("transaction", _ids(order.get("transactions")))
            learn("order_address", _ids(order.get("order_addresses")))
            learn("order_address", _ids([order.get("billing_address")]))
            learn("order_address", _ids([order.get("shipping_address")]))
            customer = order.get("customer")
            number = integer(dig(customer, "id"))
            ours = is_ours(dig(customer, "email"), self._journal.namespace)
            if number is not None and ours:
                self._journal.created("customer", number)

    def _addresses(self, exchange: Exchange, customer: int) -> None:
        body = exchange.answer.value
        for rows in (dig(body, "addresses"), dig(body, "data", "addresses")):
            self._journal.learn_part("address", _ids(rows))
        if exchange.method == "POST":
            for made in (dig(body, "data"), dig(body, "data", "address"), dig(body, "address")):
                for number in _ids([made]):
                    self._journal.created("address", number, customer=customer)


def _ids(rows: Any) -> Iterable[int]:
    """The whole-number ids in a list of objects."""
    if not isinstance(rows, list):
        return []
    numbers = (integer(dig(row, "id")) for row in rows)
    return [number for number in numbers if number is not None]

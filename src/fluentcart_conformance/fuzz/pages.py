"""The law of paging, on a list of own rows: pages are full, none is missing, none comes twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from fluentcart_conformance.drivers.answers import Answer
from fluentcart_conformance.drivers.records import Order
from fluentcart_conformance.drivers.values import UnreadableAnswer
from fluentcart_conformance.fuzz.breach import Breach
from fluentcart_conformance.fuzz.pool import Pool

_LARGE, _SMALL = 50, 2
# A list that others fill at the same time, or that is longer than this, is not looked at.
_LONGEST = 12
Query = Mapping[str, Any]
Read = Callable[[Query], tuple[Answer, list[int]]]


def pages(pool: Pool, operation: str) -> Iterator[Breach]:
    """What is wrong with the second and third page of a list; nothing for other operations.

    Raises:
        Prerequisite: when there is nothing to list.
    """
    rule = {
        "list_orders": _orders,
        "list_customers": _customers,
        "get_customer_orders": _orders_of,
    }.get(operation)
    if rule is None:
        return
    requirement, search, read = rule(pool)
    try:
        whole, wanted = read({**search, "per_page": _LARGE, "page": 1})
        if not _SMALL < len(wanted) <= _LONGEST:
            return
        shown: list[int] = []
        exchanges = [whole.exchange]
        for page in range(1, (len(wanted) - 1) // _SMALL + 2):
            answer, ids = read({**search, "per_page": _SMALL, "page": page})
            exchanges.append(answer.exchange)
            shown += ids
    except UnreadableAnswer:  # the judge's
        return
    if sorted(shown) != sorted(wanted):
        yield Breach(
            requirement, operation, "pages", f"the rows {sorted(wanted)} on pages of {_SMALL}",
            f"{sorted(shown)}", f"{operation}: page after page", tuple(exchanges),
        )  # fmt: skip


def _customers(pool: Pool) -> tuple[str, Query, Read]:
    def read(query: Query) -> tuple[Answer, list[int]]:
        answer = pool.shop.list_customers(query)
        if not answer.accepted:
            raise UnreadableAnswer("the list was refused")
        return answer, [one.id for one in pool.shop.customers_in(answer).rows]

    _ = pool.me, pool.neighbour, pool.people_alone()
    return "CUS-LIST-NO-GAPS", {"search": pool.shop.journal.namespace}, read


def _orders(pool: Pool) -> tuple[str, Query, Read]:
    def read(query: Query) -> tuple[Answer, list[int]]:
        answer = pool.shop.list_orders(query)
        if not answer.accepted:
            raise UnreadableAnswer("the list was refused")
        return answer, [one.id for one in pool.shop.orders_in(answer).rows]

    pool.orders_of_all_sorts()
    return "LST-NO-GAPS", {"search": pool.me.customer.email}, read


def _orders_of(pool: Pool) -> tuple[str, Query, Read]:
    number = pool.me.customer.id

    def read(query: Query) -> tuple[Answer, list[int]]:
        answer = pool.shop.customer_orders(number, query)
        if not answer.accepted:
            raise UnreadableAnswer("the list was refused")
        return answer, [Order(row).id for row in pool.shop.wire.customer_orders(answer.body)]

    pool.orders_of_all_sorts()
    paged = pool.shop.profile.wire["customer_orders_paging"] != "none"
    # Where there are no pages there is nothing to look at: the list is its own only page.
    return "CUS-ORDERS-ALL", {}, read if paged else _unpaged


def _unpaged(_: Query) -> tuple[Answer, list[int]]:
    raise UnreadableAnswer("the list has no pages")

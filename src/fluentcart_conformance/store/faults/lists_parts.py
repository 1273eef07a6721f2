"""What the faults of the list of orders are made of."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fluentcart_conformance.store.faults import alter, deeds, kit
from fluentcart_conformance.store.faults.kit import Call, record
from fluentcart_conformance.store.faults.model import Change
from fluentcart_conformance.store.faults.records import Json, rows
from fluentcart_conformance.store.http import Response
from fluentcart_conformance.store.orders.listing import SORTABLE

LIST = "list_orders"
COLUMNS = frozenset({*SORTABLE, "customer", "config"})
Answer = Callable[[], Response]


def page(number: int, change: Callable[[list[Any]], object]) -> Change:
    """Change the rows of one page only."""

    def on(given: Response, call: Call) -> None:
        if str(call.request.query.get("page", 1)) == str(number):
            change(rows(given.body))

    return kit.accepted(LIST, on)


def search(old: str, new: str) -> Change:
    """Read another search text in place of the one sent."""

    def on(query: Json) -> None:
        if isinstance(query.get("search"), str):
            query["search"] = query["search"].replace(old, new)

    return kit.query(LIST, on)


def searched(when: Callable[[str], bool], then: Callable[[Json], object]) -> Change:
    """Do something to the query where its search text is of a kind."""
    return kit.query(LIST, lambda query: then(query) if when(str(query.get("search", "")))
                     else None)  # fmt: skip


def paging(name: str, by: int) -> Change:
    """Move a figure of the paging object."""
    return record("paging", LIST, alter.bump(name, by=by))


def capped(name: str, most: int) -> Change:
    """Take a smaller maximum."""
    return kit.query(LIST, lambda query: query.update({name: str(most)})
                     if (alter.number(query.get(name)) or 0) > most else None)  # fmt: skip


def crash(name: str, when: Callable[[Any], bool] = lambda _: True) -> Change:
    """Answer 500 to a query parameter."""
    return kit.around(LIST, lambda call, answer: deeds.refusal(call, 500)
                      if name in call.request.query and when(call.request.query[name])
                      else answer())  # fmt: skip


def first_word(name: str) -> Change:
    """Of several words in a filter take the first."""

    def on(query: Json) -> None:
        value = query.get(name)
        if isinstance(value, list):
            query[name] = value[:1]
        elif isinstance(value, str):
            query[name] = value.split(",")[0]

    return kit.query(LIST, on)


def view(name: str, other: str) -> Change:
    """Show another view."""
    return kit.query(LIST, lambda query: query.update(active_view=other)
                     if query.get("active_view") == name else None)  # fmt: skip


NONSENSE = ("0", "-1", "abc", "-5")


def chosen(value: Any) -> list[str]:
    """The words of a list or of a text with commas."""
    words = value if isinstance(value, list) else str(value).split(",")
    return [str(word).strip() for word in words]


def cut_filters(query: Json) -> None:
    """Of several words in a status filter keep the first."""
    for name in ("payment_statuses", "order_statuses", "shipping_statuses"):
        value = query.get(name)
        if isinstance(value, list):
            query[name] = value[:1]
        elif isinstance(value, str):
            query[name] = value.split(",")[0]


def beyond(call: Call, answer: Answer) -> Response:
    """Show the first rows again behind the last page."""
    given = answer()
    number = int(alter.number(call.request.query.get("page")) or 1)
    if given.status != 200 or number <= 1 or rows(given.body):
        return given
    call.request.query["page"] = "1"
    again = answer()
    for paging in again.body.values():
        paging["current_page"] = number
    return again


def shifted(call: Call, answer: Answer) -> Response:
    """Begin the second page with the last row of the first."""
    given = answer()
    if str(call.request.query.get("page")) != "2" or given.status != 200:
        return given
    call.request.query["page"] = "1"
    before = rows(answer().body)
    found = rows(given.body)
    if found and before:
        found[:] = [before[-1], *found[:-1]]
    return given


def turning() -> Callable[[Response, Call], None]:
    """Turn the rows round in every second answer that is sorted by a column."""
    seen = {"count": 0}

    def on(given: Response, call: Call) -> None:
        if call.request.query.get("sort_by") in ("currency", "status", "payment_status"):
            seen["count"] += 1
            if seen["count"] % 2:
                rows(given.body).reverse()

    return on


def without_greatest(given: Response, call: Call) -> None:
    """Leave the greatest id of a range out."""
    found = rows(given.body)
    if "::" in str(call.request.query.get("search", "")) and found:
        found.remove(max(found, key=lambda row: int(row["id"])))


def unbounded(given: Response, call: Call) -> None:
    """Give as many rows as were asked for, above the maximum."""
    wanted = int(alter.number(call.request.query.get("per_page")) or 0)
    if 200 < wanted < 1000:
        page = given.body["orders"]
        page.update(per_page=wanted, data=(page["data"] * 300)[:wanted])

"""Find on a target what carries a run's namespace, whether the journal knows it or not."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from ..target.client import StoreClient
from ..target.detect import dig, integer, orders_in
from ..target.errors import NoAnswerError
from .journal import NAMESPACE_PREFIX
from .observe import is_ours

PAGE = 100
MOST_PAGES = 50
OK = 200
_MEMBER = {
    "customer": "email",
    "user": "email",
    "product": "post_title",
    "activity": "content",
}
_MARK = re.compile(rf"(?<![a-z0-9]){NAMESPACE_PREFIX}[0-9a-f]{{8}}(?![a-z0-9])")


class SearchFailedError(Exception):
    """The store did not answer a search, so nothing can be concluded from it."""


@dataclass(frozen=True, slots=True)
class Seen:
    """An object of a run, seen on the target; `text` is its address or title."""

    kind: str
    id: int
    text: str

    @property
    def namespace(self) -> str:
        """The run's mark in the text."""
        found = _MARK.search(self.text.lower())
        return found.group() if found else ""


def customers_with(client: StoreClient, mark: str) -> list[Seen]:
    """Customers whose address carries `mark`: a namespace, or `fcc-` for those of every run.

    Raises SearchFailedError when the store does not list its customers.
    """
    return list(_pages(client, "/customers", "customer", mark))


def users_with(client: StoreClient, mark: str) -> list[Seen]:
    """WordPress users whose address carries `mark`; empty where WordPress does not tell."""
    try:
        return list(_pages(client, "/wp/v2/users", "user", mark))
    except SearchFailedError:
        return []


def products_with(client: StoreClient, mark: str) -> list[Seen]:
    """Products whose title begins with `mark`; empty where there is no products API."""
    try:
        return list(_pages(client, "/products", "product", mark))
    except SearchFailedError:
        return []


def activities_with(client: StoreClient, mark: str) -> list[Seen]:
    """Lines of the store's activity log that speak of what carries `mark`; empty without a log."""
    try:
        return list(_pages(client, "/activity", "activity", mark))
    except SearchFailedError:
        return []


def newest_log_line(client: StoreClient) -> int | None:
    """The id of the newest line of the store's activity log; 0 when it is empty, None without."""
    body = _ask(client, "/activity", {"per_page": 1})
    if body is None:
        return None
    return max((integer(row.get("id")) or 0 for row in _rows(body)), default=0)


def log_lines(client: StoreClient, mark: str, after: int, orders: Collection[int]) -> list[Seen]:
    """Lines of the store's activity log above `after` that are of this run; the newest come first.

    They carry its mark, or are about one of its orders. A search would not do: not every line
    names the run, and some versions cannot search.
    """
    found: dict[int, Seen] = {}
    read: set[int] = set()
    for page in range(1, MOST_PAGES + 1):
        body = _ask(client, "/activity", {"per_page": PAGE, "page": page})
        rows = [(number, row) for row in _rows(body) if (number := integer(row.get("id")))]
        for number, row in rows:
            seen = Seen("activity", number, f"{row.get('title', '')} {row.get('content', '')}")
            about = str(row.get("module_name", "")).lower(), integer(row.get("module_id"))
            ours = seen.namespace == mark or (about[0] == "order" and about[1] in orders)
            if number > after and ours:
                found[number] = seen
        numbers = {number for number, _ in rows}
        if numbers <= read or min(numbers) <= after:
            break
        read |= numbers
    return list(found.values())


def orders_of(client: StoreClient, customer: int) -> list[int]:
    """Ids of the orders of a customer; empty when the store does not say."""
    body = _ask(client, f"/customers/{customer}/orders", {"per_page": PAGE})
    numbers = (integer(row.get("id")) for row in orders_in(body))
    return [number for number in numbers if number is not None]


def _pages(client: StoreClient, path: str, kind: str, mark: str) -> Iterator[Seen]:
    """The matching rows of a searched list, page after page until one brings nothing new."""
    known: set[int] = set()
    for page in range(1, MOST_PAGES + 1):
        query: dict[str, Any] = {"search": mark, "per_page": PAGE, "page": page}
        if kind == "user":
            query["context"] = "edit"
        body = _ask(client, path, query)
        if body is None and page == 1:
            raise SearchFailedError(path)
        rows = _rows(body)
        fresh = 0
        for row in rows:
            number = integer(row.get("ID") if kind == "product" else row.get("id"))
            if number is None or number in known:
                continue
            known.add(number)
            fresh += 1
            seen = Seen(kind, number, str(row.get(_MEMBER[kind], "")))
            wanted = seen.namespace if mark == NAMESPACE_PREFIX else mark
            if wanted and _is_ours(seen, wanted):
                yield seen
        if not fresh or len(rows) < PAGE:
            return


def _is_ours(seen: Seen, namespace: str) -> bool:
    if seen.kind == "product":
        return seen.text.lower().startswith(f"{namespace} ")
    if seen.kind == "activity":
        return seen.namespace == namespace
    return is_ours(seen.text, namespace)


def _rows(body: Any) -> list[dict[str, Any]]:
    """The rows of a list in any envelope."""
    places = [body, dig(body, "data", "customers")]
    for name in ("customers", "products", "activities"):
        places += [dig(body, name), dig(body, name, "data")]
    for place in places:
        if isinstance(place, list):
            return [row for row in place if isinstance(row, dict)]
    return []


def _ask(client: StoreClient, path: str, query: dict[str, Any]) -> Any:
    """The JSON value of a 200 answer; None for anything else."""
    try:
        exchange = client.call("GET", path, query=query)
    except NoAnswerError:
        return None
    return exchange.answer.value if exchange.status == OK and exchange.answer.ok else None

"""Find on a target what carries a run's namespace, whether the journal knows it or not."""

from __future__ import annotations

import re
from collections.abc import Iterator
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
_MARK = re.compile(rf"(?<![a-z0-9]){NAMESPACE_PREFIX}[0-9a-f]{{8}}(?![a-z0-9])")


@dataclass(frozen=True, slots=True)
class Seen:
    """An object of a run, seen on the target: the namespace comes from its e-mail address."""

    kind: str
    id: int
    email: str

    @property
    def namespace(self) -> str:
        """The run's mark in the address."""
        found = _MARK.search(self.email.lower())
        return found.group() if found else ""


def customers_with(client: StoreClient, mark: str) -> list[Seen]:
    """Customers whose address carries `mark`: a namespace, or `fcc-` for those of every run."""
    return list(_pages(client, "/customers", "customer", mark, "email"))


def users_with(client: StoreClient, mark: str) -> list[Seen]:
    """WordPress users whose address carries `mark`; empty where WordPress does not tell."""
    return list(_pages(client, "/wp/v2/users", "user", mark, "email"))


def orders_of(client: StoreClient, customer: int) -> list[int]:
    """Ids of the orders of a customer; empty when the store does not say."""
    body = _ask(client, f"/customers/{customer}/orders", {"per_page": PAGE})
    numbers = (integer(row.get("id")) for row in orders_in(body))
    return [number for number in numbers if number is not None]


def _pages(client: StoreClient, path: str, kind: str, mark: str, member: str) -> Iterator[Seen]:
    """The matching rows of a searched list, page after page until one brings nothing new."""
    known: set[int] = set()
    for page in range(1, MOST_PAGES + 1):
        query: dict[str, Any] = {"search": mark, "per_page": PAGE, "page": page}
        if kind == "user":
            query["context"] = "edit"
        rows = _rows(_ask(client, path, query))
        fresh = 0
        for row in rows:
            number = integer(row.get("id"))
            if number is None or number in known:
                continue
            known.add(number)
            fresh += 1
            seen = Seen(kind, number, str(row.get(member, "")))
            wanted = seen.namespace if mark == NAMESPACE_PREFIX else mark
            if wanted and is_ours(seen.email, wanted):
                yield seen
        if not fresh or len(rows) < PAGE:
            return


def _rows(body: Any) -> list[dict[str, Any]]:
    """The rows of a list in any envelope."""
    places = (body, dig(body, "customers"), dig(body, "customers", "data"))
    for place in (*places, dig(body, "data", "customers")):
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

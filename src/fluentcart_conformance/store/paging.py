"""Pages of a list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fluentcart_conformance.store.db import Database, Params, Row
from fluentcart_conformance.store.values import integer

DEFAULT_PER_PAGE = 10
_LARGEST_PAGE = 2**53


@dataclass(frozen=True)
class Paging:
    """Which slice of a list is wanted."""

    page: int
    per_page: int


@dataclass
class Page:
    """One slice of a list with the figures around it."""

    rows: list[Row]
    page: int
    per_page: int
    total: int

    @property
    def last_page(self) -> int:
        """Number of the last page; 1 for an empty list."""
        return max(1, -(-self.total // self.per_page))


def paging(query: dict[str, Any], maximum: int) -> Paging:
    """Read `page` and `per_page`.

    Nonsense falls back to page 1 and 10 rows; more than the maximum is capped.
    """
    page = integer(query.get("page")) or 1
    per_page = integer(query.get("per_page")) or DEFAULT_PER_PAGE
    if not 1 <= page <= _LARGEST_PAGE:
        page = 1
    if per_page < 1:
        per_page = DEFAULT_PER_PAGE
    return Paging(page, min(per_page, maximum))


def read_page(
    db: Database, paging: Paging, *, select: str, where: str, order: str, params: Params = ()
) -> Page:
    """Run `SELECT select where ORDER BY order` for one page.

    `where` starts with FROM: `FROM orders o WHERE o.status = ?`.
    """
    total = int(db.value(f"SELECT count(*) {where}", params))
    offset = (paging.page - 1) * paging.per_page
    rows: list[Row] = []
    if offset < total:
        sql = f"SELECT {select} {where} ORDER BY {order} LIMIT ? OFFSET ?"
        rows = db.all(sql, (*params, paging.per_page, offset))
    return Page(rows, paging.page, paging.per_page, total)

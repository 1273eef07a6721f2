"""The arithmetic of a list: pages, rows on this page, no row twice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .exchange import Exchange
from .general import PAGING_ARITHMETIC, PAGING_UNIQUE
from .words import shown


@dataclass(frozen=True, slots=True)
class _List:
    """Where an operation's rows stand, and the requirement of each law."""

    member: str
    last: str
    full: str
    beyond: str
    current: str
    size: str
    unique: str
    default: str = ""
    upwards: str = ""
    downwards: str = ""


_LISTS = {
    "list_orders": _List(
        "orders",
        last="LST-LAST-PAGE",
        full="LST-FULL-PAGES",
        beyond="LST-PAGE-BEYOND",
        current="LST-PAGE",
        size="LST-PER-PAGE",
        default="LST-SORT-DEFAULT",
        upwards="LST-SORT-ASC",
        downwards="LST-SORT-DESC",
        unique="LST-NO-DUPLICATES",
    ),
    "list_customers": _List(
        "customers",
        last="CUS-LIST-PAGE-COUNT",
        full="CUS-LIST-PAGE-FULL",
        beyond="CUS-LIST-PAGE-BEYOND",
        current="CUS-LIST-PAGE",
        size="CUS-LIST-PER-PAGE",
        default="CUS-LIST-SORT-TYPE-DEFAULT",
        upwards="CUS-LIST-SORT-ASC",
        downwards="CUS-LIST-SORT-DESC",
        unique="CUS-LIST-NO-GAPS",
    ),
    "get_customer_orders": _List(
        "orders",
        last=PAGING_ARITHMETIC,
        full=PAGING_ARITHMETIC,
        beyond=PAGING_ARITHMETIC,
        current=PAGING_ARITHMETIC,
        size=PAGING_ARITHMETIC,
        unique=PAGING_UNIQUE,
    ),
}


_COUNTED_OTHERWISE = re.compile(r"[?&](?:include_ids|limit|offset)\b")
LAST_SENSIBLE_PAGE = 10**6
SIZE_EVERY_LIST_TAKES = 100
"""The smaller of the two documented maxima."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A broken law of a list, with the requirement it belongs to."""

    requirement: str
    pointer: str
    expected: str
    got: str


@dataclass(frozen=True, slots=True)
class _Page:
    """A list in either form: the rows, and where the figures stand."""

    laws: _List
    rows: list[Any]
    rows_at: str
    figures: Mapping[str, Any]
    figures_at: str
    last: str


def _page(operation: str, body: Any) -> _Page | None:
    """The list of an answer: one paginator, or `data` with rows and `pagination`; else None."""
    laws = _LISTS.get(operation)
    if laws is None or not isinstance(body, Mapping):
        return None
    name = laws.member
    paginator = body.get(name)
    if isinstance(paginator, Mapping) and isinstance(paginator.get("data"), list):
        return _Page(laws, paginator["data"], f"/{name}/data", paginator, f"/{name}", "last_page")
    data = body.get("data")
    if isinstance(data, Mapping) and isinstance(data.get(name), list):
        figures = data.get("pagination")
        known = figures if isinstance(figures, Mapping) else {}
        return _Page(laws, data[name], f"/data/{name}", known, "/data/pagination", "total_pages")
    return None


def broken_laws(operation: str, body: Any, exchange: Exchange) -> list[Broken]:
    """Every law of lists that the answer breaks; [] for answers that are no list."""
    page = _page(operation, body)
    if page is None:
        return []
    found = [*_unique(page), *_asked(page, exchange)]
    figures = page.figures
    size, total, current = (_count(figures, key) for key in ("per_page", "total", "current_page"))
    if size is not None and total is not None and size > 0:
        counted = not _COUNTED_OTHERWISE.search(exchange.url)
        if exchange.cut:
            found.extend(_beyond(page, size, total, current) if counted else ())
        else:
            found.extend(_figures(page, size, total, current))
            found.extend(_rows(page, size, total, current) if counted else ())
    return found


def _count(figures: Mapping[str, Any], name: str) -> int | None:
    value = figures.get(name)
    if isinstance(value, bool):
        return None
    if isinstance(value, str) and value.isascii() and value.isdigit():
        return int(value)
    return value if isinstance(value, int) and value >= 0 else None


def _figures(page: _Page, size: int, total: int, current: int | None) -> Iterator[Broken]:
    last = max(1, -(-total // size))
    got = _count(page.figures, page.last)
    if got is not None and got != last and not (total == 0 and got == 0):
        place = f"{page.figures_at}/{page.last}"
        yield Broken(page.laws.last, place, f"{last} ({total} in pages of {size})", str(got))
    if current is None:
        return
    first = (current - 1) * size + 1
    for name, expected in (("from", first), ("to", first + len(page.rows) - 1)):
        value = _count(page.figures, name)
        if page.rows and value is not None and value != expected:
            place = f"{page.figures_at}/{name}"
            yield Broken(PAGING_ARITHMETIC, place, str(expected), str(value))


def _rows(page: _Page, size: int, total: int, current: int | None) -> Iterator[Broken]:
    if len(page.rows) > size:
        yield Broken(page.laws.full, page.rows_at, f"at most {size} rows", str(len(page.rows)))
    elif current is not None and current > 0:
        expected = max(0, min(size, total - (current - 1) * size))
        if len(page.rows) != expected:
            law = page.laws.full if expected else page.laws.beyond
            words = f"{expected} rows (page {current} of {total} in pages of {size})"
            yield Broken(law, page.rows_at, words, str(len(page.rows)))


def _beyond(page: _Page, size: int, total: int, current: int | None) -> Iterator[Broken]:
    """Rows where there can be none, however many of them a cut recording kept."""
    if page.rows and current is not None and (current - 1) * size >= total > 0:
        words = f"no rows (page {current} of {total} in pages of {size})"
        yield Broken(page.laws.beyond, page.rows_at, words, f"{len(page.rows)} or more")


def _asked(page: _Page, exchange: Exchange) -> Iterator[Broken]:
    """A sensible page and page size are repeated as they were asked for."""
    if "page=" not in exchange.url:
        return
    query = exchange.query
    for law, parameter, member, most in (
        (page.laws.current, "page", "current_page", LAST_SENSIBLE_PAGE),
        (page.laws.size, "per_page", "per_page", SIZE_EVERY_LIST_TAKES),
    ):
        asked = query.get(parameter, [""])[-1]
        if not (asked.isascii() and asked.isdigit() and 0 < int(asked[:10]) <= most):
            continue
        got = _count(page.figures, member)
        if got is not None and got != int(asked):
            place = f"{page.figures_at}/{member}"
            yield Broken(law, place, f"{asked}, as asked for", str(got))


def out_of_order(
    operation: str, body: Any, exchange: Exchange, wire: Mapping[str, Any]
) -> list[Broken]:
    """Two neighbours of a list sorted by id that stand the wrong way round; [] when none do.

    `wire` holds the profile's words for sorting: `orders_sort` and `customers_sort`, each with
    `column`, `direction`, `ascending`. Lists sorted by anything but the id are left alone.
    """
    page = _page(operation, body)
    if page is None or not page.laws.default or "include_ids" in exchange.url:
        return []
    words = wire.get(f"{page.laws.member}_sort") or {}
    query = exchange.query if "?" in exchange.url else {}
    if query.get(words.get("column", ""), ["id"])[-1] != "id":
        return []
    direction = query.get(words.get("direction", ""), [""])[-1]
    if direction.lower() not in ("", "asc", "desc"):
        return []
    return _first_disorder(page, direction.lower())


def _is_id(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _first_disorder(page: _Page, direction: str) -> list[Broken]:
    laws = page.laws
    law = {"": laws.default, "asc": laws.upwards, "desc": laws.downwards}[direction]
    ids = [row["id"] for row in page.rows if isinstance(row, Mapping) and _is_id(row.get("id"))]
    if len(ids) != len(page.rows):
        return []
    for number in range(1, len(ids)):
        before, here = ids[number - 1], ids[number]
        if before > here if direction == "asc" else before < here:
            words = "above" if direction == "asc" else "below"
            place = f"{page.rows_at}/{number}/id"
            return [Broken(law, place, f"an id {words} {before}", str(here))]
    return []


def _unique(page: _Page) -> Iterator[Broken]:
    seen: set[Any] = set()
    for number, row in enumerate(page.rows):
        name = row.get("id") if isinstance(row, Mapping) else None
        if not isinstance(name, (int, str)):
            continue
        if name in seen:
            yield Broken(
                page.laws.unique, f"{page.rows_at}/{number}/id", "each row once", shown(name)
            )
            return
        seen.add(name)


def is_list(operation: str, body: Any) -> bool:
    """Whether the answer is a list that names its page size."""
    page = _page(operation, body)
    return page is not None and _count(page.figures, "per_page") is not None


def has_rows(operation: str, body: Any) -> bool:
    """Whether the list has two rows at least, so that one could be there twice."""
    page = _page(operation, body)
    return page is not None and len(page.rows) > 1

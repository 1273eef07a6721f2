"""The one paging object of orders-api and of the plugin."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from fluentcart_conformance.store.http import Request
from fluentcart_conformance.store.paging import Page

Json = dict[str, Any]


def paginator(page: Page, rows: list[Json], request: Request) -> Json:
    """Return the one paging object with rows in `data` (orders-api, and the plugin)."""
    last = page.last_page
    start = (page.page - 1) * page.per_page
    links = [_link(request, page, page.page - 1, "pagination.previous")]
    links += [_link(request, page, n, str(n)) for n in _window(page.page, last)]
    links.append(_link(request, page, page.page + 1, "pagination.next"))
    return {
        "current_page": page.page,
        "data": rows,
        "first_page_url": _page_url(request, 1),
        "from": start + 1 if rows else None,
        "last_page": last,
        "last_page_url": _page_url(request, last),
        "links": links,
        "next_page_url": _page_url(request, page.page + 1) if page.page < last else None,
        "path": request.url,
        "per_page": page.per_page,
        "prev_page_url": _page_url(request, page.page - 1) if page.page > 1 else None,
        "to": start + len(rows) if rows else None,
        "total": page.total,
    }


def _link(request: Request, page: Page, number: int, label: str) -> Json:
    exists = 1 <= number <= page.last_page
    return {
        "url": _page_url(request, number) if exists else None,
        "label": label,
        "active": label == str(page.page),
    }


def _page_url(request: Request, number: int) -> str:
    return f"{request.url}/?{urlencode({'page': number})}"


def _window(current: int, last: int, reach: int = 5) -> range:
    return range(max(1, min(current, last) - reach), min(last, current + reach) + 1)

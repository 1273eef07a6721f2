"""What the wire layers of all profiles share."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any
from urllib.parse import urlencode

from fluentcart_conformance.store.http import Refusal, Request, Response
from fluentcart_conformance.store.paging import Page
from fluentcart_conformance.store.profiles import Profile
from fluentcart_conformance.store.wire.customers import CustomersWire
from fluentcart_conformance.store.wire.orders import OrdersWire

Json = dict[str, Any]


class Wire(ABC):
    """Turns domain records into a profile's JSON, and refusals into its error bodies.

    Attributes:
        profile: The profile spoken.
        customers: Records and requests of the customer operations.
        orders: Answers of the order operations.
    """

    customers: CustomersWire
    orders: OrdersWire

    def __init__(self, profile: Profile) -> None:
        self.profile = profile

    @abstractmethod
    def refusal(self, operation: str, refusal: Refusal) -> Response:
        """Spell a refusal of an operation; `""` stands for an unknown route."""

    def paginator(self, page: Page, rows: list[Json], request: Request) -> Json:
        """Return the one paging object with rows in `data` (orders-api, and the plugin)."""
        last = page.last_page
        start = (page.page - 1) * page.per_page
        links = [self._link(request, page, page.page - 1, "pagination.previous")]
        links += [self._link(request, page, n, str(n)) for n in _window(page.page, last)]
        links.append(self._link(request, page, page.page + 1, "pagination.next"))
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

    @staticmethod
    def _link(request: Request, page: Page, number: int, label: str) -> Json:
        exists = 1 <= number <= page.last_page
        return {
            "url": _page_url(request, number) if exists else None,
            "label": label,
            "active": label == str(page.page),
        }


def wordpress_error(refusal: Refusal) -> Response:
    """Return WordPress' own form: `{code, message, data: {status}}`."""
    data = {"status": refusal.status, **(refusal.data if isinstance(refusal.data, dict) else {})}
    body = {"code": refusal.code, "message": refusal.message, "data": data}
    return Response(refusal.status, body)


def _page_url(request: Request, number: int) -> str:
    return f"{request.url}/?{urlencode({'page': number})}"


def _window(current: int, last: int, reach: int = 5) -> range:
    return range(max(1, min(current, last) - reach), min(last, current + reach) + 1)

"""Which orders a list shows and in what order. Source: orders-api, List Orders."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from fluentcart_conformance.store.db import Database, Row
from fluentcart_conformance.store.orders.money import to_number
from fluentcart_conformance.store.orders.search import search_condition
from fluentcart_conformance.store.paging import Page, Paging

SORTABLE = (
    "id",
    "status",
    "parent_id",
    "receipt_number",
    "invoice_no",
    "fulfillment_type",
    "type",
    "mode",
    "shipping_status",
    "customer_id",
    "payment_method",
    "payment_method_title",
    "payment_status",
    "currency",
    "subtotal",
    "discount_tax",
    "manual_discount_total",
    "coupon_discount_total",
    "shipping_tax",
    "shipping_total",
    "tax_total",
    "total_amount",
    "total_paid",
    "total_refund",
    "rate",
    "note",
    "ip_address",
    "completed_at",
    "refunded_at",
    "uuid",
    "created_at",
    "updated_at",
)
_NUMERIC = {"rate": "CAST(o.rate AS REAL)"}

VIEWS = {
    "on-hold": "o.status = 'on-hold'",
    "processing": "o.status = 'processing'",
    "completed": "o.status = 'completed'",
    "paid": "o.payment_status = 'paid'",
    "refunded": "o.payment_status = 'refunded'",
    "partially_refunded": "o.payment_status = 'partially_refunded'",
    "onetime": "o.type = 'payment'",
    "subscription": "o.type = 'subscription'",
    "renewal": "o.type = 'renewal'",
    "upgraded_to": "json_extract(o.config, '$.upgraded_to') IS NOT NULL",
    "upgraded_from": "json_extract(o.config, '$.upgraded_from') IS NOT NULL",
}
_WORD_FILTERS = {
    "payment_statuses": "o.payment_status",
    "order_statuses": "o.status",
    "shipping_statuses": "o.shipping_status",
}
_MOST_WORDS = 100


@dataclass
class ListWish:
    """What a caller of the list asked for.

    Attributes:
        column: Column to sort by; unknown ones mean id.
        relations: Names from `with`, as sent.
        select: Columns to show, empty for all.
        include_ids: Orders to show besides, whatever the filters and the page say.
        words: Filter name -> accepted words; an empty list is no filter.
    """

    search: str = ""
    view: str = ""
    column: str = "id"
    ascending: bool = False
    relations: list[str] = field(default_factory=list)
    select: list[str] = field(default_factory=list)
    include_ids: list[int] = field(default_factory=list)
    words: dict[str, list[str]] = field(default_factory=dict)


def read_list(query: dict[str, Any]) -> ListWish:
    """Read the query string; what makes no sense is passed over.

    `filter_type=advanced` and `advanced_filters` need Pro and have no effect without it;
    `limit` and `offset` belong to queries without pages; `scopes` and `user_tz` have nothing
    to act on here.
    """
    column = query.get("sort_by")
    view = query.get("active_view")
    ids = [to_number(one) for one in text_list(query.get("include_ids"))]
    return ListWish(
        search=_text(query.get("search")),
        view=view if isinstance(view, str) else "",
        column=column if isinstance(column, str) and column in SORTABLE else "id",
        ascending=str(query.get("sort_type", "")).lower() == "asc",
        relations=text_list(query.get("with")),
        select=text_list(query.get("select")),
        include_ids=[int(one) for one in ids if one is not None and 0 < one < 2**62],
        words={name: text_list(query.get(name)) for name in _WORD_FILTERS},
    )


def text_list(value: Any) -> list[str]:
    """Read a list parameter: a PHP array, JSON text, or text with commas."""
    if isinstance(value, str):
        if value.startswith("["):
            return text_list(_from_json(value))
        value = value.split(",")
    if isinstance(value, dict):
        value = list(value.values())
    if not isinstance(value, list):
        return []
    texts = [str(one).strip() for one in value if isinstance(one, str | int)]
    return [text for text in texts if text][:_MOST_WORDS]


def _from_json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return []


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


class OrderListing:
    """Finds pages of order rows."""

    def __init__(self, db: Database) -> None:
        self.db = db

    def page(self, wish: ListWish, paging: Paging) -> Page:
        """Return one page; rows that are equal in the sorted column go by id.

        Orders of `include_ids` that the page does not show follow its rows.
        """
        where, params = _where(wish)
        total = int(self.db.value(f"SELECT count(*) FROM orders o{where}", params))  # noqa: S608
        offset = (paging.page - 1) * paging.per_page
        rows: list[Row] = []
        if offset < total:
            direction = "ASC" if wish.ascending else "DESC"
            order = f"{_NUMERIC.get(wish.column, 'o.' + wish.column)} {direction}"
            order += f", o.id {direction}" if wish.column != "id" else ""
            sql = f"SELECT o.* FROM orders o{where} ORDER BY {order} LIMIT :size OFFSET :skip"  # noqa: S608
            rows = self.db.all(sql, {**params, "size": paging.per_page, "skip": offset})
        rows += self._included(wish.include_ids, {row["id"] for row in rows})
        return Page(rows, paging.page, paging.per_page, total)

    def _included(self, ids: list[int], shown: set[int]) -> list[Row]:
        missing = [order_id for order_id in dict.fromkeys(ids) if order_id not in shown]
        found = (self.db.get("orders", order_id) for order_id in missing)
        return [row for row in found if row is not None]


def _where(wish: ListWish) -> tuple[str, dict[str, Any]]:
    conditions: list[str] = []
    params: dict[str, Any] = {}
    searched = search_condition(wish.search)
    if searched is not None:
        conditions.append(searched.sql)
        params |= searched.params
    if wish.view in VIEWS:
        conditions.append(VIEWS[wish.view])
    for name, words in wish.words.items():
        if words:
            marks = {f"{name}_{index}": word for index, word in enumerate(words)}
            conditions.append(f"{_WORD_FILTERS[name]} IN ({', '.join(':' + key for key in marks)})")
            params |= marks
    return (" WHERE " + " AND ".join(conditions) if conditions else ""), params

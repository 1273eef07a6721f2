"""The `search` parameter of the orders list: plain text, or `field operator value`.

Source: orders-api, List Orders, Searchable Fields. `invoice` searches the invoice number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_OPERATION = re.compile(r"\s*([a-z_]+)\s*(::|>=|<=|!=|=|>|<)\s*(.*?)\s*", re.IGNORECASE | re.DOTALL)
_RANGE = re.compile(r"^(\d{1,18})\s*-\s*(\d{1,18})$")
_NUMBER = re.compile(r"^\d{1,18}$")

_TEXT_COLUMNS = {
    "status": "o.status",
    "invoice": "o.invoice_no",
    "payment": "o.payment_status",
    "payment_by": "o.payment_method",
}
_FIELDS = {"id", "customer", "license", *_TEXT_COLUMNS}

_CUSTOMER_TEXT = (
    "o.customer_id IN (SELECT c.id FROM customers c WHERE c.email LIKE :like ESCAPE '\\'"
    " OR c.first_name || ' ' || c.last_name LIKE :like ESCAPE '\\')"
)
_PLAIN_TEXT = (
    "(o.invoice_no LIKE :like ESCAPE '\\' OR "  # noqa: S608 - own text, values are bound
    + _CUSTOMER_TEXT
    + " OR o.id IN ("
    "SELECT i.order_id FROM order_items i WHERE i.title LIKE :like ESCAPE '\\'"
    " OR i.post_title LIKE :like ESCAPE '\\'))"
)
_NOTHING = "0"


@dataclass(frozen=True)
class Condition:
    """A WHERE clause over orders `o` with its named parameters."""

    sql: str
    params: dict[str, str | int]


def search_condition(text: str) -> Condition | None:
    """Turn a search text into a condition; None for an empty one.

    A field this store does not know makes the whole text plain.
    """
    if not text.strip():
        return None
    operation = _OPERATION.fullmatch(text)
    if operation and operation[1].lower() in _FIELDS:
        return _operator_condition(operation[1].lower(), operation[2], operation[3])
    return Condition(_PLAIN_TEXT, {"like": like_pattern(text.strip())})


def _operator_condition(field: str, operator: str, value: str) -> Condition:
    if field == "id":
        return _id_condition(operator, value)
    if operator not in ("=", "!="):
        return Condition(_NOTHING, {})
    if field == "customer":
        negation = "NOT " if operator == "!=" else ""
        return Condition(negation + _CUSTOMER_TEXT, {"like": like_pattern(value)})
    if field == "license":
        # Licences belong to Pro: without it no order has one.
        return Condition(_NOTHING, {})
    sql = f"{_TEXT_COLUMNS[field]} {operator} :value COLLATE NOCASE"
    return Condition(sql, {"value": value})


def _id_condition(operator: str, value: str) -> Condition:
    if operator == "::":
        bounds = _RANGE.match(value)
        if not bounds:
            return Condition(_NOTHING, {})
        low, high = sorted((int(bounds[1]), int(bounds[2])))
        return Condition("o.id BETWEEN :low AND :high", {"low": low, "high": high})
    if not _NUMBER.match(value):
        return Condition(_NOTHING, {})
    return Condition(f"o.id {operator} :value", {"value": int(value)})


def like_pattern(text: str) -> str:
    """Return a LIKE pattern that finds `text` anywhere, taken literally."""
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"

"""Arithmetic that one answer can prove by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from .words import shown

Breach = tuple[str, str, str, str]
"""(requirement, pointer, expected, got)"""


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _stats(body: Any) -> Iterator[Breach]:
    """average_order_value (cents) = total_spent / order_count, half up; 0 without orders."""
    stats = body.get("data", {}).get("stats") if isinstance(body.get("data"), Mapping) else None
    if not isinstance(stats, Mapping):
        return
    spent, count = stats.get("total_spent"), stats.get("order_count")
    average = stats.get("average_order_value")
    if not (isinstance(spent, int) and isinstance(count, int) and isinstance(average, int | float)):
        return
    expected = (2 * spent + count) // (2 * count) if count > 0 else 0
    if average != expected:
        words = f"{expected} ({spent} over {count} orders)"
        yield "CUS-STATS-AVERAGE", "/data/stats/average_order_value", words, shown(average)


def _bulk(body: Any) -> Iterator[Breach]:
    """processed and failed count the successes and failures among the results."""
    data = body.get("data")
    if not isinstance(data, Mapping) or not isinstance(data.get("results"), list):
        return
    rows = [row for row in data["results"] if isinstance(row, Mapping)]
    laws = (("BLK-CUS-PROCESSED", "processed", True), ("BLK-CUS-FAILED", "failed", False))
    for requirement, name, outcome in laws:
        expected = sum(1 for row in rows if row.get("success") is outcome)
        if _is_count(data.get(name)) and data[name] != expected:
            yield requirement, f"/data/{name}", str(expected), str(data[name])


def _shipping(body: Any) -> Iterator[Breach]:
    """The order_items of a shipping calculation are keyed by the id of each line."""
    lines = body.get("order_items")
    if not isinstance(lines, Mapping):
        return
    for key, line in lines.items():
        own = line.get("id") if isinstance(line, Mapping) else None
        if isinstance(own, (int, str)) and str(own) != key:
            yield "SHP-CALC-KEYS", f"/order_items/{key}/id", key, shown(own)


_LAWS: dict[str, Callable[[Any], Iterator[Breach]]] = {
    "get_customer_stats": _stats,
    "customers_bulk": _bulk,
    "calculate_shipping": _shipping,
}


def breaches(operation: str, body: Any) -> list[Breach]:
    """Every law the answer breaks."""
    law = _LAWS.get(operation)
    return list(law(body)) if law is not None and isinstance(body, Mapping) else []


def laws_of(operation: str, body: Any) -> tuple[str, ...]:
    """The requirements of the laws that the answer is subject to."""
    if operation == "calculate_shipping" and _filled(body, Mapping, "order_items"):
        return ("SHP-CALC-KEYS",)
    if operation == "customers_bulk" and _filled(body, list, "data", "results"):
        return ("BLK-CUS-PROCESSED", "BLK-CUS-FAILED")
    return ()


def _filled(body: Any, kind: Any, *path: str) -> bool:
    for part in path:
        body = body.get(part) if isinstance(body, Mapping) else None
    return isinstance(body, kind) and bool(body)

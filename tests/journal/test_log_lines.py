"""Which lines of a store's activity log a run takes along."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from fluentcart_conformance.contract.exchange import Exchange
from fluentcart_conformance.journal.journal import Journal, read_journal
from fluentcart_conformance.journal.search import log_lines, newest_log_line

MARK = "fcc-1a2b3c4d"


class Log:
    """A store with nothing but an activity log of so many lines, the newest first."""

    def __init__(self, *lines: dict[str, Any], filler: int = 0) -> None:
        others = [line(number, module="Order", about=999) for number in range(1, filler + 1)]
        self.rows = sorted((*others, *lines), key=lambda one: -one["id"])
        self.asked = 0

    def call(self, method: str, path: str, *, query: dict[str, Any]) -> Exchange:
        self.asked += 1
        size, page = query["per_page"], query.get("page", 1)
        rows = self.rows[(page - 1) * size : page * size]
        body = json.dumps({"activities": {"current_page": page, "data": rows}}).encode()
        return Exchange(method, f"https://shop.test{path}", 200, body)


def line(number: int, content: str = "", module: str = "Product", about: int = 0) -> dict[str, Any]:
    return {"id": number, "content": content, "module_name": module, "module_id": str(about)}


def taken(log: Log, after: int, orders: set[int]) -> list[int]:
    client: Any = log
    return sorted(one.id for one in log_lines(client, MARK, after, orders))


def test_lines_with_the_mark_and_lines_about_own_orders_since_the_run_began() -> None:
    log = Log(
        line(10, f"Product {MARK} digital is deleted"),
        line(11, "Order Created", "Order", 7),
        line(12, "Order Created", "order", 7),
        line(13, "Order Created", "Order", 8),
        line(14, "Product 7 is deleted", "Product", 7),
        line(15, "Product fcc-99999999 digital is deleted"),
        line(5, "Order Created", "Order", 7),
        line(4, f"Product {MARK} digital is deleted"),
    )
    assert taken(log, 5, {7}) == [10, 11, 12]
    assert taken(log, 5, set()) == [10]


def test_the_log_is_read_back_to_where_the_run_began() -> None:
    log = Log(line(301, "Order Created", "Order", 7), filler=300)
    assert taken(log, 150, {7}) == [301]
    assert log.asked == 2, "two pages hold what came since"
    client: Any = log
    assert newest_log_line(client) == 301
    empty: Any = Log()
    assert newest_log_line(empty) == 0


def test_the_journal_keeps_where_the_log_stood_and_what_was_made(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal-r.jsonl", "r")
    journal.log_begins(after=21)
    journal.created("order", 7)
    journal.created("order", 8)
    journal.removed("order", 7)
    journal.close()
    stored = read_journal(tmp_path / "journal-r.jsonl")
    assert stored.log_after == 21
    assert stored.ever_made("order") == {7, 8}
    assert [one.id for one in stored.entries] == [8]

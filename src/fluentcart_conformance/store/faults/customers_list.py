"""Faults of the list of customers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fluentcart_conformance.store.faults import alter, deeds, kit
from fluentcart_conformance.store.faults.deeds import ignoring, listed
from fluentcart_conformance.store.faults.kit import record
from fluentcart_conformance.store.faults.model import Change, Room
from fluentcart_conformance.store.faults.records import Json, records, rows
from fluentcart_conformance.store.http import Response

room = Room("customers")
add = room.add

LIST = "list_customers"
_SORT, _DIRECTION = ("order_by", "sort_by"), ("order_type", "sort_type")
_COLUMNS = (
    "id",
    "email",
    "first_name",
    "last_name",
    "status",
    "created_at",
    "updated_at",
    "total_spent",
    "order_count",
    "purchase_count",
    "ltv",
)


def figure(change: Callable[[Json], object]) -> Change:
    """Change the paging figures."""
    return record("paging", LIST, change)


def without_filter(*names: str) -> Change:
    """Pass filters over."""

    def on(query: Json) -> None:
        found = query.get("filters")
        if isinstance(found, dict):
            for name in names:
                found.pop(name, None)

    return kit.query(LIST, on)


def filtered(change: Callable[[Json], object]) -> Change:
    """Change the filters."""
    return kit.query(LIST, lambda query: change(query["filters"])
                     if isinstance(query.get("filters"), dict) else None)  # fmt: skip


def page(number: int, change: Callable[[list[Any]], object]) -> Change:
    """Change the rows of one page only."""

    def on(given: Response, call: kit.Call) -> None:
        if str(call.request.query.get("page", 1)) == str(number):
            change(rows(given.body))

    return kit.accepted(LIST, on)


def crash(names: tuple[str, ...], when: Callable[[str], bool]) -> Change:
    """Answer 500 to a value of a parameter."""
    return kit.around(LIST, lambda call, answer: deeds.refusal(call, 500) if any(
        name in call.request.query and when(str(call.request.query[name])) for name in names)
        else answer())  # fmt: skip


def _beyond(call: kit.Call, answer: Callable[[], Response]) -> Response:
    given = answer()
    number = int(alter.number(call.request.query.get("page")) or 1)
    if given.status != 200 or number <= 1 or rows(given.body):
        return given
    call.request.query["page"] = "1"
    return answer()


def _sooner(filters: Json) -> None:
    if isinstance(filters.get("date_from"), str):
        filters["date_from"] = "9999-01-01"


def _unbounded(given: Response, call: kit.Call) -> None:
    if (alter.number(call.request.query.get("per_page")) or 0) > 100:
        found = rows(given.body)
        found += found[:1] * 600
        for one in records(given.body, "paging"):
            one["per_page"] = len(found)


# fmt: off
add("customers-page-ignored", ("CUS-LIST-PAGE", "CUS-LIST-NO-GAPS"), "ignored",
    "page is passed over.", ignoring(LIST, "page"))
add("customers-page-named-wrong", "CUS-LIST-PAGE", "off by one",
    "current_page is one more than the page shown.", figure(alter.bump("current_page")))
add("customers-default-page-two", "CUS-LIST-PAGE-DEFAULT", "wrong value",
    "Without page the second one is shown.",
    kit.query(LIST, lambda query: query.setdefault("page", "2")))
add("customers-per-page-ignored", "CUS-LIST-PER-PAGE", "ignored", "per_page is passed over.",
    ignoring(LIST, "per_page"))
add("customers-default-twenty", "CUS-LIST-PER-PAGE-DEFAULT", "wrong value",
    "Without per_page a page has 20 rows.",
    kit.query(LIST, lambda query: query.setdefault("per_page", "20")))
add("customers-at-most-fifty", "CUS-LIST-PER-PAGE-MAX", "wrong value",
    "per_page above 50 is cut to 50.",
    kit.query(LIST, lambda query: query.update(per_page="50")
              if (alter.number(query.get("per_page")) or 0) > 50 else None))
add("customers-unbounded", "CUS-LIST-PER-PAGE-MAX", "rule forgotten",
    "per_page knows no maximum.",
    kit.accepted(LIST, _unbounded))
add("customers-nonsense-crashes", "CUS-LIST-PER-PAGE-NONSENSE", "server error",
    "A page or page size that is nonsense ends in a 500.",
    crash(("page", "per_page"), lambda text: not text.isdigit() or text == "0"))
add("customers-beyond-first", "CUS-LIST-PAGE-BEYOND", "wrong value",
    "A page behind the last shows the first.", kit.around(LIST, _beyond))
add("customers-page-count-off", "CUS-LIST-PAGE-COUNT", "off by one",
    "The page count is one too high.", figure(alter.bump("total_pages", "last_page")))
add("customers-total-off", "CUS-LIST-SEARCH-TOTAL", "off by one",
    "total is one too high.", figure(alter.bump("total")))
add("customers-page-short", ("CUS-LIST-PAGE-FULL", "CUS-LIST-NO-GAPS"), "half done",
    "Every page lacks its last row.", listed(LIST, lambda found: found[1:] and found.pop()))
add("customers-second-page-short", ("CUS-LIST-PAGE-FULL", "CUS-LIST-NO-GAPS"), "second only",
    "The second page lacks a row.", page(2, lambda found: found and found.pop(0)))
add("customers-row-twice", ("CUS-LIST-NO-GAPS", "GEN-PAGING-UNIQUE"), "side effect",
    "The first row of a page comes twice.",
    listed(LIST, lambda found: found.__setitem__(-1, dict(found[0])) if len(found) > 1 else None))
add("customers-search-ignored", ("CUS-LIST-SEARCH", "CUS-LIST-SEARCH-NONE",
    "CUS-LIST-SEARCH-EMAIL"), "ignored", "search is passed over.", ignoring(LIST, "search"))
add("customers-search-email-loose", "CUS-LIST-SEARCH-EMAIL", "wrong value",
    "A whole e-mail finds everybody of its domain.",
    kit.query(LIST, lambda query: query.update(search=query["search"].split("@")[1])
              if "@" in str(query.get("search", "")) else None))
add("customers-search-not-names", "CUS-LIST-SEARCH-NAME", "ignored",
    "search does not look at names.",
    kit.query(LIST, lambda query: query.update(search="no such thing")
              if query.get("search") and "@" not in str(query["search"]) else None))
add("customers-search-none-404", "CUS-LIST-SEARCH-NONE", "wrong status",
    "A search without a match is a 404.",
    kit.accepted(LIST, lambda given, call: deeds.refusal(call, 404)
                 if call.request.query.get("search") and not rows(given.body)
                 and "@" not in call.request.query["search"] else None))
add("customers-search-total-whole", "CUS-LIST-SEARCH-TOTAL", "wrong value",
    "With a search total counts everybody.",
    kit.accepted(LIST, lambda given, call: [one.update(total=call.shop.db.value(
        "SELECT count(*) FROM customers")) for one in records(given.body, "paging")
        if "search" in call.request.query]))
add("customers-search-quote-crashes", "CUS-LIST-SEARCH-SAFE", "server error",
    "A quote in search ends in a 500.", crash(("search",), lambda text: "'" in text))
add("customers-search-long-crashes", "CUS-LIST-SEARCH-SAFE", "server error",
    "A very long search ends in a 500.", crash(("search",), lambda text: len(text) > 900))
add("customers-sort-ignored", "CUS-LIST-SORT", "ignored", "The column to sort by is passed over.",
    ignoring(LIST, *_SORT))
add("customers-default-by-email", "CUS-LIST-SORT-DEFAULT", "wrong value",
    "Without a column the rows are sorted by e-mail.",
    kit.query(LIST, lambda query: [query.setdefault(name, "email") for name in _SORT]))
add("customers-always-down", "CUS-LIST-SORT-ASC", "ignored", "The direction is passed over.",
    ignoring(LIST, *_DIRECTION))
add("customers-always-up", "CUS-LIST-SORT-DESC", "ignored", "Everything is sorted upwards.",
    kit.query(LIST, lambda query: query.update(order_type="ASC", sort_type="asc")))
add("customers-default-up", "CUS-LIST-SORT-TYPE-DEFAULT", "wrong value",
    "Without a direction the rows come upwards.",
    kit.query(LIST, lambda query: (query.setdefault("order_type", "ASC"),
                                   query.setdefault("sort_type", "asc"))))
add("customers-sort-unstable", "CUS-LIST-SORT-STABLE", "wrong value",
    "Equal rows come in the other direction on every second page.",
    kit.query(LIST, lambda query: query.update(order_type="DESC", sort_type="desc")
              if any(query.get(name) in ("status", "order_count", "last_name") for name in _SORT)
              and str(query.get("page")) in ("2", "3") else None))
add("customers-sort-unknown-crashes", "CUS-LIST-SORT-UNKNOWN", "server error",
    "An unknown column ends in a 500.", crash(_SORT, lambda text: text not in _COLUMNS))
add("customers-filters-ignored", ("CUS-LIST-FILTERS", "CUS-LIST-FILTER-STATUS"), "ignored",
    "filters is passed over.", ignoring(LIST, "filters"))
for _name, _id in (("status", "STATUS"), ("date_from", "DATE-FROM"), ("date_to", "DATE-TO"),
                   ("total_spent_min", "SPENT-MIN"), ("total_spent_max", "SPENT-MAX")):
    add(f"customers-filter-{_name.replace('_', '-')}-ignored", f"CUS-LIST-FILTER-{_id}", "ignored",
        f"The filter {_name} is passed over.", without_filter(_name))
add("customers-filter-min-exclusive", "CUS-LIST-FILTER-SPENT-MIN", "off by one",
    "total_spent_min leaves out who spent exactly so much.",
    filtered(alter.bump("total_spent_min")))
add("customers-filter-max-exclusive", "CUS-LIST-FILTER-SPENT-MAX", "off by one",
    "total_spent_max leaves out who spent exactly so much.",
    filtered(alter.bump("total_spent_max", by=-1)))
add("customers-filter-in-units", "CUS-LIST-FILTER-SPENT-MIN", "unit",
    "total_spent_min is read as whole units.", filtered(alter.times(100, "total_spent_min")))
add("customers-filter-from-exclusive", "CUS-LIST-FILTER-DATE-FROM", "off by one",
    "date_from finds nobody of that day.", filtered(_sooner))
add("customers-filter-to-exclusive", "CUS-LIST-FILTER-DATE-TO", "off by one",
    "date_to finds nobody of that day.",
    filtered(lambda one: one.update(date_to="2001-01-01") if "date_to" in one else None))
add("customers-filters-one-only", "CUS-LIST-FILTER-TOGETHER", "half done",
    "Of several filters the first holds.",
    filtered(lambda one: [one.pop(name) for name in list(one)[1:]]))
add("customers-filter-total-whole", "CUS-LIST-FILTER-TOTAL", "wrong value",
    "With a filter total counts everybody.",
    kit.accepted(LIST, lambda given, call: [one.update(total=call.shop.db.value(
        "SELECT count(*) FROM customers")) for one in records(given.body, "paging")
        if "filters" in call.request.query]))
add("customers-new-missing", ("CUS-LIST-NEW",), "stale", "The newest customer is missing.",
    listed(LIST, lambda found: found and found.pop(0)))
add("customers-row-differs", "CUS-LIST-AGREES", "wrong value",
    "A row shows another last name than the details.",
    record("customer", LIST, alter.put("last_name", "Somebody")))
add("customers-second-row-differs", ("CUS-LIST-AGREES", "CUS-LIST-SORT"), "second only",
    "The second row shows another e-mail than the details.",
    record("customer", LIST, alter.put("email", "a@example.com"), slice(1, 2)))
add("customers-row-spent-off", ("CUS-LIST-AGREES", "CUS-STATS-AGREE"), "off by one",
    "A row shows a cent more spent than the details.",
    record("customer", LIST, alter.bump("total_spent", "ltv")))
add("customers-row-spent-in-units", ("CUS-STATS-AGREE", "CUS-LIST-AGREES"), "unit",
    "A row shows what was spent in whole units.",
    record("customer", LIST, alter.in_units("total_spent", "ltv")))
add("customers-list-changes", ("CUS-LIST-REPEATABLE", "GEN-READ-KEEPS"), "side effect",
    "Reading the list changes first names.",
    kit.after(LIST, lambda call: call.shop.db.run(
        "UPDATE customers SET first_name = first_name || 'a' WHERE id > (SELECT max(id) - 40 FROM"
        " customers)")))
add("customers-updated-before-created", "CUS-DATES-ORDER", "wrong value",
    "updated_at lies before created_at.",
    record("customer", (LIST, "get_customer"), alter.change(
        "updated_at", lambda now: "2001" + str(now)[4:])))
add("customers-dates-with-space", "CUS-DATES-ISO", "wrong value",
    "Moments are written without T and zone.",
    record("customer", LIST, alter.change("created_at", lambda now: str(now)[:10])))
# fmt: on

"""Faults of the pages and the sorting of the list of orders."""

from __future__ import annotations

from fluentcart_conformance.store.faults import alter, deeds, kit
from fluentcart_conformance.store.faults.deeds import ignoring, listed
from fluentcart_conformance.store.faults.kit import record
from fluentcart_conformance.store.faults.lists_parts import (
    COLUMNS,
    LIST,
    NONSENSE,
    beyond,
    capped,
    crash,
    page,
    paging,
    shifted,
    turning,
    unbounded,
)
from fluentcart_conformance.store.faults.model import Room

room = Room("lists")
add = room.add

# fmt: off
add("list-endpoint-refused", "LST-ENDPOINT", "refused", "A list without any parameter is refused.",
    deeds.refuse(LIST, lambda call: not call.request.query))
add("list-user-tz-refused", ("LST-PARAMETERS", "LST-TIMEZONE"), "refused",
    "A list with a time zone is refused.",
    deeds.refuse(LIST, lambda call: "user_tz" in call.request.query))
add("list-limit-refused", ("LST-PARAMETERS",), "refused",
    "A list with an offset is refused.",
    deeds.refuse(LIST, lambda call: "offset" in call.request.query))
add("list-customer-wrong", "LST-ROW-CUSTOMER", "wrong object",
    "The customer of a row is another.", record("customer", LIST, alter.bump("id")))
add("list-second-customer-wrong", "LST-ROW-CUSTOMER", "second only",
    "The customer of the second row is another.",
    record("customer", LIST, alter.bump("id"), slice(1, 2)))
add("list-page-ignored", ("LST-PAGE", "LST-NO-DUPLICATES", "LST-NO-GAPS"), "ignored",
    "page is passed over.", ignoring(LIST, "page"))
add("list-page-named-wrong", "LST-PAGE", "wrong value",
    "current_page is one more than the page shown.", paging("current_page", 1))
add("list-per-page-ignored", ("LST-PER-PAGE", "LST-PER-PAGE-MAX"), "ignored",
    "per_page is passed over.", ignoring(LIST, "per_page"))
add("list-default-fifteen", "LST-PER-PAGE-DEFAULT", "wrong value",
    "Without per_page a page has 15 rows.",
    kit.query(LIST, lambda query: query.setdefault("per_page", "15")))
add("list-at-most-hundred", "LST-PER-PAGE-MAX", "wrong value",
    "per_page above 100 is cut to 100.", capped("per_page", 100))
add("list-per-page-unbounded", "LST-PER-PAGE-OVER", "rule forgotten",
    "per_page knows no maximum.", kit.accepted(LIST, unbounded))
add("list-nonsense-crashes", ("LST-PER-PAGE-NONSENSE", "LST-PAGE-NONSENSE"), "server error",
    "A page or a page size that is nonsense ends in a 500.",
    kit.around(LIST, lambda call, answer: deeds.refusal(call, 500) if any(
        str(call.request.query.get(name, "1")) in NONSENSE for name in ("page", "per_page"))
        else answer()))
add("list-beyond-repeats", ("LST-PAGE-BEYOND", "LST-PAGE-NONSENSE"), "wrong value",
    "A page beyond the last shows the last rows again.",
    kit.around(LIST, beyond))
add("list-last-page-one-more", "LST-LAST-PAGE", "off by one",
    "last_page is one too high.", paging("last_page", 1))
add("list-total-one-more", "LST-TOTAL", "off by one",
    "total is one too high.", paging("total", 1))
add("list-total-of-page", ("LST-TOTAL", "LST-LAST-PAGE"), "wrong value",
    "total counts the rows of the page.",
    kit.body(LIST, lambda whole: whole["orders"].update(total=len(whole["orders"]["data"]))))
add("list-row-twice-on-page", ("LST-NO-DUPLICATES", "GEN-PAGING-UNIQUE"), "side effect",
    "The first row of a page comes twice.",
    listed(LIST, lambda rows: rows.__setitem__(-1, rows[0]) if len(rows) > 1 else None))
add("list-second-page-shifted", ("LST-NO-DUPLICATES", "LST-NO-GAPS"), "second only",
    "The second page begins with the last row of the first.",
    kit.around(LIST, shifted))
add("list-second-page-short", ("LST-FULL-PAGES", "LST-NO-GAPS"), "second only",
    "The second page lacks a row.", page(2, lambda rows: rows and rows.pop()))
add("list-shuffled", "LST-STABLE", "wrong value",
    "Rows that are equal in the sorted column change places.",
    kit.accepted(LIST, turning()))
add("list-default-oldest-first", ("LST-SORT-DEFAULT",), "wrong value",
    "Without sorting the oldest come first.",
    kit.query(LIST, lambda query: query.setdefault("sort_type", "asc")))
add("list-sort-type-ignored", "LST-SORT-ASC", "ignored", "sort_type is passed over.",
    ignoring(LIST, "sort_type"))
add("list-always-ascending", ("LST-SORT-DESC",), "ignored", "Everything is sorted upwards.",
    kit.query(LIST, lambda query: query.update(sort_type="asc")))
add("list-sort-by-ignored", "LST-SORT-COLUMNS", "ignored", "sort_by is passed over.",
    ignoring(LIST, "sort_by"))
add("list-sort-total-ignored", ("LST-SORT-ASC", "LST-SORT-DESC"), "ignored",
    "sort_by total_amount is passed over.",
    kit.query(LIST, lambda query: query.pop("sort_by") if query.get("sort_by") == "total_amount"
              else None))
add("list-sort-unknown-crashes", "LST-SORT-UNKNOWN", "server error",
    "An unknown column ends in a 500.",
    crash("sort_by", lambda value: value not in COLUMNS))
add("list-sort-type-unknown-crashes", "LST-SORT-TYPE-UNKNOWN", "server error",
    "An unknown sort_type ends in a 500.",
    crash("sort_type", lambda value: str(value).lower() not in ("asc", "desc")))
# fmt: on

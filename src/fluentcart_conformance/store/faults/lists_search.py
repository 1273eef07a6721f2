"""Faults of the search, the views and the filters of the list of orders."""

from __future__ import annotations

from fluentcart_conformance.store.faults import kit
from fluentcart_conformance.store.faults.deeds import ignoring
from fluentcart_conformance.store.faults.kit import record
from fluentcart_conformance.store.faults.lists_parts import (
    COLUMNS,
    LIST,
    chosen,
    crash,
    cut_filters,
    first_word,
    search,
    searched,
    view,
    without_greatest,
)
from fluentcart_conformance.store.faults.model import Room
from fluentcart_conformance.store.faults.records import moved

room = Room("lists")
add = room.add

# fmt: off
add("list-search-ignored", ("LST-SEARCH-NOTHING", "LST-SEARCH-EMAIL", "LST-SEARCH-NAME"),
    "ignored", "search is passed over.", ignoring(LIST, "search"))
add("list-search-total-whole", "LST-SEARCH-NOTHING", "wrong value",
    "With a search total counts everything.",
    kit.accepted(LIST, lambda given, call: given.body["orders"].update(
        total=call.shop.db.value("SELECT count(*) FROM orders"))
        if "search" in call.request.query else None))
add("list-search-not-invoice", "LST-SEARCH-INVOICE", "ignored",
    "search does not look at invoice numbers.",
    searched(lambda text: "=" not in text and any(one.isdigit() for one in text)
             and "@" not in text, lambda query: query.update(search="no such thing")))
add("list-search-not-email", "LST-SEARCH-EMAIL", "ignored", "search does not look at e-mails.",
    searched(lambda text: "@" in text and "=" not in text,
             lambda query: query.update(search="no such thing")))
add("list-search-not-words", ("LST-SEARCH-NAME", "LST-SEARCH-ITEM"), "ignored",
    "search does not look at names and titles.",
    searched(lambda text: bool(text) and "@" not in text and "=" not in text and ":" not in text
             and ">" not in text and "<" not in text,
             lambda query: query.update(search="no such thing")))
add("list-search-quote-crashes", "LST-SEARCH-HARMLESS", "server error",
    "A quote in search ends in a 500.", crash("search", lambda text: "'" in str(text)))
add("list-search-percent-crashes", "LST-SEARCH-HARMLESS", "server error",
    "A wildcard in search ends in a 500.", crash("search", lambda text: "%" in str(text)))
add("list-search-id-greater-for-equal", "LST-SEARCH-ID-EQUAL", "wrong value",
    "id = is read as id >=.", search("id =", "id >="))
add("list-search-id-greater-equal", "LST-SEARCH-ID-GREATER", "off by one",
    "id > is read as id >=.", kit.query(LIST, lambda query: query.update(
        search=query["search"].replace(">", ">=")) if ">" in str(query.get("search", ""))
        and ">=" not in query["search"] else None))
add("list-search-id-less-equal", "LST-SEARCH-ID-LESS", "off by one",
    "id < is read as id <=.", kit.query(LIST, lambda query: query.update(
        search=query["search"].replace("<", "<=")) if "<" in str(query.get("search", ""))
        and "<=" not in query["search"] else None))
add("list-search-range-open", "LST-SEARCH-ID-RANGE", "off by one",
    "A range of ids lacks its upper end.",
    kit.accepted(LIST, without_greatest))
add("list-search-status-ignored", "LST-SEARCH-STATUS", "ignored",
    "status = is passed over.", searched(lambda text: text.startswith("status"),
                                         lambda query: query.pop("search")))
add("list-search-invoice-field-ignored", "LST-SEARCH-FIELD-INVOICE", "ignored",
    "invoice = is passed over.", searched(lambda text: text.startswith("invoice"),
                                          lambda query: query.pop("search")))
add("list-search-payment-negated", "LST-SEARCH-PAYMENT", "wrong value",
    "payment = is read as payment !=.", search("payment =", "payment !="))
add("list-search-payment-by-ignored", "LST-SEARCH-PAYMENT-BY", "ignored",
    "payment_by = is passed over.", searched(lambda text: text.startswith("payment_by"),
                                             lambda query: query.pop("search")))
add("list-search-customer-ignored", "LST-SEARCH-CUSTOMER", "ignored",
    "customer = finds nothing.", searched(lambda text: text.startswith("customer"),
                                          lambda query: query.update(search="id = 0")))
add("list-search-customer-everything", "LST-SEARCH-CUSTOMER", "ignored",
    "customer = is passed over.", searched(lambda text: text.startswith("customer"),
                                           lambda query: query.pop("search")))
add("list-search-unknown-field-crashes", "LST-SEARCH-UNKNOWN-FIELD", "server error",
    "An unknown field in search ends in a 500.", crash("search", lambda text: any(
        sign in str(text) for sign in ("=", "::")) and str(text).split()[0].strip("=:") not in (
        "id", "status", "invoice", "payment", "payment_by", "customer", "license")))
for _name in ("on-hold", "paid", "completed", "processing", "onetime", "refunded",
              "partially_refunded", "renewal", "subscription", "upgraded_to", "upgraded_from"):
    add(f"list-view-{_name.replace('_', '-')}-ignored",
        f"LST-VIEW-{_name.upper().replace('_', '-')}", "ignored",
        f"active_view {_name} is passed over.", view(_name, ""))
add("list-view-paid-too-many", "LST-VIEW-PAID", "wrong value",
    "active_view paid shows the processing ones.", view("paid", "processing"))
add("list-view-refunded-partially", "LST-VIEW-REFUNDED", "wrong value",
    "active_view refunded shows the partially refunded ones.",
    view("refunded", "partially_refunded"))
add("list-view-unknown-crashes", "LST-VIEW-UNKNOWN", "server error",
    "An unknown view ends in a 500.", crash("active_view", lambda value: value not in (
        "on-hold", "paid", "completed", "processing", "onetime", "refunded", "partially_refunded",
        "renewal", "subscription", "upgraded_to", "upgraded_from")))
add("list-filter-simple-empties", "LST-FILTER-SIMPLE", "wrong value",
    "filter_type simple gives no rows.", kit.query(LIST, lambda query: query.update(
        search="no such thing") if query.get("filter_type") == "simple" else None))
add("list-filter-broken-crashes", "LST-FILTER-BROKEN", "server error",
    "advanced_filters that is no JSON ends in a 500.", crash("advanced_filters"))
add("list-with-ignored", "LST-WITH", "ignored", "with is passed over.",
    kit.accepted(LIST, lambda given, call: [row.pop(name, None) for row in
        given.body["orders"]["data"] for name in ("customer", "order_items", "transactions")]
        if "with" in call.request.query else None))
add("list-with-count-ignored", "LST-WITH-COUNT", "ignored",
    "A count in with is passed over.", record("order", LIST, lambda one: [
        one.pop(name) for name in list(one) if name.endswith("_count")]))
add("list-with-count-off", "LST-WITH-COUNT", "off by one",
    "A count in with is one too high.", record("order", LIST, lambda one: one.update({
        name: moved(value, 1) for name, value in one.items() if name.endswith("_count")})))
add("list-with-unknown-crashes", "LST-WITH-UNKNOWN", "server error",
    "An unknown relation ends in a 500.", crash("with", lambda value: any(
        sign in str(value) for sign in ("nonsense", "unknown", "nothing", "no_such"))))
add("list-select-empties", "LST-SELECT", "wrong value",
    "select shows every column but the chosen ones.",
    kit.accepted(LIST, lambda given, call: [row.pop(name, None) for row in
        given.body["orders"]["data"] for name in ("id", "total_amount", "status", "uuid")]
        if "select" in call.request.query else None))
add("list-select-unknown-crashes", "LST-SELECT-UNKNOWN", "server error",
    "An unknown column in select ends in a 500.",
    crash("select", lambda value: not set(chosen(value)) <= COLUMNS))
add("list-scopes-crash", "LST-SCOPES", "server error", "scopes ends in a 500.", crash("scopes"))
add("list-include-ids-ignored", "LST-INCLUDE-IDS", "ignored", "include_ids is passed over.",
    ignoring(LIST, "include_ids"))
add("list-include-ids-first-only", "LST-INCLUDE-IDS", "half done",
    "Of include_ids only the first is shown.", first_word("include_ids"))
add("list-limit-crashes", "LST-LIMIT", "server error", "limit ends in a 500.", crash("limit"))
add("list-offset-crashes", "LST-OFFSET", "server error", "offset ends in a 500.", crash("offset"))
add("list-timezone-crashes", "LST-TIMEZONE", "server error",
    "An unknown time zone ends in a 500.", crash("user_tz", lambda value: "/" not in str(value)
        or "Nowhere" in str(value) or "Atlantis" in str(value) or "Mars" in str(value)))
for _name in ("payment", "order", "shipping"):
    add(f"list-filter-{_name}-statuses-ignored", f"LST-{_name.upper()}-STATUSES", "ignored",
        f"{_name}_statuses is passed over.", ignoring(LIST, f"{_name}_statuses"))
add("list-filter-first-word-only", "LST-STATUSES-SEVERAL", "half done",
    "Of several words in a filter only the first holds.",
    kit.query(LIST, cut_filters))
add("list-filters-or", ("LST-FILTERS-TOGETHER", "LST-ORDER-STATUSES"), "rule forgotten",
    "With a search views and filters are passed over.",
    kit.query(LIST, lambda query: [query.pop(name, None) for name in (
        "payment_statuses", "order_statuses", "shipping_statuses", "active_view")]
        if "search" in query else None))
add("list-read-writes", ("LST-IDEMPOTENT", "GEN-READ-KEEPS"), "side effect",
    "Reading the list writes into the newest orders.",
    kit.after(LIST, lambda call: call.shop.db.run(
        "UPDATE orders SET note = note || '.' WHERE id > (SELECT max(id) - 60 FROM orders)")))
# fmt: on

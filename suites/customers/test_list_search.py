"""Searching, sorting and filtering the customer list (customers-api, List Customers)."""

from __future__ import annotations

from datetime import date, timedelta

from fluentcart_conformance.drivers.crowd import Crowd
from fluentcart_conformance.scenarios import Shop, proves, requirement


def test_a_search_finds_those_who_match_and_nobody_else(shop: Shop, crowd: Crowd) -> None:
    bob = crowd.members[3]
    with requirement("CUS-LIST-SEARCH-EMAIL", "CUS-LIST-SEARCH"):
        page = shop.customers({"search": bob.email})
        assert (page.ids, page.total) == ([bob.id], 1)
    with requirement("CUS-LIST-SEARCH-NAME"):
        page = crowd.plain
        assert sorted(page.ids) == sorted(crowd.ids)
    with requirement("CUS-LIST-SEARCH-TOTAL"):
        assert page.total == len(crowd.ids)
    unmatched = shop.list_customers({"search": shop.fresh("nobody")})
    with requirement("CUS-LIST-SEARCH-NONE"):
        assert unmatched.accepted, unmatched.excerpt
        nobody = shop.customers_in(unmatched)
        assert (nobody.rows, nobody.total) == ([], 0)


def test_any_text_may_be_searched_for(shop: Shop, crowd: Crowd) -> None:
    for text in ("%_\\\"' OR 1=1 --", "x" * 2000):
        answer = shop.list_customers({"search": text})
        with requirement("CUS-LIST-SEARCH-SAFE"):
            assert answer.accepted or answer.refused, f"{text:.20}: {answer.excerpt}"
    with requirement("CUS-LIST-SEARCH-SAFE"):
        assert sorted(crowd.again.ids) == sorted(crowd.ids), "everybody is still there"


def test_the_list_is_sorted_by_what_was_asked_for(shop: Shop, crowd: Crowd) -> None:
    by_name = sorted(crowd.members, key=lambda one: one.first_name)
    up = [one.id for one in by_name]
    with requirement("CUS-LIST-SORT", "CUS-LIST-SORT-ASC"):
        assert crowd.sorted_page("first_name", "asc").ids == up
        assert crowd.sorted_page("id", "asc").ids == sorted(crowd.ids)
    with requirement("CUS-LIST-SORT", "CUS-LIST-SORT-DESC"):
        assert crowd.sorted_page("first_name", "desc").ids == up[::-1]
    column = shop.wire.customers_sort[0]
    with requirement("CUS-LIST-SORT-TYPE-DEFAULT"):
        assert crowd.page(**{column: "email", "per_page": 20}).ids == up[::-1], "by e-mail"


def test_equal_rows_keep_their_order_from_page_to_page(shop: Shop, crowd: Crowd) -> None:
    column, direction = shop.wire.customers_sort
    query: dict[str, object] = {column: "last_name", direction: "ASC", "per_page": 2}
    seen = [one for number in (1, 2, 3) for one in crowd.page(page=number, **query).ids]
    with requirement("CUS-LIST-SORT-STABLE"):
        assert sorted(seen) == sorted(crowd.ids), "each of the equal rows once"


def test_an_unknown_sorting_does_no_harm(shop: Shop, crowd: Crowd) -> None:
    column, direction = shop.wire.customers_sort
    for query in ({column: "no_such_member"}, {column: "id; --", direction: "sideways"}):
        answer = shop.list_customers({"search": crowd.name, "per_page": 20, **query})
        with requirement("CUS-LIST-SORT-UNKNOWN"):
            assert answer.accepted or answer.refused, f"{query}: {answer.excerpt}"
            if answer.accepted:
                assert sorted(shop.customers_in(answer).ids) == sorted(crowd.ids), f"{query}"


def _of(crowd: Crowd, status: str) -> set[int]:
    return {one.id for one in crowd.members if one.status == status}


@proves("CUS-LIST-FILTERS")
def test_a_filter_leaves_the_customers_of_one_status(crowd: Crowd) -> None:
    page = crowd.filtered(status="inactive")
    with requirement("CUS-LIST-FILTER-STATUS", "CUS-LIST-FILTERS"):
        assert set(page.ids) == _of(crowd, "inactive")
    with requirement("CUS-LIST-FILTER-TOTAL"):
        assert page.total == len(page.rows)
    narrow = crowd.page(filters={"status": "active"}, per_page=2)
    with requirement("CUS-LIST-FILTER-STATUS", "CUS-LIST-FILTERS"):
        assert set(narrow.ids) <= _of(crowd, "active")
    with requirement("CUS-LIST-FILTER-TOTAL"):
        assert (len(narrow.rows), narrow.total, narrow.last_page) == (2, 3, 2)


def test_a_filter_leaves_those_who_spent_so_much(crowd: Crowd) -> None:
    """Both ends belong to the amounts, which are cents."""
    with requirement("CUS-LIST-FILTER-SPENT-MIN"):
        page = crowd.filtered(total_spent_min=1002)
        assert set(page.ids) == crowd.spending(1002, 10**9), "at least 1002"
    with requirement("CUS-LIST-FILTER-SPENT-MAX"):
        page = crowd.filtered(total_spent_max=1000)
        assert set(page.ids) == crowd.spending(0, 1000), "at most 1000"
    page = crowd.filtered(total_spent_min=1001, total_spent_max=1001)
    together = set(page.ids)
    if together == crowd.spending(1001, 1001):
        with requirement("CUS-LIST-FILTER-SPENT-MIN", "CUS-LIST-FILTER-SPENT-MAX"):
            pass
    else:  # for which of the two?
        with requirement("CUS-LIST-FILTER-SPENT-MIN"):
            page = crowd.filtered(total_spent_min=1001)
            assert set(page.ids) == crowd.spending(1001, 10**9), "at least 1001"
        with requirement("CUS-LIST-FILTER-SPENT-MAX"):
            page = crowd.filtered(total_spent_max=1001)
            assert set(page.ids) == crowd.spending(0, 1001), "at most 1001"
    with requirement("CUS-LIST-FILTER-TOGETHER"):
        assert together == crowd.spending(1001, 1001), "exactly 1001"
        page = crowd.filtered(status="active", total_spent_min=1)
        assert set(page.ids) == crowd.spending(1, 10**9) & _of(crowd, "active")


def test_a_filter_leaves_those_who_were_made_on_a_day(crowd: Crowd) -> None:
    """Both ends belong to the time; the day may be that of the store's own time zone."""
    printed = date.fromisoformat(str(crowd.members[0].member("created_at"))[:10])
    days = [printed + timedelta(days=shift) for shift in (0, -1, 1)]
    found: list[int] = []
    for day in days:
        found += crowd.filtered(date_from=f"{day}", date_to=f"{day}").ids
        if len(found) == len(crowd.ids):
            break
    with requirement("CUS-LIST-FILTER-DATE-FROM", "CUS-LIST-FILTER-DATE-TO"):
        assert sorted(found) == sorted(crowd.ids), "each was made on one day"
    far = timedelta(days=2)
    with requirement("CUS-LIST-FILTER-DATE-FROM"):
        assert crowd.filtered(date_from=f"{printed + far}").ids == []
    with requirement("CUS-LIST-FILTER-DATE-TO"):
        assert crowd.filtered(date_to=f"{printed - far}").ids == []

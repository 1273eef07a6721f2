"""Pages of the customer list and their arithmetic (customers-api, List Customers)."""

from __future__ import annotations

import pytest

from fluentcart_conformance.drivers.crowd import Crowd
from fluentcart_conformance.drivers.records import Customer, Page
from fluentcart_conformance.scenarios import Shop, moment, requirement

ROWS = 2


@pytest.fixture(scope="module")
def pages(crowd: Crowd) -> list[Page[Customer]]:
    """All pages of the crowd, in the order they come by themselves."""
    return [crowd.page(per_page=ROWS, page=number) for number in (1, 2, 3)]


def test_pages_together_show_every_customer_once(crowd: Crowd, pages: list[Page[Customer]]) -> None:
    total = len(crowd.ids)
    seen = [one for page in pages for one in page.ids]
    with requirement("CUS-LIST-NO-GAPS", "CUS-LIST-NEW"):
        assert sorted(seen) == sorted(crowd.ids), "each customer once"
    with requirement("CUS-LIST-PAGE"):
        assert [page.current_page for page in pages] == [1, 2, 3]
        assert len({tuple(page.ids) for page in pages}) == len(pages), "the same page twice"
    with requirement("CUS-LIST-PER-PAGE"):
        assert [page.per_page for page in pages] == [ROWS] * 3
    with requirement("CUS-LIST-PAGE-COUNT"):
        assert [page.last_page for page in pages] == [-(-total // ROWS)] * 3
    with requirement("CUS-LIST-PAGE-FULL"):
        assert [len(page.rows) for page in pages] == [2, 2, 1]
    with requirement("CUS-LIST-SEARCH-TOTAL", "CUS-LIST-SEARCH"):
        assert [page.total for page in pages] == [total] * 3
    with requirement("CUS-LIST-SORT-DEFAULT", "CUS-LIST-SORT-TYPE-DEFAULT"):
        assert seen == sorted(seen, reverse=True)
    beyond = crowd.page(per_page=ROWS, page=4)
    with requirement("CUS-LIST-PAGE-BEYOND"):
        assert (beyond.rows, beyond.total) == ([], total)


def test_the_default_is_the_first_page_of_ten(shop: Shop, crowd: Crowd) -> None:
    page = shop.customers()
    with requirement("CUS-LIST-PER-PAGE-DEFAULT"):
        assert page.per_page == 10
        assert len(page.rows) == min(10, page.total)
        assert page.total >= len(crowd.ids)
    with requirement("CUS-LIST-PAGE-DEFAULT"):
        assert page.current_page == 1
    with requirement("CUS-LIST-SORT-DEFAULT", "CUS-LIST-SORT-TYPE-DEFAULT"):
        assert page.ids == sorted(page.ids, reverse=True)
    with requirement("CUS-DATES-ORDER"):
        for row in page.rows:
            made, changed = (moment(row.member(name)) for name in ("created_at", "updated_at"))
            assert made <= changed, f"customer {row.id} was updated before it was made"


def test_a_page_has_its_most_rows_and_never_more(shop: Shop) -> None:
    most = shop.profile.wire["per_page_max"]["customers"]
    full = shop.customers({"per_page": most})
    with requirement("CUS-LIST-PER-PAGE-MAX"):
        assert full.per_page == most
        assert len(full.rows) == min(most, full.total)
    over = shop.list_customers({"per_page": most + 1})
    with requirement("CUS-LIST-PER-PAGE-MAX"):
        assert over.accepted or over.refused, over.excerpt
        if over.accepted:
            page = shop.customers_in(over)
            assert page.per_page <= most
            assert len(page.rows) <= most


def test_nonsense_pages_do_no_harm(shop: Shop, crowd: Crowd, pages: list[Page[Customer]]) -> None:
    most, first = shop.profile.wire["per_page_max"]["customers"], pages[0]
    sizes, numbers = ("0", "-1", "abc", ROWS), ("0", "-1", "abc", str(10**19))
    for size, number in zip(sizes, numbers, strict=True):
        what = f"per_page={size}, page={number}"
        answer = shop.list_customers({"search": crowd.name, "per_page": size, "page": number})
        with requirement("CUS-LIST-PER-PAGE-NONSENSE"):
            assert answer.accepted or answer.refused, f"{what}: {answer.excerpt}"
            if answer.accepted:
                page = shop.customers_in(answer)
                assert 1 <= page.per_page <= most, f"{what} gives {page.per_page}"
                assert not page.rows or 1 <= page.current_page <= page.last_page, what
                if page.current_page == 1:
                    assert len(page.rows) == min(page.per_page, page.total), what
                    assert page.ids[:ROWS] == first.ids[: len(page.ids)], what


def test_rows_are_what_the_details_say(shop: Shop, crowd: Crowd) -> None:
    rows = {row.id: row for row in crowd.plain.rows}
    again = crowd.again
    with requirement("CUS-LIST-REPEATABLE"):
        assert again.ids == list(rows)
        for row in again.rows:
            assert row.differences(rows[row.id]) == [], f"customer {row.id}"
    for one in (again.ids[1], again.ids[-1]):
        details, row = shop.customer(one), rows[one]
        with requirement("CUS-LIST-AGREES"):
            for name in ("email", "first_name", "last_name", "status"):
                assert row.text(name) == details.text(name), f"{name} of customer {one}"
            for name in ("created_at", "updated_at"):
                assert moment(row.raw[name]) == moment(details.raw[name]), f"{name} of {one}"
            assert shop.wire.record_figures(row) == shop.wire.record_figures(details)

"""What scenarios build before they look: shelves, crowds, address books.

All on the embedded store's rules, called as functions.
"""

from __future__ import annotations

from typing import Any

import pytest

from fluentcart_conformance.drivers.address_book import AddressBook, begin_books, fill_book
from fluentcart_conformance.drivers.core import Prerequisite
from fluentcart_conformance.drivers.crowd import FIRST_NAMES, SPENT, STATUSES, Crowd, gather_crowd
from fluentcart_conformance.drivers.orders import Line
from fluentcart_conformance.drivers.pair import make_pair
from fluentcart_conformance.drivers.records import Address, Customer
from fluentcart_conformance.drivers.shelf import fill_shelf

from .fake import real_shop

BOTH = pytest.mark.parametrize("profile", ["documented", "fluentcart-1.3"])


@BOTH
def test_a_shelf_holds_nine_orders_in_known_states(profile: str) -> None:
    shop = real_shop(profile)
    shelf = fill_shelf(shop)

    states = {
        name: (one.status, one.payment_status, one.subtotal, one.total_refund)
        for name, one in shelf.orders.items()
    }
    plain = states["plain"][0]
    assert states == {
        "plain": (plain, "pending", 1999, 0),
        "titled": (plain, "pending", 999, 0),
        "held": ("on-hold", "pending", 1004, 0),
        "busy": ("processing", "pending", 1004, 0),
        "off": ("canceled", "pending", 1003, 0),
        "paid": ("completed", "paid", 404, 0),
        "partly": ("completed", "partially_refunded", 404, 1),
        "back": ("completed", "refunded", 404, 404),
        "twin": (plain, "pending", 1999, 0),
    }
    assert len(shelf.ids) == 9
    assert shelf.where(lambda one: one.subtotal == 1999) == {
        shelf.orders["plain"].id, shelf.orders["twin"].id
    }  # fmt: skip
    titles = {name: shelf.orders[name].items[0].title for name in shelf.details}
    assert set(titles) == {"paid", "partly", "titled"}
    assert titles["titled"] == shelf.title != titles["paid"]
    assert len(set(titles.values())) == 2
    assert shelf.orders["titled"].items[0].quantity == 3
    assert {one.customer_id for one in shelf.orders.values()} == {shelf.customer.id}
    assert "Zoe" in shelf.customer.first_name
    assert "Quill" in shelf.customer.last_name
    assert "Lamp" in shelf.title


def test_a_shelf_is_found_by_the_customers_address() -> None:
    shop = real_shop()
    shelf = fill_shelf(shop)
    client: Any = shop.client

    assert set(shelf.page().ids) == shelf.ids
    assert client.sent[-1].more["query"] == {"search": shelf.customer.email, "per_page": 50}
    assert len(shelf.page({"per_page": 2, "page": 2}).rows) == 2


@BOTH
def test_a_crowd_has_one_name_and_five_members(profile: str) -> None:
    shop = real_shop(profile)
    crowd = gather_crowd(shop)

    assert [one.first_name for one in crowd.members] == list(FIRST_NAMES)
    assert {one.last_name for one in crowd.members} == {crowd.name}
    assert "crowd" in crowd.name
    assert crowd.name.endswith("z")
    assert tuple(shop.customer(one).status for one in crowd.ids) == STATUSES
    for one, name in zip(crowd.members, FIRST_NAMES, strict=True):
        assert f"{name.lower()}-" in one.email
    assert set(crowd.page(per_page=20).ids) == set(crowd.ids)
    first = [one.first_name for one in crowd.sorted_page("first_name", "asc").rows]
    assert first == sorted(FIRST_NAMES)
    client: Any = shop.client
    query = client.sent[-1].more["query"]
    assert (query["search"], query["per_page"]) == (crowd.name, 20)


def test_some_of_a_crowd_have_spent_what_is_said() -> None:
    shop = real_shop()
    crowd = gather_crowd(shop)

    assert tuple(crowd.spent[one] for one in crowd.ids) == SPENT
    for one in crowd.ids:
        assert shop.figures(one).total_spent == crowd.spent[one]
    assert crowd.spending(1001, 2502) == set(crowd.ids[1:3])
    assert crowd.spending(1002, 2501) == set()
    assert set(crowd.filtered(status="inactive").ids) == {crowd.ids[1], crowd.ids[4]}
    client: Any = shop.client
    assert client.sent[-1].more["query"] == {
        "search": crowd.name, "filters": {"status": "inactive"}, "per_page": 20
    }  # fmt: skip
    with pytest.raises(Prerequisite, match=r"^could not sort by nothing: "):
        _refusing(crowd).sorted_page("nothing", "asc")


def _refusing(crowd: Crowd) -> Crowd:
    return Crowd(crowd.shop.as_("none"), crowd.name, crowd.members, crowd.spent)


def test_nobody_has_spent_where_the_list_cannot_be_asked() -> None:
    crowd = gather_crowd(real_shop("fluentcart-1.3"))
    assert set(crowd.spent.values()) == {0}
    assert set(crowd.spent) == set(crowd.ids)


def book(*rows: Any, owner: int = 7) -> AddressBook:
    known = {row["id"]: Address(row) for row in rows}
    return AddressBook(real_shop(), Customer({"id": owner}), known)


def row(number: int, kind: str = "billing", primary: int = 0) -> dict[str, Any]:
    return {"id": number, "type": kind, "is_primary": primary}


def test_addresses_are_chosen_by_type_and_rank() -> None:
    known = book(row(9), row(3), row(5, primary=1), row(1, "shipping"), row(2, "shipping"))

    assert known.primary("billing") == [5]
    assert known.primary("shipping") == []
    assert (known.first("billing").id, known.first("shipping").id) == (5, 1)
    assert (known.spare("billing").id, known.spare("shipping").id) == (9, 2)
    with pytest.raises(Prerequisite, match=r"^customer 7 has no such address left$"):
        known.first("home")
    with pytest.raises(Prerequisite, match=r"^customer 7 has no such address left$"):
        book(row(1, primary=1)).spare("billing")


@BOTH
def test_a_book_is_filled_with_a_primary_of_each_type(profile: str) -> None:
    shop = real_shop(profile)
    filled = fill_book(shop, ("billing", "shipping", "billing"), "Elm St")

    streets = {one.text("address_1"): one for one in filled.known.values()}
    assert set(streets) == {"1 Elm St", "2 Elm St", "3 Elm St"}
    assert streets["2 Elm St"].type == "shipping"
    assert filled.primary("billing") == [streets["1 Elm St"].id]
    assert filled.primary("shipping") == [streets["2 Elm St"].id]
    assert filled.spare("billing").id == streets["3 Elm St"].id
    assert filled.owner.id == shop.customer(filled.owner.id).id


@BOTH
def test_what_moved_among_addresses_is_told(profile: str) -> None:
    shop = real_shop(profile)
    filled = fill_book(shop, ("billing", "billing"), "Elm St")
    first, second = sorted(filled.known)

    assert filled.moved() == []
    shop.update_address(filled.owner.id, filled.known[second], city="Rome", phone="1")
    assert filled.moved([second]) == []
    shop.update_address(filled.owner.id, filled.known[second], city="Oslo", phone="2")
    found = filled.moved((), ["phone"])
    assert f"address {second}: /city" in found
    assert not [one for one in found if "phone" in one or "updated_at" in one]
    made = shop.new_address(filled.owner, address_1="9 Elm St")
    assert filled.moved() == [f"address {made.id}"]
    shop.delete_address(filled.owner.id, made.id)
    assert filled.moved() == [f"address {made.id}"]
    assert filled.moved() == []
    assert sorted(filled.known) == [first, second]


@BOTH
def test_a_book_is_stocked_with_what_it_lacks(profile: str) -> None:
    shop = real_shop(profile)
    begun = begin_books(shop)
    listed = shop.wire.addresses(begun.listed.body)
    book = AddressBook(shop, begun.owner, {one.id: one for one in listed})
    assert shop.wire.addresses(begun.empty.body) == []
    assert sorted(one.type for one in listed) == ["billing", "shipping"]
    assert len(shop.wire.addresses(begun.listed_theirs.body)) == 1

    before = set(book.known)
    book.stocked(("billing", "shipping"), "Elm St")
    assert set(book.known) == before
    book.stocked(("billing", "billing", "shipping"), "Elm St")
    (new,) = set(book.known) - before
    assert (book.known[new].type, book.known[new].text("address_1")) == ("billing", "3 Elm St")
    assert book.spare("billing").id == new


@BOTH
def test_a_pair_is_a_plain_order_and_a_priced_one(profile: str) -> None:
    shop = real_shop(profile)
    home = shop.new_address(shop.regular)
    pair = make_pair(
        shop, shop.regular, [Line(shop.product(), 2)], {"billing_address_id": home.id}, "on-hold"
    )
    plain, priced = pair.plain, pair.priced
    assert shop.order_in(pair.answer).same_as(plain)
    assert plain.address("billing") is not None
    assert (plain.subtotal, plain.total_amount) == (priced.subtotal, plain.subtotal)
    assert priced.total_amount == priced.subtotal - 333 + 777 + 111
    assert priced.status == "on-hold"

"""Books of addresses and of writes: what a scenario enters, and what they tell at the end."""

from __future__ import annotations

from typing import Any

import pytest

from fluentcart_conformance.drivers.address_book import fill_book
from fluentcart_conformance.drivers.book import Book
from fluentcart_conformance.drivers.core import Prerequisite
from fluentcart_conformance.drivers.records import Order

from .fake import answer, bench


def data(**members: Any) -> dict[str, Any]:
    return {"success": True, "data": members}


def row(number: int, primary: int) -> dict[str, Any]:
    return {"id": number, "type": "shipping", "is_primary": primary}


MADE = [data(customer={"id": 7}), data(address={"id": 3}), data(address={"id": 4})]


def test_the_first_of_a_type_is_made_primary_where_it_is_not() -> None:
    wrong, right = ([row(3, one), row(4, 1 - one)] for one in (0, 1))
    made = bench("fluentcart-1.3", *[{"data": one["data"][name]} for one, name in zip(
        MADE, ("customer", "address", "address"), strict=True
    )], {"addresses": wrong}, {"message": "done"}, {"addresses": right})  # fmt: skip

    book = fill_book(made.shop, ("shipping", "shipping"), "Elm St")

    assert book.primary("shipping") == [3]
    write = made.client.sent[-2]
    assert (write.path, write.more["json"]) == (
        "/customers/7/address/make-primary", {"addressId": 3, "type": "shipping"}
    )  # fmt: skip
    refused = bench("documented", *MADE, data(addresses=wrong), (403, {}))
    with pytest.raises(Prerequisite, match=r"^could not make it primary: "):
        fill_book(refused.shop, ("shipping", "shipping"), "Elm St")


def test_a_primary_first_address_is_left_alone() -> None:
    made = bench("documented", *MADE, data(addresses=[row(3, 1), row(4, 0)]))

    fill_book(made.shop, ("shipping", "shipping"), "Elm St")

    assert [one.method for one in made.client.sent] == ["POST", "POST", "POST", "GET"]


def order(**members: Any) -> Order:
    return Order({"id": 5, "note": "", "status": "pending", "total": 1, **members})


def shown(**members: Any) -> dict[str, Any]:
    return {"order": {**order().raw, **members}}


def test_a_book_of_writes_tells_what_moved_without_being_named() -> None:
    made = bench("documented", shown(note="n", status="paid", total=2), shown(note="n", at=1))
    book = Book(made.shop, ("at",))

    assert book.wrote("update_order", answer({}), ["note"], ["total"])
    after = book.read(order())
    assert (after.text("note"), made.client.last.path) == ("n", "/orders/5")
    assert book.moved == {"update_order": ["/status"]}
    book.turn()
    assert not book.wrote("refund_order", answer({}, 422), ["note"])
    assert book.wrote("sync_statuses", answer({}), ["status"])
    book.read(order(note="n"))
    assert book.moved == {"update_order": ["/status"]}
    book.compare(order(), order(note="x", status="y"), "nothing")
    assert book.moved["refund_order and sync_statuses"] == ["/note"]
    book.compare(order(), order(note="x"), "note")
    assert book.moved["refund_order and sync_statuses"] == ["/note"]


def test_a_book_of_writes_tells_what_was_accepted_and_not_seen() -> None:
    book = Book(bench().shop, ())
    book.wrote("update_order", answer({}), ["note"])
    book.wrote("refund_order", answer({}, 422), ["total"])

    book.seen("update_order", True, "x")
    book.seen("refund_order", False, "x")
    book.seen("delete_order", False, "x")
    assert book.unseen == {}
    book.seen("update_order", False, "y" * 300)
    assert book.unseen == {"update_order": "then read: '" + "y" * 119}

"""The addresses of an order: assigned and edited (orders-api: Update Order Address ID, Address)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from fluentcart_conformance.scenarios import (
    ABSENT_ID,
    SIDE_EFFECTS,
    Address,
    Answer,
    Customer,
    Line,
    Order,
    Refusals,
    Shop,
    proves,
    requirement,
)

PLACE = ("address_1", "city", "state", "postcode", "country")
REFUSED = (
    ("missing_address", "ORD-ADDRESS-ID-MISSING"),
    ("unknown_address", "ORD-ADDRESS-ID-UNKNOWN"),
    ("foreign_address", "ORD-ADDRESS-ID-FOREIGN"),
    ("invalid_type", "ORD-ADDRESS-ID-BAD-TYPE"),
)
MOVED = {
    "address_1": "7 Brewer's Yard",
    "address_2": "Back door",
    "city": "Los Angeles",
    "state": "CA",
    "postcode": "90001",
    "country": "US",
}
NAMES = {
    "name": "Jane Roe",
    "first_name": "Jane",
    "last_name": "Roe",
    "full_name": "Jane Roe",
}
DATES = ("created_at", "updated_at")


@dataclass(frozen=True)
class Book:
    """A customer's address book."""

    home: Address
    office: Address
    parcels: Address


@pytest.fixture(scope="module")
def book(shop: Shop, customer: Customer, further: dict[str, Address]) -> Book:
    home = shop.new_address(customer, "billing", address_1="1 Home Street", city="Utica")
    return Book(home, further["billing"], further["shipping"])


@pytest.fixture(scope="module")
def made(shop: Shop, customer: Customer, chosen: dict[str, int], two_lines: list[Line]) -> Order:
    """An order with both addresses, whose addresses are worked on."""
    return shop.new_order(customer, [two_lines[0]], **chosen)


def _address(order: Order, kind: str) -> Address:
    found = order.address(kind)
    assert found is not None, f"order {order.id} has no {kind} address"
    return found


def _shows(order: Order, kind: str, wanted: Address) -> bool:
    shown = order.address(kind)
    if shown is None or shown.type != kind:
        return False
    return all(shown.text(name) == wanted.text(name) for name in PLACE)


def _kinds(order: Order) -> list[str]:
    """The types of the order's addresses, where the store lists them."""
    rows = order.raw.get("order_addresses") or []
    return sorted(str(row.get("type")) for row in rows)


def test_each_type_of_address_can_be_assigned(
    shop: Shop, customer: Customer, made: Order, book: Book
) -> None:
    billing = shop.use_address(made.id, book.office.id, "billing")
    shipping = shop.use_address(made.id, book.parcels.id, "shipping")
    both = shop.order(made.id)
    default = shop.use_address(made.id, book.home.id, None)
    # The customer moves; the order, whose billing address that is, does not.
    moving = shop.update_address(customer.id, book.home, address_1="5 New Street")
    last = shop.order(made.id)

    with requirement("ORD-ADDRESS-ID-ENDPOINT"):
        assert [one.status for one in (billing, shipping, default)] == [200, 200, 200]
    with requirement("ORD-ADDRESS-ID-TEXT"):
        assert billing.message.strip(), "the answer has no message"
    with requirement("ORD-ADDRESS-ID-BILLING"):
        assert _shows(both, "billing", book.office), both.raw.get("billing_address")
    with requirement("ORD-ADDRESS-ID-SHIPPING"):
        assert _shows(both, "shipping", book.parcels), both.raw.get("shipping_address")
    with requirement("ORD-ADDRESS-ID-DEFAULT"):
        shown = _address(last, "billing")
        assert shown.text("city") == book.home.text("city"), last.raw.get("billing_address")
    with requirement("ORD-ADDRESS-ID-OTHER-KEPT"):
        assert _shows(both, "billing", book.office), "the billing address after the shipping one"
        assert _shows(last, "shipping", book.parcels), "the shipping address after the default"
        assert _kinds(last) in ([], ["billing", "shipping"]), _kinds(last)
    with requirement("ORD-UNTOUCHED"):
        moved = last.differences(made, SIDE_EFFECTS)
        assert [one for one in moved if "address" not in one] == []
    shop.given(moving, "change an address of a customer")
    with requirement("ORD-ADDRESS-ID-COPY"):
        assert _shows(last, "billing", book.home), last.raw.get("billing_address")


def test_an_address_is_edited_as_a_whole_and_in_part(
    shop: Shop, customer: Customer, made: Order
) -> None:
    order = shop.order(made.id)
    shipping, billing = _address(order, "shipping"), _address(order, "billing")
    book = [one.raw for one in shop.addresses(customer.id)]

    answer = shop.update_order_address(order.id, shipping.id, **NAMES, **MOVED)

    with requirement("ORD-ADDRESS-EDIT-ENDPOINT"):
        assert answer.status == 200, answer
    with requirement("ORD-ADDRESS-EDIT-TEXT"):
        assert answer.message.strip(), "the answer has no message"
    with requirement("ORD-ADDRESS-EDIT-BODY"):
        assert answer.accepted, answer
    after = shop.order(order.id)
    shown = _address(after, "shipping")
    with requirement("ORD-ADDRESS-EDIT-READ-BACK"):
        assert {name: shown.text(name) for name in MOVED} == MOVED
        assert shown.text("name") == NAMES["name"]
        assert (shown.id, shown.type) == (shipping.id, "shipping")
    for place in (shown.raw, shown.raw.get("formatted_address") or {}):
        with requirement("ORD-ADDRESS-EDIT-READ-BACK"):
            known = {name: place[name] for name in NAMES if place.get(name)}
            assert known == {name: NAMES[name] for name in known}
    with requirement("ORD-ADDRESS-EDIT-UNTOUCHED"):
        assert _address(after, "billing").differences(billing, DATES) == []
    with requirement("ORD-UNTOUCHED"):
        moved = after.differences(order, SIDE_EFFECTS)
        assert [one for one in moved if "address" not in one] == []
    _keeps_what_is_left_out(shop, after)
    with requirement("ORD-ADDRESS-EDIT-CUSTOMER-KEPT"):
        assert [one.raw for one in shop.addresses(customer.id)] == book


def _keeps_what_is_left_out(shop: Shop, order: Order) -> None:
    before = _address(order, "billing")

    answer = shop.update_order_address(order.id, before.id, city="Syracuse")

    after = shop.order(order.id)
    with requirement("ORD-ADDRESS-EDIT-UNTOUCHED"):
        assert answer.accepted, answer
        shown = _address(after, "billing")
        assert shown.text("city") == "Syracuse"
        assert shown.differences(before, [*DATES, "city", "formatted_address"]) == []
        shipping = _address(after, "shipping")
        assert shipping.differences(_address(order, "shipping"), DATES) == []


@proves(*(requirement_id for _key, requirement_id in REFUSED))
def test_an_address_that_does_not_belong_is_refused(
    shop: Shop, chosen: dict[str, int], stranger: Address, open_order: Refusals[Order]
) -> None:
    own = chosen.get("billing_address_id", ABSENT_ID)
    sends: dict[str, Callable[[Order], Answer]] = {
        "missing_address": lambda order: shop.send(
            "update_order_address_id", order.id, json={"address_type": "billing"}
        ),
        "unknown_address": lambda order: shop.use_address(order.id, ABSENT_ID),
        "foreign_address": lambda order: shop.use_address(order.id, stranger.id),
        "invalid_type": lambda order: shop.use_address(order.id, own, "holiday"),
    }
    for key, requirement_id in REFUSED:
        open_order.must_refuse(
            requirement_id, send=sends[key], key=f"update_address_id.{key}", what=key
        )
    open_order.nothing_changed(*(requirement_id for _key, requirement_id in REFUSED))
    nowhere = shop.use_address(ABSENT_ID, own)
    with requirement("ORD-ADDRESS-ID-404"):
        assert nowhere.status in shop.refusal("update_address_id.order_not_found"), nowhere
    with requirement("ORD-ADDRESS-ID-404-TEXT"):
        assert nowhere.message.strip(), "the refusal gives no reason"


def test_an_address_is_reached_through_its_own_order_only(
    shop: Shop, open_order: Refusals[Order], canceled_order: Refusals[Order]
) -> None:
    other = canceled_order.stage
    foreign = _address(other, "billing").id
    members = {"city": "Nowhere"}
    mismatch = open_order.must_refuse(
        "ORD-ADDRESS-EDIT-MISMATCH-404",
        send=lambda order: shop.update_order_address(
            order.id, _address(order, "billing").id, order_id=other.id, **members
        ),
        key="order_address.mismatch",
    )
    with requirement("ORD-ADDRESS-EDIT-TEXT-404"):
        assert mismatch is None or mismatch.message.strip(), "the refusal gives no reason"
    open_order.must_refuse(
        "ORD-ADDRESS-EDIT-FOREIGN-404",
        send=lambda order: shop.update_order_address(order.id, foreign, **members),
        key="order_address.mismatch",
    )
    open_order.must_refuse(
        "ORD-ADDRESS-EDIT-NO-ORDER-ID",
        send=lambda order: shop.send(
            "update_order_address", order.id, _address(order, "billing").id, json=members
        ),
        key="order_address.missing_order",
    )
    open_order.must_refuse(
        "ORD-ADDRESS-EDIT-UNKNOWN",
        send=lambda order: shop.update_order_address(order.id, ABSENT_ID, **members),
        what="an unknown address",
    )
    open_order.must_refuse(
        "ORD-ADDRESS-EDIT-UNKNOWN",
        send=lambda order: shop.update_order_address(
            ABSENT_ID, _address(order, "billing").id, **members
        ),
        what="an unknown order",
    )
    open_order.nothing_changed("ORD-ADDRESS-EDIT-UNKNOWN")
    with requirement("ORD-ADDRESS-EDIT-MISMATCH-404", "ORD-ADDRESS-EDIT-FOREIGN-404"):
        again = shop.order(other.id)
        assert again.differences(other, SIDE_EFFECTS) == [], "the order that was named besides"

"""Giving an order an address of its customer (orders-api: Update Order Address ID)."""

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


@dataclass(frozen=True)
class Book:
    """A customer's address book."""

    home: Address
    office: Address
    parcels: Address


@pytest.fixture(scope="module")
def book(shop: Shop, customer: Customer, chosen: dict[str, int]) -> Book:
    """Beside the primary ones, which a store may take by itself."""
    made = Book(
        home=shop.new_address(customer, "billing", address_1="1 Home Street", city="Albany"),
        office=shop.new_address(customer, "billing", address_1="2 Office Park", city="Buffalo"),
        parcels=shop.new_address(customer, "shipping", address_1="3 Parcel Shop", city="Utica"),
    )
    assert not {made.home.id, made.office.id, made.parcels.id} & set(chosen.values())
    return made


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
    shop: Shop, customer: Customer, two_lines: list[Line], book: Book
) -> None:
    order = shop.new_order(customer, [two_lines[0]])

    billing = shop.use_address(order.id, book.office.id, "billing")
    one = shop.order(order.id)
    shipping = shop.use_address(order.id, book.parcels.id, "shipping")
    two = shop.order(order.id)
    default = shop.use_address(order.id, book.home.id, None)
    three = shop.order(order.id)

    with requirement("ORD-ADDRESS-ID-ENDPOINT"):
        assert [one.status for one in (billing, shipping, default)] == [200, 200, 200]
    with requirement("ORD-ADDRESS-ID-TEXT"):
        assert billing.message.strip(), "the answer has no message"
    with requirement("ORD-ADDRESS-ID-BILLING"):
        assert _shows(one, "billing", book.office), one.raw.get("billing_address")
    with requirement("ORD-ADDRESS-ID-SHIPPING"):
        assert _shows(two, "shipping", book.parcels), two.raw.get("shipping_address")
    with requirement("ORD-ADDRESS-ID-DEFAULT"):
        assert _shows(three, "billing", book.home), three.raw.get("billing_address")
    with requirement("ORD-ADDRESS-ID-OTHER-KEPT"):
        assert _shows(two, "billing", book.office), "the billing address after the shipping one"
        assert _shows(three, "shipping", book.parcels), "the shipping address after the default"
        assert _kinds(three) in ([], ["billing", "shipping"]), _kinds(three)
    with requirement("ORD-UNTOUCHED"):
        moved = three.differences(order, SIDE_EFFECTS)
        assert [one for one in moved if "address" not in one] == []
    _keeps_its_copy(shop, customer, order, book)


def _keeps_its_copy(shop: Shop, customer: Customer, order: Order, book: Book) -> None:
    """The customer moves; the order, whose billing address that was, does not."""
    shop.given(
        shop.update_address(customer.id, book.home, address_1="5 New Street"), "change an address"
    )

    with requirement("ORD-ADDRESS-ID-COPY"):
        shown = shop.order(order.id).address("billing")
        assert shown is not None
        assert shown.text("address_1") == "1 Home Street"


@proves(*(requirement_id for _key, requirement_id in REFUSED))
def test_an_address_that_does_not_belong_is_refused(
    shop: Shop, chosen: dict[str, int], open_order: Refusals[Order]
) -> None:
    foreign = shop.new_address(shop.new_customer(), address_1="13 Elsewhere Lane")
    own = chosen.get("billing_address_id", ABSENT_ID)
    sends: dict[str, Callable[[Order], Answer]] = {
        "missing_address": lambda order: shop.send(
            "update_order_address_id", order.id, json={"address_type": "billing"}
        ),
        "unknown_address": lambda order: shop.use_address(order.id, ABSENT_ID),
        "foreign_address": lambda order: shop.use_address(order.id, foreign.id),
        "invalid_type": lambda order: shop.use_address(order.id, own, "holiday"),
    }
    for key, requirement_id in REFUSED:
        open_order.must_refuse(
            requirement_id, send=sends[key], key=f"update_address_id.{key}", what=key
        )
    open_order.nothing_changed(*(requirement_id for _key, requirement_id in REFUSED))


def test_an_order_that_does_not_exist_gets_no_address(shop: Shop, chosen: dict[str, int]) -> None:
    answer = shop.use_address(ABSENT_ID, chosen.get("billing_address_id", ABSENT_ID))

    with requirement("ORD-ADDRESS-ID-404"):
        assert answer.status in shop.refusal("update_address_id.order_not_found"), answer
    with requirement("ORD-ADDRESS-ID-404-TEXT"):
        assert answer.message.strip(), "the refusal gives no reason"

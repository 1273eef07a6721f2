"""Giving an order an address of its customer (orders-api: Update Order Address ID)."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from fluentcart_conformance.scenarios import (
    ABSENT_ID,
    SIDE_EFFECTS,
    Address,
    Customer,
    Line,
    Order,
    Shop,
    requirement,
)

PLACE = ("address_1", "city", "state", "postcode", "country")


@dataclass(frozen=True)
class Book:
    """A customer's address book."""

    home: Address
    office: Address
    parcels: Address


@pytest.fixture(scope="module")
def book(shop: Shop, customer: Customer) -> Book:
    # The first address of a kind is the primary one, which a store may take by itself.
    shop.new_address(customer, "shipping", address_1="0 First Street", city="Yonkers")
    return Book(
        home=shop.new_address(customer, "billing", address_1="1 Home Street", city="Albany"),
        office=shop.new_address(customer, "billing", address_1="2 Office Park", city="Buffalo"),
        parcels=shop.new_address(customer, "shipping", address_1="3 Parcel Shop", city="Utica"),
    )


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


def test_an_order_keeps_its_copy_of_an_address(
    shop: Shop, customer: Customer, two_lines: list[Line]
) -> None:
    moving = shop.new_address(customer, address_1="4 Old Street")
    order = shop.new_order(customer, [two_lines[0]])
    shop.given(shop.use_address(order.id, moving.id), "give an order an address")

    shop.given(
        shop.update_address(customer.id, moving, address_1="5 New Street"), "change an address"
    )

    with requirement("ORD-ADDRESS-ID-COPY"):
        shown = shop.order(order.id).address("billing")
        assert shown is not None
        assert shown.text("address_1") == "4 Old Street"


def test_an_address_that_does_not_belong_is_refused(
    shop: Shop, customer: Customer, two_lines: list[Line], book: Book
) -> None:
    foreign = shop.new_address(shop.new_customer(), address_1="13 Elsewhere Lane")
    made = shop.new_order(customer, [two_lines[0]])
    shop.given(shop.use_address(made.id, book.office.id), "give an order an address")
    order = shop.order(made.id)

    answers = {
        "missing_address": shop.send(
            "update_order_address_id", order.id, json={"address_type": "billing"}
        ),
        "unknown_address": shop.use_address(order.id, ABSENT_ID),
        "foreign_address": shop.use_address(order.id, foreign.id),
        "invalid_type": shop.use_address(order.id, book.home.id, "holiday"),
    }

    after = shop.order(order.id)
    same = after.differences(order, SIDE_EFFECTS)
    for key, requirement_id in (
        ("missing_address", "ORD-ADDRESS-ID-MISSING"),
        ("unknown_address", "ORD-ADDRESS-ID-UNKNOWN"),
        ("foreign_address", "ORD-ADDRESS-ID-FOREIGN"),
        ("invalid_type", "ORD-ADDRESS-ID-BAD-TYPE"),
    ):
        with requirement(requirement_id):
            allowed = shop.refusal(f"update_address_id.{key}")
            assert answers[key].status in allowed, f"{key}: {answers[key]}"
            assert same == []


def test_an_order_that_does_not_exist_gets_no_address(shop: Shop, book: Book) -> None:
    answer = shop.use_address(ABSENT_ID, book.home.id)

    with requirement("ORD-ADDRESS-ID-404"):
        assert answer.status in shop.refusal("update_address_id.order_not_found"), answer
    with requirement("ORD-ADDRESS-ID-404-TEXT"):
        assert answer.message.strip(), "the refusal gives no reason"

"""Arrangements that several areas share: read them, do not change what they hold."""

from __future__ import annotations

import pytest

from fluentcart_conformance.scenarios import (
    Customer,
    Line,
    Order,
    Prerequisite,
    Product,
    Refusals,
    Scene,
    Shop,
    Watched,
    refusals_of_everything,
    refusals_on_an_order,
)
from fluentcart_conformance.target.preflight import TargetReport


@pytest.fixture(scope="session")
def customer(shop: Shop) -> Customer:
    """The regular customer: whoever does not care who buys has them buy."""
    return shop.regular


@pytest.fixture(scope="session")
def chosen(shop: Shop, customer: Customer) -> dict[str, int]:
    """The members that give an order a billing and a shipping address of the customer.

    A store that refuses one is told so by the scenarios of addresses: orders do without it.
    """
    answers = {
        kind: shop.create_address(customer, kind, address_1=f"1 {kind} Road")
        for kind in ("billing", "shipping")
    }
    return {
        f"{kind}_address_id": shop.address_in(answer).id
        for kind, answer in answers.items()
        if answer.accepted
    }


@pytest.fixture(scope="session")
def two_products(shop: Shop) -> tuple[Product, Product]:
    """Two products, different ones where the target has them: a digital one, then a physical."""
    by_kind = sorted(shop.products, key=lambda one: one.fulfillment_type != "digital")
    first = by_kind[0] if by_kind else shop.product()
    others = sorted(by_kind[1:], key=lambda one: one.fulfillment_type != "physical")
    return first, others[0] if others else first


@pytest.fixture(scope="session")
def two_lines(two_products: tuple[Product, Product]) -> list[Line]:
    """Two lines with odd amounts: three of one thing, one of another."""
    first, second = two_products
    return [
        Line(first, quantity=3, unit_price=first.unit_price + 133, title="Three of a kind"),
        Line(second, unit_price=second.unit_price + 67, title="One of another"),
    ]


@pytest.fixture(scope="session")
def refused(shop: Shop, target: TargetReport) -> Refusals[Scene]:
    """The group for requests of any operation that must be refused: all on one stage."""
    return refusals_of_everything(shop, next(iter(target.shipping_methods), None))


@pytest.fixture(scope="session")
def neighbour(shop: Shop, customer: Customer, two_lines: list[Line]) -> Watched:
    """An order of the customer that nobody changes: others beside it are worked on.

    It is paid where the store takes payments; what it must be like otherwise is told elsewhere.
    """
    try:
        order = shop.paid_order(customer, two_lines)
    except Prerequisite:
        order = shop.new_order(customer, two_lines)
    return Watched(shop, order)


@pytest.fixture(scope="session")
def open_order(
    shop: Shop, customer: Customer, chosen: dict[str, int], two_lines: list[Line]
) -> Refusals[Order]:
    """An unpaid order on hold with two lines and both addresses, for what must be refused."""
    more = {"note": "Leave me alone", "status": "on-hold", **chosen}
    return refusals_on_an_order(shop, lambda: shop.new_order(customer, two_lines, **more))


@pytest.fixture(scope="session")
def paid_order(shop: Shop, customer: Customer, two_lines: list[Line]) -> Refusals[Order]:
    """A paid order, for what must be refused."""
    return refusals_on_an_order(shop, lambda: shop.paid_order(customer, two_lines))


@pytest.fixture(scope="session")
def canceled_order(
    shop: Shop, customer: Customer, chosen: dict[str, int], two_lines: list[Line]
) -> Refusals[Order]:
    """An unpaid order that was completed and then canceled, for what must be refused."""

    def canceled() -> Order:
        order_id = shop.announced(shop.create_order(customer, two_lines, **chosen))
        for status in ("completed", "canceled"):
            shop.given(shop.change_status(order_id, status), f"bring an order to {status}")
        return shop.order(order_id)

    return refusals_on_an_order(shop, canceled)


@pytest.fixture(scope="session")
def plain_customer(shop: Shop) -> Refusals[Customer]:
    """A customer who has bought nothing, for what must be refused."""
    return Refusals(
        shop,
        arrange=lambda: shop.customer(
            shop.new_customer(
                email=f"{shop.fresh('Stay')}@example.com",
                first_name="Stay",
                last_name="Put",
                phone="+3000",
            ).id
        ),
        look=lambda one: {"the customer": shop.customer(one.id)},
        known=lambda one: {"the customer": one},
        apart_from={"updated_at"},
    )

"""Arrangements that several areas share: read them, do not change what they hold."""

from __future__ import annotations

import pytest

from fluentcart_conformance.scenarios import Customer, Line, Product, Shop


@pytest.fixture(scope="module")
def customer(shop: Shop) -> Customer:
    """A customer of this run, shared by the scenarios of one file."""
    return shop.new_customer()


@pytest.fixture(scope="session")
def two_products(shop: Shop) -> tuple[Product, Product]:
    """Two products, different ones where the target has them, the first digital if there is one."""
    by_kind = sorted(shop.products, key=lambda one: one.fulfillment_type != "digital")
    first = by_kind[0] if by_kind else shop.product()
    return first, by_kind[1] if len(by_kind) > 1 else first


@pytest.fixture(scope="session")
def two_lines(two_products: tuple[Product, Product]) -> list[Line]:
    """Two lines with odd amounts: three of one thing, one of another."""
    first, second = two_products
    return [
        Line(first, quantity=3, unit_price=first.unit_price + 133, title="Three of a kind"),
        Line(second, unit_price=second.unit_price + 67, title="One of another"),
    ]

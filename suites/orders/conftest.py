"""Orders and refusals that several scenarios of the area share: read them, change nothing."""

from __future__ import annotations

import pytest

from fluentcart_conformance.drivers.pair import OrderPair, make_pair
from fluentcart_conformance.scenarios import Address, Customer, Line, Refusals, Shop


@pytest.fixture(scope="session")
def sent_status(shop: Shop) -> str:
    """An order status that a create may ask for."""
    return "processing" if shop.profile.wire["order_create_status"] == "as_sent" else "on-hold"


@pytest.fixture(scope="session")
def pair(
    shop: Shop,
    customer: Customer,
    chosen: dict[str, int],
    two_lines: list[Line],
    sent_status: str,
) -> OrderPair:
    """Two orders of the customer: a plain one with both addresses, and a priced one."""
    return make_pair(shop, customer, two_lines, chosen, sent_status)


@pytest.fixture(scope="session")
def further(shop: Shop, customer: Customer, chosen: dict[str, int]) -> dict[str, Address]:
    """A billing and a shipping address of the customer beside the primary ones.

    A store may take the primary ones by itself.
    """
    made = {
        "billing": shop.new_address(customer, "billing", address_1="2 Office Park", city="Albany"),
        "shipping": shop.new_address(customer, "shipping", address_1="3 Depot", city="Buffalo"),
    }
    assert not {one.id for one in made.values()} & set(chosen.values()), "not a further one"
    return made


@pytest.fixture(scope="session")
def stranger(shop: Shop) -> Address:
    """The address of a customer who has nothing to do with the others."""
    return shop.new_address(shop.new_customer(), address_1="13 Elsewhere Lane")


@pytest.fixture(scope="session")
def creations(shop: Shop) -> Refusals[Customer]:
    """Creates that must be refused and leave their customer without an order."""

    def look(buyer: Customer) -> dict[str, list[int]]:
        rows = shop.orders({"search": buyer.email}).rows
        return {
            "orders of the customer": [one.id for one in shop.orders_of(buyer.id)],
            "orders in the list": [one.id for one in rows if one.customer_id == buyer.id],
        }

    nothing: dict[str, list[int]] = {"orders of the customer": [], "orders in the list": []}
    return Refusals(shop, shop.new_customer, look, known=lambda _: nothing)

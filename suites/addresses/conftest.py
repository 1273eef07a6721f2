"""The addresses that the scenarios look at."""

from __future__ import annotations

import pytest

from fluentcart_conformance.drivers.address_book import AddressBook, fill_book
from fluentcart_conformance.scenarios import Shop


@pytest.fixture(scope="module")
def book(shop: Shop) -> AddressBook:
    """Two billing and two shipping addresses of a customer."""
    return fill_book(shop, ("billing", "billing", "shipping", "shipping"), "Own Street")


@pytest.fixture(scope="module")
def other(shop: Shop) -> AddressBook:
    """A billing and a shipping address of somebody else."""
    return fill_book(shop, ("billing", "shipping"), "Other Street")

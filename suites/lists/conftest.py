"""The orders that every list scenario looks at: one customer's, in known states."""

from __future__ import annotations

import pytest

from fluentcart_conformance.drivers.shelf import Shelf, fill_shelf
from fluentcart_conformance.scenarios import Shop


@pytest.fixture(scope="session")
def shelf(shop: Shop) -> Shelf:
    """Nine orders of one customer."""
    return fill_shelf(shop)

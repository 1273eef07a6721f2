"""The customers that several scenarios look at."""

from __future__ import annotations

import pytest

from fluentcart_conformance.drivers.crowd import Crowd, Pair, gather_crowd, jon_and_eva
from fluentcart_conformance.scenarios import Shop


@pytest.fixture(scope="session")
def crowd(shop: Shop) -> Crowd:
    """Five customers who bear one name."""
    return gather_crowd(shop)


@pytest.fixture(scope="session")
def pair(shop: Shop) -> Pair:
    """Two customers, one of whom is changed."""
    return jon_and_eva(shop)

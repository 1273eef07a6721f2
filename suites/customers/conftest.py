"""The customers that the scenarios of the list look at."""

from __future__ import annotations

import pytest

from fluentcart_conformance.drivers.crowd import Crowd, gather_crowd
from fluentcart_conformance.scenarios import Shop


@pytest.fixture(scope="session")
def crowd(shop: Shop) -> Crowd:
    """Five customers who bear one name."""
    return gather_crowd(shop)

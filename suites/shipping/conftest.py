"""Shipping methods of the run's own, in a country where nobody's checkout can meet them."""

from __future__ import annotations

import pytest

from fluentcart_conformance.drivers.setup import ShippingMethod
from fluentcart_conformance.scenarios import Shop


@pytest.fixture(scope="session")
def methods(shop: Shop) -> dict[str, ShippingMethod]:
    """Of Antarctica: 7.07 and 4.15 an order, 3.33 in state 81 only, and one switched off."""
    wanted = {
        "dear": ShippingMethod(shop.fresh("dear"), 707),
        "cheap": ShippingMethod(shop.fresh("cheap"), 415),
        "of state": ShippingMethod(shop.fresh("state"), 333, states=("81",)),
        "off": ShippingMethod(shop.fresh("off"), 222, enabled=False),
    }
    made = shop.new_shipping("AQ", list(wanted.values()))
    return dict(zip(wanted, made, strict=True))

"""The stage on which requests are tried that a store must refuse."""

from __future__ import annotations

import pytest

from fluentcart_conformance.drivers.trial import Trial, begin
from fluentcart_conformance.scenarios import Shop
from fluentcart_conformance.target.preflight import TargetReport


@pytest.fixture
def trial(shop: Shop, target: TargetReport) -> Trial:
    """A stage for one scenario whose requests may be carried out; nobody looks for changes."""
    return begin(shop, next(iter(target.shipping_methods), None), look=False)


@pytest.fixture(scope="module")
def shared(shop: Shop, target: TargetReport) -> Trial:
    """A stage for all scenarios of a file whose requests must all be refused."""
    return begin(shop, next(iter(target.shipping_methods), None))

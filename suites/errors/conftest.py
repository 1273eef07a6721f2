"""The stage on which requests are tried that a store must refuse."""

from __future__ import annotations

import pytest

from fluentcart_conformance.drivers.trial import Trial, begin
from fluentcart_conformance.scenarios import Shop
from fluentcart_conformance.target.preflight import TargetReport


@pytest.fixture
def trial(shop: Shop, target: TargetReport) -> Trial:
    """A stage for one scenario, with a shipping method where the target has one."""
    return begin(shop, next(iter(target.shipping_methods), None))

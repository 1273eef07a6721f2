"""Random walks through a shop, compared with a simple picture of it after every step.

Sources: orders-api (all of it), customers-api (Customers, Addresses, Bulk Actions).
"""

from __future__ import annotations

from fluentcart_conformance.plugin.fuzzing import Fuzzer


def test_the_shop_stays_in_step_with_its_picture(fuzzer: Fuzzer) -> None:
    fuzzer.model()

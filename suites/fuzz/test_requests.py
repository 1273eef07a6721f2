"""Generated requests to every operation, valid and not, one scenario each.

Schemathesis generates from the strict contract; ids come from objects of this run. Sources: every
page, above all orders-api (Error Responses) and customers-api (Error Handling).
"""

from __future__ import annotations

import pytest

from fluentcart_conformance.drivers.routes import ROUTES
from fluentcart_conformance.plugin.fuzzing import Fuzzer


@pytest.mark.parametrize("operation", ROUTES)
def test_generated_requests_are_answered_rightly(fuzzer: Fuzzer, operation: str) -> None:
    fuzzer.requests(operation)

"""What the fuzzing scenarios stand on."""

from __future__ import annotations

import pytest

from fluentcart_conformance.plugin.context import Workbench
from fluentcart_conformance.plugin.fuzzing import Fuzzer


@pytest.fixture(scope="session")
def fuzzer(workbench: Workbench) -> Fuzzer:
    """Fuzzes the target within the budget of the run."""
    return Fuzzer(workbench)

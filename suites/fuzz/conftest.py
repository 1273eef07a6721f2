"""What the fuzzing scenarios stand on."""

from __future__ import annotations

from pathlib import Path

import pytest

from fluentcart_conformance.plugin.context import Workbench
from fluentcart_conformance.plugin.fuzzing import Fuzzer


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Saved walks are replayed only when a run names them."""
    wanted = config.getoption("fcc_walk", None)
    return True if collection_path.name == "test_walks.py" and not wanted else None


@pytest.fixture(scope="session")
def fuzzer(workbench: Workbench) -> Fuzzer:
    """Fuzzes the target within the budget of the run."""
    return Fuzzer(workbench)

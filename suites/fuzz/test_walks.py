"""Walks that ended in a difference, saved by an earlier run: `pytest suites --walk FILE`.

Without --walk there is nothing to collect here (see conftest).
"""

from __future__ import annotations

from pathlib import Path

import pytest

from fluentcart_conformance.fuzz.model.walk import SavedWalk, load_walk
from fluentcart_conformance.plugin.fuzzing import Fuzzer


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    paths = [Path(one) for one in metafunc.config.getoption("fcc_walk") or ()]
    walks = [load_walk(path) for path in paths]
    metafunc.parametrize("walk", walks, ids=[one.name for one in walks])


def test_a_saved_walk_ends_in_agreement(fuzzer: Fuzzer, walk: SavedWalk) -> None:
    fuzzer.replay(walk)

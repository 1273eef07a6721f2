"""How scenarios are dealt out to workers: whole files, in the order of the scenarios."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from xdist.scheduler import LoadScopeScheduling
from xdist.workermanage import WorkerController


class InOrder(LoadScopeScheduling):  # type: ignore[misc]  # xdist has no types
    """Deals out files one after the other; xdist would begin with those that hold most scenarios.

    A file with scenarios in two places, since some of them are `late`, is dealt out in two parts.
    """

    def __init__(self, config: pytest.Config, log: object = None) -> None:
        super().__init__(config, log)
        config.option.loadscopereorder = False
        self._parts: dict[str, str] = {}

    def add_node_collection(self, node: WorkerController, collection: Sequence[str]) -> None:
        """Take in what a worker has collected; every worker collects the same."""
        self._parts = parts_of(collection)
        super().add_node_collection(node, collection)

    def _split_scope(self, nodeid: str) -> str:
        return self._parts[nodeid]


def parts_of(collection: Sequence[str]) -> dict[str, str]:
    """The part that each scenario belongs to: a file, or a stretch of it."""
    found: dict[str, str] = {}
    last, stretch = "", 0
    for nodeid in collection:
        file = nodeid.partition("::")[0]
        stretch += file != last
        last = file
        found[nodeid] = f"{file}@{stretch}"
    return found

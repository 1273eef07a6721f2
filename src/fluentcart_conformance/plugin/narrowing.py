"""Which scenarios of the suites a run leaves out, beside areas and keyword."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fluentcart_conformance.paths import suites_dir

from .shards import Shard, weigh

_DIGITS = 16


@dataclass(frozen=True)
class Since:
    """What an earlier run settled.

    `settled` are scenarios that need not run again, `still_open` requirements whose scenarios
    must, `files` the fingerprints of the files of scenarios then.
    """

    run: str
    settled: frozenset[str]
    still_open: frozenset[str]
    files: Mapping[str, str]

    def settles(self, scenario: str, promised: Iterable[str]) -> bool:
        """Whether the scenario would tell nothing new."""
        file = scenario.split("::", maxsplit=1)[0]
        return (
            scenario in self.settled
            and self.still_open.isdisjoint(promised)
            and self.files.get(file) == fingerprint(file)
        )


@dataclass(frozen=True)
class Narrowing:
    """How a run is narrowed; nothing given means the whole run.

    `seconds` are past durations by scenario, to balance shards. `finished` are scenarios of a run
    that this one resumes. `fail_fast` ends the run at the first broken MUST.
    """

    shard: Shard | None = None
    seconds: Mapping[str, float] = field(default_factory=dict)
    since: Since | None = None
    finished: frozenset[str] = frozenset()
    resumes: Path | None = None
    fail_fast: bool = False

    def keep(self, scenarios: Mapping[str, Iterable[str]]) -> set[str]:
        """The ids to run, of all that areas and keyword leave; each with what it promises."""
        kept = {
            name
            for name, promised in scenarios.items()
            if name not in self.finished and not (self.since and self.since.settles(name, promised))
        }
        if self.shard is None:
            return kept
        # Weighed before anything is left out, so that a resumed shard is the same shard.
        weights = weigh((_file(name) for name in scenarios), self.seconds)
        mine = self.shard.files(weights)
        return {name for name in kept if _file(name) in mine}

    def selection(self) -> dict[str, Any]:
        """Its part of the header's `selection`."""
        found: dict[str, Any] = {}
        if self.shard:
            found["shard"] = str(self.shard)
        if self.since:
            found["since"] = {"run": self.since.run, "open": sorted(self.since.still_open)}
        return found


def _file(scenario: str) -> str:
    return scenario.split("::", maxsplit=1)[0]


def fingerprint(file: str) -> str:
    """A short hash over a file of scenarios and the conftests above it; "" when it is gone."""
    root = suites_dir()
    path = root / file
    if not path.is_file():
        return ""
    total = hashlib.sha256(path.read_bytes())
    for folder in path.relative_to(root).parents:
        conftest = root / folder / "conftest.py"
        if conftest.is_file():
            total.update(conftest.read_bytes())
    return total.hexdigest()[:_DIGITS]


def fingerprints() -> dict[str, str]:
    """Every file of scenarios with its fingerprint."""
    root = suites_dir()
    names = (path.relative_to(root).as_posix() for path in root.rglob("test_*.py"))
    return {name: fingerprint(name) for name in sorted(names)}

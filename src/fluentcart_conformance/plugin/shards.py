"""A run in parts: which files of scenarios belong to which shard."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import median

_SHARD = re.compile(r"^(\d{1,4})/(\d{1,4})$")


@dataclass(frozen=True)
class Shard:
    """Part `index` (counted from 1) of `count`."""

    index: int
    count: int

    def __str__(self) -> str:
        return f"{self.index}/{self.count}"

    @classmethod
    def parse(cls, text: str) -> Shard:
        """`2/3` is the second of three. Raises ValueError with a sentence."""
        match = _SHARD.match(text.strip())
        if match is None:
            raise ValueError(f"{text!r} is no shard; write i/n, for example 2/3")
        index, count = int(match[1]), int(match[2])
        if not 1 <= index <= count:
            raise ValueError(f"{text!r} is no shard: the first number goes from 1 to the second")
        return cls(index, count)

    def files(self, weights: Mapping[str, float]) -> frozenset[str]:
        """The files of this shard; every machine that has the same weights comes to the same."""
        return frozenset(split(weights, self.count)[self.index - 1])


def split(weights: Mapping[str, float], count: int) -> list[list[str]]:
    """Deal files out to `count` shards, the heaviest first, each to the lightest shard so far."""
    shards: list[list[str]] = [[] for _ in range(count)]
    loads = [0.0] * count
    for file, weight in sorted(weights.items(), key=lambda pair: (-pair[1], pair[0])):
        lightest = min(range(count), key=lambda number: (loads[number], number))
        shards[lightest].append(file)
        loads[lightest] += weight
    return shards


def weigh(files: Iterable[str], seconds: Mapping[str, float]) -> dict[str, float]:
    """The weight of each file: its past seconds by scenario id, else a usual scenario's.

    `files` names a file once for each of its scenarios.
    """
    past: dict[str, float] = {}
    for scenario, took in seconds.items():
        file = scenario.split("::", maxsplit=1)[0]
        past[file] = past.get(file, 0.0) + took
    usual = median(seconds.values()) if seconds else 1.0
    counts: dict[str, int] = {}
    for file in files:
        counts[file] = counts.get(file, 0) + 1
    return {file: past.get(file, number * usual) for file, number in counts.items()}

"""Runs mutmut over the judge, the verdict and the drivers, and prints the score of each room.

`python -P tests/mutants.py` tries every mutant, `--sample 300 --seed 5` that many of each room
(`-P` keeps this folder off the path, where the mutants' own copy of the tests belongs).
Results are kept in `mutants/`: a run that was cut short goes on where it stopped.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter, defaultdict
from importlib import import_module
from pathlib import Path
from typing import Any

FLOORS = {"contract": 90.0, "verdict": 85.0, "drivers": 80.0}
"""The least score of each room, in percent of all mutants, equivalent ones included."""
_SURVIVED = frozenset({0, 33, 34})
"""Exit codes of mutmut for: all tests passed, no test touches it, skipped."""


def room_of(name: str) -> str:
    """`fluentcart_conformance.contract.judge.x_f__mutmut_1` -> `contract`."""
    return name.split(".")[1]


def chosen(names: list[str], count: int, seed: int) -> set[str]:
    """`count` names of each room; the same ones for the same seed and sources."""
    rooms: dict[str, list[str]] = defaultdict(list)
    for name in sorted(names):
        rooms[room_of(name)].append(name)
    found: set[str] = set()
    for room, ones in rooms.items():
        dice = random.Random(f"{seed} {room}")  # noqa: S311 - a sample, not a secret
        found.update(dice.sample(ones, min(count, len(ones))))
    return found


def outcomes(folder: Path) -> dict[str, Counter[str]]:
    """How many mutants of each room were killed, survived, or are still to be tried."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for path in folder.rglob("*.meta"):
        for name, code in json.loads(path.read_bytes())["exit_code_by_key"].items():
            word = "untried" if code is None else "survived" if code in _SURVIVED else "killed"
            found[room_of(name)][word] += 1
    return dict(found)


def score(counts: Counter[str]) -> float:
    """Killed ones in percent of those that were tried."""
    tried = counts["killed"] + counts["survived"]
    return 100 * counts["killed"] / tried if tried else 0.0


def main() -> int:
    """Run, print the table, and end with 1 where a room is below its floor."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=int, help="mutants of each room (default: all)")
    parser.add_argument("--seed", type=int, default=5, help="chooses the sample")
    parser.add_argument("--jobs", type=int, default=2)
    wish = parser.parse_args()
    runner: Any = import_module("mutmut.__main__")
    every = runner.collect_source_file_mutation_data

    def some(**given: Any) -> Any:
        mutants, files = every(**given)
        names = chosen([name for _, name, _ in mutants], wish.sample, wish.seed)
        return [one for one in mutants if one[1] in names], files

    if wish.sample:
        runner.collect_source_file_mutation_data = some
    runner._run((), wish.jobs)
    found = outcomes(Path("mutants"))
    for room, counts in sorted(found.items()):
        words = ", ".join(f"{counts[word]} {word}" for word in ("killed", "survived", "untried"))
        sys.stdout.write(f"{room:10} {score(counts):5.1f} %  ({words})\n")
    return int(any(score(found.get(room, Counter())) < least for room, least in FLOORS.items()))


if __name__ == "__main__":
    raise SystemExit(main())

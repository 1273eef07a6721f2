"""`python -m benchmarks [PART...] [--json FILE]`: measure, print the table, write JSON."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from collections.abc import Callable
from pathlib import Path

from . import embedded, fuzzing, growth, har, judging, record_share, start, suites, waiting
from .figures import Figure, table

PARTS: dict[str, Callable[[], list[Figure]]] = {
    "suites": suites.measure,
    "slow": waiting.measure_slow,
    "far": waiting.measure_far,
    "real": waiting.measure_real,
    "whole": suites.measure_whole,
    "judging": judging.measure,
    "har": har.measure,
    "fuzzing": fuzzing.measure,
    "start": start.measure,
    "embedded": embedded.measure,
    "record": record_share.measure,
    "growth": growth.measure,
}


def keep(figures: list[Figure], path: Path) -> None:
    """Write the figures so far as JSON, with the machine they are of."""
    path.parent.mkdir(parents=True, exist_ok=True)
    data = {
        "python": platform.python_version(),
        "machine": platform.machine(),
        "cores": os.cpu_count(),
        "load": os.getloadavg()[0],
        "figures": [one.as_json() for one in figures],
    }
    path.write_text(json.dumps(data, indent=2) + "\n", "utf-8")


def main() -> int:
    """Exit 0 whatever was missed: figures are read by people, and never fail a build."""
    parser = argparse.ArgumentParser(prog="benchmarks")
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="all without any")
    parser.add_argument("--json", type=Path, default=Path("reports/bench.json"))
    arguments = parser.parse_args()
    figures: list[Figure] = []
    for name in arguments.parts or PARTS:
        print(f"measuring {name}", file=sys.stderr, flush=True)
        try:
            figures += PARTS[name]()
        except (SystemExit, ImportError) as problem:
            print(f"{name}: {problem}", file=sys.stderr)
        # It takes a quarter of an hour; what is cut short keeps what it knew.
        keep(figures, arguments.json)
    print(table(figures))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

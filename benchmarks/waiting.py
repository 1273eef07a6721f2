"""Which share of a run is waiting for the store: far away, at hand, and a real one."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from .figures import Figure
from .processes import credentials, events, store
from .suites import run_scenarios

WORKERS = 2
WRITES = ("--allow-writes", "--allow-destructive")


def measure_slow(delay_ms: float = 24.0) -> list[Figure]:
    """Two workers against a store that takes its time."""
    with store(delay_ms=delay_ms) as announced:
        return _share(f"answers of {delay_ms:.0f} ms", credentials(announced))


def measure_far() -> list[Figure]:
    """Two workers against a store that is far away."""
    return measure_slow(200.0)


def measure_real() -> list[Figure]:
    """Two workers against the store that the environment names; it is written to."""
    given = {name: one for name, one in os.environ.items() if name.startswith("FLUENTCART_")}
    if "FLUENTCART_BASE_URL" not in given:
        raise SystemExit("no real store: set FLUENTCART_BASE_URL, FLUENTCART_USER and so on")
    return _share("a real store", given, *WRITES)


def _share(where: str, env: Mapping[str, str], *more: str) -> list[Figure]:
    words = ("--workers", str(WORKERS), *more)
    with tempfile.TemporaryDirectory() as name:
        used = run_scenarios(Path(name), *words, env=dict(env))
        found = list(events(Path(name) / "run.jsonl"))
    sent = [one["ms"] / 1000 for one in found if one["type"] == "exchange"]
    cleanup = next(one for one in found if one["type"] == "cleanup")
    verdict = found[-1]["verdict"]
    waited = sum(sent) + cleanup["ms"] / 1000
    requests = len(sent) + cleanup["requests"]
    command = f"fluentcart-conformance run --fuzz-requests 0 {' '.join(words)}"
    return [
        Figure(
            f"suites, {where}, {WORKERS} workers: share of waiting",
            waited / (WORKERS * verdict["seconds"]),
            "",
            0.85,
            at_most=False,
            command=command,
            note=f"{waited:.0f} s of {WORKERS} x {verdict['seconds']:.0f} s, from the header of "
            f"the record to the verdict; {1000 * waited / requests:.0f} ms an answer",
        ),
        Figure(
            f"suites, {where}, {WORKERS} workers: wall",
            used.wall,
            "s",
            command=command,
            note=f"{len(sent)} requests for {verdict['economy']['proved']} requirements, "
            f"{cleanup['requests']} to clean up",
        ),
    ]

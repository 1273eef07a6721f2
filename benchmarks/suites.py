"""The scenario suites on the embedded store beside a bare replay; the whole default run."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from .figures import Figure
from .processes import MIB, TOOL, Used, events, spawn

SCENARIOS = ("run", "--workers", "1", "--fuzz-requests", "0")
SHOWN = "fluentcart-conformance run --workers 1 --fuzz-requests 0"


def run_scenarios(folder: Path, *more: str, env: dict[str, str] | None = None) -> Used:
    """One run; raises when it has no verdict."""
    used = spawn(*TOOL, *SCENARIOS, *more, "--reports", str(folder), env=env)
    if used.code not in (0, 1):
        raise SystemExit(f"the run ended with {used.code}: {used.output[-500:]}")
    return used


def verdict_of(folder: Path) -> dict[str, Any]:
    """The footer's verdict."""
    found: dict[str, Any] = list(events(folder / "run.jsonl"))[-1]["verdict"]
    return found


def replay(record: Path) -> tuple[Used, float]:
    """Send the record's requests bare, in a process of its own; and the seconds of sending alone.

    Raises when it comes to no end.
    """
    used = spawn(sys.executable, "-m", "benchmarks.replay", str(record))
    if used.code:
        raise SystemExit(f"the replay ended with {used.code}: {used.output[-500:]}")
    return used, float(json.loads(used.output.splitlines()[-1])["seconds"])


def measure(rounds: int = 5) -> list[Figure]:
    """Time, economy and memory of the scenarios beside the bare replay."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        run_scenarios(folder)
        runs = []
        bare = []
        # In turns, so that both see the same neighbours.
        for _ in range(rounds):
            runs.append((run_scenarios(folder), verdict_of(folder)["seconds"]))
            bare.append(replay(folder / "run.jsonl"))
        economy = verdict_of(folder)["economy"]
    suites, sending = min(one[1] for one in runs), min(one[1] for one in bare)
    whole, replayed = (min((one[0] for one in some), key=_wall) for some in (runs, bare))
    peer = "httpx.Client sending the same requests in the same order"
    return [
        Figure(
            "suites, embedded store, one worker: wall over a bare replay",
            suites / sending,
            "x",
            1.5,
            peer=peer,
            command=SHOWN,
            note=f"{suites:.2f} s to {sending:.2f} s; from the header of the record to the verdict",
        ),
        Figure(
            "the same, one whole process over the other",
            whole.wall / replayed.wall,
            "x",
            1.5,
            peer=peer,
            command=SHOWN,
            note=f"{whole.wall:.2f} s to {replayed.wall:.2f} s; starting Python and the store "
            "with both, reports with the one",
        ),
        Figure(
            "the same, CPU time of both and their stores",
            whole.cpu / replayed.cpu,
            "x",
            command=SHOWN,
            note=f"{whole.cpu:.2f} s to {replayed.cpu:.2f} s",
        ),
        Figure(
            "request economy: requirements proved per request",
            economy["proved"] / economy["requests"],
            "",
            1.0,
            at_most=False,
            command=SHOWN,
            note=f"{economy['proved']} requirements, {economy['requests']} requests",
        ),
        Figure("suites alone: wall", whole.wall, "s", 15.0, command=SHOWN),
        Figure("suites alone: memory of the runner", whole.peak / MIB, "MiB", 250.0, command=SHOWN),
    ]


def _wall(used: Used) -> float:
    return used.wall


def measure_whole() -> list[Figure]:
    """The default run: on two cores with two workers, and as it is without a word."""
    found = []
    for workers in ("2", "1"):
        with tempfile.TemporaryDirectory() as name:
            used = spawn(*TOOL, "run", "--workers", workers, "--reports", name)
            verdict = verdict_of(Path(name))
        shown = f"fluentcart-conformance run --workers {workers}"
        note = f"{verdict['requests']} requests, {verdict['result']}"
        what = f"whole default run, --workers {workers}"
        found += [
            Figure(f"{what}: wall", used.wall, "s", 60.0, command=shown, note=note),
            Figure(
                f"{what}: memory of its largest process",
                used.peak / MIB,
                "MiB",
                250.0,
                command=shown,
            ),
        ]
    return found

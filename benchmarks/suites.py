"""The scenario suites on the embedded store beside a bare replay of the same requests."""

from __future__ import annotations

import tempfile
from pathlib import Path
from time import perf_counter
from typing import Any
from urllib.parse import urlsplit

import httpx

from .figures import Figure
from .processes import MIB, TOOL, Used, credentials, events, spawn, store

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
    last = [one for one in events(folder / "run.jsonl") if one["type"] == "footer"]
    found: dict[str, Any] = last[0]["verdict"]
    return found


def replay(record: Path) -> tuple[float, int]:
    """Send the record's requests to a fresh store, bare; seconds and how many."""
    sent = [one for one in events(record) if one["type"] == "exchange"]
    with store() as announced, httpx.Client(timeout=30) as client:
        people = announced["identities"]
        begun = perf_counter()
        for one in sent:
            who = people.get(one["identity"])
            parts = urlsplit(one["url"])
            url = f"{announced['base_url']}{parts.path}?{parts.query}"
            body = one["request"]["body"]
            client.request(
                one["method"],
                url,
                content=None if body is None else body.encode(),
                headers={"content-type": "application/json"},
                auth=(who["user"], who["password"]) if who else None,
            )
        return perf_counter() - begun, len(sent)


def measure(rounds: int = 3) -> list[Figure]:
    """Time, economy and memory of the scenarios, and what their waiting is made of."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        run_scenarios(folder)
        runs = []
        bare = []
        # In turns, so that both see the same neighbours.
        for _ in range(rounds):
            used = run_scenarios(folder)
            runs.append((used, verdict_of(folder)))
            bare.append(replay(folder / "run.jsonl")[0])
        used, verdict = min(runs, key=lambda one: one[0].wall)
        asleep = sum(one["ms"] for one in events(folder / "run.jsonl") if one["type"] == "exchange")
    economy = verdict["economy"]
    quickest = min(bare)
    return [
        Figure(
            "suites, embedded store, one worker: wall over a bare replay",
            used.wall / quickest,
            "x",
            1.5,
            peer="httpx.Client sending the same requests in the same order",
            command=SHOWN,
            note=f"{used.wall:.1f} s to {quickest:.1f} s; {asleep / 1000:.1f} s of it waiting for "
            "answers; from starting Python and the store to the last report",
        ),
        Figure(
            "the same, from the header of the record to the verdict",
            verdict["seconds"] / quickest,
            "x",
            1.5,
            command=SHOWN,
            note=f"{verdict['seconds']:.1f} s to {quickest:.1f} s; with cleaning up, which the "
            "replay does not do",
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
        Figure("suites alone: wall", used.wall, "s", 15.0, command=SHOWN),
        Figure("suites alone: memory of the runner", used.peak / MIB, "MiB", 250.0, command=SHOWN),
    ]


def measure_slow(delay_ms: float = 24.0, workers: int = 2) -> list[Figure]:
    """Two workers against a store that takes its time."""
    with tempfile.TemporaryDirectory() as name, store(delay_ms=delay_ms) as announced:
        folder = Path(name)
        command = ("--workers", str(workers))
        used = run_scenarios(folder, *command, env=credentials(announced))
        found = list(events(folder / "run.jsonl"))
    waited = sum(one["ms"] for one in found if one["type"] == "exchange") / 1000
    seconds = verdict_span(found)
    return [
        Figure(
            f"suites, answers of {delay_ms:.0f} ms, {workers} workers: share of waiting",
            waited / (workers * seconds),
            "",
            0.85,
            at_most=False,
            command=f"fluentcart-conformance run --workers {workers} --fuzz-requests 0",
            note=f"{waited:.0f} s of {workers} x {seconds:.0f} s; {used.wall:.0f} s in all, "
            f"{verdict_of_events(found)['requests']} requests",
        )
    ]


def measure_far() -> list[Figure]:
    """Two workers against a store that is far away."""
    return measure_slow(200.0)


def verdict_of_events(found: list[dict[str, Any]]) -> dict[str, Any]:
    """The footer's verdict among these events."""
    summary: dict[str, Any] = found[-1]["verdict"]
    return summary


def verdict_span(found: list[dict[str, Any]]) -> float:
    """Seconds from header to footer."""
    seconds: float = found[-1]["verdict"]["seconds"]
    return seconds


def measure_whole() -> list[Figure]:
    """The default run on two cores."""
    with tempfile.TemporaryDirectory() as name:
        used = spawn(*TOOL, "run", "--workers", "2", "--reports", name)
        verdict = verdict_of(Path(name))
    shown = "fluentcart-conformance run --workers 2"
    note = f"{verdict['requests']} requests"
    return [
        Figure(
            "whole default run, two workers: wall", used.wall, "s", 60.0, command=shown, note=note
        ),
        Figure(
            "whole default run: memory of the runner", used.peak / MIB, "MiB", 250.0, command=shown
        ),
    ]

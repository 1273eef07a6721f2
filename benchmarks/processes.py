"""Processes that are measured: what a command took, and stores to run against."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MIB = 1024 * 1024
TOOL = (sys.executable, "-m", "fluentcart_conformance")
ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Used:
    """What a process used: seconds on the clock and of CPU, its largest memory in bytes."""

    wall: float
    cpu: float
    peak: int
    code: int
    output: str


def environment(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """This environment without settings of the tool; bytecode is kept, as on a user's machine."""
    kept = {name: one for name, one in os.environ.items() if not name.startswith("FLUENTCART_")}
    kept.pop("PYTHONDONTWRITEBYTECODE", None)
    kept.setdefault("PYTHONPYCACHEPREFIX", str(Path(tempfile.gettempdir()) / "bench-bytecode"))
    path = os.pathsep.join(one for one in (kept.get("PYTHONPATH", ""), str(ROOT)) if one)
    return {**kept, "PYTHONPATH": path, **(more or {})}


def spawn(*words: str, env: Mapping[str, str] | None = None, cwd: Path | None = None) -> Used:
    """Run a command to its end. `peak` is of the process itself, not of its children."""
    begun = time.perf_counter()
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen(
            words, stdout=out, stderr=subprocess.STDOUT, env=environment(env), cwd=cwd
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        said = out.read().decode("utf-8", "replace")
    cpu = usage.ru_utime + usage.ru_stime
    return Used(wall, cpu, usage.ru_maxrss * 1024, process.returncode, said)


def best(rounds: int, *words: str, env: Mapping[str, str] | None = None) -> Used:
    """The quickest of some rounds; the first, which fills caches, does not count."""
    spawn(*words, env=env)
    return min((spawn(*words, env=env) for _ in range(rounds)), key=lambda one: one.wall)


@contextmanager
def store(*, orders: int = 0, delay_ms: float = 0.0) -> Iterator[dict[str, Any]]:
    """A store process of its own; yields its announcement."""
    command = [sys.executable, "-m", "benchmarks.slow_store"]
    words = ["--orders", str(orders), "--delay-ms", str(delay_ms)]
    process = subprocess.Popen(
        [*command, *words], stdout=subprocess.PIPE, text=True, env=environment()
    )
    try:
        assert process.stdout is not None  # noqa: S101 - a pipe was asked for
        yield json.loads(process.stdout.readline())
    finally:
        process.terminate()
        process.wait()


def credentials(announced: Mapping[str, Any]) -> dict[str, str]:
    """The environment of a run against a store."""
    found = {"FLUENTCART_BASE_URL": str(announced["base_url"])}
    for name, prefix in (("admin", ""), ("low", "LOW_"), ("manager", "MANAGER_")):
        one = announced["identities"].get(name)
        if one:
            found[f"FLUENTCART_{prefix}USER"] = one["user"]
            found[f"FLUENTCART_{prefix}APP_PASSWORD"] = one["password"]
    return found


def events(record: Path) -> Iterator[dict[str, Any]]:
    """The events of a record."""
    with record.open("rb") as file:
        for line in file:
            yield json.loads(line)

"""Generated requests a second beside `st run` with the same description and store."""

from __future__ import annotations

import json
import re
import sys
import tempfile
from pathlib import Path

from fluentcart_conformance.contract import load_contract

from .figures import Figure
from .processes import TOOL, credentials, events, spawn, store

SECONDS = 30


def ours() -> tuple[int, float]:
    """Requests of the fuzzing area, and seconds of its scenarios."""
    with tempfile.TemporaryDirectory() as name, store() as announced:
        words = ("run", "--workers", "1", "--area", "fuzz", "--fuzz-seconds", str(SECONDS))
        used = spawn(*TOOL, *words, "--reports", name, env=credentials(announced))
        found = list(events(Path(name) / "run.jsonl"))
    if used.code not in (0, 1):
        raise SystemExit(f"the run ended with {used.code}: {used.output[-500:]}")
    seconds = sum(one["seconds"] for one in found if one["type"] == "scenario")
    return int(found[-1]["verdict"]["requests"]), seconds


def theirs() -> tuple[int, float, str]:
    """Cases of `st run` in the same time."""
    with tempfile.TemporaryDirectory() as name, store() as announced:
        path = Path(name) / "openapi.json"
        path.write_text(json.dumps(load_contract("documented").document), "utf-8")
        admin = announced["identities"]["admin"]
        st = Path(sys.executable).with_name("st")
        used = spawn(
            str(st), "run", str(path), "--url", f"{announced['base_url']}/wp-json/fluent-cart/v2",
            "--auth", f"{admin['user']}:{admin['password']}", "--workers", "1", "--phases",
            "fuzzing", "--max-time", str(SECONDS), "--continue-on-failure",
            cwd=Path(name),
        )  # fmt: skip
    cases = re.findall(r"([\d,]+) (?:generated|test cases)", used.output)
    total = max((int(one.replace(",", "")) for one in cases), default=0)
    return total, used.wall, used.output


def measure() -> list[Figure]:
    """Cases per second of both."""
    requests, seconds = ours()
    cases, wall, output = theirs()
    if not cases:
        raise SystemExit(f"st run told no number of cases: {output[-800:]}")
    mine, peer = requests / seconds, cases / wall
    return [
        Figure(
            "fuzzing: cases per second over st run",
            mine / peer,
            "x",
            0.9,
            at_most=False,
            peer="st run --phases fuzzing --workers 1, same description and store",
            command=f"fluentcart-conformance run --area fuzz --fuzz-seconds {SECONDS}",
            note=f"{mine:.0f}/s to {peer:.0f}/s",
        )
    ]

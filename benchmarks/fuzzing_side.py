"""Our fuzzing beside `st run`: same description, same store, about the same number of requests.

`python -m benchmarks.fuzzing_side` runs both against a sound store, where every finding is a false
one, and against the same store with a dozen faults, each on an operation of its own. Prints the
table of docs/fuzzing.md. `--faults 0` leaves the second store out.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fluentcart_conformance.contract import load_contract
from fluentcart_conformance.contract.requirements import load_requirements
from fluentcart_conformance.fuzz.link import declared_links
from fluentcart_conformance.plugin.embedded import EmbeddedProcess
from fluentcart_conformance.store.faults import Fault, faults
from fluentcart_conformance.verdict.compute import compute_verdict
from fluentcart_conformance.verdict.tally import Tally

from .processes import TOOL, Used, credentials, events, spawn

PROFILE = "documented"
# A store that makes no customers or orders at all shows nothing else.
_STAND_ON = {"create_customer", "create_order", "get_customer", "get_order"}
_HIDING = ("no effect", "refused", "server error", "cut off", "not JSON", "content type")
_LINK = re.compile(r"(\d+) of (\d+) links walked")


@dataclass
class Told:
    """What one tool said of one store.

    `findings` are (operation, what) pairs as reported, `accepted` counts 2xx by operation.
    """

    requests: int = 0
    seconds: float = 0.0
    findings: list[tuple[str, str]] = field(default_factory=list)
    sent: Counter[str] = field(default_factory=Counter)
    accepted: Counter[str] = field(default_factory=Counter)
    links: int = 0


def ours(announced: Mapping[str, Any], *more: str) -> Told:
    """The fuzzing area with its default budget."""
    with tempfile.TemporaryDirectory() as name:
        words = ("run", "--workers", "1", "--area", "fuzz", "--profile", PROFILE, *more)
        used = spawn(*TOOL, *words, "--reports", name, env=credentials(announced))
        if used.code not in (0, 1):
            raise SystemExit(f"the run ended with {used.code}: {used.output[-500:]}")
        found = list(events(Path(name) / "run.jsonl"))
    return _ours(found)


def _ours(found: list[dict[str, Any]]) -> Told:
    verdict = compute_verdict(Tally.of(found), load_requirements())  # type: ignore[arg-type]
    told = Told(requests=verdict.requests)
    scenarios = [one for one in found if one["type"] == "scenario"]
    told.seconds = sum(one["seconds"] for one in scenarios)
    for one in verdict.findings:
        told.findings.append((one.first.operation or "", one.first.requirement))
    for name, timing in verdict.timing.items():
        told.sent[name], told.accepted[name] = timing.requests, timing.accepted
    walked = [_LINK.search(one["message"]) for one in scenarios]
    told.links = max((int(one[1]) for one in walked if one), default=0)
    return told


def theirs(announced: Mapping[str, Any], examples: int) -> Told:
    """All phases of `st run`, with the documented description."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "openapi.json"
        path.write_text(json.dumps(load_contract(PROFILE).document), "utf-8")
        admin = announced["identities"]["admin"]
        used = spawn(
            str(Path(sys.executable).with_name("st")), "run", str(path), "--url",
            f"{announced['base_url']}/wp-json/fluent-cart/v2", "--auth",
            f"{admin['user']}:{admin['password']}", "--workers", "1", "--seed", "0",
            "--max-examples", str(examples), "--continue-on-failure",
            "--report", "ndjson", "--report-dir", str(folder / "out"), cwd=folder,
        )  # fmt: skip
        written = list((folder / "out").glob("*.ndjson"))
        if not written:
            raise SystemExit(f"st run wrote no report: {used.output[-500:]}")
        return _theirs(written[0], used)


def _theirs(path: Path, used: Used) -> Told:
    told = Told(seconds=used.wall)
    names = _operation_ids()
    found: dict[tuple[str, str], None] = {}
    walked = set()
    for line in path.open(encoding="utf-8"):
        event = json.loads(line)
        if "LoadingFinished" in event:
            told.seconds -= event["LoadingFinished"].get("duration", 0.0)
        recorder = event.get("ScenarioFinished", {}).get("recorder")
        if recorder is None or "cases" not in recorder:
            continue  # a scenario that sent nothing
        for number, case in recorder["cases"].items():
            name = names.get(f"{case['value']['method']} {case['value']['path']}", "")
            told.requests += number in recorder["interactions"]
            told.sent[name] += 1
            told.accepted[name] += _status(recorder, number) // 100 == 2
            if case.get("is_transition_applied") and case.get("transition"):
                walked.add(case["transition"]["id"])
            for failure in _failures(recorder, number):
                found[name or case["value"]["path"], failure] = None
    told.findings = list(found)
    told.links = len(walked)
    return told


def _operation_ids() -> dict[str, str]:
    paths = load_contract(PROFILE).document["paths"]
    return {
        f"{method.upper()} {path}": one["operationId"]
        for path, item in paths.items()
        for method, one in item.items()
        if isinstance(one, dict) and "operationId" in one
    }


def _status(recorder: Mapping[str, Any], number: str) -> int:
    answer = (recorder["interactions"].get(number) or {}).get("response") or {}
    return int(answer.get("status_code", 0))


def _failures(recorder: Mapping[str, Any], number: str) -> Iterator[str]:
    """Its own idea of a unique failure: the operation, the code and what it is about."""
    for check in recorder["checks"].get(number, ()):
        if check["status"] == "failure":
            failure = check["failure_info"]["failure"]
            yield f"{failure['code']} {failure['title']}"


def dozen(count: int, seed: int) -> list[Fault]:
    """Faults of any kind, each on operations of its own, none that hides an operation whole."""
    rows = [
        one
        for one in faults().values()
        if one.operations and len(one.operations) <= 2 and not one.slow
        and one.family in ("", PROFILE) and not one.excludes
        and not (one.kind in _HIDING and _STAND_ON.intersection(one.operations))
    ]  # fmt: skip
    random.Random(seed).shuffle(rows)  # noqa: S311  (not a secret)
    chosen: list[Fault] = []
    for one in rows:
        if len(chosen) < count and not {
            op for other in chosen for op in other.operations
        }.intersection(one.operations):
            chosen.append(one)
    return chosen


def store(chosen: list[Fault]) -> EmbeddedProcess:
    """A store with these faults."""
    words = [word for one in chosen for word in ("--fault", one.id)]
    return EmbeddedProcess(PROFILE, *words)


def noticed(chosen: list[Fault], told: Told, sound: Told) -> tuple[list[str], int]:
    """The faults that a finding tells of which the sound store did not have, and how often."""
    new = [one for one in told.findings if one not in sound.findings]
    rows = {
        fault.id: [
            (operation, what)
            for operation, what in new
            if operation in fault.operations or what in fault.requirements
        ]
        for fault in chosen
    }
    seen = [name for name, found in rows.items() if found]
    return seen, sum(len(found) - 1 for found in rows.values() if found)


def _share(told: Told, names: list[str]) -> str:
    reached = [name for name in names if told.accepted[name]]
    sent = sum(told.sent[name] for name in names) or 1
    share = sum(told.accepted[name] for name in names) / sent
    return f"{len(reached)} of {len(names)} ({share:.0%} of the requests)"


def main() -> int:
    """Print the table as Markdown."""
    parser = argparse.ArgumentParser(prog="benchmarks.fuzzing_side", description=__doc__)
    parser.add_argument("--faults", type=int, default=12)
    parser.add_argument("--seed", type=int, default=0, help="of the choice of faults")
    parser.add_argument("--max-examples", type=int, default=25, help="of st run")
    parser.add_argument("--details", action="store_true", help="findings and 2xx by operation")
    arguments = parser.parse_args()
    names = list(load_contract(PROFILE).operations)
    declared = len(declared_links(PROFILE))
    chosen = dozen(arguments.faults, arguments.seed)
    told: dict[str, list[Told]] = {"ours": [], "st run": []}
    for which in [[], chosen] if chosen else [[]]:
        for tool, ask in (
            ("ours", ours),
            ("st run", lambda one: theirs(one, arguments.max_examples)),
        ):
            process = store(which)
            try:
                told[tool].append(ask(process.announcement))
            finally:
                process.stop()
    print("| | ours | `st run` |\n|---|---|---|")
    sound = {tool: rows[0] for tool, rows in told.items()}
    _row("requests", {tool: str(one.requests) for tool, one in sound.items()})
    rates = {tool: one.requests / one.seconds for tool, one in sound.items()}
    _row("requests per second", {tool: f"{rate:.0f}" for tool, rate in rates.items()})
    _row("false findings on a sound store", {k: str(len(v.findings)) for k, v in sound.items()})
    if chosen:
        seen = {tool: noticed(chosen, rows[1], rows[0]) for tool, rows in told.items()}
        what = f"faults noticed of {len(chosen)}"
        _row(what, {tool: str(len(one[0])) for tool, one in seen.items()})
        _row("further findings for the same fault", {k: str(v[1]) for k, v in seen.items()})
    _row("operations with a 2xx", {tool: _share(one, names) for tool, one in sound.items()})
    _row("links covered", {tool: f"{one.links} of {declared}" for tool, one in sound.items()})
    print(f"\nthroughput: {rates['ours'] / rates['st run']:.2f} of st run's")
    if arguments.details:
        _details(names, told, chosen)
    return 0


def _row(what: str, cells: Mapping[str, str]) -> None:
    print(f"| {what} | {cells['ours']} | {cells['st run']} |")


def _details(names: list[str], told: Mapping[str, list[Told]], chosen: list[Fault]) -> None:
    print("\n| operation | ours 2xx/sent | `st run` 2xx/sent |\n|---|---|---|")
    for name in names:
        cells = {k: f"{v[0].accepted[name]}/{v[0].sent[name]}" for k, v in told.items()}
        _row(name, cells)
    for tool, rows in told.items():
        print(f"\n{tool}, on the sound store: {rows[0].findings}")
        if chosen:
            print(f"{tool} noticed: {noticed(chosen, rows[1], rows[0])[0]}")
    print("faults:", ", ".join(one.id for one in chosen))


if __name__ == "__main__":
    sys.exit(main())

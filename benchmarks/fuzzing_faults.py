"""How many faults of state and arithmetic the fuzzing finds, by itself, in its default budget.

`python -m benchmarks.fuzzing_faults --count 30 --seed 7`: a sample of the embedded store's faults,
each in a store of its own, and nothing run but the fuzzing. Ends with 1 when a run ended with
anything but 0 or 1.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from fluentcart_conformance.contract.requirements import load_requirements
from fluentcart_conformance.runner.session import LOG, drive
from fluentcart_conformance.selftest.crew import Broken, work
from fluentcart_conformance.selftest.once import Seen
from fluentcart_conformance.store.faults import Fault, faults, put_on
from fluentcart_conformance.store.personality import dressed
from fluentcart_conformance.target.errors import TargetError
from fluentcart_conformance.target.settings import Settings
from fluentcart_conformance.verdict.verdict import Verdict

AREAS = ("orders", "refunds", "transactions", "bulk", "customers", "addresses", "shipping")
KINDS = (
    "side effect", "half done", "rule forgotten", "no effect", "off by one", "second only",
    "unit", "wrong object", "ownership", "stale",
)  # fmt: skip


@dataclass
class Watching(Seen):
    """Also keeps the exit code and how many requests were sent."""

    exit_code: int = 4
    sent: int = 0
    causes: list[str] = field(default_factory=list)

    def done(self, verdict: Verdict) -> None:
        """Take the run's end."""
        self.exit_code = verdict.exit_code
        self.sent = verdict.requests


def sample(count: int, seed: int, kinds: Sequence[str], areas: Sequence[str]) -> list[Fault]:
    """Faults of these kinds and areas, drawn at random from those that can be seen at all."""
    known = load_requirements()
    fit = [
        one
        for one in faults().values()
        if one.kind in kinds and one.area in areas and one.family in ("", "documented")
        and any(not known[name].untestable for name in one.requirements)
    ]  # fmt: skip
    return random.Random(seed).sample(fit, min(count, len(fit)))  # noqa: S311  (not a secret)


_REQUESTS = "fuzz/test_requests.py::test_generated_requests_are_answered_rightly"


def stages(fault: Fault) -> list[list[str]]:
    """The parts of the fuzzing that are likely to see a fault, the cheapest first."""
    few = [f"{_REQUESTS}[{one}]" for one in fault.operations[:4]]
    return [*([few] if few else []), ["fuzz/test_model.py"], ["fuzz"]]


def narrowed(fault: str, chosen: dict[str, Any]) -> Watching:
    """Stage by stage until something is found: never more than the whole fuzzing would find."""
    seen = Watching()
    for scenarios in stages(faults()[fault])[: chosen["stages"]]:
        seen = fuzzed(fault, chosen["settings"], scenarios)
        if seen.failed or seen.exit_code not in (0, 1):
            break
    return seen


def fuzzed(fault: str, chosen: dict[str, Any], scenarios: Sequence[str] = ("fuzz",)) -> Watching:
    """One run of the fuzzing against a fresh store with a fault; "" for none."""
    profile = chosen["profile"]
    store = dressed((), profile)
    put_on(store, [fault] if fault else [])
    seen = Watching()
    with store.start(), tempfile.TemporaryDirectory(prefix="fuzzing-") as folder:
        given = Settings(reports=Path(folder), workers=1, request_timeout=10.0, **chosen)
        settings = given.for_embedded(store.base_url, store.app.shop.identities.described())
        try:
            drive(settings, [seen], scenarios=scenarios)
        except TargetError as refused:
            seen.problems.append(f"{refused}")
            seen.exit_code = refused.exit_code
        if not seen.checks and not seen.problems:
            said = (Path(folder) / LOG).read_text("utf-8", "replace").strip().splitlines()
            seen.problems.append(said[-1] if said else "nothing ran")
    return seen


def row(fault: Fault, seen: Watching | Broken) -> tuple[bool, bool, str]:
    """Whether it was found, whether the run ended as it should, and the line about it."""
    if isinstance(seen, Broken):
        return False, False, f"BROKEN   {fault.id}: {seen.words}"
    named = sorted(set(fault.requirements) & set(seen.failed))
    others = sorted(set(seen.failed) - set(named))
    found = bool(seen.failed)
    sound = seen.exit_code in (0, 1)
    mark = "found" if named else "found*" if found else "missed"
    words = f"{mark:8} {fault.id} [{fault.kind}] exit {seen.exit_code}, {seen.sent} requests: "
    words += ", ".join(named) + (f" (+ {', '.join(others[:6])})" if others else "")
    if not found:
        words += f"-- {fault.sentence} {', '.join(fault.requirements)}"
    if not sound:
        words += f" PROBLEM {seen.problems[:2]}"
    return found, sound, words


def main() -> int:
    """Print one line a fault, then how many were found."""
    parser = argparse.ArgumentParser(prog="benchmarks.fuzzing_faults", description=__doc__)
    parser.add_argument("faults", nargs="*", help="these faults; else a sample")
    parser.add_argument("--count", type=int, default=30)
    parser.add_argument("--seed", type=int, default=7, help="of the sample, not of the fuzzing")
    parser.add_argument("--every-kind", action="store_true", help="not only state and arithmetic")
    parser.add_argument("--profile", default="documented")
    parser.add_argument("--fuzz", default="default", choices=["smoke", "default", "deep"])
    parser.add_argument("--seconds", type=float, help="for a loaded machine: the level's requests")
    parser.add_argument(
        "--stages",
        type=int,
        help="stop at the first of so many stages that finds something: 1 the requests to the "
        "fault's operations, 2 the model, 3 everything",
    )
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--part", default="1/1", help="I/N of the sample")
    arguments = parser.parse_args()
    known = faults()
    chosen = [known[one] for one in arguments.faults]
    if not chosen:
        kinds = {one.kind for one in known.values()} if arguments.every_kind else KINDS
        areas = {one.area for one in known.values()} if arguments.every_kind else AREAS
        chosen = sample(arguments.count, arguments.seed, sorted(kinds), sorted(areas))
    part, parts = map(int, arguments.part.split("/"))
    chosen = chosen[part - 1 :: parts]
    settings: dict[str, Any] = {"profile": arguments.profile, "fuzz": arguments.fuzz}
    settings |= {"fuzz_time": arguments.seconds} if arguments.seconds else {}
    fuzzed("", {**settings, "fuzz_examples": 1})  # loads what every run needs, once
    job = partial(fuzzed, chosen=settings)
    if arguments.stages:
        job = partial(narrowed, chosen={"settings": settings, "stages": arguments.stages})
    rows = []
    for name, seen in work(
        [one.id for one in chosen], job, workers=arguments.jobs, patience=1500.0
    ):
        rows.append(row(known[name], seen))
        print(rows[-1][2], flush=True)
    found, sound = sum(one[0] for one in rows), sum(one[1] for one in rows)
    print(f"{found} of {len(rows)} found; {sound} runs ended with 0 or 1")
    return 0 if sound == len(rows) else 1


if __name__ == "__main__":
    sys.exit(main())

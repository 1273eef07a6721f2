"""Reads a record as a certificate needs it: verdict, objections, and what an offline judge says."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fluentcart_conformance.contract.contract import load_contract
from fluentcart_conformance.contract.errors import ContractError
from fluentcart_conformance.contract.requirements import load_requirements
from fluentcart_conformance.paths import suites_dir
from fluentcart_conformance.verdict.compute import compute_verdict
from fluentcart_conformance.verdict.events import Event, ExchangeEvent
from fluentcart_conformance.verdict.record import RecordError, read_lines
from fluentcart_conformance.verdict.tally import Tally
from fluentcart_conformance.verdict.verdict import Verdict

from .claim import Claim
from .content import certificate_data
from .errors import RefusedError
from .rejudge import Rejudged, rejudge
from .rules import is_fuzz, objections

_NAME = Path("run.jsonl")
_MALFORMED = (KeyError, TypeError, ValueError, AttributeError, IndexError)


@dataclass(frozen=True)
class Assessment:
    """What a record comes to: its verdict, and every reason against a certificate."""

    verdict: Verdict
    against: list[str]
    rejudged: Rejudged
    certificate: dict[str, Any]


def assess(record: bytes, claim: Claim) -> Assessment:
    """Read, recompute and re-judge a record. Raises RefusedError for one that is malformed."""
    try:
        events = list(read_lines(record.splitlines(keepends=True), _NAME))
        return _assess(events, claim)
    except (RecordError, ContractError) as error:
        raise RefusedError(f"the record cannot be read: {error}") from error
    except _MALFORMED as error:
        raise RefusedError(f"the record holds an event of another form: {error!r}") from error


def _assess(events: Sequence[Event], claim: Claim) -> Assessment:
    tally = Tally.of(events)
    verdict = compute_verdict(tally, load_requirements())
    exchanges = [event for event in events if event["type"] == "exchange"]
    generated = _generated(events)
    operations = load_contract(verdict.header["profile"]).operations
    against = [
        *objections(verdict, tally, operations, generated),
        *(f"the capability {name} is not what was declared" for name in _undeclared(claim, tally)),
        *_incomplete(events, exchanges, tally, verdict),
    ]
    # Judging thousands of exchanges anew is for records that nothing else speaks against.
    rejudged = Rejudged() if against else rejudge(verdict.header["profile"], exchanges)
    against += rejudged.differences
    certificate = certificate_data(claim, verdict, generated)
    return Assessment(verdict, against, rejudged, certificate)


def _generated(events: Sequence[Event]) -> int:
    """Requests that fuzzing sent, recorded one by one or counted."""
    number = 0
    for event in events:
        if event["type"] == "sent":
            number += sum(one["requests"] for one in event["operations"].values())
        elif event["type"] == "exchange":
            number += is_fuzz(event["scenario"])
    return number


def _undeclared(claim: Claim, tally: Tally) -> list[str]:
    known = tally.header["capabilities"] if tally.header else {}
    return [
        name
        for name, declared in claim.capabilities.items()
        if name not in known or known[name]["present"] != declared
    ]


def _incomplete(
    events: Sequence[Event], exchanges: Sequence[ExchangeEvent], tally: Tally, verdict: Verdict
) -> Iterator[str]:
    kinds = [event["type"] for event in events]
    if kinds[0] != "header" or kinds[-1] != "footer" or kinds.count("header") != 1:
        yield "the record does not run from one header to one footer"
    if kinds.count("footer") != 1 or kinds.count("cleanup") > 1:
        yield "the record ends more than once"
    if tally.footer is None or tally.footer["verdict"] != verdict.summary():
        yield "the verdict in the record does not follow from its events"
    ids = {event["id"] for event in exchanges}
    if len(ids) != len(exchanges):
        yield "the record holds an exchange twice"
    if kinds.count("scenario") != len(tally.scenarios):
        yield "the record holds a scenario twice"
    yield from _loose_ends(events, ids, tally)
    left_out = sorted(_scenarios() - {name.partition("[")[0] for name in tally.scenarios})
    if left_out:
        yield f"{len(left_out)} scenarios were left out, {left_out[0]} for one"


def _loose_ends(events: Sequence[Event], ids: set[str], tally: Tally) -> Iterator[str]:
    """References to what the record does not hold."""
    checked: dict[str, set[str]] = {}
    for event in events:
        if event["type"] == "check":
            checked.setdefault(event["scenario"], set()).add(event["requirement"])
            if lost := set(event["exchanges"]) - ids:
                yield f"a check of {event['requirement']} rests on missing {sorted(lost)[0]}"
        if event["type"] in ("check", "exchange", "sent"):
            scenario = event["scenario"]
            if scenario is not None and scenario not in tally.scenarios:
                yield f"the scenario {scenario} is missing"
    for name, told in tally.scenarios.items():
        if set(told["requirements"]) != checked.get(name, set()):
            yield f"the scenario {name} does not hold the checks that it made"


def _scenarios() -> set[str]:
    """`file::function` of every scenario that a run with all permissions holds."""
    root = suites_dir()
    found = set()
    for file in root.rglob("test_*.py"):
        functions = [
            node
            for node in ast.walk(ast.parse(file.read_text("utf-8")))
            if isinstance(node, ast.FunctionDef)
        ]
        # A file that makes its scenarios from the operator's options may have none.
        if any(one.name == "pytest_generate_tests" for one in functions):
            continue
        place = file.relative_to(root).as_posix()
        found |= {
            f"{place}::{one.name}"
            for one in functions
            if one.name.startswith("test_") and not _is_for_reading_runs(one)
        }
    return found


def _is_for_reading_runs(scenario: ast.FunctionDef) -> bool:
    return any(
        isinstance(one, ast.Name) and one.id == "reading_run" for one in scenario.decorator_list
    )

"""The end of a selftest in tables and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fluentcart_conformance.contract.requirements import load_requirements
from fluentcart_conformance.selftest.once import Seen
from fluentcart_conformance.selftest.outcome import (
    KILLED,
    NOT_APPLICABLE,
    RESULTS,
    Outcome,
    by_area,
    by_kind,
    unproved,
)
from fluentcart_conformance.selftest.vacuity import vacuous

Table = tuple[str, tuple[str, ...], list[tuple[str, ...]]]


@dataclass
class Summary:
    """Tables with a title each, and one line at the end."""

    tables: list[Table]
    line: str


def summary(clean: Seen, outcomes: Sequence[Outcome], *, with_unproved: bool) -> Summary:
    """What a person wants to know of a selftest; `with_unproved` adds what never failed."""
    tables: list[Table] = [
        ("Faults", ("area", *RESULTS), _counted(by_area(outcomes))),
        ("Faults by kind", ("kind", *RESULTS), _counted(by_kind(outcomes))),
    ]
    others: list[tuple[str, ...]] = [
        (one.fault, one.result, " ".join(one.requirements), " ".join(one.also[:4]), one.words[:100])
        for one in outcomes
        if one.result not in (KILLED, NOT_APPLICABLE)
    ]
    if others:
        columns: tuple[str, ...] = ("fault", "result", "names", "failed instead", "words")
        tables.append(("Not killed by a requirement they name", columns, others))
    blind: list[tuple[str, ...]] = list(vacuous(clean).items())
    if blind:
        tables.append(("Scenarios that look at nothing", ("scenario", "why"), blind))
    if with_unproved:
        rows: list[tuple[str, ...]] = [(one,) for one in never_failed(clean, outcomes)]
        tables.append(("MUST requirements that never failed under any fault", ("id",), rows))
    return Summary(tables, line_of(outcomes))


def _counted(ends: Mapping[str, Counter[str]]) -> list[tuple[str, ...]]:
    return [
        (name, *(str(counted[result]) for result in RESULTS))
        for name, counted in ends.items()
        if counted
    ]


def line_of(outcomes: Sequence[Outcome]) -> str:
    """One line: how many of how many were killed."""
    counted = [one for one in outcomes if one.result != NOT_APPLICABLE]
    killed = sum(one.result == KILLED for one in counted)
    share = 100 * killed / len(counted) if counted else 100.0
    return f"{killed} of {len(counted)} faults killed by a requirement they name ({share:.1f} %)"


def never_failed(clean: Seen, outcomes: Sequence[Outcome]) -> list[str]:
    """MUST requirements that hold without faults and never failed under any."""
    levels = {one.id: one.level for one in load_requirements().values()}
    return unproved(clean, outcomes, levels)


def as_json(
    profile: str, clean: Seen, outcomes: Sequence[Outcome], *, full: bool
) -> dict[str, Any]:
    """Everything for machines."""
    return {
        "profile": profile,
        "full": full,
        "line": line_of(outcomes),
        "areas": {area: dict(counted) for area, counted in by_area(outcomes).items()},
        "kinds": {kind: dict(counted) for kind, counted in by_kind(outcomes).items()},
        "fails_without_faults": clean.failed,
        "vacuous": vacuous(clean),
        "outcomes": [one.as_json() for one in outcomes],
        "unproved": never_failed(clean, outcomes),
    }

"""The areas as the page shows them: a verdict, a bar, and the columns that say something."""

from __future__ import annotations

from typing import Any

from fluentcart_conformance.verdict.areas import AreaVerdict
from fluentcart_conformance.verdict.states import State
from fluentcart_conformance.verdict.verdict import Result, Verdict

from ..words import STATE_WORDS, plural

BAR = 120
"""The width of a whole bar, in pixels."""
_ALWAYS = ("failed", "passed", "scenarios")
_COLUMNS = {
    "failed": "failed",
    "warnings": "warnings",
    **{state.value: word for state, word in STATE_WORDS.items() if state != "failed"},
    "scenarios": "scenarios",
}
_NAMED = 3
_LOOKED_AT = (State.PASSED, State.FAILED, State.DEVIATING, State.NOT_TESTABLE)


def area_rows(verdict: Verdict) -> list[dict[str, Any]]:
    """One row per area."""
    return [
        {
            "name": area.name,
            "result": area.result.value,
            "word": area.result.value.replace("_", " "),
            "failed": area.failed,
            "warnings": area.warnings,
            "scenarios": area.scenarios,
            **{state.value: area.states[state] for state in STATE_WORDS if state != "failed"},
            **_bar(area),
        }
        for area in verdict.areas.values()
    ]


def area_columns(rows: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Key and title of the columns in which any area has something."""
    return [
        (key, title)
        for key, title in _COLUMNS.items()
        if key in _ALWAYS or any(row[key] for row in rows)
    ]


def _bar(area: AreaVerdict) -> dict[str, Any]:
    """What was looked at, in pixels: passed, deviating, failed; and the same in words."""
    parts = {
        "passed": area.states[State.PASSED],
        "deviating": area.states[State.DEVIATING],
        "failed": area.states[State.FAILED] + area.states[State.NOT_TESTABLE],
    }
    whole = sum(parts.values())
    if not whole:
        return {"bar": [], "share": "nothing looked at"}
    start, bar = 0, []
    for kind, number in parts.items():
        width = round(BAR * number / whole)
        bar.append((kind, start, width))
        start += width
    return {"bar": bar, "share": f"{parts['passed']} of {whole} passed"}


_WITHOUT = {
    Result.INTERRUPTED: "The run ended early, so there is no verdict on the whole.",
    Result.HARNESS_ERROR: "The tool itself failed, so there is no verdict on the store.",
    Result.NO_VERDICT: "Too little was looked at for a verdict.",
}


def sentence(verdict: Verdict) -> str:
    """What the verdict means, for somebody who reads nothing else."""
    if verdict.result is Result.CONFORMS:
        return _kept(verdict)
    if verdict.result is Result.FINDINGS:
        return _broken(verdict)
    return _WITHOUT[verdict.result]


def _kept(verdict: Verdict) -> str:
    kept = f"The store keeps {plural(verdict.states[State.PASSED], 'requirement')}"
    known = verdict.states[State.DEVIATING]
    if not known:
        return f"{kept} and breaks none of those looked at."
    return f"{kept}; {known:,} are broken in ways that are known and listed."


def _broken(verdict: Verdict) -> str:
    worst = sorted(verdict.areas.values(), key=lambda area: -area.failed)
    failed = sum(area.failed for area in worst)
    if not failed and verdict.blocked:
        return f"No MUST is broken, but {len(verdict.blocked):,} could not be tested."
    if not failed:
        return "No MUST is broken, but the list of known deviations is out of date."
    names = [area.name for area in worst if area.failed][:_NAMED]
    most = f", most of them in {', '.join(names)}" if len(names) > 1 else ""
    looked = sum(verdict.states[state] for state in _LOOKED_AT)
    return f"The store breaks {failed:,} of {plural(looked, 'requirement')} looked at{most}."

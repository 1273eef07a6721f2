"""What changed between two runs, in lines that every format shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fluentcart_conformance.verdict.compare import Change, Comparison
from fluentcart_conformance.verdict.findings import Finding
from fluentcart_conformance.verdict.states import State

from .stories import sentence
from .words import STATE_WORDS, headline, plural, visible


@dataclass(frozen=True)
class AreaTrend:
    """One area's numbers in both runs: requirements passed, and requirements that fail the run."""

    name: str
    passed: tuple[int, int]
    failing: tuple[int, int]

    @property
    def moved(self) -> bool:
        """Whether any number is another one."""
        return self.passed[0] != self.passed[1] or self.failing[0] != self.failing[1]


@dataclass(frozen=True)
class Trend:
    """A comparison as `report.html` shows it."""

    line: str
    regressed: bool
    before: str
    areas: tuple[AreaTrend, ...]
    sections: list[tuple[str, list[str]]]


_FAILING = (State.FAILED, State.NOT_TESTABLE)


def trend_of(found: Comparison) -> Trend:
    """The trend from the earlier run to this one, area by area."""
    old, new = found.before, found.after

    def pair(name: str, states: tuple[State, ...]) -> tuple[int, int]:
        counted = [one.areas[name].states if name in one.areas else {} for one in (old, new)]
        before, now = (sum(states_seen.get(one, 0) for one in states) for states_seen in counted)
        return before, now

    return Trend(
        line=last_comparison_line(found),
        regressed=found.regressed,
        before=f"run {old.header['run']} of {old.header['started'][:10]}: {headline(old)}",
        areas=tuple(
            AreaTrend(name, pair(name, (State.PASSED,)), pair(name, _FAILING)) for name in new.areas
        ),
        sections=sections(found),
    )


def last_comparison_line(found: Comparison) -> str:
    """The one clear last line."""
    word = "REGRESSIONS" if found.regressed else "NO REGRESSION"
    parts = (
        (len(found.regressions) + len(found.new_findings), "regression"),
        (len(found.vanished), "vanished check"),
        (len(found.fixes), "fix"),
        (len(found.new), "new check"),
    )
    said = ", ".join(plural(number, noun).replace("fixs", "fixes") for number, noun in parts)
    return f"{word}  {found.after.header['profile']}  {said}"


def sections(found: Comparison) -> list[tuple[str, list[str]]]:
    """Titles with their lines; what is empty is left out."""
    every = (
        ("Regressions", _lines(found.regressions)),
        ("New causes of old failures", [_said(one) for one in found.new_findings]),
        ("Vanished checks", _lines(found.vanished)),
        ("Fixes", _lines(found.fixes)),
        ("New checks", _lines(found.new)),
        ("Causes that are gone", [_said(one) for one in found.gone_findings]),
        ("New known deviations", list(found.new_deviations)),
        ("Deviations that are gone", list(found.gone_deviations)),
        (
            "Answering times",
            [
                f"{one.operation}: {one.before} ms before, {one.after} ms now"
                for one in found.timing
            ],
        ),
    )
    return [(title, lines) for title, lines in every if lines]


def _lines(changes: Sequence[Change]) -> list[str]:
    return [
        f"{one.requirement} ({one.level}) {STATE_WORDS[one.before]} -> {STATE_WORDS[one.after]}"
        + (f": {visible(one.reason.partition(chr(10))[0], 200)}" if one.reason else "")
        for one in changes
    ]


def _said(finding: Finding) -> str:
    return f"{finding.id} {visible(sentence(finding), 300)}"

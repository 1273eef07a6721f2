"""The suites against the store in other dresses: every alarm is a false one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from fluentcart_conformance.contract.contract import load_contract
from fluentcart_conformance.contract.requirements import load_requirements
from fluentcart_conformance.selftest.crew import Broken, work
from fluentcart_conformance.selftest.once import run_once
from fluentcart_conformance.store.personality import NAMES, SWITCHES

_PATIENCE = 3600.0
ALL = "all together"


@dataclass
class Dressed:
    """What the suites said of a store in one dress.

    Attributes:
        alarms: Requirement -> words, for what failed although the store is right.
        warnings: The same for what is no MUST.
        untested: Requirements that were looked at without the dress and are not any more.
    """

    dress: str
    alarms: dict[str, str] = field(default_factory=dict)
    warnings: dict[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    untested: list[str] = field(default_factory=list)

    @property
    def passes(self) -> bool:
        """No MUST failed, all was looked at, and the tool did not stumble."""
        return not self.alarms and not self.problems and not self.untested

    def as_json(self) -> dict[str, Any]:
        """The outcome for `--format json`."""
        return {
            "dress": self.dress,
            "passes": self.passes,
            "alarms": self.alarms,
            "warnings": self.warnings,
            "problems": self.problems,
            "untested": self.untested,
        }


def switches_of(dress: str) -> tuple[str, ...]:
    """The switches behind a dress: one, several with commas, or all of them."""
    return NAMES["stranger"] if dress == ALL else tuple(dress.split(","))


def every_dress() -> list[str]:
    """Each switch alone, and all together."""
    return [*SWITCHES, ALL]


def try_on(
    profile: str, dresses: Sequence[str], *, jobs: int, told: Callable[[Dressed], None]
) -> list[Dressed]:
    """Run all suites against the store in each dress; `told` gets each result as it comes."""
    load_contract(profile)
    levels = {one.id: one.level for one in load_requirements().values()}
    found: dict[str, Dressed] = {}
    passed: dict[str, set[str]] = {}
    runs = work(
        ["", *dresses],
        lambda dress: run_once(profile, switches=switches_of(dress) if dress else ()),
        workers=jobs,
        patience=_PATIENCE,
    )
    for dress, seen in runs:
        outcome = Dressed(dress or "none")
        if isinstance(seen, Broken):
            outcome.problems.append(seen.words)
        else:
            outcome.problems += seen.problems
            for one, words in seen.failed.items():
                kind = outcome.alarms if levels.get(one, "MUST") == "MUST" else outcome.warnings
                kind[one] = words
            passed[dress] = seen.passed | set(seen.failed)
        found[dress] = outcome
        told(outcome)
    usual = passed.get("", set())
    for dress, met in passed.items():
        missing = usual - met
        found[dress].untested = sorted(one for one in missing if levels.get(one) == "MUST")
    return [found[dress] for dress in ("", *dresses)]

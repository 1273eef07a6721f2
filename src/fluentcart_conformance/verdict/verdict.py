"""The verdict of a run: per requirement, per area, and as a whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from .areas import AreaVerdict
from .deviations import Deviation, StaleDeviation
from .events import CleanupEvent, HeaderEvent, ScenarioEvent
from .findings import Finding
from .states import RequirementVerdict, State
from .tally import OperationTiming


class Result(StrEnum):
    """How a run ended."""

    CONFORMS = "conforms"
    FINDINGS = "findings"
    HARNESS_ERROR = "harness_error"
    INTERRUPTED = "interrupted"
    NO_VERDICT = "no_verdict"


@dataclass(frozen=True)
class Economy:
    """What the written scenarios cost and proved; generated requests are left out."""

    requests: int
    proved: int

    @property
    def per_request(self) -> float:
        """Requirements proved per request."""
        return self.proved / self.requests if self.requests else 0.0


@dataclass(frozen=True)
class Verdict:
    """Everything a report shows, derived from one record and nothing else."""

    header: HeaderEvent
    result: Result
    exit_code: int
    requirements: Mapping[str, RequirementVerdict]
    areas: Mapping[str, AreaVerdict]
    findings: tuple[Finding, ...]
    stale: tuple[StaleDeviation, ...]
    harness_problems: tuple[str, ...]
    target_problems: tuple[str, ...]
    scenarios: tuple[ScenarioEvent, ...]
    cleanup: CleanupEvent | None
    timing: Mapping[str, OperationTiming]
    requests: int
    suites: Economy
    seconds: float
    ended: str
    complete: bool
    unseen: tuple[Deviation, ...] = ()
    """Known deviations that show by chance and did not show in this run."""

    @property
    def states(self) -> Counter[State]:
        """How many requirements are in each state."""
        return Counter(one.state for one in self.requirements.values())

    def open_findings(self, level: str) -> list[Finding]:
        """The findings of this level that no deviation explains."""
        return [one for one in self.findings if one.level == level and not one.deviating]

    @property
    def known_deviations(self) -> tuple[Deviation, ...]:
        """The deviations that occurred, each once."""
        found = {one.key: one for finding in self.findings for one in finding.deviations}
        return tuple(found.values())

    @property
    def blocked(self) -> list[RequirementVerdict]:
        """MUST requirements that could not be tested; they fail the run."""
        return [one for one in self.requirements.values() if one.blocked]

    def summary(self) -> dict[str, Any]:
        """The verdict as the record's footer holds it."""
        return {
            "result": self.result.value,
            "exit_code": self.exit_code,
            "requirements": {state.value: self.states[state] for state in State},
            "areas": {
                name: {
                    "result": area.result.value,
                    **{state.value: area.states[state] for state in State if area.states[state]},
                }
                for name, area in self.areas.items()
            },
            "findings": len(self.open_findings("MUST")),
            "warnings": len(self.open_findings("SHOULD")),
            "notes": len(self.open_findings("MAY")),
            "deviations": len(self.known_deviations),
            "stale_deviations": len(self.stale),
            "unseen_deviations": len(self.unseen),
            "requests": self.requests,
            "economy": {"requests": self.suites.requests, "proved": self.suites.proved},
            "seconds": round(self.seconds, 3),
            "complete": self.complete,
        }

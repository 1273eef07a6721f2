"""One run of the suites against a store of this very process, and what it found."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fluentcart_conformance.paths import suites_dir
from fluentcart_conformance.runner.session import LOG, drive
from fluentcart_conformance.store.faults import put_on
from fluentcart_conformance.store.personality import dressed
from fluentcart_conformance.target.errors import TargetError
from fluentcart_conformance.target.settings import Settings
from fluentcart_conformance.verdict.deviations import DeviationError

if TYPE_CHECKING:
    from fluentcart_conformance.target.preflight import TargetReport
    from fluentcart_conformance.verdict.verdict import Verdict

CRASHED = "The store failed to answer."


@dataclass
class Seen:
    """What one run saw.

    Attributes:
        passed: Requirements that were looked at and held, by check or judge.
        failed: Requirement -> the first words about how it failed.
        problems: Errors of the tool itself.
        crashed: The store failed by itself, which is no deliberate defect.
        checks: Scenario -> requirements it checked.
        proved: Scenario -> operation -> requirements the judge saw met.
        requests: How many requests a scenario sent.
        ran: Scenarios that ended.
        evidence: Scenario -> how many exchanges its checks that passed or failed name.
        modules: What was loaded at its end, for the next run to begin with.
    """

    passed: set[str] = field(default_factory=set)
    failed: dict[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    crashed: bool = False
    checks: dict[str, set[str]] = field(default_factory=dict)
    proved: dict[str, dict[str, set[str]]] = field(default_factory=dict)
    requests: dict[str, int] = field(default_factory=dict)
    ran: list[str] = field(default_factory=list)
    evidence: dict[str, int] = field(default_factory=dict)
    modules: list[str] = field(default_factory=list)

    def ready(self, report: TargetReport, scenarios: int) -> None:
        """Nothing to do."""

    def running(self, title: str) -> None:
        """Nothing to do."""

    def done(self, verdict: Verdict) -> None:
        """Nothing to do."""

    def seen(self, event: dict[str, Any]) -> None:
        """Take in one event of the run."""
        kind = event["type"]
        if kind == "check":
            self._check(event)
        elif kind == "exchange":
            self._exchange(event)
        elif kind == "scenario":
            self.ran.append(event["id"])
        elif kind == "problem" and event["where"] == "harness":
            self.problems.append(event["message"])

    def _check(self, event: dict[str, Any]) -> None:
        requirement = event["requirement"]
        if event["outcome"] == "failed":
            self.failed.setdefault(requirement, event["message"])
        elif event["outcome"] == "passed":
            self.passed.add(requirement)
        scenario = event["scenario"]
        self.checks.setdefault(scenario, set()).add(requirement)
        if event["outcome"] in ("passed", "failed"):
            self.evidence[scenario] = self.evidence.get(scenario, 0) + len(event["exchanges"])

    def _exchange(self, event: dict[str, Any]) -> None:
        scenario, operation = event["scenario"] or "", event["operation"] or ""
        self.requests[scenario] = self.requests.get(scenario, 0) + 1
        met = self.proved.setdefault(scenario, {}).setdefault(operation, set())
        met.update(event["proved"])
        self.passed.update(event["proved"])
        for finding in event["findings"]:
            words = f"{operation} {finding['pointer']}: {finding['got']}"
            self.failed.setdefault(finding["requirement"], words)
        if event["status"] == 500 and CRASHED in event["response"]["body"]:
            self.crashed = True


def run_once(
    profile: str,
    *,
    faults: Iterable[str] = (),
    switches: Iterable[str] = (),
    scenarios: Sequence[str] = (),
    request_timeout: float = 30.0,
) -> Seen:
    """Run scenarios (all of them when none is named) against a fresh store.

    Raises:
        FaultError: for an unknown fault, or two that exclude each other.
    """
    store = dressed(switches, profile)
    put_on(store, faults)
    seen = Seen()
    with store.start(), tempfile.TemporaryDirectory(prefix="selftest-") as folder:
        chosen: dict[str, Any] = {
            "profile": profile,
            "reports": Path(folder),
            "request_timeout": request_timeout,
            "workers": 1,
            # A fault may let everybody in, which is no reason to doubt who the low user is.
            "capabilities": {"low_identity": True, "pro_licences": True},
        }
        given = Settings(**chosen)
        people = store.app.shop.identities.described()
        settings = given.for_embedded(store.base_url, people)
        _pytest(settings, seen, scenarios)
    return seen


def scenario_folders() -> list[str]:
    """The areas with written scenarios; what generated requests run into proves nothing."""
    folders = (path for path in suites_dir().iterdir() if any(path.glob("test_*.py")))
    return sorted(path.name for path in folders if path.name != "fuzz")


def _pytest(settings: Settings, seen: Seen, scenarios: Sequence[str]) -> None:
    try:
        code = drive(settings, [seen], scenarios=scenarios or scenario_folders())
    except (TargetError, DeviationError) as refused:
        seen.problems.append(f"the run could not begin: {refused}")
        return
    if not seen.checks and not seen.failed:
        said = (settings.reports / LOG).read_text("utf-8", "replace").strip().splitlines()
        seen.problems.append(said[-1] if said else f"pytest ended with {code}")

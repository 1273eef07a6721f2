"""A rehearsal: the run against the embedded store, to know what it would send to a target.

Most requests hang on answers to earlier ones, so a run cannot be listed without somebody who
answers. The target itself sees the preflight and nothing else.
"""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from fluentcart_conformance.contract.contract import load_contract
from fluentcart_conformance.plugin.narrowing import Narrowing
from fluentcart_conformance.target.pace import Plan, kind_of, plan
from fluentcart_conformance.target.preflight import TargetReport, preflight
from fluentcart_conformance.target.settings import Settings

from .session import drive

if TYPE_CHECKING:
    from fluentcart_conformance.verdict.verdict import Verdict

READS = frozenset({"GET", "HEAD", "OPTIONS"})
_NUMBER = re.compile(r"(?<=/)\d+(?=/|$)")


class Sending(NamedTuple):
    """One kind of request: `path` is the template of its operation where it has one."""

    method: str
    path: str
    identity: str


@dataclass
class Rehearsal:
    """What a run would send: per scenario, in order, requests with how many in a row."""

    report: TargetReport | None
    profile: str = "documented"
    by_scenario: dict[str, list[tuple[Sending, int]]] = field(default_factory=dict)

    @property
    def requests(self) -> int:
        """How many requests in all."""
        return sum(count for _, count in self._every())

    @property
    def methods(self) -> Counter[str]:
        """How many requests by method."""
        found: Counter[str] = Counter()
        for sending, count in self._every():
            found[sending.method] += count
        return found

    @property
    def limits(self) -> Plan:
        """What the documented hourly limits make of it."""
        found: Counter[str] = Counter()
        for sending, count in self._every():
            kind = kind_of(sending.method, sending.path)
            if kind is not None:
                found[kind] += count
        return plan(found)

    def seconds(self, settings: Settings) -> float:
        """How long a run takes at least: the target's answers, the rate, the hourly limits."""
        latency = self.report.latency_ms / 1000 if self.report else 0.0
        at_rate = self.requests / settings.rate if settings.rate else 0.0
        at_limits = self.limits.seconds if settings.respect_documented_limits else 0.0
        return max(self.requests * latency / max(settings.workers, 1), at_rate, at_limits)

    def _every(self) -> Iterator[tuple[Sending, int]]:
        for sendings in self.by_scenario.values():
            yield from sendings

    # -- as a listener of the rehearsing run -------------------------------------------------

    def ready(self, report: TargetReport, scenarios: int) -> None:
        """The profile that is spoken decides how paths read."""
        del scenarios
        self.profile = report.profile

    def running(self, title: str) -> None:
        """Nothing to do."""

    def done(self, verdict: Verdict) -> None:
        """Nothing to do: what the embedded store does says nothing about the target."""

    def seen(self, event: dict[str, Any]) -> None:
        """Note what was sent."""
        if event["type"] == "exchange":
            path = self._path(event["operation"], event["url"])
            self._note(event["scenario"], Sending(event["method"], path, event["identity"]), 1)
        elif event["type"] == "sent":
            operations = load_contract(self.profile).operations
            for name, part in event["operations"].items():
                one = operations[name]
                sending = Sending(one.method, one.template, "any")
                self._note(event["scenario"], sending, part["requests"])

    def _path(self, operation: str | None, url: str) -> str:
        operations = load_contract(self.profile).operations
        if operation in operations:
            return operations[operation].template
        path = url.partition("?")[0].partition("/wp-json")[2]
        return _NUMBER.sub("{id}", path.removeprefix("/fluent-cart/v2"))

    def _note(self, scenario: str | None, sending: Sending, count: int) -> None:
        rows = self.by_scenario.setdefault(scenario or "between scenarios", [])
        if rows and rows[-1][0] == sending:
            rows[-1] = (sending, rows[-1][1] + count)
        else:
            rows.append((sending, count))


def rehearse(
    settings: Settings, narrowing: Narrowing | None = None, requirements: Sequence[str] = ()
) -> Rehearsal:
    """Look at the target, read-only, then run what is chosen against an embedded store.

    Raises:
        TargetError: when the target cannot be looked at.
    """
    report = preflight(settings) if settings.base_url is not None else None
    rehearsal = Rehearsal(report)
    chosen = replace(narrowing or Narrowing(), resumes=None, fail_fast=False)
    with tempfile.TemporaryDirectory(prefix="rehearsal-") as folder:
        stage = settings.for_rehearsal(
            Path(folder),
            profile=report.profile if report else settings.profile,
            lacks=[name for name, one in report.capabilities.items() if not one.present]
            if report
            else (),
        )
        drive(stage, [rehearsal], requirements=requirements, narrowing=chosen)
    return rehearsal

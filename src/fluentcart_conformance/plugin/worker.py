"""The process that runs scenarios: selection, the running scenario, its outcome and events."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from fluentcart_conformance.drivers.core import Prerequisite
from fluentcart_conformance.plugin.areas import of_areas
from fluentcart_conformance.plugin.context import Workbench, current_scenario, running
from fluentcart_conformance.plugin.items import (
    area_of,
    is_late,
    is_long,
    promised_by,
    scenario_id,
    title_of,
)
from fluentcart_conformance.plugin.narrowing import Narrowing
from fluentcart_conformance.plugin.options import PREFIX
from fluentcart_conformance.plugin.scenario import Scenario
from fluentcart_conformance.plugin.turns import Turns

if TYPE_CHECKING:
    from fluentcart_conformance.target.preflight import TargetReport
    from fluentcart_conformance.target.settings import Settings

_SCENARIO = pytest.StashKey[Scenario]()
_EVENTS = "fluentcart_conformance"
_SHARED_SHOWN = 20
"""Of what shared arrangements sent, the latest are evidence enough."""


class LeftOut(Exception):
    """The scenario is not run; its requirements have been given their outcome."""


@dataclass(frozen=True)
class Assignment:
    """What a worker needs to know; goes over the pipe of xdist, never to a file or argv."""

    name: str
    run: str
    settings: Settings
    report: TargetReport
    journal: Path
    namespace: str
    narrowing: Narrowing


class Worker:
    """Runs scenarios for one run in this process."""

    def __init__(self, assignment: Assignment, config: pytest.Config) -> None:
        from fluentcart_conformance.journal.guard import Guard, Policy  # noqa: PLC0415
        from fluentcart_conformance.journal.journal import Journal  # noqa: PLC0415
        from fluentcart_conformance.journal.observe import Observer  # noqa: PLC0415
        from fluentcart_conformance.target.client import StoreClient  # noqa: PLC0415
        from fluentcart_conformance.target.pace import shared_pace  # noqa: PLC0415

        settings, report = assignment.settings, assignment.report
        journal = Journal(
            assignment.journal,
            assignment.run,
            assignment.namespace,
            target=str(settings.base_url),
            durable=not report.embedded,
        )
        pace = shared_pace(settings, assignment.run)
        client = StoreClient(settings, report.root, pace=pace)
        client.guard = Guard(journal, Policy.of(settings, embedded=report.embedded))
        client.observer = Observer(journal)
        self.bench = Workbench(assignment.name, settings, report, client, journal, client.redactor)
        self.absent = self.bench.absent
        self.narrowing = assignment.narrowing
        self.config = config
        # What goes over the pipe of xdist must be whole; the process that leads can wait for it.
        self._far = hasattr(config, "workerinput")
        self._turns = Turns(assignment.journal) if self._far else None
        self._arranged: dict[str, list[str]] = {}

    # -- selection ---------------------------------------------------------------------------

    def select(self, items: list[pytest.Item]) -> None:
        """Keep the scenarios of the chosen areas and requirements that suit this run."""
        writes = self.bench.settings.writes_allowed
        chosen = of_areas(items, self.bench.settings.areas)
        wanted = set(self.config.getoption(PREFIX + "requirement", None) or ())
        kept: list[pytest.Item] = []
        dropped: list[pytest.Item] = []
        for item in items:
            fits = scenario_id(item) in chosen
            fits = fits and not (writes and item.get_closest_marker("reading_run"))
            if fits and wanted:
                fits = not wanted.isdisjoint(promised_by(item))
            (kept if fits else dropped).append(item)
        left = self.narrowing.keep({scenario_id(one): promised_by(one) for one in kept})
        dropped += [one for one in kept if scenario_id(one) not in left]
        kept = [one for one in kept if scenario_id(one) in left]
        if dropped:
            self.config.hook.pytest_deselected(items=dropped)
        items[:] = sorted(kept, key=lambda one: (is_late(one), self._far and not is_long(one)))

    # -- one scenario ------------------------------------------------------------------------

    @contextmanager
    def scenario(self, item: pytest.Item) -> Iterator[None]:
        """The scenario around set-up, call and teardown of a test."""
        scenario = Scenario(
            scenario_id(item), promised_by(item), self.absent, catch_up=self.bench.catch_up
        )
        item.stash[_SCENARIO] = scenario
        alone = item.get_closest_marker("alone") is not None
        with self._turns.turn(alone=alone) if self._turns else nullcontext(), running(scenario):
            yield

    def before(self, item: pytest.Item) -> None:
        """Leave a scenario out when nothing of it applies, or when the target lacks what it needs.

        Raises:
            LeftOut: to end the scenario before it sends anything.
        """
        scenario = item.stash[_SCENARIO]
        scenario.shared = self._arranged_for(item)
        if scenario.promised and all(one in self.absent for one in scenario.promised):
            scenario.check(scenario.promised, "not_applicable")
            raise LeftOut("nothing of this scenario has a form in the profile")
        for mark in item.iter_markers("needs"):
            for capability in mark.args:
                missing = self.bench.missing(capability)
                if missing is not None:
                    outcome, reason = missing
                    scenario.not_reached(reason, outcome)
                    raise LeftOut(reason)

    @contextmanager
    def arranging(self, name: str) -> Iterator[None]:
        """Note what the set-up of a shared fixture sends: evidence for whoever uses it later."""
        scenario = current_scenario()
        before = len(scenario.events)
        yield
        sent = (one["id"] for one in scenario.events[before:] if one["type"] == "exchange")
        self._arranged[name] = list(sent)

    def _arranged_for(self, item: pytest.Item) -> list[str]:
        names: list[str] = getattr(item, "fixturenames", [])
        found = [one for name in names for one in self._arranged.get(name, ())]
        return list(dict.fromkeys(found))[-_SHARED_SHOWN:]

    def settle(
        self, item: pytest.Item, call: pytest.CallInfo[None], report: pytest.TestReport
    ) -> None:
        """Turn what happened in one phase into the scenario's outcome; hand over at the end."""
        scenario = item.stash[_SCENARIO]
        error = call.excinfo.value if call.excinfo else None
        if isinstance(error, LeftOut):
            # pytest must not go on to call it; the record, not pytest, says what that means.
            path, line, _ = item.location
            report.outcome = "skipped"
            report.longrepr = (path, line or 0, str(error))
            item.stash[_OUTCOME] = "passed"
        elif error is not None:
            self._explain(item, scenario, error, report)
        elif report.when == "call" and scenario.failures:
            report.outcome = "failed"
            report.longrepr = "\n".join(scenario.failures)
            item.stash[_OUTCOME] = "failed"
        item.stash[_SECONDS] = item.stash.get(_SECONDS, 0.0) + call.duration
        if report.when == "teardown":
            scenario.events.append(self._scenario_event(item, scenario))
            if self.narrowing.fail_fast or self._far:
                self.bench.catch_up_quietly()
            if self.narrowing.fail_fast:
                self._stop_if_broken(item.session, scenario)
            report.user_properties.append((_EVENTS, scenario.events))

    def _stop_if_broken(self, session: pytest.Session, scenario: Scenario) -> None:
        from fluentcart_conformance.plugin.failfast import first_broken  # noqa: PLC0415
        from fluentcart_conformance.verdict.deviations import load_deviations  # noqa: PLC0415

        broken = first_broken(scenario.events, load_deviations(self.bench.settings.deviations))
        if broken is not None:
            session.shouldfail = f"the run stopped at the first broken MUST, {broken}"
            scenario.events.append({"type": "stopped", "reason": session.shouldfail})

    def _explain(
        self,
        item: pytest.Item,
        scenario: Scenario,
        error: BaseException,
        report: pytest.TestReport,
    ) -> None:
        """A scenario that stopped: by the target, or by the tool itself."""
        from fluentcart_conformance.target.errors import (  # noqa: PLC0415
            NoAnswer,
            ReadOnly,
            TargetError,
        )

        words = f"{error}" or repr(error)
        # A name that a failed block was to give is missing for the target's fault.
        unset = isinstance(error, UnboundLocalError) and bool(scenario.failures)
        if isinstance(error, Prerequisite | AssertionError) or scenario.misled(error) or unset:
            scenario.not_reached(f"the scenario could not go on: {words}")
            outcome = "failed"
        elif isinstance(error, ReadOnly):
            scenario.not_reached("this run only reads", outcome="disabled")
            outcome = "passed"
            item.stash[_OUTCOME] = outcome
            path, line, _ = item.location
            report.outcome = "skipped"
            report.longrepr = (path, line or 0, "this run only reads")
            return
        elif isinstance(error, NoAnswer):
            scenario.check(["GEN-ANSWERS"], "failed", words)
            scenario.not_reached(words)
            outcome = "failed"
        elif isinstance(error, TargetError):
            scenario.not_reached(words)
            scenario.events.append({"type": "problem", "where": "target", "message": words})
            outcome = "failed"
        else:
            scenario.not_reached(f"the tool failed: {error!r}")
            message = f"{scenario.id}: {error!r}"
            scenario.events.append({"type": "problem", "where": "harness", "message": message})
            outcome = "error"
        if outcome == "failed":
            report.longrepr = "\n".join([*scenario.failures, words])
        item.stash[_OUTCOME] = outcome
        item.stash[_MESSAGE] = words

    def _scenario_event(self, item: pytest.Item, scenario: Scenario) -> dict[str, Any]:
        _, line, _ = item.location
        message = item.stash.get(_MESSAGE, "") or "\n".join([*scenario.failures, *scenario.notes])
        return {
            "type": "scenario",
            "id": scenario.id,
            "title": title_of(item),
            "area": area_of(item),
            "file": scenario.id.split("::", maxsplit=1)[0],
            "line": (line or 0) + 1,
            "outcome": item.stash.get(_OUTCOME, "passed"),
            "seconds": round(float(item.stash.get(_SECONDS, 0.0)), 4),
            "requirements": list(scenario.checked),
            "message": message,
        }

    def close(self) -> list[dict[str, Any]]:
        """The exchanges that belong to no scenario; closes the connection."""
        while self.bench.behind:
            self.bench.catch_up_quietly()
        self.bench.client.close()
        loose, self.bench.loose = self.bench.loose, []
        if self.bench.broken is not None:
            words = f"the last exchange could not be judged: {self.bench.broken!r}"
            loose.append({"type": "problem", "where": "harness", "message": words})
        return loose


_OUTCOME = pytest.StashKey[str]()
_MESSAGE = pytest.StashKey[str]()
_SECONDS = pytest.StashKey[float]()

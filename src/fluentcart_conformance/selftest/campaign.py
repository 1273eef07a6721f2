"""All faults, one after another or side by side."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from fluentcart_conformance.contract.contract import load_contract
from fluentcart_conformance.contract.requirements import load_requirements
from fluentcart_conformance.selftest.crew import Broken, work
from fluentcart_conformance.selftest.once import Seen, run_once
from fluentcart_conformance.selftest.outcome import (
    BROKEN,
    KILLED,
    NOT_APPLICABLE,
    Outcome,
    ended,
    judged,
)
from fluentcart_conformance.selftest.plan import Plan
from fluentcart_conformance.selftest.warm import load, loaded, shared_bytecode
from fluentcart_conformance.store.faults import Fault

_PATIENCE = 240.0
_SHORT = 1.5
_LONG = 30.0


class SelftestError(Exception):
    """The suites cannot be proved: they do not even run on a store without faults."""

    exit_code = 4


@dataclass
class Campaign:
    """What a selftest runs and how.

    Attributes:
        full: Every fault meets every scenario, not only those that can see it.
        told: Called with each outcome as it comes.
    """

    profile: str
    faults: Sequence[Fault]
    jobs: int = 2
    full: bool = False
    told: Callable[[Outcome], None] = lambda _: None
    absent: set[str] = field(init=False)

    def __post_init__(self) -> None:
        rows = load_requirements().values()
        self.absent = {one.id for one in rows if one.untestable or self.profile in one.absent}

    def run(self) -> tuple[Seen, list[Outcome]]:
        """Return what the store without faults showed, and the outcomes in the faults' order.

        Raises:
            SelftestError: when the run without faults does not work.
        """
        with shared_bytecode():
            # Loaded before the first fork, so that no job does it again.
            load_contract(self.profile)
            clean = self.clean()
            load(clean.modules)
            return clean, self._faulty(Plan(clean))

    def _faulty(self, plan: Plan) -> list[Outcome]:
        found: dict[str, Outcome] = {}
        waiting = []
        for fault in self.faults:
            hidden = not self.profile.startswith(fault.family)
            if hidden or self.absent.issuperset(fault.requirements):
                found[fault.id] = ended(fault, NOT_APPLICABLE)
                self.told(found[fault.id])
            else:
                waiting.append(fault)
        jobs = work(
            waiting,
            lambda fault: self.one(fault, plan),
            workers=self.jobs,
            patience=_PATIENCE,
        )
        for fault, result in jobs:
            broken = isinstance(result, Broken)
            found[fault.id] = ended(fault, BROKEN, result.words) if broken else result
            self.told(found[fault.id])
        return [found[fault.id] for fault in self.faults]

    def one(self, fault: Fault, plan: Plan) -> Outcome:
        """Run one fault: against the scenarios that can see it, then against all of them."""
        begun = time.monotonic()
        few = [] if self.full and not fault.slow else plan.scenarios_for(fault)
        outcome = self._against(fault, few, plan)
        if outcome.result != KILLED and few and not fault.slow:
            outcome = self._against(fault, [], plan)
        outcome.seconds = time.monotonic() - begun
        return outcome

    def _against(self, fault: Fault, scenarios: Sequence[str], plan: Plan) -> Outcome:
        seen = run_once(
            self.profile,
            faults=[fault.id],
            scenarios=scenarios,
            request_timeout=_SHORT if fault.slow else _LONG,
        )
        return judged(fault, seen, plan.clean, self.absent)

    def clean(self) -> Seen:
        """Run everything against a store without faults."""

        def job(_: int) -> Seen:
            seen = run_once(self.profile)
            seen.modules = loaded()
            return seen

        jobs = work([0], job, workers=1, patience=2 * _PATIENCE)
        _, result = next(iter(jobs))
        words = result.words if isinstance(result, Broken) else "; ".join(result.problems)
        if words:
            raise SelftestError(f"the suites do not run without faults: {words}")
        seen: Seen = result
        return seen

"""Which scenarios can see a fault, from a run against a store without one."""

from __future__ import annotations

from collections.abc import Iterable

from fluentcart_conformance.selftest.once import Seen
from fluentcart_conformance.store.faults import Fault

_FEW = 8
_FEW_WHEN_SLOW = 2


class Plan:
    """Chooses scenarios by requirement and operation."""

    def __init__(self, clean: Seen) -> None:
        self.clean = clean
        self._by_requirement: dict[str, set[str]] = {}
        for scenario, ids in clean.checks.items():
            for one in ids:
                self._by_requirement.setdefault(one, set()).add(scenario)

    def scenarios_for(self, fault: Fault) -> list[str]:
        """The scenarios to run first; what survives them meets all the others."""
        checked = [self._by_requirement.get(one, set()) for one in fault.requirements]
        found = set().union(*checked)
        if fault.slow:
            judged = self._of_operations(fault, fault.requirements)
            asked = found & self._of_operations(fault, ()) or judged
            return self._cheapest(asked, _FEW_WHEN_SLOW)
        if not all(checked):
            judged = self._of_operations(fault, fault.requirements)
            found |= set(self._cheapest(judged, _FEW))
        if not found:
            found = set(self._cheapest(self._of_operations(fault, ()), _FEW))
        return sorted(found)

    def _of_operations(self, fault: Fault, requirements: Iterable[str]) -> set[str]:
        """Scenarios that send the fault's operations, and see these requirements met there."""
        wanted = set(requirements)
        found = set()
        for scenario, operations in self.clean.proved.items():
            for operation in fault.operations or tuple(operations):
                proved = operations.get(operation)
                if proved is not None and (not wanted or wanted & proved):
                    found.add(scenario)
        return found - {""}

    def _cheapest(self, scenarios: set[str], most: int) -> list[str]:
        return sorted(scenarios, key=lambda one: (self.clean.requests.get(one, 0), one))[:most]

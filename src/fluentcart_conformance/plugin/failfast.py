"""When a run that is to end at its first failure ends."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from fluentcart_conformance.contract.requirements import load_requirements
from fluentcart_conformance.verdict.deviations import Deviation
from fluentcart_conformance.verdict.tally import Tally


def first_broken(events: Iterable[Any], deviations: Sequence[Deviation]) -> str | None:
    """The first MUST that these events of a scenario show broken and no deviation explains."""
    requirements = load_requirements()
    tally = Tally.of(events)
    tally.settle()
    for one in tally.occurrences:
        known = requirements.get(one.requirement)
        if known is None or known.level != "MUST":
            continue
        if not any(deviation.covers(one) for deviation in deviations):
            return one.requirement
    return None

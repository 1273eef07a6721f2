"""What an earlier record says to a later run: how long scenarios took, which need not run again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from fluentcart_conformance.contract.requirements import Requirement

from .compute import compute_verdict
from .events import Event, HeaderEvent
from .record import read_record
from .states import State
from .tally import Tally

_OPEN = frozenset({State.FAILED, State.DEVIATING, State.NOT_TESTABLE, State.UNTESTED})


@dataclass(frozen=True)
class Earlier:
    """An earlier run.

    `settled` are the scenarios that passed and touch no requirement that is `still_open`: failed,
    deviating, not testable, untested. `finished` are all that came to their end. `seconds` by
    scenario.
    """

    header: HeaderEvent
    settled: frozenset[str]
    still_open: frozenset[str]
    finished: frozenset[str]
    seconds: Mapping[str, float]

    @classmethod
    def of(cls, record: Path, requirements: Mapping[str, Requirement]) -> Earlier:
        """Read a record, complete or not. Raises RecordError."""
        tally = Tally.of(read_record(record))
        verdict = compute_verdict(tally, requirements)
        still_open = {name for name, one in verdict.requirements.items() if one.state in _OPEN}
        touched = {
            scenario for name in still_open for scenario in verdict.requirements[name].scenarios
        }
        touched |= {name for finding in verdict.findings for name in finding.scenarios}
        passed = {name for name, one in tally.scenarios.items() if one["outcome"] == "passed"}
        return cls(
            header=verdict.header,
            settled=frozenset(passed - touched),
            still_open=frozenset(still_open),
            finished=frozenset(
                event["id"] for event in finished_events(record) if event["type"] == "scenario"
            ),
            seconds={name: one["seconds"] for name, one in tally.scenarios.items()},
        )


def finished_events(record: Path) -> Iterator[Event]:
    """The events of the scenarios that came to their end without a problem, in their order.

    Exchanges outside of scenarios belong to them; header, footer, cleanup and problems do not.
    Raises RecordError.
    """
    waiting: dict[str, list[Event]] = {}
    spoilt = False
    for event in read_record(record):
        if event["type"] in ("header", "footer", "cleanup", "stopped"):
            continue
        if event["type"] == "problem":
            # It stands among the events of its scenario, whose end follows.
            spoilt = True
        elif event["type"] == "scenario":
            events = waiting.pop(event["id"], [])
            if not spoilt and event["outcome"] != "error":
                yield from (*events, event)
            spoilt = False
        elif event["type"] in ("exchange", "check", "sent"):
            scenario = event["scenario"]
            if scenario is None:
                yield event
            else:
                waiting.setdefault(scenario, []).append(event)

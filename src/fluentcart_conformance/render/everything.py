"""All reports of a run, derived from its record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from fluentcart_conformance.contract.requirements import Requirement
from fluentcart_conformance.verdict.compute import verdict_of_record
from fluentcart_conformance.verdict.deviations import Deviation
from fluentcart_conformance.verdict.events import ExchangeEvent
from fluentcart_conformance.verdict.record import exchanges_by_id
from fluentcart_conformance.verdict.verdict import Verdict


@dataclass(frozen=True)
class Rendered:
    """A verdict with the exchanges that its findings and requirements show."""

    verdict: Verdict
    exchanges: Mapping[str, ExchangeEvent]


def evidence_of(record: Path, verdict: Verdict) -> Mapping[str, ExchangeEvent]:
    """The exchanges to show: one per finding and one per requirement met, by id."""
    wanted = {finding.exchange for finding in verdict.findings}
    wanted |= {one.evidence for one in verdict.requirements.values()}
    return exchanges_by_id(record, {name for name in wanted if name})


def write_reports(
    record: Path,
    folder: Path,
    requirements: Mapping[str, Requirement],
    deviations: Sequence[Deviation] = (),
) -> Rendered:
    """Write every report into `folder`. Raises RecordError when it cannot be written."""
    verdict = verdict_of_record(record, requirements, deviations)
    exchanges = evidence_of(record, verdict)
    folder.mkdir(parents=True, exist_ok=True)
    return Rendered(verdict, exchanges)

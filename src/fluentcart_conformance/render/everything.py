"""All reports of a run, derived from its record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from fluentcart_conformance.contract.requirements import Requirement
from fluentcart_conformance.verdict.compare import Comparison
from fluentcart_conformance.verdict.compute import verdict_of_record
from fluentcart_conformance.verdict.deviations import Deviation
from fluentcart_conformance.verdict.events import ExchangeEvent
from fluentcart_conformance.verdict.record import exchanges_by_id, is_exchange, read_record
from fluentcart_conformance.verdict.verdict import Verdict

from .allure import write_allure
from .badge import write_badge
from .comparison import comparison_html
from .files import write_whole
from .html import write_html
from .junit import write_junit
from .stories import checks_of, stories


@dataclass(frozen=True)
class Rendered:
    """A verdict with the exchanges that its findings and requirements show."""

    verdict: Verdict
    exchanges: Mapping[str, ExchangeEvent]


def evidence_of(record: Path, verdict: Verdict) -> Mapping[str, ExchangeEvent]:
    """The exchanges to show, by id: of each finding in each scenario, of each requirement met."""
    wanted = {finding.exchange for finding in verdict.findings}
    wanted |= {one.evidence for one in verdict.requirements.values()}
    for finding in verdict.findings:
        first_in = {one.scenario: one for one in reversed(finding.occurrences) if one.exchanges}
        wanted |= {one.exchanges[-1] for one in first_in.values()}
    return exchanges_by_id(record, {name for name in wanted if name})


def write_reports(
    record: Path,
    folder: Path,
    requirements: Mapping[str, Requirement],
    deviations: Sequence[Deviation] = (),
    verdict: Verdict | None = None,
) -> Rendered:
    """Write every report into `folder`; `verdict` is the record's where it is known already.

    Raises RecordError when a report cannot be written.
    """
    if verdict is None:
        verdict = verdict_of_record(record, requirements, deviations)
    exchanges = evidence_of(record, verdict)
    told = stories(verdict, checks_of(read_record(record, is_exchange)))
    write_allure(folder / "allure-results", verdict, told, exchanges)
    write_junit(folder / "junit.xml", verdict, told)
    write_html(folder / "report.html", verdict, exchanges)
    write_badge(folder, verdict)
    return Rendered(verdict, exchanges)


def write_comparison(record: Path, folder: Path, found: Comparison) -> None:
    """Write `comparison.html`, and `report.html` again with the trend against the baseline."""
    write_whole(folder / "comparison.html", comparison_html(found))
    write_html(folder / "report.html", found.after, evidence_of(record, found.after), found)

"""What the page shows, as plain rows; bodies are cut so that the page stays under 2 MB."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from fluentcart_conformance.verdict.events import ExchangeEvent
from fluentcart_conformance.verdict.findings import Finding
from fluentcart_conformance.verdict.states import RequirementVerdict
from fluentcart_conformance.verdict.verdict import Verdict

from ..curl import curl, pytest_command, replay_command
from ..http import transcript
from ..words import STATE_WORDS, visible, visible_block

LONGEST_BODY = 6_000
TRANSCRIPTS = 1_000_000
"""Characters of all transcripts together; with the rest the page stays under 2 MB."""
SHOWN_SCENARIOS = 10
_GROUPS = {"MUST": "finding", "SHOULD": "warning", "MAY": "note"}


@dataclass(frozen=True)
class FindingView:
    """A finding as the page shows it."""

    id: str
    group: str
    level: str
    requirements: tuple[tuple[str, str, str], ...]
    where: str
    expected: str
    got: str
    message: str
    times: int
    scenarios: tuple[str, ...]
    more_scenarios: int
    pytest: str
    replay: str
    curl: str
    transcript: str
    reasons: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class RequirementView:
    """A requirement as the page shows it; `words` is what the search looks through."""

    id: str
    level: str
    area: str
    state: str
    state_word: str
    text: str
    reason: str
    operations: str
    sources: tuple[str, ...]
    forms: tuple[tuple[str, str], ...]
    checks: str
    scenarios: tuple[str, ...]
    findings: tuple[str, ...]
    evidence: str
    words: str


def area_rows(verdict: Verdict) -> list[dict[str, object]]:
    """One row per area."""
    return [
        {
            "name": area.name,
            "result": area.result.value,
            "word": area.result.value.replace("_", " "),
            "failed": area.failed,
            "warnings": area.warnings,
            "scenarios": area.scenarios,
            **{state.value: area.states[state] for state in STATE_WORDS if state != "failed"},
        }
        for area in verdict.areas.values()
    ]


def deviation_rows(verdict: Verdict) -> list[tuple[str, str, str]]:
    """Stale deviations: name, requirement, why."""
    return [(one.deviation.key, one.deviation.requirement, one.why) for one in verdict.stale]


def timing_rows(verdict: Verdict) -> list[tuple[str, int, int, str]]:
    """Operation, requests, of these accepted, mean milliseconds; the busiest first."""
    rows = sorted(verdict.timing.items(), key=lambda item: -item[1].requests)
    return [
        (name, one.requests, one.accepted, f"{one.total_ms / one.requests:.1f}")
        for name, one in rows
    ]


def finding_views(verdict: Verdict, exchanges: Mapping[str, ExchangeEvent]) -> list[FindingView]:
    """Every finding, the first ones with their exchange."""
    left = TRANSCRIPTS
    views = []
    for finding in verdict.findings:
        view = _finding(verdict, finding, exchanges.get(finding.exchange or ""), left)
        left -= len(view.transcript) + len(view.curl)
        views.append(view)
    return views


def _finding(
    verdict: Verdict, finding: Finding, exchange: ExchangeEvent | None, left: int
) -> FindingView:
    first = finding.first
    scenario = finding.scenarios[0] if finding.scenarios else ""
    command = visible_block(curl(exchange))[:LONGEST_BODY] if exchange else ""
    text = visible_block(transcript(exchange, LONGEST_BODY)) if exchange else ""
    if len(text) + len(command) > left:
        text = f"Exchange {finding.exchange} is in run.jsonl; this page would grow too large."
        command = command if len(command) < LONGEST_BODY // 10 else ""
    return FindingView(
        id=finding.id,
        group="known" if finding.deviating else _GROUPS[finding.level],
        level=finding.level,
        requirements=tuple(_named(verdict, name) for name in finding.requirements),
        where=visible(" ".join(part for part in (first.operation or "", first.pointer) if part)),
        expected=visible(first.expected, 1000),
        got=visible(first.got, 1000) if first.got != first.message else "",
        message=visible_block(first.message[:2000]),
        times=len(finding.occurrences),
        scenarios=finding.scenarios[:SHOWN_SCENARIOS],
        more_scenarios=max(len(finding.scenarios) - SHOWN_SCENARIOS, 0),
        pytest=pytest_command(scenario) if scenario else "",
        replay=replay_command(scenario) if scenario else "",
        curl=command,
        transcript=text,
        reasons=tuple((one.key, one.reason, one.expires.isoformat()) for one in finding.deviations),
    )


def _named(verdict: Verdict, name: str) -> tuple[str, str, str]:
    known = verdict.requirements.get(name)
    if known is None:
        return name, "unknown requirement", ""
    sources = "; ".join(_sources(known))
    return name, known.requirement.text, sources


def _sources(one: RequirementVerdict) -> Iterator[str]:
    for source in one.requirement.sources:
        yield f"{source.document}, {source.section}" if source.section else source.document


def requirement_views(
    verdict: Verdict, exchanges: Mapping[str, ExchangeEvent]
) -> list[RequirementView]:
    """Every requirement, in the order of the areas."""
    return [_requirement(one, exchanges) for one in verdict.requirements.values()]


def _requirement(
    one: RequirementVerdict, exchanges: Mapping[str, ExchangeEvent]
) -> RequirementView:
    known = one.requirement
    proof = exchanges.get(one.evidence or "")
    sources = tuple(_sources(one))
    operations = ", ".join(known.operations) if known.operations != ("*",) else "all operations"
    return RequirementView(
        id=known.id,
        level=known.level,
        area=known.area,
        state=one.state.value,
        state_word=STATE_WORDS[one.state],
        text=known.text,
        reason=visible(one.reason, 600),
        operations=operations,
        sources=sources,
        forms=tuple(known.forms.items()),
        checks=f"{one.checks} by scenarios, {one.proofs} by the judge",
        scenarios=one.scenarios[:SHOWN_SCENARIOS],
        findings=one.findings,
        evidence=_evidence(proof) if proof else "",
        words=" ".join((known.id, known.text, operations, *sources)).lower(),
    )


def _evidence(exchange: ExchangeEvent) -> str:
    line = f"{exchange['method']} {exchange['url']} answered {exchange['status']}"
    return visible(f"{line} (exchange {exchange['id']} as {exchange['identity']})")

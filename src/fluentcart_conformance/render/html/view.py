"""What the page shows, as plain rows; bodies are cut so that the page stays under 2 MB."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markupsafe import escape

from fluentcart_conformance.verdict.events import ExchangeEvent
from fluentcart_conformance.verdict.findings import Finding
from fluentcart_conformance.verdict.occurrences import Occurrence
from fluentcart_conformance.verdict.states import RequirementVerdict
from fluentcart_conformance.verdict.verdict import Verdict

from ..curl import curl, pytest_command, replay_command
from ..http import transcript
from ..words import STATE_WORDS, visible, visible_block

LONGEST_BODY = 6_000
LONGEST_LINE = 300
LONGEST_SUMMARY = 120
LONGEST_MESSAGE = 800
LONGEST_EXCERPT = 160
TRANSCRIPTS = 300_000
"""Bytes of all transcripts together, escaped; with the rest the page stays under 2 MB."""
SHOWN_FINDINGS = 150
SHOWN_SCENARIOS = 5
_GROUPS = {"MUST": "finding", "SHOULD": "warning", "MAY": "note"}


@dataclass(frozen=True)
class FindingView:
    """A finding as the page shows it."""

    id: str
    group: str
    level: str
    requirements: tuple[tuple[str, str, str], ...]
    where: str
    said: str
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
    """A requirement as the page shows it; `findings` are ids and whether the page shows them."""

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
    findings: tuple[tuple[str, bool], ...]
    evidence: str
    excerpt: str


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
    """The first findings, as many as fit with their exchange."""
    left = TRANSCRIPTS
    views = []
    for finding in verdict.findings[:SHOWN_FINDINGS]:
        view = _finding(verdict, finding, exchanges.get(finding.exchange or ""), left)
        left -= _size(view.transcript) + _size(view.curl)
        views.append(view)
    return views


def _finding(
    verdict: Verdict, finding: Finding, exchange: ExchangeEvent | None, left: int
) -> FindingView:
    first = finding.first
    scenario = finding.scenarios[0] if finding.scenarios else ""
    command = visible_block(curl(exchange))[:LONGEST_BODY] if exchange else ""
    text = visible_block(transcript(exchange, LONGEST_BODY)) if exchange else ""
    if _size(text) + _size(command) > left:
        text = f"Exchange {finding.exchange} is in run.jsonl; this page would grow too large."
        command = command if len(command) < LONGEST_BODY // 10 else ""
    return FindingView(
        id=finding.id,
        group="known" if finding.deviating else _GROUPS[finding.level],
        level=finding.level,
        requirements=tuple(_named(verdict, name) for name in finding.requirements),
        where=visible(" ".join(part for part in (first.operation or "", first.pointer) if part)),
        said=visible(_said(first), LONGEST_SUMMARY),
        expected=visible(first.expected, LONGEST_LINE),
        got=visible(first.got, LONGEST_LINE) if first.got != first.message else "",
        message=visible_block(first.message[:LONGEST_MESSAGE]),
        times=len(finding.occurrences),
        scenarios=finding.scenarios[:SHOWN_SCENARIOS],
        more_scenarios=max(len(finding.scenarios) - SHOWN_SCENARIOS, 0),
        pytest=pytest_command(scenario) if scenario else "",
        replay=replay_command(scenario) if scenario else "",
        curl=command,
        transcript=text,
        reasons=tuple(
            dict.fromkeys(
                (one.key, one.reason, one.expires.isoformat()) for one in finding.deviations
            )
        ),
    )


def _said(first: Occurrence) -> str:
    if first.expected:
        return f"expected {first.expected}, got {first.got}"
    return (first.message or first.got).strip().partition("\n")[0]


def _size(text: str) -> int:
    """What the text takes on the page."""
    return len(escape(text).encode("utf-8", "replace"))


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
    shown = {finding.id for finding in verdict.findings[:SHOWN_FINDINGS]}
    return [_requirement(one, exchanges, shown) for one in verdict.requirements.values()]


def _requirement(
    one: RequirementVerdict, exchanges: Mapping[str, ExchangeEvent], shown: set[str]
) -> RequirementView:
    known = one.requirement
    proof = exchanges.get(one.evidence or "")
    operations = ", ".join(known.operations) if known.operations != ("*",) else "all operations"
    return RequirementView(
        id=known.id,
        level=known.level,
        area=known.area,
        state=one.state.value,
        state_word=STATE_WORDS[one.state],
        text=known.text,
        reason=visible(one.reason, LONGEST_SUMMARY if one.findings else LONGEST_LINE),
        operations=operations,
        sources=tuple(_sources(one)),
        forms=tuple(known.forms.items()),
        checks=f"{one.checks} by scenarios, {one.proofs} by the judge",
        scenarios=one.scenarios[:SHOWN_SCENARIOS],
        findings=tuple((name, name in shown) for name in one.findings[:SHOWN_SCENARIOS]),
        evidence=_evidence(proof) if proof else "",
        excerpt=visible(proof["response"]["body"] or "", LONGEST_EXCERPT) if proof else "",
    )


def _evidence(exchange: ExchangeEvent) -> str:
    line = f"{exchange['method']} {exchange['url']} answered {exchange['status']}"
    return visible(f"{line} (exchange {exchange['id']} as {exchange['identity']})")

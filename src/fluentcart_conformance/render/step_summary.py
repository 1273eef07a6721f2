"""What a CI shows of a run: GitHub's step summary and annotations, made when it is there."""

from __future__ import annotations

import os
from pathlib import Path

from fluentcart_conformance.verdict.findings import Finding
from fluentcart_conformance.verdict.verdict import Verdict

from .stories import sentence
from .words import STATE_WORDS, last_line, markdown_text, visible

SHOWN_FINDINGS = 30
ANNOTATIONS = 10
"""GitHub shows ten annotations of a kind per step."""


def publish(verdict: Verdict) -> list[str]:
    """Append to GITHUB_STEP_SUMMARY if it is set; return the annotation lines to print.

    Both are empty outside of GitHub Actions. A summary file that cannot be written is left alone:
    the verdict does not depend on it.
    """
    summary = os.environ.get("GITHUB_STEP_SUMMARY")
    if summary:
        try:
            with Path(summary).open("a", encoding="utf-8") as file:
                file.write(markdown(verdict))
        except OSError as error:
            return [f"::warning title=fluentcart-conformance::{_data(f'no summary: {error}')}"]
    if os.environ.get("GITHUB_ACTIONS") != "true":
        return []
    return workflow_commands(verdict)


def markdown(verdict: Verdict) -> str:
    """The verdict as GitHub-flavoured Markdown."""
    lines = [f"## {markdown_text(last_line(verdict))}", "", *_areas(verdict), ""]
    for title, level in (("Findings", "MUST"), ("Warnings", "SHOULD")):
        ones = verdict.open_findings(level)
        if ones:
            lines += [f"### {title}", "", "| requirement | where | what |", "|---|---|---|"]
            lines += [_row(one) for one in ones[:SHOWN_FINDINGS]]
            if len(ones) > SHOWN_FINDINGS:
                lines.append(f"| … | | {len(ones) - SHOWN_FINDINGS} more in report.html |")
            lines.append("")
    lines += [
        f"- not testable: {one.requirement.id}: {markdown_text(one.reason)}"
        for one in verdict.blocked[:SHOWN_FINDINGS]
    ]
    lines += [
        f"- stale deviation: {one.deviation.key}: {markdown_text(one.why)}" for one in verdict.stale
    ]
    lines += [f"- harness error: {markdown_text(text)}" for text in verdict.harness_problems]
    lines += [f"- target: {markdown_text(text)}" for text in verdict.target_problems]
    return "\n".join(lines) + "\n"


def _areas(verdict: Verdict) -> list[str]:
    states = [state for state in STATE_WORDS if verdict.states[state]]
    head = " | ".join(STATE_WORDS[state] for state in states)
    lines = [f"| area | verdict | {head} |", "|---|---|" + "---:|" * len(states)]
    for area in verdict.areas.values():
        cells = " | ".join(str(area.states[state]) for state in states)
        lines.append(f"| {area.name} | {area.result.value.replace('_', ' ')} | {cells} |")
    return lines


def _row(finding: Finding) -> str:
    first = finding.first
    names = ", ".join(finding.requirements[:5])
    place = f"{first.operation or ''} {first.pointer}".strip()
    return f"| {names} | {markdown_text(place)} | {markdown_text(sentence(finding))} |"


def workflow_commands(verdict: Verdict) -> list[str]:
    """One workflow command per finding, the scenario's file and line where there is one."""
    places = {one["id"]: one for one in verdict.scenarios}
    lines = []
    for finding in verdict.open_findings("MUST")[:ANNOTATIONS]:
        scenario = next((places[one] for one in finding.scenarios if one in places), None)
        where = f"file={_property(scenario['file'])},line={scenario['line']}," if scenario else ""
        title = _property(", ".join(finding.requirements[:5]))
        lines.append(f"::error {where}title={title}::{_data(visible(sentence(finding), 600))}")
    for finding in verdict.open_findings("SHOULD")[:ANNOTATIONS]:
        title = _property(finding.first.requirement)
        lines.append(f"::warning title={title}::{_data(visible(sentence(finding), 600))}")
    return lines


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")

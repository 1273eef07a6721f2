"""The verdict on a terminal: a table per area, the findings, one clear last line."""

from __future__ import annotations

from collections.abc import Mapping

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from fluentcart_conformance.verdict.areas import AreaResult, AreaVerdict
from fluentcart_conformance.verdict.events import ExchangeEvent
from fluentcart_conformance.verdict.findings import Finding
from fluentcart_conformance.verdict.states import State
from fluentcart_conformance.verdict.verdict import Result, Verdict

from .console import make_console, plain_wanted
from .curl import curl, replay_command
from .words import economy, last_line, plural, reach, visible, visible_block

__all__ = ["SHOWN_FINDINGS", "make_console", "plain_wanted", "print_verdict"]

SHOWN_FINDINGS = 20
SHOWN_LINES = 6
_COLOURS = {
    Result.CONFORMS: "bold green",
    Result.FINDINGS: "bold red",
    Result.HARNESS_ERROR: "bold magenta",
    Result.INTERRUPTED: "bold yellow",
    Result.NO_VERDICT: "bold yellow",
}
_AREA_WORDS = {
    AreaResult.PASSED: "[green]passed[/]",
    AreaResult.FAILED: "[red]failed[/]",
    AreaResult.DEVIATING: "[yellow]deviating[/]",
    AreaResult.NO_VERDICT: "[yellow]no verdict[/]",
    AreaResult.DISABLED: "[dim]disabled[/]",
    AreaResult.NOT_APPLICABLE: "[dim]not applicable[/]",
}
_COLUMNS = (
    ("passed", State.PASSED),
    ("deviating", State.DEVIATING),
    ("not testable", State.NOT_TESTABLE),
    ("not applicable", State.NOT_APPLICABLE),
    ("untested", State.UNTESTED),
)


def print_verdict(
    console: Console,
    verdict: Verdict,
    exchanges: Mapping[str, ExchangeEvent] | None = None,
    *,
    shown: int = SHOWN_FINDINGS,
) -> None:
    """Print the whole verdict. `exchanges` holds those of the findings, for their curl command."""
    evidence = exchanges or {}
    console.print(_table(verdict))
    _print_findings(console, verdict, evidence, shown)
    _print_rest(console, verdict)
    console.print(
        escape(last_line(verdict)),
        style=_COLOURS[verdict.result],
        soft_wrap=True,
        highlight=False,
    )


def _table(verdict: Verdict) -> Table:
    table = Table(show_edge=False, pad_edge=False, box=None, header_style="bold")
    table.add_column("area")
    table.add_column("verdict")
    states = [(title, state) for title, state in _COLUMNS if verdict.states[state]]
    table.add_column("failed", justify="right")
    table.add_column("warnings", justify="right")
    for title, _ in states:
        table.add_column(title, justify="right")
    table.add_column("scenarios", justify="right")
    for area in verdict.areas.values():
        table.add_row(*_row(area, [state for _, state in states]))
    return table


def _row(area: AreaVerdict, states: list[State]) -> list[str]:
    return [
        area.name,
        _AREA_WORDS[area.result],
        f"[red]{area.failed}[/]" if area.failed else "0",
        str(area.warnings),
        *(str(area.states[state]) for state in states),
        str(area.scenarios),
    ]


def _print_findings(
    console: Console, verdict: Verdict, evidence: Mapping[str, ExchangeEvent], shown: int
) -> None:
    open_ones = verdict.open_findings("MUST")
    for finding in open_ones[:shown]:
        _print_finding(console, verdict, finding, evidence)
    if len(open_ones) > shown:
        console.print(f"\n... and {plural(len(open_ones) - shown, 'more finding')}, see the report")
    warnings = verdict.open_findings("SHOULD")
    if warnings:
        console.print(f"\n[yellow]{plural(len(warnings), 'warning')}[/] (SHOULD)")
        for finding in warnings[:shown]:
            console.print(f"  {_one_line(finding)}", soft_wrap=True, highlight=False)
    console.print()


def _one_line(finding: Finding) -> str:
    first = finding.first
    place = " ".join(part for part in (first.operation or "", first.pointer) if part)
    said = visible((first.message or first.got).partition("\n")[0], 200)
    if first.expected:
        said = f"expected {visible(first.expected, 100)}, got {visible(first.got, 100)}"
    return escape(f"{finding.id}  {first.requirement}  {place}  {said}")


def _print_finding(
    console: Console, verdict: Verdict, finding: Finding, evidence: Mapping[str, ExchangeEvent]
) -> None:
    first = finding.first
    known = verdict.requirements.get(first.requirement)
    console.print(f"\n[bold red]{finding.id}[/]  {escape(', '.join(finding.requirements))}")
    lines = [("requirement", known.requirement.text)] if known else []
    lines += [
        ("source", _source(verdict, first.requirement)),
        ("where", " ".join(part for part in (first.operation or "", first.pointer) if part)),
        ("expected", visible(first.expected)),
        ("got", visible(first.got) if first.got != first.message else ""),
        ("message", _block(first.message)),
        ("seen", plural(len(finding.occurrences), "time")),
    ]
    exchange = evidence.get(finding.exchange or "")
    if exchange:
        lines.append(("curl", visible(curl(exchange), 1000)))
    if finding.scenarios:
        lines.append(("scenario", finding.scenarios[0]))
        lines.append(("replay", replay_command(finding.scenarios[0])))
    for name, text in lines:
        if text:
            console.print(f"  {name:<12}{escape(text)}", soft_wrap=True, highlight=False)


def _block(text: str) -> str:
    """A message, each line under the other; of a long one its beginning and its end."""
    lines = visible_block(text).splitlines()
    if len(lines) > SHOWN_LINES:
        half = SHOWN_LINES // 2
        lines = [*lines[:half], "...", *lines[-half:]]
    return f"\n{'':<14}".join(line[:300] for line in lines)


def _source(verdict: Verdict, name: str) -> str:
    known = verdict.requirements.get(name)
    if known is None:
        return ""
    return "; ".join(f"{one.document}, {one.section}" for one in known.requirement.sources)


def _print_rest(console: Console, verdict: Verdict) -> None:
    silent = [area.name for area in verdict.areas.values() if area.result is AreaResult.NO_VERDICT]
    if silent:
        _line(console, "no verdict", f"nothing looked at {', '.join(silent)}")
    for one in verdict.blocked[:SHOWN_FINDINGS]:
        _line(console, "not testable", f"{one.requirement.id}: {one.reason}")
    if len(verdict.blocked) > SHOWN_FINDINGS:
        _line(console, "not testable", f"... and {len(verdict.blocked) - SHOWN_FINDINGS} more")
    for stale in verdict.stale:
        name = f"{stale.deviation.key} ({stale.deviation.requirement})"
        _line(console, "stale deviation", f"{name} {stale.why}")
    if verdict.unseen:
        shown = f"{plural(len(verdict.unseen), 'known deviation')} that show now and then did not"
        _line(console, "not seen", f"{shown}; `deviations prune` drops what several runs miss")
    for text in verdict.harness_problems:
        _line(console, "harness error", text)
    for text in verdict.target_problems:
        _line(console, "target", text)
    _line(console, "economy", economy(verdict))
    _line(console, "reach", reach(verdict))
    if verdict.cleanup:
        cleanup = verdict.cleanup
        left = cleanup["leftovers"]
        _line(
            console,
            "cleanup",
            f"{cleanup['created']} created, {cleanup['removed']} removed, "
            + (f"{plural(len(left), 'leftover')}" if left else "nothing left behind"),
        )
        for item in left[:SHOWN_FINDINGS]:
            _line(console, "leftover", f"{item['kind']} {item['id']}: {item['reason']}")


def _line(console: Console, name: str, text: str) -> None:
    console.print(f"{name}: {escape(visible(text))}", soft_wrap=True, highlight=False)

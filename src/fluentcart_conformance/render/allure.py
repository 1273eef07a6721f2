"""Allure results, written from the record: one result per scenario, evidence on failure only."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import md5
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from allure_commons.model2 import (
    TEST_CASE_PATTERN,
    Attachment,
    Label,
    Parameter,
    Status,
    StatusDetails,
    TestResult,
    TestStepResult,
)
from attr import asdict

from fluentcart_conformance.verdict.events import CheckEvent, ExchangeEvent
from fluentcart_conformance.verdict.verdict import Verdict

from .allure_run import CATEGORIES, configuration, environment, executor
from .curl import curl, pytest_command, replay_command
from .files import write_whole
from .http import transcript
from .stories import Kind, Story

SEVERITY = {"MUST": "critical", "SHOULD": "normal", "MAY": "minor"}
SHOWN_EXCHANGES = 5
_STATUS = {
    Kind.HARNESS_ERROR: Status.BROKEN,
    Kind.FINDING: Status.FAILED,
    Kind.NOT_TESTABLE: Status.BROKEN,
    Kind.DEVIATION: Status.SKIPPED,
    Kind.WARNING: Status.PASSED,
    Kind.PASSED: Status.PASSED,
}
_STEP_STATUS = {
    "passed": Status.PASSED,
    "failed": Status.FAILED,
    "not_testable": Status.BROKEN,
    "not_applicable": Status.SKIPPED,
    "disabled": Status.SKIPPED,
}


def write_allure(
    folder: Path,
    verdict: Verdict,
    told: Sequence[Story],
    exchanges: Mapping[str, ExchangeEvent],
) -> None:
    """Replace the results in `folder`; a `history` folder there stays. Settings stand beside it."""
    _clear(folder)
    clock = _milliseconds(verdict.header["started"])
    for story in told:
        result = _result(verdict, story)
        if story.kind is not Kind.PASSED:
            result.attachments = _attachments(folder, verdict, story, exchanges)
        # The record holds durations, not starting times: the timeline is laid end to end.
        _set_times(result, clock, clock + round(story.scenario["seconds"] * 1000))
        clock = result.stop
        content = asdict(result, filter=lambda _, value: value or value is False)
        name = TEST_CASE_PATTERN.format(prefix=result.uuid)
        write_whole(folder / name, json.dumps(content, ensure_ascii=False))
    write_whole(folder / "environment.properties", environment(verdict))
    write_whole(folder / "categories.json", json.dumps(CATEGORIES, indent=2))
    write_whole(folder / "executor.json", json.dumps(executor(verdict), indent=2))
    write_whole(folder.parent / "allurerc.json", json.dumps(configuration(verdict), indent=2))


def _clear(folder: Path) -> None:
    if folder.is_dir():
        for pattern in ("*-result.json", "*-container.json", "*-attachment.*"):
            for old in folder.glob(pattern):
                old.unlink()


def _milliseconds(started: str) -> int:
    return round(datetime.fromisoformat(started).timestamp() * 1000)


def _set_times(result: TestResult, start: int, stop: int) -> None:
    for item in (result, *result.steps):
        item.start, item.stop = start, stop


def _result(verdict: Verdict, story: Story) -> TestResult:
    scenario = story.scenario
    case = scenario["id"].partition("[")[0]
    result = TestResult(
        uuid=str(uuid5(NAMESPACE_URL, f"{verdict.header['run']}/{scenario['id']}")),
        historyId=_digest(scenario["id"]),
        testCaseId=_digest(case),
        fullName=scenario["id"],
        name=scenario["title"],
        status=_STATUS[story.kind],
        stage="finished",
        description=f"`{replay_command(scenario['id'])}`\n\n`{pytest_command(scenario['id'])}`",
        titlePath=scenario["file"].split("/"),
        labels=_labels(story),
        steps=[_step(verdict, check) for check in story.checks],
    )
    if scenario["id"] != case:
        value = scenario["id"][len(case) + 1 : -1]
        result.parameters.append(Parameter(name="case", value=value))
    if story.message:
        result.statusDetails = StatusDetails(
            message=story.message, trace=_trace(verdict, story), known=story.kind is Kind.DEVIATION
        )
    return result


def _digest(text: str) -> str:
    return md5(text.encode(), usedforsecurity=False).hexdigest()


def _labels(story: Story) -> list[Label]:
    scenario = story.scenario
    names = dict.fromkeys(
        [*scenario["requirements"], *(check["requirement"] for check in story.checks)]
    )
    pairs = [
        ("epic", "fluentcart-conformance"),
        ("feature", scenario["area"]),
        ("story", scenario["file"]),
        ("parentSuite", "fluentcart-conformance"),
        ("suite", scenario["area"]),
        ("subSuite", scenario["file"]),
        ("severity", SEVERITY[story.level]),
        ("framework", "pytest"),
        ("language", "python"),
        *(("requirement", name) for name in names),
        *(("tag", name) for name in names),
    ]
    if story.kind is not Kind.PASSED:
        pairs.append(("tag", story.kind.value))
    for finding in story.findings:
        pairs += [
            ("deviation", one.key) for one in {one.key: one for one in finding.deviations}.values()
        ]
    return [Label(name, value) for name, value in pairs]


def _step(verdict: Verdict, check: CheckEvent) -> TestStepResult:
    known = verdict.requirements.get(check["requirement"])
    text = f": {known.requirement.text}" if known else ""
    step = TestStepResult(
        name=f"{check['requirement']}{text}",
        status=_STEP_STATUS[check["outcome"]],
        stage="finished",
    )
    if check["message"]:
        step.statusDetails = StatusDetails(message=check["message"])
    return step


def _trace(verdict: Verdict, story: Story) -> str:
    lines = []
    for finding in story.findings:
        first = finding.first
        lines.append(f"{finding.id} {finding.level} {', '.join(finding.requirements)}")
        for name in finding.requirements:
            known = verdict.requirements.get(name)
            if known:
                sources = "; ".join(
                    f"{one.document}, {one.section}" for one in known.requirement.sources
                )
                lines.append(f"  {name}: {known.requirement.text} [{sources}]")
        lines.append(f"  where     {first.operation or ''} {first.pointer}".rstrip())
        lines.append(f"  expected  {first.expected}")
        lines.append(f"  got       {first.got}")
    return "\n".join(lines)


def _attachments(
    folder: Path,
    verdict: Verdict,
    story: Story,
    exchanges: Mapping[str, ExchangeEvent],
) -> list[Attachment]:
    names = dict.fromkeys(
        occurrence.exchanges[-1]
        for finding in story.findings
        for occurrence in finding.occurrences
        if occurrence.scenario == story.scenario["id"] and occurrence.exchanges
    )
    shown = [exchanges[name] for name in names if name in exchanges][:SHOWN_EXCHANGES]
    attached = []
    for exchange in shown:
        for title, text in (("curl", curl(exchange)), ("exchange", transcript(exchange))):
            key = f"{verdict.header['run']}/{story.scenario['id']}/{exchange['id']}/{title}"
            source = f"{uuid5(NAMESPACE_URL, key)}-attachment.txt"
            write_whole(folder / source, text)
            label = f"{title} {exchange['method']} {exchange['status']} ({exchange['id']})"
            attached.append(Attachment(name=label, source=source, type="text/plain"))
    return attached

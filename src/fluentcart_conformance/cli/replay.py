"""`replay`: run one finding, scenario or requirement of a run again."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .options import pace_options, safety_options, settings_of, target_options
from .output import format_option, known_name, print_json, progress_apart

if TYPE_CHECKING:
    from fluentcart_conformance.target.settings import Settings
    from fluentcart_conformance.verdict.verdict import Verdict

_FINDING = re.compile(r"^F-[0-9a-f]{8}$", re.IGNORECASE)
_REQUIREMENT = re.compile(r"^[A-Z]{3}(-[A-Z0-9]+)+$", re.IGNORECASE)
_ENOUGH = 5


@click.command("replay")
@click.argument("name", metavar="ID")
@click.option(
    "--record",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("reports/run.jsonl"),
    show_default=True,
    help="The record of the run that ID is from.",
)
@target_options()
@click.option(
    "--reports",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder for the reports [default: replay, beside the record].",
)
@click.option("--store-arguments", metavar="WORDS", hidden=True)
@safety_options()
@pace_options()
@format_option()
def command(name: str, record: Path, form: str, **given: Any) -> int:
    """Run again what ID names: a finding (F-1a2b3c4d), a scenario, or a requirement.

    Address, profile, seed and capabilities are those of the record unless given anew; credentials
    come from the environment as always. A finding is replayed by the scenarios that met it, five
    at most. The record stays as it is: the replay writes reports of its own.

    \b
    Examples:
      fluentcart-conformance replay F-1a2b3c4d
      fluentcart-conformance replay refunds/test_amounts.py::test_a_refund_in_parts
      fluentcart-conformance replay RFD-PARTIAL-TOTAL --record nightly/run.jsonl
    """
    from fluentcart_conformance.contract.requirements import load_requirements  # noqa: PLC0415
    from fluentcart_conformance.verdict.compute import verdict_of_record  # noqa: PLC0415

    known = load_requirements()
    if not record.exists() and _REQUIREMENT.match(name):
        chosen = ([known_name(name.upper(), known, "requirement")], list[str]())
        settings = settings_of({**given, "reports": given["reports"] or Path("replay")})
    else:
        verdict = verdict_of_record(record, known)
        chosen = _chosen(name, verdict)
        settings = _like(verdict, record, given)
    from fluentcart_conformance.runner.session import run  # noqa: PLC0415 - starts pytest

    with progress_apart(form):
        code = run(settings, requirements=chosen[0], scenarios=chosen[1])
    if form == "json":
        from fluentcart_conformance.render.data import verdict_data  # noqa: PLC0415

        print_json(verdict_data(verdict_of_record(settings.reports / "run.jsonl", known)))
    return code


def _chosen(name: str, verdict: Verdict) -> tuple[list[str], list[str]]:
    """The requirements and the scenarios to run."""
    if _FINDING.match(name):
        wanted = f"F-{name[2:].lower()}"
        by_id = {one.id: one for one in verdict.findings}
        finding = by_id[known_name(wanted, by_id, "finding")]
        if not finding.scenarios:
            raise click.UsageError(f"{wanted} was met outside of any scenario; use its curl line")
        return [], list(finding.scenarios[:_ENOUGH])
    scenarios = [one["id"] for one in verdict.scenarios]
    if _REQUIREMENT.match(name):
        requirement = known_name(name.upper(), verdict.requirements, "requirement")
        seen = verdict.requirements[requirement]
        ours = [one for one in seen.scenarios if one in scenarios]
        ours += [
            one
            for finding in verdict.findings
            if requirement in finding.requirements
            for one in finding.scenarios
        ]
        # What only the judge proves has no scenario of its own; pytest may know one.
        return ([], list(dict.fromkeys(ours))) if ours else ([requirement], [])
    fitting = [one for one in scenarios if one == name or one.endswith(f"/{name}")]
    fitting = fitting or [one for one in scenarios if one.rpartition("::")[2] == name]
    return [], fitting or [known_name(name, scenarios, "scenario")]


def _like(verdict: Verdict, record: Path, given: dict[str, Any]) -> Settings:
    """The settings of the run, with what is given anew."""
    header = verdict.header
    target = header["target"]
    chosen = {**given, "reports": given["reports"] or record.parent / "replay"}
    settings = settings_of(chosen)
    if settings.base_url is None and not target.get("embedded", True):
        settings = settings_of({**chosen, "base_url": target.get("base_url")})
    update: dict[str, Any] = {}
    if settings.profile == "auto":
        update["profile"] = header["profile"]
    if settings.seed is None and header["seed"]:
        update["seed"] = header["seed"]
    declared = {
        name: one["present"]
        for name, one in header["capabilities"].items()
        if one.get("declared", False)
    }
    return settings.model_copy(
        update={**update, "capabilities": {**declared, **settings.capabilities}}
    )

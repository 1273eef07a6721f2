"""`report`: render the reports of a run again, from its record."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import click

from .options import deviation_file
from .output import format_option, print_json

ALLURE_COMMAND = (
    "npx --yes allure awesome --config {config} --single-file --group-by epic,feature,story "
    "--history-path {history} --output {out} {results}"
)
_ANALYTICS = re.compile(r"<script[^>]*googletagmanager[^>]*>\s*</script>")


@click.command("report")
@click.option(
    "--reports",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("reports"),
    show_default=True,
    help="The folder of the run.",
)
@click.option(
    "--deviations", multiple=True, metavar="FILE", help="Judge with these known deviations."
)
@click.option(
    "--baseline",
    type=click.Path(dir_okay=False, path_type=Path),
    help="An earlier record: report.html then shows the trend.",
)
@format_option("text", "json")
@click.option("--open-allure", is_flag=True, help="Turn the Allure results into a page.")
def command(
    *,
    reports: Path,
    deviations: tuple[str, ...],
    baseline: Path | None,
    form: str,
    open_allure: bool,
) -> int:
    """Render report.html, junit.xml and allure-results again from reports/run.jsonl.

    Works on the record of a killed run, too. --open-allure needs npx (Node.js), but no Java.

    \b
    Examples:
      fluentcart-conformance report
      fluentcart-conformance report --baseline baseline.jsonl
      fluentcart-conformance report --reports nightly --open-allure
    """
    from fluentcart_conformance.contract.requirements import load_requirements  # noqa: PLC0415
    from fluentcart_conformance.render.console import make_console  # noqa: PLC0415
    from fluentcart_conformance.render.data import verdict_data  # noqa: PLC0415
    from fluentcart_conformance.render.everything import (  # noqa: PLC0415
        write_comparison,
        write_reports,
    )
    from fluentcart_conformance.render.terminal import print_verdict  # noqa: PLC0415
    from fluentcart_conformance.verdict.compare import compare_runs  # noqa: PLC0415
    from fluentcart_conformance.verdict.compute import verdict_of_record  # noqa: PLC0415
    from fluentcart_conformance.verdict.deviations import load_deviations  # noqa: PLC0415

    record = reports / "run.jsonl"
    known = load_deviations([deviation_file(name) for name in deviations])
    rendered = write_reports(record, reports, load_requirements(), known)
    if baseline:
        before = verdict_of_record(baseline, load_requirements(), known)
        write_comparison(record, reports, compare_runs(before, rendered.verdict))
    if form == "json":
        print_json(verdict_data(rendered.verdict))
    else:
        print_verdict(make_console(), rendered.verdict, rendered.exchanges)
    if open_allure:
        _open_allure(reports)
    return rendered.verdict.exit_code


def _open_allure(reports: Path) -> None:
    results, out = reports / "allure-results", reports / "allure-report"
    line = ALLURE_COMMAND.format(
        config=reports / "allurerc.json",
        out=out,
        results=results,
        history=reports / "allure-history.jsonl",
    )
    npx = shutil.which("npx")
    if npx is None:
        click.echo(f"npx is not installed; with Node.js: {line}")
        return
    done = subprocess.run([npx, *line.split()[1:]], check=False)  # noqa: S603 - our own words
    if done.returncode:
        raise click.ClickException(f"allure ended with {done.returncode}; the command was: {line}")
    page = out / "index.html"
    page.write_text(without_analytics(page.read_text("utf-8")), "utf-8")
    click.echo(f"{page}")
    if sys.stdout.isatty():
        click.launch(str(page))


def without_analytics(page: str) -> str:
    """Allure's page without the script it would load from elsewhere; Allure has no switch."""
    return _ANALYTICS.sub("", page)

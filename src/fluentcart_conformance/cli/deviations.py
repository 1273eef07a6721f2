"""`deviations`: write a first list from a run, or drop the stale entries."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

_FILE = click.Path(dir_okay=False, path_type=Path)
_RECORD = click.option(
    "--record",
    type=_FILE,
    default=Path("reports/run.jsonl"),
    show_default=True,
    help="The record of the run.",
)
YEAR = timedelta(days=365)


@click.group("deviations")
def command() -> None:
    """Known deviations of a store: a list with reasons that a run is held against.

    \b
    Examples:
      fluentcart-conformance deviations init --out shop.yaml
      fluentcart-conformance run --base-url https://staging.example --deviations shop.yaml
      fluentcart-conformance deviations prune shop.yaml
    """


@command.command("init")
@_RECORD
@click.option("--out", type=_FILE, required=True, help="The file to write; must not exist.")
def init(record: Path, out: Path) -> None:
    """Write a list that covers the findings of a run; the reasons are for you to fill in."""
    from fluentcart_conformance.contract.requirements import load_requirements  # noqa: PLC0415
    from fluentcart_conformance.render.files import write_whole  # noqa: PLC0415
    from fluentcart_conformance.verdict.compute import verdict_of_record  # noqa: PLC0415
    from fluentcart_conformance.verdict.deviation_files import first_list  # noqa: PLC0415

    if out.exists():
        raise click.UsageError(f"{out} exists already; choose another name with --out")
    verdict = verdict_of_record(record, load_requirements())
    expires = (datetime.now(UTC) + YEAR).date()
    text, number = first_list(verdict, expires)
    write_whole(out, text)
    click.echo(f"{out}: {number} deviations; each still needs its reason")


@command.command("prune")
@click.argument("file", type=_FILE)
@click.option(
    "--record",
    "records",
    type=_FILE,
    multiple=True,
    default=[Path("reports/run.jsonl")],
    show_default=True,
    help="The record of a run; may be repeated.",
)
def prune(file: Path, records: tuple[Path, ...]) -> None:
    """Drop from FILE what is expired, unknown, or occurred in none of the runs.

    What is marked `only: sometimes` or `only: fuzzing` shows by chance: it is dropped when at least
    three runs are given and none of them has seen it.
    """
    from fluentcart_conformance.contract.requirements import load_requirements  # noqa: PLC0415
    from fluentcart_conformance.render.files import write_whole  # noqa: PLC0415
    from fluentcart_conformance.verdict.compute import verdict_of_record  # noqa: PLC0415
    from fluentcart_conformance.verdict.deviation_files import to_drop, without  # noqa: PLC0415
    from fluentcart_conformance.verdict.deviations import load_deviations  # noqa: PLC0415

    known = load_deviations([file])
    requirements = load_requirements()
    dropped = to_drop([verdict_of_record(one, requirements, known) for one in records])
    for one in dropped:
        click.echo(f"dropped {one.deviation.key} ({one.deviation.requirement}): {one.why}")
    if dropped:
        write_whole(file, without(file, [one.deviation for one in dropped]))
    click.echo(f"{file}: {len(known) - len(dropped)} of {len(known)} deviations stay")

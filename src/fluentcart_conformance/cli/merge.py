"""`merge`: the records of shards become one."""

from __future__ import annotations

from pathlib import Path

import click

from .options import deviation_file
from .output import format_option, print_json


@click.command("merge")
@click.argument("records", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--reports",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("reports"),
    show_default=True,
    help="The folder for the merged record and its reports.",
)
@click.option("--deviations", multiple=True, metavar="FILE", help="Known deviations.")
@format_option()
def command(
    records: tuple[Path, ...], reports: Path, deviations: tuple[str, ...], form: str
) -> int:
    """Merge the records of all shards into one and write its reports.

    RECORDS are run.jsonl files, or folders that hold one. The verdict and the exit code are those
    of a single run. A shard that is missing is an error.

    \b
    Examples:
      fluentcart-conformance merge shard-1/run.jsonl shard-2/run.jsonl
      fluentcart-conformance merge shard-* --reports merged
    """
    from fluentcart_conformance.contract.requirements import load_requirements  # noqa: PLC0415
    from fluentcart_conformance.render.console import make_console  # noqa: PLC0415
    from fluentcart_conformance.render.data import verdict_data  # noqa: PLC0415
    from fluentcart_conformance.render.everything import write_reports  # noqa: PLC0415
    from fluentcart_conformance.render.terminal import print_verdict  # noqa: PLC0415
    from fluentcart_conformance.verdict.deviations import load_deviations  # noqa: PLC0415
    from fluentcart_conformance.verdict.merge import merge_records  # noqa: PLC0415
    from fluentcart_conformance.verdict.record import read_header  # noqa: PLC0415

    files = [path / "run.jsonl" if path.is_dir() else path for path in records]
    names = deviations or tuple(
        dict.fromkeys(name for path in files for name in read_header(path)["deviations"])
    )
    known = load_deviations([deviation_file(name) for name in names])
    out = reports / "run.jsonl"
    merge_records(files, out)
    rendered = write_reports(out, reports, load_requirements(), known)
    if form == "json":
        print_json(verdict_data(rendered.verdict))
    else:
        print_verdict(make_console(), rendered.verdict, rendered.exchanges)
    return rendered.verdict.exit_code

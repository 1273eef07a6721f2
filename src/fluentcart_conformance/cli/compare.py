"""`compare`: two runs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .options import deviation_file
from .output import format_option, print_json

if TYPE_CHECKING:
    from fluentcart_conformance.verdict.compare import Comparison
    from fluentcart_conformance.verdict.verdict import Verdict

_FILE = click.Path(path_type=Path)


@click.command("compare")
@click.argument("before", type=_FILE)
@click.argument("after", type=_FILE)
@click.option("--deviations", multiple=True, metavar="FILE", help="Known deviations, of both.")
@click.option("--html", type=click.Path(dir_okay=False, path_type=Path), help="Also a page.")
@format_option("table", "json", "markdown")
def command(
    before: Path, after: Path, deviations: tuple[str, ...], html: Path | None, form: str
) -> int:
    """Compare two run records: what got worse, better, what is new, what vanished.

    Exits 1 only when a MUST requirement regressed or is no longer looked at.

    \b
    Examples:
      fluentcart-conformance compare baseline.jsonl reports/run.jsonl
      fluentcart-conformance compare baseline.jsonl reports/run.jsonl --format markdown
    """
    from fluentcart_conformance.verdict.compare import compare_runs  # noqa: PLC0415

    found = compare_runs(verdict_of(before, deviations), verdict_of(after, deviations))
    if html:
        from fluentcart_conformance.render.comparison import comparison_html  # noqa: PLC0415
        from fluentcart_conformance.render.files import write_whole  # noqa: PLC0415

        write_whole(html, comparison_html(found))
    print_comparison(found, form)
    return 1 if found.regressed else 0


def verdict_of(record: Path, deviations: tuple[str, ...]) -> Verdict:
    """The verdict of a record on disk, with the bundled requirements."""
    from fluentcart_conformance.contract.requirements import load_requirements  # noqa: PLC0415
    from fluentcart_conformance.verdict.compute import verdict_of_record  # noqa: PLC0415
    from fluentcart_conformance.verdict.deviations import load_deviations  # noqa: PLC0415

    known = load_deviations([deviation_file(name) for name in deviations])
    return verdict_of_record(record, load_requirements(), known)


def print_comparison(found: Comparison, form: str) -> None:
    """Print it in one of the forms."""
    from fluentcart_conformance.render.comparison import (  # noqa: PLC0415
        comparison_data,
        comparison_markdown,
        comparison_text,
    )

    if form == "json":
        print_json(comparison_data(found))
    elif form == "markdown":
        click.echo(comparison_markdown(found))
    else:
        click.echo(comparison_text(found), nl=False)

"""`fleet`: judge many sites."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .options import deviation_file
from .output import format_option, known_name, print_json, progress_apart

if TYPE_CHECKING:
    from fluentcart_conformance.render.fleet import Row
    from fluentcart_conformance.runner.fleet import Outcome


@click.command("fleet")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--site", "only", multiple=True, metavar="NAME", help="Only this site; repeatable.")
@click.option(
    "--reports",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("fleet-reports"),
    show_default=True,
    help="A folder for each site's reports, and index.html and fleet.json over all.",
)
@format_option()
def command(file: Path, only: tuple[str, ...], reports: Path, form: str) -> int:
    """Judge the sites of FILE in parallel, with one overview over all of them.

    FILE is TOML: [[site]] tables with name, base_url, profile, deviations and any other setting,
    [defaults] for all, `parallel`, `per_host` and `timeout`. Credentials are named by environment
    variable (credentials = { user = "ALPHA_USER", app_password = "ALPHA_PASSWORD" }). The exit
    code is the worst of the sites'. On several machines, give each its part with --site.

    \b
    Examples:
      fluentcart-conformance fleet sites.toml
      fluentcart-conformance fleet sites.toml --format json
      fluentcart-conformance fleet sites.toml --site alpha --site beta --reports part-1
    """
    from dataclasses import replace  # noqa: PLC0415

    from fluentcart_conformance.render.fleet import PAGE, overview_data, write_overview  # noqa: PLC0415
    from fluentcart_conformance.runner.fleet import FleetRun, worst  # noqa: PLC0415
    from fluentcart_conformance.runner.fleet_file import read_fleet  # noqa: PLC0415

    fleet = read_fleet(file, deviation_file)
    names = [site.name for site in fleet.sites]
    chosen = {known_name(name, names, "site") for name in only}
    if chosen:
        fleet = replace(fleet, sites=tuple(one for one in fleet.sites if one.name in chosen))
    with progress_apart(form):
        outcomes = FleetRun(fleet, reports, _tell).run()
    rows = [_row(one) for one in outcomes]
    write_overview(reports, rows)
    if form == "json":
        print_json(overview_data(rows))
        return worst(outcomes)
    good = sum(1 for one in outcomes if one.exit_code == 0)
    click.echo(f"{good} of {len(outcomes)} sites conform; {reports / PAGE}")
    return worst(outcomes)


def _tell(outcome: Outcome) -> None:
    click.echo(f"{outcome.site.name}: {_row(outcome).said}")


def _row(outcome: Outcome) -> Row:
    from fluentcart_conformance.render.fleet import Row  # noqa: PLC0415

    return Row(
        name=outcome.site.name,
        base_url=str(outcome.site.settings.get("base_url", "embedded store")),
        exit_code=abs(outcome.exit_code),
        verdict=outcome.verdict,
        words=outcome.words,
    )

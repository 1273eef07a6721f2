"""`sweep`: take away what a killed run left behind."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .options import settings_of, target_options

if TYPE_CHECKING:
    from fluentcart_conformance.journal.sweep import Remains


@click.command("sweep")
@target_options()
@click.option("--run", "run_id", metavar="ID", help="What this run left.")
@click.option("--all", "everything", is_flag=True, help="What any run left.")
@click.option("--yes", is_flag=True, help="Delete without asking.")
@click.option("--allow-writes", is_flag=True, default=None, help="Off loopback: may delete.")
@click.option("--allow-destructive", is_flag=True, default=None, help="Off loopback: in bulk.")
@click.option(
    "--reports",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder with the journals [default: reports].",
)
def command(run_id: str | None, everything: bool, yes: bool, **given: Any) -> int:
    """Find what earlier runs left on a store, show it, and delete that and nothing else.

    Looks into the journals of the reports folder and for the runs' namespace on the store. What
    the store keeps in spite of it, as the plugin keeps a customer's last address, is told and is
    no failure.

    \b
    Examples:
      fluentcart-conformance sweep --base-url https://staging.example --all
      fluentcart-conformance sweep --base-url https://staging.example --run r-20261120-ab12cd --yes
    """
    if everything == bool(run_id):
        raise click.UsageError("say which run: --run ID, or --all")
    settings = settings_of(given)
    if settings.base_url is None:
        raise click.UsageError("sweep needs a store: --base-url URL")
    from fluentcart_conformance.journal.addresses import LAST  # noqa: PLC0415
    from fluentcart_conformance.journal.sweep import find_remains, sweep  # noqa: PLC0415
    from fluentcart_conformance.target.client import StoreClient  # noqa: PLC0415
    from fluentcart_conformance.target.preflight import preflight  # noqa: PLC0415

    report = preflight(settings)
    client = StoreClient(settings, report.root)
    try:
        remains = find_remains(client, report, settings.reports, run_id)
        if not _show(remains):
            return 0
        if not settings.writes_allowed:
            raise click.UsageError("nothing was deleted: off loopback that needs --allow-writes")
        if not yes and not sys.stdin.isatty():
            raise click.UsageError("nothing was deleted: nobody is there to be asked; say --yes")
        if not yes:
            click.confirm("Delete these?", abort=True)
        left = 0
        for one in remains:
            outcome = sweep(client, report, settings.reports, one).as_json()
            left += sum(item["reason"] != LAST for item in outcome["leftovers"])
            click.echo(f"{one.run or one.namespace}: {outcome['removed']} removed")
            for item in outcome["leftovers"]:
                click.echo(f"still there: {item['kind']} {item['id']}: {item['reason']}")
    finally:
        client.close()
    return 1 if left else 0


def _show(remains: list[Remains]) -> bool:
    for one in remains:
        click.echo(f"left by {one.run or one.namespace}:")
        for entry in one.entries:
            click.echo(f"  {entry.kind} {entry.id}")
    if not remains:
        click.echo("nothing is left")
    return bool(remains)

"""`faults`: the deliberate defects of the embedded store."""

from __future__ import annotations

import click

from .output import format_option, print_json, print_table


@click.command("faults")
@click.option("--area", help="Only this area.")
@click.option("--requirement", "requirement", metavar="ID", help="Only those that break this.")
@format_option("table", "json", "markdown")
def command(area: str | None, requirement: str | None, form: str) -> None:
    """List the faults that the embedded store can be given.

    \b
    Examples:
      fluentcart-conformance faults --area refunds
      fluentcart-conformance faults --requirement RFD-PARTIAL-TOTAL
      fluentcart-conformance serve --fault refund-cent-more
    """
    from fluentcart_conformance.store.faults import AREAS, faults  # noqa: PLC0415

    from .output import known_name  # noqa: PLC0415

    if area is not None:
        known_name(area, AREAS, "area")
    chosen = [
        one
        for one in faults().values()
        if (area is None or one.area == area)
        and (requirement is None or requirement in one.requirements)
    ]
    if form == "json":
        print_json(
            [
                {
                    "id": one.id,
                    "area": one.area,
                    "kind": one.kind,
                    "requirements": list(one.requirements),
                    "operations": list(one.operations),
                    "sentence": one.sentence,
                }
                for one in chosen
            ]
        )
        return
    rows = [
        (one.id, one.area, one.kind, " ".join(one.requirements), one.sentence) for one in chosen
    ]
    columns = ("id", "area", "kind", "requirements", "what the store does wrong")
    if form == "markdown":
        click.echo("| " + " | ".join(columns) + " |\n" + "|---" * len(columns) + "|")
        for row in rows:
            click.echo("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |")
        return
    print_table(columns, rows)

"""`requirements`: list them."""

from __future__ import annotations

import click

from fluentcart_conformance.contract.requirements import AREAS, Requirement, load_requirements

from .output import format_option, known_name, print_json, print_table


@click.command("requirements")
@click.option("--area", type=click.Choice(AREAS), help="Only this area.")
@click.option("--operation", "-o", metavar="OP", help="Only this operation, e.g. refund_order.")
@format_option()
def command(area: str | None, operation: str | None, form: str) -> None:
    """List the requirements, each with its level, operation and source.

    \b
    Examples:
      fluentcart-conformance requirements
      fluentcart-conformance requirements --area refunds
      fluentcart-conformance requirements --operation refund_order --format json
    """
    every = load_requirements()
    if operation:
        names = {name for one in every.values() for name in one.operations} - {"*"}
        known_name(operation, sorted(names), "operation")
    chosen = [
        one
        for one in every.values()
        if (area is None or one.area == area) and (operation is None or one.applies_to(operation))
    ]
    if form == "json":
        print_json([described(one) for one in chosen])
        return
    print_table(("id", "level", "area", "operation", "text"), [_row(one) for one in chosen])


def described(one: Requirement) -> dict[str, object]:
    """A requirement as JSON."""
    return {
        "id": one.id,
        "level": one.level,
        "area": one.area,
        "operations": list(one.operations),
        "text": one.text,
        "sources": [
            {"document": source.document, "section": source.section} for source in one.sources
        ],
        "proof": one.proof,
        "members": list(one.members),
        "capability": one.capability,
        "untestable": one.untestable,
        "forms": dict(one.forms),
        "absent": dict(one.absent),
    }


def _row(one: Requirement) -> tuple[str, ...]:
    return (one.id, one.level, one.area, ", ".join(one.operations), one.text)

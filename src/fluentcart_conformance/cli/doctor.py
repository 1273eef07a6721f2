"""`doctor`: look at a store without touching it."""

from __future__ import annotations

from typing import Any

import click

from .options import settings_of, target_options
from .output import format_option, print_json


@click.command("doctor")
@target_options()
@format_option("text", "json")
def command(form: str, **given: Any) -> int:
    """Look at a store with a dozen read-only requests and say what a run would find.

    Address, REST root, version, identities, profile and how it was guessed, currency, test or
    live mode, products to order, latency and the expected duration. Writes nothing.

    \b
    Examples:
      fluentcart-conformance doctor --base-url https://staging.example
      fluentcart-conformance doctor --base-url https://staging.example --format json
    """
    settings = settings_of(given)
    if settings.base_url is None:
        raise click.UsageError("doctor needs a store to look at: --base-url URL")
    from fluentcart_conformance.render.words import visible  # noqa: PLC0415
    from fluentcart_conformance.target.preflight import preflight  # noqa: PLC0415

    report = preflight(settings)
    if form == "json":
        print_json(report.as_json())
        return 0
    rows = report.rows()
    width = max(len(label) for label, _ in rows)
    for label, value in rows:
        click.echo(f"{label:<{width}}  {visible(value)}".rstrip())
    return 0

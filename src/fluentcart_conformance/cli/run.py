"""`run`: judge a store."""

from __future__ import annotations

from typing import Any

import click

from .options import (
    pace_options,
    safety_options,
    selection_options,
    settings_of,
    target_options,
)


@click.command("run")
@target_options()
@selection_options()
@safety_options()
@pace_options()
def command(**given: Any) -> int:
    """Judge a store: the scenarios, the fuzzing, then a verdict and the reports.

    Without --base-url an embedded store is started and judged. Off loopback a run only reads,
    unless --allow-writes is given; it never touches what it did not create.

    Credentials come from FLUENTCART_USER and FLUENTCART_APP_PASSWORD (the administrator),
    FLUENTCART_LOW_USER and FLUENTCART_LOW_APP_PASSWORD (a user without permissions), or from
    fluentcart.toml; never from the command line.

    \b
    Examples:
      fluentcart-conformance run
      fluentcart-conformance run --area orders --area refunds
      fluentcart-conformance run --base-url https://staging.example --allow-writes
      fluentcart-conformance run --base-url https://staging.example --deviations fluentcart-1.3.25
    """
    settings = settings_of(given)
    from fluentcart_conformance.runner.session import run  # noqa: PLC0415 - starts pytest

    return run(settings)

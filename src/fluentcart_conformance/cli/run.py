"""`run`: judge a store."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from .options import (
    narrowing_of,
    narrowing_options,
    pace_options,
    safety_options,
    selection_options,
    settings_of,
    target_options,
)
from .output import format_option, known_name, print_json, progress_apart

if TYPE_CHECKING:
    from fluentcart_conformance.verdict.compare import Comparison
    from fluentcart_conformance.verdict.verdict import Verdict

EXIT_CONFORMS = 0
EXIT_FINDINGS = 1


@click.command("run")
@target_options()
@selection_options()
@safety_options()
@pace_options()
@narrowing_options()
@click.option(
    "--requirement",
    "requirements",
    multiple=True,
    metavar="ID",
    help="Only the scenarios that prove this requirement; may be repeated.",
)
@click.option(
    "--baseline",
    type=click.Path(dir_okay=False, path_type=Path),
    help="An earlier record to compare with: exit 1 on regressions only.",
)
@format_option()
def command(baseline: Path | None, requirements: tuple[str, ...], form: str, **given: Any) -> int:
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
      fluentcart-conformance run --requirement RFD-PARTIAL-TOTAL
      fluentcart-conformance run --format json > verdict.json
      fluentcart-conformance run --shard 1/4 --reports shard-1
      fluentcart-conformance run --base-url https://staging.example --allow-writes
      fluentcart-conformance run --base-url https://staging.example --deviations fluentcart-1.3.25
    """
    narrow = {
        name: given.pop(name) for name in ("shard", "balance", "since", "resume", "fail_fast")
    }
    settings = settings_of(given)
    from fluentcart_conformance.verdict.deviations import load_deviations  # noqa: PLC0415

    # A list that cannot be read must not cost a run.
    load_deviations(settings.deviations)
    from fluentcart_conformance.render.everything import write_comparison  # noqa: PLC0415
    from fluentcart_conformance.runner.session import run  # noqa: PLC0415 - starts pytest
    from fluentcart_conformance.verdict.compare import compare_runs  # noqa: PLC0415

    from .compare import print_comparison, verdict_of  # noqa: PLC0415

    wanted = known_requirements(requirements)
    narrowing = narrowing_of(narrow, settings.reports)
    if settings.dry_run or settings.respect_documented_limits:
        from .rehearse import announce, announce_limits  # noqa: PLC0415

        if settings.dry_run:
            return announce(settings, narrowing, wanted)
        announce_limits(settings, narrowing, wanted)
    names = tuple(map(str, settings.deviations))
    before = verdict_of(baseline, names) if baseline else None
    told = CiListener(sys.__stdout__ if form == "table" else sys.__stderr__)
    with progress_apart(form):
        code = run(settings, listeners=[told], requirements=wanted, narrowing=narrowing)
    found = None
    if before is not None and code in (EXIT_CONFORMS, EXIT_FINDINGS):
        record = settings.reports / "run.jsonl"
        found = compare_runs(before, verdict_of(record, names))
        write_comparison(record, settings.reports, found)
        code = EXIT_FINDINGS if found.regressed else EXIT_CONFORMS
    if form == "json":
        _print_data(told.verdict, found)
    elif found is not None:
        print_comparison(found, "table")
    return code


def _print_data(verdict: Verdict | None, found: Comparison | None) -> None:
    from fluentcart_conformance.render.comparison import comparison_data  # noqa: PLC0415
    from fluentcart_conformance.render.data import verdict_data  # noqa: PLC0415

    if verdict is not None:
        more = {"comparison": comparison_data(found)} if found else {}
        print_json({**verdict_data(verdict), **more})


def known_requirements(names: Sequence[str]) -> list[str]:
    """The ids in capitals; a usage error with the nearest id for one that does not exist."""
    from fluentcart_conformance.contract.requirements import load_requirements  # noqa: PLC0415

    known = load_requirements() if names else {}
    return [known_name(name.upper(), known, "requirement") for name in names]


class CiListener:
    """Gives the verdict to the CI that the run happens in, by lines on `out`; and keeps it."""

    def __init__(self, out: IO[str] | None = None) -> None:
        self.verdict: Verdict | None = None
        self._out = out

    def ready(self, report: object, scenarios: int) -> None:
        """Nothing to do yet."""

    def running(self, title: str) -> None:
        """Nothing to do."""

    def seen(self, event: dict[str, Any]) -> None:
        """Nothing to do: the record has it."""

    def done(self, verdict: Verdict) -> None:
        """Write the step summary and print the annotations."""
        self.verdict = verdict
        from fluentcart_conformance.render.step_summary import publish  # noqa: PLC0415

        for line in publish(verdict):
            # The run redirects standard output to a log; workflow commands are for the CI.
            click.echo(line, file=self._out)

"""`selftest`: do the suites find the defects they are there for, and nothing else?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from .output import format_option, known_name, print_json, print_table

if TYPE_CHECKING:
    from fluentcart_conformance.selftest.dresses import Dressed
    from fluentcart_conformance.selftest.outcome import Outcome

EXIT_OK, EXIT_SURVIVORS = 0, 1


@click.command("selftest")
@click.option("--faults", "names", multiple=True, metavar="ID", help="Only these; repeatable.")
@click.option("--area", help="Only the faults of this area.")
@click.option("--part", metavar="N/M", help="Only the N-th of M parts; today/10 changes daily.")
@click.option(
    "--jobs", type=click.IntRange(1, 64), default=2, show_default=True, help="Runs side by side."
)
@click.option("--full", is_flag=True, help="Every fault meets every scenario.")
@click.option(
    "--personalities",
    is_flag=True,
    help="No faults: the store in every other dress, which must raise no alarm.",
)
@click.option("--profile", default="documented", show_default=True, help="What the store speaks.")
@format_option()
def command(
    *,
    names: Sequence[str],
    area: str | None,
    part: str | None,
    jobs: int,
    full: bool,
    personalities: bool,
    profile: str,
    form: str,
) -> int:
    """Give the embedded store each fault in turn and see whether the suites find it.

    A fault is killed when a requirement that it names fails; a crash or a mere 500 kills nothing.
    Ends with 1 when a fault survives, or when a right store in another dress raises an alarm.

    \b
    Examples:
      fluentcart-conformance selftest --area refunds
      fluentcart-conformance selftest --faults refund-cent-more
      fluentcart-conformance selftest --full --format json > selftest.json
      fluentcart-conformance selftest --personalities --profile fluentcart-1.3
    """
    from fluentcart_conformance.store.faults import AREAS  # noqa: PLC0415 - starts no store early
    from fluentcart_conformance.store.profiles import PROFILES  # noqa: PLC0415

    known_name(profile, sorted(PROFILES), "profile")
    if area is not None:
        known_name(area, AREAS, "area")
    if personalities:
        return _personalities(profile, jobs, form)
    return _faults(profile, (names, area, part), jobs=jobs, full=full, form=form)


def _faults(
    profile: str,
    wanted: tuple[Sequence[str], str | None, str | None],
    *,
    jobs: int,
    full: bool,
    form: str,
) -> int:
    from fluentcart_conformance.selftest.campaign import Campaign  # noqa: PLC0415 - starts pytest
    from fluentcart_conformance.selftest.choice import choose  # noqa: PLC0415
    from fluentcart_conformance.selftest.report import as_json, summary  # noqa: PLC0415

    try:
        chosen = choose(*wanted)
    except ValueError as error:
        raise click.UsageError(str(error)) from error

    def told(outcome: Outcome) -> None:
        click.echo(f"{outcome.result:17}  {outcome.fault}  {outcome.seconds:.1f} s", err=True)

    clean, outcomes = Campaign(profile, chosen, jobs=jobs, full=full, told=told).run()
    if form == "json":
        print_json(as_json(profile, clean, outcomes, full=full))
    else:
        # What never failed says nothing unless every fault was there to make it fail.
        report = summary(clean, outcomes, with_unproved=full or not any(wanted))
        for title, columns, rows in report.tables:
            click.echo(f"\n{title}")
            print_table(columns, rows)
        click.echo(report.line)
    found = all(one.result in ("killed", "not applicable") for one in outcomes)
    return EXIT_OK if found else EXIT_SURVIVORS


def _personalities(profile: str, jobs: int, form: str) -> int:
    from fluentcart_conformance.selftest.dresses import every_dress, try_on  # noqa: PLC0415

    def told(one: Dressed) -> None:
        click.echo(f"{'passes' if one.passes else 'FALSE ALARM':12}  {one.dress}", err=True)

    found = try_on(profile, every_dress(), jobs=jobs, told=told)
    if form == "json":
        print_json([one.as_json() for one in found])
    else:
        rows = [
            (one.dress, "passes" if one.passes else "false alarm", " ".join(one.alarms))
            for one in found
        ]
        print_table(("dress", "verdict", "alarms"), rows)
    return EXIT_OK if all(one.passes for one in found) else EXIT_SURVIVORS

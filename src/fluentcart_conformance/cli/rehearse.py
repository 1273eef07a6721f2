"""`run --dry-run`, and what `--respect-documented-limits` says before it begins."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from fluentcart_conformance.plugin.narrowing import Narrowing
    from fluentcart_conformance.runner.rehearsal import Rehearsal
    from fluentcart_conformance.target.settings import Settings

FILE = "dry-run.json"


def announce(settings: Settings, narrowing: Narrowing, requirements: Sequence[str]) -> int:
    """List what a run would send, scenario by scenario, and write the list as JSON; exit 0."""
    import json  # noqa: PLC0415

    from fluentcart_conformance.render.files import write_whole  # noqa: PLC0415
    from fluentcart_conformance.runner.rehearsal import rehearse  # noqa: PLC0415

    found = rehearse(settings, narrowing, requirements)
    for scenario, sendings in found.by_scenario.items():
        click.echo(scenario)
        for sending, count in sendings:
            times = f"  {count} times" if count > 1 else ""
            click.echo(f"  {sending.method:6} {sending.path}  as {sending.identity}{times}")
    path = settings.reports / FILE
    write_whole(path, json.dumps(as_data(found, settings), indent=2) + "\n")
    where = "to it" if settings.base_url is not None else "to anybody but a rehearsal store"
    click.echo(f"\n{summary(found, settings)}\nNothing of this was sent {where}; {path} has it.")
    return 0


def announce_limits(settings: Settings, narrowing: Narrowing, requirements: Sequence[str]) -> None:
    """Say how long a run takes that keeps to the documented hourly limits."""
    from fluentcart_conformance.runner.rehearsal import rehearse  # noqa: PLC0415

    found = rehearse(settings, narrowing, requirements)
    click.echo(f"{summary(found, settings)}\n{found.limits.words}")
    if found.limits.seconds:
        click.echo(
            f"go on after an interruption with --resume {settings.reports / 'run.jsonl'}", err=True
        )


def summary(found: Rehearsal, settings: Settings) -> str:
    """Scenarios, requests by method, the least time."""
    methods = ", ".join(f"{count:,} {name}" for name, count in sorted(found.methods.items()))
    took = found.seconds(settings)
    at_least = f"; at least {words_of(took)}" if took >= 1 else ""
    scenarios = len(found.by_scenario)
    return f"{scenarios:,} scenarios send {found.requests:,} requests ({methods}){at_least}"


def words_of(seconds: float) -> str:
    """`42 s`, `7 min`, `3.0 h`."""
    if seconds < 120:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 7200 else f"{seconds / 3600:.1f} h"


def as_data(found: Rehearsal, settings: Settings) -> dict[str, Any]:
    """The list for machines."""
    from fluentcart_conformance.runner.rehearsal import READS  # noqa: PLC0415

    return {
        "profile": found.profile,
        "requests": found.requests,
        "methods": dict(sorted(found.methods.items())),
        "writes": sum(count for name, count in found.methods.items() if name not in READS),
        "seconds": round(found.seconds(settings), 1),
        "documented_limits": {"seconds": found.limits.seconds, "words": found.limits.words},
        "scenarios": [
            {"id": scenario, "requests": [{**one._asdict(), "times": n} for one, n in sendings]}
            for scenario, sendings in found.by_scenario.items()
        ],
    }

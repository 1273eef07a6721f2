"""The options of `run`, `doctor` and `sweep`, and how they become Settings."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from fluentcart_conformance.plugin.narrowing import Narrowing
    from fluentcart_conformance.target.settings import Settings

F = TypeVar("F", bound=Callable[..., Any])
_FILE = click.Path(dir_okay=False, path_type=Path)


def _stack(*options: Callable[[Any], Any]) -> Callable[[F], F]:
    def decorate(function: F) -> F:
        for option in reversed(options):
            function = option(function)
        return function

    return decorate


def target_options() -> Callable[[F], F]:
    """Where the store is and how to reach it. Credentials are not among them."""
    return _stack(
        click.option(
            "--base-url",
            metavar="URL",
            help="A site root or an API root; without it, the embedded store.",
        ),
        click.option("--profile", metavar="NAME", help="Instead of detecting it."),
        click.option("--config", type=_FILE, help="Settings file [default: fluentcart.toml]."),
        click.option("--insecure-http", is_flag=True, default=None, help="Allow plain http."),
        click.option("--ca-bundle", type=_FILE, help="Certificates to trust."),
        click.option("--client-cert", type=_FILE, help="A PEM with certificate and key."),
        click.option("--request-timeout", type=float, metavar="S", help="For one whole answer."),
    )


def selection_options() -> Callable[[F], F]:
    """What to run and where the reports go."""
    return _stack(
        click.option(
            "--area",
            "--suite",
            "areas",
            multiple=True,
            metavar="AREA",
            help="Only this area; may be repeated.",
        ),
        click.option(
            "-k", "keyword", metavar="EXPR", help="Only scenarios matching, as in pytest."
        ),
        click.option(
            "--reports",
            type=click.Path(file_okay=False, path_type=Path),
            help="The folder for the reports [default: reports].",
        ),
        click.option(
            "--deviations",
            multiple=True,
            metavar="FILE",
            help="Known deviations: a file, or the name of a bundled list; may be repeated.",
        ),
        click.option(
            "--capability", multiple=True, metavar="NAME", help="The target has this capability."
        ),
        click.option("--no-capability", multiple=True, metavar="NAME", help="The target lacks it."),
        click.option("--store-arguments", metavar="WORDS", hidden=True),
    )


def safety_options() -> Callable[[F], F]:
    """What may be done to the store."""
    return _stack(
        click.option("--read-only", is_flag=True, default=None, help="Send nothing that writes."),
        click.option(
            "--allow-writes",
            is_flag=True,
            default=None,
            help="Off loopback: create and change own objects.",
        ),
        click.option(
            "--allow-destructive",
            is_flag=True,
            default=None,
            help="Off loopback: bulk deletes and what cannot be undone, of own objects.",
        ),
        click.option(
            "--i-know-this-is-live", is_flag=True, default=None, help="Write to a live shop."
        ),
        click.option("--dry-run", is_flag=True, default=None, help="List what would be sent."),
    )


def pace_options() -> Callable[[F], F]:
    """How fast, how long, how much."""
    return _stack(
        click.option("--workers", type=int, metavar="N", help="Parallel workers."),
        click.option("--rate", type=float, metavar="R", help="Requests per second, all workers."),
        click.option("--run-timeout", type=float, metavar="S", help="For the whole run."),
        click.option("--max-requests", type=int, metavar="N", help="The run's request budget."),
        click.option(
            "--respect-documented-limits",
            is_flag=True,
            default=None,
            help="Keep to the documented hourly limits.",
        ),
        click.option(
            "--fuzz",
            type=click.Choice(["smoke", "default", "deep"]),
            help="How much is fuzzed [default: default].",
        ),
        click.option(
            "--max-examples",
            "fuzz_examples",
            type=int,
            metavar="N",
            help="Generated requests per operation; 0 turns fuzzing off.",
        ),
        click.option(
            "--fuzz-requests", type=int, metavar="N", help="Generated requests in all; 0: none."
        ),
        click.option("--fuzz-seconds", "fuzz_time", type=float, metavar="S", help="For fuzzing."),
        click.option("--seed", type=int, metavar="N", help="Repeat a run's random choices."),
    )


def narrowing_options() -> Callable[[F], F]:
    """Which part of the suites, beside areas and keyword."""
    record = click.Path(dir_okay=False, exists=True, path_type=Path)
    return _stack(
        click.option(
            "--shard", metavar="I/N", help="Part I of N of the run; `merge` joins their records."
        ),
        click.option(
            "--balance",
            type=record,
            metavar="RECORD",
            help="Make the shards equally long by this record's seconds.",
        ),
        click.option(
            "--only-changed-since",
            "since",
            type=record,
            metavar="RECORD",
            help="Only what was not met there, and scenarios whose file changed.",
        ),
        click.option(
            "--resume",
            type=record,
            metavar="RECORD",
            help="Go on with an interrupted run: its scenarios count, the others run.",
        ),
        click.option("--fail-fast", is_flag=True, help="Stop at the first broken MUST."),
    )


def narrowing_of(given: dict[str, Any], reports: Path) -> Narrowing:
    """Take the narrowing options out of `given`.

    Raises:
        click.UsageError: for a shard that is none.
        RecordError: for a record that does not fit.
    """
    from fluentcart_conformance.plugin.shards import Shard  # noqa: PLC0415
    from fluentcart_conformance.runner import narrowed  # noqa: PLC0415

    wanted = given.pop("shard")
    try:
        shard = Shard.parse(wanted) if wanted else None
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    return narrowed.narrowing_of(
        reports=reports,
        shard=shard,
        balance=given.pop("balance"),
        since=given.pop("since"),
        resume=given.pop("resume"),
        fail_fast=given.pop("fail_fast"),
    )


def settings_of(given: dict[str, Any], *, second: bool = False) -> Settings:
    """Settings from the options; flags go before environment, file and defaults.

    `second` are those of the other one of two stores: see `load_settings`.
    """
    from fluentcart_conformance.target.settings_load import load_settings  # noqa: PLC0415

    flags = dict(given)
    config = flags.pop("config", None)
    wanted = dict.fromkeys(flags.pop("capability", ()), True)
    unwanted = dict.fromkeys(flags.pop("no_capability", ()), False)
    for name in ("areas", "deviations"):
        if name in flags:
            flags[name] = list(flags[name]) or None
    if flags.get("deviations"):
        flags["deviations"] = [deviation_file(name) for name in flags["deviations"]]
    if flags.get("areas"):
        _check_areas(flags["areas"])
    settings = load_settings(flags, config=config, second=second)
    if wanted or unwanted:
        settings.capabilities.update({**wanted, **unwanted})
    if settings.profile != "auto":
        _check_profile(settings.profile)
    return settings


def deviation_file(name: str | Path) -> Path:
    """A path as given, or the bundled list of that name (`fluentcart-1.3.25`)."""
    from fluentcart_conformance.paths import data_dir  # noqa: PLC0415 - only when asked for

    path = Path(name)
    bundled = data_dir() / "deviations" / f"{path.name.removesuffix('.yaml')}.yaml"
    if path.is_file() or not bundled.is_file():
        return path
    return bundled


def _check_areas(areas: list[str]) -> None:
    from fluentcart_conformance.contract.requirements import AREAS  # noqa: PLC0415

    from .output import known_name  # noqa: PLC0415

    for area in areas:
        known_name(area, (*AREAS, "fuzz"), "area")


def _check_profile(profile: str) -> None:
    from fluentcart_conformance.contract.profile import profile_names  # noqa: PLC0415

    from .output import known_name  # noqa: PLC0415

    known_name(profile, profile_names(), "profile")

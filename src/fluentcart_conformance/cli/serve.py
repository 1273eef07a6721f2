"""`serve`: the embedded store."""

from __future__ import annotations

from pathlib import Path

import click

from .output import known_name


@click.command("serve")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="0 takes a free one.")
@click.option("--profile", default="documented", show_default=True, help="What it speaks.")
@click.option(
    "--db", type=click.Path(dir_okay=False, path_type=Path), help="SQLite file; else in memory."
)
@click.option("--fault", "faults", multiple=True, metavar="ID", help="A defect; repeatable.")
@click.option("--personality", default="", metavar="NAME", help="Another dress: stranger.")
@click.option("--with", "switches", default="", metavar="A,B", help="Single switches of a dress.")
def command(
    *,
    port: int,
    profile: str,
    db: Path | None,
    faults: tuple[str, ...],
    personality: str,
    switches: str,
) -> int:
    """Serve the embedded store on loopback until stopped.

    Prints one JSON line with base_url and the identities.

    \b
    Examples:
      fluentcart-conformance serve
      fluentcart-conformance serve --port 8765 --profile fluentcart-1.3 --db shop.sqlite
      fluentcart-conformance serve --fault refund-cent-more
      fluentcart-conformance serve --with gzip,translated,high-ids
    """
    from fluentcart_conformance.store.__main__ import main  # noqa: PLC0415 - starts no store early
    from fluentcart_conformance.store.faults import FaultError, chosen  # noqa: PLC0415
    from fluentcart_conformance.store.personality import (  # noqa: PLC0415
        PersonalityError,
        chosen_switches,
    )
    from fluentcart_conformance.store.profiles import PROFILES  # noqa: PLC0415

    known_name(profile, sorted(PROFILES), "profile")
    arguments = ["--port", str(port), "--profile", profile]
    arguments += ["--db", str(db)] if db else []
    try:
        arguments += [word for one in chosen(faults) for word in ("--fault", one.id)]
        worn = chosen_switches(personality, switches)
    except (FaultError, PersonalityError) as error:
        raise click.UsageError(str(error)) from error
    try:
        return main([*arguments, "--with", ",".join(worn)])
    except OSError as error:
        raise click.UsageError(
            f"cannot listen on port {port}: {error.strerror or error}; choose another with --port"
        ) from error

"""`proxy`: judge what clients and a store say to each other, while they do."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn
from urllib.parse import urlsplit

import click

from .judge import judge_files
from .output import format_option, known_name

if TYPE_CHECKING:
    from fluentcart_conformance.traffic.judging import Watch

_PORTS = click.IntRange(1, 65535)


@click.command("proxy")
@click.option("--upstream", required=True, metavar="URL", help="The store behind the proxy.")
@click.option("--port", type=_PORTS, default=8767, show_default=True, help="On loopback.")
@click.option("--profile", metavar="NAME", help="Judge while traffic passes, not only at the end.")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("traffic.jsonl"),
    show_default=True,
    help="The recording; `judge` reads it again.",
)
@click.option("--deviations", multiple=True, metavar="FILE", help="Known deviations.")
@click.option("--html", type=click.Path(dir_okay=False, path_type=Path), help="Also a page.")
@format_option("table", "json", "sarif", "junit")
def command(
    *,
    upstream: str,
    port: int,
    profile: str | None,
    out: Path,
    deviations: tuple[str, ...],
    html: Path | None,
    form: str,
) -> int:
    """Stand between clients and a store, record what passes, and judge it.

    Point a client at http://127.0.0.1:PORT instead of the store. Ctrl-C ends the recording; the
    verdict on all of it follows, as `judge` gives it. Credentials in headers are not recorded.

    Needs mitmproxy, installed apart (`pipx install mitmproxy`).

    \b
    Examples:
      fluentcart-conformance proxy --upstream https://staging.example
      fluentcart-conformance proxy --upstream https://staging.example --profile fluentcart-1.5
      fluentcart-conformance judge traffic.jsonl
    """
    from fluentcart_conformance.contract.profile import profile_names  # noqa: PLC0415
    from fluentcart_conformance.traffic.judging import Watch  # noqa: PLC0415

    _check_address(upstream)
    if profile:
        known_name(profile, profile_names(), "profile")
    _record(upstream, port, out, Watch(profile) if profile else None)
    if not out.stat().st_size:
        raise click.UsageError("nothing passed, so there is nothing to judge")
    return judge_files((out,), profile, deviations, html, form)


def _check_address(upstream: str) -> None:
    parts = urlsplit(upstream)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise click.UsageError("--upstream must be an address such as https://staging.example")
    if parts.username is not None or parts.password is not None:
        raise click.UsageError("--upstream takes no credentials; clients send their own")


def _record(upstream: str, port: int, out: Path, watch: Watch | None) -> None:
    """Until Ctrl-C, SIGTERM, or the end of mitmproxy."""
    from fluentcart_conformance.render.words import visible  # noqa: PLC0415
    from fluentcart_conformance.traffic.proxy import Proxy, kept  # noqa: PLC0415

    # Also where a shell started this in the background and had SIGINT ignored.
    before = {one: signal.signal(one, _stop) for one in (signal.SIGINT, signal.SIGTERM)}
    try:
        with Proxy(upstream, port) as proxy:
            proxy.wait_until_ready()
            with out.open("w", encoding="utf-8") as file:
                click.echo(
                    f"http://127.0.0.1:{port} -> {upstream}, recorded in {out}; Ctrl-C ends it",
                    err=True,
                )
                for number, row in enumerate(proxy.rows(), 1):
                    file.write(kept(row))
                    file.flush()
                    for found in watch.take(row) if watch else ():
                        said = f"expected {found.expected}, got {found.got}"
                        where = f"{found.requirement}  {found.operation} {found.pointer}"
                        click.echo(visible(f"{out.name}:{number}  {where}  {said}"), err=True)
    except KeyboardInterrupt:
        click.echo("", err=True)
    except OSError as error:
        raise click.UsageError(f"cannot write {out}: {error.strerror or error}") from error
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


def _stop(*_: Any) -> NoReturn:
    raise KeyboardInterrupt

"""`judge`: judge traffic that others captured."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .options import deviation_file
from .output import format_option, known_name, print_json

if TYPE_CHECKING:
    from fluentcart_conformance.traffic.judging import Judged
    from fluentcart_conformance.verdict.verdict import Verdict


@click.command("judge")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--profile", metavar="NAME", help="Instead of detecting it.")
@click.option("--deviations", multiple=True, metavar="FILE", help="Known deviations.")
@click.option("--html", type=click.Path(dir_okay=False, path_type=Path), help="Also a page.")
@format_option("table", "json", "sarif", "junit")
def command(
    files: tuple[Path, ...],
    profile: str | None,
    deviations: tuple[str, ...],
    html: Path | None,
    form: str,
) -> int:
    """Judge captured traffic: HAR 1.2, JSON lines with request and response, or run records.

    Traffic of other hosts and paths is skipped and counted. Files are streamed, so their size
    does not matter. Exits 1 when a MUST requirement is broken.

    \b
    Examples:
      fluentcart-conformance judge session.har
      fluentcart-conformance judge reports/run.jsonl --profile documented --format json
      fluentcart-conformance judge session.har --format sarif > findings.sarif
    """
    return judge_files(files, profile, deviations, html, form)


def judge_files(
    files: tuple[Path, ...],
    profile: str | None,
    deviations: tuple[str, ...],
    html: Path | None,
    form: str,
) -> int:
    """Judge captured traffic, print the verdict; returns the exit code."""
    from fluentcart_conformance.contract.profile import profile_names  # noqa: PLC0415
    from fluentcart_conformance.contract.requirements import load_requirements  # noqa: PLC0415
    from fluentcart_conformance.traffic.judging import (  # noqa: PLC0415
        detect_profile,
        judge_traffic,
    )
    from fluentcart_conformance.verdict.compute import compute_verdict  # noqa: PLC0415
    from fluentcart_conformance.verdict.deviations import load_deviations  # noqa: PLC0415

    if profile:
        chosen, reason = known_name(profile, profile_names(), "profile"), "chosen by the operator"
    else:
        chosen, reason = detect_profile(files)
    known = load_deviations([deviation_file(name) for name in deviations])
    judged = judge_traffic(list(files), chosen, reason)
    if not judged.judged:
        skipped = ", ".join(f"{count} {why}" for why, count in judged.skipped.items())
        names = ", ".join(map(str, files))
        raise click.UsageError(f"nothing to judge in {names} ({skipped or 'no exchange'})")
    verdict = compute_verdict(judged.tally, load_requirements(), known)
    if html:
        from fluentcart_conformance.render.html import write_html  # noqa: PLC0415

        write_html(html, verdict, judged.exchanges)
    _print(form, judged, verdict)
    return verdict.exit_code


def _print(form: str, judged: Judged, verdict: Verdict) -> None:
    if form == "json":
        from fluentcart_conformance.render.data import verdict_data  # noqa: PLC0415

        traffic = {"judged": judged.judged, "skipped": dict(judged.skipped)}
        print_json({**verdict_data(verdict), "profile_reason": judged.reason, "traffic": traffic})
    elif form == "sarif":
        from fluentcart_conformance.render.sarif import sarif  # noqa: PLC0415

        print_json(sarif(verdict))
    elif form == "junit":
        from fluentcart_conformance.render.junit import operations_junit  # noqa: PLC0415

        click.echo(operations_junit(verdict), nl=False)
    else:
        from fluentcart_conformance.render.terminal import (  # noqa: PLC0415
            make_console,
            print_verdict,
        )

        click.echo(f"profile {judged.profile}: {judged.reason}")
        skipped = "".join(f", {count} skipped ({why})" for why, count in judged.skipped.items())
        click.echo(f"{judged.judged} exchanges judged{skipped}")
        print_verdict(make_console(), verdict, judged.exchanges)

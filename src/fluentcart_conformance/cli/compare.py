"""`compare`: two runs, or two stores."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .options import deviation_file, safety_options, settings_of
from .output import format_option, print_json

if TYPE_CHECKING:
    from fluentcart_conformance.verdict.answers import Answers
    from fluentcart_conformance.verdict.compare import Comparison
    from fluentcart_conformance.verdict.verdict import Verdict

_FILE = click.Path(dir_okay=False, path_type=Path)
_TWO = 2


@click.command("compare")
@click.argument("records", nargs=-1, type=_FILE, metavar="[BEFORE AFTER]")
@click.option("--targets", nargs=2, metavar="URL URL", help="Two stores instead of two records.")
@click.option("--answers", is_flag=True, help="Of two records, compare the answers by member.")
@click.option("--deviations", multiple=True, metavar="FILE", help="Known deviations, of both.")
@click.option("--html", type=_FILE, help="Also a page.")
@format_option("table", "json", "markdown")
@click.option("--area", "areas", multiple=True, metavar="AREA", help="With --targets: only this.")
@click.option("-k", "keyword", metavar="EXPR", help="With --targets: only scenarios matching.")
@click.option(
    "--reports",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("reports/targets"),
    show_default=True,
    help="With --targets: the folder for the reports of both.",
)
@click.option("--config", type=_FILE, help="Settings of the first store.")
@click.option("--other-config", type=_FILE, help="Settings of the second store.")
@click.option("--profile", metavar="NAME", help="With --targets: of both, else detected for each.")
@click.option("--insecure-http", is_flag=True, default=None, help="Allow plain http.")
@click.option("--rate", type=float, metavar="R", help="Requests per second.")
@safety_options()
def command(
    *,
    records: tuple[Path, ...],
    targets: tuple[str, str] | None,
    answers: bool,
    deviations: tuple[str, ...],
    html: Path | None,
    form: str,
    other_config: Path | None,
    **given: Any,
) -> int:
    """Compare two run records, or what two stores answer to the same scenarios.

    Of two records: what got worse, better, is new, has vanished. Exits 1 only when a MUST
    requirement regressed or is no longer looked at.

    With --targets the scenarios run against both stores, one after the other; their answers are
    compared member by member, apart from ids, dates and what belongs to one run: other statuses,
    members that appear or vanish, null where there was text, routes. Exits 1 when anything
    differs. --answers does so with two records that are there already.

    Credentials of the second store come from FLUENTCART_OTHER_USER,
    FLUENTCART_OTHER_APP_PASSWORD, FLUENTCART_OTHER_LOW_USER and so on, or from --other-config.

    \b
    Examples:
      fluentcart-conformance compare baseline.jsonl reports/run.jsonl
      fluentcart-conformance compare baseline.jsonl reports/run.jsonl --format markdown
      fluentcart-conformance compare --targets https://old.example https://new.example --html c.html
    """
    if targets:
        if records or answers:
            raise click.UsageError("give two records or --targets, not both")
        found, names = _targets(targets, other_config, given)
        return _print_answers(found, names, form, html)
    if len(records) != _TWO:
        raise click.UsageError("give two records, BEFORE and AFTER, or --targets URL URL")
    before, after = records
    if answers:
        return _print_answers(*_answers(before, after), form, html)
    from fluentcart_conformance.verdict.compare import compare_runs  # noqa: PLC0415

    compared = compare_runs(verdict_of(before, deviations), verdict_of(after, deviations))
    if html:
        from fluentcart_conformance.render.comparison import comparison_html  # noqa: PLC0415
        from fluentcart_conformance.render.files import write_whole  # noqa: PLC0415

        write_whole(html, comparison_html(compared))
    print_comparison(compared, form)
    return 1 if compared.regressed else 0


def _targets(
    urls: tuple[str, str], other_config: Path | None, given: dict[str, Any]
) -> tuple[Answers, tuple[str, str]]:
    from fluentcart_conformance.runner.targets import (  # noqa: PLC0415
        answers_of,
        other_store,
        routes_of,
    )

    folder: Path = given["reports"]
    first = settings_of({**given, "base_url": urls[0], "reports": folder / "before"})
    with other_store():
        flags = {**given, "config": other_config, "base_url": urls[1], "reports": folder / "after"}
        second = settings_of(flags, second=True)
    routes = routes_of(first), routes_of(second)
    return _answers(answers_of(first), answers_of(second), routes)


def _answers(
    before: Path,
    after: Path,
    routes: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset()),
) -> tuple[Answers, tuple[str, str]]:
    from fluentcart_conformance.verdict.answers import compare_answers  # noqa: PLC0415
    from fluentcart_conformance.verdict.record import read_header, read_record  # noqa: PLC0415

    names = []
    for record in (before, after):
        header = read_header(record)
        target = header["target"]
        software = f"{target.get('software', '')} {target.get('version', '')}".strip()
        names.append(
            f"{software or 'a store'} at {target.get('base_url')}, profile {header['profile']}"
        )
    found = compare_answers(read_record(before), read_record(after), routes)
    return found, (names[0], names[1])


def _print_answers(found: Answers, names: tuple[str, str], form: str, html: Path | None) -> int:
    from fluentcart_conformance.render.answers import (  # noqa: PLC0415
        answers_data,
        answers_html,
        answers_markdown,
        answers_text,
    )

    if html:
        from fluentcart_conformance.render.files import write_whole  # noqa: PLC0415

        write_whole(html, answers_html(found, names))
    if form == "json":
        print_json({"before": names[0], "after": names[1], **answers_data(found)})
    elif form == "markdown":
        click.echo(answers_markdown(found))
    else:
        click.echo(f"before: {names[0]}\nafter:  {names[1]}\n")
        click.echo(answers_text(found), nl=False)
    return 0 if found.same else 1


def verdict_of(record: Path, deviations: tuple[str, ...]) -> Verdict:
    """The verdict of a record on disk, with the bundled requirements."""
    from fluentcart_conformance.contract.requirements import load_requirements  # noqa: PLC0415
    from fluentcart_conformance.verdict.compute import verdict_of_record  # noqa: PLC0415
    from fluentcart_conformance.verdict.deviations import load_deviations  # noqa: PLC0415

    known = load_deviations([deviation_file(name) for name in deviations])
    return verdict_of_record(record, load_requirements(), known)


def print_comparison(found: Comparison, form: str) -> None:
    """Print it in one of the forms."""
    from fluentcart_conformance.render.comparison import (  # noqa: PLC0415
        comparison_data,
        comparison_markdown,
        comparison_text,
    )

    if form == "json":
        print_json(comparison_data(found))
    elif form == "markdown":
        click.echo(comparison_markdown(found))
    else:
        click.echo(comparison_text(found), nl=False)

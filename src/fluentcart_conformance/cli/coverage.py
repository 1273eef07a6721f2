"""`coverage`: both ways."""

from __future__ import annotations

import click

from fluentcart_conformance.verdict.coverage import Coverage, Covered, measure

from .output import format_option, print_json, print_table


@click.command("coverage")
@format_option()
def command(form: str) -> int:
    """Show requirements without a check, each with its reason, and checks that cite unknown ids.

    Exits 1 when a testable MUST or SHOULD requirement has no check or an id is unknown.

    \b
    Examples:
      fluentcart-conformance coverage
      fluentcart-conformance coverage --format json
    """
    coverage = measure()
    if form == "json":
        print_json(_as_json(coverage))
    else:
        _print(coverage)
    wanting = any(one.requirement.level != "MAY" for one in coverage.gaps)
    return 1 if wanting or coverage.unknown else 0


def _as_json(coverage: Coverage) -> dict[str, object]:
    return {
        "requirements": [
            {
                "id": one.requirement.id,
                "level": one.requirement.level,
                "area": one.requirement.area,
                "covered": one.covered,
                "reason": one.reason or None,
                "checks": sorted({citation.by for citation in one.citations}),
            }
            for one in coverage.requirements
        ],
        "unknown": [
            {"requirement": one.requirement, "file": one.file, "line": one.line}
            for one in coverage.unknown
        ],
        "totals": _totals(coverage),
    }


def _totals(coverage: Coverage) -> dict[str, int]:
    return {
        "requirements": len(coverage.requirements),
        "covered": sum(one.covered for one in coverage.requirements),
        "untestable": sum(one.excused for one in coverage.requirements),
        "gaps": len(coverage.gaps),
        "unknown": len(coverage.unknown),
    }


def _print(coverage: Coverage) -> None:
    open_ones = [one for one in coverage.requirements if not one.covered]
    if open_ones:
        print_table(("id", "level", "area", "why it has no check"), map(_row, open_ones))
    for one in coverage.unknown:
        click.echo(f"unknown requirement {one.requirement} cited in {one.place}")
    totals = _totals(coverage)
    click.echo(
        f"{totals['covered']} of {totals['requirements']} requirements have a check, "
        f"{totals['untestable']} cannot be tested, {totals['gaps']} are gaps, "
        f"{totals['unknown']} unknown ids are cited"
    )


def _row(one: Covered) -> tuple[str, ...]:
    return (one.requirement.id, one.requirement.level, one.requirement.area, one.reason)

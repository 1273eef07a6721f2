"""`explain`: everything about one requirement."""

from __future__ import annotations

from typing import Any

import click

from fluentcart_conformance.contract.requirements import Requirement, load_requirements
from fluentcart_conformance.verdict.citations import Citation

from .output import format_option, known_name, print_json
from .requirements import described


@click.command("explain")
@click.argument("requirement_id", metavar="ID")
@format_option("text", "json")
def command(requirement_id: str, form: str) -> None:
    """Print a requirement's text, source, forms per profile and the checks that prove it.

    \b
    Example:
      fluentcart-conformance explain RFD-PARTIAL-TOTAL
    """
    every = load_requirements()
    name = requirement_id.upper()
    known_name(name, every, "requirement")
    checks = _checks(name)
    if form == "json":
        print_json({**described(every[name]), "checks": [_as_json(one) for one in checks]})
        return
    for title, text in _lines(every[name], checks):
        click.echo(f"{title:<12} {text}".rstrip())


def _checks(name: str) -> list[Citation]:
    from fluentcart_conformance.verdict.coverage import all_citations  # noqa: PLC0415 - reads all

    return [one for one in all_citations(name) if one.requirement == name]


def _as_json(one: Citation) -> dict[str, Any]:
    return {"by": one.by, "file": one.file, "line": one.line}


def _lines(one: Requirement, checks: list[Citation]) -> list[tuple[str, str]]:
    lines = [
        ("id", one.id),
        ("level", one.level),
        ("area", one.area),
        ("operation", ", ".join(one.operations)),
        ("text", one.text),
    ]
    lines += [("source", f"{source.document}, {source.section}") for source in one.sources]
    lines.append(("proof", one.proof))
    lines += [("member", _member(member)) for member in one.members]
    lines += [("form", f"{profile}: {text}") for profile, text in one.forms.items()]
    lines += [("absent", f"in {profile}: {text}") for profile, text in one.absent.items()]
    if one.capability:
        lines.append(("needs", one.capability))
    if one.untestable:
        lines.append(("untestable", one.untestable))
    lines += [("check", _check(check)) for check in checks] or [("check", "none")]
    return lines


def _member(member: Any) -> str:
    if not isinstance(member, dict):
        return str(member)
    rest = ", ".join(f"{key} {value}" for key, value in member.items() if key != "name")
    return f"{member.get('name')}: {rest}" if rest else str(member.get("name"))


def _check(one: Citation) -> str:
    if one.by == "judge":
        return "the judge, on every exchange" + (f" ({one.place})" if one.line else "")
    return f"{one.by} ({one.place})"

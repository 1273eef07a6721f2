"""What two stores answer differently, as text, Markdown, data and a page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from fluentcart_conformance.verdict.answers import Answers, Difference

from .html.page import content_policy, style_sheet
from .words import markdown_text, plural, visible

_TITLES = {
    "status": "Another status",
    "appears": "Members that appear",
    "vanishes": "Members that vanish",
    "kind": "Members of another kind",
    "value": "Members with other values",
}
_NAMED = 4
Row = tuple[str, str, str, str, str]
COLUMNS = ("member", "before", "after", "operations", "seen")


def last_answers_line(found: Answers) -> str:
    """The one clear last line."""
    return "  ".join(_said(found))


def _said(found: Answers) -> tuple[str, ...]:
    """The verdict in capitals, how many differences, how many answers."""
    routes = len(found.routes_appear) + len(found.routes_vanish)
    pairs = f"{plural(found.pairs, 'answer')} compared, {found.alone:,} without a twin"
    if found.same:
        return "SAME ANSWERS", pairs
    said = plural(len(found.differences), "difference")
    more = f", {plural(routes, 'route')}" if routes else ""
    return "DIFFERENT ANSWERS", f"{said}{more}", pairs


def answer_sections(found: Answers) -> list[tuple[str, list[Row]]]:
    """Titles with rows; what is empty is left out."""
    every = [
        (title, [_row(one) for one in found.differences if one.kind == kind])
        for kind, title in _TITLES.items()
    ]
    return [(title, rows) for title, rows in every if rows]


def _row(one: Difference) -> Row:
    member = "HTTP status" if one.kind == "status" else one.member
    return (
        visible(member),
        visible(one.before, 100),
        visible(one.after, 100),
        _operations(one.operations),
        f"{one.times:,}",
    )


def _operations(names: Sequence[str]) -> str:
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more


def answers_text(found: Answers) -> str:
    """For a terminal: one line a difference."""
    lines = []
    for title, rows in answer_sections(found):
        lines.append(f"{title} ({len(rows)})")
        width = max(len(row[0]) for row in rows)
        for member, before, after, operations, seen in rows:
            change = " -> ".join(part for part in (before, after) if part)
            lines.append(f"  {member:<{width}}  {change}  [{operations}]  {seen} x")
        lines.append("")
    for title, routes in _routes(found):
        lines += [f"{title} ({len(routes)})", *(f"  {visible(one)}" for one in routes), ""]
    return "\n".join([*lines, last_answers_line(found)]) + "\n"


def _routes(found: Answers) -> list[tuple[str, Sequence[str]]]:
    every = (
        ("Routes that appear", found.routes_appear),
        ("Routes that vanish", found.routes_vanish),
    )
    return [(title, routes) for title, routes in every if routes]


def answers_markdown(found: Answers) -> str:
    """For a merge request or a wiki."""
    lines = [f"## {last_answers_line(found)}", ""]
    for title, rows in answer_sections(found):
        lines += [f"### {title}", "", f"| {' | '.join(COLUMNS)} |", "|---|---|---|---|---:|"]
        lines += [f"| {' | '.join(map(markdown_text, row))} |" for row in rows]
        lines.append("")
    for title, routes in _routes(found):
        lines += [f"### {title}", "", *(f"- {markdown_text(one)}" for one in routes), ""]
    return "\n".join(lines)


def answers_data(found: Answers) -> dict[str, Any]:
    """As JSON."""
    return {
        "same": found.same,
        "pairs": found.pairs,
        "without_twin": found.alone,
        "differences": [
            {
                "kind": one.kind,
                "member": one.member,
                "before": one.before,
                "after": one.after,
                "operations": list(one.operations),
                "pointers": list(one.pointers),
                "times": one.times,
                "exchanges": list(one.example),
                "scenario": one.scenario,
            }
            for one in found.differences
        ],
        "routes_appear": list(found.routes_appear),
        "routes_vanish": list(found.routes_vanish),
    }


def answers_html(found: Answers, names: tuple[str, str]) -> str:
    """As one self-contained page; `names` says what was compared."""
    style, said = style_sheet(), _said(found)
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(one) for one in COLUMNS)
    parts = [
        Markup(
            "<section><h2>{0} <small>{1}</small></h2>"
            '<div class="wide" tabindex="0" role="region" aria-label="{0}">'
            "<table><thead><tr>{2}</tr></thead><tbody>{3}</tbody></table></div></section>"
        ).format(title, len(rows), head, Markup("").join(map(_html_row, rows)))
        for title, rows in answer_sections(found)
    ]
    parts += [
        Markup("<section><h2>{} <small>{}</small></h2><ul>{}</ul></section>").format(
            title,
            len(routes),
            Markup("").join(
                Markup("<li><code>{}</code></li>").format(visible(one)) for one in routes
            ),
        )
        for title, routes in _routes(found)
    ]
    return str(
        Markup(
            '<!doctype html><html lang="en"><head><meta charset="utf-8">'
            '<meta http-equiv="Content-Security-Policy" content="{policy}">'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            "<title>{title}</title><style>{style}</style></head><body>"
            '<header class="banner {result}"><p class="tool">Answers of two stores</p>'
            '<h1>{word}</h1><p class="sentence">{counts}</p>'
            '<p class="facts">before: {before}</p><p class="facts">after: {after}'
            "</p></header><main>{body}</main></body></html>\n"
        ).format(
            policy=content_policy(style, ""),
            title=last_answers_line(found),
            word=said[0],
            counts=", ".join(said[1:]),
            style=Markup(style),  # noqa: S704 - the package's own style sheet
            result="conforms" if found.same else "no_verdict",
            before=visible(names[0]),
            after=visible(names[1]),
            body=Markup("").join(parts),
        )
    )


def _html_row(row: Row) -> Markup:
    member, before, after, operations, seen = row
    return Markup(
        '<tr><th scope="row">{}</th><td>{}</td><td>{}</td><td>{}</td><td class="n">{}</td></tr>'
    ).format(member, before or "-", after or "-", operations, seen)

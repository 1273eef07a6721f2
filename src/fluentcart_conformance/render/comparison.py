"""A comparison as text, Markdown, data and a page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup, escape

from fluentcart_conformance.verdict.compare import Change, Comparison

from .changes import last_comparison_line, sections
from .data import finding_data
from .html.page import content_policy, style_sheet
from .words import headline, markdown_text


def comparison_text(found: Comparison) -> str:
    """For a terminal."""
    lines = []
    for title, ones in sections(found):
        lines += [f"{title} ({len(ones)})", *(f"  {one}" for one in ones), ""]
    return "\n".join([*lines, last_comparison_line(found)]) + "\n"


def comparison_markdown(found: Comparison) -> str:
    """For a merge request."""
    lines = [f"## {last_comparison_line(found)}", ""]
    for title, ones in sections(found):
        lines += [f"### {title}", "", *(f"- {markdown_text(one)}" for one in ones), ""]
    return "\n".join(lines)


def comparison_data(found: Comparison) -> dict[str, Any]:
    """As JSON."""

    def changes(ones: Sequence[Change]) -> list[dict[str, str]]:
        return [
            {
                "requirement": one.requirement,
                "level": one.level,
                "area": one.area,
                "before": one.before.value,
                "after": one.after.value,
                "reason": one.reason,
            }
            for one in ones
        ]

    return {
        "regressed": found.regressed,
        "before": found.before.summary(),
        "after": found.after.summary(),
        "regressions": changes(found.regressions),
        "fixes": changes(found.fixes),
        "new": changes(found.new),
        "vanished": changes(found.vanished),
        "new_findings": [finding_data(one) for one in found.new_findings],
        "gone_findings": [finding_data(one) for one in found.gone_findings],
        "new_deviations": list(found.new_deviations),
        "gone_deviations": list(found.gone_deviations),
        "timing": [
            {"operation": one.operation, "before_ms": one.before, "after_ms": one.after}
            for one in found.timing
        ],
    }


def comparison_html(found: Comparison) -> str:
    """As one self-contained page."""
    style = style_sheet()
    runs = [
        f"{name}: {headline(one)}, run {one.header['run']} of {one.header['started'][:19]}"
        for name, one in (("before", found.before), ("after", found.after))
    ]
    body = Markup("").join(
        Markup("<section><h2>{} <small>{}</small></h2><ul>{}</ul></section>").format(
            title, len(ones), Markup("").join(Markup("<li>{}</li>").format(one) for one in ones)
        )
        for title, ones in sections(found)
    )
    result = "findings" if found.regressed else "conforms"
    return str(
        Markup(
            '<!doctype html><html lang="en"><head><meta charset="utf-8">'
            '<meta http-equiv="Content-Security-Policy" content="{policy}">'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            "<title>{title}</title><style>{style}</style></head><body>"
            '<header class="banner {result}"><p class="tool">Comparison of two runs</p>'
            "<h1>{title}</h1>{facts}</header><main>{body}</main></body></html>\n"
        ).format(
            policy=content_policy(style, ""),
            title=last_comparison_line(found),
            style=Markup(style),  # noqa: S704 - the package's own style sheet
            result=result,
            facts=Markup("").join(Markup('<p class="facts">{}</p>').format(one) for one in runs),
            body=body or escape("Nothing changed."),
        )
    )

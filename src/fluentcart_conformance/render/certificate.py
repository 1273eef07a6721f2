"""The certificate as a page and as badges; the same data always gives the same bytes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fluentcart_conformance.verdict.verdict import Result

from .badge import badges
from .html.page import content_policy, style_sheet, template


def certificate_pages(certificate: Mapping[str, Any]) -> dict[str, str]:
    """`certificate.html`, `badge.svg` and `badge.json`."""
    words = f"certified | {certificate['profile']}"
    drawn = badges(Result(certificate["result"]), words)
    style = style_sheet()
    page = template("certificate.html.j2").render(
        one=certificate,
        claim=certificate["claim"],
        badge=drawn["badge.svg"],
        style=style,
        policy=content_policy(style, ""),
    )
    return {**drawn, "certificate.html": page}

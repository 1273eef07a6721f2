"""The verdict as a badge: an SVG, and the JSON that shields.io reads as an endpoint."""

from __future__ import annotations

import json
from pathlib import Path

from markupsafe import escape

from fluentcart_conformance.verdict.verdict import Result, Verdict

from .files import write_whole

LABEL = "FluentCart API"
_COLOURS = {
    Result.CONFORMS: ("#2da44e", "brightgreen"),
    Result.FINDINGS: ("#cf222e", "red"),
    Result.HARNESS_ERROR: ("#8250df", "purple"),
    Result.INTERRUPTED: ("#6e7781", "lightgrey"),
    Result.NO_VERDICT: ("#6e7781", "lightgrey"),
}
_CHARACTER = 7
_MARGIN = 12


def badge_text(verdict: Verdict) -> str:
    """`conforms | documented`."""
    return f"{verdict.result.value.replace('_', ' ')} | {verdict.header['profile']}"


def write_badge(folder: Path, verdict: Verdict) -> None:
    """Write `badge.svg` and `badge.json`."""
    for name, text in badges(verdict.result, badge_text(verdict)).items():
        write_whole(folder / name, text)


def badges(result: Result, text: str) -> dict[str, str]:
    """`badge.svg` and `badge.json` with these words, in the colour of the result."""
    colour, name = _COLOURS[result]
    shield = {"schemaVersion": 1, "label": LABEL, "message": text, "color": name}
    return {"badge.json": json.dumps(shield) + "\n", "badge.svg": _svg(LABEL, text, colour)}


def _svg(label: str, text: str, colour: str) -> str:
    left = len(label) * _CHARACTER + _MARGIN
    right = len(text) * _CHARACTER + _MARGIN
    words = escape(f"{label}: {text}")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{left + right}" height="20" role="img" '
        f'aria-label="{words}"><title>{words}</title>'
        f'<rect width="{left + right}" height="20" rx="3" fill="#24292f"/>'
        f'<path d="M{left} 0h{right - 3}a3 3 0 0 1 3 3v14a3 3 0 0 1-3 3H{left}z" fill="{colour}"/>'
        '<g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11" '
        f'text-anchor="middle"><text x="{left / 2:g}" y="14">{escape(label)}</text>'
        f'<text x="{left + right / 2:g}" y="14">{escape(text)}</text></g></svg>\n'
    )

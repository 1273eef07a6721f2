"""The overview of a fleet: one page and one JSON file for many sites."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fluentcart_conformance.verdict.states import State
from fluentcart_conformance.verdict.verdict import Verdict

from .files import write_whole
from .html.page import content_policy, style_sheet, template
from .words import headline, visible

PAGE, DATA = "index.html", "fleet.json"
_CODES = {0: "conforms", 1: "findings", 2: "usage", 3: "no_verdict", 4: "harness_error"}


@dataclass(frozen=True)
class Row:
    """One site of the overview. `verdict` is None when there is none, for the reason `words`."""

    name: str
    base_url: str
    exit_code: int
    verdict: Verdict | None
    words: str

    @property
    def result(self) -> str:
        """The verdict's result, else what the exit code means."""
        if self.verdict is not None:
            return self.verdict.result.value
        return _CODES.get(self.exit_code, "interrupted")

    @property
    def said(self) -> str:
        """The result in words."""
        return visible(headline(self.verdict) if self.verdict else self.words, 300)

    def failed(self) -> list[str]:
        """The requirements that are broken and not known to be."""
        if self.verdict is None:
            return []
        return [
            name for name, one in self.verdict.requirements.items() if one.state is State.FAILED
        ]


def write_overview(folder: Path, rows: Sequence[Row]) -> None:
    """Write `index.html` and `fleet.json`. Raises RecordError when the folder is not writable."""
    write_whole(folder / DATA, json.dumps(overview_data(rows), indent=2) + "\n")
    write_whole(folder / PAGE, overview_html(rows))


def broken_where(rows: Sequence[Row]) -> dict[str, list[str]]:
    """Broken requirements with the sites that break them, the most common first."""
    found: dict[str, list[str]] = {}
    for row in rows:
        for name in row.failed():
            found.setdefault(name, []).append(row.name)
    return dict(sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0])))


def overview_data(rows: Sequence[Row]) -> dict[str, Any]:
    """The overview for machines."""
    return {
        "exit_code": max((row.exit_code for row in rows), default=0),
        "sites": [
            {
                "name": row.name,
                "base_url": row.base_url,
                "exit_code": row.exit_code,
                "result": row.result,
                "words": row.said,
                "profile": row.verdict.header["profile"] if row.verdict else None,
                "verdict": row.verdict.summary() if row.verdict else None,
                "report": f"{row.name}/report.html" if row.verdict else f"{row.name}/run.log",
            }
            for row in rows
        ],
        "broken": broken_where(rows),
    }


def overview_html(rows: Sequence[Row]) -> str:
    """The overview as one self-contained page."""
    style = style_sheet()
    good = sum(1 for row in rows if row.exit_code == 0)
    return template("fleet.html.j2").render(
        policy=content_policy(style, ""),
        style=style,
        title=f"{good} of {len(rows)} sites conform",
        result="conforms" if good == len(rows) else "findings",
        rows=rows,
        broken=broken_where(rows),
        state=State,
    )

"""One measured figure, its target and its peer."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Figure:
    """What was measured, in `unit`; `target` is a ceiling when `at_most`, else a floor.

    `peer` and `command` say against what and how; without a target the figure is for orientation.
    """

    what: str
    measured: float
    unit: str
    target: float | None = None
    at_most: bool = True
    peer: str = ""
    command: str = ""
    note: str = ""

    @property
    def met(self) -> bool | None:
        """Whether the target is met; None without one."""
        if self.target is None:
            return None
        return self.measured <= self.target if self.at_most else self.measured >= self.target

    def as_json(self) -> dict[str, Any]:
        """With the judgement."""
        return {**asdict(self), "measured": round(self.measured, 4), "met": self.met}

    def row(self) -> tuple[str, str, str, str, str]:
        """The columns of the table."""
        sign = "at most" if self.at_most else "at least"
        target = "" if self.target is None else f"{sign} {self.target:g}"
        verdict = {True: "met", False: "missed", None: ""}[self.met]
        note = "; ".join(one for one in (self.peer, self.note) if one)
        return self.what, f"{self.measured:.3g} {self.unit}".strip(), target, verdict, note


def table(figures: list[Figure]) -> str:
    """As Markdown."""
    rows = [("what", "measured", "target", "", "peer, remarks"), *(one.row() for one in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        for row in rows
    ]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)

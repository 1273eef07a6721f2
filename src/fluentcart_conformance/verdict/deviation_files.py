"""Writes deviation files: a first one from a run, and one without its stale entries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from .deviations import Deviation, StaleDeviation
from .occurrences import Occurrence
from .verdict import Verdict

SEVERAL = 3
UNEXPLAINED = "TODO: say why this is known and accepted"


class _Plain(yaml.SafeDumper):
    """Writes each value where it stands, for people to read and edit."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - yaml's signature
        """Never an anchor."""
        return True


def _written(content: dict[str, Any]) -> str:
    dumped = yaml.dump(content, Dumper=_Plain, sort_keys=False, allow_unicode=True, width=100)
    return str(dumped)


def first_list(verdict: Verdict, expires: date) -> tuple[str, int]:
    """A file that covers every open finding of a run, and how many entries it has."""
    target = verdict.header["target"]
    entries: dict[str, dict[str, Any]] = {}
    for finding in verdict.findings:
        if finding.deviating:
            continue
        for one in finding.occurrences:
            entry = _entry(one, target.get("version") or "unknown", expires)
            covers = {name: entry.get(name) for name in ("requirement", "operation", "scope")}
            entries.setdefault(repr(covers), entry)
    content = {
        "implementation": target.get("software") or "unknown",
        "version": target.get("version") or "unknown",
        "profile": verdict.header["profile"],
        "deviations": list(entries.values()),
    }
    return _written(content), len(entries)


def _entry(one: Occurrence, version: str, expires: date) -> dict[str, Any]:
    scope: dict[str, Any] = {}
    if _place(one):
        scope["pointer"] = _place(one)
    if _status(one):
        scope["status"] = _status(one)
    if one.source == "check" and one.scenario:
        scope["scenario"] = _literal(one.scenario)
    entry: dict[str, Any] = {"requirement": one.requirement}
    if one.operation:
        entry["operation"] = one.operation
    if scope:
        entry["scope"] = scope
    return entry | {
        "reason": f"{UNEXPLAINED} ({' '.join((one.message or one.got).split())[:160]})",
        "evidence": [f"exchange {name}" for name in one.exchanges[-1:]] or [str(one.scenario)],
        "since": version,
        "expires": expires,
    }


def _place(one: Occurrence) -> str:
    """`/orders/data/3/id` -> `/orders/data/*/id`, as a pattern."""
    steps = ("*" if step.isdigit() else _literal(step) for step in one.pointer.split("/"))
    return "/".join(steps)


def _status(one: Occurrence) -> int | None:
    return one.statuses[-1] if one.statuses else None


def _literal(text: str) -> str:
    """A shell pattern that means this very text."""
    return "".join(f"[{char}]" if char in "*?[" else char for char in text)


def to_drop(verdicts: Sequence[Verdict]) -> list[StaleDeviation]:
    """What these runs agree is not there any more.

    What shows by chance goes only when none of at least `SEVERAL` runs has seen it.
    """
    found = [
        one
        for one in verdicts[0].stale
        if all(one.deviation in [other.deviation for other in each.stale] for each in verdicts)
    ]
    if len(verdicts) >= SEVERAL:
        why = f"seen in none of {len(verdicts)} runs"
        missed = verdicts[0].unseen
        found += [
            StaleDeviation(one, why)
            for one in missed
            if all(one in each.unseen for each in verdicts)
        ]
    return found


def without(file: Path, stale: Iterable[Deviation]) -> str:
    """The content of a deviation file without these.

    Of an entry that names several requirements the others stay.
    """
    gone = {(one.number, one.requirement) for one in stale}
    content = yaml.safe_load(file.read_text(encoding="utf-8"))
    left = []
    for number, entry in enumerate(content["deviations"], 1):
        named = entry["requirement"]
        names = [named] if isinstance(named, str) else list(named)
        kept = [name for name in names if (number, name) not in gone]
        if kept:
            left.append(entry | {"requirement": named if kept == names else kept})
    content["deviations"] = left
    return _written(content)

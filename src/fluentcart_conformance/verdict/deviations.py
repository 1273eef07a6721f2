"""Known, explained findings of a named implementation version, strict both ways.

A deviation file is YAML:

    implementation: FluentCart
    version: 1.3.25
    profile: fluentcart-1.3
    deviations:
      - requirement: ORD-STATUS-REFUSED     # one, or a list of those that one defect breaks
        operation: update_statuses          # one, a list, or "*" (the default)
        scope: {status: 500}                # optional, narrows what is covered
        reason: a refusal is answered with 500 and the intended status in the body
        evidence: [update_statuses / same status twice]
        since: 1.3.0
        expires: 2027-11-20

An entry with a list of requirements is one known deviation that must show in each of them.

`scope` may hold `pointer`, `scenario`, `kind`, `cause`, `got` (shell patterns) and `status` (a
number). All given members must fit. `evidence` names a case of the recordings or an exchange.
`only` marks what a single run need not show, so that its absence is no proof: `traffic` what shows
in captured traffic and is provoked by no scenario, `sometimes` what shows when one scenario meets
what another has left (an order in a list, say), `fuzzing` what random requests come upon; the last
covers nothing outside fuzzing. Those of the last two kinds that did not show are told by the
verdict, and `deviations prune` drops them when several runs agree.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from difflib import get_close_matches
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import yaml

from .occurrences import Occurrence

_TOP = ("implementation", "version", "profile", "deviations", "note")
_KEYS = ("requirement", "operation", "scope", "reason", "evidence", "since", "expires", "only")
_NEEDED = ("requirement", "reason", "evidence", "since", "expires")
_FUZZING = "fuzzing"
# What a run shows or not, as it comes.
BY_CHANCE = ("sometimes", _FUZZING)
_ONLY = ("traffic", *BY_CHANCE)
_SCOPE = ("pointer", "scenario", "kind", "cause", "got", "status")


class DeviationError(Exception):
    """A deviation file that cannot be used; the sentence names the file and the entry."""

    exit_code = 2


@dataclass(frozen=True)
class Deviation:
    """One known finding: which requirement, where, why, since when and until when."""

    requirement: str
    reason: str
    evidence: tuple[str, ...]
    since: str
    expires: date
    operations: tuple[str, ...] = ()
    scope: Mapping[str, str | int] = field(default_factory=dict)
    only: str = ""
    file: str = ""
    number: int = 0

    @property
    def key(self) -> str:
        """How reports name it: `fluentcart-1.3.25.yaml #3`."""
        return f"{self.file} #{self.number}"

    def covers(self, occurrence: Occurrence) -> bool:
        """Whether this deviation explains that occurrence."""
        if occurrence.requirement != self.requirement:
            return False
        if self.only == _FUZZING and not (occurrence.scenario or "").startswith("fuzz/"):
            return False
        if self.operations and not set(self.operations).intersection(occurrence.operations):
            return False
        return all(_fits(wanted, occurrence, name) for name, wanted in self.scope.items())


def _fits(wanted: str | int, occurrence: Occurrence, name: str) -> bool:
    if name == "status":
        return int(wanted) in occurrence.statuses
    value = getattr(occurrence, name)
    return fnmatchcase(str(value or ""), str(wanted))


@dataclass(frozen=True)
class StaleDeviation:
    """A deviation that fails the run: unknown requirement, expired, or no longer occurring."""

    deviation: Deviation
    why: str


def load_deviations(paths: Iterable[Path]) -> tuple[Deviation, ...]:
    """Every deviation of the files, in order. Raises DeviationError for a file that is not one."""
    return tuple(deviation for path in paths for deviation in _load(path))


def _load(path: Path) -> Sequence[Deviation]:
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise DeviationError(f"cannot read {path}: {error.strerror or error}") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        place = f", line {mark.line + 1}" if mark is not None else ""
        raise DeviationError(f"{path}{place}: not valid YAML") from error
    if not isinstance(content, dict) or not isinstance(content.get("deviations"), list):
        raise DeviationError(f"{path}: a deviation file needs a list named `deviations`")
    _known(path, "the file", content, _TOP)
    return [
        one
        for number, entry in enumerate(content["deviations"], 1)
        for one in _entry(path, number, entry)
    ]


def _entry(path: Path, number: int, entry: Any) -> list[Deviation]:
    """The deviations of one entry, one for each of its requirements."""
    where = f"entry {number}"
    if not isinstance(entry, dict):
        raise DeviationError(f"{path}, {where}: not a mapping")
    _known(path, where, entry, _KEYS)
    missing = [name for name in _NEEDED if not entry.get(name)]
    if missing:
        raise DeviationError(f"{path}, {where}: `{missing[0]}` is missing")
    scope = entry.get("scope") or {}
    if not isinstance(scope, dict):
        raise DeviationError(f"{path}, {where}: `scope` is not a mapping")
    _known(path, f"{where}, scope", scope, _SCOPE)
    if "status" in scope and not isinstance(scope["status"], int):
        raise DeviationError(f"{path}, {where}, scope: `status` is a number")
    if entry.get("only") not in (None, *_ONLY):
        raise DeviationError(f"{path}, {where}: `only` is one of {', '.join(_ONLY)}")
    common = Deviation(
        requirement="",
        reason=str(entry["reason"]).strip(),
        evidence=_texts(entry["evidence"]),
        since=str(entry["since"]),
        expires=_date(path, where, entry["expires"]),
        operations=tuple(name for name in _texts(entry.get("operation", ())) if name != "*"),
        scope=scope,
        only=entry.get("only") or "",
        file=path.name,
        number=number,
    )
    return [replace(common, requirement=name) for name in _texts(entry["requirement"])]


def _known(path: Path, where: str, entry: Mapping[str, Any], names: Sequence[str]) -> None:
    for name in entry:
        if name not in names:
            near = get_close_matches(str(name), names, 1)
            hint = f"; did you mean `{near[0]}`?" if near else f"; known: {', '.join(names)}"
            raise DeviationError(f"{path}, {where}: unknown key `{name}`{hint}")


def _texts(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    return tuple(str(item) for item in value or ())


def _date(path: Path, where: str, value: Any) -> date:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise DeviationError(f"{path}, {where}: `expires` is not a date (YYYY-MM-DD)") from error

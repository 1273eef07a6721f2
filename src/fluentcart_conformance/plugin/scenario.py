"""What one scenario does while it runs: exchanges, checks, and the ids it promised to check."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

from fluentcart_conformance.paths import suites_dir
from fluentcart_conformance.target.errors import ReadOnly, UnsafeRequest

REQUIREMENT_ID = re.compile(r"^[A-Z]{3}(-[A-Z0-9]+)+$")
_LONGEST_MESSAGE = 1500


@dataclass
class Scenario:
    """One running scenario and what it has seen so far.

    `promised` are the requirement ids it is to check; what it never got to is not testable.
    `shared` are the exchanges of arrangements that an earlier scenario sent and this one uses.
    `events` are the record's events in their order (see verdict.events). `catch_up` has the
    exchanges so far judged.
    """

    id: str
    promised: list[str]
    absent: dict[str, str] = field(default_factory=dict)
    events: list[dict[str, Any]] = field(default_factory=list)
    fresh: list[str] = field(default_factory=list)
    evidence: list[str] = field(default_factory=list)
    checked: dict[str, str] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)
    judged_wrong: bool = False
    shared: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    catch_up: Callable[[], None] = lambda: None

    def saw(self, event: dict[str, Any]) -> None:
        """Take in one exchange."""
        self.events.append(event)
        self.fresh.append(event["id"])

    def latest(self) -> str:
        """The id of the exchange that was seen last; empty before the first."""
        seen = (one["id"] for one in reversed(self.events) if one["type"] == "exchange")
        return str(next(seen, ""))

    def misled(self, error: BaseException) -> bool:
        """Whether `error` comes of an answer, and not of the tool.

        What a malformed answer names is not written down as made, so that the guard holds back
        the requests that follow.
        """
        self.catch_up()
        withheld = isinstance(error, UnsafeRequest) and not isinstance(error, ReadOnly)
        return (self.judged_wrong and withheld) or self.unreadable(error)

    def unreadable(self, error: BaseException) -> bool:
        """Whether `error` says that an answer cannot be read, or lacks what is looked for.

        An answer that was judged wrong may break the reading anywhere. A well-formed one lacks
        something where the scenario's own line looks it up in vain (a row that is not listed).
        """
        if isinstance(error, LookupError) and _raised_in(error, suites_dir()):
            return True
        self.catch_up()
        reading = isinstance(error, TypeError | ValueError | LookupError | AttributeError)
        return self.judged_wrong and reading

    def look(self) -> list[str]:
        """The exchanges since the last look; those of the last look where there are none.

        Before anything was sent they are those of the shared arrangements.
        """
        if self.fresh:
            self.evidence, self.fresh = self.fresh, []
        return list(self.evidence or self.shared)

    def check(
        self,
        ids: Iterable[str],
        outcome: str,
        message: str = "",
        exchanges: list[str] | None = None,
    ) -> None:
        """Note one look at requirements."""
        names = list(ids)
        proof = self.look() if exchanges is None else exchanges
        said = message[:_LONGEST_MESSAGE]
        for requirement in names:
            decided, words = outcome, said
            if requirement in self.absent:
                decided, words = "not_applicable", self.absent[requirement]
            failed = decided == "failed"
            expected, got = compared(words) if failed else ("", "")
            self.events.append(
                {
                    "type": "check",
                    "requirement": requirement,
                    "outcome": decided,
                    "scenario": self.id,
                    "exchanges": proof,
                    "expected": expected,
                    "got": got,
                    "message": words,
                    # What fails together, or again in the same loop, fails for one reason.
                    "cause": f"check|{self.id}|{'+'.join(names)}" if failed else "",
                }
            )
            before = self.checked.get(requirement)
            if before != "failed":
                self.checked[requirement] = decided
            if failed:
                self.failures.append(f"{requirement}: {words}")

    def broke(
        self,
        requirement: str,
        *,
        expected: str,
        got: str,
        message: str,
        cause: str,
        exchanges: list[str],
    ) -> None:
        """Note a broken requirement that generated requests brought to light.

        `cause` is equal for one root cause, whichever scenario meets it.
        """
        event = {
            "type": "check",
            "requirement": requirement,
            "outcome": "failed",
            "scenario": self.id,
            "exchanges": exchanges,
            "expected": expected,
            "got": got,
            "message": message[:_LONGEST_MESSAGE],
            "cause": cause,
        }
        if requirement in self.absent:
            event |= {"outcome": "not_applicable", "message": self.absent[requirement]}
        else:
            self.failures.append(f"{requirement}: {message}")
        self.events.append(event)
        self.checked[requirement] = str(event["outcome"])

    def not_reached(self, reason: str, outcome: str = "not_testable") -> None:
        """Everything promised and not yet looked at has this outcome, for this reason.

        Where all was looked at once and nothing was found, what stopped the scenario would be
        nowhere: then none of it counts as looked at to the end.
        """
        left = [one for one in self.promised if one not in self.checked]
        if not left and outcome == "not_testable" and not self.failures:
            left = self.promised
        self.check(left, outcome, reason, exchanges=[])


_COMPARED = re.compile(r"^assert (?P<got>.+?) (?P<how>==|in|<=|>=|<|>|!=|not in) (?P<expected>.+)$")
_WORDS = {"==": "", "in": "one of ", "not in": "none of ", "!=": "anything but "}


def compared(message: str) -> tuple[str, str]:
    """Expected and got of a failed assertion, as far as its words tell."""
    lines = message.splitlines() or [""]
    for number, line in enumerate(lines):
        match = _COMPARED.match(line)
        if match:
            said = " ".join(lines[:number]).removeprefix("AssertionError: ").strip()
            expected = _WORDS.get(match["how"], match["how"] + " ") + match["expected"]
            got = match["got"]
            return expected, f"{got} ({said})" if said else got
    return "", lines[0]


def ids_in(values: Iterable[Any]) -> list[str]:
    """Requirement ids among values, or as attribute or member `requirement` of them."""
    found = []
    for value in values:
        if isinstance(value, tuple | list):
            found += ids_in(value)
            continue
        named = value if isinstance(value, str) else getattr(value, "requirement", None)
        if isinstance(named, str) and REQUIREMENT_ID.match(named):
            found.append(named)
        elif isinstance(named, tuple | list):
            found += ids_in(named)
    return found


def promised_ids(function: Any, parameters: Iterable[Any], marked: Iterable[Any]) -> list[str]:
    """The requirement ids a scenario is to check: written in it, marked on it, or given to it."""
    return list(dict.fromkeys([*ids_in(parameters), *ids_in(marked), *written_ids(function)]))


@cache
def written_ids(function: Any) -> tuple[str, ...]:
    """The requirement ids that stand in a scenario's own lines; not those of its decorators.

    A long story is told in parts: the lines of functions of its own file that it names are its own.
    """
    found: list[str] = []
    parts, seen = [inspect.unwrap(function)] if callable(function) else [], set()
    while parts:
        part = parts.pop()
        code = getattr(part, "__code__", None)
        if not isinstance(code, CodeType) or code in seen:
            continue
        seen.add(code)
        found += ids_in(_constants(code))
        named = (part.__globals__.get(name) for name in _names(code))
        parts += [
            one
            for one in named
            if isinstance(one, FunctionType) and one.__module__ == part.__module__
        ]
    return tuple(dict.fromkeys(found))


def _names(code: CodeType) -> Iterator[str]:
    """What compiled lines look up by name, those of inner functions included."""
    yield from code.co_names
    for one in code.co_consts:
        if isinstance(one, CodeType):
            yield from _names(one)


def _constants(code: CodeType) -> Iterator[Any]:
    """The constants of compiled lines, those of inner functions included."""
    for one in code.co_consts:
        if isinstance(one, CodeType):
            yield from _constants(one)
        else:
            yield one


def _raised_in(error: BaseException, folder: Path) -> bool:
    """Whether the line that raised stands in a file of this folder."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return trace is not None and Path(trace.tb_frame.f_code.co_filename).is_relative_to(folder)

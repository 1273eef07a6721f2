"""What a request that shows something could do without: query, members, further rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from fluentcart_conformance.fuzz.attempt import Attempt
from fluentcart_conformance.fuzz.members import Path, members, spelled, without

LeaveOut = Callable[[Attempt], Attempt]


def ways_to_leave_out(attempt: Attempt) -> Iterator[LeaveOut]:
    """Ways to make a request smaller, the boldest first; each may follow any other.

    What the attempt is about always stays.
    """
    stays = _stays(attempt)
    if attempt.query:
        yield lambda one: replace(one, query=_only(one.query, stays))
    if not isinstance(attempt.body, dict):
        return
    loose = [path for path in members(attempt.body) if _may_go(path, stays)]
    top = [path for path in loose if len(path) == 1]
    nested = [path for path in loose if len(path) > 1]
    half = len(top) // 2
    groups: list[Sequence[Path]] = [top, nested, top[:half], top[half:]]
    groups += [[path] for path in sorted(top, key=lambda one: -_weight(attempt, one))]
    for group in groups:
        if group:
            yield partial(_leave_out, paths=group)


def _stays(attempt: Attempt) -> list[list[str]]:
    """The members that the attempt is about, as names: `a.b: negative`, `id and email`."""
    return [one.split(".") for one in attempt.about.partition(":")[0].split(" and ")]


def _only(query: Mapping[str, object], stays: list[list[str]]) -> dict[str, object]:
    return {name: value for name, value in query.items() if [name] in stays}


def _may_go(path: Path, stays: list[list[str]]) -> bool:
    names = spelled(path).split(".")
    return not any(names == one[: len(names)] for one in stays)


def _leave_out(attempt: Attempt, paths: Sequence[Path]) -> Attempt:
    body = attempt.body
    for path in paths:
        try:
            body = without(body, path)
        except (KeyError, IndexError, TypeError):
            continue  # went with another one
    return replace(attempt, body=body)


def _weight(attempt: Attempt, path: Path) -> int:
    return len(str(attempt.body.get(path[0])))

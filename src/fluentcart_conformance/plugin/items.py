"""What is known of a scenario before it runs, from the item that pytest has collected."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from fluentcart_conformance.paths import suites_dir
from fluentcart_conformance.plugin.scenario import promised_ids

_LONGEST = "fuzz/test_requests.py"


def scenario_id(item: pytest.Item) -> str:
    """The node id relative to the suites, the same in a clone and in a wheel."""
    name = item.nodeid.split("::", maxsplit=1)[1] if "::" in item.nodeid else item.name
    return f"{_below_suites(item.path).as_posix()}::{name}"


def area_of(item: pytest.Item) -> str:
    """The first folder below the suites."""
    return _below_suites(item.path).parts[0]


def is_late(item: pytest.Item) -> bool:
    """Whether a scenario gains by what came before it."""
    return item.get_closest_marker("late") is not None


def is_long(item: pytest.Item) -> bool:
    """Whether it is of the file that takes longest: the others fit beside it, but not after it."""
    return _below_suites(item.path).as_posix() == _LONGEST


@cache
def _below_suites(path: Path) -> Path:
    return path.resolve().relative_to(suites_dir().resolve())


def title_of(item: pytest.Item) -> str:
    """The scenario as a sentence."""
    name = item.name.removeprefix("test_")
    base, bracket, rest = name.partition("[")
    return base.replace("_", " ") + (f" ({rest.rstrip(']')})" if bracket else "")


def promised_by(item: pytest.Item) -> list[str]:
    """The requirement ids that a scenario is to check."""
    callspec = getattr(item, "callspec", None)
    parameters = callspec.params.values() if callspec else ()
    marked = [one for mark in item.iter_markers("proves") for one in mark.args]
    return promised_ids(getattr(item, "function", None), parameters, marked)

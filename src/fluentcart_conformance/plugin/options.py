"""The plugin's command line options, the same words as those of `fluentcart-conformance run`."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest

from fluentcart_conformance.paths import suites_dir

# option, settings key, further arguments of argparse
_OPTIONS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("--profile", "profile", {"help": "profile of rulings, or auto"}),
    ("--area", "areas", {"action": "append", "help": "only this area (repeatable)"}),
    ("--reports", "reports", {"help": "folder for the record and the reports"}),
    ("--deviations", "deviations", {"action": "append", "help": "file of known deviations"}),
    ("--allow-writes", "allow_writes", {"action": "store_true"}),
    ("--allow-destructive", "allow_destructive", {"action": "store_true"}),
    ("--i-know-this-is-live", "i_know_this_is_live", {"action": "store_true"}),
    ("--read-only", "read_only", {"action": "store_true"}),
    ("--store-arguments", "store_arguments", {"help": "words for the embedded store"}),
    ("--fuzz", "fuzz", {"choices": ["smoke", "default", "deep"]}),
    ("--max-examples", "fuzz_examples", {"type": int, "help": "generated requests per operation"}),
    ("--fuzz-requests", "fuzz_requests", {"type": int, "help": "generated requests in all"}),
    ("--fuzz-seconds", "fuzz_time", {"type": float, "help": "seconds for all fuzzing"}),
    ("--seed", "seed", {"type": int, "help": "repeat a run's random choices"}),
    ("--rate", "rate", {"type": float, "help": "requests per second, all workers together"}),
)
PREFIX = "fcc_"


def add_options(parser: pytest.Parser) -> None:
    """Register the options."""
    group = parser.getgroup("fluentcart-conformance")
    # pytest-base-url has the same option with the same meaning.
    with suppress(ValueError):
        group.addoption("--base-url", dest="base_url", default=None, help="the store to judge")
    for option, key, more in _OPTIONS:
        group.addoption(option, dest=PREFIX + key, default=None, **more)
    group.addoption(
        "--walk",
        dest=PREFIX + "walk",
        action="append",
        default=None,
        help="replay this saved walk of the model (repeatable)",
    )
    group.addoption(
        "--requirement",
        dest=PREFIX + "requirement",
        action="append",
        default=None,
        help="only scenarios that prove this requirement (repeatable)",
    )


def narrowed(config: pytest.Config) -> list[str]:
    """Requirements and scenarios (ids below the suites) to which the session was narrowed."""
    suites = suites_dir().resolve()
    found = list(config.getoption(PREFIX + "requirement", None) or ())
    for word in config.args:
        place, *rest = str(word).split("::", maxsplit=1)
        path = (config.invocation_params.dir / place).resolve()
        if path != suites and suites in path.parents:
            found.append("::".join([path.relative_to(suites).as_posix(), *rest]))
    return found


def chosen(config: pytest.Config) -> dict[str, Any]:
    """The settings given on the command line."""
    given: dict[str, Any] = {}
    base_url = config.getoption("base_url", None)
    if base_url:
        given["base_url"] = base_url
    for _, key, _more in _OPTIONS:
        value = config.getoption(PREFIX + key, None)
        if value is not None:
            given[key] = value
    keyword = config.getoption("keyword", "")
    if keyword:
        given["keyword"] = keyword
    return given

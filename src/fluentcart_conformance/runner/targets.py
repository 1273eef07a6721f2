"""The same scenarios against two stores, for a comparison of their answers."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from typing import Any

from fluentcart_conformance.runner.session import run
from fluentcart_conformance.target.client import StoreClient
from fluentcart_conformance.target.detect import routes_in
from fluentcart_conformance.target.errors import TargetError
from fluentcart_conformance.target.preflight import preflight
from fluentcart_conformance.target.settings import Settings
from fluentcart_conformance.target.settings_load import OTHER, of_one_store

_COMPARABLE = (0, 1)
_ID = "(?P<"


class UncomparableError(Exception):
    """One of the two runs came to no end that can be compared."""

    def __init__(self, message: str, exit_code: int) -> None:
        super().__init__(message)
        self.exit_code = exit_code


@contextmanager
def other_store() -> Iterator[None]:
    """The environment with the second store's variables in the place of the first one's.

    `FLUENTCART_OTHER_USER` becomes `FLUENTCART_USER`, and so on; what is one store's own and not
    given for the second is not there at all, so that no password goes to the wrong store.
    """
    kept = dict(os.environ)
    for name in [name for name in os.environ if of_one_store(name)]:
        del os.environ[name]
    for name, value in kept.items():
        if name.startswith(OTHER):
            os.environ[name.replace(OTHER, "FLUENTCART_", 1)] = value
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(kept)


def answers_of(settings: Settings) -> Path:
    """Run the scenarios one after the other, without fuzzing; returns the record.

    Raises UncomparableError when the run had no verdict at all.
    """
    alike: dict[str, Any] = {"workers": 1, "fuzz_requests": 0, "seed": settings.seed or 0}
    # The page about both stores is the output; each run's own words are progress.
    with redirect_stdout(sys.stderr):
        code = run(settings.model_copy(update=alike))
    if code not in _COMPARABLE:
        raise UncomparableError(f"the run against {settings.base_url} ended with {code}", code)
    return settings.reports / "run.jsonl"


def routes_of(settings: Settings) -> frozenset[str]:
    """`/orders/{}` and the like: what the namespace's index lists, parameter names apart."""
    report = preflight(settings)
    client = StoreClient(settings, report.root)
    try:
        answer = client.call("GET", "").answer
    except TargetError:
        return frozenset()
    finally:
        client.close()
    listed = routes_in(answer.value) if answer.ok else frozenset()
    return frozenset(map(_bare, listed))


def _bare(route: str) -> str:
    """`/fluent-cart/v2/orders/(?P<order>\\d+)` -> `/fluent-cart/v2/orders/{order}`."""
    shown, rest = "", route
    while _ID in rest:
        before, _, rest = rest.partition(_ID)
        name, _, rest = rest.partition(">")
        depth = 1
        while rest and depth:
            depth += (rest[0] == "(") - (rest[0] == ")")
            rest = rest[1:]
        shown += f"{before}{{{name}}}"
    return shown + rest

"""Schemathesis' cases of one operation: documented examples, coverage, and random ones."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from fluentcart_conformance.fuzz.description import operations, schema_of
from fluentcart_conformance.target.understood import UNSET

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy
    from schemathesis import GenerationMode
    from schemathesis.generation.case import Case

    AnyCase = Case[Any]


@dataclass(frozen=True)
class Sample:
    """One generated request. `fits` tells whether it was made to fit the schema."""

    phase: str
    fits: bool
    path: Mapping[str, Any]
    query: Mapping[str, Any]
    body: Any


def samples(profile: str, operation: str, count: int, seed: int) -> Iterator[Sample]:
    """About `count` samples: the examples, then coverage and random cases by turns.

    Lazily: what is not asked for is not generated. The same seed gives the same samples.
    """
    yield from islice(_examples(profile, operation, seed), max(count // 4, 1))
    covered = _coverage(profile, operation, seed)
    drawn = _random(profile, operation, max(count // 3, 2), seed)
    for pair in zip(covered, covered, drawn, strict=False):
        yield from pair
    yield from covered


def _examples(profile: str, operation: str, seed: int) -> Iterator[Sample]:
    from hypothesis.errors import HypothesisException  # noqa: PLC0415

    for strategy in operations(profile)[operation].get_strategies_from_examples():
        try:
            case = _drawn(strategy, 1, seed)
        except HypothesisException:
            continue
        yield from (_sample(one, "example", fits=True) for one in case)


def _coverage(profile: str, operation: str, seed: int) -> Iterator[Sample]:
    """Boundary values and violations, each once, in an order that the seed decides."""
    from schemathesis import GenerationMode  # noqa: PLC0415

    schema, target = schema_of(profile), operations(profile)[operation]
    cases = schema.iter_coverage_cases(
        target,
        generation_modes=list(GenerationMode),
        generation_config=schema.config.generation_for(operation=target, phase="coverage"),
    )
    method = target.method.upper()
    found = [
        _sample(case, "coverage", fits=_fits(case))
        for case in islice(cases, 1200)
        if case.method.upper() == method
    ]
    random.Random(f"{seed}:{operation}").shuffle(found)  # noqa: S311  (not a secret)
    yield from found


def _random(profile: str, operation: str, count: int, seed: int) -> Iterator[Sample]:
    from schemathesis import GenerationMode  # noqa: PLC0415

    target = operations(profile)[operation]
    for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
        try:
            strategy = target.as_strategy(generation_mode=mode)
            cases = _drawn(strategy, count, seed)
        except _impossible():
            continue
        yield from (_sample(one, "random", fits=mode is _positive()) for one in cases[1:])


def _impossible() -> tuple[type[Exception], ...]:
    """There is nothing that an operation without parameters and body can get wrong."""
    from hypothesis.errors import HypothesisException  # noqa: PLC0415

    return (HypothesisException,)


def _positive() -> GenerationMode:
    from schemathesis import GenerationMode  # noqa: PLC0415

    return GenerationMode.POSITIVE


def _fits(case: AnyCase) -> bool:
    return case.meta is not None and case.meta.generation.mode is _positive()


def _drawn(strategy: SearchStrategy[AnyCase], count: int, seed: int) -> list[AnyCase]:
    """Draw cases the way a Hypothesis test would, without a test around them."""
    from hypothesis import HealthCheck, Phase, given, settings  # noqa: PLC0415
    from hypothesis import seed as seeded  # noqa: PLC0415

    found: list[AnyCase] = []

    @seeded(seed)
    @settings(
        max_examples=count,
        phases=[Phase.generate],
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=strategy)
    def draw(case: AnyCase) -> None:
        found.append(case)

    draw()
    return found


def _sample(case: AnyCase, phase: str, *, fits: bool) -> Sample:
    body = UNSET if type(case.body).__name__ == "NotSet" else case.body
    return Sample(phase, fits, dict(case.path_parameters or {}), dict(case.query or {}), body)

"""How much fuzzing a run does: requests, seconds, walks; and what is left of it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from fluentcart_conformance.target.settings import Settings

# What one level of fuzzing means: generated requests per operation, seconds, walks of the model.
# The requests are what ends a run; the seconds are for stores that need half a second for each.
LEVELS = {"smoke": (6, 60.0, 8), "default": (40, 900.0, 40), "deep": (200, 3600.0, 400)}
# The parts of a run's seconds that walks along links and the model may take at most; the single
# requests come last and have whatever is left.
SHARES = {"links": 0.1, "model": 0.25}
# The same where several workers do the parts side by side.
SHARES_SIDE_BY_SIDE = {"links": 0.2, "model": 0.9}


@dataclass(frozen=True)
class Plan:
    """The operator's wishes: `per_operation` generated requests, `seconds` in all, `walks`."""

    per_operation: int
    seconds: float
    walks: int
    seed: int

    @classmethod
    def of(cls, settings: Settings, operations: int) -> Plan:
        """The plan of a run; flags for requests and seconds go before the level's own."""
        examples, seconds, walks = LEVELS[settings.fuzz]
        if settings.fuzz_examples is not None:
            walks = max(walks * settings.fuzz_examples // examples, 1)
            examples = settings.fuzz_examples
        if settings.fuzz_requests is not None:
            examples = min(examples, max(settings.fuzz_requests // max(operations, 1), 1))
            if settings.fuzz_requests == 0:
                examples = 0
        if settings.fuzz_time is not None:
            seconds = settings.fuzz_time
        return cls(examples, seconds, walks if examples else 0, settings.seed or 0)


class Stopwatch:
    """The seconds that one part may take; the clock runs only while the part works."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._left = seconds
        self._since: float | None = None

    def __enter__(self) -> Stopwatch:
        self._since = self._clock()
        return self

    def __exit__(self, *_: object) -> None:
        self._left = self.left
        self._since = None

    @property
    def left(self) -> float:
        """Seconds that are left; not below 0."""
        running = 0.0 if self._since is None else self._clock() - self._since
        return max(self._left - running, 0.0)

    @property
    def over(self) -> bool:
        """Whether the time is used up."""
        return self.left <= 0

"""Runs walks until nothing new is found or the time is over; keeps the shortest of each cause."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from fluentcart_conformance.contract.exchange import Exchange
from fluentcart_conformance.drivers.core import Prerequisite
from fluentcart_conformance.drivers.shop import Shop
from fluentcart_conformance.drivers.values import UnreadableAnswer
from fluentcart_conformance.fuzz.breach import Breach
from fluentcart_conformance.fuzz.budget import Stopwatch
from fluentcart_conformance.fuzz.model.shop_steps import ShopSteps
from fluentcart_conformance.fuzz.model.shorter import ways_to_shorten
from fluentcart_conformance.fuzz.model.world import Divergence, Step
from fluentcart_conformance.target.errors import (
    NoAnswerError,
    TargetGoneError,
    UnsafeRequestError,
)

_LONGEST_WALK = 16
# Walks that go into shortening one.
_SHORTENING = 24


@dataclass
class FailedWalk:
    """A walk that ended in a difference: the steps, what was wrong, and its exchanges."""

    breach: Breach
    steps: list[Step]
    exchanges: list[Exchange]


class _Over(BaseException):
    """Ends a round at once; Hypothesis lets it pass."""


@dataclass
class Explorer:
    """Walks a shop. `walks` and `steps` count what was done, `left_out` says why it ended early."""

    shop: Shop
    watch: Stopwatch
    seed: int
    found: dict[str, FailedWalk] = field(default_factory=dict)
    walks: int = 0
    steps: int = 0
    left_out: str = ""
    unreadable: str = ""
    looked: set[str] = field(default_factory=set)
    _first: BaseException | None = None

    def __str__(self) -> str:
        """One line for the record."""
        words = f"{self.walks} walks, {self.steps} steps"
        return "; ".join(filter(None, (words, self.left_out, self.unreadable)))

    def run(self, walks: int) -> None:
        """Walk; each round ends in one new cause, whose walk is shortened at once.

        Raises:
            TargetGoneError: when the store has gone.
        """
        round_number = 0
        while self.walks < walks and not self.watch.over and not self.left_out:
            before = self.walks
            known = set(self.found)
            self._round(walks - self.walks, self.seed + round_number)
            for cause in self.found.keys() - known:
                self._shorten(cause)
            round_number += 1
            if self.walks == before:
                break
        if self.watch.over:
            self.left_out = f"the time was over after {self.walks} of {walks} walks"

    def _shorten(self, cause: str) -> None:
        """Leave out steps, many at once first, then take simpler ones, while the cause shows."""
        tries = _SHORTENING
        for shorter in ways_to_shorten(lambda: self.found[cause].steps):
            if not tries or self.watch.over or self.left_out:
                break
            tries -= 1
            self._shows(cause, shorter)

    def _shows(self, cause: str, steps: list[Step]) -> None:
        """Walk these steps; keep the walk when it ends in this cause."""
        world = ShopSteps(self.shop, self.found.keys() - {cause})
        try:
            for step in steps:
                world.walk(step)
        except Divergence as divergence:
            if divergence.breach.cause == cause:
                self._keep(world, divergence)
        except (UnreadableAnswer, Prerequisite, UnsafeRequestError):
            # The walk cannot be gone without what was left out.
            pass
        except TargetGoneError:
            raise
        except NoAnswerError as error:
            self.left_out = f"the walks ended: {error}"

    def _round(self, walks: int, seed: int) -> None:
        from hypothesis import HealthCheck, Phase, Verbosity, settings  # noqa: PLC0415
        from hypothesis import seed as seeded  # noqa: PLC0415
        from hypothesis.errors import HypothesisException  # noqa: PLC0415
        from hypothesis.stateful import run_state_machine_as_test  # noqa: PLC0415

        from fluentcart_conformance.fuzz.model.machine import ShopWalk  # noqa: PLC0415

        machine = seeded(seed)(type("ShopWalk", (ShopWalk,), {"guide": self}))
        chosen = settings(
            max_examples=walks,
            stateful_step_count=_LONGEST_WALK,
            # Hypothesis would shrink by hundreds of walks; `_shorten` knows what a step is.
            phases=[Phase.generate],
            database=None,
            deadline=None,
            verbosity=Verbosity.quiet,
            print_blob=False,
            report_multiple_bugs=False,
            suppress_health_check=list(HealthCheck),
        )
        self._first = None
        try:
            run_state_machine_as_test(machine, settings=chosen)
        except _Over:
            pass
        except HypothesisException as error:
            # The same walk was answered differently: the next round takes another way.
            self.unreadable = f"a round was ended by {type(error).__name__}"
        if isinstance(self._first, TargetGoneError):
            raise self._first

    # -- one walk ----------------------------------------------------------------------------

    def new_world(self) -> ShopSteps:
        """A fresh shop to walk."""
        self._stop_if_over()
        self.walks += 1
        return ShopSteps(self.shop, set(self.found))

    def walk(self, world: ShopSteps, step: Callable[..., None], given: Mapping[str, Any]) -> bool:
        """Do one step; False when the walk cannot go on."""
        self._stop_if_over()
        self.steps += 1
        return self._guarded(world, lambda: step(**given))

    def finish(self, world: ShopSteps) -> None:
        """Look at everything at the end of a walk that found nothing so far."""
        if not world.stopped:
            self._guarded(world, world.inventory)

    def _guarded(self, world: ShopSteps, act: Callable[[], None]) -> bool:
        try:
            act()
        except Divergence as divergence:
            world.stopped = True
            self._keep(world, divergence)
            raise _Over from divergence
        except (UnreadableAnswer, Prerequisite) as error:
            # Malformed answers are the judge's findings; the walk cannot go on from there.
            self.unreadable = f"{error}"[:200]
            world.stopped = True
            return False
        except UnsafeRequestError:
            world.stopped = True
            return False
        except TargetGoneError as error:
            self._first = error
            raise _Over from error
        except NoAnswerError as error:
            self.left_out = f"the walks ended: {error}"
            raise _Over from error
        finally:
            self.looked |= world.looked
        return True

    def _keep(self, world: ShopSteps, divergence: Divergence) -> None:
        """This walk is the example of the cause that it ended in."""
        breach = divergence.breach
        walked = (list(world.steps), list(world.recorder.exchanges))
        self.found[breach.cause] = FailedWalk(breach, *walked)

    def _stop_if_over(self) -> None:
        if self.watch.over:
            raise _Over

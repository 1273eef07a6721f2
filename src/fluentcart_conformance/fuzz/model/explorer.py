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
from fluentcart_conformance.fuzz.model.world import Divergence, Step
from fluentcart_conformance.target.errors import (
    NoAnswerError,
    TargetGoneError,
    UnsafeRequestError,
)

_LONGEST_WALK = 16
# Walks that go into shortening one, then into the next round.
_SHRINKING = 40
_SHORTENING = 25


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
    silent: set[str] = field(default_factory=set)
    looked: set[str] = field(default_factory=set)
    _known: set[str] = field(default_factory=set)
    _target: str | None = None
    _shrunk: int = 0
    glimpsed: dict[str, FailedWalk] = field(default_factory=dict)
    _first: BaseException | None = None

    def __str__(self) -> str:
        """One line for the record."""
        words = f"{self.walks} walks, {self.steps} steps"
        return "; ".join(filter(None, (words, self.left_out, self.unreadable)))

    def run(self, walks: int) -> None:
        """Walk; each round finds one new cause and shrinks it.

        Raises:
            TargetGoneError: when the store has gone.
        """
        round_number = 0
        while self.walks < walks and not self.watch.over and not self.left_out:
            before = self.walks
            self._round(walks - self.walks, self.seed + round_number)
            round_number += 1
            if self.walks == before:
                break
        for cause, walk in self.glimpsed.items():
            self.found.setdefault(cause, walk)
        for cause in list(self.found):
            self._shorten(cause)
        if self.watch.over:
            self.left_out = f"the time was over after {self.walks} of {walks} walks"

    def _shorten(self, cause: str) -> None:
        """Leave out steps, and take the first where another was meant, while the cause shows."""
        tries = _SHORTENING
        at = len(self.found[cause].steps) - 1
        while at >= 0 and tries and not self.watch.over and not self.left_out:
            steps = self.found[cause].steps
            tries -= 1
            if at >= len(steps) or not self._shows(cause, [*steps[:at], *steps[at + 1 :]]):
                at -= 1
            else:
                at = min(at, len(self.found[cause].steps)) - 1

    def _shows(self, cause: str, steps: list[Step]) -> bool:
        """Walk these steps; keep the walk when it ends in this cause."""
        world = ShopSteps(self.shop, self._known - {cause})
        try:
            for step in steps:
                world.walk(step)
        except Divergence as divergence:
            if divergence.breach.cause == cause:
                walked = (list(world.steps), list(world.recorder.exchanges))
                self.found[cause] = FailedWalk(divergence.breach, *walked)
                return True
            return False
        except (UnreadableAnswer, Prerequisite, UnsafeRequestError):
            return False
        except TargetGoneError:
            raise
        except NoAnswerError as error:
            self.left_out = f"the walks ended: {error}"
        return False

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
            phases=[Phase.generate, Phase.shrink],
            database=None,
            deadline=None,
            verbosity=Verbosity.quiet,
            print_blob=False,
            report_multiple_bugs=False,
            suppress_health_check=list(HealthCheck),
        )
        self._target = self._first = None
        self._shrunk = 0
        try:
            run_state_machine_as_test(machine, settings=chosen)
        except (Divergence, _Over):
            pass
        except HypothesisException as error:
            # The same walk was answered differently: the next round takes another way.
            self.unreadable = f"a round was ended by {type(error).__name__}"
        finally:
            self._known |= self.found.keys()
        if isinstance(self._first, TargetGoneError):
            raise self._first

    # -- one walk ----------------------------------------------------------------------------

    def new_world(self) -> ShopSteps:
        """A fresh shop to walk."""
        self._stop_if_over()
        if self._target is None:
            self.walks += 1
        else:
            self._shrunk += 1
        return ShopSteps(self.shop, self._known)

    def walk(self, world: ShopSteps, step: Callable[..., None], given: Mapping[str, Any]) -> bool:
        """Do one step; False when the walk cannot go on.

        Raises:
            Divergence: for a cause that this round is to shrink.
        """
        self._stop_if_over()
        self.steps += 1
        return self._guarded(world, lambda: step(**given))

    def finish(self, world: ShopSteps) -> None:
        """Look at everything at the end of a walk that found nothing so far.

        Raises:
            Divergence: as in `walk`.
        """
        if self._target is None or not self._failed_just_now(world):
            self._guarded(world, world.inventory)

    def _failed_just_now(self, world: ShopSteps) -> bool:
        walk = self.found.get(self._target or "")
        return world.stopped or (walk is not None and walk.steps == world.steps)

    def _guarded(self, world: ShopSteps, act: Callable[[], None]) -> bool:
        try:
            act()
        except Divergence as divergence:
            world.stopped = True
            return self._note(world, divergence)
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

    def _note(self, world: ShopSteps, divergence: Divergence) -> bool:
        cause = divergence.breach.cause
        if self._target is None:
            self._target = cause
        kept = self.found if cause == self._target else self.glimpsed
        best = kept.get(cause)
        if best is None or len(world.steps) < len(best.steps):
            kept[cause] = FailedWalk(
                divergence.breach, list(world.steps), list(world.recorder.exchanges)
            )
        if cause != self._target:
            return False
        raise divergence

    def _stop_if_over(self) -> None:
        if self.watch.over or self._shrunk > _SHRINKING:
            raise _Over

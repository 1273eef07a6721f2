"""Sends attempts at one operation and looks what came of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import Any, TypeVar
from urllib.parse import quote

from fluentcart_conformance.contract.exchange import Exchange
from fluentcart_conformance.drivers.core import Prerequisite
from fluentcart_conformance.drivers.values import UnreadableAnswer
from fluentcart_conformance.fuzz.aftermath import Aftermath, Before
from fluentcart_conformance.fuzz.aims import aim_at
from fluentcart_conformance.fuzz.attempt import Aim, Attempt, Intent
from fluentcart_conformance.fuzz.breach import Breach
from fluentcart_conformance.fuzz.budget import Stopwatch
from fluentcart_conformance.fuzz.callers import Callers
from fluentcart_conformance.fuzz.judging import Judging, Unjudged
from fluentcart_conformance.fuzz.outcome import Outcome
from fluentcart_conformance.fuzz.pool import Pool
from fluentcart_conformance.fuzz.smaller import ways_to_leave_out
from fluentcart_conformance.fuzz.source import Source
from fluentcart_conformance.fuzz.spoilt import Spoilt
from fluentcart_conformance.fuzz.views import Views
from fluentcart_conformance.target.errors import (
    NoAnswerError,
    TargetGoneError,
    UnsafeRequestError,
)
from fluentcart_conformance.target.understood import UNSET

_BUSY = (429, 503)
_PATIENCE = 3
_READING = "GET"
# Requests that may go into making one example smaller, and causes of one operation that get them.
_TRIES = 8
_SHORTENED = 6
# After how many requests the callers are looked at: first what shows most.
_EARLY = 8
T = TypeVar("T")


class Prober:
    """Tries one operation many times.

    `low` tells whether a user without permissions is known, `judging` says what is wrong with an
    exchange by itself.
    """

    def __init__(
        self,
        pool: Pool,
        outcome: Outcome,
        *,
        method: str,
        profile: str,
        low: bool = False,
        judging: Judging | None = None,
    ) -> None:
        self._pool = pool
        self._shop = pool.shop
        self.outcome = outcome
        self._operation = operation = outcome.operation
        self._profile = profile
        reads = method == _READING or operation == "calculate_shipping"
        self._after = Aftermath(pool, self.outcome, self._send, reads=reads)
        self._callers = Callers(pool, operation, low=low)
        self._views = Views(pool, operation)
        self._judging = judging or Unjudged()
        self._spoilt = Spoilt(self._judging)
        self._examples: dict[str, Attempt] = {}

    def run(self, count: int, seed: int, watch: Stopwatch) -> Outcome:
        """Try `count` requests or until the time is over; never raises for what a store does.

        Raises:
            TargetGoneError: when the store has gone for good.
        """
        source = Source(self._pool, self._profile, self._aim, self._arranged)
        for number, attempt in enumerate(source.attempts(count, seed)):
            if watch.over or self.outcome.left_out:
                break
            self._try(attempt)
            if number == _EARLY:
                self._try_once(self._callers)
        if self.outcome.tried and not watch.over and not self.outcome.left_out:
            if self.outcome.tried <= _EARLY:
                self._try_once(self._callers)
            self._try_once(self._views)
        self._shorten(watch)
        if watch.over and not self.outcome.left_out and self.outcome.tried < count:
            self.outcome.left_out = f"the time was over after {self.outcome.tried} of {count}"
        return self.outcome

    # -- arranging ---------------------------------------------------------------------------

    def _aim(self) -> Aim | None:
        return self._arranged(lambda: aim_at(self._operation, self._pool))

    def _arranged(self, make: Callable[[], T]) -> T | None:
        """What `make` makes; None where it cannot be made, which is told."""
        if self.outcome.left_out:
            return None
        try:
            with self._arranging():
                return make()
        except TargetGoneError:
            raise
        except NoAnswerError as error:
            self.outcome.left_out = f"left out: {error}"
        return None

    @contextmanager
    def _arranging(self) -> Iterator[None]:
        """What cannot be arranged is told, and the rest goes on."""
        try:
            yield
        except (Prerequisite, UnreadableAnswer, UnsafeRequestError) as error:
            self.outcome.unarranged = f"not arranged: {error}"[:300]

    # -- one request -------------------------------------------------------------------------

    def _try_once(self, probe: Callers | Views) -> None:
        """Once, early: what callers get who may not, and what other ways to read it show."""
        with self._answering("looking around"), suppress(Prerequisite, UnreadableAnswer):
            for breach in probe.breaches():
                self.outcome.note(breach)
        self.outcome.looked |= probe.looked

    def _try(self, attempt: Attempt) -> set[str]:
        """Send, look, and note what is wrong; the causes that this one shows."""
        seen: set[str] = set()
        with self._answering(str(attempt)), self._arranging():
            before = self._after.look(attempt)
            self._judging.hold()
            spared: list[Exchange] = []
            try:
                exchange = self._send(attempt)
                if exchange is not None and exchange.status not in _BUSY:
                    seen |= self._judged(attempt, exchange, before, spared)
            finally:
                self._judging.release(spared)
            if spared:
                self._discard()
        for cause in seen:
            known = self._examples.get(cause)
            if known is None or attempt.size < known.size:
                self._examples[cause] = attempt
        return seen

    def _judged(
        self, attempt: Attempt, exchange: Exchange, before: Before, spared: list[Exchange]
    ) -> set[str]:
        """Note what the attempt broke; `spared` gets the exchanges that only show its effects."""
        found = list(self._after.breaches(attempt, exchange, before))
        spoilt = self._spoilt.by(attempt, exchange, before.own, self._after.after)
        if self._after.accepted_wrongly(attempt, exchange):
            # What the answer to it looks like, and what it left, is nobody else's fault.
            self._judging.drop()
            spared.append(exchange)
        elif spoilt:
            spared += [one for mess in spoilt for one in mess.look.exchanges]
            if not found:
                found.append(spoilt[0].breach(attempt))
        for breach in found:
            self.outcome.note(replace(breach, exchanges=(exchange, *breach.exchanges)))
        shown = () if exchange in spared else self._judging.findings_of(exchange)
        return {one.cause for one in found} | {one.cause for one in shown}

    def _discard(self) -> None:
        """Take what a request has spoilt away, so that nothing else is about it or lists it."""
        self._judging.hold()
        try:
            for subject, look in self._after.after:
                if not look.gone:
                    self._pool.discard(subject)
        finally:
            # What is seen on the way shows the same cause.
            self._judging.drop()
            self._judging.release()

    # -- the smallest example ----------------------------------------------------------------

    def _shorten(self, watch: Stopwatch) -> None:
        """Leave out of the example of each cause what it can do without."""
        # What hangs on a state, or is as the shop sends it, stays as it is.
        loose = [
            one
            for one in self._examples.items()
            if one[1].intent not in (Intent.PLAIN, Intent.UNTIMELY)
        ]
        for cause, example in sorted(loose, key=lambda one: -one[1].size)[:_SHORTENED]:
            tries = _TRIES
            best = example
            for leave_out in ways_to_leave_out(example):
                if not tries or watch.over or self.outcome.left_out:
                    break
                smaller, aim = leave_out(best), self._aim()
                if aim is None or smaller.size >= best.size:
                    continue
                tries -= 1
                self.outcome.shortening += 1
                if cause in self._try(smaller.about_another(aim)):
                    best = smaller

    @contextmanager
    def _answering(self, what: str) -> Iterator[None]:
        """One request without an answer is enough: the operation is left out."""
        try:
            yield
        except TargetGoneError:
            raise
        except NoAnswerError as error:
            self.outcome.left_out = f"left out after no answer: {error}"
            silent = Breach(
                "GEN-ANSWERS", self._operation, "no answer", "an answer", str(error), what
            )
            self.outcome.note(silent)

    def _send(self, attempt: Attempt) -> Exchange | None:
        content = attempt.body if isinstance(attempt.body, bytes) else None
        request: dict[str, Any] = {"query": attempt.query or None}
        if content is not None:
            request |= {"content": content, "headers": {"Content-Type": "application/json"}}
        elif attempt.body is not UNSET:
            request["json"] = attempt.body
        try:
            exchange = self._shop.send(self._operation, *map(_in_path, attempt.ids), **request)
        except UnsafeRequestError:
            self.outcome.held_back += 1
            return None
        self._count(exchange.exchange)
        return exchange.exchange

    def _count(self, exchange: Exchange) -> None:
        one = self.outcome
        one.tried += 1
        if exchange.status in _BUSY:
            one.pushed_back += 1
            if one.pushed_back >= _PATIENCE:
                one.left_out = f"left out: the store keeps answering {exchange.status}"
        elif exchange.status >= 500:
            one.failed += 1
        elif exchange.status >= 400:
            one.refused += 1
        else:
            one.accepted += 1


def _in_path(value: Any) -> str:
    return quote(str(value), safe="")

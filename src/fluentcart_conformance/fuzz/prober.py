"""Sends attempts at one operation and looks what came of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import partial
from itertools import chain, zip_longest
from typing import Any, TypeVar
from urllib.parse import quote

from fluentcart_conformance.contract.exchange import Exchange
from fluentcart_conformance.drivers.core import Prerequisite
from fluentcart_conformance.drivers.values import UnreadableAnswer
from fluentcart_conformance.fuzz.aftermath import Aftermath
from fluentcart_conformance.fuzz.aims import aim_at
from fluentcart_conformance.fuzz.attempt import Aim, Attempt, Intent
from fluentcart_conformance.fuzz.breach import Breach
from fluentcart_conformance.fuzz.budget import Stopwatch
from fluentcart_conformance.fuzz.callers import Callers
from fluentcart_conformance.fuzz.fitting import fitted
from fluentcart_conformance.fuzz.generated import Sample, samples
from fluentcart_conformance.fuzz.outcome import Outcome
from fluentcart_conformance.fuzz.pool import Pool
from fluentcart_conformance.fuzz.smaller import ways_to_leave_out
from fluentcart_conformance.fuzz.twists import Twist, twists
from fluentcart_conformance.fuzz.untimely import untimely
from fluentcart_conformance.target.errors import (
    NoAnswerError,
    TargetGoneError,
    UnsafeRequestError,
)
from fluentcart_conformance.target.understood import UNSET

_BUSY = (429, 503)
_PATIENCE = 3
_READING = "GET"
_LONGEST_QUERY = 4000
# Requests that may go into making one example smaller, and causes of one operation that get them.
_TRIES = 8
_SHORTENED = 6
Causes = Collection[str]
T = TypeVar("T")


def _unjudged(_: Exchange) -> Causes:
    return ()


class Prober:
    """Tries one operation many times.

    `low` tells whether a user without permissions is known, `judged` gives the root causes that
    the judge sees in an exchange.
    """

    def __init__(
        self,
        pool: Pool,
        operation: str,
        *,
        method: str,
        profile: str,
        low: bool = False,
        judged: Callable[[Exchange], Causes] = _unjudged,
    ) -> None:
        self._pool = pool
        self._shop = pool.shop
        self._operation = operation
        self._profile = profile
        reads = method == _READING or operation == "calculate_shipping"
        self.outcome = Outcome(operation)
        self._after = Aftermath(pool, self.outcome, self._send, reads=reads)
        self._callers = Callers(pool, operation, low=low)
        self._judged = judged
        self._examples: dict[str, Attempt] = {}

    def run(self, count: int, seed: int, watch: Stopwatch) -> Outcome:
        """Try `count` requests or until the time is over; never raises for what a store does.

        Raises:
            TargetGoneError: when the store has gone for good.
        """
        for attempt in self._attempts(count, seed):
            if watch.over or self.outcome.left_out:
                break
            self._try(attempt)
            if self.outcome.tried == 1:
                self._try_callers()
        self._shorten(watch)
        if watch.over and not self.outcome.left_out and self.outcome.tried < count:
            self.outcome.left_out = f"the time was over after {self.outcome.tried} of {count}"
        return self.outcome

    # -- what to try -------------------------------------------------------------------------

    def _attempts(self, count: int, seed: int) -> Iterator[Attempt]:
        first = self._aim()
        if first is None:
            return
        yield Attempt.of(first)
        bent: Iterator[Callable[[], Attempt | None]] = chain(
            (partial(self._untimely, one) for one in untimely(self._operation)),
            self._bent(list(twists(first, seed))),
        )
        drawn = self._generated(samples(self._profile, self._operation, count, seed))
        left = count - 1
        # Two that were bent on purpose, then one that was generated.
        for row in zip_longest(bent, bent, drawn):
            for make in row:
                if left <= 0:
                    return
                attempt = make() if make is not None else None
                if attempt is not None:
                    left -= 1
                    yield attempt

    def _untimely(self, make: Callable[[Pool], Attempt]) -> Attempt | None:
        return self._arranged(lambda: make(self._pool))

    def _bent(self, found: list[Twist]) -> Iterator[Callable[[], Attempt | None]]:
        for twist in found:
            yield partial(self._twisted, twist)

    def _twisted(self, twist: Twist) -> Attempt | None:
        aim = self._aim()
        if aim is None:
            return None
        return self._arranged(
            lambda: twist.apply(aim, self._foreign() if twist.intent is Intent.FOREIGN else {})
        )

    def _generated(self, found: Iterator[Sample]) -> Iterator[Callable[[], Attempt | None]]:
        for sample in found:
            yield partial(self._fitted, sample)

    def _fitted(self, sample: Sample) -> Attempt | None:
        aim = self._aim()
        # A longer address is refused by the server in front, in its own words.
        if aim is None or len(quote(str(sample.query))) > _LONGEST_QUERY:
            return None
        return fitted(sample, aim, self._shop.fresh_email)

    def _aim(self) -> Aim | None:
        return self._arranged(lambda: aim_at(self._operation, self._pool))

    def _arranged(self, make: Callable[[], T]) -> T | None:
        """What `make` makes; None where it cannot be made, which is told."""
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

    def _foreign(self) -> dict[str, Any]:
        order, person = self._pool.neighbours_order, self._pool.neighbour
        billing = order.address("billing")
        return {
            "customer": person.customer.id,
            "email": person.customer.email,
            "order": order.id,
            "transaction": order.charge.id,
            "address": person.billing[1].id,
            "order_item": order.items[0].id,
            **({} if billing is None else {"order_address": billing.id}),
        }

    # -- one request -------------------------------------------------------------------------

    def _try_callers(self) -> None:
        """Once, early: what callers get who may not."""
        with self._answering("as nobody"), suppress(Prerequisite, UnreadableAnswer):
            for breach in self._callers.breaches():
                self.outcome.note(breach)
        self.outcome.looked |= self._callers.looked

    def _try(self, attempt: Attempt) -> set[str]:
        """Send, look, and note what is wrong; the causes that this one shows."""
        seen: set[str] = set()
        with self._answering(str(attempt)), self._arranging():
            before = self._after.look(attempt)
            them = self._after.look_around() if attempt.intent is Intent.FOREIGN else None
            exchange = self._send(attempt)
            if exchange is None or exchange.status in _BUSY:
                return seen
            seen |= set(self._judged(exchange))
            for breach in self._after.breaches(attempt, exchange, before, them):
                seen.add(breach.cause)
                self.outcome.note(replace(breach, exchanges=(exchange, *breach.exchanges)))
        for cause in seen:
            known = self._examples.get(cause)
            if known is None or attempt.size < known.size:
                self._examples[cause] = attempt
        return seen

    # -- the smallest example ----------------------------------------------------------------

    def _shorten(self, watch: Stopwatch) -> None:
        """Leave out of the example of each cause what it can do without."""
        found = sorted(self._examples.items(), key=lambda one: -one[1].size)
        for cause, example in found[:_SHORTENED]:
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

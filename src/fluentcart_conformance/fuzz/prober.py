"""Sends attempts at one operation and looks what came of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import zip_longest
from typing import Any

from fluentcart_conformance.contract.exchange import Exchange
from fluentcart_conformance.drivers.answers import Answer
from fluentcart_conformance.drivers.core import Prerequisite
from fluentcart_conformance.drivers.records import Order
from fluentcart_conformance.drivers.values import UnreadableAnswer
from fluentcart_conformance.fuzz import oracles
from fluentcart_conformance.fuzz.aims import aim_at
from fluentcart_conformance.fuzz.attempt import Aim, Attempt, Intent, Subject
from fluentcart_conformance.fuzz.breach import Breach
from fluentcart_conformance.fuzz.budget import Stopwatch
from fluentcart_conformance.fuzz.fitting import fitted
from fluentcart_conformance.fuzz.generated import Sample, samples
from fluentcart_conformance.fuzz.looks import Look
from fluentcart_conformance.fuzz.outcome import Outcome
from fluentcart_conformance.fuzz.pool import Pool
from fluentcart_conformance.fuzz.refusals import must_refuse
from fluentcart_conformance.fuzz.twists import Twist, twists
from fluentcart_conformance.target.errors import (
    NoAnswerError,
    TargetGoneError,
    UnsafeRequestError,
)
from fluentcart_conformance.target.understood import UNSET

_BUSY = (429, 503)
_PATIENCE = 3
_READING = "GET"
_REREAD_EVERY = 4


class Prober:
    """Tries one operation many times.

    `recurs(exchange)` names the causes that the judge saw in an exchange; it may be empty.
    """

    def __init__(self, pool: Pool, operation: str, *, method: str, profile: str) -> None:
        self._pool = pool
        self._shop = pool.shop
        self._operation = operation
        self._profile = profile
        self._reads = method == _READING or operation == "calculate_shipping"
        self.outcome = Outcome(operation)

    def run(self, count: int, seed: int, watch: Stopwatch) -> Outcome:
        """Try `count` requests or until the time is over; never raises for what a store does.

        Raises:
            TargetGoneError: when the store has gone for good.
        """
        for attempt in self._attempts(count, seed):
            if watch.over or self.outcome.left_out:
                break
            self._try(attempt)
        if watch.over and not self.outcome.left_out and self.outcome.tried < count:
            self.outcome.left_out = f"the time was over after {self.outcome.tried} of {count}"
        return self.outcome

    # -- what to try -------------------------------------------------------------------------

    def _attempts(self, count: int, seed: int) -> Iterator[Attempt]:
        first = self._aim()
        if first is None:
            return
        yield Attempt.of(first)
        made = zip_longest(
            self._bent(list(twists(first, seed))),
            self._generated(samples(self._profile, self._operation, count, seed)),
        )
        left = count - 1
        for pair in made:
            for make in pair:
                if left <= 0:
                    return
                attempt = make() if make is not None else None
                if attempt is not None:
                    left -= 1
                    yield attempt

    def _bent(self, found: list[Twist]) -> Iterator[Callable[[], Attempt | None]]:
        for twist in found:
            yield lambda twist=twist: self._twisted(twist)

    def _twisted(self, twist: Twist) -> Attempt | None:
        aim = self._aim()
        foreign = self._foreign() if twist.intent is Intent.FOREIGN else {}
        return None if aim is None else twist.apply(aim, foreign)

    def _generated(self, found: Iterator[Sample]) -> Iterator[Callable[[], Attempt | None]]:
        for sample in found:
            yield lambda sample=sample: self._fitted(sample)

    def _fitted(self, sample: Sample) -> Attempt | None:
        aim = self._aim()
        return None if aim is None else fitted(sample, aim, self._shop.fresh_email)

    def _aim(self) -> Aim | None:
        try:
            return aim_at(self._operation, self._pool)
        except (Prerequisite, UnreadableAnswer) as error:
            self.outcome.unarranged = f"not arranged: {error}"[:300]
        except NoAnswerError as error:
            self.outcome.left_out = f"left out: {error}"
        return None

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

    def _try(self, attempt: Attempt) -> None:
        try:
            before = self._look(attempt)
            them = self._look_around() if attempt.intent is Intent.FOREIGN else None
            exchange = self._send(attempt)
            if exchange is None or exchange.status in _BUSY:
                return
            for breach in self._breaches(attempt, exchange, before, them):
                self.outcome.note(replace(breach, exchanges=(exchange, *breach.exchanges)))
        except TargetGoneError:
            raise
        except NoAnswerError as error:
            self.outcome.left_out = f"left out after no answer: {error}"
            silent = Breach(
                "GEN-NO-5XX", self._operation, "no answer", "an answer", str(error), str(attempt)
            )
            self.outcome.note(silent)

    def _look(self, attempt: Attempt) -> Look | None:
        if self._reads or not attempt.aim.watch:
            return None
        return self._pool.look(attempt.aim.watch[0])

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

    # -- what came of it ---------------------------------------------------------------------

    def _breaches(
        self,
        attempt: Attempt,
        exchange: Exchange,
        before: Look | None,
        them: tuple[Look, ...] | None,
    ) -> Iterator[Breach]:
        answer = Answer(exchange)
        ruled = must_refuse(attempt)
        if ruled is not None:
            self.outcome.looked.add(ruled)
            if answer.accepted:
                yield self._accepted_wrongly(attempt, ruled, answer)
        if self._reads:
            yield from self._read_again(attempt, exchange)
            return
        if them is not None:
            yield from self._neighbourhood(attempt, them)
        if answer.accepted:
            self._journal(attempt, answer)
        if before is None:
            return
        after = self._pool.look(attempt.aim.watch[0])
        self._learn(attempt.aim.watch[0], after)
        if answer.accepted:
            yield from self._effects(attempt, answer, before, after)
        else:
            self.outcome.looked.add("GEN-REFUSAL-KEEPS")
            yield from oracles.kept_after_refusal(attempt, exchange.status, before, after)

    def _accepted_wrongly(self, attempt: Attempt, ruled: str, answer: Answer) -> Breach:
        return Breach(
            ruled,
            self._operation,
            f"accepted {attempt.intent} {attempt.about}",
            expected=f"a refusal of {attempt.intent} ({attempt.about})",
            got=answer.excerpt[:200],
            story=str(attempt),
        )

    def _effects(
        self, attempt: Attempt, answer: Answer, before: Look, after: Look
    ) -> Iterator[Breach]:
        self.outcome.looked.add("GEN-UNTOUCHED")
        yield from oracles.laws(attempt, before, after)
        yield from oracles.untouched(attempt, before, after)
        if self._operation == "refund_order":
            in_cents = self._shop.wire.refund_in_cents
            yield from oracles.refund_effect(attempt, before, after, in_cents=in_cents)
        if self._operation == "create_order":
            yield from self._created(attempt, answer)

    def _created(self, attempt: Attempt, answer: Answer) -> Iterator[Breach]:
        made = self._shop.created_order(answer)
        if made is None:
            return
        subject = Subject("order", made)
        look = self._pool.look(subject)
        self._learn(subject, look)
        if look.record is None or look.gone:
            return
        order = Order(look.record.raw)
        watching = replace(attempt, aim=replace(attempt.aim, watch=(subject,)))
        found = list(oracles.laws(watching, Look(None, ()), look))
        try:
            found += oracles.created_as_sent(attempt, order)
        except UnreadableAnswer:
            pass
        yield from (one.shown_by(*look.exchanges) for one in found)

    def _read_again(self, attempt: Attempt, exchange: Exchange) -> Iterator[Breach]:
        """Reading twice gives the same answer."""
        about_own = bool(attempt.aim.ids) and self._operation != "calculate_shipping"
        if not about_own or exchange.status != 200 or self.outcome.tried % _REREAD_EVERY != 1:
            return
        again = self._send(attempt)
        if again is None or again.status in _BUSY:
            return
        self.outcome.looked.add("GEN-READ-KEEPS")
        first, second = _record(exchange), _record(again)
        changed = first.differences(second) if again.status == exchange.status else ["status"]
        if changed:
            yield Breach(
                "GEN-READ-KEEPS",
                self._operation,
                oracles.levelled_place(changed[0]),
                expected="the same answer to the same question",
                got=f"a difference at {', '.join(changed[:4])}",
                story=str(attempt),
            ).shown_by(again)

    def _look_around(self) -> tuple[Look, ...]:
        person, order = self._pool.neighbour, self._pool.neighbours_order
        subjects = (Subject("customer", person.customer.id), Subject("order", order.id))
        return tuple(self._pool.look(one) for one in subjects)

    def _neighbourhood(self, attempt: Attempt, was: tuple[Look, ...]) -> Iterator[Breach]:
        self.outcome.looked.add("GEN-OWNERSHIP")
        for before, after in zip(was, self._look_around(), strict=True):
            yield from oracles.neighbour_kept(attempt, before, after)

    def _journal(self, attempt: Attempt, answer: Answer) -> None:
        """What a driver would have journalled; the client's observer has seen what is made."""
        shop = self._shop
        if self._operation == "delete_order" and attempt.ids == attempt.aim.ids:
            shop.journal.removed("order", attempt.ids[0])
        if self._operation == "create_and_change_customer":
            self._journal_new_owner(attempt)
        del answer

    def _journal_new_owner(self, attempt: Attempt) -> None:
        sent = attempt.body.get("email") if isinstance(attempt.body, dict) else None
        look = self._pool.look(Subject("order", attempt.ids[0]))
        if not isinstance(sent, str) or look.record is None or look.gone:
            return
        try:
            owner = Order(look.record.raw).customer
            if owner.email.lower() == sent.strip().lower():
                self._shop.journal.created("customer", owner.id)
        except UnreadableAnswer:
            return

    def _learn(self, subject: Subject, look: Look) -> None:
        """Let the pool know what its objects have become."""
        if subject.kind == "customer" and look.gone:
            self._pool.renew()
        if subject.kind != "order" or look.record is None:
            return
        if look.gone:
            self._pool.forget(subject.id)
        else:
            self._pool.learn(Order(look.record.raw))


def _in_path(value: Any) -> str:
    from urllib.parse import quote  # noqa: PLC0415

    return quote(str(value), safe="")


def _record(exchange: Exchange) -> Any:
    from fluentcart_conformance.drivers.records import Record  # noqa: PLC0415

    return Record({"answer": Answer(exchange).body})

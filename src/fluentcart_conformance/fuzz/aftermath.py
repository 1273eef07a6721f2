"""What came of a request: looks at what it was about, asks the oracles, tells the pool."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass

from fluentcart_conformance.contract.exchange import Exchange
from fluentcart_conformance.drivers.answers import Answer
from fluentcart_conformance.drivers.core import Prerequisite
from fluentcart_conformance.drivers.records import Order, Record
from fluentcart_conformance.drivers.values import UnreadableAnswer
from fluentcart_conformance.fuzz import effects, oracles, sent
from fluentcart_conformance.fuzz.answered import answered_as_read, moved_on
from fluentcart_conformance.fuzz.attempt import Attempt, Intent, Subject
from fluentcart_conformance.fuzz.breach import Breach
from fluentcart_conformance.fuzz.created import Created
from fluentcart_conformance.fuzz.looks import Look
from fluentcart_conformance.fuzz.outcome import Outcome
from fluentcart_conformance.fuzz.pool import Pool
from fluentcart_conformance.fuzz.refusals import TWICE, UNKNOWN_IN_PATH, must_refuse
from fluentcart_conformance.fuzz.wanted import brought_about

_BUSY = (429, 503)
_REREAD_EVERY = 4
# Here orders change hands, and not those of `me`.
_PASSING = ("change_customer", "create_and_change_customer")
Send = Callable[[Attempt], Exchange | None]
Looks = tuple[tuple[Subject, Look], ...]


@dataclass(frozen=True)
class Before:
    """How things looked before a request: what it is about, and what it is not about."""

    own: Looks = ()
    around: Looks = ()


class Aftermath:
    """Looks before and after the requests to one operation; `reads` tells that it only reads.

    `after` holds how what the last attempt was about, or made, looked afterwards.
    """

    def __init__(self, pool: Pool, outcome: Outcome, send: Send, *, reads: bool) -> None:
        self._pool = pool
        self._shop = pool.shop
        self._operation = outcome.operation
        self._send = send
        self._reads = reads
        self._created = Created(pool, self._learn)
        self.outcome = outcome
        self.after: list[tuple[Subject, Look]] = []

    def look(self, attempt: Attempt) -> Before:
        """How things look before the attempt is sent; nothing where nothing can change."""
        self.after = []
        if self._reads:
            return Before()
        first = attempt.intent is Intent.PLAIN and not self.outcome.accepted
        around: tuple[Subject, ...] = ()
        if attempt.intent is Intent.FOREIGN or first:
            around = self._bystanders(attempt, mine=first)
        standing = tuple((one, self._pool.standing(one)) for one in around)
        return Before(self._looks(attempt.aim.watch), standing)

    @staticmethod
    def accepted_wrongly(attempt: Attempt, exchange: Exchange) -> bool:
        """Whether the store took what a requirement rules out."""
        return must_refuse(attempt) is not None and Answer(exchange).accepted

    def _looks(self, subjects: tuple[Subject, ...]) -> Looks:
        return tuple((one, self._pool.look(one)) for one in subjects)

    def _bystanders(self, attempt: Attempt, *, mine: bool) -> tuple[Subject, ...]:
        """Whom nothing may change: the neighbour, and another order of one's own."""
        person, order = self._pool.neighbour, self._pool.neighbours_order
        found = [Subject("customer", person.customer.id), Subject("order", order.id)]
        if mine:
            with suppress(Prerequisite, UnreadableAnswer):
                passing = self._operation in _PASSING
                other = self._pool.left_behind if passing else self._pool.untouched_order
                found.append(Subject("order", other.id))
                if self._operation.startswith("update_order_address"):
                    found.append(Subject("customer", self._pool.me.customer.id))
        return tuple(one for one in found if one not in attempt.aim.watch)

    def breaches(self, attempt: Attempt, exchange: Exchange, before: Before) -> Iterator[Breach]:
        """What the request broke; `before` is what `look` gave before it was sent."""
        answer = Answer(exchange)
        ruled = must_refuse(attempt)
        if ruled is not None:
            self.outcome.looked.add(ruled)
            if answer.accepted:
                yield self._accepted_wrongly(attempt, ruled, answer)
        if attempt.intent is Intent.TWICE and answer.refused and self.outcome.accepted:
            yield self._refused_wrongly(attempt, answer)
        if self._reads:
            yield from self._read_again(attempt, exchange)
            return
        around = list(self._around(attempt, before.around))
        # What was accepted wrongly has been told, and so has what it did.
        yield from () if ruled and answer.accepted else around
        if self._operation == "create_and_change_customer" and answer.accepted:
            self._journal_new_owner(attempt)
        if self._operation == "create_customer":
            yield from self._created.customer(attempt, answer)
        told: set[str] = set()
        for subject, was in before.own:
            now = self._pool.look(subject)
            self._learn(subject, now)
            for one in self._of(attempt, answer, was, now):
                # Of several objects that went wrong alike one is enough.
                if one.cause not in told:
                    told.add(one.cause)
                    yield one

    def _of(self, attempt: Attempt, answer: Answer, was: Look, now: Look) -> Iterator[Breach]:
        """What the request did to one object that it is about."""
        if answer.accepted:
            yield from self._effects(attempt, answer, was, now)
            return
        self.outcome.looked.add("GEN-REFUSAL-KEEPS")
        email = attempt.body.get("email") if isinstance(attempt.body, dict) else None
        owned = attempt.intent is Intent.FOREIGN or not isinstance(email, str)
        if self._operation == "create_and_change_customer" and not owned:
            self.outcome.looked.add("GEN-NO-HALF-WRITE")
            yield from self._created.nobody_with(str(email), attempt)
        yield from oracles.kept_after_refusal(attempt, answer.status, was, now)

    def _accepted_wrongly(self, attempt: Attempt, ruled: str, answer: Answer) -> Breach:
        return Breach(
            ruled,
            self._operation,
            f"accepted {attempt.intent} {attempt.about}",
            expected=f"a refusal of {attempt.intent} ({attempt.about})",
            got=answer.excerpt[:200],
            story=str(attempt),
            member=_place(attempt, ruled),
        )

    def _refused_wrongly(self, attempt: Attempt, answer: Answer) -> Breach:
        requirement = TWICE.get((self._operation, attempt.about), "GEN-READ-AFTER-WRITE")
        return Breach(
            requirement,
            self._operation,
            f"{attempt.about} named twice",
            expected="what naming it once does",
            got=answer.excerpt[:200],
            story=str(attempt),
        )

    def _effects(
        self, attempt: Attempt, answer: Answer, before: Look, after: Look
    ) -> Iterator[Breach]:
        self.outcome.looked.add("GEN-UNTOUCHED")
        found = list(self._own_effects(attempt, answer, before, after))
        # What the operation's own requirement tells is not told again by a law of all orders.
        yield from found or oracles.laws(attempt, before, after)

    def _own_effects(
        self, attempt: Attempt, answer: Answer, before: Look, after: Look
    ) -> Iterator[Breach]:
        in_cents = self._shop.wire.refund_in_cents
        yield from brought_about(attempt, answer.body, before, after, in_cents=in_cents)
        found = [
            *oracles.untouched(attempt, before, after),
            *effects.part_untouched(attempt, answer.body, before, after),
            *effects.other_addresses_kept(attempt, answer.body, before, after),
            *effects.side_effects(attempt, before, after),
            *effects.customer_side_effects(attempt, before, after),
            *answered_as_read(attempt, answer.body, after),
            *moved_on(attempt, answer.body, before),
        ]
        if attempt.intent is Intent.PLAIN:
            shown = sent.record_about(attempt, answer.body, after)
            found += sent.read_back(attempt, shown)
            found += sent.info_kept(attempt, after)
            if self._operation == "update_order_address_id":
                mine = self._shop.addresses(self._pool.me.customer.id)
                found += sent.address_assigned(attempt, after, mine)
        yield from (one.shown_by(*after.exchanges) for one in found)
        if self._operation == "create_order":
            yield from self._created.order(attempt, answer)

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

    def _around(self, attempt: Attempt, was: Looks) -> Iterator[Breach]:
        if was:
            self.outcome.looked.add("GEN-OWNERSHIP")
        for subject, before in was:
            now = self._pool.look(subject)
            self._pool.stands(subject, now)
            yield from oracles.bystander_kept(attempt, subject.kind, before, now)

    def _journal_new_owner(self, attempt: Attempt) -> None:
        """What a driver would have journalled; the client's observer has seen what is made."""
        email = attempt.body.get("email") if isinstance(attempt.body, dict) else None
        look = self._pool.look(Subject("order", attempt.ids[0]))
        if not isinstance(email, str) or look.record is None or look.gone:
            return
        try:
            owner = Order(look.record.raw).customer
            if owner.email.lower() == email.strip().lower():
                self._shop.journal.created("customer", owner.id)
        except UnreadableAnswer:
            return

    def _learn(self, subject: Subject, look: Look) -> None:
        """Let the pool know what its objects have become."""
        self.after.append((subject, look))
        if subject.kind == "customer" and look.gone:
            self._pool.leave(subject.id)
            if self._operation == "customers_bulk":
                self._shop.journal.removed("customer", subject.id)
        if subject.kind != "order" or look.record is None:
            return
        if look.gone:
            self._pool.forget(subject.id)
            if self._operation in ("delete_order", "orders_bulk"):
                self._shop.journal.removed("order", subject.id)
        else:
            self._pool.learn(Order(look.record.raw))


def _place(attempt: Attempt, ruled: str) -> str:
    """Where an id is not looked at; empty where the requirement tells the cause by itself."""
    unknown = UNKNOWN_IN_PATH.get(attempt.operation, ())
    if not attempt.place and ruled in unknown:
        return f"id at path id {unknown.index(ruled) + 1}"
    return attempt.place


def _record(exchange: Exchange) -> Record:
    return Record({"answer": Answer(exchange).body})

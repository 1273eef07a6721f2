"""What came of a request: looks at what it was about, asks the oracles, tells the pool."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace

from fluentcart_conformance.contract.exchange import Exchange
from fluentcart_conformance.drivers.answers import Answer
from fluentcart_conformance.drivers.records import Order, Record
from fluentcart_conformance.drivers.values import UnreadableAnswer
from fluentcart_conformance.fuzz import oracles, sent
from fluentcart_conformance.fuzz.attempt import Attempt, Intent, Subject
from fluentcart_conformance.fuzz.breach import Breach
from fluentcart_conformance.fuzz.looks import Look
from fluentcart_conformance.fuzz.outcome import Outcome
from fluentcart_conformance.fuzz.pool import Pool
from fluentcart_conformance.fuzz.refusals import TWICE, must_refuse

_BUSY = (429, 503)
_REREAD_EVERY = 4
Send = Callable[[Attempt], Exchange | None]


class Aftermath:
    """Looks before and after the requests to one operation; `reads` tells that it only reads."""

    def __init__(self, pool: Pool, outcome: Outcome, send: Send, *, reads: bool) -> None:
        self._pool = pool
        self._shop = pool.shop
        self._operation = outcome.operation
        self._send = send
        self._reads = reads
        self.outcome = outcome

    def look(self, attempt: Attempt) -> Look | None:
        """What the attempt is about, before it is sent; None where nothing can change."""
        if self._reads or not attempt.aim.watch:
            return None
        return self._pool.look(attempt.aim.watch[0])

    def breaches(
        self,
        attempt: Attempt,
        exchange: Exchange,
        before: Look | None,
        them: tuple[Look, ...] | None,
    ) -> Iterator[Breach]:
        """What the request broke. `before` and `them` are the looks taken before it was sent."""
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
        if them is not None and not (ruled and answer.accepted):
            # What was accepted wrongly has been told.
            yield from self._neighbourhood(attempt, them)
        if answer.accepted:
            self._journal(attempt, answer)
        if self._operation == "create_customer":
            yield from self._customer_created(attempt, answer)
        if before is None:
            return
        after = self._pool.look(attempt.aim.watch[0])
        self._learn(attempt.aim.watch[0], after)
        if answer.accepted:
            yield from self._effects(attempt, answer, before, after)
        else:
            self.outcome.looked.add("GEN-REFUSAL-KEEPS")
            email = attempt.body.get("email") if isinstance(attempt.body, dict) else None
            owned = attempt.intent is Intent.FOREIGN or not isinstance(email, str)
            if self._operation == "create_and_change_customer" and not owned:
                yield from self._nobody_with(str(email), attempt)
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
        yield from oracles.untouched(attempt, before, after)
        for breach in sent.part_untouched(attempt, answer.body, before, after):
            yield breach.shown_by(*after.exchanges)
        for breach in sent.other_addresses_kept(attempt, answer.body, before, after):
            yield breach.shown_by(*after.exchanges)
        for breach in sent.side_effects(attempt, before, after):
            yield breach.shown_by(*after.exchanges)
        for breach in sent.done_as_asked(attempt, after):
            yield breach.shown_by(*after.exchanges)
        if attempt.intent is Intent.PLAIN:
            shown = sent.record_about(attempt, answer.body, after)
            for breach in sent.read_back(attempt, shown):
                yield breach.shown_by(*after.exchanges)
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
        found += sent.read_back(attempt, order.raw)
        if attempt.intent is Intent.PLAIN:
            found += sent.addresses_copied(attempt, order, self._pool.me)
        with suppress(UnreadableAnswer):  # the judge's
            found += sent.created_as_sent(attempt, order)
        yield from (one.shown_by(*look.exchanges) for one in found)

    def _customer_created(self, attempt: Attempt, answer: Answer) -> Iterator[Breach]:
        """A new customer shows what was sent; a refused one is nowhere."""
        email = attempt.body.get("email") if isinstance(attempt.body, dict) else None
        if answer.accepted:
            try:
                made = self._shop.customer_in(answer).id
            except UnreadableAnswer:
                return
            look = self._pool.look(Subject("customer", made))
            shown = look.record.raw if look.record is not None else {}
            for breach in sent.read_back(attempt, shown):
                yield breach.shown_by(*look.exchanges)
        elif isinstance(email, str) and attempt.intent is not Intent.FOREIGN:
            yield from self._nobody_with(email, attempt)

    def _nobody_with(self, email: str, attempt: Attempt) -> Iterator[Breach]:
        """A refused creation left no customer behind. Only e-mails of this run are searched."""
        if self._shop.journal.namespace not in email:
            return
        self.outcome.looked.add("GEN-NO-HALF-WRITE")
        found = self._shop.list_customers({"search": email})
        try:
            page = self._shop.customers_in(found) if found.accepted else None
            left = [one for one in page.rows if one.email == email] if page else []
        except UnreadableAnswer:
            return
        if left:
            yield Breach(
                "GEN-NO-HALF-WRITE",
                self._operation,
                "a refused customer exists",
                expected="no customer after a refused creation",
                got=f"customer {left[0].id}",
                story=str(attempt),
            ).shown_by(found.exchange)

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

    def look_around(self) -> tuple[Look, ...]:
        """How the neighbour looks, whom nothing may change."""
        person, order = self._pool.neighbour, self._pool.neighbours_order
        subjects = (Subject("customer", person.customer.id), Subject("order", order.id))
        return tuple(self._pool.look(one) for one in subjects)

    def _neighbourhood(self, attempt: Attempt, was: tuple[Look, ...]) -> Iterator[Breach]:
        self.outcome.looked.add("GEN-OWNERSHIP")
        for before, after in zip(was, self.look_around(), strict=True):
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
        if subject.kind == "customer" and look.gone:
            self._pool.renew()
        if subject.kind != "order" or look.record is None:
            return
        if look.gone:
            self._pool.forget(subject.id)
        else:
            self._pool.learn(Order(look.record.raw))


def _record(exchange: Exchange) -> Record:
    return Record({"answer": Answer(exchange).body})

"""What was created is there, as it was sent, and what was refused is nowhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

from fluentcart_conformance.drivers.answers import Answer
from fluentcart_conformance.drivers.records import Order
from fluentcart_conformance.drivers.values import UnreadableAnswer
from fluentcart_conformance.fuzz import oracles, sent
from fluentcart_conformance.fuzz.answered import answered_as_read
from fluentcart_conformance.fuzz.attempt import Attempt, Intent, Subject
from fluentcart_conformance.fuzz.breach import Breach
from fluentcart_conformance.fuzz.looks import Look
from fluentcart_conformance.fuzz.model.kept import FIGURES
from fluentcart_conformance.fuzz.pool import Pool

Learn = Callable[[Subject, Look], None]


class Created:
    """Looks at what creations made, through a pool; `learn` is told of every look."""

    def __init__(self, pool: Pool, learn: Learn) -> None:
        self._pool = pool
        self._shop = pool.shop
        self._learn = learn

    def order(self, attempt: Attempt, answer: Answer) -> Iterator[Breach]:
        """A new order, after an accepted creation."""
        made = self._shop.created_order(answer)
        if made is None:
            return
        subject = Subject("order", made)
        look = self._pool.look(subject)
        self._learn(subject, look)
        if look.gone:
            yield _not_there(attempt, "ORD-CREATE-READ-BACK", f"order {made}", look)
        if look.record is None or look.gone:
            return
        order = Order(look.record.raw)
        watching = replace(attempt, aim=replace(attempt.aim, watch=(subject,)))
        found = list(oracles.laws(watching, Look(None, ()), look))
        found += sent.read_back(attempt, order.raw)
        if attempt.intent is Intent.PLAIN and "billing_address_id" in attempt.body:
            found += sent.addresses_copied(attempt, order, self._pool.me)
        with suppress(UnreadableAnswer):  # the judge's
            found += sent.created_as_sent(attempt, order)
            found += _fresh(attempt, order)
        yield from (one.shown_by(*look.exchanges) for one in found)

    def customer(self, attempt: Attempt, answer: Answer) -> Iterator[Breach]:
        """A new customer shows what was sent; a refused one is nowhere."""
        email = attempt.body.get("email") if isinstance(attempt.body, dict) else None
        if not answer.accepted:
            if isinstance(email, str) and attempt.intent is not Intent.FOREIGN:
                yield from self.nobody_with(email, attempt)
            return
        try:
            made = self._shop.customer_in(answer).id
        except UnreadableAnswer:
            return
        subject = Subject("customer", made)
        look = self._pool.look(subject)
        self._learn(subject, look)
        if look.gone:
            yield _not_there(attempt, "CUS-CREATE-READ-BACK", f"customer {made}", look)
        if look.record is None or look.gone:
            return
        found = [*sent.read_back(attempt, look.record.raw)]
        found += answered_as_read(attempt, answer.body, look)
        found += _without_figures(attempt, look.record.raw)
        yield from (one.shown_by(*look.exchanges) for one in found)

    def nobody_with(self, email: str, attempt: Attempt) -> Iterator[Breach]:
        """A refused creation left no customer behind. Only e-mails of this run are searched.

        One that was accepted before is somebody's: a second customer may well be refused.
        """
        if self._shop.journal.namespace not in email or self._pool.has_sent(email):
            return
        found = self._shop.list_customers({"search": email})
        try:
            page = self._shop.customers_in(found) if found.accepted else None
            left = [one for one in page.rows if one.email == email] if page else []
        except UnreadableAnswer:
            return
        if left:
            # It bears an address of this run: it may be taken away, so that no list shows it.
            self._shop.journal.created("customer", left[0].id)
            self._pool.discard(Subject("customer", left[0].id))
            yield Breach(
                "GEN-NO-HALF-WRITE",
                attempt.operation,
                "a refused customer exists",
                expected="no customer after a refused creation",
                got=f"customer {left[0].id}",
                story=str(attempt),
            ).shown_by(found.exchange)


def _not_there(attempt: Attempt, requirement: str, what: str, look: Look) -> Breach:
    return Breach(
        requirement, attempt.operation, "what was created is not there", f"{what} to be there",
        "404", str(attempt), look.exchanges, "whole",
    )  # fmt: skip


def _fresh(attempt: Attempt, order: Order) -> Iterator[Breach]:
    """Nobody has paid a new order, and nothing of it was given back."""
    if order.total_amount <= 0:
        return
    for name, requirement in (
        ("total_paid", "ORD-CREATE-PAYMENT-PENDING"),
        ("total_refund", "ORD-CREATE-NO-REFUND"),
    ):
        if order.money(name):
            yield Breach(
                requirement, attempt.operation, f"{name} of a new order", f"{name} 0",
                str(order.money(name)), str(attempt), member=name,
            )  # fmt: skip


def _without_figures(attempt: Attempt, shown: Mapping[str, Any]) -> Iterator[Breach]:
    """A new customer has bought nothing."""
    for name in sorted(FIGURES & shown.keys()):
        if str(shown[name]) not in ("0", "0.00", "0.0", "None", ""):
            yield Breach(
                "CUS-CREATE-NO-FIGURES", attempt.operation, f"{name} of a new customer",
                f"{name} 0", str(shown[name]), str(attempt), member=name,
            )  # fmt: skip
            return

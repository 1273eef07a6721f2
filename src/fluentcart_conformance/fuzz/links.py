"""Walks along the links that the description declares: what was made is used, then is gone.

First Schemathesis' state machine walks at random. What it left is walked on purpose: from an
operation that makes something, from answer to answer, always along a link that was not walked yet
while there is one, in an order that the seed decides.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

from fluentcart_conformance.drivers.core import Prerequisite
from fluentcart_conformance.drivers.routes import ROUTES
from fluentcart_conformance.drivers.values import UnreadableAnswer
from fluentcart_conformance.fuzz.aims import aim_at
from fluentcart_conformance.fuzz.attempt import Aim
from fluentcart_conformance.fuzz.breach import Breach
from fluentcart_conformance.fuzz.budget import Stopwatch
from fluentcart_conformance.fuzz.link import (
    PARAMETER,
    Link,
    LinkOutcome,
    Visit,
    declared_links,
    merged,
    worked_out,
)
from fluentcart_conformance.fuzz.link_machine import random_walks
from fluentcart_conformance.fuzz.members import kind_at, leaves, path_kinds
from fluentcart_conformance.fuzz.pool import Pool
from fluentcart_conformance.target.errors import (
    NoAnswerError,
    TargetGoneError,
    UnsafeRequestError,
)
from fluentcart_conformance.target.understood import UNSET

_LONGEST = 8
# What comes after these has nothing to speak of any more.
_ENDS = ("delete_order", "delete_customer_address")


class LinkWalker:
    """Walks until every link was walked or the time is over."""

    def __init__(self, pool: Pool, profile: str, seed: int) -> None:
        self._pool = pool
        self._profile, self._seed = profile, seed
        self._chance = random.Random(seed)  # noqa: S311  (not a secret)
        self._stuck: set[Link] = set()
        self._gone: set[tuple[str, str]] = set()
        self._ending: set[tuple[str, str]] = set()
        self.outcome = LinkOutcome(declared_links(profile))

    def run(self, watch: Stopwatch) -> LinkOutcome:
        """Walk.

        Raises:
            TargetGoneError: when the store has gone.
        """
        try:
            # First wherever Schemathesis' state machine goes, then to what it left.
            random_walks(self, self._profile, self._seed, watch)
            while (left := self._left()) and not watch.over:
                self._walk(self._chance.choice(left).source, watch)
        except TargetGoneError:
            raise
        except NoAnswerError as error:
            self.outcome.left_out = f"the walks ended: {error}"
        if watch.over:
            self.outcome.left_out = "the time was over"
        self._pool.focus(None)
        return self.outcome

    def _left(self) -> list[Link]:
        done = self.outcome.walked
        return [one for one in self.outcome.declared if one not in done and one not in self._stuck]

    def _walk(self, source: str, watch: Stopwatch) -> None:
        here = self._start(source)
        for _ in range(_LONGEST):
            ahead = [] if here is None else [
                one for one in self._left() if one.source == here.aim.operation
            ]  # fmt: skip
            if here is None or not ahead or watch.over:
                return
            link = self._chance.choice(ahead)
            there = self.follow(here, link)
            # Where the answer leads on, the walk goes on from there; otherwise it turns back.
            if there is not None and any(one.source == link.target for one in self._left()):
                here = there
            if link.target in _ENDS:
                return

    def begin(self, source: str) -> Visit:
        """Send a valid request that no link leads to.

        Raises:
            Prerequisite, UnreadableAnswer, UnsafeRequestError: when there is none.
        """
        self._pool.focus(None)
        return self.visit(aim_at(source, self._pool))

    def _start(self, source: str) -> Visit | None:
        try:
            visit = self.begin(source)
        except (Prerequisite, UnreadableAnswer, UnsafeRequestError):
            visit = None
        if visit is None or not visit.answer.accepted:
            self._stuck |= {one for one in self._left() if one.source == source}
            return None
        return visit

    def follow(self, here: Visit, link: Link) -> Visit | None:
        """Walk along a link from an answer; None where it cannot be walked, or was refused."""
        try:
            there = self.along(here, link)
        except (Prerequisite, UnreadableAnswer, UnsafeRequestError, LookupError) as error:
            self._stuck.add(link)
            self.outcome.left_out = f"{link} leads nowhere: {error}"[:200]
            return None
        return there if there.answer.accepted else None

    def along(self, here: Visit, link: Link) -> Visit:
        """Walk along a link from an answer.

        Raises:
            LookupError: when the answer does not hold what the link points at, or it is gone.
            Prerequisite, UnreadableAnswer, UnsafeRequestError: when it cannot be walked.
        """
        there = self.visit(self._aim_along(here, link))
        self.outcome.steps += 1
        if there.answer.accepted or link not in self.outcome.walked:
            self.outcome.walked[link] = there.answer.status
        self.judge(link, here, there)
        return there

    def _aim_along(self, here: Visit, link: Link) -> Aim:
        """The target's request about what the link names.

        Raises:
            LookupError: when the answer does not hold what the link points at, or it is gone.
        """
        given = {name: worked_out(one, here) for name, one in link.parameters.items()}
        sent = None if link.body is None else worked_out(link.body, here)
        names = PARAMETER.findall(ROUTES[link.target][1])
        kinds = zip(names, path_kinds(link.target), strict=True)
        named = [(kind, given[name]) for name, kind in kinds if name in given]
        named += [(kind_at(link.target, path), value) for path, value in leaves(sent)]
        if gone := self._gone.intersection((kind, str(value)) for kind, value in named):
            raise LookupError(f"{gone} was deleted")
        self._focus(here, link, dict(named))
        aim = aim_at(link.target, self._pool)
        ids = tuple(given.get(name, mine) for name, mine in zip(names, aim.ids, strict=False))
        body = aim.body if sent is None else merged({} if aim.body is UNSET else aim.body, sent)
        if link.target in _ENDS:
            kind = "order" if link.target == "delete_order" else "address"
            self._ending = {(kind, str(value)) for one, value in named if one == kind}
        return Aim(link.target, ids, body, aim.query, aim.watch)

    def _focus(self, here: Visit, link: Link, named: Mapping[str, Any]) -> None:
        """Let the drivers speak of the linked order, or of the linked customer."""
        if "order" in named and not ROUTES[link.target][1].startswith("/customers"):
            self._pool.focus(int(named["order"]))
        elif "customer" in named and link.target != "change_customer":
            self._pool.focus_customer(int(named["customer"]))
        elif here.aim.ids and ROUTES[here.aim.operation][1].startswith("/customers"):
            self._pool.focus_customer(int(here.aim.ids[0]))

    def visit(self, aim: Aim) -> Visit:
        """Send the request of an aim."""
        request = {} if aim.body is UNSET else {"json": aim.body}
        answer = self._pool.shop.send(aim.operation, *aim.ids, query=aim.query or None, **request)
        return Visit(aim, answer)

    def judge(self, link: Link, here: Visit, there: Visit) -> None:
        """What an accepted answer names exists; what was deleted does not."""
        self.outcome.looked.add("GEN-READ-AFTER-WRITE")
        if there.answer.status == 404:
            self._broken("GEN-READ-AFTER-WRITE", link, here, there, "what was just answered")
        if link.target in _ENDS and there.answer.accepted:
            self._gone |= self._ending
            self._pool.focus(None)
        if link.target == "delete_order" and there.answer.accepted:
            self.outcome.looked.add("GEN-DELETED-GONE")
            self._pool.shop.journal.removed("order", there.aim.ids[0])
            again = self._pool.shop.get_order(there.aim.ids[0])
            if again.accepted:
                gone = Visit(there.aim, again)
                self._broken("GEN-DELETED-GONE", link, there, gone, "a refusal after the deletion")

    def _broken(
        self, requirement: str, link: Link, here: Visit, there: Visit, expected: str
    ) -> None:
        breach = Breach(
            requirement, link.target, f"{link}", expected, there.answer.excerpt[:160],
            f"1. {here.aim.operation}\n2. {link.target}",
            (here.answer.exchange, there.answer.exchange),
        )  # fmt: skip
        self.outcome.breaches.setdefault(breach.cause, breach)

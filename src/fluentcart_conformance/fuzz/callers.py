"""What callers get who may not: the same request as nobody and as a user without permissions."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any

from fluentcart_conformance.drivers.answers import Answer
from fluentcart_conformance.fuzz.aims import aim_at
from fluentcart_conformance.fuzz.attempt import Aim
from fluentcart_conformance.fuzz.breach import Breach
from fluentcart_conformance.fuzz.pool import Pool
from fluentcart_conformance.target.understood import UNSET

_absent = count(10**12 + 2 * 10**9)
_BUSY = (429, 503)


class Callers:
    """Tries one operation for those who may not. `low` tells whether such a user is known."""

    def __init__(self, pool: Pool, operation: str, *, low: bool) -> None:
        self._pool = pool
        self._operation = operation
        self._low = low
        self.looked: set[str] = set()

    def breaches(self) -> Iterator[Breach]:
        """What is wrong; three requests for most operations.

        Raises:
            Prerequisite: when there is nothing to ask about.
        """
        wire = self._pool.shop.profile.wire
        aim = aim_at(self._operation, self._pool)
        before = self._pool.look(aim.watch[0]) if aim.watch else None
        anonymous = self._ask(aim, "none")
        yield from self._refused(anonymous, "AUT-ANONYMOUS", wire["anonymous_statuses"])
        if aim.ids:
            yield from self._before_lookup(aim, anonymous)
        if self._low:
            low = self._ask(aim, "low")
            yield from self._refused(low, "AUT-LOW-IDENTITY", wire["low_identity_statuses"])
        if before is None:
            return
        self.looked.add("AUT-NO-EFFECT")
        after = self._pool.look(aim.watch[0])
        if changed := before.differences(after):
            yield Breach(
                "AUT-NO-EFFECT", self._operation, "a refused caller changes something",
                "nothing to change", f"a change at {', '.join(changed[:4])}",
                "as nobody and as a user without permissions", after.exchanges,
            )  # fmt: skip

    def _ask(self, aim: Aim, identity: str, ids: tuple[Any, ...] | None = None) -> Answer:
        request = {} if aim.body is UNSET else {"json": aim.body}
        shop = self._pool.shop.as_(identity)
        return shop.send(
            self._operation, *(aim.ids if ids is None else ids), query=aim.query or None, **request
        )

    def _refused(self, answer: Answer, requirement: str, statuses: list[int]) -> Iterator[Breach]:
        self.looked.add(requirement)
        if answer.status not in (*statuses, *_BUSY):
            who = answer.exchange.identity or "nobody"
            yield Breach(
                requirement, self._operation, f"{who} is answered {answer.status}",
                f"{' or '.join(map(str, statuses))} for {who}", answer.excerpt[:160],
                f"{self._operation} as {who}", (answer.exchange,),
            )  # fmt: skip

    def _before_lookup(self, aim: Aim, anonymous: Answer) -> Iterator[Breach]:
        """Nobody learns from the answer whether an id exists."""
        nothing = self._ask(aim, "none", tuple(next(_absent) for _ in aim.ids))
        self.looked.add("AUT-BEFORE-LOOKUP")
        if {anonymous.status, nothing.status} & set(_BUSY):
            return
        if (nothing.status, nothing.code) != (anonymous.status, anonymous.code):
            yield Breach(
                "AUT-BEFORE-LOOKUP", self._operation, "answers differ by existence",
                f"the answer for an existing id: {anonymous.excerpt[:80]}", nothing.excerpt[:120],
                f"{self._operation} as nobody", (nothing.exchange, anonymous.exchange),
            )  # fmt: skip

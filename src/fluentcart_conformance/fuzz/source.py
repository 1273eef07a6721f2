"""What is tried at one operation, and in which order: what shows most comes first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import zip_longest
from typing import Any
from urllib.parse import quote

from fluentcart_conformance.fuzz.attempt import Aim, Attempt, Intent
from fluentcart_conformance.fuzz.fitting import fitted
from fluentcart_conformance.fuzz.generated import Sample, samples
from fluentcart_conformance.fuzz.pool import Pool
from fluentcart_conformance.fuzz.twist import Twist
from fluentcart_conformance.fuzz.twists import twists
from fluentcart_conformance.fuzz.untimely import untimely
from fluentcart_conformance.fuzz.variants import bare, variants

Make = Callable[[], Attempt | None]
_LONGEST_QUERY = 4000
# What is bent like this shows best where no other member speaks for it.
_ALONE = (Intent.DROPPED, Intent.ABSENT)
# Of these there is a handful for an operation.
_FEW = (Intent.PLAIN, Intent.UNTIMELY)
# Makes something, or gives None where it cannot be arranged.
Arranged = Callable[[Make], Attempt | None]


class Source:
    """Makes the attempts at one operation, each when it is asked for: about the state of then.

    `aim` gives a valid request, `arranged` calls a maker that may fail for want of its objects.
    """

    def __init__(
        self, pool: Pool, profile: str, aim: Callable[[], Aim | None], arranged: Arranged
    ) -> None:
        self._pool = pool
        self._profile = profile
        self._aim = aim
        self._arranged = arranged

    def attempts(self, count: int, seed: int) -> Iterator[Attempt]:
        """The valid request first, then all sorts by turns: at most `count` bent or generated.

        On a store that is too slow for all of it, something of each sort has been tried.
        """
        first = self._aim()
        if first is None:
            return
        yield Attempt.of(first)
        absent = self._pool.shop.profile.absent
        made = _by_turns(
            (partial(self._twisted, one) for one in list(twists(first, seed))),
            (partial(self._made, one) for one in variants(first.operation, absent)),
            (partial(self._made, one) for one in untimely(first.operation)),
        )
        drawn = (
            partial(self._fitted, one)
            for one in samples(self._profile, first.operation, count, seed)
        )
        left = count - 1
        # Two that were made on purpose, then one that was generated.
        for make in _by_turns(made, made, drawn):
            if left <= 0:
                return
            attempt = make()
            if attempt is not None:
                left -= attempt.intent not in _FEW
                yield attempt

    def _made(self, make: Callable[[Pool], Attempt]) -> Attempt | None:
        return self._arranged(lambda: make(self._pool))

    def _twisted(self, twist: Twist) -> Attempt | None:
        aim = self._aim()
        if aim is None:
            return None
        least = bare(aim.operation) if twist.intent in _ALONE else None
        them = self._foreign if twist.intent is Intent.FOREIGN else dict
        found = None
        if least is not None:
            found = self._arranged(lambda: twist.apply(least(self._pool), {}))
        return found or self._arranged(lambda: twist.apply(aim, them()))

    def _fitted(self, sample: Sample) -> Attempt | None:
        aim = self._aim()
        # A longer address is refused by the server in front, in its own words.
        if aim is None or len(quote(str(sample.query))) > _LONGEST_QUERY:
            return None
        return fitted(sample, aim, self._pool.shop.fresh_email)

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


def _by_turns(*sources: Iterator[Make]) -> Iterator[Make]:
    """One of each in turn, until all are used up."""
    for row in zip_longest(*sources):
        yield from (one for one in row if one is not None)

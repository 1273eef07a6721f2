"""Writes of several operations, what the next reading must show of them and what it must not."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from fluentcart_conformance.drivers.answers import Answer
from fluentcart_conformance.drivers.record import Record
from fluentcart_conformance.drivers.records import Order
from fluentcart_conformance.drivers.shop import Shop


@dataclass
class Book:
    """What was written and not seen, and what moved without having been named."""

    shop: Shop
    side_effects: Collection[str]
    unseen: dict[str, str] = field(default_factory=dict)
    moved: dict[str, list[str]] = field(default_factory=dict)
    named: dict[str, Collection[str]] = field(default_factory=dict)

    def wrote(self, operation: str, answer: Answer, *named: Collection[str]) -> bool:
        """Enter a write and the members it may move; says whether it was accepted.

        Refusals belong to the scenarios of the operation, but must move nothing here.
        """
        self.named[operation] = set().union(*named) if answer.accepted else set()
        return answer.accepted

    def seen(self, operation: str, seen: bool, shown: object) -> None:
        """Enter whether an accepted write shows."""
        if self.named.get(operation) and not seen:
            self.unseen[operation] = f"then read: {shown!r:.120}"

    def compare(self, before: Record, after: Record, *rest: str) -> None:
        """Enter what changed besides the members that the writes since the last look named."""
        allowed = set(self.side_effects).union(*self.named.values(), rest)
        found = after.differences(before, apart_from=allowed)
        if found:
            self.moved[" and ".join(self.named)] = found

    def read(self, before: Order) -> Order:
        """The order after the writes since the last reading."""
        after = self.shop.order(before.id)
        self.compare(before, after)
        return after

    def turn(self) -> None:
        """Begin with the next writes."""
        self.named = {}

"""What became of the attempts at one operation."""

from __future__ import annotations

from dataclasses import dataclass, field

from fluentcart_conformance.fuzz.breach import Breach


@dataclass
class Outcome:
    """Counts of one operation, its breaches by cause, and the requirements that were looked at.

    `shortening` counts the requests that went into smaller examples, `left_out` is the reason why
    the rest was not tried.
    """

    operation: str
    tried: int = 0
    accepted: int = 0
    refused: int = 0
    failed: int = 0
    pushed_back: int = 0
    held_back: int = 0
    shortening: int = 0
    breaches: dict[str, Breach] = field(default_factory=dict)
    looked: set[str] = field(default_factory=set)
    left_out: str = ""
    unarranged: str = ""

    def note(self, breach: Breach) -> bool:
        """Keep the smallest example of each cause; tells whether the cause is new."""
        known = self.breaches.get(breach.cause)
        if known is None or _size(breach) < _size(known):
            self.breaches[breach.cause] = breach
        return known is None

    def __str__(self) -> str:
        """One line for the record."""
        words = (
            f"{self.tried} requests: {self.accepted} accepted, {self.refused} refused, "
            f"{self.failed} failed, {self.held_back} held back by the guard"
        )
        if self.shortening:
            words += f", {self.shortening} of them to make examples smaller"
        if self.pushed_back:
            words += f", {self.pushed_back} put off by the store"
        for reason in (self.left_out, self.unarranged):
            words += f"; {reason}" if reason else ""
        return words


def _size(breach: Breach) -> int:
    return sum(len(one.url) + len(one.request_body or b"") for one in breach.exchanges[:1])

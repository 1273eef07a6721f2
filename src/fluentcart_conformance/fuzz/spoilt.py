"""Objects that a request left malformed: what reads them afterwards is not to blame."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from fluentcart_conformance.contract.exchange import Exchange
from fluentcart_conformance.contract.findings import Finding
from fluentcart_conformance.fuzz.attempt import Attempt, Intent, Subject
from fluentcart_conformance.fuzz.breach import Breach
from fluentcart_conformance.fuzz.judging import Judging
from fluentcart_conformance.fuzz.looks import Look

# Requests as the shop sends them: what reads wrong after them is wrongly read.
_CAREFUL = (Intent.PLAIN, Intent.UNTIMELY, Intent.TWICE, Intent.MIXED)
Looks = Iterable[tuple[Subject, Look]]


@dataclass
class Spoilt:
    """Tells what a request left malformed from what this store always shows so."""

    judging: Judging
    usual: set[str] = field(default_factory=set)

    def by(self, attempt: Attempt, exchange: Exchange, before: Looks, after: Looks) -> list[Mess]:
        """Looks at objects that the attempt left malformed, each with what is wrong by it.

        A cause that was there before, or shows after requests as the shop sends them, is none.
        """
        self.usual |= {one.cause for _, look in before for one in self._findings(look)}
        if attempt.intent in _CAREFUL:
            self.usual |= {one.cause for _, look in after for one in self._findings(look)}
            return []
        if 400 <= exchange.status < 500:
            return []
        fresh = [
            (look, [one for one in self._findings(look) if one.cause not in self.usual])
            for _, look in after
        ]
        return [Mess(look, wrong[0]) for look, wrong in fresh if wrong]

    def _findings(self, look: Look) -> list[Finding]:
        return [found for one in look.exchanges for found in self.judging.findings_of(one)]


@dataclass(frozen=True)
class Mess:
    """An object as a request left it, and the first thing that is wrong with it since."""

    look: Look
    worst: Finding

    def breach(self, attempt: Attempt) -> Breach:
        """What the attempt did, told by what it left."""
        return Breach(
            self.worst.requirement, attempt.operation, "leaves its object malformed",
            f"{self.worst.expected} at {self.worst.pointer} after it", self.worst.got,
            str(attempt), self.look.exchanges, "malformed",
        )  # fmt: skip

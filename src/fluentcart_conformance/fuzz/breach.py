"""What generated requests brought to light."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from fluentcart_conformance.contract.exchange import Exchange

_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True)
class Breach:
    """A broken requirement with its evidence.

    `aspect` tells root causes of one requirement and operation apart; numbers in it are levelled.
    `story` tells the steps in domain words.
    """

    requirement: str
    operation: str
    aspect: str
    expected: str
    got: str
    story: str = ""
    exchanges: tuple[Exchange, ...] = ()

    @property
    def cause(self) -> str:
        """Equal for one root cause: a requirement of its own tells it, a general one does not."""
        general = self.requirement.startswith("GEN-")
        aspect = f"|{levelled(self.aspect)}" if general else ""
        return f"fuzz|{self.operation}|{self.requirement}{aspect}"

    @property
    def message(self) -> str:
        """One sentence, then the story."""
        words = f"expected {self.expected}, got {self.got}"
        return f"{words}\n{self.story}" if self.story else words

    def shown_by(self, *exchanges: Exchange) -> Breach:
        """The same breach with these exchanges as evidence."""
        return replace(self, exchanges=tuple(exchanges))


def levelled(text: str) -> str:
    """Numbers do not tell causes apart."""
    return _NUMBER.sub("#", text)[:160]

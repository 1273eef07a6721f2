"""What can be wrong with a body that is good otherwise."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from fluentcart_conformance.drivers.answers import Answer
from fluentcart_conformance.drivers.shop import Shop


@dataclass(frozen=True)
class Wrong:
    """One thing wrong with an otherwise good body: `spoil` does it.

    A refusal calls it `member` (nested ones with dots); `key` is a row of the profile's refusals.
    """

    requirement: str
    member: str
    spoil: Callable[[dict[str, Any]], object]
    key: str | None = None

    def is_told_by(self, shop: Shop, answer: Answer) -> bool:
        """Whether an answer refuses this, by name."""
        fits = answer.status in shop.refusal(self.key) if self.key else answer.refused
        return fits and self.member in answer.wrong_members

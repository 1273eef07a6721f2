"""What fuzzing needs of whoever judges its exchanges: say what is wrong, and wait with blaming."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from fluentcart_conformance.contract.exchange import Exchange
from fluentcart_conformance.contract.findings import Finding


class Judging(Protocol):
    """Judges exchanges as they are sent."""

    def findings_of(self, exchange: Exchange) -> Sequence[Finding]:
        """What is wrong with an exchange sent just now."""

    def hold(self) -> None:
        """Put off what is found from now on."""

    def release(self, spared: Iterable[Exchange] = ()) -> None:
        """Take in what was put off, but for exchanges that show what another cause tells."""

    def drop(self) -> None:
        """Forget what was put off: all of it shows what another cause tells."""


class Unjudged:
    """Nobody judges."""

    def findings_of(self, exchange: Exchange) -> Sequence[Finding]:  # noqa: ARG002
        """Nothing."""
        return ()

    def hold(self) -> None:
        """Nothing to put off."""

    def release(self, spared: Iterable[Exchange] = ()) -> None:
        """Nothing was put off."""

    def drop(self) -> None:
        """Nothing was put off."""

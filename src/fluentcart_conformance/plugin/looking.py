"""Looks at requirements: blocks that decide them, and what a refusal must be like."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from types import TracebackType

from fluentcart_conformance.drivers.answers import Answer
from fluentcart_conformance.drivers.core import Prerequisite
from fluentcart_conformance.drivers.shop import Shop
from fluentcart_conformance.plugin.context import current_scenario
from fluentcart_conformance.target.errors import NoAnswer


class requirement:  # noqa: N801  (reads as a word of the scenario's own language)
    """A look at one or more requirements; the assertions inside decide all of them.

    `beside` are exchanges of earlier scenarios that are evidence, too.
    """

    def __init__(self, *ids: str, beside: Iterable[str] = ()) -> None:
        self.ids = ids
        self.beside = list(beside)

    def __enter__(self) -> None:
        pass

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        scenario = current_scenario()
        if error is None:
            self._decide(self.ids, "passed")
            return True
        if isinstance(error, AssertionError | Prerequisite):
            # What could not be had inside a block is what the block looks at.
            self._decide(self.ids, "failed", str(error) or "the assertion failed")
            return True
        if isinstance(error, NoAnswer):
            self._decide((*self.ids, "GEN-ANSWERS"), "failed", str(error))
            return True
        if scenario.unreadable(error):
            self._decide(self.ids, "failed", f"the answer cannot be read: {error!r}")
            return True
        return False

    def _decide(self, ids: tuple[str, ...], outcome: str, message: str = "") -> None:
        scenario = current_scenario()
        scenario.check(ids, outcome, message, [*self.beside, *scenario.look()])


def assert_refused(
    shop: Shop, answer: Answer, key: str, operation: str | None = None, what: str = ""
) -> None:
    """Insist that an answer is the refusal the profile allows, by its status and its code.

    `key` is a row of the profile's `refusals`, `operation` the one that was refused where the row
    has its own statuses for some, `what` the thing refused, for the message.
    """
    said = f"{what}: {answer.excerpt}" if what else answer.excerpt
    if not answer.refused:
        raise AssertionError(said)
    allowed = shop.refusal(key, operation)
    if answer.status not in allowed:
        raise AssertionError(f"{said}; allowed is {allowed}")
    codes = shop.refusal_codes(key, operation)
    if codes and answer.code not in codes:
        raise AssertionError(f"{said}; the code must be one of {codes}")
    if operation is not None:
        shop.learnt.setdefault(_told(key, operation), Told(answer, current_scenario().latest()))


@dataclass(frozen=True)
class Told:
    """A refusal as it must be, and the exchange of the record that shows it."""

    answer: Answer
    exchange: str


def told_before(shop: Shop, *ids: str, key: str, operation: str) -> Answer | None:
    """The first refusal of an operation that this process saw for the same reason, if any.

    It shows the requirements `ids` as well: nothing need be sent a second time for them.
    """
    found = shop.learnt.get(_told(key, operation))
    if not isinstance(found, Told):
        return None
    with requirement(*ids, beside=[found.exchange]):
        pass
    return found.answer


def _told(key: str, operation: str) -> str:
    return f"refusal {key} of {operation}"

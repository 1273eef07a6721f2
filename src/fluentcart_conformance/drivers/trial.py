"""Trying requests that a store must refuse, on a stage that is looked at before and after."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from fluentcart_conformance.drivers.answers import Answer
from fluentcart_conformance.drivers.core import Prerequisite
from fluentcart_conformance.drivers.records import Record
from fluentcart_conformance.drivers.shop import Shop
from fluentcart_conformance.drivers.stage import NOBODY, Ask, Stage, ask_everything, set_stage
from fluentcart_conformance.target.errors import ReadOnlyError, UnsafeRequestError

MOVING = frozenset(
    {"updated_at", "activities", "order_operation", "order_tax_rates", "user_id", "user_link"}
)
"""What other things move along: the log, how tax was found, the user that a payment makes."""


@dataclass
class Trial:
    """A stage, a good request for each operation, and what was last seen on the stage."""

    shop: Shop
    stage: Stage
    asks: Mapping[str, Ask]
    shipping_id: int
    seen: dict[str, Any] = field(default_factory=dict)
    moved: bool = False

    def each(self, operations: Iterable[str]) -> Iterator[str]:
        """The operations one after the other, the stage made whole before each.

        Each has a look of its own at what a law says of all, so that one which breaks it hides no
        other.
        """
        for operation in operations:
            self._settle()
            yield operation

    def attempt(self, operation: str, ids: Sequence[object], **request: Any) -> Answer | None:
        """Send it; None where the guard holds it back, since a store might take it amiss.

        What an accepted request changes is no matter of refusals, so the stage is looked at anew
        before the next one.
        """
        self._settle()
        try:
            answer = self.shop.send(operation, *ids, **request)
        except ReadOnlyError:
            raise
        except UnsafeRequestError:
            return None
        self.moved = answer.accepted and bool(self.seen)
        return answer

    def with_id(self, operation: str, first: object) -> Answer | None:
        """The good request, but for another first id."""
        self._settle()
        ask = self.asks[operation]
        request = {} if ask.json is None else {"json": _about(ask.json, ask.ids[0], first)}
        return self.attempt(operation, (first, *ask.ids[1:]), **request)

    def with_body(self, operation: str, **request: Any) -> Answer | None:
        """The good request, but for its body (`json`, `content`, `headers` as for the client)."""
        self._settle()
        return self.attempt(operation, self.asks[operation].ids, **request)

    def fresh_email(self) -> str:
        """Another address for the customer to be made, so that an old failure does not matter."""
        name = "create_and_change_customer"
        email = self.shop.fresh_email("nobody")
        ask = self.asks[name]
        self.asks = {**self.asks, name: Ask(ask.ids, {**ask.json, "email": email})}
        return email

    def changes(self) -> list[str]:
        """What differs on the stage since the last look, which this look replaces."""
        if self._settle():
            return []
        before, self.seen = self.seen, {}
        self.seen = self._look()
        return [
            f"{what}: {path}"
            for what, was in before.items()
            for path in _differences(was, self.seen[what])
        ]

    def _settle(self) -> bool:
        """Look at the stage anew if an accepted request moved it; says whether one had."""
        moved, self.moved = self.moved, False
        if moved:
            try:
                self.seen = self._look()
            except Prerequisite:  # it took away what the stage was made of
                self._renew()
        return moved

    def _renew(self) -> None:
        self.stage = set_stage(self.shop)
        self.asks = ask_everything(self.shop, self.stage, self.shipping_id)
        self.seen = self._look()

    def _look(self) -> dict[str, Any]:
        shop, stage = self.shop, self.stage
        addresses = {"addresses": [one.raw for one in shop.addresses(stage.customer.id)]}
        return {
            "the open order": shop.order(stage.open.id),
            "the paid order": shop.order(stage.paid.id),
            "the customer": shop.customer(stage.customer.id),
            "the addresses": Record(addresses),
            "the orders of the customer": {
                one.id for one in shop.orders_of(stage.customer.id)
            },
        }  # fmt: skip


def begin(shop: Shop, shipping_id: int | None = None, *, look: bool = True) -> Trial:
    """A trial on a stage of its own, looked at once unless nobody will ask for changes."""
    stage = set_stage(shop)
    method = NOBODY if shipping_id is None else shipping_id
    trial = Trial(shop, stage, ask_everything(shop, stage, method), method)
    if look:
        trial.changes()
    return trial


def _about(body: Any, own: int, other: object) -> Any:
    """The body for another id in the path, where it repeats that id."""
    if isinstance(body, dict) and body.get("order_id") == own:
        return {**body, "order_id": other}
    return body


def _differences(was: Any, now: Any) -> list[str]:
    if isinstance(was, Record):
        return list(now.differences(was, apart_from=MOVING))
    return [] if was == now else ["more or fewer"]

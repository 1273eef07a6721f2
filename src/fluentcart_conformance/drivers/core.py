"""What every action on the shop stands on: client, wire forms, journal, products, identity."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol, Self, TypeVar

from fluentcart_conformance.contract.exchange import Exchange
from fluentcart_conformance.contract.profile import Profile
from fluentcart_conformance.contract.requirements import load_requirements
from fluentcart_conformance.drivers.answers import Answer
from fluentcart_conformance.drivers.routes import route
from fluentcart_conformance.drivers.wire import Wire


class Client(Protocol):
    """What the drivers need of the client (see target.client)."""

    def call(
        self,
        method: str,
        path: str,
        *,
        identity: str = ...,
        json: Any = ...,
        query: Mapping[str, Any] | Sequence[tuple[str, Any]] | str | None = ...,
        headers: Mapping[str, str] | None = ...,
        content: bytes | str | None = ...,
        replayable: bool | None = ...,
    ) -> Exchange:
        """Send one request below the API root and return the exchange."""
        ...


class Journal(Protocol):
    """What the drivers need of the journal (see journal.journal)."""

    @property
    def namespace(self) -> str:
        """The run's prefix."""
        ...

    def created(self, kind: str, id: Any, **extra: Any) -> None:
        """Note what this run created, before the next request."""
        ...

    def removed(self, kind: str, id: Any) -> None:
        """Note what this run took away."""
        ...


@dataclass(frozen=True)
class Product:
    """Something that can be ordered; the price is in cents."""

    post_id: int
    object_id: int
    unit_price: int
    fulfillment_type: str = "digital"
    title: str = "Product"


class Prerequisite(Exception):
    """What a scenario stands on could not be had; its requirements are not testable."""


T = TypeVar("T")

_numbers = itertools.count(1)


@dataclass(frozen=True)
class ShopCore:
    """One target in one profile, in the name of one identity."""

    client: Client
    wire: Wire
    journal: Journal
    profile: Profile
    products: tuple[Product, ...]
    identity: str = "admin"
    tag: str = ""
    learnt: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)
    """What need not be asked or made a second time, shared by all identities."""

    def keep(self, name: str, thing: object) -> None:
        """Keep something for a later scenario that needs it to be some seconds old."""
        self.learnt[name] = (time.monotonic(), thing)

    def aged(self, name: str, seconds: float, make: Callable[[], T]) -> T:
        """What was kept under a name, or made now, once it is that old: waits if it must."""
        if name not in self.learnt:
            self.keep(name, make())
        since, thing = self.learnt[name]
        time.sleep(max(0.0, since + seconds - time.monotonic()))
        found: T = thing
        return found

    def as_(self, identity: str) -> Self:
        """The same shop for another identity (admin, manager, low, none, wrong, garbled)."""
        return replace(self, identity=identity)

    def send(self, operation: str, *ids: object, **kwargs: Any) -> Answer:
        """Send any operation; `json`, `query`, `headers`, `content` go to the client."""
        method, path = route(operation, ids)
        kwargs.setdefault("identity", self.identity)
        return Answer(self.client.call(method, path, **kwargs))

    def fresh(self, what: str = "x") -> str:
        """A short text that carries the run's namespace and has not been used before."""
        return f"{self.journal.namespace}-{self.tag}{what}{next(_numbers)}"

    def fresh_email(self, what: str = "c") -> str:
        """An unused e-mail address below example.com."""
        return f"{self.fresh(what)}@example.com"

    def product(self, fulfillment_type: str | None = None, index: int = 0) -> Product:
        """A product to order.

        Raises:
            Prerequisite: when the target has none of that kind.
        """
        fits = [
            one for one in self.products
            if fulfillment_type is None or one.fulfillment_type == fulfillment_type
        ]  # fmt: skip
        if not fits:
            kind = fulfillment_type or "any kind of"
            raise Prerequisite(f"the target offers no {kind} product that can be ordered")
        return fits[index % len(fits)]

    def refusal(self, key: str, operation: str | None = None) -> tuple[int, ...]:
        """The statuses the profile allows for a refusal (`refund.missing_transaction` ...).

        Raises:
            KeyError: for a key the profile does not know, a mistake of the suite.
        """
        row = self.profile.refusals[key]
        if operation is not None:
            row = (row.get("by_operation") or {}).get(operation, row)
        return tuple(int(one) for one in row["status"])

    def refusal_codes(self, key: str, operation: str | None = None) -> tuple[str, ...]:
        """The error codes the profile allows for a refusal; empty where it names none."""
        row = self.profile.refusals[key]
        if operation is not None:
            row = (row.get("by_operation") or {}).get(operation, row)
        return tuple(row.get("code") or ())

    @property
    def absent(self) -> frozenset[str]:
        """Requirements that have no form in the profile, so that asking would be in vain."""
        name = self.profile.name
        return frozenset(one.id for one in load_requirements().values() if name in one.absent)

    def given(self, answer: Answer, what: str) -> Answer:
        """The answer, if it was accepted.

        Raises:
            Prerequisite: when the store did not do what the scenario stands on.
        """
        if not answer.accepted:
            raise Prerequisite(f"could not {what}: {answer}")
        return answer

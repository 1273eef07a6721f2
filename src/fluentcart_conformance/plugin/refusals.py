"""Groups of requests that a store must refuse: shared objects, read once when all were sent."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from fluentcart_conformance.drivers.answers import Answer
from fluentcart_conformance.drivers.core import Prerequisite
from fluentcart_conformance.drivers.record import Record
from fluentcart_conformance.drivers.shop import Shop
from fluentcart_conformance.drivers.values import UnreadableAnswer
from fluentcart_conformance.plugin.looking import assert_refused, requirement
from fluentcart_conformance.target.errors import ReadOnlyError, UnsafeRequestError

S = TypeVar("S")
Look = Mapping[str, Any]


@dataclass(frozen=True)
class Member:
    """One request of a group: what it shows, and how it is sent to any set of objects."""

    ids: tuple[str, ...]
    what: str
    send: Callable[..., Answer]


@dataclass
class Refusals(Generic[S]):
    """Requests that must be refused and change nothing, all on the same objects.

        group = Refusals(
            shop,
            arrange=lambda: shop.new_order(customer),
            look=lambda order: {"the order": shop.order(order.id)},
            known=lambda order: {"the order": order},
        )
        for name, body in BODIES.items():
            group.must_refuse(
                "ORD-UPDATE-DISCOUNT-MAX",
                send=lambda order, body=body: shop.update_order(order, **body),
                key="order.invalid",
                what=name,
            )
        group.nothing_changed("GEN-REFUSAL-KEEPS")

    Each request is looked at by itself, as it is answered. The objects are read once before the
    first (not at all where `known` tells what arranging them has already shown) and once at the
    end. Only if something moved, each request is repeated on objects of its own, so that the
    guilty one and its requirement are named. A request that is not refused fails its requirement
    at once and costs the objects: the next goes to new ones.

    `arrange` makes the objects, `look` reads what must stay, by what it is (records, or anything
    that can be compared), `apart_from` are members that other things move. A group may live longer
    than one scenario, as a fixture, and be asked `nothing_changed` as often as it likes: what was
    read last is what the next requests are compared with.
    """

    shop: Shop
    arrange: Callable[[], S]
    look: Callable[[S], Look]
    known: Callable[[S], Look] | None = None
    apart_from: Collection[str] = ()
    _stage: S | None = None
    _seen: Look | None = None
    _sent: list[Member] = field(default_factory=list)
    _lost: list[Member] = field(default_factory=list)

    @property
    def stage(self) -> S:
        """The objects, as they were when last arranged."""
        if self._stage is None:
            self._stage = self.arrange()
            self._seen = self.known(self._stage) if self.known else self.look(self._stage)
        return self._stage

    def must_refuse(
        self,
        *ids: str,
        send: Callable[..., Answer],
        key: str | None = None,
        operation: str | None = None,
        what: str = "",
    ) -> Answer | None:
        """Send a request; each requirement of `ids` demands that it be refused.

        `key` is a row of the profile's refusals, `operation` as for `assert_refused`; without a
        key any 4xx will do. None where the guard holds the request back.
        """
        stage, answer = self.stage, None
        try:
            with requirement(*ids):
                answer = send(stage)
                if key is not None:
                    assert_refused(self.shop, answer, key, operation, what)
                if not answer.refused:
                    raise AssertionError(f"{what}: {answer.excerpt}" if what else answer.excerpt)
        except ReadOnlyError:
            raise
        except UnsafeRequestError:
            return None
        member = Member(ids, what, send)
        if answer is None or not answer.refused:
            self.renew()
        else:
            self._sent.append(member)
        return answer

    def renew(self) -> None:
        """Give the objects up: something was carried out; the next request goes to new ones."""
        self._lost += self._sent
        self._sent, self._stage, self._seen = [], None, None

    def nothing_changed(self, *ids: str) -> None:
        """Read the objects; `ids` demand that none of the requests since the last look moved any.

        The guilty requests fail what they show, too. Where nothing was refused there is nothing
        to be said.
        """
        if not self._sent and not self._lost:
            return
        stage = self.stage
        for member in self._lost:  # the objects they were sent to are spoilt
            self._sent.append(member)
            member.send(stage)
        members, self._sent, self._lost = self._sent, [], []
        before, self._seen = self._seen or {}, None
        moved = self._moved(stage, before)
        if not moved:
            with requirement(*ids):
                pass
            return
        now = self._seen
        if now is None or self._moved(stage, now):
            guilty = False  # gone, or in motion by itself: repeating tells nothing more
        else:
            guilty = sum(self._is_guilty(member, ids) for member in members) > 0
        if not guilty:
            with requirement(*ids):
                raise AssertionError(f"changed by refused requests: {', '.join(moved)}")
        self.renew()
        self._lost = []

    def _is_guilty(self, member: Member, ids: tuple[str, ...]) -> bool:
        """Whether a request moves objects of its own."""
        moved: list[str] = []
        with requirement(*member.ids, *ids):
            stage = self.arrange()
            before = self.known(stage) if self.known else self.look(stage)
            answer = member.send(stage)
            moved = self._moved(stage, before)
            if moved:
                what = f"{member.what}: " if member.what else ""
                raise AssertionError(f"{what}{answer.status}, and changed: {', '.join(moved)}")
        return bool(moved)

    def _moved(self, stage: S, before: Look) -> list[str]:
        """What differs from an earlier look; what can now be seen is kept in `_seen`."""
        try:
            now = self.look(stage)
        except (Prerequisite, UnreadableAnswer) as error:
            self._seen = None
            return [f"cannot be read any more ({error})"]
        self._seen = now
        return [
            f"{what}{path}"
            for what, was in before.items()
            for path in _record(was).differences(_record(now.get(what)), self.apart_from)
        ]


def _record(value: Any) -> Record:
    return value if isinstance(value, Record) else Record({"": _plain(value)})


def _plain(value: Any) -> Any:
    if isinstance(value, Record):
        return value.raw
    if isinstance(value, list | tuple | set | frozenset):
        plain = [_plain(one) for one in value]
        return sorted(plain) if isinstance(value, set | frozenset) else plain
    return value

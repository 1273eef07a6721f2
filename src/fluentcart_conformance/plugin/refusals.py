"""Groups of requests that a store must refuse: shared objects, read once when all were sent."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from fluentcart_conformance.drivers.answers import Answer
from fluentcart_conformance.drivers.core import Prerequisite
from fluentcart_conformance.drivers.record import Record
from fluentcart_conformance.drivers.shop import Shop
from fluentcart_conformance.drivers.values import UnreadableAnswer
from fluentcart_conformance.plugin.looking import assert_refused, requirement
from fluentcart_conformance.plugin.wrong import Wrong
from fluentcart_conformance.target.errors import ReadOnlyError, UnsafeRequestError

SERVER_ERROR = 500
S = TypeVar("S")
Look = Mapping[str, Any]


@dataclass(frozen=True)
class Member:
    """One request of a group: what it shows, and how it is sent to any set of objects.

    `laws` are the requirements that say of it alone that it changes nothing.
    """

    ids: tuple[str, ...]
    what: str
    send: Callable[..., Answer]
    laws: tuple[str, ...] = ()


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
    end. Only if something moved, each request is repeated on new objects and looked at alone, so
    that the guilty one and its requirement are named. A request that is not refused fails its
    requirement at once. One that is carried out costs the objects: the next goes to new ones; one
    that ends in a failure (5xx) must have left them as they were, as a refused one must.

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
            self._seen = self.known(self._stage) if self.known else None
        return self._stage

    def _watched(self) -> S:
        """The objects, read since anything was carried out on them."""
        stage = self.stage
        if self._seen is None:
            try:
                self._seen = self.look(stage)
            except (Prerequisite, UnreadableAnswer):
                self.renew()
                stage = self.stage
                self._seen = self._seen or self.look(stage)
        return stage

    def must_refuse(
        self,
        *ids: str,
        send: Callable[..., Answer],
        key: str | None = None,
        operation: str | None = None,
        statuses: Collection[int] = range(400, 500),
        what: str = "",
        keeps: bool = True,
        law: str = "",
    ) -> Answer | None:
        """Send a request; each requirement of `ids` demands that it be refused.

        `key` is a row of the profile's refusals, `operation` as for `assert_refused`; without a
        key any of the statuses will do. `keeps` says whether `ids` demand that it change nothing,
        too, `law` names the requirement that does where it is another one. None where the guard
        holds the request back.
        """

        def fits(answer: Answer) -> None:
            if key is not None:
                assert_refused(self.shop, answer, key, operation, what)
            if answer.status not in statuses:
                raise AssertionError(f"{what}: {answer.excerpt}" if what else answer.excerpt)

        answer = self._answer(ids, self._watched(), send, fits)
        if answer is not None and _not_done(answer):
            laws = (law,) if law else ()
            self._sent.append(Member(ids if keeps else (), what, send, laws))
        return answer

    def must_refuse_each(
        self,
        wrongs: Collection[Wrong],
        good: Callable[[S], dict[str, Any]],
        send: Callable[[S, dict[str, Any]], Answer],
    ) -> None:
        """Send a `good` body with all of these wrong at once; each must be refused.

        What the refusal names is refused; what it does not name is sent again, alone.
        """

        def spoilt(stage: S, *chosen: Wrong) -> Answer:
            body = good(stage)
            for one in chosen:
                one.spoil(body)
            return send(stage, body)

        def alone(wrong: Wrong) -> Callable[[S], Answer]:
            return lambda stage: spoilt(stage, wrong)

        answer = spoilt(self._watched(), *wrongs)
        told = [one for one in wrongs if one.is_told_by(self.shop, answer)]
        if not _not_done(answer):
            self.renew()
        with requirement(*dict.fromkeys(one.requirement for one in told)):
            self._sent += [Member((one.requirement,), one.member, alone(one)) for one in told]
        for one in wrongs:
            if one not in told:
                self.must_refuse(one.requirement, send=alone(one), key=one.key, what=one.member)

    def must_keep(self, *ids: str, send: Callable[..., Answer], what: str = "") -> Answer | None:
        """Send a request that must change nothing even if it is served: a read."""

        def fits(answer: Answer) -> None:
            if not (answer.accepted or answer.refused):
                raise AssertionError(f"{what}: {answer.excerpt}" if what else answer.excerpt)

        answer = self._answer(ids, self._watched(), send, fits, served=True)
        if answer is not None:
            self._sent.append(Member(ids, what, send))
        return answer

    def may_change(self, *ids: str, send: Callable[..., Answer], what: str = "") -> Answer | None:
        """Send a request that may be refused or carried out, but not fail (5xx).

        What it changes is its own affair, unless it is refused; so the objects are read anew
        before the next group. Belongs behind `nothing_changed`, lest it hide what was sent before.
        """

        def fits(answer: Answer) -> None:
            if not (answer.accepted or answer.refused):
                raise AssertionError(f"{what}: {answer.excerpt}" if what else answer.excerpt)

        answer = self._answer(ids, self.stage, send, fits, served=True)
        if answer is not None and answer.refused and self._seen is not None:
            self._sent.append(Member(ids, what, send))
        else:
            self._seen = None
        return answer

    def _answer(
        self,
        ids: tuple[str, ...],
        stage: S,
        send: Callable[..., Answer],
        fits: Callable[[Answer], None],
        *,
        served: bool = False,
    ) -> Answer | None:
        """The answer, looked at; the objects are given up if it was carried out and may not be."""
        answer = None
        try:
            with requirement(*ids):
                answer = send(stage)
                fits(answer)
        except ReadOnlyError:
            raise
        except UnsafeRequestError:
            return None
        if answer is None or not (_not_done(answer) or (served and answer.accepted)):
            self.renew()
        return answer

    def renew(self) -> None:
        """Give the objects up: something was carried out; the next request goes to new ones."""
        self._lost += self._sent
        self._sent, self._stage, self._seen = [], None, None

    def nothing_changed(self, *ids: str) -> None:
        """Read the objects; `ids` demand that none of the requests since the last look moved any.

        So do the laws of the single requests. The guilty ones fail what they show, too. Where
        everything was carried out there is nothing to be said.
        """
        if not self._sent and not self._lost:
            return
        stage = self._watched()
        for member in self._lost:  # the objects they were sent to are spoilt
            self._sent.append(member)
            member.send(stage)
        members, self._sent, self._lost = self._sent, [], []
        before, self._seen = self._seen or {}, None
        moved = self._moved(stage, before)
        laws = dict.fromkeys([*ids, *(law for one in members for law in one.laws)])
        if not moved:
            with requirement(*laws):
                pass
            return
        now = self._seen
        if now is not None and self._moved(stage, now):
            guilty = False  # in motion by itself: repeating tells nothing more
        else:
            guilty = self._find_guilty(members, ids)
        if not guilty:
            with requirement(*laws):
                raise AssertionError(f"changed by refused requests: {', '.join(moved)}")
        self.renew()
        self._lost = []

    def _find_guilty(self, members: Iterable[Member], ids: tuple[str, ...]) -> bool:
        """Whether any of the requests moves new objects, each looked at by itself."""
        found, stage, before = False, None, None
        for member in members:
            kept = False
            with requirement(*dict.fromkeys([*member.ids, *member.laws, *ids])):
                if stage is None or before is None:
                    stage = self.arrange()
                    before = self.known(stage) if self.known else self.look(stage)
                answer = member.send(stage)
                moved = self._moved(stage, before)
                found = found or bool(moved)
                if moved:
                    what = f"{member.what}: " if member.what else ""
                    raise AssertionError(f"{what}{answer.status}, and changed: {', '.join(moved)}")
                kept = True
            before = self._seen if kept else None
        return found

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


def _not_done(answer: Answer) -> bool:
    """Whether the store says that it did not do what was asked: a refusal, or a failure."""
    return answer.refused or answer.status >= SERVER_ERROR


def _record(value: Any) -> Record:
    return value if isinstance(value, Record) else Record({"": _plain(value)})


def _plain(value: Any) -> Any:
    if isinstance(value, Record):
        return value.raw
    if isinstance(value, list | tuple | set | frozenset):
        plain = [_plain(one) for one in value]
        return sorted(plain) if isinstance(value, set | frozenset) else plain
    return value

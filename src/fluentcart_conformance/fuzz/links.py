"""Walks along the links that the description declares: what was made is used, then is gone.

A walk starts with an operation that makes something and goes from answer to answer, always along
a link that was not walked yet while there is one, in an order that the seed decides.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from fluentcart_conformance.contract.contract import load_contract
from fluentcart_conformance.drivers.answers import Answer
from fluentcart_conformance.drivers.core import Prerequisite
from fluentcart_conformance.drivers.routes import ROUTES
from fluentcart_conformance.drivers.values import UnreadableAnswer
from fluentcart_conformance.fuzz.aims import aim_at
from fluentcart_conformance.fuzz.attempt import Aim
from fluentcart_conformance.fuzz.breach import Breach
from fluentcart_conformance.fuzz.budget import Stopwatch
from fluentcart_conformance.fuzz.pool import Pool
from fluentcart_conformance.target.errors import (
    NoAnswerError,
    TargetGoneError,
    UnsafeRequestError,
)
from fluentcart_conformance.target.understood import UNSET

_PARAMETER = re.compile(r"\{([^}]+)\}")
_LONGEST = 8
# What comes after these has nothing to speak of any more.
_ENDS = ("delete_order", "delete_customer_address")


@dataclass(frozen=True, eq=False)
class Link:
    """A declared link. `parameters` and `body` hold runtime expressions."""

    source: str
    name: str
    target: str
    parameters: Mapping[str, Any]
    body: Any

    def __str__(self) -> str:
        """`create_order -> GetOrder`."""
        return f"{self.source} -> {self.name}"


@dataclass(frozen=True)
class Visit:
    """An answer with what led to it: links are followed from here."""

    aim: Aim
    answer: Answer


@dataclass
class LinkOutcome:
    """The links by what their walking answered (the status), what broke, what was left out."""

    declared: list[Link]
    walked: dict[Link, int] = field(default_factory=dict)
    breaches: dict[str, Breach] = field(default_factory=dict)
    looked: set[str] = field(default_factory=set)
    left_out: str = ""

    def __str__(self) -> str:
        """One line for the record."""
        accepted = sum(200 <= status < 300 for status in self.walked.values())
        words = f"{len(self.walked)} of {len(self.declared)} links walked, {accepted} accepted"
        missing = [str(one) for one in self.declared if one not in self.walked]
        if missing:
            words += f"; not walked: {', '.join(missing)}"
        return f"{words}; {self.left_out}" if self.left_out else words

    @property
    def listed(self) -> str:
        """Every walked link with its status."""
        return ", ".join(f"{link} {status}" for link, status in self.walked.items())


def declared_links(profile: str) -> list[Link]:
    """The links of accepted answers in the description of a profile."""
    found = []
    for item in load_contract(profile).document["paths"].values():
        for operation in item.values():
            if isinstance(operation, dict) and "responses" in operation:
                found += list(_links_of(operation))
    return found


def _links_of(operation: Mapping[str, Any]) -> Iterator[Link]:
    answer = operation["responses"].get("200") or {}
    for name, link in (answer.get("links") or {}).items():
        yield Link(
            operation["operationId"],
            name,
            link["operationId"],
            link.get("parameters") or {},
            link.get("requestBody"),
        )


class LinkWalker:
    """Walks until every link was walked or the time is over."""

    def __init__(self, pool: Pool, profile: str, seed: int) -> None:
        self._pool = pool
        self._chance = random.Random(seed)  # noqa: S311  (not a secret)
        self._stuck: set[Link] = set()
        self.outcome = LinkOutcome(declared_links(profile))

    def run(self, watch: Stopwatch) -> LinkOutcome:
        """Walk.

        Raises:
            TargetGoneError: when the store has gone.
        """
        while (left := self._left()) and not watch.over:
            try:
                self._walk(self._chance.choice(left).source, watch)
            except TargetGoneError:
                raise
            except NoAnswerError as error:
                self.outcome.left_out = f"the walks ended: {error}"
                break
        if watch.over:
            self.outcome.left_out = "the time was over"
        self._pool.focus(None)
        return self.outcome

    def _left(self) -> list[Link]:
        done = self.outcome.walked
        return [one for one in self.outcome.declared if one not in done and one not in self._stuck]

    def _walk(self, source: str, watch: Stopwatch) -> None:
        self._pool.focus(None)
        here = self._start(source)
        for _ in range(_LONGEST):
            ahead = [] if here is None else [
                one for one in self._left() if one.source == here.aim.operation
            ]  # fmt: skip
            if here is None or not ahead or watch.over:
                return
            link = self._chance.choice(ahead)
            there = self._follow(here, link)
            # Where the answer leads on, the walk goes on from there; otherwise it turns back.
            if there is not None and any(one.source == link.target for one in self._left()):
                here = there
            if link.target in _ENDS:
                return

    def _start(self, source: str) -> Visit | None:
        try:
            visit = self._visit(aim_at(source, self._pool))
        except (Prerequisite, UnreadableAnswer, UnsafeRequestError):
            visit = None
        if visit is None or not visit.answer.accepted:
            self._stuck |= {one for one in self._left() if one.source == source}
            return None
        return visit

    def _follow(self, here: Visit, link: Link) -> Visit | None:
        try:
            aim = self._aim_along(here, link)
            there = self._visit(aim)
        except (Prerequisite, UnreadableAnswer, UnsafeRequestError, LookupError) as error:
            self._stuck.add(link)
            self.outcome.left_out = f"{link} leads nowhere: {error}"[:200]
            return None
        self.outcome.walked[link] = there.answer.status
        self._judge(link, here, there)
        return there if there.answer.accepted else None

    def _aim_along(self, here: Visit, link: Link) -> Aim:
        """The target's request about what the link names.

        Raises:
            LookupError: when the answer does not hold what the link points at.
        """
        given = {name: _value(one, here) for name, one in link.parameters.items()}
        self._focus(link, given)
        aim = aim_at(link.target, self._pool)
        names = _PARAMETER.findall(ROUTES[link.target][1])
        ids = tuple(given.get(name, mine) for name, mine in zip(names, aim.ids, strict=False))
        body = aim.body
        if link.body is not None:
            body = _merged({} if body is UNSET else body, _value(link.body, here))
        return Aim(link.target, ids, body, aim.query, aim.watch)

    def _focus(self, link: Link, given: Mapping[str, Any]) -> None:
        """Let the drivers speak of the linked order or customer."""
        for name, value in given.items():
            if ROUTES[link.target][1].startswith("/customers"):
                self._pool.focus_customer(int(value))
            elif name in ("order", "order_id") or link.target == "get_order_transaction":
                self._pool.focus(int(value))
                return

    def _visit(self, aim: Aim) -> Visit:
        request = {} if aim.body is UNSET else {"json": aim.body}
        answer = self._pool.shop.send(aim.operation, *aim.ids, query=aim.query or None, **request)
        return Visit(aim, answer)

    def _judge(self, link: Link, here: Visit, there: Visit) -> None:
        """What an accepted answer names exists; what was deleted does not."""
        self.outcome.looked.add("GEN-READ-AFTER-WRITE")
        if there.answer.status == 404:
            self._broken("GEN-READ-AFTER-WRITE", link, here, there, "what was just answered")
        if link.target == "delete_order" and there.answer.accepted:
            self.outcome.looked.add("GEN-DELETED-GONE")
            self._pool.shop.journal.removed("order", there.aim.ids[0])
            again = self._pool.shop.get_order(there.aim.ids[0])
            if again.accepted:
                gone = Visit(there.aim, again)
                self._broken("GEN-DELETED-GONE", link, there, gone, "a refusal after the deletion")

    def _broken(
        self, requirement: str, link: Link, here: Visit, there: Visit, expected: str
    ) -> None:
        breach = Breach(
            requirement, link.target, f"{link}", expected, there.answer.excerpt[:160],
            f"1. {here.aim.operation}\n2. {link.target}",
            (here.answer.exchange, there.answer.exchange),
        )  # fmt: skip
        self.outcome.breaches.setdefault(breach.cause, breach)


def _value(expression: Any, here: Visit) -> Any:
    """A runtime expression of OpenAPI, or a table or list of them, worked out."""
    if isinstance(expression, dict):
        return {name: _value(one, here) for name, one in expression.items()}
    if isinstance(expression, list):
        return [_value(one, here) for one in expression]
    if not isinstance(expression, str) or not expression.startswith("$"):
        return expression
    where, _, pointer = expression.partition("#")
    if where == "$response.body":
        return _at(here.answer.body, pointer)
    if where.startswith("$request.path."):
        names = _PARAMETER.findall(ROUTES[here.aim.operation][1])
        return here.aim.ids[names.index(where.removeprefix("$request.path."))]
    if where == "$request.body":
        return _at(here.aim.body, pointer)
    raise LookupError(f"the expression {expression} is not known")


def _at(value: Any, pointer: str) -> Any:
    for part in pointer.split("/")[1:]:
        value = value[int(part)] if isinstance(value, list) else _member(value, part)
    if value is None:
        raise LookupError(f"nothing at {pointer}")
    return value


def _member(value: Any, name: str) -> Any:
    if not isinstance(value, dict):
        # What the answer lacks is one case for the walker, whatever stands there instead.
        raise LookupError(f"no member {name}")  # noqa: TRY004
    return value[name]


def _merged(mine: Any, linked: Any) -> Any:
    if isinstance(mine, dict) and isinstance(linked, dict):
        return {**mine, **{name: _merged(mine.get(name), one) for name, one in linked.items()}}
    return linked

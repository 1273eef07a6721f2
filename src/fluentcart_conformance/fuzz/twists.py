"""Requests bent on purpose: somebody else's ids, ids of nothing, members left out, odd values.

A twist is found on one valid request and applied to the next: each is sent with objects in a
fresh state.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import zip_longest
from typing import Any

from fluentcart_conformance.fuzz.attempt import Aim, Attempt, Intent
from fluentcart_conformance.fuzz.members import (
    Path,
    kind_at,
    leaves,
    members,
    spelled,
    without,
)
from fluentcart_conformance.fuzz.refusals import how, ruling
from fluentcart_conformance.fuzz.twist import Foreign, Twist, body_twist, nothings_id
from fluentcart_conformance.fuzz.twists_ids import foreign_ids, ids_of_nothing
from fluentcart_conformance.target.understood import UNSET

_ODD_TEXTS: tuple[Any, ...] = (
    "",
    "x" * 6000,
    '<b>"Tom\'s" & Ann</b>',
    "Жар-птица \u0000\u0007 🛒",
    [],
    7,
    None,
)
_FIGURES = {"total_spent": 9900, "order_count": 3, "purchase_count": 3, "ltv": 9900}
_CLAIMS: dict[str, dict[str, Any]] = {
    "create_customer": _FIGURES,
    "update_customer": _FIGURES,
    "create_order": {"total_paid": 100, "total_refund": 50},
}
_ODD_NUMBERS: tuple[Any, ...] = (-7, 0, 0.5, 10**19, "abc", [], None, True)
_ODD_PAGES = (0, -1, "abc", 10**19, 10**6, "1.5")


def twists(aim: Aim, seed: int) -> Iterator[Twist]:
    """The twists of an operation, seen on one of its aims: kinds of twists by turns, seeded."""
    chance = random.Random(f"{seed}:{aim.operation}")  # noqa: S311  (not a secret)
    kinds = (
        foreign_ids(aim),
        ids_of_nothing(aim),
        _dropped(aim),
        _bent(aim),
        _lists(aim),
        _claimed(aim),
    )
    groups = [list(group) for group in kinds]
    for group in groups:
        chance.shuffle(group)
    # What a requirement rules out by name shows most, and one of a kind shows most of its kind.
    ruled = [[one for one in group if _ruled(aim, one)] for group in groups]
    yield from _by_turns([list(_once(group)) for group in ruled])
    yield from _by_turns([list(_again(group)) for group in ruled])
    yield from _by_turns([[one for one in group if not _ruled(aim, one)] for group in groups])


def _ruled(aim: Aim, twist: Twist) -> bool:
    if twist.intent in (Intent.TWICE, Intent.MIXED, Intent.CLAIMED):
        return True
    return ruling(aim.operation, twist.intent, twist.about) is not None


def _once(group: list[Twist]) -> Iterator[Twist]:
    """The first twist of every place."""
    seen: set[str] = set()
    for one in group:
        if one.about not in seen:
            seen.add(one.about)
            yield one


def _again(group: list[Twist]) -> Iterator[Twist]:
    """The further twists of a place; a member left out shows in one state and not in another."""
    first = {id(one) for one in _once(group)}
    yield from (one for one in group if id(one) not in first or one.intent is Intent.DROPPED)


def _by_turns(groups: list[list[Twist]]) -> Iterator[Twist]:
    for row in zip_longest(*groups):
        yield from (one for one in row if one is not None)


# -- members --------------------------------------------------------------------------------------


def _dropped(aim: Aim) -> Iterator[Twist]:
    if aim.body is UNSET:
        return
    for path in members(aim.body):
        yield Twist(Intent.DROPPED, spelled(path), _dropper(path))


def _dropper(path: Path) -> Callable[[Aim, Foreign], Attempt | None]:
    def apply(aim: Aim, _: Foreign) -> Attempt | None:
        if path not in members(aim.body):
            return None
        body = without(aim.body, path)
        return Attempt.of(aim, Intent.DROPPED, body=body, about=spelled(path))

    return apply


def _bent(aim: Aim) -> Iterator[Twist]:
    for name in ("page", "per_page"):
        if aim.operation in ("list_orders", "list_customers"):
            yield from (_query_twist(name, value) for value in _ODD_PAGES)
    if aim.body is UNSET:
        return
    for path, value in leaves(aim.body):
        name, kind = spelled(path), kind_at(aim.operation, path)
        if isinstance(path[-1], int):
            name += "[]"  # one of a list, which is not the list
        if isinstance(value, int | float) and not isinstance(value, bool):
            yield body_twist(Intent.SPELLED, name, path, _as_text)
            odd: tuple[Any, ...] = _ODD_NUMBERS
            if kind:
                odd = ("abc", None, [])
                yield body_twist(Intent.BENT, f"{name}: negative", path, _negative)
        elif kind:
            yield body_twist(Intent.BENT, f"{name}: negative", path, _negative)
            continue
        else:
            odd = _ODD_TEXTS
            yield body_twist(Intent.BENT, f"{name}: other words", path, lambda _: "bogus")
        for one in odd:
            yield body_twist(Intent.BENT, f"{name}: {how(one)}", path, partial(_always, one))
        if path[-1] == "email":
            yield body_twist(Intent.BENT, f"{name}: too long", path, _long_email)


def _lists(aim: Aim) -> Iterator[Twist]:
    """Lists of ids: the same id twice, and none at all."""
    if not isinstance(aim.body, dict):
        return
    for name, value in aim.body.items():
        if not isinstance(value, list) or not value:
            continue
        yield Twist(Intent.BENT, f"{name}: an empty list", _with(Intent.BENT, name, lambda _: []))
        if kind_at(aim.operation, (name,)):
            yield Twist(Intent.TWICE, name, _with(Intent.TWICE, name, lambda rows: rows * 2))
            mixed = _with(Intent.MIXED, name, lambda rows: [*rows, nothings_id()])
            yield Twist(Intent.MIXED, name, mixed)


def _claimed(aim: Aim) -> Iterator[Twist]:
    """Members that only the store may give a value."""
    claims = _CLAIMS.get(aim.operation)
    if claims:
        about = " and ".join(claims)

        def apply(aim: Aim, _: Foreign) -> Attempt | None:
            return Attempt.of(aim, Intent.CLAIMED, body={**aim.body, **claims}, about=about)

        yield Twist(Intent.CLAIMED, about, apply)


def _with(
    intent: Intent, name: str, new: Callable[[list[Any]], list[Any]]
) -> Callable[[Aim, Foreign], Attempt | None]:
    def apply(aim: Aim, _: Foreign) -> Attempt | None:
        value = aim.body.get(name)
        if not isinstance(value, list):
            return None
        about = f"{name}: an empty list" if intent is Intent.BENT else name
        return Attempt.of(aim, intent, body={**aim.body, name: new(value)}, about=about)

    return apply


def _always(value: Any, _: Any) -> Any:
    return value


def _long_email(value: Any) -> Any:
    """Well-formed, and longer than any store may take."""
    return f"{'x' * 6000}{value}"


def _as_text(value: Any) -> Any:
    return str(value)


def _negative(value: Any) -> Any:
    return f"-{value}" if isinstance(value, str) else -value


def _query_twist(name: str, value: Any) -> Twist:
    def apply(aim: Aim, _: Foreign) -> Attempt | None:
        return replace(Attempt.of(aim, Intent.BENT, about=name), query={**aim.query, name: value})

    return Twist(Intent.BENT, name, apply)

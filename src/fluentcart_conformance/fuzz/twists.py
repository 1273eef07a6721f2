"""Requests bent on purpose: somebody else's ids, ids of nothing, members left out, odd values.

A twist is found on one valid request and applied to the next: each is sent with objects in a
fresh state.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from itertools import count, zip_longest
from typing import Any

from fluentcart_conformance.fuzz.attempt import Aim, Attempt, Intent
from fluentcart_conformance.fuzz.members import (
    Path,
    kind_at,
    leaves,
    members,
    path_kinds,
    replaced,
    spelled,
    without,
)
from fluentcart_conformance.fuzz.refusals import TWICE, how, ruling
from fluentcart_conformance.target.understood import UNSET

_MAKE_CUSTOMERS = ("create_customer", "update_customer", "create_and_change_customer")
_absent = count(10**12 + 10**9)
_NOBODY = (0, -1, 10**19, "abc")
_PARTS = ("transaction", "order_address", "order_item", "address")
_ODD_TEXTS: tuple[Any, ...] = (
    "",
    "x" * 6000,
    '<b>"Tom\'s" & Ann</b>',
    "Жар-птица \u0000\u0007 🛒",
    [],
    7,
    None,
)
_ODD_NUMBERS: tuple[Any, ...] = (-7, 0, 0.5, 10**19, "abc", [], None, True)
_ODD_PAGES = (0, -1, "abc", 10**19, 10**6, "1.5")
Foreign = Mapping[str, Any]


@dataclass(frozen=True)
class Twist:
    """One way to bend a valid request; `apply` gives None where the request has no such place."""

    intent: Intent
    about: str
    apply: Callable[[Aim, Foreign], Attempt | None]


def twists(aim: Aim, seed: int) -> Iterator[Twist]:
    """The twists of an operation, seen on one of its aims: kinds of twists by turns, seeded."""
    chance = random.Random(f"{seed}:{aim.operation}")  # noqa: S311  (not a secret)
    kinds = (_foreign(aim), _nothing(aim), _dropped(aim), _bent(aim), _lists(aim))
    groups = [list(group) for group in kinds]
    for group in groups:
        chance.shuffle(group)
    # What a requirement rules out by name shows most.
    yield from _by_turns([[one for one in group if _ruled(aim, one)] for group in groups])
    yield from _by_turns([[one for one in group if not _ruled(aim, one)] for group in groups])


def _ruled(aim: Aim, twist: Twist) -> bool:
    if twist.intent is Intent.TWICE:
        return (aim.operation, twist.about) in TWICE
    return ruling(aim.operation, twist.intent, twist.about) is not None


def _by_turns(groups: list[list[Twist]]) -> Iterator[Twist]:
    for row in zip_longest(*groups):
        yield from (one for one in row if one is not None)


# -- ids ------------------------------------------------------------------------------------------


def _foreign(aim: Aim) -> Iterator[Twist]:
    kinds = path_kinds(aim.operation)
    if len(kinds) > 1:
        yield from (_path_twist(Intent.FOREIGN, at, kind) for at, kind in enumerate(kinds))
    named = {spelled(path): path for path, _ in leaves(aim.body) if aim.body is not UNSET}
    for name, path in named.items():
        kind = kind_at(aim.operation, path)
        if kind in _PARTS or (kind == "order" and len(kinds) > 1):
            yield _body_twist(Intent.FOREIGN, name, path, partial(_of_kind, kind))
    if any(kind_at(aim.operation, path) == "address" for path in named.values()) and (
        aim.operation.endswith("address") and kinds == ("customer",)
    ):
        yield _path_twist(Intent.FOREIGN, 0, "customer")
    yield from _impostors(aim, named)


def _impostors(aim: Aim, named: Mapping[str, Path]) -> Iterator[Twist]:
    """Taking the neighbour's e-mail, alone and with the id; lines that are the neighbour's."""
    if "email" in named and aim.operation in _MAKE_CUSTOMERS:
        yield _body_twist(Intent.FOREIGN, "email", ("email",), lambda them: them.get("email"))
    if aim.operation == "update_customer" and "id" in named:
        yield Twist(Intent.FOREIGN, "id and email", _impersonate)
    if aim.operation == "update_order":
        yield Twist(Intent.FOREIGN, "deletedItems", _delete_foreign_line)


def _impersonate(aim: Aim, them: Foreign) -> Attempt | None:
    body = {**aim.body, "id": them["customer"], "email": them["email"]}
    return Attempt.of(aim, Intent.FOREIGN, body=body, about="id and email")


def _delete_foreign_line(aim: Aim, them: Foreign) -> Attempt | None:
    body = {**aim.body, "deletedItems": [them["order_item"]]}
    return Attempt.of(aim, Intent.FOREIGN, body=body, about="deletedItems")


def _nothing(aim: Aim) -> Iterator[Twist]:
    for at in range(len(aim.ids)):
        yield _nobody_twist(at, None)
        yield from (_nobody_twist(at, value) for value in _NOBODY)
    if aim.body is UNSET:
        return
    for path, _ in leaves(aim.body):
        if kind_at(aim.operation, path) or path[-1] == "object_id":
            yield _body_twist(Intent.ABSENT, spelled(path), path, lambda _: next(_absent))


def _nobody_twist(at: int, value: Any) -> Twist:
    about = f"path id {at + 1}"

    def apply(aim: Aim, _: Foreign) -> Attempt | None:
        chosen = next(_absent) if value is None else value
        ids = (*aim.ids[:at], chosen, *aim.ids[at + 1 :])
        return Attempt.of(aim, Intent.ABSENT, ids=ids, about=about)

    return Twist(Intent.ABSENT, about, apply)


def _path_twist(intent: Intent, at: int, kind: str) -> Twist:
    about = f"path {kind}"

    def apply(aim: Aim, them: Foreign) -> Attempt | None:
        if kind not in them or len(aim.ids) <= at:
            return None
        ids = (*aim.ids[:at], them[kind], *aim.ids[at + 1 :])
        return Attempt.of(aim, intent, ids=ids, about=about)

    return Twist(intent, about, apply)


# -- members --------------------------------------------------------------------------------------


def _dropped(aim: Aim) -> Iterator[Twist]:
    if aim.body is UNSET:
        return
    for path in members(aim.body):
        yield Twist(Intent.DROPPED, spelled(path), _dropper(path))


def _dropper(path: Path) -> Callable[[Aim, Foreign], Attempt | None]:
    def apply(aim: Aim, _: Foreign) -> Attempt | None:
        try:
            body = without(aim.body, path)
        except (KeyError, IndexError, TypeError):
            return None
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
        if isinstance(value, int | float) and not isinstance(value, bool):
            yield _body_twist(Intent.SPELLED, name, path, _as_text)
            odd: tuple[Any, ...] = _ODD_NUMBERS
            if kind:
                odd = ("abc", None, [])
                yield _body_twist(Intent.BENT, f"{name}: negative", path, _negative)
        elif kind:
            yield _body_twist(Intent.BENT, f"{name}: negative", path, _negative)
            continue
        else:
            odd = _ODD_TEXTS
            yield _body_twist(Intent.BENT, f"{name}: other words", path, lambda _: "bogus")
        for one in odd:
            yield _body_twist(Intent.BENT, f"{name}: {how(one)}", path, partial(_always, one))


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


def _with(
    intent: Intent, name: str, new: Callable[[list[Any]], list[Any]]
) -> Callable[[Aim, Foreign], Attempt | None]:
    def apply(aim: Aim, _: Foreign) -> Attempt | None:
        value = aim.body.get(name)
        if not isinstance(value, list):
            return None
        about = name if intent is Intent.TWICE else f"{name}: an empty list"
        return Attempt.of(aim, intent, body={**aim.body, name: new(value)}, about=about)

    return apply


def _of_kind(kind: str, them: Foreign) -> Any:
    return them.get(kind)


def _always(value: Any, _: Any) -> Any:
    return value


def _as_text(value: Any) -> Any:
    return str(value)


def _negative(value: Any) -> Any:
    return f"-{value}" if isinstance(value, str) else -value


def _query_twist(name: str, value: Any) -> Twist:
    def apply(aim: Aim, _: Foreign) -> Attempt | None:
        return replace(Attempt.of(aim, Intent.BENT, about=name), query={**aim.query, name: value})

    return Twist(Intent.BENT, name, apply)


def _body_twist(intent: Intent, about: str, path: Path, new: Callable[[Any], Any]) -> Twist:
    """`new` is given the neighbour's ids for a foreign value, the value that stands there else."""

    def apply(aim: Aim, them: Foreign) -> Attempt | None:
        at = dict(leaves(aim.body))
        if path not in at:
            return None
        value = new(them if intent is Intent.FOREIGN else at[path])
        if intent is Intent.FOREIGN and value is None:
            return None
        return Attempt.of(aim, intent, body=replaced(aim.body, path, value), about=about)

    return Twist(intent, about, apply)

"""Requests about other objects than their own: somebody else's, and what does not exist."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from fluentcart_conformance.fuzz.attempt import Aim, Attempt, Intent
from fluentcart_conformance.fuzz.members import Path, kind_at, leaves, path_kinds, spelled
from fluentcart_conformance.fuzz.twist import Foreign, Twist, body_twist, nothings_id
from fluentcart_conformance.target.understood import UNSET

_MAKE_CUSTOMERS = ("create_customer", "update_customer", "create_and_change_customer")
_NOBODY = (0, -1, 10**19, "abc")
_PARTS = ("transaction", "order_address", "order_item", "address")


def foreign_ids(aim: Aim) -> Iterator[Twist]:
    """What is the neighbour's in the place of one's own."""
    kinds = path_kinds(aim.operation)
    if len(kinds) > 1:
        yield from (_path_twist(Intent.FOREIGN, at, kind) for at, kind in enumerate(kinds))
    named = {spelled(path): path for path, _ in leaves(aim.body) if aim.body is not UNSET}
    for name, path in named.items():
        kind = kind_at(aim.operation, path)
        if kind in _PARTS or (kind == "order" and len(kinds) > 1):
            yield body_twist(Intent.FOREIGN, name, path, partial(_of_kind, kind))
    if any(kind_at(aim.operation, path) == "address" for path in named.values()) and (
        aim.operation.endswith("address") and kinds == ("customer",)
    ):
        yield _path_twist(Intent.FOREIGN, 0, "customer")
    yield from _impostors(aim, named)


def _impostors(aim: Aim, named: Mapping[str, Path]) -> Iterator[Twist]:
    """Taking the neighbour's e-mail, alone and with the id; lines that are the neighbour's."""
    if aim.operation in _MAKE_CUSTOMERS:
        yield Twist(Intent.FOREIGN, "email", _take_email)
    if aim.operation == "update_customer" and "id" in named:
        yield Twist(Intent.FOREIGN, "id and email", _impersonate)
    if aim.operation == "update_order":
        yield Twist(Intent.FOREIGN, "deletedItems", _delete_foreign_line)


def _take_email(aim: Aim, them: Foreign) -> Attempt | None:
    body = {**aim.body, "email": them["email"]}
    return Attempt.of(aim, Intent.FOREIGN, body=body, about="email")


def _impersonate(aim: Aim, them: Foreign) -> Attempt | None:
    body = {**aim.body, "id": them["customer"], "email": them["email"]}
    return Attempt.of(aim, Intent.FOREIGN, body=body, about="id and email")


def _delete_foreign_line(aim: Aim, them: Foreign) -> Attempt | None:
    body = {**aim.body, "deletedItems": [them["order_item"]]}
    return Attempt.of(aim, Intent.FOREIGN, body=body, about="deletedItems")


def ids_of_nothing(aim: Aim) -> Iterator[Twist]:
    """Ids that nothing has, in the path and in the body."""
    for at in range(len(aim.ids)):
        yield _nobody_twist(at, None)
        # A store that makes an address for that customer never shows it again: it would stay.
        nobody = (0, -1, "abc") if aim.operation == "create_customer_address" else _NOBODY
        yield from (_nobody_twist(at, value) for value in nobody)
    if aim.body is UNSET:
        return
    for path, _ in leaves(aim.body):
        if kind_at(aim.operation, path) or path[-1] == "object_id":
            yield body_twist(Intent.ABSENT, spelled(path), path, lambda _: nothings_id())


def _nobody_twist(at: int, value: Any) -> Twist:
    about = f"path id {at + 1}"

    def apply(aim: Aim, _: Foreign) -> Attempt | None:
        chosen = nothings_id() if value is None else value
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


def _of_kind(kind: str, them: Foreign) -> Any:
    return them.get(kind)

"""Faults: deliberate defects of the embedded store, each declared in a few lines.

A fault names the requirements it breaks as plain words; the store knows nothing of the contract.
`serve --fault ID` puts faults on, `fluentcart-conformance faults` lists them.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from fluentcart_conformance.store.faults.model import AREAS, KINDS, Change, Fault, Room

if TYPE_CHECKING:
    from fluentcart_conformance.store.server import EmbeddedStore

__all__ = ["AREAS", "KINDS", "Change", "Fault", "FaultError", "Room", "faults", "put_on"]

_ROOMS = (
    "orders",
    "lists",
    "shipping",
    "transactions",
    "refunds",
    "bulk",
    "customers",
    "addresses",
    "auth",
    "areas",
    "errors",
    "shapes",
    "shapes_answers",
    "protocol",
)


class FaultError(Exception):
    """A fault that cannot be put on: unknown, or beside one it excludes."""


@cache
def faults() -> dict[str, Fault]:
    """Every fault by id, in the order of the areas.

    Raises:
        FaultError: when an id is declared twice.
    """
    found: dict[str, Fault] = {}
    for name in _ROOMS:
        room: Room = import_module(f"{__name__}.{name}").room
        for fault in room.faults:
            if fault.id in found:
                raise FaultError(f"the fault {fault.id} is declared twice")
            found[fault.id] = fault
    order = {area: place for place, area in enumerate(AREAS)}
    return dict(sorted(found.items(), key=lambda pair: order[pair[1].area]))


def chosen(ids: Iterable[str]) -> list[Fault]:
    """The faults of these ids.

    Raises:
        FaultError: for an unknown id, or two that exclude each other.
    """
    known = faults()
    wanted = list(dict.fromkeys(ids))
    for one in wanted:
        if one not in known:
            raise FaultError(f"unknown fault {one!r}{_nearest(one, known)}")
    found = [known[one] for one in wanted]
    for fault in found:
        for other in fault.excludes:
            if other in wanted:
                raise FaultError(f"the faults {fault.id} and {other} exclude each other")
    return found


def put_on(store: EmbeddedStore, ids: Iterable[str]) -> None:
    """Put faults on a store.

    Raises:
        FaultError: for an unknown id, or two that exclude each other.
    """
    for fault in chosen(ids):
        fault.change.install(store)


def _nearest(name: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches  # noqa: PLC0415 - only for a mistake

    near = get_close_matches(name, list(known), 1)
    return f"; did you mean {near[0]}?" if near else ""

"""What a fault is, and the rooms faults are declared in."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fluentcart_conformance.store.server import EmbeddedStore

AREAS = (
    "orders",
    "lists",
    "shipping",
    "transactions",
    "refunds",
    "bulk",
    "customers",
    "addresses",
    "auth",
    "errors",
)
KINDS = (
    "member missing",
    "wrong type",
    "wrong value",
    "second only",
    "off by one",
    "unit",
    "ignored",
    "rule forgotten",
    "refused",
    "no effect",
    "half done",
    "wrong object",
    "side effect",
    "stale",
    "ownership",
    "authentication",
    "wrong status",
    "403 for 401",
    "error as success",
    "error body",
    "server error",
    "leak",
    "not JSON",
    "content type",
    "slow",
    "cut off",
)


@dataclass(frozen=True)
class Change:
    """Something wrapped around a store before it serves.

    Attributes:
        install: Puts the wrapper on.
        operations: Operations whose exchanges show it; empty when it may show anywhere.
    """

    install: Callable[[EmbeddedStore], None]
    operations: tuple[str, ...] = ()


@dataclass(frozen=True)
class Fault:
    """One deliberate defect.

    Attributes:
        id: Kebab-case, never reused.
        requirements: Ids of the requirements it breaks, the first being the one it is about.
        kind: One of KINDS.
        sentence: What the store does wrong.
        slow: Seconds the store takes for one answer on purpose; 0 for none.
        family: Profiles it can be seen in: "documented", "fluentcart", or "" for all.
        excludes: Ids of faults it cannot stand beside.
    """

    id: str
    requirements: tuple[str, ...]
    area: str
    kind: str
    sentence: str
    change: Change
    slow: float = 0.0
    family: str = ""
    excludes: tuple[str, ...] = ()

    @property
    def operations(self) -> tuple[str, ...]:
        """Operations whose exchanges show it; empty when it may show anywhere."""
        return self.change.operations


class Room:
    """The faults of one area, in the order of their declaration."""

    def __init__(self, area: str) -> None:
        self.area = area
        self.faults: list[Fault] = []

    def add(
        self,
        id: str,
        requirements: str | Iterable[str],
        kind: str,
        sentence: str,
        change: Change,
        *,
        area: str = "",
        slow: float = 0.0,
        family: str = "",
        excludes: tuple[str, ...] = (),
    ) -> None:
        """Declare a fault; `requirements` is one id or several."""
        named = (requirements,) if isinstance(requirements, str) else tuple(requirements)
        where = area or self.area
        self.faults.append(Fault(id, named, where, kind, sentence, change, slow, family, excludes))


def together(*changes: Change) -> Change:
    """Several changes as one."""

    def install(store: EmbeddedStore) -> None:
        for change in changes:
            change.install(store)

    names = [name for change in changes for name in change.operations]
    return Change(install, tuple(dict.fromkeys(names)))

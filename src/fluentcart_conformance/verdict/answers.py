"""The answers of two stores to the same scenarios, member by member.

A difference counts only when it cannot come from the data: the kind (or value) on one side must
never have been seen at this place on the other side, in any answer of the operation.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from .events import Event, ExchangeEvent
from .pairs import Exchanges, Own, by_luck, comparable, own_of, request_of, twins
from .shapes import Leaf, Shape, parent_of, shape_of

_FEW_VALUES = 12
"""A place with more values than this holds data, not words of the interface."""


_FIGURES = frozenset(
    {
        "aov",
        "average_order_value",
        "first_purchase_date",
        "from",
        "last_page",
        "last_purchase_date",
        "links",
        "ltv",
        "order_count",
        "purchase_count",
        "purchase_value",
        "to",
        "total",
        "total_pages",
        "total_spent",
    }
)
"""Numbers that follow from what else is in a store, or happened in it before."""


@dataclass(frozen=True)
class Difference:
    """One thing that is not the same, at every place where it shows.

    `kind` is `status`, `appears`, `vanishes`, `kind` or `value`; `member` the name with its
    parent; `times` how many pairs of answers show it; `example` the ids of two exchanges.
    """

    kind: str
    member: str
    before: str
    after: str
    operations: tuple[str, ...]
    pointers: tuple[str, ...]
    times: int
    example: tuple[str, str]
    scenario: str


@dataclass(frozen=True)
class Answers:
    """What two stores answered differently; `pairs` answers were compared, `alone` had no twin."""

    differences: tuple[Difference, ...]
    pairs: int
    alone: int
    routes_appear: tuple[str, ...] = ()
    routes_vanish: tuple[str, ...] = ()

    @property
    def same(self) -> bool:
        """Whether nothing differs."""
        return not (self.differences or self.routes_appear or self.routes_vanish)


@dataclass
class _Side:
    """Everything one store answered, by operation: which leaves at which place."""

    exchanges: Exchanges = field(default_factory=dict)
    own: Own = field(default_factory=set)
    leaves: dict[tuple[str, str], set[Leaf]] = field(default_factory=lambda: defaultdict(set))
    shapes: dict[str, Shape] = field(default_factory=dict)
    statuses: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))


_Key = tuple[str, str, str, str]
_Places = list[tuple[str, str, str, str, str]]
_Found = dict[_Key, _Places]


def compare_answers(
    before: Iterable[Event],
    after: Iterable[Event],
    routes: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset()),
) -> Answers:
    """Compare the answers of two records; `routes` are the paths that each store lists."""
    old, new = _side(before), _side(after)
    pairs = twins(old.exchanges, new.exchanges)
    found: _Found = defaultdict(list)
    for one, two in pairs:
        for kind, pointer, was, now in _pair(one, two, old, new):
            place = (str(one["operation"]), pointer, one["id"], two["id"], str(one["scenario"]))
            found[kind, _member(pointer), was, now].append(place)
    return Answers(
        tuple(
            sorted(
                (_difference(*item) for item in found.items() if not _chance(*item, old, new)),
                key=_order,
            )
        ),
        pairs=len(pairs),
        alone=len(old.exchanges) + len(new.exchanges) - 2 * len(pairs),
        routes_appear=tuple(sorted(routes[1] - routes[0])),
        routes_vanish=tuple(sorted(routes[0] - routes[1])),
    )


def _chance(key: _Key, seen: _Places, old: _Side, new: _Side) -> bool:
    """Whether it may come from the data.

    Lists show rows of other people: a value there, or what shows once, says nothing. A status
    that changed once, where both stores give both statuses elsewhere, may be the luck of an id.
    """
    kind, _, was, now = key
    if kind == "status":
        statuses = (int(was), int(now))
        known = all(
            status in side.statuses[seen[0][0]] for side in (old, new) for status in statuses
        )
        return len(seen) == 1 and known
    listed = all(one[0].startswith("list_") for one in seen)
    return listed and (kind == "value" or len(seen) == 1)


def _side(events: Iterable[Event]) -> _Side:
    side = _Side()
    counted: dict[tuple[Any, ...], int] = defaultdict(int)
    for event in events:
        if event["type"] != "exchange" or not event["operation"] or not comparable(event):
            continue
        request = (event["scenario"], event["identity"], event["operation"], *request_of(event))
        counted[request] += 1
        side.exchanges[*request, counted[request]] = event
        side.own |= own_of(event)
        side.statuses[event["operation"]].add(event["status"])
        shape = _shape(event)
        side.shapes[event["id"]] = shape
        for pointer, leaves in shape.items():
            side.leaves[_place(event, pointer)] |= leaves
    return side


def _shape(event: ExchangeEvent) -> Shape:
    try:
        return shape_of(json.loads(event["response"]["body"] or ""))
    except (ValueError, RecursionError):
        return {"": {Leaf("no JSON")}}


def _place(event: ExchangeEvent, pointer: str) -> tuple[str, str]:
    """Accepted and refused answers of an operation have members of their own."""
    return f"{event['operation']} {event['status'] // 100}", pointer


def _pair(
    one: ExchangeEvent, two: ExchangeEvent, old: _Side, new: _Side
) -> Iterator[tuple[str, str, str, str]]:
    if one["status"] != two["status"]:
        if by_luck(one, two, (old.own, new.own)):
            return
        yield "status", "", str(one["status"]), str(two["status"])
        return
    was, now = old.shapes[one["id"]], new.shapes[two["id"]]
    for pointer in sorted({*was, *now}):
        place = _place(one, pointer)
        above = _place(one, parent_of(pointer))
        if pointer not in now:
            if place not in new.leaves and _object(now, pointer) and above in new.leaves:
                yield "vanishes", pointer, _kinds(was[pointer]), ""
        elif pointer not in was:
            if place not in old.leaves and _object(was, pointer) and above in old.leaves:
                yield "appears", pointer, "", _kinds(now[pointer])
        else:
            change = _change(
                pointer, was[pointer], now[pointer], old.leaves[place], new.leaves[place]
            )
            if change is not None:
                yield change[0], pointer, change[1], change[2]


def _object(shape: Shape, pointer: str) -> bool:
    """Whether the parent is an object here, so that the member could have been there."""
    return any(leaf.kind == "object" for leaf in shape.get(parent_of(pointer), ()))


def _change(
    pointer: str, was: set[Leaf], now: set[Leaf], ever_was: set[Leaf], ever_now: set[Leaf]
) -> tuple[str, str, str] | None:
    kinds = {one.kind for one in was}, {one.kind for one in now}
    if kinds[0] != kinds[1]:
        gone = {one.kind for one in was} - {one.kind for one in ever_now}
        come = {one.kind for one in now} - {one.kind for one in ever_was}
        # A list that happens to be empty, an object that happens to be missing: data.
        told = (gone, come) if gone and come else (gone or kinds[0], come or kinds[1])
        if (gone or come) and not _both_containers(*told):
            return "kind", " or ".join(sorted(told[0])), " or ".join(sorted(told[1]))
        return None
    if (
        was == now
        or pointer.rpartition("/")[2] in _FIGURES
        or max(len(ever_was), len(ever_now)) > _FEW_VALUES
    ):
        return None
    gone_values, come_values = was - ever_now, now - ever_was
    if gone_values and come_values:
        return "value", _values(gone_values), _values(come_values)
    return None


def _both_containers(was: set[str], now: set[str]) -> bool:
    """Full or empty is a matter of data, and so is which of the two PHP prints for nothing."""
    return all("list" in kind or "object" in kind for kind in was | now) and (
        {"empty list", "empty object"} & (was | now) != set()
    )


_EMPTY = "empty "


def _kinds(leaves: set[Leaf]) -> str:
    """The kinds of a member that one side lacks; whether it is empty there is data."""
    return " or ".join(sorted({one.kind.removeprefix(_EMPTY) for one in leaves}))


def _values(leaves: set[Leaf]) -> str:
    return ", ".join(sorted(map(str, leaves))[:3])


def _member(pointer: str) -> str:
    """The last two names: what a reader knows a member by."""
    names = [name for name in pointer.split("/") if name not in ("", "*")]
    return ".".join(names[-2:]) if names else "the answer"


def _difference(key: _Key, seen: _Places) -> Difference:
    kind, member, was, now = key
    first = seen[0]
    return Difference(
        kind=kind,
        member=member,
        before=was,
        after=now,
        operations=tuple(sorted({one[0] for one in seen})),
        pointers=tuple(sorted({one[1] for one in seen})),
        times=len(seen),
        example=(first[2], first[3]),
        scenario=first[4],
    )


_KINDS = ("status", "appears", "vanishes", "kind", "value")


def _order(one: Difference) -> tuple[int, str, str, int]:
    return _KINDS.index(one.kind), one.member, one.before, -one.times

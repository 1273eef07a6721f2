"""What has to be done before one request so that it can be repeated elsewhere: its own history.

A finding's request speaks of objects that the run has taken away. Its history makes them anew.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from fluentcart_conformance.contract.contract import load_contract
from fluentcart_conformance.contract.exchange import Exchange
from fluentcart_conformance.fuzz.members import Path, kind_at, leaves, path_kinds
from fluentcart_conformance.target.address import route_of
from fluentcart_conformance.target.detect import integer

Named = tuple[str, int]
_MAKES = {
    "create_customer": "customer",
    "create_order": "order",
    "create_customer_address": "address",
    "create_and_change_customer": "customer",
}
_HOLDERS = {
    "transactions": "transaction",
    "order_items": "order_item",
    "billing_address": "order_address",
    "shipping_address": "order_address",
}
_SOLD = {"post_id": "product", "object_id": "variation", "variation_id": "variation"}
_LONGEST = 25
_ADDS, _TAKES = "create_customer_address", "delete_customer_address"


def history_of(last: Exchange, before: Sequence[Exchange], profile: str) -> list[Exchange]:
    """The exchanges among `before` that `last` stands on, in their order; empty when too many.

    Of an object that went through much, only its making.
    """
    whole = _stands_on(last, before, profile, makings=False)
    found = whole or _stands_on(last, before, profile, makings=True)
    return found[::-1]


def _stands_on(
    last: Exchange, before: Sequence[Exchange], profile: str, *, makings: bool
) -> list[Exchange]:
    """The latest first; without `makings` also whatever was done to what `last` names."""
    wanted = set(named(last, profile))
    found: list[Exchange] = []
    # Where an address stands depends on those before it: the first of a customer is primary.
    books: set[str] = set()
    taking = operation_of(last, profile)[0] == _TAKES
    for one in reversed(before):
        if not 200 <= one.status < 300 or not wanted:
            continue
        if route_of(one.url) in books and operation_of(one, profile)[0] == _ADDS:
            found.append(one)
            continue
        seen = {thing for thing, _ in shown(one, profile)}
        asked = set(named(one, profile))
        changing = one.method != "GET" and not makings
        if not wanted & (seen | asked if changing else seen):
            continue
        found.append(one)
        if taking and operation_of(one, profile)[0] == _ADDS:
            books.add(route_of(one.url))
        wanted = (wanted - seen) | (asked - seen)
        if len(found) > _LONGEST:
            return []
    return found


def operation_of(one: Exchange, profile: str) -> tuple[str, dict[str, str]]:
    """The operation of an exchange and its path parameters; empty for none of the documents'."""
    match = load_contract(profile).match(one.method, route_of(one.url))
    return ("", {}) if match is None else (match[0].id, match[1])


def kind_in(operation: str, path: Path) -> str:
    """The kind of object that a member names, products and their variations included."""
    name = path[-1] if path else ""
    return _SOLD.get(str(name)) or kind_at(operation, path)


def body_of(raw: bytes | None) -> Any:
    """A JSON body; None for anything else."""
    try:
        return json.loads(raw or b"null")
    except ValueError:
        return None


def named(one: Exchange, profile: str) -> Iterator[Named]:
    """The objects that a request names."""
    operation, ids = operation_of(one, profile)
    if not operation:
        return
    for kind, value in zip(path_kinds(operation), ids.values(), strict=False):
        if (number := integer(value)) is not None:
            yield kind, number
    for path, value in leaves(body_of(one.request_body)):
        kind = kind_in(operation, path)
        if kind and (number := integer(value)) is not None:
            yield kind, number


def shown(one: Exchange, profile: str) -> Iterator[tuple[Named, Path]]:
    """The objects that an answer shows, and where: what was made, and the parts of an order."""
    making = _MAKES.get(operation_of(one, profile)[0], "")
    for path, value in leaves(body_of(one.response_body)):
        number = integer(value)
        if path[-1:] not in (("id",), ("order_id",)) or number is None:
            continue
        names = [name for name in path if isinstance(name, str)]
        holder = names[-2] if len(names) > 1 else ""
        kind = making or _HOLDERS.get(holder, "")
        if kind:
            yield (kind, number), path

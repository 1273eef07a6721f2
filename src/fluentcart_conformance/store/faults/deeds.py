"""Ready-made parts of faults: whole behaviours of operations."""

from __future__ import annotations

import copy
import time
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from fluentcart_conformance.store.faults import kit
from fluentcart_conformance.store.faults.kit import Call, Names
from fluentcart_conformance.store.faults.model import Change
from fluentcart_conformance.store.faults.records import (
    Json,
    rows,
)
from fluentcart_conformance.store.http import Response

if TYPE_CHECKING:
    from fluentcart_conformance.store.server import EmbeddedStore

OnRecord = Callable[[Json], object]
_SUCCESS = 400
# What a refusal may come with, callers without credentials or right apart.
_REFUSED = (400, 404, 409, 413, 415, 422, 423)


def without_effect(operations: Names) -> Change:
    """The answer says done, and nothing happened."""

    def wrapper(call: Call, answer: Callable[[], Response]) -> Response:
        with call.shop.db.transaction() as transaction:
            given = answer()
            transaction.undo = True
            return given

    return kit.around(operations, wrapper)


def status(operations: Names, found: int | tuple[int, ...], shown: int) -> Change:
    """Answer with another status; a status repeated in the body follows it."""
    wanted = (found,) if isinstance(found, int) else found

    def on(given: Response, _: Call) -> None:
        if given.status not in wanted:
            return
        given.status = shown
        data = given.body.get("data") if isinstance(given.body, dict) else None
        if isinstance(data, dict) and "status" in data and isinstance(data["status"], int):
            data["status"] = shown

    return kit.response(operations, on)


def excuse(
    operations: Names,
    found: int | tuple[int, ...] = _REFUSED,
    answer: Any = None,
    when: Callable[[Call], bool] = lambda _: True,
) -> Change:
    """Say 200 to what was refused, in the form of a done deed."""
    wanted = (found,) if isinstance(found, int) else found
    done = answer or {"success": True, "message": "Done.", "data": {}}

    def on(given: Response, call: Call) -> Response | None:
        if given.status in wanted and when(call):
            return Response(200, copy.deepcopy(done))
        return None

    return kit.response(operations, on)


def refuse(operations: Names, when: Callable[[Call], bool], code: int = 422) -> Change:
    """Refuse what should be accepted."""

    def wrapper(call: Call, answer: Callable[[], Response]) -> Response:
        with call.shop.db.transaction() as transaction:
            given = answer()
            wanted = given.status < _SUCCESS and when(call)
            transaction.undo = wanted or given.status >= _SUCCESS
        return refusal(call, code) if wanted else given

    return kit.around(operations, wrapper)


def refusal(call: Call, code: int, message: str = "This cannot be carried out.") -> Response:
    """A refusal in the form the profile has for the operation."""
    error = {"code": "validation_error", "message": message}
    if call.operation in kit.CUSTOMERS and call.shop.profile.is_documented:
        return Response(code, {"success": False, "error": error})
    return Response(code, {**error, "data": {"status": code}})


def ignoring(operations: Names, *names: str) -> Change:
    """Pass query parameters over."""
    return kit.query(operations, lambda query: [query.pop(name, None) for name in names])


def unsent(operations: Names, *names: str) -> Change:
    """Pass members of the request over."""
    return kit.sent(operations, lambda members, _: [members.pop(name, None) for name in names])


def filled(operations: Names, name: str, value: Callable[[Call], Any]) -> Change:
    """Make up a member of the request that was not sent, was null or empty."""

    def on(members: Json, call: Call) -> None:
        if members.get(name) in (None, "", [], {}):
            members[name] = value(call)

    return kit.sent(operations, on)


def stale(operations: Names) -> Change:
    """Answer a read with what the same read answered last time."""

    def install(store: EmbeddedStore) -> None:
        kept: dict[str, Response] = {}

        def wrapper(call: Call, answer: Callable[[], Response]) -> Response:
            key = f"{call.request.path} {sorted(call.request.query.items())}"
            fresh = answer()
            if fresh.status >= _SUCCESS:
                return fresh
            old, kept[key] = kept.get(key, fresh), fresh
            return old

        kit.around(operations, wrapper).install(store)

    return Change(install, kit.names_of(operations))


def elsewhere(operations: Names, table: str, parameter: int = 0) -> Change:
    """Do it to another object: the one with the next smaller id takes the place of the path's."""

    def wrapper(call: Call, answer: Callable[[], Response]) -> Response:
        wanted = list(call.params.values())[parameter]
        sql = f"SELECT max(id) FROM {table} WHERE id < ?"
        known = call.shop.db.value(f"SELECT 1 FROM {table} WHERE id = ?", (wanted,))
        other = call.shop.db.value(sql, (wanted,)) if known else None
        if other:
            parts = call.request.path.split("/")
            places = [at for at, part in enumerate(parts) if part.isdigit()]
            parts[places[parameter]] = str(other)
            call.request.path = "/".join(parts)
        return answer()

    return kit.around(operations, wrapper)


def wait(operations: Names, seconds: float) -> Change:
    """Answer late."""

    def wrapper(_: Call, answer: Callable[[], Response]) -> Response:
        given = answer()
        time.sleep(seconds)
        return given

    return kit.around(operations, wrapper)


def reroute(operations: Names, **changes: Any) -> Change:
    """Change entries of the routing table: `permissions=()`, `public=True`."""
    names = kit.names_of(operations)

    def install(store: EmbeddedStore) -> None:
        for route in list(store.app.routes):
            if route.operation in names:
                store.app.routes.add(replace(route, **changes))

    return Change(install, names)


def gone(operations: Names) -> Change:
    """Leave operations out of the routing table."""
    names = kit.names_of(operations)

    def wrapper(call: Call, answer: Callable[[], Response]) -> Response:
        call.request.path = "/fluent-cart/v2/nowhere"
        return answer()

    return kit.around(names, wrapper)


def listed(operations: Names, how: Callable[[list[Any]], object]) -> Change:
    """Change the list that an accepted answer is about, in place."""
    return kit.body(operations, lambda whole: how(rows(whole)))


def accepted_answer() -> Response:
    """A done deed in words."""
    return Response(200, {"success": True, "message": "Done.", "data": {}})


def every_second(shape: Callable[[Any], Any]) -> Callable[[Response, Call], None]:
    """Shape the body of every second answer otherwise."""
    seen = {"count": 0}

    def on(given: Response, _: Call) -> None:
        seen["count"] += 1
        if seen["count"] % 2 == 0:
            given.body = shape(given.body)

    return on


def sends(name: str, value: Any) -> Callable[[Call], bool]:
    """Whether a request sends this value in a member."""
    return lambda call: bool(call.sent.get(name) == value)


def lost(name: str) -> Callable[[Json, Call], None]:
    """Take a member out of a request, which is not left empty."""

    def on(members: Json, _: Call) -> None:
        if members.pop(name, None) is not None:
            members.setdefault("kept", "1")

    return on


def unread(operations: Names) -> Change:
    """Pass the whole body over."""

    def wrapper(call: Call, answer: Callable[[], Response]) -> Response:
        call.request.raw = b""
        return answer()

    return kit.around(operations, wrapper)

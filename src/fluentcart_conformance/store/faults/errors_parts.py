"""What the faults of refusals and of unreadable requests are made of."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from fluentcart_conformance.store.faults import deeds, kit
from fluentcart_conformance.store.faults.kit import Call
from fluentcart_conformance.store.faults.model import Change
from fluentcart_conformance.store.http import Request, Response

if TYPE_CHECKING:
    from fluentcart_conformance.store.app import Answerer
    from fluentcart_conformance.store.server import EmbeddedStore


BODIES = tuple(one for one in kit.WRITES if one not in ("sync_statuses", "delete_order"))
_API = "/fluent-cart/"


def any_request(wrapper: Callable[[Request, Callable[[], Response]], Response]) -> Change:
    """Wrap every request, also those that no operation answers."""

    def install(store: EmbeddedStore) -> None:
        def middleware(request: Request, following: Answerer) -> Response:
            return wrapper(request, lambda: following(request))

        store.app.use(middleware)

    return Change(install)


def unread(shown: Callable[[Call], Response | None], *, code: str = "rest_invalid_json") -> Change:
    """Answer otherwise where the body could not be read."""

    def on(given: Response, call: Call) -> Response | None:
        text = str(given.body)
        broken = code in text or "Invalid JSON" in text
        return shown(call) if given.status == 400 and broken else None

    return kit.refused(BODIES, on)


def as_empty(call: Call, answer: Callable[[], Response]) -> Response:
    """Take a body that is no JSON for an empty object."""
    if not call.sent and call.request.raw:
        call.request.raw = b""
    return answer()


def crashing(when: Callable[[Call], bool], operations: kit.Names = BODIES) -> Change:
    """Answer 500 to some requests, callers without credentials apart."""

    def wrapper(call: Call, answer: Callable[[], Response]) -> Response:
        given = answer()
        if given.status in (401, 403) or not when(call):
            return given
        return deeds.refusal(call, 500)

    return kit.around(operations, wrapper)


def marked(call: Call) -> None:
    """Change the order or customer that a request is about."""
    call.shop.db.run("UPDATE orders SET note = note || 'x', shipping_total = shipping_total + 1"
                     " WHERE id = :order", call.values)  # fmt: skip
    call.shop.db.run("UPDATE customers SET last_name = last_name || 'x' WHERE id = :customer",
                     call.values)  # fmt: skip


def is_deep(call: Call) -> bool:
    """Whether a body is nested deeply."""
    return call.request.raw.count(b"[") > 50 or call.request.raw.count(b"{") > 50


def id_is(test: Callable[[int], bool]) -> Callable[[Call], bool]:
    """Whether an id of the path passes a test."""
    return lambda call: any(test(one) for one in call.params.values())


def _known_id(request: Request, test: Callable[[str], bool], store: Any) -> None:
    parts = request.path.split("/")
    for place, part in enumerate(parts):
        if place > 0 and parts[place - 1] == "orders" and test(part):
            parts[place] = str(store.database.value("SELECT max(id) FROM orders"))
    request.path = "/".join(parts)


def taken_for_newest(test: Callable[[str], bool]) -> Change:
    """Take an id of a kind for the newest order's."""

    def install(store: EmbeddedStore) -> None:
        def middleware(request: Request, following: Answerer) -> Response:
            if request.headers.get("authorization"):
                _known_id(request, test, store)
            return following(request)

        store.app.use(middleware)

    return Change(install)


def is_text(part: str) -> bool:
    """Whether a part of a path is an id in letters."""
    words = ("do-bulk-action", "calculate-shipping", "shipping_methods")
    return bool(part) and not part.lstrip("-").isdigit() and part not in words


def with_status(given: Response, _: Call) -> None:
    """Let a refusal repeat 200 as its status."""
    data = given.body.get("data") if isinstance(given.body, dict) else None
    if isinstance(data, dict) and isinstance(data.get("status"), int):
        data["status"] = 200


def swapped(body: Any) -> Any:
    """total_paid as text where it was a number, and the other way round."""
    order = body["order"]
    paid = order["total_paid"]
    order["total_paid"] = str(paid) if isinstance(paid, int) else int(paid)
    return body


def said_nothing(body: Any) -> None:
    """Empty the message of a refusal."""
    inner = body.get("error", body) if isinstance(body, dict) else None
    if isinstance(inner, dict) and "message" in inner:
        inner["message"] = ""


def unnamed(body: Any) -> None:
    """Let a refusal name no id."""
    inner = body.get("error", body.get("data", body)) if isinstance(body, dict) else None
    if isinstance(inner, dict) and "message" in inner:
        inner["message"] = "There is no such customer."


def _is_no_route(given: Response) -> bool:
    return given.status == 404 and "rest_no_route" in str(given.body)


def restatus(given: Response, request: Request, found: int, shown: int) -> Response:
    """Another status for an address that is unknown."""
    if _is_no_route(given) and given.status == found and request.path.startswith(_API):
        return Response(shown, {**given.body, "data": {"status": shown}})
    return given


def answered(given: Response, request: Request) -> Response:
    """200 for an address that is unknown."""
    return Response(200, {}) if _is_no_route(given) and request.path.startswith(_API) else given


def by_address(call: Call, answer: Callable[[], Response]) -> Response:
    """Open an order by the id of something else."""
    asked = call.params["order_id"]
    query = "SELECT order_id FROM order_transactions WHERE id = ?"
    if not call.shop.db.get("orders", asked):
        owner = call.shop.db.value(query, (asked,))
        owner = owner or call.shop.db.value("SELECT max(id) FROM orders")
        call.request.path = f"{_API}v2/orders/{owner}"
    return answer()


def by_order(call: Call, answer: Callable[[], Response]) -> Response:
    """Open a customer by the id of an order."""
    asked = call.params["customerId"]
    if not call.shop.db.get("customers", asked):
        owner = call.shop.db.value("SELECT customer_id FROM orders WHERE id = ?", (asked,))
        if owner:
            call.request.path = call.request.path.replace(f"/{asked}", f"/{owner}")
    return answer()


def customer_deleted(request: Request, answer: Callable[[], Response]) -> Response:
    """Answer a DELETE of one customer as done."""
    parts = request.path.strip("/").split("/")
    if request.method == "DELETE" and parts[-2:-1] == ["customers"]:
        return Response(200, {"success": True, "message": "Deleted."})
    return answer()


def first_customer(request: Request, answer: Callable[[], Response]) -> Response:
    """Take a text for the id of the first customer."""
    parts = request.path.split("/")
    for place, part in enumerate(parts):
        known = ("do-bulk-action", "attachable-user", "get-stats")
        if place and parts[place - 1] == "customers" and is_text(part) and part not in known:
            parts[place] = "1"
    request.path = "/".join(parts)
    return answer()


def as_version_2(request: Request, answer: Callable[[], Response]) -> Response:
    """Take an address of version 1 for the same one of version 2."""
    request.path = request.path.replace(f"{_API}v1/", f"{_API}v2/", 1)
    return answer()

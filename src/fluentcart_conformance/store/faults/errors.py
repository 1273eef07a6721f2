"""Faults of refusals, and of requests no operation can read."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from fluentcart_conformance.store.faults import deeds, kit
from fluentcart_conformance.store.faults.kit import Call
from fluentcart_conformance.store.faults.model import Change, Room
from fluentcart_conformance.store.http import Request, Response

if TYPE_CHECKING:
    from fluentcart_conformance.store.app import Answerer
    from fluentcart_conformance.store.server import EmbeddedStore

room = Room("errors")
add = room.add

_BODIES = tuple(one for one in kit.WRITES if one not in ("sync_statuses", "delete_order"))
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

    return kit.refused(_BODIES, on)


def _as_empty(call: Call, answer: Callable[[], Response]) -> Response:
    """Take a body that is no JSON for an empty object."""
    if not call.sent and call.request.raw:
        call.request.raw = b""
    return answer()


def crashing(when: Callable[[Call], bool], operations: kit.Names = _BODIES) -> Change:
    """Answer 500 to some requests, callers without credentials apart."""

    def wrapper(call: Call, answer: Callable[[], Response]) -> Response:
        given = answer()
        if given.status in (401, 403) or not when(call):
            return given
        return deeds.refusal(call, 500)

    return kit.around(operations, wrapper)


def _effect(call: Call) -> None:
    call.shop.db.run("UPDATE orders SET note = note || 'x', shipping_total = shipping_total + 1"
                     " WHERE id = :order", call.values)  # fmt: skip
    call.shop.db.run("UPDATE customers SET last_name = last_name || 'x' WHERE id = :customer",
                     call.values)  # fmt: skip


def _deep(call: Call) -> bool:
    return call.request.raw.count(b"[") > 50 or call.request.raw.count(b"{") > 50


def _id_is(test: Callable[[int], bool]) -> Callable[[Call], bool]:
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


def _is_text(part: str) -> bool:
    words = ("do-bulk-action", "calculate-shipping", "shipping_methods")
    return bool(part) and not part.lstrip("-").isdigit() and part not in words


def _with_status(given: Response, _: Call) -> None:
    data = given.body.get("data") if isinstance(given.body, dict) else None
    if isinstance(data, dict) and isinstance(data.get("status"), int):
        data["status"] = 200


# fmt: off
add("json-broken-accepted", ("ERR-MALFORMED-JSON", "ERR-TRUNCATED-JSON"), "error as success",
    "A body that is no JSON is answered as done.", unread(lambda _: deeds.accepted_answer()))
add("json-broken-crashes", ("ERR-MALFORMED-JSON", "ERR-TRUNCATED-JSON",
    "ERR-CUS-MALFORMED-JSON"), "server error", "A body that is no JSON ends in a 500.",
    unread(lambda call: deeds.refusal(call, 500)))
add("json-broken-means-empty", ("ERR-MALFORMED-JSON",), "rule forgotten",
    "A body that is no JSON counts as empty.", kit.around("mark_as_paid", _as_empty))
add("json-broken-has-effect", ("ERR-MALFORMED-JSON", "ERR-CUS-MALFORMED-JSON",
    "GEN-REFUSAL-KEEPS"), "side effect", "A body that is no JSON changes the object.",
    kit.after(_BODIES, lambda call: _effect(call) if call.request.raw and not call.sent else None,
              refusal=True))
add("json-customers-broken-accepted", ("ERR-CUS-MALFORMED-JSON", "ERR-CUS-CLASS"),
    "error as success", "A body that is no JSON is answered as done by customer operations.",
    kit.refused(tuple(one for one in kit.CUSTOMERS if one in kit.WRITES), lambda given, call:
                deeds.accepted_answer() if given.status == 400 and call.request.raw
                and not call.sent else None))
add("body-missing-accepted", "ERR-MISSING-BODY", "error as success",
    "A write without a body is answered as done.",
    deeds.excuse(_BODIES, (400, 404, 422, 423), when=lambda call: not call.request.raw))
add("body-list-crashes", "ERR-BODY-NOT-OBJECT", "server error",
    "A body that is a list ends in a 500.",
    crashing(lambda call: call.request.raw.lstrip()[:1] in (b"[", b'"') or
             call.request.raw.strip().isdigit()))
add("content-type-crashes", "ERR-CONTENT-TYPE", "server error",
    "Another content type ends in a 500.",
    crashing(lambda call: bool(call.request.raw) and "json" not in
             call.request.headers.get("content-type", "")))
add("nesting-crashes", "ERR-DEEP-NESTING", "server error", "Deep nesting ends in a 500.",
    crashing(_deep))
add("large-body-crashes", "ERR-LARGE-BODY", "server error", "A large body ends in a 500.",
    crashing(lambda call: len(call.request.raw) > 100_000))
add("wrong-type-crashes", "ERR-WRONG-TYPE", "server error",
    "A member of another type ends in a 500.",
    crashing(lambda call: any(isinstance(call.sent.get(name), kind) for name, kind in (
        ("customer_id", list | dict), ("order_items", str | dict), ("status", list | dict),
        ("statuses", str | list), ("refund_info", str | list), ("email", list | dict),
        ("address_id", list | dict), ("product", str | list), ("payment_method", list | dict),
        ("action", list | dict), ("order_ids", str | dict), ("city", list | dict),
        ("order_id", list | dict), ("note", list | dict), ("shipping_id", list | dict)))))
add("null-accepted", "ERR-NULL-MEMBER", "error as success",
    "null for a required member is answered as done.",
    deeds.excuse(_BODIES, (400, 404, 422, 423), when=lambda call: any(
        value is None for value in call.sent.values()) or any(
        one is None for value in call.sent.values() if isinstance(value, dict)
        for one in value.values())))
add("wrong-method-400", "ERR-WRONG-METHOD", "wrong status",
    "A method that an address does not have is a 400.",
    any_request(lambda request, answer: _restatus(answer(), request, 404, 400)))
add("wrong-method-answered", "ERR-WRONG-METHOD", "error as success",
    "A method that an address does not have is answered with 200.",
    any_request(lambda request, answer: _found(answer(), request)))
add("unknown-route-200", ("ERR-UNKNOWN-ROUTE", "ERR-V1"), "error as success",
    "An unknown address is an empty object.",
    any_request(lambda request, answer: _found(answer(), request)))
add("v1-served", "ERR-V1", "rule forgotten", "The operations are served under v1 alone.",
    any_request(lambda request, answer: Response(404, {
        "code": "rest_no_route", "message": "No route.", "data": {"status": 404}})
        if request.path.startswith("/fluent-cart/v2/orders/") and request.headers.get(
            "authorization") else answer()))
add("id-unknown-200", "ERR-ID-UNKNOWN", "error as success",
    "Unknown orders are answered as done.",
    deeds.excuse(kit.ORDERS, 404, when=_id_is(lambda one: one > 10**9)))
add("id-zero-200", "ERR-ID-ZERO", "error as success", "The id 0 is answered as done.",
    deeds.excuse(kit.ORDERS, (400, 404, 422), when=_id_is(lambda one: one == 0)))
add("id-zero-newest", "ERR-ID-ZERO", "wrong object", "The id 0 means the newest order.",
    taken_for_newest(lambda part: part == "0"))
add("id-negative-positive", "ERR-ID-NEGATIVE", "wrong object",
    "A negative id means the newest order.", taken_for_newest(lambda part: part[:1] == "-"))
add("id-text-newest", "ERR-ID-TEXT", "wrong object", "A text for an id means the newest order.",
    taken_for_newest(_is_text))
add("id-huge-crashes", "ERR-ID-HUGE", "server error", "A huge id ends in a 500.",
    crashing(_id_is(lambda one: one > 10**17), kit.ORDERS))
add("id-of-other-kind", ("ERR-ID-OTHER-KIND",), "wrong object",
    "The id of an address opens the order that has it.",
    kit.around("get_order", lambda call, answer: _by_address(call, answer)))
add("customer-id-of-other-kind", "ERR-CUS-OTHER-KIND", "wrong object",
    "The id of an order opens its customer.",
    kit.around(("get_customer", "attach_user"), lambda call, answer: _by_order(call, answer)))
add("orders-refusal-silent", "ERR-ORDERS-BODY", "error body",
    "Refusals of order operations have no message.",
    kit.refused(kit.ORDERS, lambda given, _: given.body.pop("message", None) and None))
add("wp-body-without-code", "ERR-WP-BODY", "error body",
    "The WordPress form lacks data.",
    kit.refused(("create_and_change_customer", "update_customer"),
                lambda given, _: given.body.pop("data", None) and None))
add("wp-404-code", "ERR-404-WP-BODY", "error body", "The 404 has another code.",
    kit.refused("create_and_change_customer", lambda given, _: given.body.update(code="missing")
                if given.status == 404 else None))
add("status-in-body-200", "ERR-STATUS-MATCHES", "error body",
    "Refusals repeat the status 200 in their body.", kit.refused(kit.ORDERS, _with_status))
add("documented-rows-other-status", "ERR-ROWS-DOCUMENTED", "wrong status",
    "Documented refusals come with 409.",
    deeds.status(("mark_as_paid", "change_customer", "create_custom_item"), 423, 409))
add("customers-refusal-bare", "ERR-CUS-BODY", "error body",
    "Refusals of customer operations are a bare text.",
    kit.refused(kit.CUSTOMERS, lambda given, _: Response(given.status, {"error": "refused"})
                if given.status not in (401, 403) else None))
add("customers-refusal-code-any", "ERR-CUS-CODE", "error body",
    "Refusals of customer operations have the code oops.",
    kit.refused(kit.CUSTOMERS, lambda given, _: deeds.coded(given.body, "oops")
                if given.status not in (401, 403) else None))
add("customers-invalid-email-code", "ERR-CUS-INVALID-EMAIL", "error body",
    "A wrong e-mail carries validation_error.",
    kit.refused(("create_customer", "update_customer"), lambda given, _:
                deeds.coded(given.body, "validation_error") if "invalid_email" in str(given.body)
                else None))
add("customers-invalid-user-code", "ERR-CUS-INVALID-USER", "error body",
    "A wrong user carries validation_error.",
    kit.refused("attach_user", lambda given, _: deeds.coded(given.body, "validation_error")))
add("customers-validation-code", "ERR-CUS-VALIDATION", "error body",
    "What fails validation carries invalid_email.",
    kit.refused(kit.CUSTOMERS, lambda given, _: deeds.coded(given.body, "invalid_email")
                if "validation_error" in str(given.body) else None))
add("customers-permission-code", ("ERR-CUS-PERMISSIONS",), "error body",
    "A missing right carries forbidden.",
    kit.refused(kit.CUSTOMERS, lambda given, _: deeds.coded(given.body, "forbidden")
                if given.status == 403 else None))
add("customers-refusal-silent", ("ERR-CUS-MESSAGE", "ERR-CUS-MESSAGE-ID"), "error body",
    "Refusals of customer operations say nothing.",
    kit.refused(kit.CUSTOMERS, lambda given, _: _silent(given.body))),
add("customers-unknown-unnamed", "ERR-CUS-MESSAGE-ID", "error body",
    "The refusal of an unknown customer names no id.",
    kit.refused("get_customer", lambda given, _: _unnamed(given.body)))
add("customers-not-found-403", "ERR-CUS-NOT-FOUND", "wrong status",
    "Unknown customers are a 403 in the address operations.",
    deeds.status(("get_customer_addresses", "create_customer_address", "attach_user"), 404, 403))
add("customers-wp-404", "ERR-CUS-404-BODY", "error body",
    "An update of an unknown customer has the WordPress form with another code.",
    kit.refused("update_customer", lambda given, _: Response(404, {
        "code": "missing", "message": "Missing.", "data": {"status": 404}})
        if given.status == 404 else None))
add("customers-delete-one", "ERR-CUS-NO-DELETE", "side effect",
    "DELETE on a customer's address deletes the customer.",
    any_request(lambda request, answer: _customer_deleted(request, answer)))
add("customers-refused-success", "ERR-CUS-CLASS", "error as success",
    "Refusals of customer operations come with 200.",
    deeds.status(kit.CUSTOMERS, (400, 404, 422), 200))
add("customers-refused-500", "ERR-CUS-CLASS", "server error",
    "Refusals of customer operations come with 500.",
    deeds.status(kit.CUSTOMERS, (400, 404, 422), 500))
add("customers-malformed-id", "ERR-CUS-MALFORMED-ID", "wrong object",
    "A text for a customer id means the first customer.",
    any_request(lambda request, answer: _first_customer(request, answer)))
add("deleted-can-be-changed", "GEN-DELETED-GONE", "error as success",
    "Writes on deleted orders are answered as done.",
    deeds.excuse(tuple(one for one in kit.WRITES if one in kit.ORDERS), 404))
add("base-path-moved", "GEN-BASE-PATH", "wrong status",
    "The customers live under v3.", any_request(lambda request, answer: Response(
        404, {"code": "rest_no_route", "message": "No route.", "data": {"status": 404}})
        if request.path.startswith("/fluent-cart/v2/customers") and request.method != "GET"
        and not request.path[-1].isdigit() and request.path.count("/") > 3 else answer()))
add("form-changes-midway", "GEN-FORM-CONSISTENT", "wrong type",
    "total_paid is a number in one answer and text in the next.",
    kit.accepted("get_order", deeds.every_second(lambda body: _swapped(body))))
# fmt: on


def _swapped(body: Any) -> Any:
    order = body["order"]
    paid = order["total_paid"]
    order["total_paid"] = str(paid) if isinstance(paid, int) else int(paid)
    return body


def _silent(body: Any) -> None:
    inner = body.get("error", body) if isinstance(body, dict) else None
    if isinstance(inner, dict) and "message" in inner:
        inner["message"] = ""


def _unnamed(body: Any) -> None:
    inner = body.get("error", body.get("data", body)) if isinstance(body, dict) else None
    if isinstance(inner, dict) and "message" in inner:
        inner["message"] = "There is no such customer."


def _is_no_route(given: Response) -> bool:
    return given.status == 404 and "rest_no_route" in str(given.body)


def _restatus(given: Response, request: Request, found: int, shown: int) -> Response:
    if _is_no_route(given) and given.status == found and request.path.startswith(_API):
        return Response(shown, {**given.body, "data": {"status": shown}})
    return given


def _found(given: Response, request: Request) -> Response:
    return Response(200, {}) if _is_no_route(given) and request.path.startswith(_API) else given


def _by_address(call: Call, answer: Callable[[], Response]) -> Response:
    asked = call.params["order_id"]
    query = "SELECT order_id FROM order_transactions WHERE id = ?"
    if not call.shop.db.get("orders", asked):
        owner = call.shop.db.value(query, (asked,))
        owner = owner or call.shop.db.value("SELECT max(id) FROM orders")
        call.request.path = f"{_API}v2/orders/{owner}"
    return answer()


def _by_order(call: Call, answer: Callable[[], Response]) -> Response:
    asked = call.params["customerId"]
    if not call.shop.db.get("customers", asked):
        owner = call.shop.db.value("SELECT customer_id FROM orders WHERE id = ?", (asked,))
        if owner:
            call.request.path = call.request.path.replace(f"/{asked}", f"/{owner}")
    return answer()


def _customer_deleted(request: Request, answer: Callable[[], Response]) -> Response:
    parts = request.path.strip("/").split("/")
    if request.method == "DELETE" and parts[-2:-1] == ["customers"]:
        return Response(200, {"success": True, "message": "Deleted."})
    return answer()


def _first_customer(request: Request, answer: Callable[[], Response]) -> Response:
    parts = request.path.split("/")
    for place, part in enumerate(parts):
        known = ("do-bulk-action", "attachable-user", "get-stats")
        if place and parts[place - 1] == "customers" and _is_text(part) and part not in known:
            parts[place] = "1"
    request.path = "/".join(parts)
    return answer()

"""Faults of requests no operation can read: bodies, addresses, ids."""

from __future__ import annotations

from fluentcart_conformance.store.faults import deeds, kit
from fluentcart_conformance.store.faults.errors_parts import (
    BODIES,
    answered,
    any_request,
    as_empty,
    as_version_2,
    by_address,
    by_order,
    crashing,
    id_is,
    is_deep,
    is_text,
    marked,
    restatus,
    taken_for_newest,
    unread,
)
from fluentcart_conformance.store.faults.model import Room

room = Room("errors")
add = room.add

# fmt: off
add("json-broken-accepted", ("ERR-MALFORMED-JSON", "ERR-TRUNCATED-JSON"), "error as success",
    "A body that is no JSON is answered as done.", unread(lambda _: deeds.accepted_answer()))
add("json-broken-crashes", ("ERR-MALFORMED-JSON", "ERR-TRUNCATED-JSON",
    "ERR-CUS-MALFORMED-JSON"), "server error", "A body that is no JSON ends in a 500.",
    unread(lambda call: deeds.refusal(call, 500)))
add("json-broken-means-empty", ("ERR-MALFORMED-JSON",), "rule forgotten",
    "A body that is no JSON counts as empty.", kit.around("mark_as_paid", as_empty))
add("json-broken-has-effect", ("ERR-MALFORMED-JSON", "ERR-CUS-MALFORMED-JSON",
    "GEN-REFUSAL-KEEPS"), "side effect", "A body that is no JSON changes the object.",
    kit.after(BODIES, lambda call: marked(call) if call.request.raw and not call.sent else None,
              refusal=True))
add("json-customers-broken-accepted", ("ERR-CUS-MALFORMED-JSON", "ERR-CUS-CLASS"),
    "error as success", "A body that is no JSON is answered as done by customer operations.",
    kit.refused(tuple(one for one in kit.CUSTOMERS if one in kit.WRITES), lambda given, call:
                deeds.accepted_answer() if given.status == 400 and call.request.raw
                and not call.sent else None))
add("body-missing-accepted", "ERR-MISSING-BODY", "error as success",
    "A write without a body is answered as done.",
    deeds.excuse(BODIES, (400, 404, 422, 423), when=lambda call: not call.request.raw))
add("body-list-crashes", "ERR-BODY-NOT-OBJECT", "server error",
    "A body that is a list ends in a 500.",
    crashing(lambda call: call.request.raw.lstrip()[:1] in (b"[", b'"') or
             call.request.raw.strip().isdigit()))
add("content-type-crashes", "ERR-CONTENT-TYPE", "server error",
    "Another content type ends in a 500.",
    crashing(lambda call: bool(call.request.raw) and "json" not in
             call.request.headers.get("content-type", "")))
add("nesting-crashes", "ERR-DEEP-NESTING", "server error", "Deep nesting ends in a 500.",
    crashing(is_deep))
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
    deeds.excuse(BODIES, (400, 404, 422, 423), when=lambda call: any(
        value is None for value in call.sent.values()) or any(
        one is None for value in call.sent.values() if isinstance(value, dict)
        for one in value.values())))
add("wrong-method-400", "ERR-WRONG-METHOD", "wrong status",
    "A method that an address does not have is a 400.",
    any_request(lambda request, answer: restatus(answer(), request, 404, 400)))
add("wrong-method-answered", "ERR-WRONG-METHOD", "error as success",
    "A method that an address does not have is answered with 200.",
    any_request(lambda request, answer: answered(answer(), request)))
add("unknown-route-200", ("ERR-UNKNOWN-ROUTE", "ERR-V1"), "error as success",
    "An unknown address is an empty object.",
    any_request(lambda request, answer: answered(answer(), request)))
add("v1-served", "ERR-V1", "rule forgotten", "The operations are served under v1 as well.",
    any_request(lambda request, answer: as_version_2(request, answer)))
add("id-unknown-200", "ERR-ID-UNKNOWN", "error as success",
    "Unknown orders are answered as done.",
    deeds.excuse(kit.ORDERS, 404, when=id_is(lambda one: one > 10**9)))
add("id-zero-200", "ERR-ID-ZERO", "error as success", "The id 0 is answered as done.",
    deeds.excuse(kit.ORDERS, (400, 404, 422), when=id_is(lambda one: one == 0)))
add("id-zero-newest", "ERR-ID-ZERO", "wrong object", "The id 0 means the newest order.",
    taken_for_newest(lambda part: part == "0"))
add("id-negative-positive", "ERR-ID-NEGATIVE", "wrong object",
    "A negative id means the newest order.", taken_for_newest(lambda part: part[:1] == "-"))
add("id-text-newest", "ERR-ID-TEXT", "wrong object", "A text for an id means the newest order.",
    taken_for_newest(is_text))
add("id-huge-crashes", "ERR-ID-HUGE", "server error", "A huge id ends in a 500.",
    crashing(id_is(lambda one: one > 10**17), kit.ORDERS))
add("id-of-other-kind", ("ERR-ID-OTHER-KIND",), "wrong object",
    "The id of an address opens the order that has it.",
    kit.around("get_order", lambda call, answer: by_address(call, answer)))
add("customer-id-of-other-kind", "ERR-CUS-OTHER-KIND", "wrong object",
    "The id of an order opens its customer.",
    kit.around(("get_customer", "attach_user"), lambda call, answer: by_order(call, answer)))
# fmt: on

"""Faults of what a refusal says."""

from __future__ import annotations

from fluentcart_conformance.store.faults import alter, deeds, kit
from fluentcart_conformance.store.faults.errors_parts import (
    any_request,
    customer_deleted,
    first_customer,
    said_nothing,
    swapped,
    unnamed,
    with_status,
)
from fluentcart_conformance.store.faults.model import Room
from fluentcart_conformance.store.http import Response

room = Room("errors")
add = room.add

# fmt: off
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
    "Refusals repeat the status 200 in their body.", kit.refused(kit.ORDERS, with_status))
add("unknown-order-list", ("ERR-ROWS-DOCUMENTED", "ERR-ORDERS-BODY"), "error body",
    "The 404 of an unknown order is a list of sentences.",
    kit.refused("create_and_change_customer", lambda given, _: Response(404, ["No such order."])
                if given.status == 404 else None))
add("documented-rows-other-status", ("ORD-PAID-TWICE-423", "ORD-CHANGE-CUSTOMER-MISSING-423",
    "ORD-PAID-CANCELED-423"), "wrong status",
    "Documented refusals come with 409.",
    deeds.status(("mark_as_paid", "change_customer", "create_custom_item"), 423, 409))
add("customers-refusal-bare", "ERR-CUS-BODY", "error body",
    "Refusals of customer operations are a bare text.",
    kit.refused(kit.CUSTOMERS, lambda given, _: Response(given.status, {"error": "refused"})
                if given.status not in (401, 403) else None))
add("customers-refusal-code-any", "ERR-CUS-CODE", "error body",
    "Refusals of customer operations have the code oops.",
    kit.refused(kit.CUSTOMERS, lambda given, _: alter.coded(given.body, "oops")
                if given.status not in (401, 403) else None))
add("customers-invalid-email-code", "ERR-CUS-INVALID-EMAIL", "error body",
    "A wrong e-mail carries validation_error.",
    kit.refused(("create_customer", "update_customer"), lambda given, _:
                alter.coded(given.body, "validation_error") if "invalid_email" in str(given.body)
                else None))
add("customers-invalid-user-code", "ERR-CUS-INVALID-USER", "error body",
    "A wrong user carries validation_error.",
    kit.refused("attach_user", lambda given, _: alter.coded(given.body, "validation_error")))
add("customers-validation-code", "ERR-CUS-VALIDATION", "error body",
    "What fails validation carries invalid_email.",
    kit.refused(kit.CUSTOMERS, lambda given, _: alter.coded(given.body, "invalid_email")
                if "validation_error" in str(given.body) else None))
add("customers-permission-code", ("ERR-CUS-PERMISSIONS",), "error body",
    "A missing right carries forbidden.",
    kit.refused(kit.CUSTOMERS, lambda given, _: alter.coded(given.body, "forbidden")
                if given.status == 403 else None))
add("customers-refusal-silent", ("ERR-CUS-MESSAGE", "ERR-CUS-MESSAGE-ID"), "error body",
    "Refusals of customer operations say nothing.",
    kit.refused(kit.CUSTOMERS, lambda given, _: said_nothing(given.body))),
add("customers-unknown-unnamed", "ERR-CUS-MESSAGE-ID", "error body",
    "The refusal of an unknown customer names no id.",
    kit.refused("get_customer", lambda given, _: unnamed(given.body)))
add("customers-not-found-403", "ERR-CUS-NOT-FOUND", "wrong status",
    "Unknown customers are a 403 in the address operations.",
    deeds.status(("get_customer_addresses", "create_customer_address", "attach_user"), 404, 403))
add("customers-wp-404", "ERR-CUS-404-BODY", "error body",
    "An update of an unknown customer has the WordPress form without data.",
    kit.refused("update_customer", lambda given, _: Response(404, {
        "code": "fluent_cart_entity_not_found", "message": "Missing."})
        if given.status == 404 else None), family="documented")
add("customers-delete-one", "ERR-CUS-NO-DELETE", "side effect",
    "DELETE on a customer's address deletes the customer.",
    any_request(lambda request, answer: customer_deleted(request, answer)))
add("customers-refused-success", "ERR-CUS-CLASS", "error as success",
    "Refusals of customer operations come with 200.",
    deeds.status(kit.CUSTOMERS, (400, 404, 422), 200))
add("customers-refused-500", "ERR-CUS-CLASS", "server error",
    "Refusals of customer operations come with 500.",
    deeds.status(kit.CUSTOMERS, (400, 404, 422), 500))
add("customers-malformed-id", "ERR-CUS-MALFORMED-ID", "wrong object",
    "A text for a customer id means the first customer.",
    any_request(lambda request, answer: first_customer(request, answer)))
add("deleted-can-be-changed", "GEN-DELETED-GONE", "error as success",
    "Writes on deleted orders are answered as done.",
    deeds.excuse(tuple(one for one in kit.WRITES if one in kit.ORDERS), 404))
add("base-path-moved", "GEN-BASE-PATH", "wrong status",
    "The list of customers lives under v3.", any_request(lambda request, answer: Response(
        404, {"code": "rest_no_route", "message": "No route.", "data": {"status": 404}})
        if request.path == "/fluent-cart/v2/customers" and request.method == "GET"
        and not request.query else answer()))
add("form-changes-midway", "GEN-FORM-CONSISTENT", "wrong type",
    "total_paid is a number in one answer and text in the next.",
    kit.accepted("get_order", deeds.every_second(lambda body: swapped(body))))
# fmt: on

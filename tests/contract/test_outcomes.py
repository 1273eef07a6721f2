"""What an answer says it is about, and what it says became of the request; in plain values."""

from __future__ import annotations

import json
from typing import Any

import pytest

from fluentcart_conformance.contract.about import mismatches, other_address
from fluentcart_conformance.contract.refusal import (
    contradiction,
    is_missing_route,
    message_of,
    stated_status,
    states_outcome,
)

from .shapes import exchange

ORDER = {"order": {"id": 5, "customer_id": 7, "customer": {"id": "7"}}}


@pytest.mark.parametrize(
    ("operation", "place", "asked", "requirement"),
    [
        ("get_order", ("order", "id"), "order_id", "ORD-GET-SAME-ID"),
        ("get_order_transactions", ("order", "id"), "order", "TRX-LIST-DETAILS"),
        ("get_order_transaction", ("order", "id"), "id", "TRX-ONE-DETAILS"),
        ("update_order", ("order", "id"), "order_id", "ORD-UPDATE-ANSWER-SAME"),
        ("delete_order", ("data", "order_id"), "order_id", "ORD-DELETE-ANSWER-SAME"),
        ("update_statuses", ("data", "id"), "order", "ORD-STATUS-ANSWER-SAME"),
        ("sync_statuses", ("order", "id"), "order", "TRX-SYNC-ANSWER-SAME"),
        ("update_order_address_id", ("order", "id"), "order_id", "ORD-ADDRESS-ID-ANSWER"),
        (
            "update_transaction_status", ("transaction", "id"), "transaction",
            "TRX-STATUS-ANSWER-SAME",
        ),
        (
            "update_transaction_status", ("transaction", "order_id"), "order",
            "TRX-STATUS-ANSWER-SAME",
        ),
        ("create_and_change_customer", ("order", "id"), "order_id", "ORD-NEW-CUSTOMER-ANSWER"),
        ("get_customer", ("customer", "id"), "customerId", "CUS-GET-ID"),
        ("get_customer", ("data", "customer", "id"), "customerId", "CUS-GET-ID"),
        ("update_customer", ("data", "id"), "customerId", "CUS-UPDATE-ANSWER"),
        ("attach_user", ("customer", "id"), "customerId", "CUS-ATTACH-RECORD"),
        ("detach_user", ("customer", "id"), "customerId", "CUS-DETACH-RECORD"),
    ],
)  # fmt: skip
def test_the_id_answered_is_the_one_asked_for(
    operation: str, place: tuple[str, ...], asked: str, requirement: str
) -> None:
    def found(answered: Any, wanted: str) -> Any:
        body: Any = answered
        for part in reversed(place):
            body = {part: body}
        return mismatches(operation, body, {asked: wanted})

    pointer = "/" + "/".join(place)
    assert found(6, "5") == [(requirement, (pointer, "5, as asked for", "integer 6"))]
    assert found("6", "05") == [(requirement, (pointer, "5, as asked for", 'string "6"'))]
    for same in (5, "5", "005", None, True, "five", [5], 5.5):
        assert found(same, "5") == []
    assert found(6, "five") == []
    assert mismatches(operation, {place[0]: 3}, {asked: "5"}) == []


def test_rows_and_parts_name_their_owner() -> None:
    rows = {"orders": {"data": [{"customer_id": 7}, 3, {"customer_id": "8"}, {}]}}
    assert mismatches("get_customer_orders", rows, {"customerId": "7"}) == [
        ("CUS-ORDERS-OWN", ("/orders/data/2/customer_id", "7, its owner", 'string "8"'))
    ]
    for holder, at in (({"addresses": [{"customer_id": 8}]}, ""), (None, "/data")):
        body: Any = holder or {"data": {"addresses": [{"customer_id": 8}]}}
        assert mismatches("get_customer_addresses", body, {"customerId": "7"}) == [
            ("ADR-LIST-OWN", (f"{at}/addresses/0/customer_id", "7, its owner", "integer 8"))
        ]
    assert mismatches("get_customer_addresses", {"addresses": {"0": {}}}, {"customerId": "7"}) == []
    tree = {
        "id": 5,
        "customer_id": 7,
        "customer": {"id": 8},
        "order_items": [{"order_id": 5}, {"order_id": 6}],
        "transactions": {"0": {"order_id": 6}},
        "billing_address": {"order_id": 6},
        "shipping_address": [],
    }
    found = mismatches("get_order", {"order": tree}, {"order_id": "5"})
    assert found == [
        ("GEN-ABOUT-REQUESTED", ("/order/order_items/1/order_id", "5, its order", "integer 6")),
        ("GEN-ABOUT-REQUESTED", ("/order/billing_address/order_id", "5, its order", "integer 6")),
        ("GEN-ABOUT-REQUESTED", ("/order/customer/id", "7, as customer_id", "integer 8")),
    ]
    assert mismatches("get_order", ORDER, {"order_id": "5"}) == []
    assert mismatches("list_orders", {"order": tree}, {"order_id": "5"}) == []


def test_the_address_answered_is_the_one_sent() -> None:
    def found(operation: str, sent: Any, answered: Any = 3) -> Any:
        body = {"data": {"address": {"id": answered}}}
        made = exchange("PUT", "/x", request_body=json.dumps(sent).encode())
        return other_address(operation, body, made)

    told = ("/data/address/id", "4, as sent", "integer 3")
    assert found("update_customer_address", {"address_id": "4"}) == [("ADR-UPDATE-ID", told)]
    assert found("make_primary_address", {"address_id": 4}) == [("ADR-PRIMARY-ID", told)]
    assert found("make_primary_address", {"address_id": 3}) == []
    assert found("make_primary_address", {"other": 4}) == []
    assert found("make_primary_address", [4]) == []
    assert found("make_primary_address", {"address_id": 4}, None) == []
    assert found("create_customer_address", {"address_id": 4}) == []


@pytest.mark.parametrize(
    ("body", "stated"),
    [
        ({"code": 404}, ("/code", 404)),
        ({"code": "404"}, ("/code", 404)),
        ({"code": 500, "data": {"status": 403}}, ("/data/status", 403)),
        ({"code": 100}, ("/code", 100)),
        ({"code": 599}, ("/code", 599)),
        ({"code": 99}, None), ({"code": 600}, None), ({"code": True}, None),
        ({"code": "0404"}, None), ({"code": "gone"}, None), ({"code": "\u0664\u0660\u0664"}, None),
        ({"data": [403]}, None), ({}, None), ([404], None), (None, None),
    ],
)  # fmt: skip
def test_a_body_may_repeat_its_status(body: Any, stated: Any) -> None:
    assert stated_status(body) == stated
    assert states_outcome(body) is (stated is not None)


@pytest.mark.parametrize(
    ("body", "status", "told"),
    [
        ({"code": 403}, 404, None),
        ({"code": 200}, 404, ("/code", "4xx as the answer's status", "200")),
        ({"data": {"status": 403}}, 404, ("/data/status", "404", "403")),
        ({"data": {"status": 404}}, 404, None),
        ({"success": True}, 400, ("/success", "false", "true")),
        ({"success": True}, 399, None),
        ({"success": False}, 200, ("/success", "true", "false")),
        ({"success": False}, 404, None),
        ({"success": 1}, 404, None),
        ([1], 404, None),
    ],
)
def test_a_body_may_contradict_its_status(body: Any, status: int, told: Any) -> None:
    assert contradiction(body, status) == told


def test_success_alone_states_an_outcome() -> None:
    assert states_outcome({"success": False})
    assert not states_outcome({"success": "no"})
    assert not states_outcome([True])


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({"message": "No"}, "No"),
        ({"error": {"message": "No"}, "data": {"message": "x"}}, "No"),
        ({"message": 3, "data": {"message": "No"}}, "No"),
        ({"message": "x" * 120}, "x" * 97 + "..."),
        ({"message": "a\nb"}, "a\\u000ab"),
        ({"error": "No"}, ""),
        ({}, ""),
        (["No"], ""),
        (None, ""),
    ],
)
def test_the_sentence_of_a_refusal_is_found(body: Any, message: str) -> None:
    assert message_of(body) == message


def test_wordpress_says_what_it_has_no_route_for() -> None:
    assert is_missing_route({"code": "rest_no_route"})
    assert not is_missing_route({"code": "rest_forbidden"})
    assert not is_missing_route("rest_no_route")

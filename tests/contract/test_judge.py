"""One exchange, its findings and what it proves."""

from __future__ import annotations

from typing import Any

import pytest

from fluentcart_conformance.contract import Finding

from .shapes import exchange, judge, order, without


def findings(*args: Any, **kwargs: Any) -> list[Finding]:
    return list(judge().judge(exchange(*args, **kwargs)).findings)


def only(*args: Any, **kwargs: Any) -> Finding:
    found = findings(*args, **kwargs)
    assert len(found) == 1, found
    return found[0]


def test_a_right_answer_has_no_finding_and_proves_what_it_met() -> None:
    judgement = judge().judge(exchange("GET", "/orders/5", {"order": order()}))

    assert judgement.operation == "get_order"
    assert judgement.findings == ()
    assert {"TINY-ORDER-MEMBERS", "TINY-ORDER-WORDS", "TINY-ITEM", "GEN-NO-5XX"} <= judgement.proved


def test_an_empty_list_proves_nothing_about_its_rows() -> None:
    judgement = judge().judge(exchange("GET", "/orders/5", {"order": order(order_items=[])}))

    assert "TINY-ITEM" not in judgement.proved


def test_a_broken_requirement_is_not_proved() -> None:
    judgement = judge().judge(exchange("GET", "/orders/5", {"order": order(status="lost")}))

    assert "TINY-ORDER-WORDS" not in judgement.proved
    assert "TINY-ORDER-TYPES" in judgement.proved


@pytest.mark.parametrize("member", ["id", "status", "total_amount", "total_paid", "order_items"])
def test_each_missing_member_is_named(member: str) -> None:
    found = only("GET", "/orders/5", {"order": without(order(), member)})

    assert found.requirement == "TINY-ORDER-MEMBERS"
    assert found.pointer == f"/order/{member}"
    assert found.got == "missing"


@pytest.mark.parametrize(
    ("member", "value", "requirement"),
    [
        ("id", "5", "TINY-ORDER-TYPES"),
        ("status", "lost", "TINY-ORDER-WORDS"),
        ("total_amount", "5000", "TINY-ORDER-MONEY"),
        ("total_amount", 5000.0, "TINY-ORDER-MONEY"),
        ("total_amount", 50.5, "TINY-ORDER-MONEY"),
        ("total_paid", 12.0, "TINY-ORDER-TYPES"),
        ("total_paid", "12.00", "TINY-ORDER-TYPES"),
        ("total_paid", None, "TINY-ORDER-TYPES"),
        ("note", "too long", "TINY-ORDER-TYPES"),
        ("order_items", {}, "TINY-ORDER-TYPES"),
    ],
)
def test_each_wrong_value_is_one_finding(member: str, value: Any, requirement: str) -> None:
    found = only("GET", "/orders/5", {"order": order(**{member: value})})

    assert (found.requirement, found.pointer) == (requirement, f"/order/{member}")
    assert found.expected
    assert found.got


def test_rows_with_one_cause_are_one_finding() -> None:
    rows = [without(order(id=number), "status") for number in (3, 2, 1)]
    found = only("GET", "/orders", {"orders": {"data": rows, "total": 3}})

    assert found.pointer == "/orders/data/0/status"
    assert "2 more places" in found.got


def test_causes_do_not_depend_on_the_row() -> None:
    high, low = order(id=2), order(id=1)
    first = only("GET", "/orders", {"orders": {"data": [high, without(low, "status")], "total": 2}})
    second = only(
        "GET", "/orders", {"orders": {"data": [without(high, "status"), low], "total": 2}}
    )

    assert first.cause == second.cause
    assert first.pointer != second.pointer


def test_the_branch_that_was_meant_is_reported() -> None:
    bare = only("PUT", "/customers/1", {"customer": {"id": 1}})
    wrapped = only("PUT", "/customers/1", {"success": True, "data": {"customer": {"id": "1"}}})

    assert (bare.requirement, bare.pointer) == ("TINY-BARE", "/customer/email")
    assert (wrapped.requirement, wrapped.pointer) == ("TINY-WRAPPED", "/data/customer/id")


def test_a_value_of_no_permitted_form_names_the_forms() -> None:
    found = only("PUT", "/customers/1", [1])

    assert "the bare customer or the wrapped customer" in found.expected


def test_foreign_traffic_is_left_alone() -> None:
    judgement = judge().judge(exchange("GET", "/products", raw=b"<html>"))

    assert judgement.operation is None
    assert not judgement.findings


@pytest.mark.parametrize("status", [201, 204, 302])
def test_an_undocumented_status_is_found(status: int) -> None:
    assert "GEN-STATUS" in [
        one.requirement for one in findings("GET", "/orders/5", {"order": order()}, status=status)
    ]


def test_a_redirect_to_a_page_is_one_finding() -> None:
    found = only("GET", "/orders/5", raw=b"<html>moved</html>", status=302)

    assert found.requirement == "GEN-STATUS"
    assert "302, an HTML page" in found.got


def test_being_asked_to_wait_is_no_finding() -> None:
    busy = {"content-type": "text/plain", "retry-after": "3"}

    assert findings("GET", "/orders", raw=b"slow down", status=429) == []
    assert findings("GET", "/orders", raw=b"busy", status=503, headers=busy) == []
    assert only("GET", "/orders", raw=b"busy", status=503).requirement == "GEN-NO-5XX"


def test_a_server_error_is_one_finding_that_says_what_it_shows() -> None:
    text = "SQLSTATE[42S22]: Unknown column 'x' in /var/www/app/Order.php:33"
    found = only("GET", "/orders/5", {"code": 404, "message": text}, status=500)

    assert found.requirement == "GEN-NO-5XX"
    assert "meant as 404" in found.got
    assert "SQL text" in found.got


def test_server_errors_of_one_message_share_a_cause_whatever_the_id() -> None:
    first = only("GET", "/orders/5", {"message": "No order 5 in 'a'"}, status=500)
    second = only("GET", "/orders/77", {"message": "No order 77 in 'b'"}, status=500)

    assert first.cause == second.cause


@pytest.mark.parametrize(
    ("raw", "requirement"),
    [
        (b"", "GEN-JSON"),
        (b"oops", "GEN-JSON"),
        (b'{"a":1} trailing', "GEN-JSON"),
        (b'{"a":"\xff"}', "GEN-JSON"),
        (b'{"a":NaN}', "GEN-JSON-CLEAN"),
        (b'{"a":1e999}', "GEN-JSON-CLEAN"),
        (b"[" * 100_000, "GEN-JSON"),
        (b"<!DOCTYPE html><html><body>Log in</body></html>", "GEN-NO-HTML"),
        (b"<br /><b>Warning</b>: x in /srv/a.php on line 3<br />{}", "GEN-JSON"),
    ],
)
def test_a_body_that_is_not_json_is_one_finding(raw: bytes, requirement: str) -> None:
    assert only("GET", "/orders/5", raw=raw).requirement == requirement


def test_a_byte_order_mark_and_a_double_member_are_found() -> None:
    raw = b'\xef\xbb\xbf{"message":"a","order_id":1,"order_id":2}'
    found = {one.requirement: one for one in findings("POST", "/orders", raw=raw)}

    assert "byte order mark" in found["GEN-JSON"].got
    assert "order_id twice" in found["GEN-JSON-CLEAN"].got


@pytest.mark.parametrize("header", ["text/html", "", "application/jsonp", "application/xml; q=1"])
def test_a_wrong_content_type_is_found(header: str) -> None:
    found = only("GET", "/orders/5", {"order": order()}, headers={"content-type": header})

    assert found.requirement == "GEN-CONTENT-TYPE"


@pytest.mark.parametrize("header", ["Application/JSON", 'application/json ;charset="utf-8"'])
def test_a_content_type_is_read_whatever_its_case_and_parameters(header: str) -> None:
    body = {"order": order()}
    assert findings("GET", "/orders/5", body, headers={"content-type": header}) == []


def test_the_shape_of_a_refusal_is_judged() -> None:
    assert only("GET", "/orders/5", {"error": "no"}, status=404).requirement == "TINY-REFUSAL"
    judgement = judge().judge(exchange("GET", "/orders/5", {"message": "no"}, status=404))
    assert judgement.findings == ()
    assert "TINY-REFUSAL" in judgement.proved


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (404, {"message": "x", "code": 200}),
        (404, {"message": "x", "data": {"status": 403}}),
        (404, {"message": "x", "success": True}),
        (422, {"message": "x", "code": "500"}),
    ],
)
def test_a_refusal_that_contradicts_its_status_is_found(status: int, body: Any) -> None:
    assert only("GET", "/orders/5", body, status=status).requirement == "ERR-STATUS-MATCHES"


def test_a_success_with_a_refusal_inside_is_found() -> None:
    body = {"message": "Not found", "order_id": 1, "code": 404}
    assert only("POST", "/orders", body).requirement == "ERR-STATUS-MATCHES"


def test_a_route_the_store_does_not_have_is_found() -> None:
    gone = {"code": "rest_no_route", "message": "No route"}

    assert only("GET", "/orders/5", gone, status=404).requirement == "GEN-OPERATION-PRESENT"
    assert findings("GET", "/orders/abc", gone, status=404) == []


def test_the_order_answered_is_the_one_asked_for() -> None:
    found = only("GET", "/orders/6", {"order": order(order_items=[])})
    assert (found.requirement, found.pointer) == ("ORD-GET-SAME-ID", "/order/id")

    stray = order(order_items=[{"id": 1, "order_id": "9", "quantity": 1}])
    assert only("GET", "/orders/5", {"order": stray}).pointer == "/order/order_items/0/order_id"


def test_the_average_is_rounded_half_up() -> None:
    def stats(average: Any, spent: int = 5000, count: int = 3) -> Any:
        figures = {"total_spent": spent, "order_count": count, "average_order_value": average}
        return {"data": {"stats": figures}}

    assert findings("GET", "/customers/get-stats/1", stats(1667)) == []
    assert findings("GET", "/customers/get-stats/1", stats(3, spent=5, count=2)) == []
    assert findings("GET", "/customers/get-stats/1", stats(0, spent=0, count=0)) == []
    found = only("GET", "/customers/get-stats/1", stats(1666))
    assert found.requirement == "CUS-STATS-AVERAGE"


def test_a_member_that_the_request_did_not_select_may_be_missing() -> None:
    row = {"id": 5, "status": "pending"}
    page = {"orders": {"data": [row], "total": 1}}

    found = findings("GET", "/orders?select=id,status", page)

    assert [one for one in found if one.got.startswith("missing")] == []


def test_a_member_that_the_request_selected_must_be_there() -> None:
    page = {"orders": {"data": [{"id": 5}], "total": 1}}

    found = findings("GET", "/orders?select=id,status", page)

    assert [one.pointer for one in found] == ["/orders/data/0/status"]

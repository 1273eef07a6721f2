"""What no answer may show."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from .shapes import JSON_HEADERS, exchange, judge, order

PASSWORD = "abcd EFGH 1234 ijkl"
BASIC = "Basic " + base64.b64encode(f"admin:{PASSWORD}".encode()).decode()


def found(note: str, status: int = 200, **more: Any) -> list[str]:
    body = {"order": order(note=None), "extra": note, "message": "m"}
    judgement = judge(secrets=["correct horse/battery"]).judge(
        exchange("GET", "/orders/5", body, status=status, **more)
    )
    return [one.requirement for one in judgement.findings]


@pytest.mark.parametrize(
    "text",
    [
        "SQLSTATE[42000]: Syntax error",
        "WordPress database error You have an error",
        "Stack trace:\n#0 /var/www/a.php(3): b()",
        "PHP Fatal error:  Uncaught TypeError in x on line 3",
        "Warning: Undefined array key 3 in /srv/www/plugin/a.php on line 33",
        "thrown in /srv/www/plugin/Order.php:44",
    ],
)
@pytest.mark.parametrize("status", [200, 422])
def test_the_inside_of_the_server(text: str, status: int) -> None:
    assert found(text, status) == ["GEN-NO-LEAK"]


def test_an_error_without_a_place_is_a_leak_in_a_refusal() -> None:
    assert found("Call to undefined method Foo::bar()", 422) == ["GEN-NO-LEAK"]


def test_a_statement_is_a_leak_in_a_refusal_but_may_be_a_customers_own_words() -> None:
    assert found("insert into `wp_fct_orders` (`a`)", 422) == ["GEN-NO-LEAK"]
    assert found("insert into `wp_fct_orders` (`a`)", 200) == []


@pytest.mark.parametrize(
    "text",
    [
        "https://shop.example/wp-admin/admin.php?page=fluent-cart#/orders/5",
        "Notice: we deliver on Monday",
        "Please select a product from our update set",
        "<b>bold</b> & <i>italic</i>",
        "Warning: fragile",
        "Fill in all undefined fields",
    ],
)
def test_honest_text_is_no_leak(text: str) -> None:
    assert found(text) == []


def test_text_that_came_with_the_request_may_come_back() -> None:
    sent = json.dumps({"note": "SQLSTATE[42000] <html>"}).encode()

    assert found("SQLSTATE[42000] <html>", request_body=sent) == []
    assert found("SQLSTATE[42000] <html>") == ["GEN-NO-LEAK", "GEN-NO-HTML"]


@pytest.mark.parametrize(
    "text", [PASSWORD, PASSWORD.replace(" ", ""), BASIC, BASIC.partition(" ")[2]]
)
@pytest.mark.parametrize("name", ["Authorization", "authorization"])
def test_what_the_request_authenticated_with(text: str, name: str) -> None:
    assert found(f"you sent {text}", request_headers={name: BASIC}) == ["GEN-NO-CREDENTIALS"]


@pytest.mark.parametrize(
    "text", ["correct horse/battery", "correct%20horse/battery", "correcthorse/battery"]
)
def test_secrets_the_caller_knows(text: str) -> None:
    assert found(text) == ["GEN-NO-CREDENTIALS"]


def test_a_secret_in_a_header_is_found_and_never_shown() -> None:
    headers = {**JSON_HEADERS, "x-debug": f"pass={PASSWORD}"}
    judgement = judge(secrets=[PASSWORD]).judge(
        exchange("GET", "/orders/5", {"order": order()}, headers=headers)
    )
    (one,) = judgement.findings
    assert "x-debug" in one.got
    assert PASSWORD not in repr(one)


def test_short_secrets_and_redacted_headers_are_left_alone() -> None:
    judged = judge(secrets=["", "a"]).judge(
        exchange(
            "GET",
            "/orders/5",
            {"order": order()},
            request_headers={"Authorization": "[redacted: admin]"},
        )
    )
    assert judged.findings == ()


def test_a_class_name_is_a_leak_in_a_refusal_alone() -> None:
    assert found("No FluentCart\\App\\Models\\Order", 404) == ["GEN-NO-LEAK"]
    assert found("FluentCart\\App\\Models\\Order") == []

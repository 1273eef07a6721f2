"""Plain values: money, numbers spelled as text, moments in any zone; and what an answer says."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from fluentcart_conformance.drivers.answers import Answer
from fluentcart_conformance.drivers.records import average
from fluentcart_conformance.drivers.routes import ROUTES, parameters, route
from fluentcart_conformance.drivers.values import (
    UnreadableAnswer,
    cents,
    decimal_number,
    decimal_units,
    moment,
    same_moment,
    whole,
    whole_or_none,
)

from .fake import answer, exchange


@pytest.mark.parametrize(
    ("spelled", "value"),
    [
        (2500, 2500), ("2500", 2500), (" 2500 ", 2500), ("-3", -3), ("12.00", 12), (12.0, 12),
        (0, 0), ("0", 0), ("90071992547409931", 90071992547409931),
    ],
)  # fmt: skip
def test_a_whole_number_has_several_spellings(spelled: Any, value: int) -> None:
    assert whole(spelled) == value


@pytest.mark.parametrize("value", [12.5, "12.5", "", "x", None, True, False, [], {}, "1e3", "- 1"])
def test_anything_else_is_no_whole_number(value: Any) -> None:
    with pytest.raises(UnreadableAnswer) as caught:
        whole(value, "a.b")
    assert str(caught.value) == f"a.b is {value!r}, not an integer"
    with pytest.raises(UnreadableAnswer, match=r"^value is "):
        whole(value)


@pytest.mark.parametrize("value", [None, "", 0, "0"])
def test_nothing_has_several_spellings(value: Any) -> None:
    assert whole_or_none(value) is None


def test_something_is_a_whole_number() -> None:
    assert whole_or_none("12") == 12
    with pytest.raises(UnreadableAnswer, match=r"^a.b is 'x', not an integer$"):
        whole_or_none("x", "a.b")
    with pytest.raises(UnreadableAnswer, match=r"^value is 'x'"):
        whole_or_none("x")


@pytest.mark.parametrize(
    ("amount", "units"), [(2550, 25.5), (2500, 25), (1, 0.01), (-199, -1.99), (0, 0)]
)
def test_cents_in_units(amount: int, units: float) -> None:
    made = decimal_units(amount)
    assert (made, type(made)) == (units, type(units))
    assert cents(amount) == amount


@pytest.mark.parametrize(("spelled", "value"), [("12.50", "12.5"), (12.5, "12.5"), (3, "3")])
def test_a_decimal_number_has_several_spellings(spelled: Any, value: str) -> None:
    assert decimal_number(spelled) == Decimal(value)


@pytest.mark.parametrize("value", ["x", "", None, True, [1]])
def test_anything_else_is_no_decimal_number(value: Any) -> None:
    with pytest.raises(UnreadableAnswer) as caught:
        decimal_number(value, "a.b")
    assert str(caught.value) == f"a.b is {value!r}, not a number"
    with pytest.raises(UnreadableAnswer, match=r"^value is "):
        decimal_number(value)


@pytest.mark.parametrize(
    "text", ["2025-01-15 10:30:00", "2025-01-15T10:30:00Z", " 2025-01-15T11:30:00+01:00 "]
)
def test_a_moment_has_several_spellings(text: str) -> None:
    assert moment(text).timestamp() == 1736937000
    assert moment(text).tzinfo is not None


@pytest.mark.parametrize("value", ["soon", "", None, 5])
def test_anything_else_is_no_moment(value: Any) -> None:
    with pytest.raises(UnreadableAnswer) as caught:
        moment(value, "a.b")
    assert str(caught.value) == f"a.b is {value!r}, not a date"
    with pytest.raises(UnreadableAnswer, match=r"^date is "):
        moment(value)
    with pytest.raises(UnreadableAnswer, match=r"^a.b is "):
        same_moment(value, "2025-01-15 10:30:00", "a.b")
    with pytest.raises(UnreadableAnswer, match=r"^a.b is "):
        same_moment("2025-01-15 10:30:00", value, "a.b")
    with pytest.raises(UnreadableAnswer, match=r"^date is "):
        same_moment("2025-01-15 10:30:00", value)


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        ("2025-01-15T10:30:00Z", "2025-01-15T11:30:01+01:00", True),
        ("2025-01-15T10:30:00Z", "2025-01-15T10:30:02Z", False),
        ("2025-01-15T10:30:02Z", "2025-01-15T10:30:00Z", False),
        ("2025-01-15T10:30:00Z", "2025-01-15T11:30:00Z", False),
        # Without a zone it may be any local time: whole quarters of an hour explain themselves.
        ("2025-01-15T10:30:00Z", "2025-01-15 16:00:00", True),
        ("2025-01-15 16:00:01", "2025-01-15T10:30:00Z", True),
        ("2025-01-15T10:30:00Z", "2025-01-15 15:59:59", True),
        ("2025-01-15T10:30:00Z", "2025-01-15 15:59:58", False),
        ("2025-01-15T10:30:00Z", "2025-01-16 00:30:01", True),
        ("2025-01-15T10:30:00Z", "2025-01-16 00:45:00", False),
        ("2025-01-15T10:30:00Z", "2025-01-15 16:05:00", False),
        ("2025-01-15 10:30:00", "2025-01-15 12:30:00", True),
    ],
)
def test_two_prints_of_one_moment(one: str, two: str, same: bool) -> None:
    assert same_moment(one, two) is same


@pytest.mark.parametrize(
    ("total", "count", "value"), [(5000, 3, 1667), (5, 2, 3), (4, 3, 1), (0, 0, 0), (7, 0, 0)]
)
def test_an_average_is_rounded_half_up(total: int, count: int, value: int) -> None:
    assert average(total, count) == value


def test_a_route_is_filled_in_order() -> None:
    assert route("get_order", (5,)) == ("GET", "/orders/5")
    filled = route("update_transaction_status", ("a", 7))
    assert filled == ("PUT", "/orders/a/transactions/7/status")
    assert parameters("update_transaction_status") == 2
    assert parameters("list_orders") == 0
    assert len(ROUTES) == 38


@pytest.mark.parametrize(
    ("status", "accepted", "refused"),
    [
        (200, True, False), (299, True, False), (199, False, False), (300, False, False),
        (399, False, False), (400, False, True), (499, False, True), (500, False, False),
    ],
)  # fmt: skip
def test_the_status_says_how_it_went(status: int, accepted: bool, refused: bool) -> None:
    said = answer({}, status)
    assert (said.status, said.accepted, said.refused) == (status, accepted, refused)


@pytest.mark.parametrize(
    ("body", "message", "code"),
    [
        ({"message": "No", "code": "a", "data": {"message": "b"}}, "No", "a"),
        ({"success": False, "error": {"code": "gone", "message": "No"}}, "No", "gone"),
        ({"data": {"params": "x", "message": "No"}, "code": 404}, "No", "404"),
        ({"message": 5, "email": {"required": "E-mail is needed"}}, "E-mail is needed", ""),
        ({"email": {"first": 1, "required": "needed"}, "code": ["x"]}, "needed", ""),
        ({"error": "plain", "code": "c"}, "", "c"),
        ({"email": {"first": 1}}, "", ""),
        ([1], "", ""),
        (None, "", ""),
    ],
)
def test_the_message_and_the_code_are_found(body: Any, message: str, code: str) -> None:
    said = answer(body, 422)
    assert (said.message, said.code) == (message, code)


def test_a_body_is_read_once_and_never_raises() -> None:
    assert Answer(exchange(raw=b'\xef\xbb\xbf{"a":1}')).body == {"a": 1}
    for raw in (b"", b"oops", b"\xff", b"[" * 100_000):
        assert Answer(exchange(raw=raw)).body is None


def test_members_are_those_of_an_object() -> None:
    assert answer({"a": 1}).members == {"a": 1}
    assert answer({"a": {"id": 1}}).part("a").id == 1
    with pytest.raises(UnreadableAnswer, match=r"^the answer is not a JSON object but 200 \[1\]$"):
        _ = answer([1]).members
    with pytest.raises(UnreadableAnswer, match=r"^the answer has no object 'a': 200 "):
        answer({"a": 1}).part("a")


def test_an_answer_is_told_on_one_line() -> None:
    said = Answer(exchange(422, raw=b"x" * 400 + b"\xff"))
    assert str(said) == "GET https://shop.example/wp-json/fluent-cart/v2/x -> 422 " + "x" * 300
    assert repr(said) == "answer 422 " + "x" * 300
    assert Answer(exchange(raw=b"\xff")).excerpt == "200 \ufffd"

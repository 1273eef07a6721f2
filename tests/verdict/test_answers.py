"""The answers of two stores, member by member: what differs is named, what is data is not."""

from __future__ import annotations

import json
from typing import Any

import pytest

from fluentcart_conformance.render.answers import (
    answers_data,
    answers_html,
    answers_markdown,
    answers_text,
)
from fluentcart_conformance.verdict.answers import Answers, Difference, compare_answers
from tests.synthetic import exchange, run

ORDER: dict[str, Any] = {
    "id": 5,
    "uuid": "0a1b2c3d4e5f",
    "customer_id": 7,
    "user_id": "0",
    "city": "",
    "total_amount": 5000,
    "created_at": "2026-11-20T18:49:36+00:00",
    "title": "r-20261120-ab12cd of ann@shop.example",
    "items": [{"id": 1, "quantity": 2}],
}
ALIKE: dict[str, Any] = {
    **ORDER,
    "id": 66,
    "uuid": "ffffeeee0000",
    "customer_id": 8,
    "created_at": "2026-11-21T01:02:03+00:00",
    "title": "r-20261121-cc12dd of bob@shop.example",
    "items": [{"id": 2, "quantity": 2}, {"id": 3, "quantity": 2}],
}


def compared(before: Any, after: Any, **more: Any) -> Answers:
    def record(body: Any, order: int, **changes: Any) -> Any:
        return run(
            exchange(
                body=body if isinstance(body, str) else json.dumps(body),
                operation="get_order",
                url=f"http://127.0.0.1:{order}/wp-json/fluent-cart/v2/orders/{order}",
                **changes,
            )
        )

    return compare_answers(record(before, 8000), record(after, 9123, **more))


def only(found: Answers) -> Difference:
    (one,) = found.differences
    return one


def test_ids_dates_and_what_belongs_to_a_run_are_no_difference() -> None:
    found = compared({"order": ORDER}, {"order": ALIKE})
    assert found.same
    assert (found.pairs, found.alone) == (1, 0)


@pytest.mark.parametrize(
    ("change", "kind", "before", "after"),
    [
        ({"id": "66"}, "kind", "integer", "digits as text"),
        ({"user_id": None}, "kind", "digits as text", "null"),
        ({"city": None}, "kind", "empty text", "null"),
        ({"total_amount": 50.5}, "kind", "integer", "decimal number"),
        ({"total_amount": 6000}, "value", "integer 5000", "integer 6000"),
        (
            {"created_at": "2026-11-20 18:49:36"},
            "kind",
            "date and time with offset",
            "date and time with a blank",
        ),
        ({"is_b2b": False}, "appears", "", "boolean"),
        ({"items": None}, "kind", "list", "null"),
        ({"items": [{"id": 1, "quantity": "2"}]}, "kind", "integer", "digits as text"),
    ],
)
def test_a_difference_is_named_with_both_sides(
    change: dict[str, Any], kind: str, before: str, after: str
) -> None:
    one = only(compared({"order": ORDER}, {"order": {**ALIKE, **change}}))
    assert (one.kind, one.before, one.after) == (kind, before, after)
    assert one.operations == ("get_order",)


def test_a_member_that_vanishes_is_told_once_with_all_below_it() -> None:
    less = {name: value for name, value in ALIKE.items() if name != "items"}
    one = only(compared({"order": ORDER}, {"order": less}))
    assert (one.kind, one.member, one.before) == ("vanishes", "order.items", "list")


def test_another_status_hides_the_bodies() -> None:
    one = only(compared({"order": ORDER}, '{"message":"gone"}', status=404))
    assert (one.kind, one.before, one.after) == ("status", "200", "404")


@pytest.mark.parametrize("items", [[], {}])
def test_an_empty_list_or_object_is_data(items: Any) -> None:
    assert compared({"order": ORDER}, {"order": {**ALIKE, "items": items}}).same


def test_what_the_other_store_shows_elsewhere_is_data() -> None:
    def record(*cities: str | None) -> Any:
        every = [{"order": {**ORDER, "city": city}} for city in cities]
        return run(*(exchange(f"w0-{n}", body=json.dumps(one)) for n, one in enumerate(every)))

    assert compare_answers(record("Ulm", None), record(None, "Ulm")).same


def test_generated_requests_are_not_compared() -> None:
    fuzz = "fuzz/test_requests.py::test_x[get_order]"
    assert compare_answers(run(exchange(scenario=fuzz)), run(exchange(status=404))).pairs == 0


def test_what_is_no_json_differs_from_json() -> None:
    assert only(compared({"order": ORDER}, "<html>")).kind == "kind"
    assert compared("[" * 100_000, "[" * 100_000).same


def test_every_form_shows_differences_and_routes_and_escapes_them() -> None:
    def record(title: str) -> Any:
        return run(exchange(body=json.dumps({"order": {"note": title}})))

    routes = frozenset({"/a"}), frozenset({"/a", "/orders/{id}/<b>"})
    found = compare_answers(record("<i>one"), record("two\x1b[31m"), routes)
    text, marked = answers_text(found), answers_markdown(found)
    page, data = answers_html(found, ("shop 1", "<shop 2>")), answers_data(found)
    assert "order.note  text <i>one -> text two\\x1b" in text
    assert "Routes that appear (1)\n  /orders/{id}/<b>" in text
    assert text.splitlines()[-1].startswith("DIFFERENT ANSWERS  1 difference, 1 route  1 answer")
    assert "&#60;i&#62;one" in marked
    assert "&lt;shop 2&gt;" in page
    assert "<i>" not in page
    assert "\x1b" not in page + marked + text
    assert data["differences"][0]["exchanges"] == ["w0-1", "w0-1"]
    assert data["routes_appear"] == ["/orders/{id}/<b>"]


def test_routes_are_told_by_the_side_that_has_them() -> None:
    found = compare_answers(run(), run(), (frozenset({"/a", "/old"}), frozenset({"/a", "/new"})))
    assert (found.routes_vanish, found.routes_appear) == (("/old",), ("/new",))


def _shown(operation: str, *bodies: Any) -> Any:
    return run(
        *(
            exchange(f"w0-{n}", operation=operation, body=json.dumps(one))
            for n, one in enumerate(bodies)
        )
    )


def test_a_value_in_the_rows_of_other_people_says_nothing() -> None:
    two = {"title": "a"}, {"title": "b"}
    other = {"title": "c"}, {"title": "d"}
    assert compare_answers(_shown("list_orders", *two), _shown("list_orders", *other)).same
    assert not compare_answers(_shown("get_order", *two), _shown("get_order", *other)).same


def test_a_kind_in_rows_of_other_people_counts_when_it_shows_twice() -> None:
    once, twice = [{"city": "a"}], [{"city": "a"}, {"city": "b"}]
    none = [{"city": None}, {"city": None}]
    assert compare_answers(_shown("list_orders", *once), _shown("list_orders", none[0])).same
    assert not compare_answers(_shown("list_orders", *twice), _shown("list_orders", *none)).same


def test_a_list_in_the_place_of_an_object_is_a_difference_unless_one_is_empty() -> None:
    assert compared({"meta": {}}, {"meta": []}).same
    assert compared({"meta": [1]}, {"meta": []}).same
    one = only(compared({"meta": [1]}, {"meta": "text"}))
    assert (one.kind, one.before) == ("kind", "list")


def test_one_status_that_both_stores_give_elsewhere_may_be_the_luck_of_an_id() -> None:
    def record(*statuses: int) -> Any:
        return run(
            *(
                exchange(f"w0-{n}", status=status, url=f"http://a/wp-json/fluent-cart/v2/{'x' * n}")
                for n, status in enumerate(statuses)
            )
        )

    assert compare_answers(record(200, 200, 404), record(404, 200, 404)).same
    assert not compare_answers(record(200, 200, 404), record(404, 404, 404)).same
    assert not compare_answers(record(200, 404), record(500, 404)).same


def test_a_request_that_sends_back_what_it_read_finds_its_twin() -> None:
    def record(status: int, *bodies: str) -> Any:
        return run(
            *(
                exchange(
                    f"w0-{number}",
                    operation="update_order",
                    status=status,
                    url="http://127.0.0.1:80/wp-json/fluent-cart/v2/orders/5",
                    request={"headers": {}, "body": body},
                )
                for number, body in enumerate(bodies)
            )
        )

    old = record(200, '{"a": 1}', '{"a": 1, "b": 2}')
    found = compare_answers(old, record(500, '{"a": 1}', '{"a": 1, "c": 2}'))
    assert (found.pairs, found.alone) == (2, 0)
    assert only(found).times == 2
    # With one more of them nobody knows which belongs to which.
    found = compare_answers(old, record(500, '{"a": 1}', '{"c": 2}', '{"d": 2}'))
    assert (found.pairs, found.alone) == (1, 3)


@pytest.mark.parametrize(("made", "differences"), [(True, 1), (False, 0)])
def test_what_was_found_by_the_luck_of_an_id_is_no_difference(made: bool, differences: int) -> None:
    """A scenario's own order that cannot be read is one."""
    root = "http://127.0.0.1:80/wp-json/fluent-cart/v2/orders"

    def record(number: int, status: int) -> Any:
        answer = json.dumps({"order_id": number if made or status == 200 else 1})
        return run(
            *(
                exchange(
                    f"w1-{one}", operation="create_order", method="POST", url=root, body=answer,
                    scenario=f"orders/a.py::test_{one}",
                )
                for one in (2, 3)
            ),
            *(
                exchange(
                    f"w0-{one}", operation="get_order", method="GET",
                    url=f"{root}/{number}", status=status, scenario=f"orders/a.py::test_{one}",
                )
                for one in (2, 3)
            ),
        )  # fmt: skip

    assert len(compare_answers(record(74, 200), record(314, 404)).differences) == differences

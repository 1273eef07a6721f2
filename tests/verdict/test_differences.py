"""When a difference between two stores' answers is data, and how differences are put together."""

from __future__ import annotations

import json
from typing import Any

import pytest

from fluentcart_conformance.verdict.answers import Answers, Difference, compare_answers
from tests.synthetic import exchange, run

URL = "http://127.0.0.1:80/wp-json/fluent-cart/v2"


def asked(*bodies: Any, operation: str = "get_order", statuses: Any = None, name: str = "a") -> Any:
    """Answers to one request after the other; the second record gets other ids."""
    return run(
        *(
            exchange(
                f"{name}{number}",
                body=json.dumps(body),
                operation=operation,
                url=f"{URL}/{operation}/{number}x",
                status=(statuses or [200] * len(bodies))[number],
                method="GET",
            )
            for number, body in enumerate(bodies)
        )
    )


def compared(before: list[Any], after: list[Any], **more: Any) -> Answers:
    return compare_answers(asked(*before, **more), asked(*after, name="b", **more))


def kinds(found: Answers) -> list[tuple[str, str, str, str]]:
    return [(one.kind, one.member, one.before, one.after) for one in found.differences]


def test_a_difference_tells_everything_about_its_places() -> None:
    one = {"orders": {"data": [{"note": "x", "lines": [{"note": "x"}]}]}}
    two = {"orders": {"data": [{"note": None, "lines": [{"note": None}]}]}}
    found = compared([one, one], [two, two])
    assert (found.pairs, found.alone) == (2, 0)
    assert found.differences == (
        Difference(
            "kind", "data.note", "text", "null", ("get_order",), ("/orders/data/*/note",), 2,
            ("a0", "b0"), found.differences[0].scenario,
        ),
        Difference(
            "kind", "lines.note", "text", "null", ("get_order",), ("/orders/data/*/lines/*/note",),
            2, ("a0", "b0"), found.differences[0].scenario,
        ),
    )  # fmt: skip
    assert found.differences[0].scenario.endswith("test_a_partial_refund")


def test_in_lists_values_and_what_shows_once_are_data() -> None:
    value = [{"city": "Ulm"}], [{"city": "Bonn"}]
    assert kinds(compared(*value)) == [("value", "city", "text Ulm", "text Bonn")]
    assert kinds(compared(*value, operation="list_orders")) == []
    kind = {"city": "Ulm"}, {"city": 5}
    assert kinds(compared([kind[0]], [kind[1]], operation="list_orders")) == []
    twice = compared([kind[0]] * 2, [kind[1]] * 2, operation="list_orders")
    assert kinds(twice) == [("kind", "city", "text", "integer")]
    values = compared([value[0][0]] * 2, [value[1][0]] * 2, operation="list_orders")
    assert kinds(values) == []


def test_a_status_that_both_stores_give_elsewhere_may_be_luck() -> None:
    def found(before: list[int], after: list[int]) -> Any:
        bodies: list[Any] = [{}] * len(before)
        return kinds(
            compare_answers(
                asked(*bodies, statuses=before), asked(*bodies, statuses=after, name="b")
            )
        )

    changed = ("status", "the answer", "200", "404")
    assert found([200], [404]) == [changed]
    assert found([200, 404, 200], [404, 404, 200]) == []
    assert found([200, 200, 404, 200], [404, 404, 404, 200]) == [changed]
    assert found([200, 404], [404, 404]) == [changed]


def test_differences_come_by_kind_then_member_then_how_often() -> None:
    before = [{"z": "x", "a": "x", "gone": 1, "w": "Ulm"}, {"z": "x"}, {}]
    after = [{"z": None, "a": None, "new": 1, "w": "Bonn"}, {"z": None}, {}]
    found = compare_answers(
        asked(*before, statuses=[200, 200, 200]), asked(*after, statuses=[200, 200, 404], name="b")
    )
    assert [(one.kind, one.member, one.times) for one in found.differences] == [
        ("status", "the answer", 1),
        ("appears", "new", 1),
        ("vanishes", "gone", 1),
        ("kind", "a", 1),
        ("kind", "z", 2),
        ("value", "w", 1),
    ]


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ({"a": []}, {"a": {}}, []),
        ({"a": [1]}, {"a": {}}, []),
        ({"a": {"b": 1}}, {"a": []}, []),
        (
            {"a": [1]},
            {"a": {"b": 1}},
            [("vanishes", "a", "integer", ""), ("kind", "a", "list", "object")],
        ),
        ({"a": []}, {"a": None}, [("kind", "a", "empty list", "null")]),
        ({"a": []}, {}, []),
        ({"b": 1, "a": []}, {"b": 1}, [("vanishes", "a", "list", "")]),
        ({}, {"a": {}}, []),
        ({"b": 1}, {"b": 1, "a": {}}, [("appears", "a", "", "object")]),
    ],
)
def test_full_or_empty_is_data_and_so_is_what_php_prints_for_nothing(
    before: Any, after: Any, told: Any
) -> None:
    assert [one for one in kinds(compared([before], [after])) if one[1] == "a"] == told


def test_figures_and_places_of_many_values_say_nothing() -> None:
    def values(*numbers: int, name: str = "n") -> list[Any]:
        return [{name: number} for number in numbers]

    told = [("value", "n", "integer 1", "integer 2")]
    assert kinds(compared(values(1), values(2))) == told
    assert kinds(compared(values(1, name="total"), values(2, name="total"))) == []
    many = range(20, 32)
    assert kinds(compared(values(1, *many), values(2, *many))) == []
    few = range(20, 31)
    assert kinds(compared(values(1, *few), values(2, *few))) == told
    assert kinds(compared(values(1, 2), values(2, 1))) == []


def test_several_kinds_and_values_are_listed() -> None:
    before = {"rows": [{"v": 1}, {"v": "x"}, {"w": "d"}, {"w": "c"}, {"w": "b"}, {"w": "a"}]}
    after = {"rows": [{"v": None}, {"v": True}, {"w": "z"}]}
    assert kinds(compared([before], [after])) == [
        ("kind", "rows.v", "integer or text", "boolean or null"),
        ("value", "rows.w", "text a, text b, text c", "text z"),
    ]
    once = compared([{"v": [1, "x"]}], [{"v": [1, None]}])
    assert kinds(once) == [("kind", "v", "text", "null")]


def test_routes_that_come_and_go_are_told() -> None:
    found = compare_answers(run(), run(), (frozenset({"/a", "/b"}), frozenset({"/b", "/d", "/c"})))
    assert (found.routes_appear, found.routes_vanish) == (("/c", "/d"), ("/a",))
    assert not found.same
    assert compare_answers(run(), run()).same


def test_answers_without_a_twin_are_counted() -> None:
    found = compared([{}, {}, {}], [{}])
    assert (found.pairs, found.alone) == (1, 2)

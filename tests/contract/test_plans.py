"""Where a schema names requirements and permits two forms: plans, walks and the quick tables."""

from __future__ import annotations

from typing import Any

import pytest

from fluentcart_conformance.contract.attribution import ids_of, reducers_of, requirement_of
from fluentcart_conformance.contract.plan import Plan, Planner, Walk
from fluentcart_conformance.contract.quick_forms import Tables, read_forms
from fluentcart_conformance.contract.schema_check import CompiledSchema

COMPONENTS: dict[str, Any] = {
    "Money": {"type": ["integer", "string"], "x-form": "numeric"},
    "Plain": {"type": "string"},
    "Item": {
        "type": "object",
        "x-requirement": "A-ITEM",
        "properties": {"price": {"$ref": "#/components/schemas/Money"}, "note": {}},
    },
    "Order": {
        "type": "object",
        "properties": {
            "paid": {"type": ["integer", "string"], "x-form": "numeric", "x-requirement": "A-PAID"},
            "at": {"type": "string", "x-form": "date"},
            "items": {"type": "array", "items": {"$ref": "#/components/schemas/Item"}},
            "name": {"$ref": "#/components/schemas/Plain"},
            "parent": {"$ref": "#/components/schemas/Order"},
        },
    },
}
ROOT = {"components": {"schemas": COMPONENTS}}


def ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def quick(schema: Any) -> Any:
    return CompiledSchema(schema, COMPONENTS, "branch").is_valid


def plan_of(schema: Any) -> Plan:
    return Planner(ROOT, quick).plan(schema, "Top")


def walked(schema: Any, value: Any) -> Walk:
    walk = Walk()
    walk.go(plan_of(schema), value)
    return walk


def forms_of(schema: Any, value: Any) -> tuple[dict[str, str], bool]:
    """The forms as the quick tables read them, which must be those of the walk."""
    plan = plan_of(schema)
    walk = Walk()
    walk.go(plan, value)
    read: dict[str, str] = {}
    uniform = read_forms(Tables().table(plan), value, read)
    assert read == walk.forms
    assert uniform is not bool(walk.clashes)
    return read, uniform


ORDER = {
    "paid": 5, "at": "2026-01-15T10:00:00Z", "items": [{"price": "5"}, {"price": "6"}], "name": "x"
}  # fmt: skip


def test_each_place_keeps_the_name_of_its_record() -> None:
    assert forms_of(ref("Order"), ORDER) == (
        {"Order.paid": "number", "Order.at": "ISO 8601 date", "Item.price": "string"},
        True,
    )
    nested = {**ORDER, "parent": {"paid": 7, "at": "", "items": []}}
    assert forms_of(ref("Order"), nested)[1]


@pytest.mark.parametrize(
    ("change", "clash"),
    [
        ({"parent": {"paid": "7"}}, ("/parent/paid", "Order.paid", "number", "string")),
        (
            {"items": [{"price": "5"}, {"price": 6}]},
            ("/items/1/price", "Item.price", "string", "number"),
        ),
        (
            {"parent": {"at": "2026-01-15 10:00:00"}},
            ("/parent/at", "Order.at", "ISO 8601 date", "date with a space"),
        ),
    ],
)
def test_a_second_form_at_one_place_is_a_clash(change: Any, clash: Any) -> None:
    value = {**ORDER, **change}
    assert walked(ref("Order"), value).clashes == [clash]
    assert not forms_of(ref("Order"), value)[1]


@pytest.mark.parametrize("silent", [None, "", True, [], {}])
def test_what_shows_no_form_is_no_clash(silent: Any) -> None:
    value = {**ORDER, "parent": {"paid": silent, "items": [{"price": silent}]}}
    assert forms_of(ref("Order"), value)[1]
    assert walked({"x-form": "numeric"}, silent).forms == {}


@pytest.mark.parametrize("text", ["2026-01-15", "2026-01-15x10:00:00", "soon"])
def test_a_date_of_no_known_form_shows_none(text: str) -> None:
    assert walked(ref("Order"), {"at": text}).forms == {}


def test_numbers_of_both_kinds_are_one_form() -> None:
    assert walked(ref("Order"), {"paid": 5, "parent": {"paid": 5.5}}).clashes == []


def test_a_walk_proves_what_it_passes() -> None:
    assert walked(ref("Order"), ORDER).ids == {"A-PAID", "A-ITEM"}
    assert walked(ref("Order"), {"items": []}).ids == set()
    assert walked(ref("Order"), {"paid": None}).ids == {"A-PAID"}
    assert walked(ref("Order"), []).ids == set()
    assert walked({**ref("Item"), "x-requirement": "A-OWN"}, {}).ids == {"A-OWN", "A-ITEM"}
    assert walked({"x-requirement": {"required": "A", "default": "B"}}, 1).ids == {"A", "B"}


def test_parts_further_members_and_entries_are_walked() -> None:
    both = {"allOf": [{"properties": {"a": ref("Item")}}, {"properties": {"a": ref("Order")}}]}
    assert walked(both, {"a": {"paid": 1}}).ids == {"A-ITEM", "A-PAID"}
    rest = {"properties": {"a": ref("Plain")}, "additionalProperties": ref("Item")}
    assert walked(rest, {"a": {}}).ids == set()
    found = walked(rest, {"a": "x", "b": {"price": 1}, "c": {"price": "2"}})
    assert found.ids == {"A-ITEM"}
    assert found.clashes == [("/c/price", "Item.price", "number", "string")]
    listed = {"items": {"x-form": "numeric"}}
    assert walked(listed, [1, "2"]).clashes == [("/1", "Top[]", "number", "string")]
    map_of = {"properties": {"a": {}}, "additionalProperties": {"x-form": "numeric"}}
    assert forms_of(map_of, {"a": "1", "x": 1}) == ({"Top.*": "number"}, True)
    assert not forms_of(map_of, {"x": 1, "y": "2"})[1]
    assert not forms_of({"allOf": [rest]}, {"b": {"price": 1}, "c": {"price": "2"}})[1]


def test_the_branch_that_fits_is_walked_alone() -> None:
    bare = {
        "type": "object", "required": ["a"], "x-requirement": "A-BARE",
        "properties": {"a": {"x-requirement": "A-A"}},
    }  # fmt: skip
    wrapped = {"type": "object", "required": ["data"], "x-requirement": "A-WRAPPED"}
    choice = {"oneOf": [bare, wrapped], "properties": {"n": ref("Item")}}
    assert walked(choice, {"a": 1, "data": 2}).ids == {"A-BARE", "A-A"}
    assert walked(choice, {"data": 2, "n": {}}).ids == {"A-WRAPPED", "A-ITEM"}
    assert walked(choice, {}).ids == set()
    nullable = {"anyOf": [{"type": "null"}, {"const": "x", "x-requirement": "A-X"}, bare]}
    assert walked(nullable, {}).ids == {"A-BARE"}
    assert walked(nullable, "x").ids == {"A-X"}
    assert walked(nullable, None).ids == set()
    typed = {"anyOf": [{"type": ["null", "string"]}, {"type": ["object"], "x-requirement": "A-O"}]}
    assert walked(typed, {}).ids == {"A-O"}


ENVELOPE = {
    "x-form": "envelope",
    "x-requirement": {"x-form": "A-FORM"},
    "oneOf": [{"type": "object", "required": ["a"]}, {"type": "object", "required": ["b"]}],
}


def test_an_envelope_is_a_form_by_its_branch() -> None:
    assert forms_of(ENVELOPE, {"a": 1})[0] == {"Top": "form 1"}
    assert forms_of(ENVELOPE, {"b": 1})[0] == {"Top": "form 2"}
    assert forms_of(ENVELOPE, {})[0] == {"Top": "object"}
    assert forms_of(ENVELOPE, [])[0] == {"Top": "array"}
    assert walked(ENVELOPE, {"a": 1}).form_ids == {"Top": "A-FORM"}
    named = {"x-form": "envelope", "oneOf": [ref("Item"), ref("Order")]}
    assert forms_of(named, {"price": 1})[0]["Top"] == "form 1 (Item)"
    twice = {"items": ENVELOPE}
    assert walked(twice, [{"a": 1}, {"b": 1}]).clashes == [("/1", "Top[]", "form 1", "form 2")]
    assert not forms_of(twice, [{"a": 1}, {"b": 1}])[1]


def test_only_what_is_worth_a_walk_is_kept() -> None:
    plan = plan_of({"properties": {"a": ref("Plain"), "b": ref("Item"), "c": {"items": {}}}})
    assert set(plan.members) == {"b"}
    assert set(plan.members["b"].members) == {"price"}
    assert not plan_of({"anyOf": [{"type": "null"}, ref("Plain")]}).branches
    assert plan_of({"anyOf": [{"type": "null"}, ref("Item")]}).branches
    assert plan_of(ref("Plain")).has_forms() is False
    assert plan_of(ref("Order")).has_forms() is True
    assert plan_of(True).children() == []


DEEP: dict[str, Any] = {
    "x-requirement": "A-TOP",
    "properties": {
        "order": {"$ref": "#/components/schemas/O", "x-reduced-by": "select"},
        "named": {"x-requirement": {"required": "A-R", "default": "A-D", "minLength": "A-M"}},
    },
    "components": {
        "schemas": {
            "O": {
                "required": ["id", "own", "far"],
                "x-reduced-by": "fields",
                "properties": {
                    "id": {"x-requirement": "A-ID"},
                    "own": {"$ref": "#/components/schemas/Far"},
                    "far": {"$ref": "#/components/schemas/Far", "x-requirement": "A-NEAR"},
                    "none": {"type": "string"},
                    "list": {"allOf": [{"x-requirement": "A-PART", "type": "array"}]},
                },
            },
            "Far": {"x-requirement": {"required": "A-FAR", "default": "A-ELSE"}},
        }
    },
}
MISSING = ("properties", "order", "required")


@pytest.mark.parametrize(
    ("path", "keyword", "member", "requirement"),
    [
        (("type",), "type", None, "A-TOP"),
        (("properties", "named", "type"), "type", None, "A-D"),
        (("properties", "named", "minLength"), "minLength", None, "A-M"),
        (("properties", "order", "properties", "id", "type"), "type", None, "A-ID"),
        (("properties", "order", "properties", "none", "type"), "type", None, "A-TOP"),
        (("properties", "order", "properties", "own", "type"), "type", None, "A-ELSE"),
        (
            ("properties", "order", "properties", "list", "allOf", 0, "type"),
            "type", None, "A-PART",
        ),
        (
            ("properties", "order", "properties", "list", "allOf", 7, "type"),
            "type", None, "A-TOP",
        ),
        (MISSING, "required", "id", "A-ID"),
        (MISSING, "required", "own", "A-FAR"),
        (MISSING, "required", "far", "A-NEAR"),
        (MISSING, "required", "none", "A-TOP"),
        (MISSING, "required", "unknown", "A-TOP"),
        (("nothing", "here"), "type", None, "A-TOP"),
    ],
)  # fmt: skip
def test_the_nearest_requirement_above_is_named(
    path: Any, keyword: str, member: Any, requirement: str
) -> None:
    assert requirement_of(DEEP, path, keyword, member) == requirement


def test_a_record_may_name_what_a_missing_member_breaks() -> None:
    explicit = {"x-requirement": {"required": "A-ALL"}, "required": ["a"], "properties": {}}
    assert requirement_of(explicit, ("required",), "required", "a") == "A-ALL"
    assert requirement_of({"required": ["a"]}, ("required",), "required", "a") is None
    assert requirement_of({"type": "string"}, ("type",), "type") is None


def test_what_reduces_a_record_is_gathered_on_the_way() -> None:
    assert reducers_of(DEEP, MISSING) == {"select", "fields"}
    assert reducers_of(DEEP, ("type",)) == set()
    assert ids_of({"x-requirement": {"a": "A", "b": "B", "c": "A"}}) == ("A", "B")
    assert ids_of({"x-error-requirement": "E"}, "x-error-requirement") == ("E",)
    assert ids_of(True) == ids_of({}) == ()

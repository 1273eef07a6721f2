"""Why a value does not fit, in words: the branch that was meant, each member at its place."""

from __future__ import annotations

import json
from typing import Any

import pytest

from fluentcart_conformance.contract.explain import explain
from fluentcart_conformance.contract.schema_check import CompiledSchema, closure
from fluentcart_conformance.contract.words import escaped, pointer_of, shown, type_name, wanted

NUMBER = {"type": "number"}
PERSON = {
    "type": "object",
    "required": ["id", "name"],
    "properties": {"id": {"type": "integer"}, "name": {"$ref": "#/components/schemas/Name"}},
}
COMPONENTS = {
    "Name": {"type": "string", "minLength": 2},
    "Person": PERSON,
    "Child": {"title": "a child", "allOf": [{"$ref": "#/components/schemas/Person"}]},
    "Spare": {"type": "null"},
}


def said(schema: Any, value: Any, most: int = 50) -> list[tuple[str, str, str, str]]:
    root = {**schema, "components": {"schemas": COMPONENTS}}
    return [(one.pointer, one.keyword, one.expected, one.got) for one in explain(root, value, most)]


WORDS = [
    ({"type": "integer"}, "x", ("", "type", "integer", 'string "x"')),
    ({"type": ["integer", "null"]}, "x", ("", "type", "integer or null", 'string "x"')),
    ({"const": "a"}, 5, ("", "const", '"a"', "integer 5")),
    ({"enum": ["a", None]}, True, ("", "enum", 'one of "a", null', "true")),
    ({"minimum": 5}, 4, ("", "minimum", "at least 5", "integer 4")),
    ({"maximum": 5}, 5.5, ("", "maximum", "at most 5", "number 5.5")),
    ({"exclusiveMinimum": 5}, 5, ("", "exclusiveMinimum", "more than 5", "integer 5")),
    ({"exclusiveMaximum": 5}, 5, ("", "exclusiveMaximum", "less than 5", "integer 5")),
    ({"minLength": 3}, "ab", ("", "minLength", "at least 3 characters", 'string "ab"')),
    ({"maxLength": 1}, "ab", ("", "maxLength", "at most 1 characters", 'string "ab"')),
    ({"minItems": 1}, [], ("", "minItems", "at least 1 entries", "empty array")),
    ({"maxItems": 1}, [1, 2], ("", "maxItems", "at most 1 entries", "array of 2")),
    ({"minProperties": 1}, {}, ("", "minProperties", "at least 1 members", "empty object")),
    ({"maxProperties": 0}, {"a": 1}, ("", "maxProperties", "at most 0 members", "object (a)")),
    ({"uniqueItems": True}, [1, 1], ("", "uniqueItems", "no entry twice", "array of 2")),
    ({"pattern": "^a$"}, "b", ("", "pattern", "text like ^a$", 'string "b"')),
    ({"format": "email"}, "b", ("", "format", "a email", 'string "b"')),
    ({"multipleOf": 2}, 3, ("", "multipleOf", "a multiple of 2", "integer 3")),
    ({**NUMBER, "x-unit": "cents"}, 2.0, ("", "x-unit", "whole cents", "number 2.0")),
    (
        {"type": ["string", "number"], "x-unit": "cents"}, 2.5,
        ("", "x-unit", "whole cents", "number 2.5"),
    ),
    ({"x-unit": "cents"}, 2.0, ("", "x-unit", "whole cents", "number 2.0")),
    ({"not": {"type": "null"}, "description": "something"}, None, ("", "not", "something", "null")),
    ({"not": {"type": "null"}}, None, ("", "not", "not", "null")),
    (
        {"properties": {"a": {}}, "additionalProperties": False}, {"a": 1, "c": 1, "b": 1},
        ("", "additionalProperties", "no other members", "b, c"),
    ),
    (
        {"required": ["a"], "properties": {"a": {"type": "integer"}}}, {},
        ("/a", "required", "the member, integer", "missing"),
    ),
    (
        {"required": ["a"], "properties": {"a": {"$ref": "#/components/schemas/Name"}}}, {},
        ("/a", "required", "the member", "missing"),
    ),
    ({"required": ["a"]}, {}, ("/a", "required", "the member", "missing")),
    ({"type": "string", "x-unit": "cents"}, 2.0, ("", "type", "string of cents", "number 2.0")),
]  # fmt: skip


@pytest.mark.parametrize(("schema", "value", "expected"), WORDS)
def test_each_keyword_has_words(schema: Any, value: Any, expected: Any) -> None:
    assert said(schema, value) == [expected]


def test_decimal_amounts_and_whole_ones_are_no_broken_cents() -> None:
    assert said({**NUMBER, "x-unit": "decimal"}, 2.5) == []
    assert said({**NUMBER, "x-unit": "cents"}, 2) == []


def test_each_missing_member_stands_at_its_own_place() -> None:
    found = said(PERSON, {})
    assert [one[:2] for one in found] == [("/id", "required"), ("/name", "required")]
    assert said(PERSON, []) == [("", "type", "object", "empty array")]


def test_of_several_complaints_about_one_value_the_telling_one_is_kept() -> None:
    schema = {"minLength": 9, "pattern": "^b", "enum": ["b"]}
    assert [one[1] for one in said(schema, "a")] == ["enum"]
    assert [one[1] for one in said({"maxLength": 0, "pattern": "^b"}, "a")] == ["pattern"]
    assert [one[1] for one in said({"maxLength": 0, "minLength": 2}, "a")] == ["maxLength"]


def test_no_more_than_asked_for_are_told() -> None:
    assert len(said({"items": {"type": "string"}}, list(range(9)), most=4)) == 4
    assert len(said({"items": {"type": "string"}}, list(range(9)))) == 9


def ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def test_the_branch_that_was_meant_speaks() -> None:
    other = {"type": "object", "required": ["a", "b"], "properties": {"a": {}, "b": {}}}
    choice = {"anyOf": [ref("Spare"), other, ref("Child")]}
    assert said(choice, {"id": 1, "name": "A"}) == [
        ("/name", "minLength", "at least 2 characters", 'string "A"')
    ]
    assert [one[0] for one in said(choice, {"a": 1})] == ["/b"]
    assert [one[0] for one in said(choice, {"id": "x", "name": "Ann"})] == ["/id"]
    deep = {"allOf": [{"allOf": [{"allOf": [{"allOf": [ref("Person")]}]}]}]}
    assert [one[0] for one in said({"oneOf": [other, deep]}, {"id": "x", "name": "Ann"})] == ["/id"]


def test_a_word_that_is_fixed_weighs_more_than_a_missing_member() -> None:
    def kind(word: str, *more: str) -> dict[str, Any]:
        members = {"kind": {"const": word}, **{name: {} for name in more}}
        return {"type": "object", "required": list(members), "properties": members}

    choice = {"oneOf": [kind("a"), kind("b", "x", "y")]}
    assert sorted(one[0] for one in said(choice, {"kind": "b"})) == ["/x", "/y"]


def test_a_value_of_no_branch_is_told_the_forms() -> None:
    choice = {"anyOf": [ref("Child"), {"type": "integer", "title": "an id"}, ref("Name")]}
    assert said(choice, None) == [("", "anyOf", "a child or an id or string", "null")]
    twice = {"anyOf": [{"type": "integer"}, {"type": "integer", "minimum": 3}]}
    assert said(twice, None) == [("", "anyOf", "integer", "null")]
    both = {"oneOf": [{"type": "integer"}, {"minimum": 3}]}
    assert said(both, 5) == [("", "oneOf", "just one of the permitted forms", "integer 5")]
    lists = {"anyOf": [{"type": "array", "items": NUMBER}, {"type": "array", "maxItems": 0}]}
    assert said(lists, ["x"]) == [("/0", "type", "number", 'string "x"')]


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (None, "null"), (True, "boolean"), (1, "integer"), (1.0, "number"), ("", "string"),
        ([], "array"), ({}, "object"), (b"", "bytes"),
    ],
)  # fmt: skip
def test_types_have_their_json_names(value: Any, name: str) -> None:
    assert type_name(value) == name


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({}, "empty object"),
        (dict.fromkeys("abcdef", 1), "object (a, b, c, d, e, f)"),
        (dict.fromkeys("abcdefg", 1), "object (a, b, c, d, e, f, ...)"),
        ({"x" * 40: 1}, f"object ({'x' * 27}...)"),
        ([1, 2], "array of 2"),
        (None, "null"),
        (False, "false"),
        ("a\u202eb", 'string "a\\u202eb"'),
        ("x" * 90, f'string "{"x" * 77}..."'),
        (12, "integer 12"),
        (10**50, f"integer 1{'0' * 39}"),
        (1.5, "number 1.5"),
    ],
)
def test_a_value_is_shown_short_and_safe(value: Any, words: str) -> None:
    assert shown(value) == words


def test_long_texts_are_cut_and_control_characters_made_visible() -> None:
    assert escaped("x" * 120) == "x" * 120
    assert escaped("x" * 121) == "x" * 117 + "..."
    assert escaped("abcdef", 5) == "ab..."
    assert escaped("a\tb") == "a\\u0009b"
    assert pointer_of(("a/b", 0, "c~d")) == "/a~1b/0/c~0d"


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        (True, "nothing"),
        ({}, "another value"),
        ({"const": None}, "null"),
        ({"enum": list(range(14))}, "one of " + ", ".join(map(str, range(12)))),
        ({"type": "string", "format": "date"}, "string (date)"),
        ({"type": "string", "pattern": "^a"}, "string like ^a"),
        ({"type": "integer", "x-unit": "cents"}, "integer of cents"),
        (
            {"type": ["string", "null"], "format": "uri", "pattern": "x"},
            "string or null (uri) like x",
        ),
    ],
)  # fmt: skip
def test_what_a_schema_wants_is_said_in_a_few_words(schema: Any, words: str) -> None:
    assert wanted(schema) == words


def test_a_compiled_schema_decides_and_explains() -> None:
    schema = CompiledSchema(ref("Child"), COMPONENTS, "it")
    assert schema.is_valid({"id": 1, "name": "Ann"})
    assert schema.errors({"id": 1, "name": "Ann"}) == []
    assert [one.pointer for one in schema.errors({"id": 1})] == ["/name"]
    assert set(schema.root["components"]["schemas"]) == {"Child", "Person", "Name"}
    money = {"items": {"properties": {"a": {"type": "number", "x-unit": "cents"}}}}
    paid = CompiledSchema(money, {}, "it")
    assert paid.is_valid([{"a": 1}])
    assert not paid.is_valid([{"a": 1.0}])
    listed = CompiledSchema({"anyOf": [{"type": "null"}, {"x-unit": "cents"}]}, {}, "it")
    assert listed.is_valid(5)
    assert not listed.is_valid(5.0)
    assert CompiledSchema(False, {}, "it").errors(1)[0].pointer == ""
    assert closure([ref("Name"), {"a": ref("Nobody")}], COMPONENTS) == {"Name": COMPONENTS["Name"]}


def test_a_huge_answer_is_explained_in_the_quick_validators_words() -> None:
    schema = CompiledSchema({"items": {"type": "integer"}}, {}, "it")
    huge: list[Any] = [1] * 50_001
    huge[7] = "x"
    (found,) = schema.errors(huge)
    assert (found.pointer, found.keyword, found.expected) == ("/7", "type", "type")
    assert (found.got, found.schema_path) == ('string "x"', ("items", "type"))
    just = json.loads(json.dumps(huge[:49_999]))
    assert schema.errors(just)[0].expected == "integer"
    assert len(schema.errors(["x"] * 50_001)) == 500

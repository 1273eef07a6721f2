"""Requirement files, profiles and fingerprints: each member read, each mistake named."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from fluentcart_conformance.contract import ContractError, load_requirements
from fluentcart_conformance.contract.fingerprint import _hash, contract_hash, suites_hash
from fluentcart_conformance.contract.overlays import apply_overlay, merge
from fluentcart_conformance.contract.profile import Profile, read_profile
from fluentcart_conformance.contract.requirements import Requirement, Source, check_operations

FULL: dict[str, Any] = {
    "id": "A-ONE",
    "level": "SHOULD",
    "text": "One\n  thing.",
    "sources": [
        {"document": "orders-api", "section": "List"},
        {"document": "customers-api"},
    ],
    "operation": ["list_orders", "get_order"],
    "area": "lists",
    "proof": "scenario",
    "members": [{"name": "id"}, "total"],
    "untestable": "needs a gateway",
    "capability": "coupons",
    "forms": {"fluentcart-1.3": "text"},
    "absent": {"fluentcart-1.5": "no form"},
}


@pytest.fixture(autouse=True)
def cold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is read from the user's cache, or written to it."""
    monkeypatch.setenv("FLUENTCART_CONFORMANCE_CACHE", str(tmp_path / "cache"))


def read(folder: Path, *rows: Any, name: str = "a.yaml") -> dict[str, Requirement]:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(yaml.safe_dump(list(rows)))
    return load_requirements(folder)


def test_every_member_of_a_requirement_is_read(tmp_path: Path) -> None:
    assert read(tmp_path / "r", FULL)["A-ONE"] == Requirement(
        id="A-ONE",
        level="SHOULD",
        text="One thing.",
        sources=(Source("orders-api", "List"), Source("customers-api", "")),
        operations=("list_orders", "get_order"),
        area="lists",
        proof="scenario",
        members=({"name": "id"}, "total"),
        untestable="needs a gateway",
        capability="coupons",
        forms={"fluentcart-1.3": "text"},
        absent={"fluentcart-1.5": "no form"},
        file="a.yaml",
    )


def test_what_may_be_left_out_is_empty(tmp_path: Path) -> None:
    least = {key: FULL[key] for key in ("id", "level", "text", "area", "proof")}
    least |= {"sources": {"document": "orders-api", "section": 3}, "operation": "*"}
    one = read(tmp_path / "r", least)["A-ONE"]

    assert (one.members, one.untestable, one.capability) == ((), None, None)
    assert (one.forms, one.absent) == ({}, {})
    assert one.sources == (Source("orders-api", "3"),)
    assert one.operations == ("*",)
    assert one.applies_to("anything")


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([FULL, 3], "a.yaml: entry 2 is not an object"),
        ([{"level": "MUST"}], "a.yaml: entry 1 lacks id, text, sources, operation, area, proof"),
        ([FULL, {"id": "A-TWO"}], "a.yaml: A-TWO lacks level, text, sources"),
        ([{**FULL, "one": 1, "two": 2}], "a.yaml: A-ONE has the unknown key one, two"),
        ([{**FULL, "level": "WILL"}], "A-ONE: level 'WILL' is none of MUST, SHOULD, MAY"),
        ([{**FULL, "proof": "hope"}], "A-ONE: proof 'hope' is none of judge, scenario"),
        ([{**FULL, "area": "moon"}], "A-ONE: area 'moon' is none of orders, lists, shipping"),
        (
            [{**FULL, "sources": [{"document": "x"}]}],
            "A-ONE: source {'document': 'x'} names none of create-and-change-customer-page, ",
        ),
        ([{**FULL, "sources": ["orders-api"]}], "A-ONE: source 'orders-api' names none of"),
        ([FULL, FULL], "a.yaml: A-ONE is already used in a.yaml"),
    ],
)
def test_a_mistake_is_named_with_its_place(tmp_path: Path, rows: list[Any], words: str) -> None:
    with pytest.raises(ContractError) as caught:
        read(tmp_path / "r", *rows)
    assert words in str(caught.value)


def test_files_are_read_in_order_whatever_they_hold(tmp_path: Path) -> None:
    (tmp_path / "r" / "b").mkdir(parents=True)
    (tmp_path / "r" / "empty.yaml").write_text("")
    read(tmp_path / "s", FULL)
    (tmp_path / "r" / "b" / "z.yaml").write_text(yaml.safe_dump([{**FULL, "id": "A-TWO"}]))
    found = read(tmp_path / "r", FULL, name="a.yaml")
    assert [(one.id, one.file) for one in found.values()] == [
        ("A-ONE", "a.yaml"), ("A-TWO", "b/z.yaml")
    ]  # fmt: skip
    (tmp_path / "t").mkdir()
    (tmp_path / "t" / "a.yaml").write_text("a: 1\n")
    with pytest.raises(ContractError, match=r"^a\.yaml: a list of requirements was expected$"):
        load_requirements(tmp_path / "t")


def test_an_unknown_operation_is_named(tmp_path: Path) -> None:
    found = read(tmp_path / "r", FULL, {**FULL, "id": "A-TWO", "operation": "*"})
    assert check_operations(found, {"list_orders"}) == [
        "a.yaml: A-ONE names the unknown operation get_order"
    ]
    assert check_operations(found, {"list_orders", "get_order"}) == []


def test_every_member_of_a_profile_is_read() -> None:
    content = {
        "name": "p",
        "title": "P",
        "overlays": ["a", "b.yaml"],
        "wire": {"a": 1},
        "refusals": {"b": 2},
        "absent": {"c": 3},
        "detect": {"d": 4},
        "x-note": "left alone",
    }
    assert read_profile(content, "p.yaml") == Profile(
        name="p", title="P", overlays=("a", "b.yaml"), wire={"a": 1}, refusals={"b": 2},
        absent={"c": 3}, detect={"d": 4},
    )  # fmt: skip
    assert read_profile({"name": "p"}, "p.yaml") == Profile(name="p", title="")
    with pytest.raises(ContractError, match=r"^p\.yaml has the unknown key one, two$"):
        read_profile({"name": "p", "one": 1, "two": 2}, "p.yaml")
    bad: Any
    for bad in ([], {"title": "P"}, None):
        with pytest.raises(ContractError, match=r"^p\.yaml: a profile with a name was expected$"):
            read_profile(bad, "p.yaml")


def overlaid(document: dict[str, Any], *actions: dict[str, Any]) -> dict[str, Any]:
    apply_overlay(document, {"overlay": "1.0.0", "actions": list(actions)}, "x.yaml")
    return document


def test_an_update_merges_joins_appends_and_replaces() -> None:
    document: dict[str, Any] = {"a": {"x": 1, "deep": {"k": [1, 2]}}, "list": [1], "word": "old"}
    update = {"y": 2, "deep": {"k": [2, 3], "m": 1}, "x": [9]}
    assert overlaid(document, {"target": "$.a", "update": update}) == {
        "a": {"x": [9], "y": 2, "deep": {"k": [1, 2, 3], "m": 1}},
        "list": [1],
        "word": "old",
    }
    assert overlaid({"list": [1]}, {"target": "$.list", "update": 2})["list"] == [1, 2]
    assert overlaid({"list": [1]}, {"target": "$.list", "update": [1, 2]})["list"] == [1, 2]
    assert overlaid({"word": "old"}, {"target": "$.word", "update": "new"})["word"] == "new"
    assert overlaid({"word": "old"}, {"target": "$.word", "update": {"a": 1}})["word"] == {"a": 1}
    assert overlaid({"a": {"b": 1}}, {"target": "$.a", "update": [1]})["a"] == [1]
    assert overlaid({}, {"target": "$", "update": {"a": 1}}) == {"a": 1}
    shared: dict[str, Any] = {"k": {"v": []}}
    old: dict[str, Any] = {}
    merge(old, shared)
    old["k"]["v"].append(1)
    assert shared == {"k": {"v": []}}


def test_what_is_removed_goes_from_the_end() -> None:
    document: dict[str, Any] = {"a": [{"b": [1, 2, 3]}, {"b": [4]}, 5], "c": {"d": 1}}
    assert overlaid(document, {"target": "$..[?@ == 1 || @ == 2 || @ == 5]", "remove": True}) == {
        "a": [{"b": [3]}, {"b": [4]}], "c": {}
    }  # fmt: skip
    tags: dict[str, Any] = {"t": list("abcdefghijkl")}
    assert overlaid(tags, {"target": "$.t[0,2,10]", "remove": True}) == {"t": list("bdefghijl")}


def test_an_overlay_of_another_kind_is_refused() -> None:
    wrong: dict[str, Any]
    for wrong in ({}, {"overlay": "2.0"}, {"overlay": None}):
        with pytest.raises(ContractError, match=r"^x: not an OpenAPI Overlay 1\.x$"):
            apply_overlay({}, wrong, "x")
    apply_overlay({}, {"overlay": 1.0}, "x")
    second: list[dict[str, Any]] = [{"target": "$", "update": {}}, {"update": {}}]
    with pytest.raises(ContractError, match=r"^x\.yaml: action 2 has no target$"):
        overlaid({}, *second)
    with pytest.raises(ContractError, match=r"^x\.yaml: action 1 \(\$\.a\): neither update nor"):
        overlaid({"a": 1}, {"target": "$.a", "x-why": "fine", "description": "fine"})


def test_a_fingerprint_follows_names_and_contents(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "one.yaml").write_text("1")
    (tmp_path / "two.yaml").write_text("2")
    first = _hash(tmp_path, "*.yaml")
    (tmp_path / "three.txt").write_text("3")
    assert _hash(tmp_path, "*.yaml") == first
    assert len(first) == 64
    (tmp_path / "two.yaml").write_text("3")
    second = _hash(tmp_path, "*.yaml")
    (tmp_path / "two.yaml").rename(tmp_path / "tow.yaml")
    assert len({first, second, _hash(tmp_path, "*.yaml")}) == 3
    assert len(contract_hash()) == len(suites_hash()) == 64
    assert contract_hash() != suites_hash()

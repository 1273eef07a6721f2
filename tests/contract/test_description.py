"""Bundling, overlays, profiles and requirements, and what is said when a file is wrong."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from fluentcart_conformance.contract import ContractError, load_contract, load_requirements
from fluentcart_conformance.contract.description import bundle
from fluentcart_conformance.contract.overlays import apply_overlay
from fluentcart_conformance.contract.profile import load_profile, profile_names
from fluentcart_conformance.contract.sources import compiled

from .shapes import TINY


@pytest.fixture(autouse=True)
def cold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is read from the user's cache, or written to it."""
    monkeypatch.setenv("FLUENTCART_CONFORMANCE_CACHE", str(tmp_path / "cache"))


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A description that no cache knows."""
    return Path(shutil.copytree(TINY, tmp_path / "openapi"))


def test_the_bundle_is_one_document_with_local_references() -> None:
    document = bundle(TINY)

    assert "paths/" not in str(document["paths"])
    assert ".yaml" not in str(document["paths"]) + str(document["components"])
    assert set(document["components"]) == {"schemas", "parameters", "responses"}


def test_operations_carry_what_the_description_says(copy: Path) -> None:
    contract = load_contract("documented", copy)
    operation = contract.operation("create_order")

    assert operation.permission == "orders/create or orders/manage"
    assert operation.request_schema["required"] == ["customer_id"]
    assert operation.links["read"]["operationId"] == "get_order"
    assert contract.operation("list_orders").parameters[0]["name"] == "page"
    answer = operation.answer(418)
    assert answer is not None
    assert answer.status == "4XX"
    assert operation.answer(500) is None


def test_an_overlay_updates_appends_and_removes(copy: Path) -> None:
    other = load_contract("other", copy)
    schema = other.document["components"]["schemas"]["Order"]

    assert schema["properties"]["total_amount"]["type"] == "string"
    assert schema["properties"]["total_amount"]["x-unit"] == "cents"
    assert "created_at" not in schema["required"]
    assert schema["required"][-1] == "mode"
    assert "200" not in other.operation("update_customer").answers
    assert other.profile.wire["refund_amount_unit"] == "cents"


@pytest.mark.parametrize(
    ("action", "words"),
    [
        ({"target": "$.nothing.here", "remove": True}, "matches nothing"),
        ({"target": "$.paths[", "remove": True}, "action 1"),
        ({"target": "$.paths"}, "neither update nor remove"),
        ({"update": {}}, "no target"),
        ({"target": "$.paths", "upate": {}}, "unknown key upate"),
        ({"target": "$", "remove": True}, "cannot be removed"),
    ],
)
def test_a_broken_overlay_action_is_named(action: dict[str, Any], words: str) -> None:
    with pytest.raises(ContractError, match=words):
        apply_overlay({"paths": {}}, {"overlay": "1.0.0", "actions": [action]}, "some.yaml")


def test_several_entries_of_a_list_are_removed_at_once() -> None:
    document = {"tags": ["a", "b", "c", "d"]}
    action = {"target": "$.tags[?@ == 'a' || @ == 'c']", "remove": True}
    apply_overlay(document, {"overlay": "1.0.0", "actions": [action]}, "x")

    assert document["tags"] == ["b", "d"]


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        ("paths/shop.yaml", "order.yaml#/OrderPage", "order.yaml#/Nothing", "points at nothing"),
        ("openapi.yaml", "~1orders'", "~1nowhere'", "points at nothing"),
        ("paths/shop.yaml", "operationId: get_order", "operationId: list_orders", "used twice"),
        ("components/order.yaml", "Item:", "Item: [", "order.yaml"),
        ("components/parameters.yaml", "Page:", "- Page:", "flat map"),
    ],
)
def test_a_broken_description_is_named(
    copy: Path, file: str, old: str, new: str, words: str
) -> None:
    change(copy / file, old, new)

    with pytest.raises(ContractError, match=words):
        load_contract("documented", copy)


def test_a_name_in_two_component_files_is_refused(copy: Path) -> None:
    (copy / "components" / "more.yaml").write_text("Order: {type: object}\n")

    with pytest.raises(ContractError, match="Order is already in"):
        load_contract("documented", copy)


def test_profiles_are_listed_and_an_unknown_one_is_told(copy: Path) -> None:
    assert profile_names(copy) == ["documented", "other"]
    with pytest.raises(ContractError, match="there are: documented, other"):
        load_profile("nowhere", copy)
    change(copy / "profiles" / "other.yaml", "wire:", "wires:")
    with pytest.raises(ContractError, match="unknown key wires"):
        load_profile("other", copy)


def test_a_changed_file_is_not_read_from_the_cache(copy: Path, monkeypatch: Any) -> None:
    monkeypatch.setenv("FLUENTCART_CONFORMANCE_CACHE", str(copy / "cache"))
    load_contract.cache_clear()
    assert (
        "note"
        in load_contract("documented", copy).document["components"]["schemas"]["Order"][
            "properties"
        ]
    )
    assert list((copy / "cache").glob("contract-documented-*.json"))
    load_contract.cache_clear()
    change(copy / "components" / "order.yaml", "    note:", "    remark_of_the_customer:")
    schema = load_contract("documented", copy).document["components"]["schemas"]["Order"]
    assert "remark_of_the_customer" in schema["properties"]


def test_the_cache_keeps_the_latest_descriptions_only(tmp_path: Path) -> None:
    file, cache = tmp_path / "source.yaml", tmp_path / "cache"
    kept: list[Path] = []
    for number in range(6):
        file.write_text(f"number: {number}")
        compiled("thing", [file], dict)
        (new,) = set(cache.glob("thing-*.json")) - set(kept)
        os.utime(new, (1000 + number, 1000 + number))
        kept.append(new)

    assert set(cache.glob("thing-*.json")) == set(kept[-4:])


def test_an_overlay_may_be_named_with_its_ending(copy: Path) -> None:
    short = load_contract("other", copy).document
    change(copy / "profiles" / "other.yaml", "overlays: [other]", "overlays: [other.yaml]")
    load_contract.cache_clear()

    assert load_contract("other", copy).document == short


def test_a_broken_overlay_is_named(copy: Path) -> None:
    (copy / "overlays" / "other.yaml").write_text("actions: []")
    with pytest.raises(ContractError, match=r"^other\.yaml: not an OpenAPI"):
        load_contract("other", copy)


def test_a_path_may_be_described_in_place(copy: Path) -> None:
    item = "{get: {operationId: get_thing, responses: {'200': {description: A thing.}}}}"
    change(copy / "openapi.yaml", "paths:\n", f"paths:\n  /thing: {item}\n")

    assert bundle(copy)["paths"]["/thing"]["get"]["operationId"] == "get_thing"


def test_an_unwritable_cache_does_no_harm(copy: Path, monkeypatch: Any) -> None:
    blocked = copy / "blocked"
    blocked.write_text("a file, not a folder")
    monkeypatch.setenv("FLUENTCART_CONFORMANCE_CACHE", str(blocked / "below"))
    load_contract.cache_clear()

    assert load_contract("documented", copy).operations


GOOD = """
- id: A-ONE
  level: MUST
  text: >-
    One
    thing.
  sources: [{document: orders-api, section: List}]
  operation: list_orders
  area: lists
  proof: judge
  members: [{name: id, type: integer}]
"""


def test_requirements_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(GOOD)
    one = load_requirements(tmp_path)["A-ONE"]

    assert one.text == "One thing."
    assert one.sources[0].document == "orders-api"
    assert one.applies_to("list_orders")
    assert not one.applies_to("get_order")
    assert one.members[0]["name"] == "id"
    assert one.file == "a.yaml"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("level: MUST", "level: WILL", "level 'WILL' is none of"),
        ("area: lists", "area: moon", "area 'moon'"),
        ("proof: judge", "prof: judge", "lacks proof"),
        ("  members:", "  membres:", "unknown key membres"),
        ("orders-api", "the-bible", "names none of"),
        ("- id: A-ONE", "- id: A-ONE\n- id: A-TWO", "A-ONE lacks"),
    ],
)
def test_a_broken_requirement_is_named(tmp_path: Path, old: str, new: str, words: str) -> None:
    (tmp_path / "a.yaml").write_text(GOOD.replace(old, new))

    with pytest.raises(ContractError, match=words):
        load_requirements(tmp_path)


def test_an_id_used_twice_is_named_with_both_files(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(GOOD)
    (tmp_path / "b.yaml").write_text(GOOD)

    with pytest.raises(ContractError, match=r"b\.yaml: A-ONE is already used in a\.yaml"):
        load_requirements(tmp_path)

"""Operations, routes and the cut: from the bundled description to one call, value by value."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from fluentcart_conformance.contract import ContractError, load_contract
from fluentcart_conformance.contract.contract import load_contract as load
from fluentcart_conformance.contract.description import bundle
from fluentcart_conformance.contract.operations import lookup, read_operations, resolve
from fluentcart_conformance.contract.profile import load_profile
from fluentcart_conformance.contract.routes import Routes, guess_relative_path, relative_path
from fluentcart_conformance.contract.sources import compiled, read_yaml, yaml_files

from .shapes import TINY, exchange, judge, order

OK = {"200": {"description": "fine"}}


def described(**paths: Any) -> dict[str, Any]:
    return {"paths": {f"/{name}": item for name, item in paths.items()}}


def test_an_operation_is_read_with_everything_it_says() -> None:
    document: dict[str, Any] = {
        "paths": {
            "/a/{id}": {
                "parameters": [{"name": "id"}],
                "put": {
                    "operationId": "change",
                    "tags": ["x"],
                    "x-permission": ["p", "q"],
                    "parameters": [{"$ref": "#/components/parameters/Page"}],
                    "requestBody": {"$ref": "#/components/bodies/Body"},
                    "responses": {
                        200: {"$ref": "#/components/responses/Fine"},
                        "4xx": {"content": {"application/json": {"schema": {"type": "null"}}}},
                        "404": {"content": {"text/html": {"schema": {}}}},
                    },
                },
                "description": "left alone",
            }
        },
        "components": {
            "parameters": {"Page": {"name": "page"}},
            "bodies": {"Body": {"content": {"application/json": {"schema": {"type": "object"}}}}},
            "responses": {
                "Fine": {
                    "content": {"application/json": {"schema": True}},
                    "links": {"next": {"operationId": "o"}},
                }
            },
        },
    }
    (one,) = read_operations(document).values()
    assert (one.id, one.method, one.template) == ("change", "PUT", "/a/{id}")
    assert [each["name"] for each in one.parameters] == ["id", "page"]
    assert one.request_schema == {"type": "object"}
    assert (one.permission, one.tags) == ("p or q", ("x",))
    assert one.links == {"next": {"operationId": "o"}}
    assert one.node is document["paths"]["/a/{id}"]["put"]
    assert list(one.answers) == ["200", "4XX", "404"]
    exact, general, page = (one.answer(status) for status in (200, 422, 404))
    assert exact is not None
    assert general is not None
    assert page is not None
    assert (exact.schema, general.schema, page.schema) == (True, {"type": "null"}, None)
    assert exact.node["links"] == one.links
    assert (exact.status, general.status) == ("200", "4XX")
    assert one.answer(201) is None
    bare = read_operations(described(b={"get": {"operationId": "bare", "responses": OK}}))["bare"]
    assert (bare.permission, bare.tags, bare.parameters, bare.request_schema) == ("", (), (), None)
    assert read_operations({}) == {}
    assert read_operations(described(b={"get": {"operationId": "b"}}))["b"].answers == {}


@pytest.mark.parametrize(
    ("document", "words"),
    [
        (described(a={"get": {"responses": OK}}), "GET /a has no operationId"),
        (
            described(a={"get": {"operationId": "x"}}, b={"get": {"operationId": "x"}}),
            "operationId x is used twice (/b)",
        ),
        (
            described(a={"get": {"operationId": "x", "responses": {"default": {}}}}),
            "x: response status default is neither a status nor a class",
        ),
    ],
)
def test_a_broken_operation_is_named(document: Any, words: str) -> None:
    with pytest.raises(ContractError) as caught:
        read_operations(document)
    assert str(caught.value) == words


def test_references_are_followed_to_their_end() -> None:
    document: dict[str, Any] = {
        "a": {"b/c": {"$ref": "#/d"}}, "d": {"x": 1}, "me": {"$ref": "#/you"},
        "you": {"$ref": "#/me"}, "t~": 5,
    }  # fmt: skip
    assert resolve(document, {"$ref": "#/a/b~1c"}) == {"x": 1}
    assert resolve(document, {"x": 2}) == {"x": 2}
    assert resolve(document, 5) == 5
    assert lookup(document, "#/t~0") == 5
    for ref, words in (
        ("#/me", "reference #/me leads to itself"),
        ("#/a/x", "reference #/a/x points at nothing"),
        ("#/t~0/x", "reference #/t~0/x points at nothing"),
        ("a.yaml#/x", "reference a.yaml#/x is not local to the bundled description"),
    ):
        with pytest.raises(ContractError) as caught:
            resolve(document, {"$ref": ref})
        assert str(caught.value) == words


def routes(*templates: str) -> Routes:
    paths = {
        template: {"get": {"operationId": template}, "post": {"operationId": f"+{template}"}}
        for template in templates
    }
    return Routes(read_operations({"paths": paths}).values())


def test_a_static_segment_beats_a_parameter_and_yields_to_it() -> None:
    found = routes("/a/{x}", "/a/b", "/a/{x}/c/{y}", "/a/b/d", "/")

    def matched(path: str, method: str = "get") -> Any:
        got = found.match(method, path)
        return got and (got[0].id, got[1])

    assert matched("/a/b") == ("/a/b", {})
    assert matched("/a/5/") == ("/a/{x}", {"x": "5"})
    assert matched("/a/5", "POST") == ("+/a/{x}", {"x": "5"})
    assert matched("/a/b/c/6") == ("/a/{x}/c/{y}", {"x": "b", "y": "6"})
    assert matched("/a/%7B%7D") == ("/a/{x}", {"x": "{}"})
    assert matched("/a/{}") == ("/a/{x}", {"x": "{}"})
    assert matched("/") == ("/", {})
    assert matched("/a//c/6") is None
    assert matched("/a") is None
    assert matched("/a/5", "PUT") is None


def test_the_namespace_is_found_wherever_it_stands() -> None:
    assert relative_path("http://s/fluent-cart/v20/fluent-cart/v2/orders") == "/orders"
    assert relative_path("http://s/wp-json/fluent-cart%2Fv2/orders/a%2Fb") == "/orders/a/b"
    assert relative_path("http://s/?rest_route=/fluent-cart/v2/orders&rest_route=x") == "/orders"
    assert guess_relative_path("http://s/wp-json/fluent-cart/v2/orders/5") == "/orders/5"
    assert guess_relative_path("http://s/customers/fluent-cart/v2/orders") == "/orders"
    assert guess_relative_path("http://s/api/customers?x") == "/customers"


def missing(query: str, row: Any, **more: Any) -> list[str]:
    page = {"orders": {"data": [row], "total": 1}}
    found = judge().judge(exchange("GET", f"/orders{query}", page, **more)).findings
    return [one.pointer for one in found if one.got.startswith("missing")]


def test_only_members_that_were_asked_for_are_missed() -> None:
    row = {"id": 5}
    every = missing("", row)
    assert len(every) > 3
    assert missing("?select=id,status", row) == ["/orders/data/0/status"]
    assert missing("?select=id,%20status", row) == ["/orders/data/0/status"]
    assert missing("?select=id&select=status", row) == ["/orders/data/0/status"]
    assert missing("?select[]=id&select[]=status", row) == ["/orders/data/0/status"]
    assert missing("?select=id", row) == []
    assert missing("?other=id", row) == every
    assert missing("?select=", row) == []
    assert missing("", row, cut=True) == []


def test_a_cut_recording_is_still_held_to_its_types() -> None:
    body = {"orders": {"data": [order(status="lost")], "total": 9}}
    found = judge().judge(exchange("GET", "/orders", body, cut=True)).findings
    assert [one.pointer for one in found] == ["/orders/data/0/status"]


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FLUENTCART_CONFORMANCE_CACHE", str(tmp_path / "cache"))
    return Path(shutil.copytree(TINY, tmp_path / "openapi"))


def test_a_profile_names_its_overlays_with_or_without_their_ending(copy: Path) -> None:
    file = copy / "profiles" / "other.yaml"
    text = file.read_text()
    (name,) = load_profile("other", copy).overlays
    file.write_text(text.replace(name, name.removesuffix(".yaml"), 1))
    (copy / "profiles" / "third.yaml").write_text(
        text.replace(name, name.removesuffix(".yaml") + ".yaml", 1).replace("other", "third", 1)
    )
    assert load("other", copy).document == load("third", copy).document
    assert load("other", copy).document != load("documented", copy).document


def test_a_profile_may_extend_another(copy: Path) -> None:
    (copy / "profiles" / "child.yaml").write_text(
        "name: child\nextends: other\noverlays: [more]\nwire: {own: 1}\n"
        "refusals: {a: 1}\nabsent: {b: 2}\ndetect: {c: 3}\n"
    )
    base, child = load_profile("other", copy), load_profile("child", copy)
    assert child.name == "child"
    assert child.overlays == (*base.overlays, "more")
    assert child.wire == {**base.wire, "own": 1}
    assert child.refusals == {**base.refusals, "a": 1}
    assert child.absent == {**base.absent, "b": 2}
    assert child.detect == {**base.detect, "c": 3}
    (copy / "profiles" / "grandchild.yaml").write_text("name: grandchild\nextends: child\n")
    with pytest.raises(ContractError) as caught:
        load_profile("grandchild", copy)
    assert str(caught.value) == "grandchild.yaml extends child, which itself extends other"


def test_a_bundle_holds_own_components_too(copy: Path) -> None:
    text = (copy / "openapi.yaml").read_text()
    (copy / "openapi.yaml").write_text(
        text + "\ncomponents: {securitySchemes: {basic: {type: http}}, schemas: {Own: {}}}\n"
    )
    components = bundle(copy)["components"]
    assert components["securitySchemes"] == {"basic": {"type": "http"}}
    assert {"Own", "Order"} <= set(components["schemas"])
    (copy / "openapi.yaml").write_text("[]")
    with pytest.raises(ContractError, match=r"openapi\.yaml: an object was expected$"):
        bundle(copy)


def test_yaml_is_read_like_json(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text("200: 2025-01-15\nlist: [{1: true}]\n")
    assert read_yaml(file) == {"200": "2025-01-15", "list": [{"1": True}]}
    file.write_text("a: [\n")
    with pytest.raises(ContractError, match=r"a\.yaml: .*line 2"):
        read_yaml(file)
    with pytest.raises(ContractError, match=r"^cannot read .*b\.yaml: No such file or directory$"):
        read_yaml(tmp_path / "b.yaml")
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "c.yaml").write_text("")
    (tmp_path / "d.txt").write_text("")
    assert yaml_files(tmp_path) == [file, tmp_path / "b" / "c.yaml"]


def test_what_was_compiled_is_kept_until_a_file_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, cache = tmp_path / "a.yaml", tmp_path / "cache"
    monkeypatch.setenv("FLUENTCART_CONFORMANCE_CACHE", str(cache))
    built: list[int] = []

    def build() -> Any:
        built.append(1)
        return {"n": len(built)}

    file.write_text("1")
    assert compiled("it", [file], build) == compiled("it", [file], build) == {"n": 1}
    assert compiled("other", [file], build) == {"n": 2}
    for number in range(6):
        file.write_text("1" * (number + 2))
        assert compiled("it", [file], build) == {"n": number + 3}
    names = [path.name for path in cache.iterdir()]
    assert sum(name.startswith("it-") for name in names) == 4
    assert sum(name.startswith("other-") for name in names) == 1
    assert not [name for name in names if name.startswith(".")]
    for path in cache.glob("it-*"):
        path.write_text("{broken")
    assert compiled("it", [file], build) == {"n": 9}
    monkeypatch.delenv("FLUENTCART_CONFORMANCE_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    compiled("it", [file], build)
    assert list((tmp_path / "xdg" / "fluentcart-conformance").glob("it-*.json"))
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    compiled("it", [file], build)
    assert list((tmp_path / "home" / ".cache" / "fluentcart-conformance").glob("it-*.json"))


def test_a_contract_matches_whole_urls() -> None:
    contract = load_contract("documented", TINY)
    found = contract.match_url("GET", "https://s.example/wp-json/fluent-cart/v2/orders/5")
    assert found is not None
    assert (found[0].id, found[1]) == ("get_order", {"order_id": "5"})
    assert contract.match_url("GET", "https://s.example/v2/orders/5") is None
    assert contract.match_url("GET", "https://s.example/v2/orders/5", any_root=True) == found
    assert contract.match_url("GET", "https://s.example/shop", any_root=True) is None

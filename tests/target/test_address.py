"""Every form of a base URL leads to the same API."""

from __future__ import annotations

import pytest

from fluentcart_conformance.target.address import (
    ApiRoot,
    candidates,
    encode_query,
    from_link,
    names_its_root,
    route_of,
)

PRETTY = "https://shop.example/wp-json/fluent-cart/v2"


@pytest.mark.parametrize(
    "base_url",
    [
        "https://shop.example",
        "https://shop.example/",
        "https://shop.example/wp-json",
        "https://shop.example/wp-json/",
        PRETTY,
        PRETTY + "/",
        PRETTY + "/orders",
    ],
)
def test_a_site_a_rest_root_and_an_api_root_mean_the_same(base_url: str) -> None:
    assert str(candidates(base_url)[0]) == PRETTY


def test_a_site_may_also_speak_through_its_query() -> None:
    assert [str(root) for root in candidates("https://shop.example/en")[1:]] == [
        "https://shop.example/en/index.php?rest_route=/fluent-cart/v2",
        "https://shop.example/en/?rest_route=/fluent-cart/v2",
    ]


@pytest.mark.parametrize(
    "base_url",
    [
        "https://shop.example/?rest_route=/",
        "https://shop.example?rest_route=/fluent-cart/v2",
        "https://shop.example/?rest_route=/fluent-cart/v2/",
    ],
)
def test_the_query_form_is_understood(base_url: str) -> None:
    root, other = candidates(base_url)
    assert root.url("/orders/5", {"per_page": 1}) == (
        "https://shop.example/index.php?rest_route=/fluent-cart/v2/orders/5&per_page=1"
    )
    assert str(other) == "https://shop.example/?rest_route=/fluent-cart/v2"
    assert names_its_root(base_url)


def test_a_site_that_is_named_with_its_file_keeps_it() -> None:
    (root,) = candidates("https://shop.example/sub/index.php?rest_route=/")
    assert root.url("/orders") == (
        "https://shop.example/sub/index.php?rest_route=/fluent-cart/v2/orders"
    )


def test_another_rest_root_is_understood() -> None:
    (root,) = candidates("https://shop.example/api-root/fluent-cart/v2")
    assert root.url("/orders") == "https://shop.example/api-root/fluent-cart/v2/orders"
    assert root.rest_url("/wp/v2/users") == "https://shop.example/api-root/wp/v2/users"
    assert names_its_root("https://shop.example/api-root/fluent-cart/v2/")


def test_the_link_header_names_the_root_of_its_own_host_only() -> None:
    header = '<{}>; rel="https://api.w.org/", </x>; rel=shortlink'
    own = from_link(header.format("https://shop.example/api-root/"), "https://shop.example")
    assert own == ApiRoot("https://shop.example/api-root")
    query = from_link(header.format("https://shop.example/?rest_route=/"), "https://shop.example")
    assert query == ApiRoot("https://shop.example/", pretty=False)
    assert from_link(header.format("https://thief.example/"), "https://shop.example") is None
    assert from_link("", "https://shop.example") is None


def test_queries_are_written_as_wordpress_reads_them() -> None:
    query = {"with": ["customer", "items"], "filters": {"status": "active"}, "a": True, "b": None}
    assert encode_query(query) == (
        "with%5B%5D=customer&with%5B%5D=items&filters%5Bstatus%5D=active&a=1"
    )
    assert encode_query("x=1&x=2") == "x=1&x=2"


@pytest.mark.parametrize(
    ("url", "route"),
    [
        (PRETTY + "/orders/5?x=1", "/orders/5"),
        ("https://shop.example/?rest_route=/fluent-cart/v2/orders/5&x=1", "/orders/5"),
        ("https://shop.example/wp-json/wp/v2/users/7", "/wp/v2/users/7"),
    ],
)
def test_a_url_tells_its_route(url: str, route: str) -> None:
    assert route_of(url) == route


def test_a_root_survives_being_stored() -> None:
    root = ApiRoot("https://shop.example/", pretty=False)
    assert ApiRoot.from_json(root.as_json()) == root

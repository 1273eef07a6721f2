"""From URL to operation."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from fluentcart_conformance.contract import Contract, load_contract, relative_path
from fluentcart_conformance.contract.routes import guess_relative_path

from .shapes import TINY


@pytest.fixture
def contract(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Contract:
    """Read anew, so that its routes are laid out by each test."""
    monkeypatch.setenv("FLUENTCART_CONFORMANCE_CACHE", str(tmp_path / "cache"))
    return load_contract("documented", Path(shutil.copytree(TINY, tmp_path / "openapi")))


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("https://a.example/wp-json/fluent-cart/v2/orders/5?page=1", "/orders/5"),
        ("https://a.example/shop/wp-json/fluent-cart/v2/orders/", "/orders/"),
        ("http://127.0.0.1:8080/api/fluent-cart/v2/orders#x", "/orders"),
        ("https://a.example/?rest_route=/fluent-cart/v2/orders/5&page=2", "/orders/5"),
        ("https://a.example/index.php?page=2&rest_route=%2Ffluent-cart%2Fv2%2Forders", "/orders"),
        ("/wp-json/fluent-cart/v2/customers/1/address", "/customers/1/address"),
        ("https://a.example//wp-json//fluent-cart//v2//orders", "/orders"),
        ("https://a.example/wp-json/fluent-cart/v2", "/"),
        ("https://a.example/wp-json/fluent-cart/v20/orders", None),
        ("https://a.example/wp-json/fluent-cart/v1/orders", None),
        ("https://a.example/?rest_route=/wp/v2/posts", None),
        ("https://a.example/?next=/fluent-cart/v2/orders", None),
        ("", None),
    ],
)
def test_the_path_below_the_namespace(url: str, path: str | None) -> None:
    assert relative_path(url) == path


def test_a_custom_root_is_recognised_by_the_resource() -> None:
    assert guess_relative_path("https://api.shop.example/v2/orders/5?x=1") == "/orders/5"
    assert guess_relative_path("https://api.shop.example/ordersystem") is None


@pytest.mark.parametrize(
    ("method", "path", "name", "params"),
    [
        ("GET", "/orders", "list_orders", {}),
        ("get", "/orders/", "list_orders", {}),
        ("POST", "/orders", "create_order", {}),
        ("GET", "/orders/shipping_methods", "get_shipping_methods", {}),
        ("GET", "/orders/5", "get_order", {"order_id": "5"}),
        ("GET", "/orders/a%2Fb", "get_order", {"order_id": "a/b"}),
        (
            "POST",
            "/orders/5/transactions/7/accept-dispute",
            "accept_dispute",
            {"order": "5", "transaction_id": "7"},
        ),
        ("GET", "/customers/get-stats/3", "get_customer_stats", {"customer": "3"}),
        ("PUT", "/customers/3", "update_customer", {"customerId": "3"}),
    ],
)
def test_the_operation_of_a_path(
    contract: Contract, method: str, path: str, name: str, params: dict[str, str]
) -> None:
    matched = contract.match(method, path)

    assert matched is not None
    assert matched[0].id == name
    assert matched[1] == params


@pytest.mark.parametrize(
    ("method", "path"),
    [("DELETE", "/orders"), ("GET", "/"), ("GET", "/orders/5/6"), ("GET", "/products")],
)
def test_what_is_no_operation(contract: Contract, method: str, path: str) -> None:
    assert contract.match(method, path) is None

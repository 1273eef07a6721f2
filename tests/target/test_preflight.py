"""Preflight on stores of every profile: what it finds out, and how it says no."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from fluentcart_conformance.target import detect
from fluentcart_conformance.target.errors import (
    ConfigError,
    CredentialsRefusedError,
    LiveShopError,
    NotAStoreError,
)
from fluentcart_conformance.target.preflight import preflight
from fluentcart_conformance.target.report import TargetReport
from fluentcart_conformance.target.settings import Settings
from tests.hostile.behaviours import always, answer, order
from tests.hostile.server import Behaviour, HostileServer

NO_ROUTE = {"code": "rest_no_route", "message": "No route was found", "data": {"status": 404}}
BARE = {"customers": {"data": [], "current_page": 1}}
WRAPPED = {"success": True, "data": {"customers": [], "pagination": {}}}


class Store:
    """A store made of fixed answers: path below the REST root -> body or (status, body)."""

    def __init__(self, pages: Mapping[str, Any] | None = None, prefix: str = "/wp-json") -> None:
        self.prefix = prefix
        self.pages: dict[str, Any] = {
            "/fluent-cart/v2/orders": {"orders": {"data": [order(7)], "total": 1}},
            "/fluent-cart/v2/customers": BARE,
            **(pages or {}),
        }

    def __call__(self, connection: Any, request: str, number: int) -> None:
        del number
        target, _, _query = request.split(" ")[1].partition("?")
        if "wrong" not in request and "Authorization" in request:
            found = self.pages.get(target.removeprefix(self.prefix).rstrip("/"))
        else:
            found = (401, {"code": "rest_forbidden", "message": "no", "data": {"status": 401}})
        if not target.startswith(self.prefix) or found is None:
            found = (404, NO_ROUTE if target.startswith(self.prefix) else "<html>404")
        status, body = found if isinstance(found, tuple) else (200, found)
        kind = "text/html" if isinstance(body, str) else "application/json"
        link = f'Link: <http://{_host(request)}{self.prefix}/>; rel="https://api.w.org/"'
        answer(connection, body, f"{status} X", kind, link)


def _host(request: str) -> str:
    return request.partition("Host: ")[2].partition("\r\n")[0]


@pytest.fixture
def look() -> Iterator[Any]:
    """Serve a store and look at it."""

    def run(store: Behaviour, path: str = "", **more: Any) -> TargetReport:
        with HostileServer(store) as server:
            given = {"base_url": server.url + path, "user": "admin", "app_password": "abcd efgh"}
            return preflight(Settings(**{**given, **more}))

    yield run


def test_the_documents_envelope_means_the_documents(look: Any) -> None:
    report = look(Store({"/fluent-cart/v2/customers": WRAPPED}))
    assert report.profile == "documented"
    assert report.full_name_mode is False
    assert report.requests <= 12


def test_the_plugins_paginator_means_the_plugin(look: Any) -> None:
    assert look(Store()).profile == "fluentcart-1.3"
    details = {"order": order(7), "checkout_shipping": None}
    newer = look(Store({"/fluent-cart/v2/orders/7": details}))
    assert newer.profile == "fluentcart-1.5"
    assert "checkout_shipping" in newer.profile_reason
    assert newer.full_name_mode is True


@pytest.mark.parametrize(
    ("version", "profile"),
    [("1.3.0", "fluentcart-1.3"), ("1.3.25", "fluentcart-1.3"), ("1.5.2", "fluentcart-1.5")],
)
def test_a_visible_version_decides(look: Any, version: str, profile: str) -> None:
    plugins = [{"plugin": "fluent-cart/fluent-cart", "version": version}]
    report = look(Store({"/wp/v2/plugins": plugins}))
    assert (report.profile, report.version, report.software) == (profile, version, "FluentCart")
    assert version in report.profile_reason


def test_a_version_with_other_refund_units_is_not_guessed(look: Any) -> None:
    store = Store({"/wp/v2/plugins": [{"plugin": "fluent-cart/x", "version": "1.6.2"}]})
    with pytest.raises(ConfigError, match="cents"):
        look(store)
    assert look(store, profile="fluentcart-1.5").profile_reason == "set by the operator"


def test_the_store_settings_tell_mode_currency_and_names(look: Any) -> None:
    v2 = "/fluent-cart/v2"
    routes: dict[str, Any] = {f"{v2}/settings/store": {}, f"{v2}/checkout-fields/get-fields": {}}
    names = {"first_name": {"enabled": "yes"}, "full_name": {"enabled": "no"}}
    report = look(
        Store(
            {
                v2: {"namespace": "fluent-cart/v2", "routes": routes},
                f"{v2}/settings/store": {"settings": {"order_mode": "test", "currency": "EUR"}},
                f"{v2}/checkout-fields/get-fields": {"settings": {"basic_info": names}},
            }
        )
    )
    assert (report.mode, report.currency, report.full_name_mode) == ("test", "EUR", False)


def test_products_are_seen_in_orders(look: Any) -> None:
    variant = {"id": 20, "item_price": 2500, "item_status": "active", "stock_status": "in-stock"}
    items = [
        {"post_id": "4", "object_id": "20", "fulfillment_type": "digital", "variants": variant},
        {"post_id": 5, "object_id": 21, "fulfillment_type": "digital", "variants": None},
        {
            "post_id": 6,
            "object_id": 22,
            "fulfillment_type": "digital",
            "variants": variant,
            "payment_type": "subscription",
        },
        {
            "post_id": 7,
            "object_id": 23,
            "fulfillment_type": "digital",
            "variants": variant,
            "post_title": "fcc-0123abcd digital product",
        },
    ]
    report = look(Store({"/fluent-cart/v2/orders/7": {"order": order(7, order_items=items)}}))
    assert [(one.post_id, one.object_id, one.unit_price) for one in report.products] == [
        (4, 20, 2500)
    ]
    assert report.capabilities["products"].present


def test_a_live_shop_is_not_written_to_unawares(look: Any) -> None:
    live = Store({"/fluent-cart/v2/orders": {"orders": {"data": [order(7, text="live")]}}})
    with pytest.raises(LiveShopError, match="i-know-this-is-live"):
        look(live)
    assert look(live, i_know_this_is_live=True).mode == "live"
    assert look(live, read_only=True).writes is False


@pytest.mark.parametrize(("rows", "present"), [([{"id": 1}], True), ([], False)])
def test_labels_are_looked_at_where_the_store_has_some(
    look: Any, rows: list[Any], present: bool
) -> None:
    v2 = "/fluent-cart/v2"
    index = {"namespace": "fluent-cart/v2", "routes": {f"{v2}/labels": {}}}
    store = Store({v2: index, f"{v2}/labels": {"labels": rows}})
    found = look(store).capabilities["labels"]
    assert found.present is present
    assert found.declared is not present, "not having any is no missing prerequisite"


def test_the_operators_word_on_a_capability_counts(look: Any) -> None:
    report = look(Store(), capabilities={"subscriptions": True, "labels": False})
    assert report.capabilities["subscriptions"].present
    assert report.capabilities["labels"].declared


def test_another_rest_root_is_found_through_the_link_header(look: Any) -> None:
    report = look(Store(prefix="/api-root"))
    assert str(report.root).endswith("/api-root/fluent-cart/v2")


def test_wrong_credentials_are_refused_in_words(look: Any) -> None:
    with pytest.raises(CredentialsRefusedError, match="401") as said:
        look(Store(), user="wrong", headers={"X-Who": "wrong"})
    assert said.value.exit_code == 3


def test_missing_credentials_are_asked_for(look: Any) -> None:
    with pytest.raises(CredentialsRefusedError, match="set FLUENTCART_USER"):
        look(Store(), user=None)


def test_a_user_without_rights_is_said_so(look: Any) -> None:
    store = Store({"/fluent-cart/v2/orders": (403, {"code": "rest_forbidden"})})
    with pytest.raises(CredentialsRefusedError, match="403"):
        look(store)


def test_wordpress_without_the_plugin_is_said_so(look: Any) -> None:
    store = Store()
    store.pages.clear()
    with pytest.raises(NotAStoreError, match="is the plugin active"):
        look(store)


def test_a_store_that_answers_500_to_everything_is_still_judged(look: Any) -> None:
    report = look(always({"message": "boom"}, "500 X"))
    assert report.profile == "documented"
    assert any("cannot be read" in note for note in report.notes)


def test_a_report_survives_being_stored(look: Any) -> None:
    report = look(Store())
    stored = json.loads(json.dumps(report.as_json()))
    assert TargetReport.from_json(stored) == report
    assert report.facts()["api_root"] == stored["api_root"]


@pytest.mark.parametrize(
    ("value", "number"),
    [(5, 5), ("5", 5), (True, None), ("5a", None), (5.0, None), (2**70, None), ("9" * 30, None)],
)
def test_whole_numbers_are_read_strictly(value: Any, number: int | None) -> None:
    assert detect.integer(value) == number

from __future__ import annotations

import gzip

import httpx
import pytest

from fluentcart_conformance.store.http import Request
from fluentcart_conformance.store.personality import (
    NAMES,
    SWITCHES,
    PersonalityError,
    chosen_switches,
    dressed,
)
from fluentcart_conformance.store.server import EmbeddedStore


def _get(store: EmbeddedStore, path: str, **headers: str) -> httpx.Response:
    admin = store.identities["admin"]
    root = store.base_url + store.transport.rest_root
    auth = (admin.user, admin.password)
    return httpx.get(f"{root}/fluent-cart/v2/{path}", auth=auth, headers=headers)


def test_switches_are_chosen_by_name_and_one_by_one() -> None:
    assert chosen_switches("stranger") == tuple(SWITCHES)
    assert chosen_switches("plain", "gzip, crowd") == ("gzip", "crowd")
    assert set(NAMES["stranger"]) == set(SWITCHES)


@pytest.mark.parametrize(("name", "switches"), [("nobody", ""), ("", "gzip,hats")])
def test_unknown_names_are_refused(name: str, switches: str) -> None:
    with pytest.raises(PersonalityError, match="known:"):
        chosen_switches(name, switches)


def test_the_carriage_changes_and_the_content_stays() -> None:
    with dressed(["gzip", "chunked", "lower-headers"]).start() as store:
        answer = _get(store, "orders/1")
        assert answer.headers["content-encoding"] == "gzip"
        assert answer.headers["transfer-encoding"] == "chunked"
        assert all(name == name.lower() for name, _ in answer.headers.raw)
        assert answer.json()["order"]["id"] == 1


def test_a_caller_without_gzip_gets_none() -> None:
    with dressed(["gzip"]).start() as store:
        answer = _get(store, "orders/1", **{"Accept-Encoding": "identity"})
        assert "content-encoding" not in answer.headers
        with pytest.raises(gzip.BadGzipFile):
            gzip.decompress(answer.content)


def test_the_spelling_changes() -> None:
    plain = EmbeddedStore()
    with dressed(["reversed", "extra", "numeric-text", "nulls", "translated"]).start() as store:
        order = _get(store, "orders/3").json()["order"]
        assert list(order)[-1] == "id"
        assert order["x_vendor"] == {"tier": 3}
        assert isinstance(order["total_paid"], str)
        assert isinstance(order["order_items"][0]["quantity"], int)
        assert order["invoice_no"] is None
        refusal = _get(store, "orders/99999").json()
        assert refusal["message"].startswith("Die Anfrage")
    plain.database.close()


def test_ids_currency_and_root_differ() -> None:
    with dressed(["high-ids", "currency", "rest-root"]).start() as store:
        rows = _get(store, "orders").json()["orders"]["data"]
        assert all(row["id"] >= 9_000_000 and row["currency"] == "CHF" for row in rows)
        assert store.transport.rest_root != "/wp-json"
        front = httpx.get(store.base_url)
        assert store.transport.rest_root in front.headers["link"]


def test_the_limiter_says_when_to_come_back() -> None:
    store = dressed(["limiter"])
    answers = [store.app.handle(Request("GET", "/")) for _ in range(100)]
    limited = [one for one in answers if one.status == 429]
    assert len(limited) >= 20
    assert all(one.headers["Retry-After"] == "1" for one in limited)
    store.database.close()


def test_the_crowd_moves() -> None:
    with dressed(["crowd"]).start() as store:
        total = _get(store, "orders").json()["orders"]["total"]
        assert total > 5000

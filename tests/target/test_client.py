"""The client: identities, hooks, repeats, pace, and what never leaves it."""

from __future__ import annotations

import base64
import time
from pathlib import Path
from typing import Any

import pytest

from fluentcart_conformance.contract.exchange import Exchange
from fluentcart_conformance.target.client import StoreClient, retry_after
from fluentcart_conformance.target.errors import (
    CredentialsRefusedError,
    NoAnswerError,
    RunLimitError,
    UnsafeRequestError,
)
from fluentcart_conformance.target.pace import Pace, kind_of, plan
from fluentcart_conformance.target.redact import Redactor
from fluentcart_conformance.target.settings import Settings
from tests.hostile.behaviours import always, answer
from tests.hostile.server import HostileServer

PASSWORD = "abcd EFGH ijkl"


def settings_for(url: str, **more: Any) -> Settings:
    given: dict[str, Any] = {"base_url": url, "user": "admin", "app_password": PASSWORD}
    return Settings(**{**given, **more})


def busy_then_fine(times: int, status: str, *headers: str) -> Any:
    def behave(connection: Any, request: str, number: int) -> None:
        del request
        if number <= times:
            answer(connection, {}, status, "application/json", *headers)
        else:
            answer(connection, {"ok": True})

    return behave


def test_each_identity_sends_its_own_header() -> None:
    with HostileServer(always({})) as server:
        client = StoreClient(settings_for(server.url))
        for name in ("admin", "wrong", "garbled", "none"):
            assert client.call("GET", "/orders", identity=name).identity == name
    right = base64.b64encode(f"admin:{PASSWORD}".encode()).decode()
    sent = list(server.requests)
    assert f"Authorization: Basic {right}" in sent[0]
    assert "Authorization: Basic " in sent[1]
    assert right not in sent[1]
    assert "%%%" in sent[2]
    assert "Authorization" not in sent[3]


def test_an_identity_without_credentials_is_said_so() -> None:
    client = StoreClient(settings_for("http://127.0.0.1:1"))
    with pytest.raises(CredentialsRefusedError, match="FLUENTCART_LOW_USER"):
        client.call("GET", "/orders", identity="low")


def test_json_raw_content_and_own_headers_go_out_as_given() -> None:
    with HostileServer(always({})) as server:
        client = StoreClient(settings_for(server.url, headers={"X-Gate": "sesame"}))
        client.call("POST", "/orders", json={"a": "ä"})
        client.call("PUT", "/orders/5", content=b"{broken", headers={"content-type": "text/plain"})
        client.call("DELETE", "/orders/5", headers={"Authorization": "Bearer x"})
    first, second, third = server.requests
    assert "Content-Type: application/json" in first
    assert first.encode("latin-1").endswith('{"a": "ä"}'.encode())
    assert "X-Gate: sesame" in first
    assert second.endswith("{broken")
    assert "application/json" not in second.split("Accept-Encoding")[1]
    assert "Bearer x" in third
    assert "Basic" not in third
    assert "Content-Length: 0" in third


@pytest.mark.parametrize("status", ["429 Slow", "503 Busy"])
def test_a_busy_store_is_waited_for_whatever_the_method(status: str) -> None:
    with HostileServer(busy_then_fine(2, status, "Retry-After: 0")) as server:
        exchange = StoreClient(settings_for(server.url)).call("POST", "/orders", json={})
    assert exchange.status == 200
    assert "after 2 repeats" in exchange.note
    assert len(server.requests) == 3


def test_a_busy_answer_is_the_answer_where_that_is_tested() -> None:
    with HostileServer(busy_then_fine(1, "429 Slow", "Retry-After: 0")) as server:
        client = StoreClient(settings_for(server.url))
        assert client.call("GET", "/orders", replayable=False).status == 429
    assert len(server.requests) == 1


def test_a_wait_longer_than_allowed_is_not_obeyed() -> None:
    with HostileServer(busy_then_fine(9, "503 Busy", "Retry-After: 3600")) as server:
        assert StoreClient(settings_for(server.url)).call("GET", "/orders").status == 503
    assert len(server.requests) == 1


def test_retry_after_is_seconds_or_a_date() -> None:
    assert retry_after("7") == 7.0
    assert retry_after("Fri, 20 Nov 2026 18:00:30 GMT", now=1795197600.0) == 30.0
    assert retry_after(None) == retry_after("soon") == 1.0


@pytest.mark.parametrize(("method", "times"), [("GET", 2), ("POST", 1), ("DELETE", 1)])
def test_without_an_answer_only_reads_are_repeated(method: str, times: int) -> None:
    def drop(connection: Any, request: str, number: int) -> None:
        del request
        if number == 1:
            connection.close()
        else:
            answer(connection, {})

    with HostileServer(drop) as server:
        client = StoreClient(settings_for(server.url))
        if times == 1:
            with pytest.raises(NoAnswerError):
                client.call(method, "/orders/5")
        else:
            assert client.call(method, "/orders/5").status == 200
        assert len(server.requests) == times


def test_hooks_see_every_exchange_in_order() -> None:
    seen: list[str] = []
    with HostileServer(always({})) as server:
        client = StoreClient(settings_for(server.url))
        client.observer = lambda exchange: seen.append(f"journal {exchange.status}")
        client.sink = lambda exchange: seen.append(f"record {exchange.status}")
        client.call("GET", "/orders")
    assert seen == ["journal 200", "record 200"]


@pytest.mark.parametrize(
    ("sent", "asked"),
    [
        ({"json": {"order_ids": [1]}}, [("POST", {"order_ids": [1]})]),
        ({"content": b'{"customer_id": 7}'}, [("POST", {"customer_id": 7})]),
        ({"content": "order_ids[]=1&order_ids[]=2"}, [("POST", {"order_ids": {"": ["1", "2"]}})]),
        ({"query": {"customer_id": 3}}, [("POST", None), ("POST", {"customer_id": "3"})]),
        ({"headers": {"X-HTTP-Method-Override": "DELETE"}}, [("DELETE", None)]),
        ({"query": {"_method": "put"}}, [("PUT", None), ("PUT", {"_method": "put"})]),
    ],
)
def test_the_guard_sees_what_the_store_will_understand(
    sent: dict[str, Any], asked: list[tuple[str, Any]]
) -> None:
    seen: list[tuple[str, Any]] = []
    with HostileServer(always({})) as server:
        client = StoreClient(settings_for(server.url))
        client.guard = lambda method, _path, json: seen.append((method, json))
        client.call("POST", "/orders/5", **sent)
    assert seen == asked


def test_a_get_that_is_no_get_is_shown_to_the_guard() -> None:
    def refuse(method: str, path: str, json: Any) -> None:
        raise UnsafeRequestError(f"{method} {path} {json}")

    client = StoreClient(settings_for("http://127.0.0.1:1"))
    client.guard = refuse
    with pytest.raises(UnsafeRequestError):
        client.call("GET", "/orders/5", headers={"x-http-method-override": "DELETE"})


def test_a_header_with_a_line_break_is_never_sent() -> None:
    with HostileServer(always({})) as server:
        client = StoreClient(settings_for(server.url))
        with pytest.raises(NoAnswerError) as said:
            client.call("GET", "/orders", headers={"X-A": "b\r\nX-Injected: c"})
        assert said.value.kind == "request"
        assert client.call("GET", "/orders").status == 200
    assert len(server.requests) == 1


# -- pace ----------------------------------------------------------------------------------------


def test_workers_share_one_rate(tmp_path: Path) -> None:
    settings = settings_for("http://127.0.0.1:1", rate=50.0)
    paces = [Pace(settings, tmp_path / "pace") for _ in range(2)]
    began = time.monotonic()
    for _ in range(5):
        for pace in paces:
            pace.wait("GET", "/orders")
    assert time.monotonic() - began >= 9 / 50 - 0.01


def test_the_budget_ends_a_run(tmp_path: Path) -> None:
    settings = settings_for("http://127.0.0.1:1", max_requests=3)
    one, two = Pace(settings, tmp_path / "pace"), Pace(settings, tmp_path / "pace")
    one.wait("GET", "/a")
    two.wait("GET", "/a")
    one.wait("GET", "/a")
    with pytest.raises(RunLimitError, match="budget of 3"):
        two.wait("GET", "/a")


def test_the_time_ends_a_run() -> None:
    pace = Pace(settings_for("http://127.0.0.1:1", run_timeout=5.0), started=time.time() - 6)
    with pytest.raises(RunLimitError, match="run_timeout"):
        pace.wait("GET", "/orders")


def test_the_documented_limits_are_kept_across_runs(tmp_path: Path) -> None:
    settings = settings_for("http://127.0.0.1:1", respect_documented_limits=True, run_timeout=60.0)
    for _ in range(20):
        Pace(settings, tmp_path / "pace").wait("DELETE", "/customers/1/address")
    pace = Pace(settings, tmp_path / "pace")
    pace.wait("GET", "/orders")
    with pytest.raises(RunLimitError, match="resume it later"):
        pace.wait("DELETE", "/customers/1/address")


def test_a_half_written_pace_file_counts_as_new(tmp_path: Path) -> None:
    (tmp_path / "pace").write_text('{"sent": 9')
    settings = settings_for("http://127.0.0.1:1", max_requests=1)
    Pace(settings, tmp_path / "pace").wait("GET", "/orders")


@pytest.mark.parametrize(
    ("method", "path", "kind"),
    [
        ("GET", "/customers", "list"),
        ("GET", "/customers/5/address?type=billing", "list"),
        ("GET", "/customers/5", None),
        ("POST", "/customers", "create"),
        ("POST", "/customers/5/address", "create"),
        ("PUT", "/customers/5", "update"),
        ("POST", "/customers/do-bulk-action", "update"),
        ("DELETE", "/customers/5/address", "delete"),
        ("GET", "/orders", None),
    ],
)
def test_the_limits_know_their_operations(method: str, path: str, kind: str | None) -> None:
    assert kind_of(method, path) == kind


def test_a_plan_says_how_long_the_limits_take() -> None:
    assert plan({"create": 50}).seconds == 0
    slow = plan({"create": 120, "delete": 21})
    assert slow.seconds == 2 * 3600
    assert "at least 2 h" in slow.words


# -- secrets -------------------------------------------------------------------------------------


def test_secrets_are_replaced_in_every_spelling() -> None:
    settings = settings_for("http://127.0.0.1:1", headers={"X-Gate": "open&sesame"})
    redactor = Redactor.of(settings)
    header = base64.b64encode(f"admin:{PASSWORD}".encode()).decode()
    hidden = [PASSWORD, "abcdEFGHijkl", "abcd%20EFGH%20ijkl", "abcd+EFGH+ijkl", header]
    hidden += ["open&sesame", "open%26sesame", "open&amp;sesame"]
    for text in hidden:
        shown = redactor.text(f"before {text} after")
        assert text not in shown
        assert shown.startswith("before [")
        assert redactor.finds(text)
    assert redactor.text("nothing to hide") == "nothing to hide"


def test_headers_are_replaced_by_what_they_stand_for() -> None:
    settings = settings_for("http://127.0.0.1:1")
    client = StoreClient(settings)
    header = client.identities["admin"].header
    assert header is not None
    shown = client.redactor.headers(
        {"Authorization": header, "Set-Cookie": "wp=1", "Cookie": "a=b", "X-A": "b"}
    )
    assert shown == {
        "Authorization": "Basic [admin]",
        "Set-Cookie": "[set-cookie]",
        "Cookie": "[cookie]",
        "X-A": "b",
    }
    assert client.redactor.headers({"authorization": "Bearer abc"}) == {
        "authorization": "Bearer [secret]"
    }


def test_a_traceback_does_not_show_the_header() -> None:
    with HostileServer(always({})) as server:
        exchange: Exchange = StoreClient(settings_for(server.url)).call("GET", "/orders")
    assert exchange.request_headers["Authorization"].startswith("Basic YWRt")
    assert "YWRt" not in repr(exchange)

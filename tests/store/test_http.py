from __future__ import annotations

import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from json import loads

import httpx
import pytest

from fluentcart_conformance.store.body import parse_body
from fluentcart_conformance.store.http import Refusal, Request, Response
from fluentcart_conformance.store.phpform import parse_form
from fluentcart_conformance.store.server import EmbeddedStore

from .conftest import NO_TLS, Caller

BARE = httpx.Client(verify=NO_TLS, timeout=10)
OPERATIONS = [
    ("GET", "/customers"),
    ("POST", "/customers"),
    ("GET", "/customers/1"),
    ("PUT", "/customers/999999"),
    ("PUT", "/customers/1/additional-info"),
    ("GET", "/customers/get-stats/1"),
    ("GET", "/customers/1/orders"),
    ("GET", "/customers/1/address"),
    ("PUT", "/customers/1/address"),
    ("POST", "/customers/1/address"),
    ("DELETE", "/customers/1/address"),
    ("POST", "/customers/1/address/make-primary"),
    ("GET", "/customers/attachable-user"),
    ("POST", "/customers/1/attachable-user"),
    ("POST", "/customers/1/detach-user"),
    ("POST", "/customers/do-bulk-action"),
]
GARBLED = ["Basic", "Basic !!!", "Basic bm9jb2xvbg==", "Bearer abc", "Basic YWRtaW46d3Jvbmc=", ""]


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_every_operation_wants_a_caller_who_may(anywhere: Caller, method: str, path: str) -> None:
    base = str(anywhere.http.base_url).rstrip("/")
    headers = {"Content-Type": "application/json"}
    answer = BARE.request(method, base + path, content=b"{", headers=headers)
    assert answer.status_code == 401
    assert answer.json()["code"] == "rest_forbidden"
    assert answer.json()["data"] == {"status": 401}
    low = anywhere.store.identities["low"]
    answer = BARE.request(method, base + path, auth=(low.user, low.password))
    assert answer.status_code == 403
    assert answer.json()["code"] == "rest_forbidden"


@pytest.mark.parametrize("header", GARBLED)
def test_garbled_credentials_are_no_credentials(documented: Caller, header: str) -> None:
    answer = BARE.get(f"{documented.http.base_url}customers", headers={"Authorization": header})
    assert answer.status_code == 401


def test_a_manager_reads_and_may_not_write(documented: Caller) -> None:
    manager = Caller(documented.store, "manager")
    manager.get("/customers/1")
    manager.post("/customers", {"email": "x@example.com", "first_name": "X"}, status=403)
    manager.post("/customers/do-bulk-action", {"action": "delete", "customer_ids": [1]}, status=403)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("PATCH", "/customers"),
        ("DELETE", "/customers/1"),
        ("GET", "/customers/abc"),
        ("GET", "/customers/-1"),
        ("GET", "/customers/1.5"),
        ("GET", "/nothing"),
    ],
)
def test_what_is_no_route_is_404(anywhere: Caller, method: str, path: str) -> None:
    body = anywhere.call(method, path, 404)
    assert body["code"] == "rest_no_route"


@pytest.mark.parametrize("row_id", ["0", "999999999", "9223372036854775808", "0000000"])
def test_an_unknown_id_is_404(anywhere: Caller, row_id: str) -> None:
    for path in ("", "/orders", "/address"):
        anywhere.get(f"/customers/{row_id}{path}", 404)
    anywhere.get(f"/customers/get-stats/{row_id}", 404)
    anywhere.put(f"/customers/{row_id}", {"first_name": "A", "full_name": "A"}, 404)


@pytest.mark.parametrize("raw", [b"{", b"\xff{}", b'{"a": NaN}', b'{"a":"\\ud800"}', b"[" * 100000])
def test_malformed_json_is_400(anywhere: Caller, raw: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    anywhere.call("POST", "/customers", 400, content=raw, headers=headers)


@pytest.mark.parametrize("raw", [b"[]", b'"x"', b"null", b"5", b""])
def test_json_that_is_no_object_counts_as_empty(anywhere: Caller, raw: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    anywhere.call("POST", "/customers", 422, content=raw, headers=headers)


def test_forms_slashes_overrides_and_rest_route(documented: Caller) -> None:
    http = documented.http
    form = {"email": "form@example.com", "first_name": "Form"}
    assert http.post("customers", data=form).status_code == 200
    assert http.get("customers/1/").status_code == 200
    override = {"X-HTTP-Method-Override": "PUT"}
    assert http.post("customers/1", json={"phone": "1"}, headers=override).status_code == 200
    root = documented.store.base_url
    answer = http.get(f"{root}/?rest_route=/fluent-cart/v2/customers&per_page=1")
    assert len(answer.json()["data"]["customers"]) == 1
    assert http.head("customers/1").status_code == 200
    assert http.options("customers/1").json()["methods"] == ["GET", "PUT"]


def test_the_site_tells_where_its_api_is(anywhere: Caller) -> None:
    root = anywhere.store.base_url
    front = BARE.get(root)
    assert f"{root}/wp-json/" in front.headers["link"]
    assert "fluent-cart/v2" in BARE.get(f"{root}/wp-json/").json()["namespaces"]
    assert BARE.get(f"{root}/wp-json/fluent-cart/v2").json()["namespace"] == "fluent-cart/v2"


def test_wordpress_users_come_and_go(anywhere: Caller) -> None:
    users = f"{anywhere.store.base_url}/wp-json/wp/v2/users"
    http = anywhere.http
    assert http.get(users + "/me").json()["username"] == "admin"
    sent = {"username": "fresh", "email": "fresh@example.com", "password": "secret"}
    made = http.post(users, json=sent)
    assert made.status_code == 201
    one = f"{users}/{made.json()['id']}"
    assert http.get(one).json()["email"] == "fresh@example.com"
    assert http.delete(one).status_code == 400
    gone = http.delete(one, params={"force": "true", "reassign": "1"})
    assert gone.json()["deleted"] is True
    assert http.get(one).status_code == 404


def test_keep_alive_and_chunked_bodies(documented: Caller) -> None:
    def parts() -> object:
        yield b'{"email":"chunk@example.com",'
        yield b'"first_name":"Chunk"}'

    headers = {"Content-Type": "application/json"}
    answer = documented.http.post("customers", content=parts(), headers=headers)  # type: ignore[arg-type]
    assert answer.status_code == 200
    assert answer.headers["connection"] == "keep-alive"


def test_what_is_no_http_is_refused(documented: Caller) -> None:
    for sent in (b"nonsense\r\n\r\n", b"GET / HTTP/1.1\r\nbad header\r\n\r\n"):
        with socket.create_connection(("127.0.0.1", documented.store.port), timeout=5) as line:
            line.sendall(sent)
            assert line.recv(4096).startswith(b"HTTP/1.1 400")


def test_php_forms() -> None:
    text = "a[]=1&a[]=2&f[status]=active&f[x][y]=z&plain=1&plain=2&[odd]=3"
    assert parse_form(text) == {
        "a": ["1", "2"],
        "f": {"status": "active", "x": {"y": "z"}},
        "plain": "2",
        "[odd]": "3",
    }


def test_text_that_is_json_is_read_and_other_text_is_not() -> None:
    assert parse_body(b'{"a":1}', "text/plain") == {"a": 1}
    assert parse_body(b"garbage", "text/plain") == {}
    assert parse_body(b"<x/>", "application/xml") == {}
    with pytest.raises(Refusal):
        parse_body(b"garbage", "application/json")


def test_middleware_wraps_every_request_and_a_refusing_answer_changes_nothing() -> None:
    with EmbeddedStore() as store:
        seen: list[str] = []

        def outer(request: Request, answer: object) -> Response:
            seen.append(request.path)
            response = answer(request)  # type: ignore[operator]
            response.headers["X-Wrapped"] = "yes"
            return response  # type: ignore[no-any-return]

        store.app.use(outer)
        caller = Caller(store)
        answer = caller.http.get("customers/1")
        assert answer.headers["x-wrapped"] == "yes"
        assert seen == ["/fluent-cart/v2/customers/1"]
        before = store.database.value("SELECT count(*) FROM customers")
        with store.database.transaction() as transaction:
            store.database.run("DELETE FROM customers WHERE id > 20")
            transaction.undo = True
        assert store.database.value("SELECT count(*) FROM customers") == before


def test_reset_puts_everything_back(documented: Caller) -> None:
    documented.post("/customers", {"email": "new@example.com", "first_name": "New"})
    total = documented.get("/customers")["data"]["pagination"]["total"]
    documented.store.reset()
    assert documented.get("/customers")["data"]["pagination"]["total"] == total - 1


def test_a_store_in_a_file_keeps_its_rows(tmp_path: object) -> None:
    path = f"{tmp_path}/shop.db"
    with EmbeddedStore(db=path) as store:
        Caller(store).post("/customers", {"email": "kept@example.com", "first_name": "Kept"})
    with EmbeddedStore(db=path) as store:
        found = Caller(store).get("/customers", params={"search": "kept@example.com"})
        assert found["data"]["pagination"]["total"] == 1


def test_ids_may_start_elsewhere() -> None:
    with EmbeddedStore(first_id=9_000_000) as store:
        caller = Caller(store)
        assert caller.get("/customers/9000000")["data"]["customer"]["first_name"] == "John"
        caller.get("/customers/1", 404)


def test_served_as_a_process_it_prints_one_line_and_stops_when_told() -> None:
    command = [sys.executable, "-m", "fluentcart_conformance.store", "--profile", "fluentcart-1.5"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
        assert process.stdout is not None
        told = loads(process.stdout.readline())
        admin = told["identities"]["admin"]
        url = told["base_url"] + "/wp-json/fluent-cart/v2/customers"
        assert BARE.get(url, auth=(admin["user"], admin["password"])).status_code == 200
        process.terminate()
        assert process.wait(timeout=5) == 0


def test_many_callers_at_once_each_get_their_own_row(documented: Caller) -> None:
    def make(number: int) -> int:
        sent = {"email": f"crowd-{number}@example.com", "first_name": "Crowd"}
        return int(documented.post("/customers", sent)["data"]["customer"]["id"])

    with ThreadPoolExecutor(8) as crowd:
        made = list(crowd.map(make, range(60)))
    assert len(set(made)) == 60
    found = documented.get("/customers", params={"search": "crowd", "per_page": 100})
    assert {row["id"] for row in found["data"]["customers"]} == set(made)


def test_of_many_rival_requests_one_wins(documented: Caller) -> None:
    def rival(_: int) -> int:
        sent = {"email": "rival@example.com", "first_name": "Rival"}
        return documented.http.post("customers", json=sent).status_code

    with ThreadPoolExecutor(8) as crowd:
        assert sorted(crowd.map(rival, range(16))) == [200] + [422] * 15

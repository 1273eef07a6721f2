from __future__ import annotations

import ssl
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from fluentcart_conformance.store.profiles import PROFILES
from fluentcart_conformance.store.server import EmbeddedStore

# Loading the certificate store anew for each client would take longer than the tests.
NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
API = "/wp-json/fluent-cart/v2"


class Caller:
    """Short calls to one embedded store as one of its identities."""

    def __init__(self, store: EmbeddedStore, name: str = "admin") -> None:
        identity = store.identities[name]
        self.store = store
        self.http = httpx.Client(
            base_url=store.base_url + API,
            auth=(identity.user, identity.password),
            timeout=10,
            verify=NO_TLS,
        )

    def call(self, method: str, path: str, status: int = 200, **more: Any) -> Any:
        answer = self.http.request(method, path.lstrip("/"), **more)
        assert answer.status_code == status, answer.text
        return answer.json()

    def get(self, path: str, status: int = 200, **more: Any) -> Any:
        return self.call("GET", path, status, **more)

    def post(self, path: str, json: Any = None, status: int = 200) -> Any:
        return self.call("POST", path, status, json=json)

    def put(self, path: str, json: Any = None, status: int = 200) -> Any:
        return self.call("PUT", path, status, json=json)

    def delete(self, path: str, json: Any = None, status: int = 200) -> Any:
        return self.call("DELETE", path, status, json=json)


@pytest.fixture(scope="session")
def stores() -> Iterator[dict[str, EmbeddedStore]]:
    started = {name: EmbeddedStore(name).start() for name in PROFILES}
    yield started
    for store in started.values():
        store.stop()


@pytest.fixture
def documented(stores: dict[str, EmbeddedStore]) -> Caller:
    stores["documented"].reset()
    return Caller(stores["documented"])


@pytest.fixture(params=["fluentcart-1.3", "fluentcart-1.5"])
def plugin(stores: dict[str, EmbeddedStore], request: pytest.FixtureRequest) -> Caller:
    store = stores[request.param]
    store.reset()
    return Caller(store)


@pytest.fixture(params=sorted(PROFILES))
def anywhere(stores: dict[str, EmbeddedStore], request: pytest.FixtureRequest) -> Caller:
    store = stores[request.param]
    store.reset()
    return Caller(store)

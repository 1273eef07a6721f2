"""Faults meet every body that the suites send; one that crashes over it proves nothing."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from fluentcart_conformance.store.app import App
from fluentcart_conformance.store.build import build_app
from fluentcart_conformance.store.faults import Fault, faults
from fluentcart_conformance.store.http import Request
from fluentcart_conformance.store.server import EmbeddedStore

ODD: tuple[Any, ...] = (None, "text", 5, [], ["text"], [None], {}, {"id": "text"}, [{"id": []}])
MEMBERS = (
    "address", "address_1", "address_id", "amount", "customer_ids", "email", "first_name",
    "full_name", "labels", "order_ids", "order_items", "phone", "product", "refund_info", "status",
    "user_id",
)  # fmt: skip


def _bodies() -> Iterator[bytes]:
    yield b""
    yield b"{"
    for value in ODD:
        yield json.dumps(value).encode()
        yield json.dumps(dict.fromkeys(MEMBERS, value)).encode()


def _requests(app: App, fault: Fault, headers: dict[str, str]) -> Iterator[Request]:
    """Every odd body to every operation of the fault that writes, on the objects with the id 1."""
    for route in app.routes:
        if route.operation in fault.operations and not route.reads_only:
            path = re.sub(r"\{\w+\}", "1", route.template)
            for body in _bodies():
                yield Request(route.method, path, {}, headers, body)


@pytest.mark.parametrize("profile", ["documented", "fluentcart-1.5"])
def test_no_fault_crashes_over_an_odd_body(
    profile: str, capsys: pytest.CaptureFixture[str]
) -> None:
    store = EmbeddedStore(profile)
    admin = store.identities["admin"]
    word = base64.b64encode(f"{admin.user}:{admin.password}".encode()).decode()
    headers = {"authorization": f"Basic {word}", "content-type": "application/json"}
    broken: dict[str, str] = {}
    for fault in faults().values():
        if fault.slow or not profile.startswith(fault.family):
            continue
        store.app = build_app(store.database, store.profile, store.app.shop.identities)
        fault.change.install(store)
        for request in _requests(store.app, fault, headers):
            store.app.handle(request)
        store.reset()
        told = capsys.readouterr().err
        if told:
            broken[fault.id] = told.splitlines()[-1]
    assert not broken, "\n".join(f"{name}: {words}" for name, words in broken.items())

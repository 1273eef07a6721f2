"""A workbench on an embedded store in this process, the way a run has one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from fluentcart_conformance.contract.exchange import Exchange
from fluentcart_conformance.journal.guard import Guard, Policy
from fluentcart_conformance.journal.journal import Journal
from fluentcart_conformance.journal.observe import Observer
from fluentcart_conformance.plugin.context import Workbench
from fluentcart_conformance.store.faults import put_on
from fluentcart_conformance.store.server import EmbeddedStore
from fluentcart_conformance.target.client import StoreClient
from fluentcart_conformance.target.preflight import preflight
from fluentcart_conformance.target.settings import Settings

Make = Callable[..., Workbench]


@dataclass
class Tampering:
    """A client in front of which answers are changed: a planted fault."""

    inner: Any
    change: Callable[[str, str, Exchange], Exchange]

    def call(self, method: str, path: str, **request: Any) -> Exchange:
        return self.change(method, path, self.inner.call(method, path, **request))


def settings_for(store: EmbeddedStore, **more: Any) -> Settings:
    admin, low = store.identities["admin"], store.identities["low"]
    return Settings(
        base_url=store.base_url,
        profile=store.profile.name,
        user=admin.user,
        app_password=SecretStr(admin.password),
        low_user=low.user,
        low_app_password=SecretStr(low.password),
        **more,
    )


@pytest.fixture
def bench_of(tmp_path: Path) -> Iterator[Make]:
    """Makes workbenches; closes them with their stores at the end."""
    stores: list[EmbeddedStore] = []
    clients: list[StoreClient] = []

    def make(profile: str = "documented", *faults: str, **settings: Any) -> Workbench:
        store = EmbeddedStore(profile)
        put_on(store, list(faults))
        store.start()
        stores.append(store)
        chosen = settings_for(store, reports=tmp_path, **settings)
        report = preflight(chosen)
        journal = Journal(tmp_path / f"journal-{len(stores)}.jsonl", "r-test", durable=False)
        client = StoreClient(chosen, report.root)
        clients.append(client)
        client.guard = Guard(journal, Policy.of(chosen))
        client.observer = Observer(journal)
        return Workbench("w0", chosen, report, client, journal, client.redactor)

    yield make
    for client in clients:
        client.close()
    for store in stores:
        store.stop()

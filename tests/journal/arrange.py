"""A client with journal and guard at an embedded store that is treated as somebody's shop."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fluentcart_conformance.journal.guard import Guard
from fluentcart_conformance.journal.journal import Journal
from fluentcart_conformance.journal.observe import Observer
from fluentcart_conformance.store.server import EmbeddedStore
from fluentcart_conformance.target.client import StoreClient
from fluentcart_conformance.target.detect import dig
from fluentcart_conformance.target.preflight import preflight
from fluentcart_conformance.target.report import TargetReport
from fluentcart_conformance.target.settings import Settings

TABLES = (
    "orders",
    "order_items",
    "order_transactions",
    "order_addresses",
    "customers",
    "customer_addresses",
    "products",
    "product_variations",
    "wp_users",
)


@dataclass
class Visit:
    """One run at one store."""

    store: EmbeddedStore
    settings: Settings
    client: StoreClient
    journal: Journal
    report: TargetReport
    reports: Path

    def customer(self) -> int:
        """A customer of this run."""
        email = self.journal.email()
        names = {"first_name": "Ann", "last_name": "Example", "full_name": "Ann Example"}
        self.client.call("POST", "/customers", json={"email": email, **names})
        return self.journal.entries("customer")[-1].id

    def address(self, customer: int) -> int:
        """A billing address of that customer, in every profile's form at once."""
        names = {"first_name": "Ann", "last_name": "Example", "name": "Ann Example"}
        place = {"address_1": "1 Main St", "city": "New York", "state": "NY", "country": "US"}
        more = {"type": "billing", "postcode": "10001", "label": "Home"}
        body = {**names, **place, **more, "email": self.journal.email()}
        exchange = self.client.call("POST", f"/customers/{customer}/address", json=body)
        assert exchange.status == 200, exchange.response_body
        return self.journal.entries("address")[-1].id

    def order(self, customer: int, **more: Any) -> int:
        """An order of that customer."""
        product = self.report.products[0]
        item = {
            "post_id": product.post_id,
            "object_id": product.object_id,
            "variation_id": product.object_id,
            "quantity": 1,
            "unit_price": 2500,
            "price": 2500,
            "fulfillment_type": product.fulfillment_type,
            "payment_type": "onetime",
            "other_info": {"payment_type": "onetime"},
        }
        body = {"customer_id": customer, "shipping_total": 0, "order_items": [item], **more}
        exchange = self.client.call("POST", "/orders", json=body)
        assert exchange.status == 200, exchange.response_body
        return self.journal.entries("order")[-1].id

    def rows(self) -> dict[str, list[Any]]:
        """Every row of the store's tables, to compare before and after."""
        return {
            table: self.store.database.all(f"SELECT * FROM {table} ORDER BY 1")  # noqa: S608
            for table in TABLES
        }

    def ids(self, path: str) -> set[int]:
        """Ids of everything in a list."""
        body = self.client.call("GET", path, query={"per_page": 100}).answer.value
        name = path.strip("/")
        page = dig(body, name) or dig(body, "data", name)
        rows = page if isinstance(page, list) else dig(page, "data")
        return {row["id"] for row in rows}


@contextmanager
def visit(folder: Path, profile: str = "documented", run: str = "r-1") -> Iterator[Visit]:
    """A run at a fresh store of `profile`."""
    with EmbeddedStore(profile) as store:
        yield arrive(store, folder, run)


def arrive(store: EmbeddedStore, folder: Path, run: str = "r-1") -> Visit:
    """A run at a store that is there already."""
    admin = store.identities["admin"]
    given: dict[str, Any] = {
        "base_url": store.base_url,
        "user": admin.user,
        "app_password": admin.password,
    }
    settings = Settings(**given)
    report = preflight(settings)
    journal = Journal(folder / f"journal-{run}.jsonl", run, target=store.base_url)
    client = StoreClient(settings, report.root)
    client.guard = Guard(journal, settings)
    client.observer = Observer(journal)
    return Visit(store, settings, client, journal, report, folder)

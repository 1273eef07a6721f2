"""A store that keeps the last address of a customer, even of a deleted one, keeps one per run."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from fluentcart_conformance.contract.exchange import Exchange
from fluentcart_conformance.journal.addresses import LAST, Addresses
from fluentcart_conformance.journal.guard import Guard
from fluentcart_conformance.journal.journal import Entry, Journal, StoredJournal, read_journal
from fluentcart_conformance.journal.observe import Observer
from fluentcart_conformance.journal.sweep import addresses_of_the_gone
from fluentcart_conformance.target.client import StoreClient
from fluentcart_conformance.target.settings import Settings
from tests.hostile.behaviours import answer
from tests.hostile.server import HostileServer


class Keeper:
    """The address book of such a store: address id -> [customer, is_primary]."""

    def __init__(self, book: dict[int, list[int]], orders: dict[int, int]) -> None:
        self.book, self.orders = book, orders
        self.email = "a@example.com"
        self.stuck: set[int] = set()
        self.done: set[int] = set()

    def __call__(self, connection: Any, request: str, _number: int) -> None:
        head, _, text = request.partition("\r\n\r\n")
        method, path, _ = head.split(" ", 2)
        body = json.loads(text) if text else {}
        customer = int(re.findall(r"/(\d+)", path)[0])
        if path.endswith("/change-customer") and customer in self.stuck:
            answer(connection, {"message": "no"}, "404 X")
            return
        if path.endswith("/change-customer"):
            old, self.orders[customer] = self.orders[customer], body["customer_id"]
            for row in self.book.values():
                row[0] = body["customer_id"] if row[0] == old else row[0]
        elif re.fullmatch(r".*/orders/\d+", path):
            # An update writes any customer id, also of one who is gone.
            self.orders[customer] = body.get("customer_id", self.orders[customer])
            status = "completed" if customer in self.done else "on-hold"
            order = {"id": customer, "status": status, "order_items": [{"id": 5}]}
            answer(connection, {"order": order})
            return
        elif method == "PUT":
            self.book[body["id"]][1] = body["is_primary"]
        elif method == "DELETE" and not self._may_go(body["address"]["id"]):
            answer(connection, {"code": 403, "message": "no"}, "500 X")
            return
        elif method == "DELETE":
            del self.book[body["address"]["id"]]
        rows = [
            {"id": number, "is_primary": str(primary), "email": self.email}
            for number, (owner, primary) in self.book.items()
            if owner == customer
        ]
        answer(connection, {"addresses": rows})

    def _may_go(self, number: int) -> bool:
        owner, primary = self.book[number]
        return not primary and sum(row[0] == owner for row in self.book.values()) > 1


def tidy(store: Keeper, folder: Path, deleted: tuple[int, ...] = ()) -> dict[int, str]:
    """Take away the addresses of customers 1 to 4; customer 9 is somebody else's."""
    journal = Journal(folder / "j.jsonl", "r-1")
    for customer in (1, 2, 3, 4):
        journal.created("customer", customer)
    for order in store.orders:
        journal.created("order", order)
    for number, (customer, _) in store.book.items():
        if customer != 9:
            journal.created("address", number, customer=customer)
    for customer in deleted:
        journal.removed("customer", customer)
    with HostileServer(store) as server:
        given: dict[str, Any] = {"base_url": server.url, "user": "a", "app_password": "b c"}
        settings = Settings(**given)
        client = StoreClient(settings)
        client.guard = Guard(journal, settings)
        work = Addresses(client, journal)
        work.take_away()
        return work.settle()


def book() -> dict[int, list[int]]:
    return {10: [1, 1], 11: [1, 0], 20: [2, 1], 30: [3, 1], 31: [3, 0], 90: [9, 1], 91: [9, 0]}


def test_one_order_gathers_the_addresses_of_all_customers(tmp_path: Path) -> None:
    store = Keeper(book(), {7: 4})
    left = tidy(store, tmp_path)
    assert list(left.values()) == [LAST]
    assert set(store.book) == {90, 91, *left}


def test_without_an_order_one_address_of_each_customer_stays(tmp_path: Path) -> None:
    store = Keeper(book(), {})
    assert len(tidy(store, tmp_path)) == 3
    assert {90, 91} <= set(store.book)


def test_addresses_of_a_deleted_customer_are_gathered_too(tmp_path: Path) -> None:
    store = Keeper(book(), {7: 4, 8: 4})
    store.done = {8}
    left = tidy(store, tmp_path, deleted=(3,))
    assert list(left.values()) == [LAST]
    assert set(store.book) == {90, 91, *left}


def test_what_nobody_can_gather_is_told(tmp_path: Path) -> None:
    store = Keeper(book(), {})
    left = tidy(store, tmp_path, deleted=(3,))
    assert len(left) == 3
    assert any(store.book[number][0] == 3 for number in left)


def test_an_order_that_cannot_lead_is_followed_by_another(tmp_path: Path) -> None:
    store = Keeper(book(), {7: 4, 8: 4})
    store.stuck = {8}
    left = tidy(store, tmp_path)
    assert list(left.values()) == [LAST]


def test_an_address_that_an_order_took_along_is_found_where_it_is(tmp_path: Path) -> None:
    store = Keeper({10: [2, 1], 90: [9, 1]}, {})
    store.email = "fcc-0123abcd-1@example.com"
    (moved, known) = (Entry("address", 10, {"customer": 1}), {("customer", 1), ("customer", 2)})
    stored = StoredJournal(namespace="fcc-0123abcd", entries=[moved], removed=known)
    with HostileServer(store) as server:
        given: dict[str, Any] = {"base_url": server.url, "user": "a", "app_password": "b c"}
        client = StoreClient(Settings(**given))
        found = addresses_of_the_gone(client, stored, stored.entries)
        store.email = "somebody@example.com"
        others = addresses_of_the_gone(client, stored, stored.entries)
    assert found == [Entry("address", 10, {"customer": 2})]
    assert others == []


def test_where_gathered_addresses_are_is_journalled(tmp_path: Path) -> None:
    store = Keeper(book(), {7: 4})
    left = tidy(store, tmp_path)
    (entry,) = read_journal(tmp_path / "j.jsonl").entries[-1:]
    assert [entry.id] == list(left)
    assert entry.extra["customer"] == store.book[entry.id][0]


def test_an_address_of_a_customer_who_does_not_exist_is_journalled(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "j.jsonl", "r-1")
    absent = journal.absent_id()
    for customer, number in ((absent, 5), (7, 6)):
        url = f"http://shop.example/wp-json/fluent-cart/v2/customers/{customer}/address"
        made = json.dumps({"data": {"id": number}}).encode()
        Observer(journal)(Exchange(method="POST", url=url, status=200, response_body=made))
    (known,) = journal.entries("address")
    assert known == Entry("address", 5, {"customer": absent})


def test_nothing_is_sent_when_no_address_was_made(tmp_path: Path) -> None:
    store = Keeper({90: [9, 1]}, {7: 4})
    assert tidy(store, tmp_path) == {}
    assert store.orders == {7: 4}

"""Bulk actions on customers (customers-api, Bulk Actions)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from fluentcart_conformance.drivers.answers import Answer
from fluentcart_conformance.drivers.records import Customer
from fluentcart_conformance.scenarios import Line, Refusals, Shop, proves, requirement

QUIET = {"updated_at", "status"}


@dataclass
class Band:
    """Customers whom one last name finds: all `rows` of them, and those that stay, as last seen.

    One is named by no action, the next three change together, the last two are to be deleted.
    """

    shop: Shop
    name: str
    doomed: list[Customer]
    trio: list[int]
    bystander: int
    seen: dict[int, Customer] = field(default_factory=dict)
    rows: dict[int, Customer] = field(default_factory=dict)

    def look(self) -> tuple[dict[int, Customer], dict[int, Customer]]:
        """Those that stay, as seen before and as the list shows them now.

        Those whom it does not show are read one by one.
        """
        before = self.seen
        self.read_list()
        self.seen = {
            one: self.rows.get(one) or self.shop.customer(one)
            for one in (*self.trio, self.bystander)
        }
        return before, self.seen

    def read_list(self) -> None:
        """Those whom the list shows now."""
        page = self.shop.customers({"search": self.name, "per_page": 50})
        self.rows = {row.id: row for row in page.rows}
        self.seen = {**self.seen, **self.rows}

    def statuses(self, wanted: str) -> list[str]:
        """Of the three, as last seen; read one by one where that is not the wanted status."""
        if {self.seen[one].status for one in self.trio} != {wanted}:
            self.seen |= {one: self.shop.customer(one) for one in self.trio}
        return [self.seen[one].status for one in self.trio]


@pytest.fixture(scope="module")
def band(shop: Shop) -> Band:
    name = f"{shop.fresh('band')}z"
    people = [shop.new_customer(last_name=name, status="active") for _ in range(6)]
    ids = [one.id for one in people]
    made = Band(shop, name, people[4:], ids[1:4], ids[0])
    made.look()
    return made


@dataclass(frozen=True)
class Deletion:
    """What the store said when two customers were deleted, and what two of the band had then."""

    answer: Answer
    address: int
    kept: int
    order: int


@pytest.fixture(scope="module")
def deletion(shop: Shop, band: Band) -> Deletion:
    gone, stays = band.doomed[0], band.seen[band.trio[0]]
    address, kept = (shop.new_address(one, "billing").id for one in (gone, stays))
    order = shop.announced(shop.create_order(stays, [Line(shop.product(), 1, 300)]))
    return Deletion(shop.delete_customers([one.id for one in band.doomed]), address, kept, order)


def results_of(answer: Answer) -> list[dict[str, Any]]:
    """The results by customer, empty where the profile has none."""
    data = answer.body.get("data") if isinstance(answer.body, dict) else None
    rows = data.get("results") if isinstance(data, dict) else None
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def test_deleted_customers_are_gone_and_their_neighbours_stay(
    shop: Shop, band: Band, deletion: Deletion
) -> None:
    band.read_list()
    found, stays = band.rows, band.trio[0]
    with requirement("BLK-CUS-DELETE"):
        assert deletion.answer.accepted, deletion.answer.excerpt
        for one in band.doomed:
            assert one.id not in found
        gone = shop.get_customer(band.doomed[-1].id)
        assert gone.status in shop.refusal("customer.not_found"), gone.excerpt
    with requirement("BLK-CUS-DELETE-ADDRESSES"):
        left = shop.get_addresses(band.doomed[0].id)
        shown = shop.wire.addresses(left.body) if left.accepted else []
        assert deletion.address not in [one.id for one in shown]
    with requirement("BLK-CUS-DELETE-NO-NEIGHBOUR", "BLK-CUS-OTHERS"):
        assert {*band.trio, band.bystander} <= found.keys()
        assert [one.id for one in shop.addresses(stays)] == [deletion.kept], "another's addresses"
        assert [one.id for one in shop.orders_of(stays)] == [deletion.order], "another's orders"


def test_every_named_customer_gets_the_status_and_no_other(shop: Shop, band: Band) -> None:
    answer = shop.set_customers_status(band.trio, "inactive")
    before, after = band.look()
    with requirement("BLK-CUS-ACTION", "BLK-CUS-IDS", "BLK-CUS-DATA"):
        assert answer.status == 200, answer.excerpt
    with requirement("BLK-CUS-STATUS-INACTIVE"):
        assert band.statuses("inactive") == ["inactive"] * 3
    with requirement("BLK-CUS-EACH"):
        told = sorted(int(row["customer_id"]) for row in results_of(answer))
        assert told == sorted(band.trio)
        assert all(row["success"] is True for row in results_of(answer))
    with requirement("BLK-CUS-STATUS-ONLY"):
        for one in band.trio:
            assert after[one].differences(before[one], apart_from=QUIET) == []
    with requirement("BLK-CUS-OTHERS"):
        other = band.bystander
        assert after[other].differences(before[other], {"updated_at"}) == []
    back = shop.set_customers_status(band.trio, "active")
    band.look()
    with requirement("BLK-CUS-STATUS-ACTIVE"):
        assert back.accepted, back.excerpt
        assert band.statuses("active") == ["active"] * 3


def test_unknown_and_repeated_ids_are_reported(shop: Shop, band: Band, deletion: Deletion) -> None:
    shop.given(deletion.answer, "delete a customer")
    one, two, three = band.trio
    gone = band.doomed[0].id
    mixed = shop.set_customers_status([one, gone, two, three], "inactive")
    band.look()
    after = band.statuses("inactive")
    with requirement("BLK-CUS-MIXED"):
        if mixed.accepted:
            assert after == ["inactive"] * 3, f"{mixed.excerpt} and then {after}"
            failed = [row["customer_id"] for row in results_of(mixed) if not row.get("success")]
            assert not results_of(mixed) or [int(row) for row in failed] == [gone]
        else:
            assert after == ["active"] * 3, f"refused, and yet {after}"
    alone = shop.set_customers_status([gone], "inactive")
    with requirement("BLK-CUS-UNKNOWN-ONLY"):
        assert alone.accepted or alone.refused, alone.excerpt
        assert not any(row.get("success") for row in results_of(alone))
    twice = shop.set_customers_status([one, one], "active")
    same = shop.set_customers_status([two], after[1])
    band.look()
    now = [band.seen[customer_id].status for customer_id in band.trio]
    with requirement("BLK-CUS-DUPLICATES"):
        assert twice.accepted or twice.refused, twice.excerpt
        assert not twice.accepted or now[::2] == ["active", after[2]]
    with requirement("BLK-CUS-SAME-STATUS"):
        assert same.accepted or same.refused, same.excerpt
        assert now[1] == after[1]


def test_an_export_reports_each_customer_and_changes_nothing(shop: Shop, band: Band) -> None:
    if "BLK-CUS-EXPORT" in shop.absent:
        return
    answer = shop.bulk_customers("export", band.trio)
    with requirement("BLK-CUS-EXPORT"):
        assert answer.accepted, answer.excerpt
        told = sorted(int(row["customer_id"]) for row in results_of(answer))
        assert told == sorted(band.trio)
    before, after = band.look()
    with requirement("BLK-CUS-EXPORT-READS"):
        assert all(after[one].same_as(before[one]) for one in band.trio)


REFUSED: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("BLK-CUS-IDS-EMPTY", "customers.bulk_missing_ids", {"customer_ids": []}),
    ("BLK-CUS-IDS-EMPTY", "customers.bulk_missing_ids", {"customer_ids": None}),
    ("BLK-CUS-IDS-TYPE", "customers.bulk_ids_not_a_list", {"customer_ids": "all"}),
    ("BLK-CUS-IDS-TYPE", "customers.bulk_ids_not_a_list", {"customer_ids": ["x", "y"]}),
    ("BLK-CUS-ACTION-UNKNOWN", "customers.bulk_unknown_action", {"action": "promote"}),
    ("BLK-CUS-ACTION-MISSING", "customers.bulk_missing_action", {"action": None}),
    ("BLK-CUS-STATUS-MISSING", "customers.bulk_missing_status",
     {"data": None, "new_status": None}),
    ("BLK-CUS-STATUS-INVALID", "customers.bulk_invalid_status",
     {"data": {"status": "golden"}, "new_status": "golden"}),
)  # fmt: skip


@proves(*(row[0] for row in REFUSED))
def test_what_makes_no_sense_is_refused_and_changes_nothing(
    shop: Shop, plain_customer: Refusals[Customer]
) -> None:
    for name, key, wrong in REFUSED:
        plain_customer.must_refuse(
            name,
            send=_sending(shop, wrong),
            key=key,
            operation="customers_bulk",
            what=f"{wrong}",
        )
    plain_customer.nothing_changed("BLK-CUS-REFUSED-NOTHING")


def _sending(shop: Shop, wrong: dict[str, Any]) -> Callable[[Customer], Answer]:
    """The usual change of status with this much wrong; None leaves a member out."""

    def send(customer: Customer) -> Answer:
        usual = shop.wire.bulk_customers(shop.wire.bulk_customer_status, [customer.id], "inactive")
        changed = {one: value for one, value in wrong.items() if one in usual}
        body = {name: value for name, value in {**usual, **changed}.items() if value is not None}
        return shop.send("customers_bulk", json=body)

    return send

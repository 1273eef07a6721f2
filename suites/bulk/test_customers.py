"""Bulk actions on customers (customers-api, Bulk Actions)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from fluentcart_conformance.drivers.answers import Answer
from fluentcart_conformance.drivers.records import Customer
from fluentcart_conformance.scenarios import Line, Refusals, Shop, proves, requirement

QUIET = {"updated_at", "status"}


@dataclass(frozen=True)
class Band:
    """Customers whom one last name finds: three that change together, one that no action names."""

    shop: Shop
    name: str
    trio: list[int]
    bystander: int

    def now(self) -> dict[int, Customer]:
        """All of them as the list shows them now; those it does not show, as they are read."""
        page = self.shop.customers({"search": self.name, "per_page": 50})
        rows = {row.id: row for row in page.rows}
        return {
            one: rows.get(one) or self.shop.customer(one) for one in (*self.trio, self.bystander)
        }

    def statuses(self, wanted: str) -> list[str]:
        """Of the three; read one by one where the list does not show the wanted status."""
        found = [one.status for key, one in self.now().items() if key in self.trio]
        if set(found) == {wanted}:
            return found
        return [self.shop.customer(one).status for one in self.trio]


@pytest.fixture(scope="module")
def band(shop: Shop) -> Band:
    name = f"{shop.fresh('band')}z"
    ids = [shop.new_customer(last_name=name, status="active").id for _ in range(4)]
    return Band(shop, name, ids[:3], ids[3])


def results_of(answer: Answer) -> list[dict[str, Any]]:
    """The results by customer, empty where the profile has none."""
    data = answer.body.get("data") if isinstance(answer.body, dict) else None
    rows = data.get("results") if isinstance(data, dict) else None
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def test_every_named_customer_gets_the_status_and_no_other(shop: Shop, band: Band) -> None:
    before = band.now()
    answer = shop.set_customers_status(band.trio, "inactive")
    after = band.now()
    if {after[one].status for one in band.trio} != {"inactive"}:
        after |= {one: shop.customer(one) for one in band.trio}
    with requirement("BLK-CUS-ACTION", "BLK-CUS-IDS", "BLK-CUS-DATA"):
        assert answer.status == 200, answer.excerpt
    with requirement("BLK-CUS-STATUS-INACTIVE"):
        assert [after[one].status for one in band.trio] == ["inactive"] * 3
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
    with requirement("BLK-CUS-STATUS-ACTIVE"):
        assert back.accepted, back.excerpt
        assert band.statuses("active") == ["active"] * 3
    same = shop.set_customers_status(band.trio[:1], "active")
    with requirement("BLK-CUS-SAME-STATUS"):
        assert same.accepted or same.refused, same.excerpt
        assert shop.customer(band.trio[0]).status == "active"


def test_unknown_and_repeated_ids_are_reported(shop: Shop, band: Band) -> None:
    one, two, three = band.trio
    gone = shop.new_customer().id
    shop.given(shop.delete_customers([gone]), "delete a customer")
    mixed = shop.set_customers_status([one, gone, two, three], "inactive")
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
    with requirement("BLK-CUS-DUPLICATES"):
        assert twice.accepted or twice.refused, twice.excerpt
        last = [shop.customer(customer_id).status for customer_id in (one, two)]
        assert not twice.accepted or last == ["active", after[1]]


def test_deleted_customers_are_gone_and_their_neighbours_stay(shop: Shop, band: Band) -> None:
    first, second, third = (shop.new_customer(last_name=band.name) for _ in range(3))
    address, kept = (shop.new_address(one, "billing") for one in (first, third))
    order = shop.announced(shop.create_order(third, [Line(shop.product(), 1, 300)]))
    answer = shop.delete_customers([first.id, second.id])
    found = shop.customers({"search": band.name, "per_page": 50})
    with requirement("BLK-CUS-DELETE"):
        assert answer.accepted, answer.excerpt
        for one in (first, second):
            assert shop.get_customer(one.id).status in shop.refusal("customer.not_found")
            assert one.id not in found.ids
    with requirement("BLK-CUS-DELETE-ADDRESSES"):
        left = shop.get_addresses(first.id)
        shown = shop.wire.addresses(left.body) if left.accepted else []
        assert address.id not in [one.id for one in shown]
    with requirement("BLK-CUS-DELETE-NO-NEIGHBOUR", "BLK-CUS-OTHERS"):
        assert {third.id, *band.trio, band.bystander} <= set(found.ids)
        assert [one.id for one in shop.addresses(third.id)] == [kept.id], "another's addresses"
        assert [one.id for one in shop.orders_of(third.id)] == [order], "another's orders"


def test_an_export_reports_each_customer_and_changes_nothing(shop: Shop, band: Band) -> None:
    if "BLK-CUS-EXPORT" in shop.absent:
        return
    before = band.now()
    answer = shop.bulk_customers("export", band.trio)
    with requirement("BLK-CUS-EXPORT"):
        assert answer.accepted, answer.excerpt
        told = sorted(int(row["customer_id"]) for row in results_of(answer))
        assert told == sorted(band.trio)
    after = band.now()
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
        plain_customer.must_refuse(name, send=_sending(shop, wrong), key=key, what=f"{wrong}")
    plain_customer.nothing_changed("BLK-CUS-REFUSED-NOTHING")


def _sending(shop: Shop, wrong: dict[str, Any]) -> Callable[[Customer], Answer]:
    """The usual change of status with this much wrong; None leaves a member out."""

    def send(customer: Customer) -> Answer:
        usual = shop.wire.bulk_customers(shop.wire.bulk_customer_status, [customer.id], "inactive")
        changed = {one: value for one, value in wrong.items() if one in usual}
        body = {name: value for name, value in {**usual, **changed}.items() if value is not None}
        return shop.send("customers_bulk", json=body)

    return send

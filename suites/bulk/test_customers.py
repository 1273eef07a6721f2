"""Bulk actions on customers (customers-api, Bulk Actions)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from fluentcart_conformance.drivers.answers import Answer
from fluentcart_conformance.drivers.records import Customer
from fluentcart_conformance.scenarios import Line, Shop, proves, requirement

QUIET = {"updated_at", "status"}


@pytest.fixture(scope="module")
def trio(shop: Shop) -> list[Customer]:
    """Three customers that change together, read back."""
    made = [shop.new_customer(status="active") for _ in range(3)]
    return [shop.customer(one.id) for one in made]


@pytest.fixture(scope="module")
def bystander(shop: Shop) -> Customer:
    """A customer that no bulk action names."""
    return shop.customer(shop.new_customer(status="active").id)


def results_of(answer: Answer) -> list[dict[str, Any]]:
    """The results by customer, empty where the profile has none."""
    data = answer.body.get("data") if isinstance(answer.body, dict) else None
    rows = data.get("results") if isinstance(data, dict) else None
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def statuses(shop: Shop, customers: Sequence[Customer]) -> list[str]:
    """Their statuses, read now."""
    return [shop.customer(one.id).status for one in customers]


def test_every_named_customer_gets_the_status_and_no_other(
    shop: Shop, trio: list[Customer], bystander: Customer
) -> None:
    ids = [one.id for one in trio]
    answer = shop.set_customers_status(ids, "inactive")
    after = [shop.customer(one.id) for one in trio]
    with requirement("BLK-CUS-ACTION", "BLK-CUS-IDS", "BLK-CUS-DATA"):
        assert answer.status == 200, answer.excerpt
    with requirement("BLK-CUS-STATUS-INACTIVE"):
        assert [one.status for one in after] == ["inactive"] * 3
    with requirement("BLK-CUS-EACH"):
        assert sorted(int(row["customer_id"]) for row in results_of(answer)) == sorted(ids)
        assert all(row["success"] is True for row in results_of(answer))
    with requirement("BLK-CUS-STATUS-ONLY"):
        for old, new in zip(trio, after, strict=True):
            assert new.differences(old, apart_from=QUIET) == []
    with requirement("BLK-CUS-OTHERS"):
        assert shop.customer(bystander.id).differences(bystander, {"updated_at"}) == []
    back = shop.set_customers_status(ids, "active")
    with requirement("BLK-CUS-STATUS-ACTIVE"):
        assert back.accepted, back.excerpt
        assert statuses(shop, trio) == ["active"] * 3
    same = shop.set_customers_status(ids[:1], "active")
    with requirement("BLK-CUS-SAME-STATUS"):
        assert same.accepted or same.refused, same.excerpt
        assert statuses(shop, trio[:1]) == ["active"]


def test_unknown_and_repeated_ids_are_reported(shop: Shop) -> None:
    one, two = shop.new_customer(status="active"), shop.new_customer(status="active")
    gone = shop.new_customer()
    shop.given(shop.delete_customers([gone.id]), "delete a customer")
    mixed = shop.set_customers_status([one.id, gone.id, two.id], "inactive")
    after = statuses(shop, [one, two])
    with requirement("BLK-CUS-MIXED"):
        if mixed.accepted:
            assert after == ["inactive"] * 2, f"{mixed.excerpt} and then {after}"
            failed = [row["customer_id"] for row in results_of(mixed) if not row.get("success")]
            assert not results_of(mixed) or [int(row) for row in failed] == [gone.id]
        else:
            assert after == ["active"] * 2, f"refused, and yet {after}"
    alone = shop.set_customers_status([gone.id], "inactive")
    with requirement("BLK-CUS-UNKNOWN-ONLY"):
        assert alone.accepted or alone.refused, alone.excerpt
        assert not any(row.get("success") for row in results_of(alone))
    twice = shop.set_customers_status([one.id, one.id], "active")
    with requirement("BLK-CUS-DUPLICATES"):
        assert twice.accepted or twice.refused, twice.excerpt
        assert not twice.accepted or statuses(shop, [one, two]) == ["active", after[1]]


def test_deleted_customers_are_gone_and_their_neighbours_stay(
    shop: Shop, bystander: Customer
) -> None:
    first, second = shop.new_customer(), shop.new_customer()
    address = shop.new_address(first, "billing")
    neighbour = shop.new_customer()
    kept = shop.new_address(neighbour, "billing")
    order = shop.new_order(neighbour, [Line(shop.product(), 1, 300)])
    answer = shop.delete_customers([first.id, second.id])
    with requirement("BLK-CUS-DELETE"):
        assert answer.accepted, answer.excerpt
        for one in (first, second):
            assert shop.get_customer(one.id).status in shop.refusal("customer.not_found")
            found = shop.customers({"search": one.email})
            assert one.id not in found.ids
    with requirement("BLK-CUS-DELETE-ADDRESSES"):
        left = shop.get_addresses(first.id)
        shown = shop.wire.addresses(left.body) if left.accepted else []
        assert address.id not in [one.id for one in shown]
    with requirement("BLK-CUS-DELETE-NO-NEIGHBOUR", "BLK-CUS-OTHERS"):
        assert shop.order(order.id).differences(order, apart_from={"updated_at"}) == []
        assert [one.id for one in shop.addresses(neighbour.id)] == [kept.id]
        assert shop.customer(bystander.id).email == bystander.email


def test_an_export_reports_each_customer_and_changes_nothing(
    shop: Shop, trio: list[Customer]
) -> None:
    if "BLK-CUS-EXPORT" in shop.absent:
        return
    before = [shop.customer(one.id) for one in trio]
    answer = shop.bulk_customers("export", [one.id for one in trio])
    with requirement("BLK-CUS-EXPORT"):
        assert answer.accepted, answer.excerpt
        assert sorted(int(row["customer_id"]) for row in results_of(answer)) == sorted(
            one.id for one in trio
        )
    with requirement("BLK-CUS-EXPORT-READS"):
        after = [shop.customer(one.id) for one in trio]
        assert all(new.same_as(old) for old, new in zip(before, after, strict=True))


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
def test_what_makes_no_sense_is_refused_and_changes_nothing(shop: Shop) -> None:
    customer = shop.customer(shop.new_customer(status="active").id)
    action = shop.wire.bulk_customer_status
    usual = shop.wire.bulk_customers(action, [customer.id], "inactive")
    for name, key, wrong in REFUSED:
        changed = {one: value for one, value in wrong.items() if one in usual}
        body = {k: v for k, v in {**usual, **changed}.items() if v is not None}
        answer = shop.send("customers_bulk", json=body)
        with requirement(name):
            assert answer.refused, f"{wrong}: {answer.excerpt}"
            assert answer.status in shop.refusal(key), f"{wrong}: {answer.excerpt}"
            codes = shop.refusal_codes(key)
            assert not codes or answer.code in codes, f"{wrong}: {answer.excerpt}"
    with requirement("BLK-CUS-REFUSED-NOTHING"):
        assert shop.customer(customer.id).differences(customer, {"updated_at"}) == []

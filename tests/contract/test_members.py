"""Recorded answers with one member removed or one type changed: each is caught, at its place."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from fluentcart_conformance.contract import Judge, load_contract
from fluentcart_conformance.contract.words import pointer_of

from .mutations import (
    changed,
    described,
    kept_although_missing,
    kept_although_wrong,
    wrong_for,
)
from .recorded import PROFILES, exchange_of, richest

OPERATIONS = (
    "get_order",
    "list_orders",
    "get_customer",
    "list_customers",
    "get_customer_addresses",
    "get_customer_orders",
    "create_order",
    "get_shipping_methods",
    "refund_order",
    "update_transaction_status",
    "delete_order",
)
CUT = {"list_orders", "list_customers", "get_customer_orders"}
FEWEST = {"get_order": 180, "list_orders": 50, "get_customer": 36, "list_customers": 30}
"""Members described and present in the richest recorded answer."""


def cases(*versions: str) -> Iterator[Any]:
    for version in versions:
        for name in OPERATIONS if version != "1.3.0" else ("get_order", "get_customer"):
            row = richest(version, name, cut=name in CUT)
            yield pytest.param(PROFILES[version], row, id=f"{version}-{name}")


CASES = list(cases(*PROFILES))


@cache
def judge_of(profile: str) -> Judge:
    return Judge(load_contract(profile))


def caught(profile: str, row: dict[str, Any], body: Any) -> set[str]:
    exchange = dataclasses.replace(
        exchange_of(row), response_body=json.dumps(body).encode(), cut=False
    )
    return {one.pointer for one in judge_of(profile).judge(exchange).findings}


@pytest.mark.parametrize(("profile", "row"), CASES)
def test_each_missing_member_is_caught(profile: str, row: Any) -> None:
    found = described(profile, row["operation"], row["body"])

    assert kept_although_missing(profile, row["operation"], row["body"]) == []
    assert sum(not required for _, _, required in found) <= 2
    assert len(found) >= FEWEST.get(row["operation"], 2)


@pytest.mark.parametrize(("profile", "row"), CASES)
def test_each_wrong_type_is_caught(profile: str, row: Any) -> None:
    assert kept_although_wrong(profile, row["operation"], row["body"]) == []


@pytest.mark.parametrize(("profile", "row"), list(cases("1.3.25")))
def test_what_is_caught_is_named_at_its_place(profile: str, row: Any) -> None:
    before = caught(profile, row, row["body"])
    missed = []
    for path, member, required in described(profile, row["operation"], row["body"]):
        place = pointer_of(path)
        if required:
            named = caught(profile, row, changed(row["body"], path, None, remove=True))
            missed += [] if place in named else [f"{place} missing: {sorted(named)}"]
        named = caught(profile, row, changed(row["body"], path, wrong_for(profile, member)[0]))
        missed += [] if place in named | before else [f"{place} wrong: {sorted(named)}"]

    assert missed == []

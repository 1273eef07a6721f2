"""A few faults of each sort, seen from outside: what they change and what they leave alone."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from fluentcart_conformance.store.faults import put_on
from fluentcart_conformance.store.server import EmbeddedStore
from tests.store.conftest import Caller


@pytest.fixture
def faulty(request: pytest.FixtureRequest) -> Iterator[Caller]:
    store = EmbeddedStore("documented")
    put_on(store, [request.param])
    with store.start():
        yield Caller(store)


def _paid(caller: Caller) -> tuple[int, int]:
    line = {"object_id": 1, "quantity": 1, "unit_price": 2000}
    order = caller.post("orders", {"customer_id": 1, "order_items": [line]})["order_id"]
    caller.post(f"orders/{order}/mark-as-paid", {})
    return order, caller.get(f"orders/{order}")["order"]["transactions"][0]["id"]


def _refund(caller: Caller, order: int, transaction: int) -> None:
    info = {"transaction_id": transaction, "amount": 5}
    caller.post(f"orders/{order}/refund", {"refund_info": info})


@pytest.mark.parametrize("faulty", ["refund-cent-more"], indirect=True)
def test_a_deed_after_the_answer(faulty: Caller) -> None:
    order, transaction = _paid(faulty)
    _refund(faulty, order, transaction)
    assert faulty.get(f"orders/{order}")["order"]["total_refund"] == 501


@pytest.mark.parametrize("faulty", ["refund-without-effect"], indirect=True)
def test_a_deed_undone(faulty: Caller) -> None:
    order, transaction = _paid(faulty)
    _refund(faulty, order, transaction)
    assert faulty.get(f"orders/{order}")["order"]["total_refund"] == 0


@pytest.mark.parametrize("faulty", ["refund-stale-order"], indirect=True)
def test_a_stale_read_happens_once(faulty: Caller) -> None:
    order, transaction = _paid(faulty)
    _refund(faulty, order, transaction)
    shown = [faulty.get(f"orders/{order}")["order"]["total_refund"] for _ in range(2)]
    assert shown == [0, 500]


@pytest.mark.parametrize("faulty", ["orders-trailing-garbage"], indirect=True)
def test_bytes_behind_the_json(faulty: Caller) -> None:
    assert faulty.http.get("orders/1").text.endswith("<!-- 12 -->")
    assert faulty.get("orders")["orders"]["total"] > 0


@pytest.mark.parametrize("faulty", ["customers-cut-off"], indirect=True)
def test_a_line_that_breaks(faulty: Caller) -> None:
    with pytest.raises(httpx.RemoteProtocolError):
        faulty.http.get("customers/1")


@pytest.mark.parametrize("faulty", ["anonymous-delete"], indirect=True)
def test_a_method_without_credentials(faulty: Caller) -> None:
    order, _ = _paid(faulty)
    bare = httpx.delete(f"{faulty.http.base_url}orders/{order}")
    assert bare.status_code == 200
    assert httpx.get(f"{faulty.http.base_url}orders/1").status_code == 401


@pytest.mark.parametrize("faulty", ["second-order-row-member-missing"], indirect=True)
def test_only_the_second_row(faulty: Caller) -> None:
    rows = faulty.get("orders")["orders"]["data"]
    assert ["total_paid" in row for row in rows[:3]] == [True, False, True]


@pytest.mark.parametrize("faulty", ["create-quantity-below-one"], indirect=True)
def test_a_rule_forgotten(faulty: Caller) -> None:
    line = {"object_id": 1, "quantity": 0}
    faulty.post("orders", {"customer_id": 1, "order_items": [line]})


@pytest.mark.parametrize("faulty", ["paid-another-order"], indirect=True)
def test_another_object(faulty: Caller) -> None:
    line = {"object_id": 1, "quantity": 1}
    ids = [
        faulty.post("orders", {"customer_id": 1, "order_items": [line]})["order_id"]
        for _ in range(2)
    ]
    faulty.post(f"orders/{ids[1]}/mark-as-paid", {})
    states = [faulty.get(f"orders/{one}")["order"]["payment_status"] for one in ids]
    assert states == ["paid", "pending"]

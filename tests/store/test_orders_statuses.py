from __future__ import annotations

from typing import Any

import pytest

from tests.store.conftest import Caller
from tests.store.orders import DESK, charge, new_order, order, paid_order


def change(shop: Caller, order_id: int, status: int = 200, **statuses: str) -> Any:
    action = f"change_{next(iter(statuses))}" if statuses else "change_order_status"
    body = {"action": action, "statuses": statuses, "manage_stock": True}
    return shop.put(f"/orders/{order_id}/statuses", body, status=status)


def bulk(shop: Caller, action: str, *ids: Any, status: int = 200, **more: Any) -> Any:
    body = {"action": action, "order_ids": list(ids), **more}
    return shop.post("/orders/do-bulk-action", body, status=status)


def test_statuses_move_alone(anywhere: Caller) -> None:
    order_id = paid_order(anywhere, {"object_id": DESK})
    assert change(anywhere, order_id, order_status="completed")["data"]["status"] == "completed"
    change(anywhere, order_id, shipping_status="shipped")
    found = order(anywhere, order_id)
    assert (found["status"], found["shipping_status"]) == ("completed", "shipped")
    assert (found["payment_status"], found["total_paid"]) == ("paid", 40000)


def test_refused_statuses(anywhere: Caller) -> None:
    order_id = new_order(anywhere)
    change(anywhere, order_id, order_status="bogus", status=400)
    change(anywhere, order_id, status=422)
    change(anywhere, order_id, order_status="canceled")
    change(anywhere, order_id, order_status="canceled", status=400)
    change(anywhere, order_id, order_status="processing", status=400)
    anywhere.put(f"/orders/{order_id}/statuses", {"action": "explode"}, 422)
    anywhere.put("/orders/9999/statuses", {}, 404)
    assert order(anywhere, order_id)["status"] == "canceled"


def test_bulk_statuses(anywhere: Caller) -> None:
    ids = [new_order(anywhere) for _ in range(3)]
    bulk(anywhere, "change_order_status", *ids, ids[0], new_status="processing")
    assert {order(anywhere, one)["status"] for one in ids} == {"processing"}
    bulk(anywhere, "change_shipping_status", *ids, new_status="delivered")
    assert {order(anywhere, one)["shipping_status"] for one in ids} == {"delivered"}
    answer = bulk(anywhere, "change_order_status", ids[0], 9999, new_status="canceled")
    assert "9999" in answer["message"]
    assert order(anywhere, ids[0])["status"] == "canceled"
    bulk(anywhere, "change_order_status", ids[0], new_status="processing", status=423)
    bulk(anywhere, "change_order_status", 9999, new_status="processing", status=423)


def test_bulk_payments(anywhere: Caller) -> None:
    order_id = new_order(anywhere)
    bulk(anywhere, "capture_payments", order_id, status=423)
    bulk(anywhere, "change_payment_status", order_id, new_status="authorized")
    assert order(anywhere, order_id)["payment_status"] == "authorized"
    bulk(anywhere, "capture_payments", order_id)
    found = order(anywhere, order_id)
    assert (found["payment_status"], found["total_paid"]) == ("paid", 2500)
    bulk(anywhere, "change_payment_status", order_id, new_status="refunded")
    found = order(anywhere, order_id)
    assert (found["payment_status"], found["total_refund"]) == ("refunded", 2500)
    bulk(anywhere, "change_payment_status", order_id, new_status="pending", status=423)


def test_bulk_deletion(anywhere: Caller) -> None:
    first, second, third = (new_order(anywhere) for _ in range(3))
    transaction = charge(anywhere, first)
    answer = bulk(anywhere, "delete_orders", first, second, 9999)
    assert answer["data"]["deleted_order_ids"] == [first, second]
    assert answer["data"]["failed_order_ids"] == [9999]
    anywhere.get(f"/orders/{first}", 404)
    anywhere.get(f"/orders/{first}/transactions/{transaction}", 404)
    assert order(anywhere, third)["id"] == third


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"action": "change_order_status", "new_status": "processing"},
        {"action": "change_order_status", "order_ids": [], "new_status": "processing"},
        {"action": "change_order_status", "order_ids": "abc", "new_status": "processing"},
        {"action": "change_order_status", "order_ids": [1]},
        {"action": "change_order_status", "order_ids": [1], "new_status": "failed"},
        {"action": "change_shipping_status", "order_ids": [1], "new_status": "bogus"},
        {"action": "change_payment_status", "order_ids": [1], "new_status": "paid"},
        {"action": "explode", "order_ids": [1]},
        {"order_ids": [1]},
    ],
)
def test_refused_bulk_actions(anywhere: Caller, body: dict[str, Any]) -> None:
    before = order(anywhere, 1)
    anywhere.post("/orders/do-bulk-action", body, status=422)
    assert order(anywhere, 1) == before

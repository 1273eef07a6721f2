from __future__ import annotations

from typing import Any

import pytest

from tests.store.conftest import Caller
from tests.store.orders import DESK, GUIDE, PACK, figures, new_order, order, paid_order


def update(
    shop: Caller, order_id: int, *lines: dict[str, Any], answers: int = 200, **more: Any
) -> Any:
    rows = list(lines) or [{"id": order(shop, order_id)["order_items"][0]["id"]}]
    body = {"customer_id": 1, "order_items": rows, **more}
    return shop.post(f"/orders/{order_id}", body, status=answers)


def test_what_is_not_sent_stays(anywhere: Caller) -> None:
    order_id = new_order(
        anywhere, {"object_id": GUIDE, "quantity": 2}, note="keep", manual_discount_total=300
    )
    before = order(anywhere, order_id)
    update(anywhere, order_id)
    after = order(anywhere, order_id)
    moving = ("updated_at", "activities", "order_items", "order_addresses", "customer",
              "billing_address", "shipping_address")  # fmt: skip
    for name in before.keys() - set(moving):
        assert after[name] == before[name], name


def test_quantities_additions_and_removals_move_the_totals(anywhere: Caller) -> None:
    order_id = new_order(anywhere, {"object_id": GUIDE, "quantity": 2}, {"object_id": PACK})
    guide, pack = order(anywhere, order_id)["order_items"]
    update(anywhere, order_id, {"id": guide["id"], "quantity": 3}, {"object_id": DESK})
    found = order(anywhere, order_id)
    assert [line["quantity"] for line in found["order_items"]] == [3, 1, 1]
    assert found["total_amount"] == 3 * 2500 + 1999 + 40000
    assert found["transactions"][0]["total"] == found["total_amount"]
    update(anywhere, order_id, {"id": guide["id"]}, deletedItems=[pack["id"]])
    assert order(anywhere, order_id)["total_amount"] == 3 * 2500 + 40000


def test_shipping_goes_up_and_comes_back(anywhere: Caller) -> None:
    order_id = new_order(anywhere)
    update(anywhere, order_id, shipping_total=500)
    assert order(anywhere, order_id)["total_amount"] == 3000
    update(anywhere, order_id, shipping_total=0)
    assert order(anywhere, order_id)["total_amount"] == 2500


def test_another_customer_takes_the_order_over(anywhere: Caller) -> None:
    order_id = new_order(anywhere)
    before = figures(anywhere, 2)[0]
    update(anywhere, order_id, customer_id=2)
    assert order(anywhere, order_id)["customer_id"] == 2
    assert figures(anywhere, 2)[0] == before + 1


def test_payments_by_update_are_coherent(anywhere: Caller) -> None:
    order_id = new_order(anywhere)
    update(anywhere, order_id, total_paid=1000)
    assert order(anywhere, order_id)["payment_status"] == "partially_paid"
    update(anywhere, order_id, payment_status="paid")
    found = order(anywhere, order_id)
    assert (found["payment_status"], found["total_paid"]) == ("paid", 2500)


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"status": "completed"}, 400),
        ({"status": "bogus"}, 400),
        ({"payment_status": "bogus"}, 422),
        ({"payment_status": "refunded"}, 422),
        ({"customer_id": 9999}, 404),
        ({"customer_id": None}, 422),
        ({"order_items": []}, 422),
        ({"order_items": [{"object_id": 9999}]}, 422),
        ({"order_items": [{"id": 1, "quantity": 9}]}, 422),
        ({"deletedItems": [1]}, 422),
        ({"total_paid": 99999}, 422),
    ],
)
def test_refusals_change_nothing(anywhere: Caller, change: dict[str, Any], status: int) -> None:
    order_id = new_order(anywhere)
    before, other = order(anywhere, order_id), order(anywhere, 1)
    update(anywhere, order_id, answers=status, **change)
    assert order(anywhere, order_id) == before
    assert order(anywhere, 1) == other


def test_the_last_line_cannot_go(anywhere: Caller) -> None:
    order_id = new_order(anywhere)
    line = order(anywhere, order_id)["order_items"][0]["id"]
    update(anywhere, order_id, deletedItems=[line], answers=422)


def test_closed_and_subscription_orders_are_not_edited(anywhere: Caller) -> None:
    update(anywhere, paid_order(anywhere), answers=400)
    update(anywhere, 7, customer_id=4, answers=400)
    update(anywhere, 9, customer_id=9, answers=400)


def test_answers(documented: Caller, plugin: Caller) -> None:
    order_id = new_order(documented)
    assert update(documented, order_id, note="n")["order"]["note"] == "n"
    assert update(plugin, new_order(plugin))["data"] is True


def test_a_deleted_order_is_gone(anywhere: Caller) -> None:
    order_id = paid_order(anywhere)
    transaction = order(anywhere, order_id)["transactions"][0]["id"]
    before = figures(anywhere, 1)
    answer = anywhere.delete(f"/orders/{order_id}")
    assert answer["data"]["order_id"] == order_id
    assert answer["errors"] == []
    assert figures(anywhere, 1) == (before[0] - 1, before[1] - 2500)
    anywhere.get(f"/orders/{order_id}", 404)
    anywhere.get(f"/orders/{order_id}/transactions/{transaction}", 404)
    anywhere.delete(f"/orders/{order_id}", status=404)
    db = anywhere.store.database
    for table in ("order_items", "order_transactions", "order_addresses", "order_operations"):
        sql = f"SELECT count(*) FROM {table} WHERE order_id = ?"  # noqa: S608 - own names
        assert db.value(sql, (order_id,)) == 0


def test_renewals_go_with_their_subscription(anywhere: Caller) -> None:
    anywhere.delete("/orders/9")
    anywhere.get("/orders/10", 404)


def test_live_orders_under_way_stay(anywhere: Caller) -> None:
    order_id = paid_order(anywhere)
    anywhere.store.database.run("UPDATE orders SET mode = 'live' WHERE id = ?", (order_id,))
    anywhere.delete(f"/orders/{order_id}", status=400)
    assert order(anywhere, order_id)["status"] == "completed"

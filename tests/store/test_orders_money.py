from __future__ import annotations

from typing import Any

import pytest

from tests.store.conftest import Caller
from tests.store.orders import DESK, GUIDE, charge, figures, new_order, order, paid_order


def refund(shop: Caller, order_id: int, amount: Any, transaction: int | None = None) -> int:
    info = {"transaction_id": transaction or charge(shop, order_id), "amount": amount}
    return shop.http.post(f"orders/{order_id}/refund", json={"refund_info": info}).status_code


def test_paying_digital_goods_completes_the_order(anywhere: Caller) -> None:
    order_id = new_order(anywhere)
    body = {"vendor_charge_id": "CHK-1", "mark_paid_note": "by transfer"}
    anywhere.post(f"/orders/{order_id}/mark-as-paid", body)
    found = order(anywhere, order_id)
    assert (found["status"], found["payment_status"]) == ("completed", "paid")
    assert (found["total_paid"], found["total_amount"]) == (2500, 2500)
    assert found["invoice_no"].startswith("INV-")
    assert "by transfer" in found["note"]
    paid = found["transactions"]
    assert [(t["transaction_type"], t["status"], t["total"]) for t in paid] == [
        ("charge", "succeeded", 2500)
    ]
    assert (paid[0]["vendor_charge_id"], paid[0]["payment_method"]) == ("CHK-1", "offline_payment")
    assert "_settled" not in paid[0]["meta"]


def test_paying_physical_goods_starts_processing(anywhere: Caller) -> None:
    assert order(anywhere, paid_order(anywhere, {"object_id": DESK}))["status"] == "processing"


def test_no_second_payment_and_none_for_a_canceled_order(anywhere: Caller) -> None:
    order_id = paid_order(anywhere)
    before = order(anywhere, order_id)
    anywhere.post(f"/orders/{order_id}/mark-as-paid", {}, status=423)
    assert order(anywhere, order_id) == before
    anywhere.post("/orders/7/mark-as-paid", {}, status=423)
    other = new_order(anywhere)
    anywhere.post(f"/orders/{other}/mark-as-paid", {"transaction_type": "refund"}, status=422)


def test_refunds_add_up_to_what_was_paid(anywhere: Caller) -> None:
    order_id = paid_order(anywhere, {"object_id": GUIDE, "quantity": 2})
    spent = figures(anywhere, 1)[1]
    for amount, total in ((10.0, 1000), ("5.55", 1555), (10.005, 2556), (0.1 + 0.2, 2586)):
        assert refund(anywhere, order_id, amount) == 200
        found = order(anywhere, order_id)
        assert (found["total_refund"], found["payment_status"]) == (total, "partially_refunded")
    assert refund(anywhere, order_id, 24.15) == 422
    assert refund(anywhere, order_id, 24.14) == 200
    found = order(anywhere, order_id)
    assert (found["total_refund"], found["total_paid"], found["status"]) == (
        5000,
        5000,
        "completed",
    )
    assert found["payment_status"] == "refunded"
    first, *given_back = found["transactions"]
    assert first["meta"]["refunded_total"] == 5000
    assert all(t["meta"]["parent_id"] == first["id"] for t in given_back)
    assert {t["status"] for t in given_back} == {"refunded"}
    assert sum(line["refund_total"] for line in found["order_items"]) == 5000
    assert figures(anywhere, 1)[1] == spent - 5000
    assert refund(anywhere, order_id, 0.01) == 422
    anywhere.post(f"/orders/{order_id}/mark-as-paid", {}, status=423)


@pytest.mark.parametrize("amount", [0, "0", -5, "abc", "", None, True, 0.004, [], {"a": 1}, 25.01])
def test_impossible_amounts(anywhere: Caller, amount: Any) -> None:
    order_id = paid_order(anywhere)
    before = order(anywhere, order_id)
    assert refund(anywhere, order_id, amount) == 422
    assert order(anywhere, order_id) == before


def test_only_paid_charges_of_the_order_are_refunded(anywhere: Caller) -> None:
    order_id = paid_order(anywhere)
    assert refund(anywhere, order_id, 1, transaction=1) == 404
    assert refund(anywhere, order_id, 1, transaction=9999) == 404
    assert refund(anywhere, 9999, 1, transaction=1) == 404
    assert refund(anywhere, order_id, 1) == 200
    given_back = order(anywhere, order_id)["transactions"][1]["id"]
    assert refund(anywhere, order_id, 1, transaction=given_back) == 422
    unpaid = new_order(anywhere)
    expected = 400 if anywhere.store.profile.is_documented else 422
    assert refund(anywhere, unpaid, 1) == expected


def test_a_refund_is_answered_in_parts(documented: Caller, plugin: Caller) -> None:
    for shop, gateway in ((documented, "skipped"), (plugin, "failed")):
        order_id = paid_order(shop)
        info = {"transaction_id": charge(shop, order_id), "amount": 1, "cancelSubscription": "true"}
        answer = shop.post(f"/orders/{order_id}/refund", {"refund_info": info})
        assert answer["fluent_cart_refund"]["status"] == "success"
        assert answer["gateway_refund"]["status"] == gateway


def test_a_subscription_can_be_ended_with_the_refund(anywhere: Caller) -> None:
    info = {"transaction_id": charge(anywhere, 9), "amount": 1, "cancelSubscription": "true"}
    answer = anywhere.post("/orders/9/refund", {"refund_info": info})
    assert answer["subscription_cancel"]["status"] == "success"
    assert order(anywhere, 9)["subscriptions"][0]["status"] == "canceled"


@pytest.mark.parametrize(
    ("word", "payment", "paid"),
    [
        ("succeeded", "paid", 2500),
        ("failed", "failed", 0),
        ("refunded", "refunded", 0),
        ("authorized", "authorized", 0),
    ],
)
def test_the_payment_follows_its_transaction(
    anywhere: Caller, word: str, payment: str, paid: int
) -> None:
    order_id = new_order(anywhere)
    path = f"/orders/{order_id}/transactions/{charge(anywhere, order_id)}/status"
    answer = anywhere.put(path, {"status": word})
    assert answer["transaction"]["status"] == word
    found = order(anywhere, order_id)
    assert (found["payment_status"], found["total_paid"]) == (payment, paid)
    assert found["status"] in ("pending", "on-hold")
    same = 400 if anywhere.store.profile.is_documented else 422
    anywhere.put(path, {"status": word}, status=same)


def test_transaction_statuses_that_are_refused(anywhere: Caller) -> None:
    order_id = new_order(anywhere)
    own = charge(anywhere, order_id)
    before = order(anywhere, order_id)
    mismatch = 400 if anywhere.store.profile.is_documented else 422
    anywhere.put(f"/orders/{order_id}/transactions/1/status", {"status": "failed"}, mismatch)
    anywhere.put(f"/orders/{order_id}/transactions/9999/status", {"status": "failed"}, 404)
    for word in ("paid", "", None, ["x"], "bogus"):
        anywhere.put(f"/orders/{order_id}/transactions/{own}/status", {"status": word}, 422)
    assert order(anywhere, order_id) == before
    anywhere.get(f"/orders/{order_id}/transactions/1", 404)
    assert anywhere.get(f"/orders/{order_id}/transactions/{own}")["order"]["id"] == order_id


def test_syncing_repairs_and_then_rests(anywhere: Caller) -> None:
    order_id = new_order(anywhere)
    path = f"/orders/{order_id}/transactions/{charge(anywhere, order_id)}/status"
    anywhere.put(path, {"status": "succeeded"})
    answer = anywhere.put(f"/orders/{order_id}/sync-statuses")
    assert (answer["payment_status"], answer["status"]) == ("paid", "completed")
    before = order(anywhere, order_id)
    anywhere.put(f"/orders/{order_id}/sync-statuses")
    assert order(anywhere, order_id) == before
    anywhere.store.database.run("DELETE FROM order_transactions WHERE order_id = ?", (order_id,))
    anywhere.put(f"/orders/{order_id}/sync-statuses", status=404)


def test_disputes(anywhere: Caller) -> None:
    order_id = new_order(anywhere)
    body = {"payment_method": "stripe", "transaction_type": "dispute"}
    anywhere.post(f"/orders/{order_id}/mark-as-paid", body)
    path = f"/orders/{order_id}/transactions/{charge(anywhere, order_id)}/accept-dispute/"
    assert anywhere.post(path, {"dispute_note": "n"}) == {"message": "Dispute accepted!"}
    assert order(anywhere, order_id)["payment_status"] == "refunded"
    anywhere.post(path, {}, status=422)
    anywhere.post("/orders/1/transactions/1/accept-dispute/", {}, status=422)
    anywhere.post("/orders/1/transactions/2/accept-dispute/", {}, status=404)


def test_licences_are_never_missing(anywhere: Caller) -> None:
    anywhere.post("/orders/1/generate-missing-licenses", {}, status=400)
    anywhere.post("/orders/9999/generate-missing-licenses", {}, status=404)

"""Faults of order and shipping statuses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fluentcart_conformance.store.faults import alter, deeds, kit
from fluentcart_conformance.store.faults.kit import Call, after, record, sent, sql
from fluentcart_conformance.store.faults.model import Change, Room
from fluentcart_conformance.store.faults.records import Json

room = Room("orders")
add = room.add

STATUS = "update_statuses"
_ORDER_WORDS = ("on-hold", "processing", "completed", "canceled")
_SHIPPING_WORDS = ("unshipped", "shipped", "delivered", "unshippable")


def moved(*statements: str) -> Change:
    """SQL after a status change."""
    return after(STATUS, sql(*statements))


def wanted(call: Call) -> Any:
    """The status asked for."""
    statuses = call.sent.get("statuses")
    if not isinstance(statuses, dict):
        return None
    return statuses.get("order_status", statuses.get("shipping_status"))


def wants(word: str) -> Callable[[Call], bool]:
    """Whether this status is asked for."""
    return lambda call: bool(wanted(call) == word)


def _known(name: str, words: tuple[str, ...]) -> Any:
    def on(members: Json, call: Call) -> None:
        statuses = members.get("statuses")
        if isinstance(statuses, dict) and statuses.get(name) not in (None, "", *words):
            column = "status" if name == "order_status" else "shipping_status"
            query = f"SELECT {column} FROM orders WHERE id = :order"
            now = call.shop.db.value(query, call.values)
            statuses[name] = next(word for word in words if word != now)

    return on


def _other_action(members: Json, _: Call) -> None:
    if members.get("action") not in ("change_order_status", "change_shipping_status"):
        members["action"] = "change_order_status"


# fmt: off
add("status-without-effect", ("ORD-STATUS-TO-PROCESSING", "ORD-STATUS-TO-COMPLETED",
    "ORD-STATUS-TO-CANCELED", "ORD-STATUS-TO-ON-HOLD"), "no effect",
    "A status change is answered as done, and nothing changed.", deeds.without_effect(STATUS))
add("status-endpoint-202", "ORD-STATUS-ENDPOINT", "wrong status",
    "A status change is answered with 202.", deeds.status(STATUS, 200, 202))
add("status-body-refused", ("ORD-STATUS-BODY", "ORD-STATUS-MANAGE-STOCK"), "refused",
    "A status change with manage_stock is refused.",
    deeds.refuse(STATUS, lambda call: "manage_stock" in call.sent))
add("status-stock-text-refused", "ORD-STATUS-MANAGE-STOCK", "refused",
    "manage_stock as text is refused.",
    deeds.refuse(STATUS, lambda call: isinstance(call.sent.get("manage_stock"), str)))
add("status-without-action", "ORD-STATUS-NO-ACTION", "rule forgotten",
    "Without an action the order status is meant.",
    deeds.filled(STATUS, "action", lambda _: "change_order_status"))
add("status-unknown-action", "ORD-STATUS-UNKNOWN-ACTION", "rule forgotten",
    "An unknown action means the order status.", sent(STATUS, _other_action))
add("status-without-statuses", "ORD-STATUS-NO-STATUSES", "error as success",
    "A status change without a status is answered as done.",
    deeds.excuse(STATUS, 422, when=lambda call: not wanted(call)))
add("status-unknown-order", ("ORD-STATUS-UNKNOWN", "ERR-ID-UNKNOWN"), "error as success",
    "A status change of an unknown order is answered as done.", deeds.excuse(STATUS, 404))
add("status-silent", "ORD-STATUS-TEXT", "wrong value", "The answer says nothing.",
    kit.body(STATUS, alter.put("message", "")))
add("status-answers-old", "ORD-STATUS-ANSWER-SAME", "stale",
    "The order in the answer has the status it had before.",
    record("order", STATUS, alter.put("status", "failed")))
add("status-answers-another", "ORD-STATUS-ANSWER-SAME", "wrong object",
    "The order in the answer is another.", record("order", STATUS, alter.bump("id")))
for _to in _ORDER_WORDS:
    add(f"status-to-{_to}-refused", (f"ORD-STATUS-TO-{_to.upper()}", "ORD-STATUS-TRANSITIONS"),
        "refused", f"An order cannot be set to {_to}.",
        deeds.refuse(STATUS, wants(_to), 400))
add("status-back-refused", "ORD-STATUS-TRANSITIONS", "refused",
    "A completed order cannot go back to processing.",
    kit.around(STATUS, lambda call, answer: deeds.refusal(call, 400)
               if wanted(call) == "processing" and call.shop.db.value(
                   "SELECT status FROM orders WHERE id = :order", call.values) == "completed"
               else answer()))
add("status-invalid-accepted", "ORD-STATUS-INVALID", "rule forgotten",
    "An unknown word sets some other status.",
    sent(STATUS, _known("order_status", _ORDER_WORDS)))
add("status-invalid-stored", "ORD-STATUS-INVALID", "side effect",
    "A refused word is stored all the same.",
    after(STATUS, lambda call: call.shop.db.run(
        "UPDATE orders SET status = 'failed' WHERE id = :order", call.values)
        if wanted(call) not in (*_ORDER_WORDS, *_SHIPPING_WORDS) else None, refusal=True))
add("status-same-accepted", ("ORD-STATUS-SAME-400", "ORD-SHIPPING-SAME"), "error as success",
    "Setting the same status is answered as done.",
    deeds.excuse(STATUS, 400, when=lambda call: call.shop.db.value(
        "SELECT status FROM orders WHERE id = :order", call.values) != "canceled"))
add("status-same-409", ("ORD-STATUS-SAME-400", "ORD-STATUS-CANCELED-400", "ORD-SHIPPING-SAME"),
    "wrong status", "A status that may not follow is refused with 409.",
    deeds.status(STATUS, 400, 409))
add("status-400-silent", ("ORD-STATUS-SAME-TEXT", "ORD-STATUS-CANCELED-TEXT"), "error body",
    "The refusal of a status says nothing.",
    kit.refused(STATUS, lambda given, _: given.body.update(message="") if given.status == 400
                else None))
add("status-canceled-revived", ("ORD-STATUS-CANCELED-400", "ORD-STATUS-CANCELED-STAYS"),
    "rule forgotten", "A canceled order can be set to anything.",
    kit.before(STATUS, sql("UPDATE orders SET status = 'failed' WHERE id = :order AND status ="
                           " 'canceled'")))
add("status-canceled-revived-quietly", "ORD-STATUS-CANCELED-STAYS", "side effect",
    "A refused change revives a canceled order.",
    after(STATUS, sql("UPDATE orders SET status = 'on-hold' WHERE id = :order AND status ="
                      " 'canceled'"), refusal=True))
add("status-completed-pays", "ORD-STATUS-PAYMENT-STAYS", "side effect",
    "Completing an order marks it as paid.",
    moved("UPDATE orders SET payment_status = 'paid', total_paid = total_amount WHERE id = :order"
          " AND status = 'completed'"))
add("status-canceled-refunds", "ORD-STATUS-PAYMENT-STAYS", "side effect",
    "Canceling an order refunds it.",
    moved("UPDATE orders SET payment_status = 'refunded', total_refund = total_paid + 1 WHERE id ="
          " :order AND status = 'canceled'"))
add("status-moves-shipping", ("ORD-STATUS-SHIPPING-STAYS", "ORD-UNTOUCHED"), "side effect",
    "Changing the order status changes the shipping status and an amount.",
    kit.around(STATUS, lambda call, answer: _then(call, answer, "change_order_status",
               "UPDATE orders SET shipping_status = 'delivered', shipping_total ="
               " shipping_total + 1 WHERE id = :order")))
add("status-touches-neighbour", "ORD-OTHERS-UNTOUCHED", "wrong object",
    "A status change takes the orders beside it along.",
    moved("UPDATE orders SET status = 'failed' WHERE id IN (:order - 1, :order + 1)"))
add("status-another-order", ("ORD-STATUS-TO-PROCESSING", "ORD-STATUS-TO-COMPLETED"),
    "wrong object", "The order before the one named is changed.",
    deeds.elsewhere(STATUS, "orders"))
add("shipping-status-without-effect", ("ORD-SHIPPING-STATUS", "ORD-SHIPPING-TRANSITIONS"),
    "no effect", "A shipping status is answered as set and is not.",
    moved("UPDATE orders SET shipping_status = 'unshipped' WHERE id = :order"))
add("shipping-status-delivered-locked", "ORD-SHIPPING-TRANSITIONS", "refused",
    "A delivered order cannot be set back.",
    kit.around(STATUS, lambda call, answer: deeds.refusal(call, 400)
               if call.sent.get("action") == "change_shipping_status" and call.shop.db.value(
                   "SELECT shipping_status FROM orders WHERE id = :order", call.values)
               == "delivered" else answer()))
add("shipping-status-invalid", "ORD-SHIPPING-INVALID", "rule forgotten",
    "An unknown shipping status sets some other.",
    sent(STATUS, _known("shipping_status", _SHIPPING_WORDS)))
add("shipping-status-completes", ("ORD-SHIPPING-KEEPS",), "side effect",
    "A delivered order is completed and paid.",
    kit.around(STATUS, lambda call, answer: _then(call, answer, "change_shipping_status",
               "UPDATE orders SET status = 'completed', payment_status = 'paid' WHERE id ="
               " :order")))
# fmt: on


def _then(call: Call, answer: Any, action: str, statement: str) -> Any:
    """SQL after an accepted change by this action."""
    given = answer()
    if given.status < 400 and call.sent.get("action") == action:
        call.shop.db.run(statement, call.values)
    return given

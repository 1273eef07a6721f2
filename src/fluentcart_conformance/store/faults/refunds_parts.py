"""What the faults of refunds are made of."""

from __future__ import annotations

from typing import Any

from fluentcart_conformance.store.faults import alter
from fluentcart_conformance.store.faults.kit import DETAILS, Call, sent
from fluentcart_conformance.store.faults.records import Json, parts

READS = (*DETAILS, "list_orders")
_REFUND = "transaction_type = 'refund'"
LATEST = (
    "(SELECT max(id) FROM order_transactions WHERE order_id = :order AND transaction_type = "
    "'refund')"
)


def amount(change: Any) -> Any:
    """Change the amount asked for."""

    def on(members: Json, _: Call) -> None:
        for one in parts(members, "refund_info"):
            if "amount" in one:
                one["amount"] = change(one["amount"])

    return sent("refund_order", on)


def asked(call: Call) -> Json:
    """The refund that is asked for, {} when there is none."""
    return next(iter(parts(call.sent, "refund_info")), {})


def info(change: Any) -> Any:
    """Change refund_info as a whole, with the call for ids."""

    def on(members: Json, call: Call) -> None:
        if not isinstance(members.get("refund_info"), dict):
            members["refund_info"] = {}
        change(members["refund_info"], call)

    return sent("refund_order", on)


def scaled_amount(value: Any, factor: float) -> Any:
    """An amount times a factor, as text where it was text."""
    number = alter.number(value)
    if number is None:
        return value
    return str(round(number * factor, 6)) if isinstance(value, str) else round(number * factor, 6)


def own_charge(call: Call) -> Any:
    """The id of the order's own charge."""
    query = "SELECT min(id) FROM order_transactions WHERE order_id = :order"
    return call.shop.db.value(query, call.values)


def _at_most_left(value: Any, call: Call) -> Any:
    """What is left of the order in whole units, when more was asked for."""
    number = alter.number(value)
    row = call.shop.db.one("SELECT * FROM orders WHERE id = :order", call.values)
    if number is None or row is None:
        return value
    left = (row["total_paid"] - row["total_refund"]) / 100
    return left if number > left > 0 else value


def no_more_than_left(found: Json, call: Call) -> None:
    """Lower an amount to what is left."""
    if "amount" in found:
        found["amount"] = _at_most_left(found["amount"], call)


def own_instead_of_foreign(found: Json, call: Call) -> None:
    """Take the order's own charge in the place of another order's."""
    given = alter.number(found.get("transaction_id"))
    sql_text = "SELECT order_id FROM order_transactions WHERE id = ?"
    owner = call.shop.db.value(sql_text, (given,)) if given else None
    if owner and owner != call.values["order"]:
        found["transaction_id"] = own_charge(call)


def own_instead_of_unknown(found: Json, call: Call) -> None:
    """Take the order's own charge in the place of an unknown one."""
    given = alter.number(found.get("transaction_id"))
    if given and not call.shop.db.value("SELECT 1 FROM order_transactions WHERE id = ?", (given,)):
        found["transaction_id"] = own_charge(call)


def own_instead_of_refund(found: Json, call: Call) -> None:
    """Take the order's own charge in the place of a refund."""
    given = alter.number(found.get("transaction_id"))
    query = f"SELECT 1 FROM order_transactions WHERE id = ? AND {_REFUND}"
    if given and call.shop.db.value(query, (given,)):
        found["transaction_id"] = own_charge(call)


def unpaid(call: Call) -> bool:
    """Whether the order that is to be refunded still waits for its money."""
    query = "SELECT payment_status FROM orders WHERE id = :order"
    return bool(call.shop.db.value(query, call.values) == "pending")

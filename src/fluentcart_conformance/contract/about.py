"""The answer speaks of what was asked for, and parts of a record name their owner."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from .exchange import Exchange
from .general import ABOUT_REQUESTED
from .words import shown

Mismatch = tuple[str, str, str]
"""(pointer, expected, got)"""
_Check = Callable[[Any, Mapping[str, str]], Iterator[Mismatch]]

_ORDER_PARTS = ("order_items", "transactions", "order_addresses")
_ORDER_RECORDS = ("billing_address", "shipping_address", "order_operation")


def _number(value: Any) -> str | None:
    """An id as digits, whether it came as a number or as a numeric string."""
    if value.__class__ is int:
        return str(value)
    if isinstance(value, str) and value.isascii() and value.isdigit():
        return value.lstrip("0") or "0"
    return None


def _differs(wanted: str | None, value: Any) -> bool:
    if value is None or value == wanted:
        return False
    got = _number(value)
    return wanted is not None and got is not None and got != wanted


def _at(value: Any, *path: str) -> Any:
    for part in path:
        if not isinstance(value, dict) or part not in value:
            return None
        value = value[part]
    return value


def _same(asked: str, *places: tuple[str, ...]) -> _Check:
    """A check that each of `places`, where present, holds the id in path parameter `asked`."""
    return partial(_others, asked, places)


def _others(
    asked: str, places: tuple[tuple[str, ...], ...], body: Any, params: Mapping[str, str]
) -> Iterator[Mismatch]:
    wanted = _number(params.get(asked))
    for place in places:
        value = _at(body, *place)
        if _differs(wanted, value):
            yield "/" + "/".join(place), f"{wanted}, as asked for", shown(value)


def _owned(asked: str, member: str, *places: tuple[str, ...]) -> _Check:
    """A check that every row of a list names the owner in path parameter `asked`."""
    return partial(_strays, asked, member, places)


def _strays(
    asked: str,
    member: str,
    places: tuple[tuple[str, ...], ...],
    body: Any,
    params: Mapping[str, str],
) -> Iterator[Mismatch]:
    wanted = _number(params.get(asked))
    for place in places:
        rows = _at(body, *place)
        for number, row in enumerate(rows if isinstance(rows, list) else ()):
            if isinstance(row, Mapping) and _differs(wanted, row.get(member)):
                pointer = f"/{'/'.join(place)}/{number}/{member}"
                yield pointer, f"{wanted}, its owner", shown(row[member])


def _order_tree(body: Any, params: Mapping[str, str]) -> Iterator[Mismatch]:
    """Every part of an order names that order, and its customer is the one it names."""
    del params
    order = _at(body, "order")
    own = _number(_at(order, "id"))
    if own is None:
        return
    for part in _ORDER_PARTS:
        rows = order.get(part)
        for number, row in enumerate(rows if isinstance(rows, list) else ()):
            if isinstance(row, dict) and _differs(own, row.get("order_id")):
                pointer = f"/order/{part}/{number}/order_id"
                yield pointer, f"{own}, its order", shown(row["order_id"])
    for part in _ORDER_RECORDS:
        record = order.get(part)
        if isinstance(record, dict) and _differs(own, record.get("order_id")):
            yield f"/order/{part}/order_id", f"{own}, its order", shown(record["order_id"])
    customer = _at(order, "customer", "id")
    if _differs(_number(order.get("customer_id")), customer):
        yield "/order/customer/id", f"{order['customer_id']}, as customer_id", shown(customer)


_ORDER = ("order", "id")
_CUSTOMER = (("data", "customer", "id"), ("customer", "id"))
_CHECKS: dict[str, tuple[tuple[str, _Check], ...]] = {
    "get_order": (
        ("ORD-GET-SAME-ID", _same("order_id", _ORDER)),
        (ABOUT_REQUESTED, _order_tree),
    ),
    "get_order_transactions": (
        ("TRX-LIST-DETAILS", _same("order", _ORDER)),
        ("TRX-LIST-OWN", _order_tree),
    ),
    "get_order_transaction": (
        ("TRX-ONE-DETAILS", _same("id", _ORDER)),
        ("TRX-ONE-DETAILS", _order_tree),
    ),
    "update_order": (("ORD-UPDATE-ANSWER-SAME", _same("order_id", _ORDER)),),
    "create_and_change_customer": (
        ("ORD-NEW-CUSTOMER-ANSWER", _same("order_id", _ORDER)),
        ("ORD-NEW-CUSTOMER-ANSWER", _order_tree),
    ),
    "delete_order": (("ORD-DELETE-ANSWER-SAME", _same("order_id", ("data", "order_id"))),),
    "update_statuses": (("ORD-STATUS-ANSWER-SAME", _same("order", ("data", "id"))),),
    "sync_statuses": (("TRX-SYNC-ANSWER-SAME", _same("order", _ORDER)),),
    "update_order_address_id": (("ORD-ADDRESS-ID-ANSWER", _same("order_id", _ORDER)),),
    "update_transaction_status": (
        ("TRX-STATUS-ANSWER-SAME", _same("transaction", ("transaction", "id"))),
        ("TRX-STATUS-ANSWER-SAME", _same("order", ("transaction", "order_id"))),
    ),
    "get_customer": (("CUS-GET-ID", _same("customerId", *_CUSTOMER)),),
    "update_customer": (("CUS-UPDATE-ANSWER", _same("customerId", *_CUSTOMER, ("data", "id"))),),
    "update_customer_additional_info": (("CUS-INFO-RECORD", _same("customerId", *_CUSTOMER)),),
    "attach_user": (("CUS-ATTACH-RECORD", _same("customerId", *_CUSTOMER)),),
    "detach_user": (("CUS-DETACH-RECORD", _same("customerId", *_CUSTOMER)),),
    "get_customer_orders": (
        ("CUS-ORDERS-OWN", _owned("customerId", "customer_id", ("orders", "data"))),
    ),
    "get_customer_addresses": (
        (
            "ADR-LIST-OWN",
            _owned("customerId", "customer_id", ("addresses",), ("data", "addresses")),
        ),
    ),
}


def mismatches(operation: str, body: Any, params: Mapping[str, str]) -> list[tuple[str, Mismatch]]:
    """Every id in the answer that is not the one asked for or not the owner's, by requirement."""
    return [
        (requirement, mismatch)
        for requirement, check in _CHECKS.get(operation, ())
        for mismatch in check(body, params)
    ]


_ADDRESS_OF = {
    "update_customer_address": "ADR-UPDATE-ID",
    "make_primary_address": "ADR-PRIMARY-ID",
}


def other_address(operation: str, body: Any, exchange: Exchange) -> list[tuple[str, Mismatch]]:
    """The address answered, where it is not the one whose `address_id` was sent."""
    requirement = _ADDRESS_OF.get(operation)
    answered = _at(body, "data", "address", "id")
    if requirement is None or answered is None:
        return []
    wanted = _number(_at(exchange.sent.value, "address_id"))
    if not _differs(wanted, answered):
        return []
    return [(requirement, ("/data/address/id", f"{wanted}, as sent", shown(answered)))]

"""Faults that every area has once: who is let in, and kinds that an area lacked."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

from fluentcart_conformance.store.faults import deeds, kit
from fluentcart_conformance.store.faults.auth import Header, Known, callers
from fluentcart_conformance.store.faults.kit import Call
from fluentcart_conformance.store.faults.model import Change, Room
from fluentcart_conformance.store.faults.protocol import Cut, breaking
from fluentcart_conformance.store.faults.refunds_parts import info, own_charge
from fluentcart_conformance.store.http import Identity, Response

if TYPE_CHECKING:
    from fluentcart_conformance.store.server import EmbeddedStore

room = Room("auth")
add = room.add

_LONG = 40.0
_LATE = "get_customer_stats"


@dataclass(frozen=True)
class Area:
    """Operations of an area: one of them, those of one method, and all."""

    one: str
    method: str
    all: tuple[str, ...]


_AREAS = {
    "orders": Area("get_order", "DELETE", (
        "get_order", "create_order", "update_order", "delete_order", "mark_as_paid",
        "update_statuses", "change_customer", "update_order_address")),
    "lists": Area("list_orders", "GET", ("list_orders", "list_customers", "get_customer_orders")),
    "shipping": Area("get_shipping_methods", "POST", (
        "get_shipping_methods", "calculate_shipping", "create_custom_item")),
    "transactions": Area("get_order_transactions", "PUT", (
        "get_order_transactions", "get_order_transaction", "update_transaction_status",
        "sync_statuses", "accept_dispute", "generate_missing_licenses")),
    "refunds": Area("refund_order", "POST", ("refund_order",)),
    "bulk": Area("orders_bulk", "POST", ("orders_bulk", "customers_bulk")),
    "customers": Area("update_customer", "PUT", (
        "get_customer", "create_customer", "update_customer", "get_customer_stats", "attach_user",
        "detach_user", "update_customer_additional_info")),
    "addresses": Area("create_customer_address", "DELETE", (
        "get_customer_addresses", "create_customer_address", "update_customer_address",
        "delete_customer_address", "make_primary_address")),
}  # fmt: skip


def _of_method(area: Area) -> tuple[str, ...]:
    methods = {one.operation: one.method for one in kit.ROUTES}
    return tuple(one for one in area.all if methods[one] == area.method)


def repeated(operation: str) -> Change:
    """Answer an accepted request with what the one before was answered."""

    def install(store: EmbeddedStore) -> None:
        kept: list[Response] = []

        def change(given: Response, _: Call) -> Response:
            kept.append(given)
            return kept[-2] if len(kept) > 1 else given

        kit.accepted(operation, change).install(store)

    return Change(install, (operation,))


def at_401(change: Callable[[Response, Call], Response | None]) -> Change:
    """Change the answers to callers without credentials."""
    return kit.refused(
        kit.EVERYTHING, lambda given, call: change(given, call) if given.status == 401 else None
    )


def late_at_401(_: Call, answer: Callable[[], Response]) -> Response:
    """Keep callers without credentials waiting."""
    given = answer()
    if given.status == 401:
        time.sleep(_LONG)
    return given


def every_second_caller(header: Header, known: Known, store: EmbeddedStore) -> Identity | None:
    """Let every second caller without credentials in."""
    found = known(header)
    return found or (store.identities["admin"] if next(_STRANGERS) % 2 == 0 else None)


def remembered(header: Header, known: Known, store: EmbeddedStore) -> Identity | None:
    """Take whoever sends no credentials for the caller before."""
    found = known(header)
    if found:
        _LAST[id(store)] = found
    return found or (_LAST.get(id(store)) if not header else None)


def broken(given: Response, how: Callable[[bytes], bytes]) -> None:
    """Change the bytes of an answer."""
    given.raw = how(json.dumps(given.body).encode())


_STRANGERS = count(1)
_LAST: dict[int, Identity] = {}


# fmt: off
for _name, _area in _AREAS.items():
    add(f"{_name}-open-operation", ("AUT-ANONYMOUS", "AUT-WRONG-PASSWORD"), "authentication",
        f"{_area.one} needs no credentials.", deeds.reroute(_area.one, public=True), area=_name)
    add(f"{_name}-open-method", "AUT-ANONYMOUS", "authentication",
        f"{_area.method} needs no credentials in the area {_name}.",
        deeds.reroute(_of_method(_area), public=True), area=_name)
    _writes = tuple(one for one in _area.all if one in kit.WRITES)
    if _writes:
        add(f"{_name}-open-writes", ("AUT-ANONYMOUS", "AUT-NO-EFFECT"), "authentication",
            f"Reads alone need credentials in the area {_name}.",
            deeds.reroute(_writes, public=True), area=_name)
    add(f"{_name}-403-for-401", "AUT-ANONYMOUS", "403 for 401",
        f"Without credentials the answer is a 403 in the area {_name}.",
        deeds.status(_area.all, 401, 403), area=_name)

add("shipping-calculation-stale", ("SHP-CALC-METHOD", "SHP-CALC-QUANTITY"), "stale",
    "A calculation is answered with the one before.", repeated("calculate_shipping"),
    area="shipping")
add("customers-bulk-answer-stale", ("BLK-CUS-EACH", "BLK-CUS-MIXED"), "stale",
    "A bulk action is answered with the results of the one before.", repeated("customers_bulk"),
    area="bulk", family="documented")
add("refund-transaction-ignored", ("RFD-FOREIGN-TRANSACTION", "RFD-UNKNOWN-TRANSACTION"), "ignored",
    "Which transaction is to be refunded is passed over: it is the first one.",
    info(lambda found, call: found.update(transaction_id=own_charge(call))
         if found.get("transaction_id") else None), area="refunds")

add("401-without-code", "AUT-401-BODY", "member missing", "A 401 has no code.",
    at_401(lambda given, _: given.body.pop("code", None) and None))
add("401-message-list", "AUT-401-BODY", "wrong type", "The message of a 401 is a list.",
    at_401(lambda given, _: given.body.update(message=["No."])))
add("401-status-text", "AUT-401-BODY", "wrong value", "A 401 repeats its status as text.",
    at_401(lambda given, _: given.body.update(data={"status": "401"})))
add("second-stranger-let-in", "AUT-ANONYMOUS", "second only",
    "Every second caller without credentials is let in.", callers(every_second_caller))
add("caller-remembered", "AUT-ANONYMOUS", "stale",
    "Whoever sends no credentials is taken for the caller before.", callers(remembered))
add("401-trailing-garbage", "GEN-JSON", "not JSON", "Something stands behind the JSON of a 401.",
    at_401(lambda given, _: broken(given, lambda raw: raw + b"\n<!-- 12 -->")))
add("401-text-html", "GEN-CONTENT-TYPE", "content type", "A 401 is declared as text/html.",
    at_401(lambda given, _: given.headers.update({"Content-Type": "text/html"})))
add("401-late", ("GEN-ANSWERS", "AUT-ANONYMOUS"), "slow",
    f"Without credentials an answer takes longer than a client waits ({_LATE}).",
    kit.around(_LATE, late_at_401), slow=_LONG)
add("401-cut-off", ("GEN-ANSWERS", "AUT-ANONYMOUS"), "cut off",
    f"Without credentials the line breaks in the middle of an answer ({_LATE}).",
    breaking(kit.refused(_LATE, lambda given, _: Cut(given.status, given.body, given.headers)
                         if given.status == 401 else None)))

add("unknown-order-says-nothing", "ERR-ORDERS-BODY", "member missing",
    "The 404 of an unknown order has no message.",
    kit.refused("get_order", lambda given, _: [one.pop("message", None) for one in
                (given.body, given.body.get("data")) if isinstance(one, dict)] and None
                if given.status == 404 else None), area="errors")
add("second-refusal-says-nothing", "ERR-ORDERS-BODY", "second only",
    "Every second refusal of an order operation has no message.",
    kit.refused(kit.ORDERS, deeds.every_second(lambda body: {
        name: value for name, value in body.items() if name != "message"})), area="errors")
# fmt: on

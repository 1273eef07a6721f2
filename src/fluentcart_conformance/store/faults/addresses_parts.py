"""What the faults of customers' addresses are made of."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fluentcart_conformance.store.faults import kit
from fluentcart_conformance.store.faults.kit import Call, after, sent, sql
from fluentcart_conformance.store.faults.model import Change, together
from fluentcart_conformance.store.faults.records import Json, records
from fluentcart_conformance.store.http import Response

LIST = "get_customer_addresses"
CREATE = "create_customer_address"
UPDATE = "update_customer_address"
DELETE = "delete_customer_address"
PRIMARY = "make_primary_address"
ON_ONE = (UPDATE, DELETE, PRIMARY)
NO_ADDRESSES = {"success": True, "data": {"addresses": []}, "addresses": []}
OTHERS = "UPDATE customer_addresses SET {} WHERE customer_id = :customer AND id <> :address"
MADE = "(SELECT max(id) FROM customer_addresses)"


def made(*statements: str) -> Change:
    """SQL after an address was created."""
    return after(CREATE, sql(*statements))


def edited(*statements: str) -> Change:
    """SQL after an address was updated."""
    return after(UPDATE, sql(*statements))


def _owner_in_path(call: Call, answer: Callable[[], Any]) -> Any:
    """Whose address it is decides, not the path."""
    owner = call.shop.db.value(
        "SELECT customer_id FROM customer_addresses WHERE id = :address", call.values
    )
    if owner:
        asked = call.params["customerId"]
        call.request.path = call.request.path.replace(f"/{asked}/", f"/{owner}/")
    return answer()


def owner_decides(operation: str) -> Change:
    """Reach an address through any customer that exists."""

    def wrapper(call: Call, answer: Callable[[], Any]) -> Any:
        known = call.shop.db.get("customers", call.params["customerId"])
        return _owner_in_path(call, answer) if known else answer()

    return kit.around(operation, wrapper)


def any_customer(operation: str) -> Change:
    """Reach an address through customers that do not exist."""

    def wrapper(call: Call, answer: Callable[[], Any]) -> Any:
        known = call.shop.db.get("customers", call.params["customerId"])
        return answer() if known else _owner_in_path(call, answer)

    return kit.around(operation, wrapper)


def _some_address(call: Call) -> Any:
    return call.shop.db.value(
        "SELECT id FROM customer_addresses WHERE customer_id = :customer"
        " ORDER BY is_primary, id DESC LIMIT 1",
        call.values,
    )


def without_id(operation: str) -> Change:
    """Without an address the customer's newest is meant."""

    def on(members: Json, call: Call) -> None:
        if operation == DELETE:
            inner = members.get("address")
            if not (isinstance(inner, dict) and inner.get("id")) and not members.get("address_id"):
                newest = _some_address(call)
                members |= {"address_id": newest, "address": {"id": newest}}
        elif not any(members.get(name) for name in ("id", "address_id", "addressId")):
            members |= dict.fromkeys(("id", "address_id", "addressId"), _some_address(call))
            members.setdefault("type", "billing")

    return sent(operation, on)


def made_up(name: str, value: str) -> Change:
    """Make up a field of a new address that was not sent or is blank."""
    return sent(CREATE, lambda one, _: one.update({name: value})
                if one and not str(one.get(name) or "").strip() else None)  # fmt: skip


def left_behind(call: Call) -> None:
    """Leave an address behind that was refused."""
    row = {"customer_id": call.params["customerId"], "address_1": "Left 1", "city": "Behind"}
    if call.shop.db.get("customers", call.params["customerId"]):
        call.shop.db.insert("customer_addresses", row)


def toggled(call: Call, answer: Callable[[], Any]) -> Any:
    """Take the primary mark away from an address that has it already."""
    query = "SELECT is_primary FROM customer_addresses WHERE id = :address"
    was = call.shop.db.value(query, call.values)
    given = answer()
    if was:
        call.shop.db.run("UPDATE customer_addresses SET is_primary = 0 WHERE id = :address",
                         call.values)  # fmt: skip
    return given


def old_stays_primary() -> Change:
    """Show every address as primary once another one was made so."""
    moved: set[int] = set()

    def show(given: Response, call: Call) -> None:
        if call.params["customerId"] in moved:
            for one in records(given.body, "customer_address"):
                one["is_primary"] = type(one["is_primary"])(1)

    mark = after(PRIMARY, lambda call: moved.add(call.params["customerId"]))
    return together(mark, kit.accepted(LIST, show))

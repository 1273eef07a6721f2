"""What the faults of bulk actions are made of."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fluentcart_conformance.store.faults import kit
from fluentcart_conformance.store.faults.kit import Call, sent
from fluentcart_conformance.store.faults.model import Change, together
from fluentcart_conformance.store.faults.records import Json, listed
from fluentcart_conformance.store.http import Response

ORDERS, CUSTOMERS = "orders_bulk", "customers_bulk"
ACTIONS = {
    "change_order_status": ("completed", "processing", "on-hold", "canceled"),
    "change_shipping_status": ("unshipped", "shipped", "delivered", "unshippable"),
    "change_payment_status": ("succeeded", "pending", "refunded", "failed", "authorized"),
}
UPDATES = ("update_status", "change_customer_status")
DELETES = ("delete", "delete_customers")


def ids(name: str, change: Callable[[list[Any], Call], list[Any]]) -> Change:
    """Act on other ids than were named."""
    operation = ORDERS if name == "order_ids" else CUSTOMERS

    def on(members: Json, call: Call) -> None:
        if isinstance(members.get(name), list):
            members[name] = change(members[name], call)

    return sent(operation, on)


def and_neighbours(found: list[Any], call: Call, table: str) -> list[Any]:
    """The ids named and the one before the first of them."""
    query = f"SELECT id FROM {table} WHERE id < ? ORDER BY id DESC LIMIT 1"
    more = [call.shop.db.value(query, (one,)) for one in found[:1] if isinstance(one, int)]
    return [*found, *[one for one in more if one and one not in found]]


def for_each(
    statement: str, when: Callable[[Call], bool] = lambda _: True
) -> Callable[[Call], None]:
    """SQL for each order named, as `:one`."""

    def run(call: Call) -> None:
        if when(call):
            for one in listed(call.sent, "order_ids") or listed(call.sent, "customer_ids"):
                if isinstance(one, int | str):
                    call.shop.db.run(statement, {"one": one})

    return run


def action_of(call: Call) -> Any:
    """The action asked for."""
    return call.sent.get("action")


def make_up_status(members: Json, _: Call) -> None:
    """Put a good word in the place of a status that is none."""
    words = ACTIONS.get(str(members.get("action")))
    if words and members.get("new_status") not in words:
        members["new_status"] = words[1]


def only_missing(members: Json, call: Call) -> None:
    """Make up a status that was not sent."""
    if not members.get("new_status"):
        make_up_status(members, call)


def status_asked(call: Call) -> Any:
    """The status asked for, wherever it stands."""
    data = call.sent.get("data")
    return (data.get("status") if isinstance(data, dict) else None) or call.sent.get("new_status")


def known_status(members: Json, _: Call) -> None:
    """Ask for inactive instead."""
    if members.get("action") in UPDATES:
        if "new_status" in members or not isinstance(members.get("data"), dict):
            members["new_status"] = "inactive"
        members["data"] = {"status": "inactive"}


def wrong_only(check: Callable[[Json], bool], change: Callable[[Json, Call], None]) -> Change:
    """Change the requests that fail a check."""
    return sent(CUSTOMERS, lambda one, call: change(one, call) if check(one) else None)


def status_missing(members: Json) -> bool:
    """Whether no status was sent."""
    data = members.get("data")
    return not (members.get("new_status") or (isinstance(data, dict) and data.get("status")))


def status_unknown(members: Json) -> bool:
    """Whether the status sent is no known word."""
    data = members.get("data")
    word = members.get("new_status") or (data.get("status") if isinstance(data, dict) else None)
    return bool(word) and word not in ("active", "inactive")


def addresses_kept() -> Change:
    """Show the addresses that a customer had when he was deleted."""
    kept: dict[int, list[Any]] = {}

    def keep(call: Call) -> None:
        query = "SELECT * FROM customer_addresses WHERE customer_id = ?"
        found = call.sent.get("customer_ids")
        for one in found if isinstance(found, list) else []:
            if isinstance(one, int):
                kept[one] = call.shop.db.all(query, (one,))

    def show(given: Response, call: Call) -> Response | None:
        asked = call.params["customerId"]
        if given.status != 404 or asked not in kept:
            return None
        return Response(200, call.shop.wire.customers.addresses(kept[asked]))

    return together(kit.before(CUSTOMERS, keep), kit.refused("get_customer_addresses", show))


def undone(call: Call, answer: Callable[[], Any]) -> Any:
    """Answer a delete as done and undo it."""
    with call.shop.db.transaction() as transaction:
        given = answer()
        transaction.undo = action_of(call) in DELETES or given.status >= 400
        return given


def nothing_when_mixed(call: Call, answer: Callable[[], Any]) -> Any:
    """Do nothing when an id is unknown, and answer all the same."""
    table, name = ("orders", "order_ids")
    if call.operation == CUSTOMERS:
        table, name = ("customers", "customer_ids")
    found = [one for one in listed(call.sent, name) if isinstance(one, int)]
    query = f"SELECT count(*) FROM {table} WHERE id = ?"
    known = [call.shop.db.value(query, (one,)) for one in found]
    with call.shop.db.transaction() as transaction:
        given = answer()
        mixed = 0 < sum(known) < len(known)
        transaction.undo = mixed or given.status >= 400
        return given


def fewer_results(data: Json) -> None:
    """Take the last result away, and count it no more."""
    if data.get("results"):
        gone = data["results"].pop()
        name = "processed" if gone.get("success") else "failed"
        data[name] = data[name] - 1


def all_done(data: Json) -> None:
    """Report every customer as done."""
    for one in data.get("results") or []:
        one["success"] = True
        one.pop("error", None)
    if "results" in data:
        data.update(processed=len(data["results"]), failed=0)

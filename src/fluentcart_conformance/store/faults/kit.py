"""What faults are made of: wrappers around answers, requests, refusals and the database.

Every function returns a `Change`. Operations are given by their ids, or by the groups ORDERS,
CUSTOMERS, EVERYTHING, READS and WRITES.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from fluentcart_conformance.store.customers.handlers import routes as customer_routes
from fluentcart_conformance.store.faults.model import Change
from fluentcart_conformance.store.faults.records import Json, records
from fluentcart_conformance.store.http import Request, Response
from fluentcart_conformance.store.orders.handlers import routes as order_routes
from fluentcart_conformance.store.orders.part_handlers import routes as part_routes

if TYPE_CHECKING:
    from fluentcart_conformance.store.app import Answerer
    from fluentcart_conformance.store.server import EmbeddedStore
    from fluentcart_conformance.store.shop import Shop

ROUTES = [*order_routes, *part_routes, *customer_routes]
CUSTOMERS = tuple(one.operation for one in customer_routes)
ORDERS = tuple(one.operation for one in ROUTES if one.operation not in CUSTOMERS)
EVERYTHING = ORDERS + CUSTOMERS
READS = tuple(one.operation for one in ROUTES if one.reads_only)
WRITES = tuple(
    one.operation for one in ROUTES if not one.reads_only and one.operation != "calculate_shipping"
)
DETAILS = ("get_order", "get_order_transactions", "get_order_transaction")
_ACCEPTED = 400

Names = str | tuple[str, ...]


@dataclass
class Call:
    """One request of a documented operation on its way through the store."""

    operation: str
    request: Request
    store: EmbeddedStore
    params: dict[str, int]
    body: Any = None
    sent: Json = field(default_factory=dict)

    @property
    def shop(self) -> Shop:
        """The shop, with its database and services."""
        return self.store.app.shop

    @property
    def values(self) -> dict[str, Any]:
        """Ids that SQL may name: `:order`, `:customer`, `:transaction`, `:address`, `:sent`.

        `:order` and `:customer` are the path's, else the request's, else the answer's.
        """
        named = self.params
        made = {kind: _first(self.body, kind) for kind in ("customer", "customer_address")}
        order = named.get("order_id", named.get("order"))
        if self.operation == "get_order_transaction":
            order = named["id"]
        if self.operation == "create_order" and isinstance(self.body, dict):
            order = self.body.get("order_id")
        customer = named.get("customerId", named.get("customer"))
        address = self.sent.get("address_id", self.sent.get("id", self.sent.get("addressId")))
        if isinstance(self.sent.get("address"), dict):
            address = self.sent["address"].get("id")
        if self.operation == "update_order_address":
            address = named["id"]
        ids = self.sent.get("order_ids", self.sent.get("customer_ids"))
        ids = ids if isinstance(ids, list) else []
        found = {
            "order": order,
            "customer": customer or made["customer"] or self.sent.get("customer_id"),
            "transaction": named.get("transaction_id", named.get("transaction")),
            "address": address or made["customer_address"],
            "first": ids[0] if ids else None,
            "last": ids[-1] if ids else None,
        }
        # What is no id, SQL would not take.
        return {name: id_ if isinstance(id_, int | str) else None for name, id_ in found.items()}


def _first(body: Any, kind: str) -> Any:
    found = records(body, kind) if body is not None else []
    return found[0]["id"] if found else None


Deed = Callable[[Call], object]
OnAnswer = Callable[[Response, Call], object]


def names_of(operations: Names) -> tuple[str, ...]:
    """Operation ids from one id or several."""
    return (operations,) if isinstance(operations, str) else operations


def around(
    operations: Names, wrapper: Callable[[Call, Callable[[], Response]], Response]
) -> Change:
    """Wrap the answering of some operations: `wrapper(call, answer)` calls `answer()` or not."""
    names = names_of(operations)

    def install(store: EmbeddedStore) -> None:
        def middleware(request: Request, following: Answerer) -> Response:
            found = store.app.routes.match(request.method, request.path.rstrip("/") or "/")
            if found is None or found[0].operation not in names:
                return following(request)
            call = Call(found[0].operation, request, store, found[1], sent=_decoded(request.raw))
            return wrapper(call, lambda: following(request))

        store.app.use(middleware)

    return Change(install, names)


def _decoded(raw: bytes) -> Json:
    try:
        body = json.loads(raw) if raw else {}
    except (ValueError, RecursionError):
        return {}
    return body if isinstance(body, dict) else {}


def response(operations: Names, change: OnAnswer) -> Change:
    """Change whole answers, accepted and refused; what is no answer leaves the one given."""

    def wrapper(call: Call, answer: Callable[[], Response]) -> Response:
        given = answer()
        given = Response(given.status, copy.deepcopy(given.body), dict(given.headers), given.raw)
        changed = change(given, call)
        return changed if isinstance(changed, Response) else given

    return around(operations, wrapper)


def accepted(operations: Names, change: OnAnswer) -> Change:
    """Change the accepted answers only."""
    return response(
        operations, lambda given, call: change(given, call) if given.status < _ACCEPTED else None
    )


def refused(operations: Names, change: OnAnswer) -> Change:
    """Change the refusals only."""
    return response(
        operations, lambda given, call: change(given, call) if given.status >= _ACCEPTED else None
    )


def body(operations: Names, change: Callable[[Any], object]) -> Change:
    """Change the bodies of accepted answers, in place."""
    return accepted(operations, lambda given, _: (change(given.body), None)[1])


def record(
    kind: str,
    operations: Names,
    change: Callable[[Json], object],
    which: slice = slice(None),
    when: Callable[[Json], bool] = lambda _: True,
) -> Change:
    """Change the records of a kind in accepted answers; `which` picks among those that fit."""

    def on(whole: Any) -> None:
        for one in [one for one in records(whole, kind) if when(one)][which]:
            change(one)

    return body(operations, on)


def sent(operations: Names, change: Callable[[Json, Call], object]) -> Change:
    """Change the members of JSON bodies before the store reads them."""

    def wrapper(call: Call, answer: Callable[[], Response]) -> Response:
        if call.sent or call.request.raw.strip() in (b"", b"{}"):
            members = copy.deepcopy(call.sent)
            change(members, call)
            call.request.raw = json.dumps(members).encode()
            call.request.headers = {**call.request.headers, "content-type": "application/json"}
        return answer()

    return around(operations, wrapper)


def query(operations: Names, change: Callable[[Json], object]) -> Change:
    """Change the query before the store reads it."""

    def wrapper(call: Call, answer: Callable[[], Response]) -> Response:
        change(call.request.query)
        return answer()

    return around(operations, wrapper)


def before(operations: Names, deed: Deed) -> Change:
    """Do something to the database first, in one transaction with the operation itself."""

    def wrapper(call: Call, answer: Callable[[], Response]) -> Response:
        with call.shop.db.transaction() as transaction:
            deed(call)
            given = answer()
            transaction.undo = given.status >= _ACCEPTED
            return given

    return around(operations, wrapper)


def after(operations: Names, deed: Deed, *, refusal: bool = False) -> Change:
    """Do something to the database after an accepted request, or after a refused one."""

    def wrapper(call: Call, answer: Callable[[], Response]) -> Response:
        given = answer()
        if (given.status >= _ACCEPTED) == refusal:
            call.body = given.body
            with call.shop.db.transaction():
                deed(call)
        return given

    return around(operations, wrapper)


def sql(*statements: str) -> Deed:
    """SQL as a deed; named parameters as in `Call.values`."""

    def run(call: Call) -> None:
        values = call.values
        for statement in statements:
            call.shop.db.run(statement, values)

    return run


def service(path: str, wrapper: Callable[[Callable[..., Any], Shop], Any], *seen: str) -> Change:
    """Replace a method of a service: `orders.payments.settle_order`; `seen` are operations."""

    def install(store: EmbeddedStore) -> None:
        owner: Any = store.app.shop
        *parts, name = path.split(".")
        for part in parts:
            owner = getattr(owner, part)
        setattr(owner, name, wrapper(getattr(owner, name), store.app.shop))

    return Change(install, seen)


def always(operations: Names, deed: Deed) -> Change:
    """Do something whatever becomes of the request: accepted or refused."""

    def wrapper(call: Call, answer: Callable[[], Response]) -> Response:
        given = answer()
        with call.shop.db.transaction():
            deed(call)
        return given

    return around(operations, wrapper)

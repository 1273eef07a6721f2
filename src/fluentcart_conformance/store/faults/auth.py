"""Faults of who may do what."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import TYPE_CHECKING

from fluentcart_conformance.store.faults import deeds, kit
from fluentcart_conformance.store.faults.kit import Call
from fluentcart_conformance.store.faults.model import Change, Room
from fluentcart_conformance.store.http import Identity, Refusal, Request, Response
from fluentcart_conformance.store.routing import Route

if TYPE_CHECKING:
    from fluentcart_conformance.store.server import EmbeddedStore

room = Room("auth")
add = room.add

Header = str | None
Known = Callable[[Header], Identity | None]


def callers(change: Callable[[Header, Known, EmbeddedStore], Identity | None]) -> Change:
    """Recognise callers otherwise: `change(header, known, store)`."""

    def install(store: EmbeddedStore) -> None:
        identities = store.app.shop.identities
        whole = identities.authenticate
        identities.authenticate = (  # type: ignore[method-assign]
            lambda header: change(header, whole, store)
        )

    return Change(install)


def _user_of(header: Header) -> str:
    try:
        return base64.b64decode((header or "").partition(" ")[2]).decode().partition(":")[0]
    except ValueError:
        return ""


def _named(header: Header, store: EmbeddedStore) -> Identity | None:
    """The caller by user name alone."""
    found = store.app.shop.identities.by_name.values()
    return next((one for one in found if one.user == _user_of(header)), None)


def ungated(operations: kit.Names, *, signed_in: bool = True) -> Change:
    """Let everybody pass: every known caller, or anybody at all."""
    names = kit.names_of(operations)

    def install(store: EmbeddedStore) -> None:
        whole = store.app.authorize

        def authorize(request: Request, route: Route) -> None:
            try:
                whole(request, route)
            except Refusal as refusal:
                forgiven = refusal.status == 403 or not signed_in
                if route.operation not in names or not forgiven:
                    raise
                request.identity = store.identities["admin"]

        store.app.authorize = authorize  # type: ignore[method-assign]

    return Change(install, names)


def late(
    operations: kit.Names, anonymous: bool, first: Callable[[Call], Response | None]
) -> Change:
    """Look at something before the credentials."""

    def wrapper(call: Call, answer: Callable[[], Response]) -> Response:
        given = answer()
        if given.status not in ((401,) if anonymous else (403,)):
            return given
        return first(call) or given

    return kit.around(operations, wrapper)


def _missing(call: Call) -> Response | None:
    values = call.values
    customer = call.operation in kit.CUSTOMERS
    table, row = ("customers", values["customer"]) if customer else ("orders", values["order"])
    if row is None or call.shop.db.get(table, row):
        return None
    return deeds.refusal(call, 404)


def _effect(call: Call) -> None:
    """A refused write touches what it was about."""
    values = call.values
    run = call.shop.db.run
    if values["order"]:
        run("UPDATE orders SET note = note || 'x', status = 'failed' WHERE id = :order", values)
    elif values["customer"]:
        run("UPDATE customers SET last_name = 'x', first_name = 'y' WHERE id = :customer", values)


def _refused_write(call: Call, answer: Callable[[], Response]) -> Response:
    given = answer()
    if given.status in (401, 403):
        with call.shop.db.transaction():
            _effect(call)
    return given


def _shown(given: Response, call: Call) -> None:
    if given.status in (401, 403) and call.values["order"]:
        row = call.shop.db.get("orders", call.values["order"])
        if row:
            given.body["data"] = {**given.body.get("data", {}), "order": row}
    if given.status in (401, 403) and call.values["customer"]:
        row = call.shop.db.get("customers", call.values["customer"])
        if row:
            given.body["data"] = {**given.body.get("data", {}), "customer": row}


def _code(given: Response, _: Call) -> None:
    if given.status in (401, 403):
        given.body["code"] = "error"


def _of_method(method: str) -> tuple[str, ...]:
    routes = kit.ROUTES
    return tuple(one.operation for one in routes if one.method == method)


# fmt: off
add("basic-refused", "AUT-BASIC", "refused", "The manager's password is not known.",
    callers(lambda header, known, store: None if _user_of(header) == "manager"
            else known(header)))
add("password-not-checked", "AUT-WRONG-PASSWORD", "authentication",
    "A user name is enough.", callers(lambda header, known, store: known(header)
                                      or _named(header, store)))
add("unknown-user-admitted", "AUT-UNKNOWN-USER", "authentication",
    "An unknown user with any password is let in.",
    callers(lambda header, known, store: known(header) or (
        store.identities["admin"] if _user_of(header) and not _named(header, store) else None)))
add("malformed-header-crashes", "AUT-MALFORMED", "server error",
    "A malformed Authorization header ends in a 500.",
    kit.around(kit.EVERYTHING, lambda call, answer: deeds.refusal(call, 500)
               if call.request.headers.get("authorization") is not None
               and not _user_of(call.request.headers["authorization"]) else answer()))
add("malformed-header-admitted", "AUT-MALFORMED", "authentication",
    "Another scheme is let in.", callers(lambda header, known, store: known(header) or (
        store.identities["admin"] if header and not header.lower().startswith("basic") else None)))
add("scheme-case-matters", "AUT-CASE-OF-SCHEME", "refused", "Only Basic with a capital is known.",
    callers(lambda header, known, store: known(header) if (header or "").startswith("Basic ")
            else None))
add("anonymous-reads-all", ("AUT-ANONYMOUS", "AUT-NO-DATA", "AUT-POLICY"), "authentication",
    "Everything can be read without credentials.", ungated(kit.READS, signed_in=False))
add("anonymous-writes-all", ("AUT-ANONYMOUS", "AUT-NO-EFFECT"), "authentication",
    "Everything can be written without credentials.", ungated(kit.WRITES, signed_in=False))
for _method in ("GET", "POST", "PUT", "DELETE"):
    add(f"anonymous-{_method.lower()}", "AUT-ANONYMOUS", "authentication",
        f"{_method} needs no credentials.",
        deeds.reroute(_of_method(_method), public=True))
for _operation in ("get_order_transaction", "calculate_shipping", "get_customer_addresses",
                   "get_attachable_users", "sync_statuses", "customers_bulk",
                   "update_transaction_status", "make_primary_address"):
    add(f"anonymous-{_operation.replace('_', '-')}", ("AUT-ANONYMOUS", "AUT-WRONG-PASSWORD"),
        "authentication", f"{_operation} needs no credentials.",
        deeds.reroute(_operation, public=True))
add("anonymous-403", ("AUT-ANONYMOUS", "AUT-WRONG-PASSWORD"), "403 for 401",
    "Without credentials the answer is a 403.", deeds.status(kit.EVERYTHING, 401, 403))
add("anonymous-404", "AUT-ANONYMOUS", "wrong status",
    "Without credentials the answer is a 404.", deeds.status(kit.EVERYTHING, 401, 404))
add("anonymous-403-one", "AUT-ANONYMOUS", "403 for 401",
    "Without credentials one operation answers 403.",
    deeds.status("update_order_address", 401, 403))
add("low-identity-everywhere", ("AUT-LOW-IDENTITY", "AUT-POLICY"), "authentication",
    "Every known user may do everything.", ungated(kit.EVERYTHING))
add("low-identity-customers", ("AUT-LOW-IDENTITY", "ERR-CUS-PERMISSIONS"), "authentication",
    "Every known user may do everything with customers.", ungated(kit.CUSTOMERS))
add("low-identity-200", "AUT-LOW-IDENTITY", "error as success",
    "A refusal for a missing right comes as 200.", deeds.status(kit.EVERYTHING, 403, 200))
add("refused-code-401", "AUT-401-BODY", "error body", "A 401 has the code error.",
    kit.refused(kit.EVERYTHING, lambda given, call: _code(given, call)
                if given.status == 401 else None))
add("refused-code-403", "AUT-403-BODY", "error body", "A 403 has the code error.",
    kit.refused(kit.EVERYTHING, lambda given, call: _code(given, call)
                if given.status == 403 else None))
add("refused-silent", "AUT-401-TEXT", "error body", "A 401 says nothing.",
    kit.refused(kit.EVERYTHING, lambda given, _: given.body.update(message="")
                if given.status == 401 else None))
add("refused-status-in-body", ("ERR-STATUS-MATCHES",), "error body",
    "A 401 repeats another status in its body.",
    kit.refused(kit.EVERYTHING, lambda given, _: given.body["data"].update(status=403)
                if given.status == 401 and isinstance(given.body.get("data"), dict) else None))
add("refused-with-effect", ("AUT-NO-EFFECT",), "side effect",
    "A write refused for its credentials has an effect.", kit.around(kit.WRITES, _refused_write))
add("refused-shows-data", "AUT-NO-DATA", "leak", "A refusal shows the record asked for.",
    kit.response(kit.EVERYTHING, _shown))
add("lookup-before-credentials", "AUT-BEFORE-LOOKUP", "authentication",
    "Without credentials an unknown id is a 404.", late(kit.EVERYTHING, True, _missing))
add("lookup-before-credentials-one", "AUT-BEFORE-LOOKUP", "authentication",
    "Without credentials an unknown id is a 404 in one operation.",
    late("get_customer_orders", True, _missing))
add("validation-before-credentials", "AUT-BEFORE-VALIDATION", "authentication",
    "Without credentials an invalid body is a 422.",
    late(kit.WRITES, True, lambda call: deeds.refusal(call, 422)
         if call.request.raw and len(call.request.raw) < 60 else None))
add("lookup-before-permission", "AUT-LOW-BEFORE-LOOKUP", "authentication",
    "Without the right an unknown id is a 404.", late(kit.ORDERS, False, _missing))
add("credentials-repeated", "GEN-NO-CREDENTIALS", "leak",
    "A refusal repeats the Authorization header.",
    kit.refused(kit.EVERYTHING, lambda given, call: given.body.update(
        sent=call.request.headers.get("authorization", ""))))
for _operation in kit.ORDERS:
    add(f"permission-{_operation.replace('_', '-')}",
        (f"AUT-PERM-{_operation.upper().replace('_', '-')}", "AUT-LOW-IDENTITY"),
        "rule forgotten", f"{_operation} needs no right.", ungated(_operation))
# fmt: on

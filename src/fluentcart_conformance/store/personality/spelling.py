"""What stands in the answers: order of members, extra ones, numbers as text, nulls, language."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from fluentcart_conformance.store.http import Request, Response

if TYPE_CHECKING:
    from fluentcart_conformance.store.app import Answerer
    from fluentcart_conformance.store.server import EmbeddedStore

Json = dict[str, Any]
_API = "/fluent-cart/"
_DIGITS = re.compile(r"\d+")
_CURRENCY = "CHF"

# Record sign -> members that may be a number or digits, whichever the store chose.
_EITHER: tuple[tuple[str, frozenset[str]], ...] = (
    ("payment_status", frozenset({"total_paid", "total_refund", "rate"})),
    ("transaction_type", frozenset({"order_id", "total", "rate"})),
    (
        "line_total",
        frozenset(
            {"order_id", "post_id", "object_id", "cart_index", "quantity", "fulfilled_quantity",
             "rate"}
        ),
    ),
)  # fmt: skip
_MAY_BE_NULL = frozenset(
    {"invoice_no", "note", "ip_address", "phone", "address_2", "company_name", "label",
     "vendor_charge_id", "receipt_number", "completed_at", "refunded_at"}
)  # fmt: skip


def _use(store: EmbeddedStore, change: Callable[[Any], Any]) -> None:
    """Work over the JSON of every answer of the API."""

    def middleware(request: Request, following: Answerer) -> Response:
        given = following(request)
        if given.raw is not None or not request.path.startswith(_API):
            return given
        return Response(given.status, change(given.body), given.headers)

    store.app.use(middleware)


def _walk(value: Any, on_object: Callable[[Json], Json]) -> Any:
    if isinstance(value, dict):
        return on_object({name: _walk(one, on_object) for name, one in value.items()})
    if isinstance(value, list):
        return [_walk(one, on_object) for one in value]
    return value


def reverse(store: EmbeddedStore) -> None:
    """Let the last member of every object come first."""
    _use(store, lambda body: _walk(body, lambda one: dict(reversed(one.items()))))


def add_members(store: EmbeddedStore) -> None:
    """Give every record and every answer members that no document knows."""

    def more(one: Json) -> Json:
        if "id" in one or "data" in one or "message" in one:
            return {**one, "_links": [{"rel": "self"}], "x_vendor": {"tier": 3}, "revision": 17}
        return one

    _use(store, lambda body: _walk(body, more))


def swap_numbers(store: EmbeddedStore) -> None:
    """Write as digits what the store writes as a number, and the other way round."""
    if not store.profile.is_documented:
        return

    def swapped(one: Json) -> Json:
        for sign, members in _EITHER:
            if sign in one:
                one = {
                    name: _swapped(value) if name in members else value
                    for name, value in one.items()
                }
        return one

    _use(store, lambda body: _walk(body, swapped))


def _swapped(value: Any) -> Any:
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, str) and value.lstrip("-").isdigit():
        return int(value)
    return value


def use_currency(store: EmbeddedStore) -> None:
    """Sell in another currency, in what is there already as well."""
    with store.database.transaction():
        store.database.set_setting("currency", _CURRENCY)
        for table in ("orders", "order_transactions", "subscriptions"):
            store.database.run(f"UPDATE {table} SET currency = '{_CURRENCY}'")  # noqa: S608


def translate(store: EmbeddedStore) -> None:
    """Say everything in another language; numbers in a sentence stay."""

    def said(one: Json) -> Json:
        message = one.get("message")
        if not isinstance(message, str) or not message:
            return one
        numbers = " ".join(_DIGITS.findall(message))
        return {**one, "message": f"Die Anfrage wurde bearbeitet. {numbers}".strip()}

    _use(store, lambda body: _walk(body, said))


def nulls(store: EmbeddedStore) -> None:
    """Show null for an empty text where the text may be absent."""

    def emptied(one: Json) -> Json:
        if "id" not in one:
            return one
        return {
            name: None if name in _MAY_BE_NULL and value == "" else value
            for name, value in one.items()
        }

    _use(store, lambda body: _walk(body, emptied))


def full_names(store: EmbeddedStore) -> None:
    """Take customers with `full_name`."""
    store.database.set_setting("full_name_mode", "yes")

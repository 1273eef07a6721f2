"""Faults of the carriage: status, media type, bytes around the JSON, lines that break.

The same defects in one operation of every area, for a client may be sharper in one than in another.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import count
from typing import TYPE_CHECKING, Any, BinaryIO

from fluentcart_conformance.store.faults import deeds, kit
from fluentcart_conformance.store.faults.kit import Call, Names
from fluentcart_conformance.store.faults.model import Change, Room
from fluentcart_conformance.store.http import Response

if TYPE_CHECKING:
    from fluentcart_conformance.store.server import EmbeddedStore

room = Room("errors")

# area -> an operation that reads and one that writes
_PLACES = {
    "orders": ("get_order", "update_order"),
    "lists": ("list_orders", "list_customers"),
    "shipping": ("get_shipping_methods", "calculate_shipping"),
    "transactions": ("get_order_transactions", "update_transaction_status"),
    "refunds": ("refund_order", "refund_order"),
    "bulk": ("orders_bulk", "customers_bulk"),
    "customers": ("get_customer", "update_customer"),
    "addresses": ("get_customer_addresses", "create_customer_address"),
}
# What an answer of the writing operations is to hold.
_ANSWERS: dict[str, str | tuple[str, ...]] = {
    "update_order": "ORD-UPDATE-ANSWER",
    "list_customers": ("CUS-LIST-ANSWER", "CUS-LIST-PAGINATION"),
    "calculate_shipping": "SHP-CALC-ANSWER",
    "update_transaction_status": "TRX-STATUS-ANSWER",
    "refund_order": "RFD-ANSWER-PARTS",
    "customers_bulk": "BLK-CUS-ANSWER",
    "update_customer": ("CUS-UPDATE-ANSWER", "CUS-UPDATE-FULL-RECORD"),
    "create_customer_address": ("ADR-CREATE-ANSWER", "ADR-CREATE-RECORD"),
}
_TRACE = (
    "Fatal error: Uncaught TypeError: Unsupported operand types in "
    "/var/www/html/wp-content/plugins/shop/app/Services/Sums.php:117 Stack trace: #0 {main}"
)
_PAGE = (
    "<!DOCTYPE html><html><head><title>Error</title></head>"
    "<body><p>There has been a critical error on this website.</p></body></html>"
)
_SQL = "WordPress database error You have an error in your SQL syntax near 'FROM wp_fct_orders'"
_LONG = 40.0


def raw(
    operations: Names, change: Callable[[bytes], bytes], *, refusals: bool | None = False
) -> Change:
    """Change the bytes of accepted answers, of refusals (True) or of both (None)."""

    def on(given: Response, _: Call) -> None:
        if refusals is None or (given.status >= 400) == refusals:
            given.raw = change(json.dumps(given.body).encode())

    return kit.response(operations, on)


class Cut(Response):
    """An answer whose line breaks in the middle of the body."""


def cut(operations: Names) -> Change:
    """Close the line when half of the body is out, in four answers out of five."""
    answered = count(1)
    return breaking(
        kit.accepted(
            operations,
            lambda given, _: (
                Cut(given.status, given.body, given.headers) if next(answered) % 5 else None
            ),
        )
    )


def breaking(mark: Change) -> Change:
    """Close the line in the middle of the answers that a change has made Cut."""

    def install(store: EmbeddedStore) -> None:
        mark.install(store)
        whole = store.transport.write

        def write(out: BinaryIO, response: Response, *, head: bool, stays: bool) -> bool:
            if not isinstance(response, Cut):
                return whole(out, response, head=head, stays=stays)
            payload = store.transport.encode(response)
            lines = f"HTTP/1.1 {response.status} OK\r\nContent-Type: application/json\r\n"
            out.write(f"{lines}Content-Length: {len(payload)}\r\n\r\n".encode())
            out.write(payload[: len(payload) // 2])
            out.flush()
            return False

        store.transport.write = write  # type: ignore[method-assign]

    return Change(install, mark.operations)


def headed(operations: Names, *, refusals: bool | None = False, **headers: str) -> Change:
    """Send other headers: `Content_Type="text/html"`."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}

    def on(given: Response, _: Call) -> None:
        if refusals is None or (given.status >= 400) == refusals:
            given.headers |= named

    return kit.response(operations, on)


def crash(operations: Names, body: Any) -> Change:
    """Answer 500 instead of what was asked for: a page when `body` is text, else JSON."""

    def on(_given: Response, _call: Call) -> Response:
        if isinstance(body, str):
            return Response(500, headers={"Content-Type": "text/html"}, raw=body.encode())
        return Response(500, body)

    return kit.accepted(operations, on)


def _twice(payload: bytes) -> bytes:
    has_members = payload[:1] == b"{" and len(payload) > 2
    return payload[:-1] + b"," + payload[1:] if has_members else payload


_BYTES: dict[str, tuple[str, str, str, Callable[[bytes], bytes]]] = {
    "trailing-garbage": (
        "GEN-JSON", "not JSON", "Something stands behind the JSON.", lambda b: b + b"\n<!-- 12 -->",
    ),
    "byte-order-mark": (
        "GEN-JSON", "not JSON", "A byte order mark stands before the JSON.",
        lambda b: b"\xef\xbb\xbf" + b,
    ),
    "truncated-json": (
        "GEN-JSON", "not JSON", "The JSON breaks off.", lambda b: b[: len(b) * 2 // 3],
    ),
    "latin-1": (
        "GEN-JSON", "not JSON", "The JSON is not UTF-8.",
        lambda b: b[:-1] + b',"note_of_store":"caf\xe9"}',
    ),
    "member-twice": (
        "GEN-JSON-CLEAN", "not JSON", "The members of an object come twice.", _twice,
    ),
    "not-a-number": (
        "GEN-JSON-CLEAN", "not JSON", "A number is NaN.", lambda b: b[:-1] + b',"share":NaN}',
    ),
    "html-before": (
        "GEN-NO-HTML", "not JSON", "An HTML page comes before the JSON.",
        lambda b: _PAGE.encode() + b,
    ),
    "php-notice-before": (
        "GEN-JSON", "not JSON", "A PHP notice comes before the JSON.",
        lambda b: b"<br /><b>Warning</b>: Undefined variable $x in /srv/a.php on line 12<br />" + b,
    ),
}  # fmt: skip


def _declare() -> None:
    for area, (read, write) in _PLACES.items():
        # The lists are what a run looks at before it begins.
        late = "get_customer_orders" if area == "lists" else read
        refusal = "ERR-CUS-BODY" if write in kit.CUSTOMERS else "ERR-ORDERS-BODY"
        for name, (requirement, kind, sentence, how) in _BYTES.items():
            operation = read if name in ("trailing-garbage", "html-before", "latin-1") else write
            room.add(
                f"{area}-{name}", requirement, kind, f"{sentence} ({operation})",
                raw(operation, how), area=area,
            )  # fmt: skip
        room.add(
            f"{area}-html-500", "GEN-NO-5XX", "server error",
            f"A 500 with an HTML page ({write}).", crash(write, _PAGE), area=area,
        )  # fmt: skip
        room.add(
            f"{area}-json-500", "GEN-NO-5XX", "server error",
            f"A 500 in JSON ({read}).",
            crash(read, {"code": "internal_error", "message": "Internal error."}), area=area,
        )  # fmt: skip
        room.add(
            f"{area}-trace", "GEN-NO-LEAK", "leak",
            f"A refusal shows a stack trace ({write}).",
            kit.refused(write, lambda given, _: _said(given, _TRACE)), area=area,
        )  # fmt: skip
        room.add(
            f"{area}-sql", "GEN-NO-LEAK", "leak",
            f"A refusal shows a statement of the database ({write}).",
            kit.refused(write, lambda given, _: _said(given, _SQL)), area=area,
        )  # fmt: skip
        room.add(
            f"{area}-text-html", "GEN-CONTENT-TYPE", "content type",
            f"Accepted answers are declared as text/html ({read}).",
            headed(read, Content_Type="text/html; charset=UTF-8"), area=area,
        )  # fmt: skip
        room.add(
            f"{area}-refusal-text-html", "GEN-CONTENT-TYPE", "content type",
            f"Refusals are declared as text/html ({write}).",
            headed(write, refusals=True, Content_Type="text/html; charset=UTF-8"), area=area,
        )  # fmt: skip
        room.add(
            f"{area}-cut-off", "GEN-ANSWERS", "cut off",
            f"The line breaks in the middle of four answers out of five ({late}).",
            cut(late), area=area,
        )  # fmt: skip
        room.add(
            f"{area}-201", "GEN-STATUS", "wrong status",
            f"An accepted request is answered with 201 ({write}).",
            deeds.status(write, 200, 201), area=area,
        )  # fmt: skip
        room.add(
            f"{area}-error-as-success", _ANSWERS[write], "error as success",
            f"An accepted request is answered with an error under 200 ({write}).",
            kit.accepted(write, lambda _g, _c: Response(200, {"error": "Something went wrong."})),
            area=area,
        )  # fmt: skip
        room.add(
            f"{area}-refusal-without-body", refusal, "error body",
            f"A refusal is an empty object ({write}).",
            kit.refused(write, lambda given, _: Response(given.status, {})), area=area,
        )  # fmt: skip
        room.add(
            f"{area}-late", "GEN-ANSWERS", "slow",
            f"An answer takes longer than a client waits ({late}).", deeds.wait(late, _LONG),
            area=area, slow=_LONG,
        )  # fmt: skip


def _said(given: Response, text: str) -> None:
    """Let a refusal say something else, wherever the profile says it."""
    if not isinstance(given.body, dict):
        return
    inner = given.body.get("error", given.body)
    if isinstance(inner, dict):
        inner["message"] = text


_declare()

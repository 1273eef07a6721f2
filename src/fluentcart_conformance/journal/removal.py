"""Take single objects away, in the ways that the store knows, and say why one could not go."""

from __future__ import annotations

from typing import Any

from ..target.client import StoreClient
from ..target.detect import DOCUMENTED, dig, integer, order_in, plain
from ..target.errors import NoAnswerError, UnsafeRequestError
from .journal import Journal

GONE = frozenset({404, 410})
_SUCCESS = range(200, 300)
_PATHS = {
    "order": "/orders/{id}",
    "product": "/products/{id}",
    "coupon": "/coupons/{id}",
    "shipping_method": "/shipping/methods/{id}",
    "shipping_zone": "/shipping/zones/{id}",
    "user": "/wp/v2/users/{id}",
    "activity": "/activity/{id}",
}


class Remover:
    """Deletes objects of one target in its profile's forms. Each method returns why it failed.

    An empty reason means that the object is gone.
    """

    def __init__(
        self, client: StoreClient, journal: Journal, profile: str, admin_user_id: int | None
    ) -> None:
        self._client = client
        self._journal = journal
        self._bulk_delete = "delete" if profile == DOCUMENTED else "delete_customers"
        self._heir = admin_user_id

    def remove(self, kind: str, number: int) -> str:
        """Take one object away. A customer takes its addresses along."""
        if kind == "order":
            return self._order(number)
        if kind == "customer":
            return self.customers([number])
        if kind not in _PATHS:
            return f"the API has no way to delete a {kind}"
        query = None
        if kind == "user":
            query = {"force": "true", "reassign": self._heir or "false"}
        return self._send("DELETE", _PATHS[kind].format(id=number), query=query)

    def customers(self, numbers: list[int]) -> str:
        """Delete customers by the bulk action."""
        body = {"action": self._bulk_delete, "customer_ids": numbers}
        return self._send("POST", "/customers/do-bulk-action", json=body)

    def _order(self, number: int) -> str:
        """Delete an order; some versions want it canceled and unpaid first, or take it in bulk."""
        reason = self._send("DELETE", f"/orders/{number}")
        if not reason:
            return ""
        cancel = {"action": "change_order_status", "statuses": {"order_status": "canceled"}}
        self._send("PUT", f"/orders/{number}/statuses", json=cancel)
        if not self._send("DELETE", f"/orders/{number}"):
            return ""
        if self._unpaid(number) and not self._send("DELETE", f"/orders/{number}"):
            return ""
        bulk = {"action": "delete_orders", "order_ids": [number]}
        if self._send("POST", "/orders/do-bulk-action", json=bulk):
            return reason
        return "" if self._is_gone(f"/orders/{number}") else reason

    def _unpaid(self, number: int) -> bool:
        """Make the order count as not paid, so that a store which keeps paid ones lets it go."""
        try:
            exchange = self._client.call("GET", f"/orders/{number}")
        except NoAnswerError:
            return False
        rows = order_in(exchange.answer.value).get("transactions")
        first = next(iter(rows), None) if isinstance(rows, list) else None
        transaction = integer(dig(first, "id"))
        if transaction is None:
            return False
        self._journal.learn_part("transaction", [transaction])
        path = f"/orders/{number}/transactions/{transaction}/status"
        return not self._send("PUT", path, json={"status": "pending"})

    def _is_gone(self, path: str) -> bool:
        try:
            return self._client.call("GET", path).status in GONE
        except NoAnswerError:
            return False

    def _send(self, method: str, path: str, **members: Any) -> str:
        try:
            exchange = self._client.call(method, path, **members)
        except (NoAnswerError, UnsafeRequestError) as error:
            return str(error)
        if exchange.status in _SUCCESS or (method == "DELETE" and exchange.status in GONE):
            return ""
        said = plain(dig(exchange.answer.value, "message"), 120)
        return f"{method} {path} answers {exchange.status}" + (f": {said}" if said else "")

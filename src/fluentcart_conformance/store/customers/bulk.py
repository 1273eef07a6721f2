"""One action on many customers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from fluentcart_conformance.store.customers.customers import CustomerService
from fluentcart_conformance.store.customers.forms import CUSTOMER_STATUSES
from fluentcart_conformance.store.db import Database, Row
from fluentcart_conformance.store.http import Refusal
from fluentcart_conformance.store.values import integer


@dataclass
class BulkResult:
    """What became of each id, in the order sent.

    Attributes:
        outcomes: `(id, done)`; an id that is no customer's is not done.
        rows: The customers as they are (export) or were (delete).
    """

    action: str
    outcomes: list[tuple[int, bool]] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)

    @property
    def done(self) -> int:
        """How many ids were acted upon."""
        return sum(done for _, done in self.outcomes)


class CustomerBulk:
    """Changes the status of many customers, deletes or exports them."""

    def __init__(self, db: Database, customers: CustomerService) -> None:
        self.db = db
        self.customers = customers

    def run(self, action: str, ids: list[int], status: Any = None) -> BulkResult:
        """Do `update_status`, `delete` or `export` to each customer once.

        Raises:
            Refusal: 422 for a status that is missing or unknown.
        """
        act: Callable[[int], object]
        if action == "update_status":
            checked = _status(status)
            act = lambda one: self.customers.update(one, {"status": checked})  # noqa: E731
        elif action == "delete":
            act = self.customers.delete
        else:
            act = self.customers.get
        result = BulkResult(action)
        for customer_id in dict.fromkeys(ids):
            row = self.customers.find(customer_id)
            if row is not None:
                act(customer_id)
                result.rows.append(row)
            result.outcomes.append((customer_id, row is not None))
        return result


def bulk_ids(value: Any) -> list[int]:
    """Read the ids of a bulk action: a list with at least one whole number.

    Raises:
        Refusal: 422 when it is no list, is empty or holds something else.
    """
    message = "Customers selection is required"
    if not isinstance(value, list) or not value:
        raise _refused("customer_ids", "required", message)
    ids = [integer(one) for one in value]
    if any(one is None for one in ids):
        raise _refused("customer_ids", "integer", message)
    return [one for one in ids if one is not None]


def _status(value: Any) -> str:
    if value is None or value == "":
        raise _refused("status", "required", "Please select status")
    if value not in CUSTOMER_STATUSES:
        raise _refused("status", "in", "Provided customer status is not valid")
    return str(value)


def _refused(name: str, rule: str, message: str) -> Refusal:
    return Refusal(422, "validation_error", message, {name: {rule: message}})

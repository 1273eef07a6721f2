"""Take away what a run brought, in reverse order, and only that.

Addresses and orders go first, the orders in reverse order of creation, then customers, then
WordPress users, then what was made for ordering, last the lines of the store's log. Objects that
the journal could not know (an order half made by a failed request, a user that the store made on
payment) are found through the run's namespace.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from ..target.client import StoreClient
from ..target.detect import DOCUMENTED
from ..target.errors import TargetError
from ..target.report import TargetReport
from .addresses import Addresses
from .guard import Guard
from .journal import Journal, read_journal
from .removal import GONE, Remover
from .search import (
    SearchFailedError,
    Seen,
    customers_with,
    log_lines,
    orders_of,
    products_with,
    users_with,
)

CHUNK = 20
# Variations go with their product.
_WITH_ANOTHER = frozenset({"variation"})
_ORDER_OF_KINDS = (
    "order",
    "customer",
    "user",
    "coupon",
    "label",
    "product",
    "shipping_method",
    "shipping_zone",
)


@dataclass(frozen=True, slots=True)
class Leftover:
    """An object that could not be taken away, and why."""

    kind: str
    id: int
    reason: str


@dataclass(slots=True)
class Outcome:
    """How a cleanup went."""

    created: int
    removed: int = 0
    leftovers: list[Leftover] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """`{created, removed, leftovers: [{kind, id, reason}]}`."""
        rows = [{"kind": one.kind, "id": one.id, "reason": one.reason} for one in self.leftovers]
        return {"created": self.created, "removed": self.removed, "leftovers": rows}


def clean_up(
    client: StoreClient,
    journal: Journal,
    report: TargetReport,
    at_once: int = 1,
    *,
    logged: Collection[int] | None = None,
) -> Outcome:
    """Take away everything that `journal` lists or that carries its namespace.

    `at_once` objects of one kind may be under way together: as many as the run had workers.
    `logged` are the orders whose lines in the store's activity log go, too; None stands for all
    that the run ever made.

    The embedded store dies with the run and is left alone. When the target is gone, what is left
    is listed with that reason. Never raises for what the target does.
    """
    if report.embedded:
        return Outcome(journal.created_count, journal.created_count)
    if not report.writes and not journal.entries():
        return Outcome(journal.created_count)
    guard = client.guard
    if isinstance(guard, Guard):
        guard.cleaning = True
    work = Cleanup(client, journal, report, at_once, logged)
    try:
        work.run()
    except TargetError as error:
        work.give_up(str(error))
    finally:
        if isinstance(guard, Guard):
            guard.cleaning = False
    return work.outcome()


class Cleanup:
    """One cleanup of one journal."""

    def __init__(
        self,
        client: StoreClient,
        journal: Journal,
        report: TargetReport,
        at_once: int = 1,
        logged: Collection[int] | None = None,
    ) -> None:
        self._client = client
        self._at_once = at_once
        self._logged = logged
        self._journal = journal
        self._remover = Remover(client, journal, report.profile, report.admin_user_id)
        self._addresses = Addresses(client, journal)
        self._is_plugin = report.profile != DOCUMENTED
        self._reasons: dict[tuple[str, int], str] = {}

    def run(self) -> None:
        """Find, then take away kind by kind."""
        found = self._search()
        self._adopt(found or [])
        if self._is_plugin:
            self._addresses.take_away()
        self._each("order")
        self._orders_of_customers()
        self._customers(search_works=bool(found))
        for number, reason in self._addresses.settle().items():
            self._reasons["address", number] = reason
        self._adopt(users_with(self._client, self._journal.namespace))
        self._adopt(products_with(self._client, self._journal.namespace))
        for kind in _ORDER_OF_KINDS[2:]:
            self._each(kind)
        # The deletions are lines of the log themselves.
        self._adopt(self._log_lines())
        self._each("activity")

    def give_up(self, reason: str) -> None:
        """Nothing more can be removed."""
        for entry in self._journal.entries():
            self._reasons.setdefault((entry.kind, entry.id), reason)

    def outcome(self) -> Outcome:
        """What is left, by the journal."""
        left = [entry for entry in self._journal.entries() if entry.kind not in _WITH_ANOTHER]
        rows = [
            Leftover(one.kind, one.id, self._reasons.get((one.kind, one.id), "not tried"))
            for one in left
        ]
        made = self._journal.created_count
        return Outcome(made, made - len(rows), rows)

    def _log_lines(self) -> list[Seen]:
        known = read_journal(self._journal.path)
        if known.log_after is None:
            return []
        orders = known.ever_made("order") if self._logged is None else self._logged
        return log_lines(self._client, self._journal.namespace, known.log_after, orders)

    def _search(self) -> list[Seen] | None:
        """This run's customers as the store lists them; None when it does not."""
        try:
            return customers_with(self._client, self._journal.namespace)
        except SearchFailedError:
            return None

    def _adopt(self, seen: list[Seen]) -> None:
        """Journal what carries the namespace before anything is deleted."""
        for one in seen:
            self._journal.created(one.kind, one.id)

    def _each(self, kind: str) -> None:
        numbers = [entry.id for entry in reversed(self._journal.entries(kind))]
        self._for_each(lambda number: self._remove(kind, number), numbers)

    def _for_each(self, work: Callable[[int], None], numbers: Iterable[int]) -> None:
        """Begin in this order, so many at once as the run may."""
        with ThreadPoolExecutor(self._at_once) as workers:
            for _ in workers.map(work, numbers):
                pass

    def _remove(self, kind: str, number: int) -> None:
        reason = self._remover.remove(kind, number)
        if reason:
            self._reasons[kind, number] = reason
        else:
            self._gone(kind, number)

    def _gone(self, kind: str, number: int) -> None:
        self._reasons.pop((kind, number), None)
        self._journal.removed(kind, number)

    def _orders_of_customers(self) -> None:
        """Orders of this run's customers that no answer told of."""

        def look(customer: int) -> None:
            for number in orders_of(self._client, customer):
                self._journal.created("order", number, customer=customer)
                self._remove("order", number)

        self._for_each(look, [entry.id for entry in self._journal.entries("customer")])

    def _customers(self, *, search_works: bool) -> None:
        """Delete in chunks; then look who is still there."""
        numbers = [entry.id for entry in reversed(self._journal.entries("customer"))]
        for start in range(0, len(numbers), CHUNK):
            chunk = numbers[start : start + CHUNK]
            reason = self._remover.customers(chunk)
            if reason and len(chunk) > 1:
                for one in chunk:
                    self._note(one, self._remover.customers([one]))
            else:
                for one in chunk:
                    self._note(one, reason)
        listed = self._search() if search_works else None
        if listed is None:
            still = {number for number in numbers if self._may_be_there(number)}
        else:
            still = {one.id for one in listed}
        for number in numbers:
            if number in still:
                said = "the store said it was deleted, yet it is there"
                self._reasons.setdefault(("customer", number), said)
            else:
                self._gone("customer", number)

    def _note(self, number: int, reason: str) -> None:
        if reason:
            self._reasons["customer", number] = reason

    def _may_be_there(self, number: int) -> bool:
        """Only a plain "not found" proves that a customer is gone."""
        return self._client.call("GET", f"/customers/{number}").status not in GONE

"""Find and take away what earlier runs left behind on a target.

Two sources: the journals in the reports folder, and objects on the target whose e-mail address
carries a run's namespace. An id from a journal counts only while the target still shows the run's
namespace on it, because a restored database may have given the id to somebody else.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ..contract.exchange import Exchange
from ..target.client import StoreClient
from ..target.detect import dig, integer, order_in
from ..target.errors import ConfigError, TargetUnreachableError
from ..target.report import TargetReport
from .cleanup import Outcome, clean_up
from .guard import Guard, Policy
from .journal import NAMESPACE_PREFIX, Entry, Journal, StoredJournal, read_journal
from .observe import Observer, is_ours
from .search import (
    SearchFailedError,
    Seen,
    activities_with,
    customers_with,
    orders_of,
    products_with,
    users_with,
)

OK = 200


@dataclass(frozen=True, slots=True)
class Remains:
    """What one run left on the target. `journal` is None when only the namespace tells of it."""

    run: str
    namespace: str
    entries: tuple[Entry, ...]
    journal: Path | None = None


def journals_in(reports: Path) -> list[tuple[Path, StoredJournal]]:
    """The journals of a reports folder that list something not yet removed, oldest first."""
    found = [(path, read_journal(path)) for path in sorted(reports.glob("journal-*.jsonl"))]
    return [(path, stored) for path, stored in found if stored.namespace]


def find_remains(
    client: StoreClient, report: TargetReport, reports: Path, run: str | None = None
) -> list[Remains]:
    """What is left of one run, or of all runs when `run` is None. Only reads.

    Raises ConfigError for a run that neither a journal nor the target knows.
    """
    stored = [
        (path, one)
        for path, one in journals_in(reports)
        if one.target in ("", report.base_url) and run in (None, one.run, one.namespace)
    ]
    marks = {one.namespace for _, one in stored}
    by_mark: dict[str, list[Entry]] = {}
    wanted = NAMESPACE_PREFIX if run is None else run
    searches: Iterable[str] = marks if run is not None and marks else [wanted]
    for mark in searches:
        if not mark.startswith(NAMESPACE_PREFIX):
            continue
        for seen in [
            *_customers(client, mark),
            *users_with(client, mark),
            *products_with(client, mark),
            *activities_with(client, mark),
        ]:
            by_mark.setdefault(seen.namespace, []).append(Entry(seen.kind, seen.id))
            if seen.kind == "customer":
                orders = (Entry("order", one) for one in orders_of(client, seen.id))
                by_mark[seen.namespace].extend(orders)
    found = []
    for path, one in stored:
        listed = [e for e in one.entries if _still_ours(client, e, one.namespace)]
        customers = {e.id for e in listed if e.kind == "customer"}
        addresses = [e for e in one.entries if e.kind == "address"]
        listed += [e for e in addresses if e.extra.get("customer") in customers]
        lost = [e for e in addresses if e.extra.get("customer") not in customers]
        listed += addresses_of_the_gone(client, one, lost)
        entries = _merged(listed, by_mark.pop(one.namespace, []))
        if entries:
            found.append(Remains(one.run, one.namespace, entries, path))
    found += [Remains("", mark, _merged([], rows)) for mark, rows in sorted(by_mark.items())]
    if run is not None and not stored and not found:
        raise ConfigError(f"no journal in {reports} and nothing on the target tells of run {run}")
    return found


def sweep(client: StoreClient, report: TargetReport, reports: Path, remains: Remains) -> Outcome:
    """Take away what `find_remains` found of one run, and nothing else."""
    name = remains.run or f"sweep-{remains.namespace}"
    path = remains.journal or reports / f"journal-{name}.jsonl"
    wanted = {(entry.kind, entry.id) for entry in remains.entries}
    journal = Journal(path, name, remains.namespace, target=report.base_url)
    try:
        for entry in journal.entries():
            # What the target no longer shows as the run's own is gone or somebody else's now.
            if (entry.kind, entry.id) not in wanted:
                journal.removed(entry.kind, entry.id)
        for entry in remains.entries:
            journal.created(entry.kind, entry.id, **entry.extra)
        client.guard = Guard(journal, Policy.of(client.settings))
        client.observer = Observer(journal)
        # In a restored database the id of an order that is gone may be somebody else's by now.
        orders = {entry.id for entry in remains.entries if entry.kind == "order"}
        return clean_up(client, journal, report, logged=orders)
    finally:
        journal.close()


def _customers(client: StoreClient, mark: str) -> list[Seen]:
    try:
        return customers_with(client, mark)
    except SearchFailedError:
        raise TargetUnreachableError("the store does not list its customers just now") from None


def _merged(listed: Iterable[Entry], seen: Iterable[Entry]) -> tuple[Entry, ...]:
    return tuple({(entry.kind, entry.id): entry for entry in [*listed, *seen]}.values())


def _still_ours(client: StoreClient, entry: Entry, namespace: str) -> bool:
    """Whether the target shows the run's namespace on a journalled object."""
    if entry.kind == "order":
        order = order_in(_read(client, f"/orders/{entry.id}"))
        return is_ours(dig(order, "customer", "email"), namespace)
    if entry.kind == "customer":
        body = _read(client, f"/customers/{entry.id}")
        emails = (dig(body, "customer", "email"), dig(body, "data", "customer", "email"))
        return any(is_ours(email, namespace) for email in emails)
    if entry.kind == "user":
        body = _read(client, f"/wp/v2/users/{entry.id}?context=edit")
        return is_ours(dig(body, "email"), namespace)
    if entry.kind in _NAMED:
        place, member = _NAMED[entry.kind]
        body = _read(client, place.format(id=entry.id))
        return body is not None and namespace in str(_deep(body, member))
    return False


def addresses_of_the_gone(
    client: StoreClient, stored: StoredJournal, wanted: list[Entry]
) -> list[Entry]:
    """Those of `wanted` that are there, carry the run's namespace, and with whom they are now.

    An order that changes hands takes them along, so they may be with any customer of the run.
    """
    if not wanted:
        return []
    places = [integer(entry.extra.get("customer")) for entry in wanted]
    places += [entry.id for entry in stored.entries if entry.kind == "customer"]
    places += sorted(number for kind, number in stored.removed if kind == "customer")
    found: dict[int, Entry] = {}
    for place in dict.fromkeys(places):
        rows = dig(_read(client, f"/customers/{place}/address"), "addresses")
        for row in rows if isinstance(rows, list) else ():
            if is_ours(dig(row, "email"), stored.namespace):
                number = integer(dig(row, "id")) or 0
                found[number] = Entry("address", number, {"customer": place})
        if all(entry.id in found for entry in wanted):
            break
    return [found[entry.id] for entry in wanted if entry.id in found]


# Where the title of what carries no e-mail is read.
_NAMED = {
    "product": ("/products/{id}", ("post_title",)),
    "coupon": ("/coupons/{id}", ("title", "code")),
    "shipping_zone": ("/shipping/zones/{id}", ("name",)),
}


def _deep(body: object, members: tuple[str, ...]) -> list[str]:
    """The texts of `members` wherever they stand in the first levels of an answer."""
    found: list[str] = []
    level = [body]
    for _ in range(4):
        following: list[object] = []
        for table in level:
            if isinstance(table, dict):
                found += [str(table[name]).lower() for name in members if name in table]
                following += list(table.values())
        level = following
    return found


def _read(client: StoreClient, path: str) -> object:
    exchange: Exchange = client.call("GET", path)
    return exchange.answer.value if exchange.status == OK and exchange.answer.ok else None

"""The list of what this run created on a target, on disk before the next request goes out.

One JSON object a line: `{"run","at","event","kind","id",...}` with event `opened`, `log`, `created`
or `removed`. Several workers append to one file; each line is written at once and synced.
"""

from __future__ import annotations

import itertools
import json
import os
import secrets
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

NAMESPACE_PREFIX = "fcc-"
MAIL_DOMAIN = "example.com"
# No store counts this far: such an id belongs to nothing that exists.
ABSENT_FROM = 10**12

# What the run can make. Parts (items, transactions, addresses of an order) go with their order.
KINDS = (
    "order",
    "customer",
    "address",
    "user",
    "product",
    "variation",
    "label",
    "coupon",
    "shipping_zone",
    "shipping_method",
    "activity",
)
# One count for all journals of a process, so that no two of them make the same address.
_numbers = itertools.count(1)
PARTS = ("order_item", "transaction", "order_address")


@dataclass(frozen=True, slots=True)
class Entry:
    """One object that a run created and that nobody has removed yet."""

    kind: str
    id: int
    extra: Mapping[str, Any] = field(default_factory=dict)


def new_namespace() -> str:
    """A run's mark on everything it makes: `fcc-` and eight hexadecimal digits."""
    return NAMESPACE_PREFIX + secrets.token_hex(4)


class Journal:
    """What one run created. Opens or continues `path`; threads may share one journal.

    `namespace` is in every address (`fcc-1a2b3c4d-7@example.com`), name and note that the run
    writes to the store. `durable=False` leaves out the sync to disk, for a store that dies with
    the run.
    """

    def __init__(
        self,
        path: Path,
        run: str,
        namespace: str | None = None,
        *,
        target: str = "",
        durable: bool = True,
    ) -> None:
        self.path = path
        self.run = run
        self._durable = durable
        self._lock = threading.Lock()
        self._owned: dict[tuple[str, int], Mapping[str, Any]] = {}
        self._absent: set[tuple[str, int]] = set()
        self._parts: set[tuple[str, int]] = set()
        self._made = 0
        # Why the last line is not on disk: from then on nothing new may be made.
        self.unwritten: OSError | None = None
        path.parent.mkdir(parents=True, exist_ok=True)
        known = read_journal(path) if path.exists() else None
        self.namespace = namespace or (known.namespace if known else "") or new_namespace()
        self._handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        if known is None:
            self._append("opened", namespace=self.namespace, target=target)
        else:
            self._take(known)

    @property
    def created_count(self) -> int:
        """How many objects the run created so far, removed ones included."""
        return self._made

    def close(self) -> None:
        """Close the file; what it holds stays."""
        os.close(self._handle)

    def created(self, kind: str, id: int | str, **extra: Any) -> None:
        """The run made this object; on disk when this returns, or `unwritten` says why not.

        Saying it twice is harmless.
        """
        key = (kind, int(id))
        with self._lock:
            if self._owned.get(key) == extra:
                return
            merged = {**self._owned.get(key, {}), **extra}
            known = key in self._owned
            self._owned[key] = merged
            self._absent.discard(key)
            self._made += not known
            if not known or extra:
                self._append("created", kind=kind, id=key[1], **extra)

    def log_begins(self, after: int) -> None:
        """Lines of the store's activity log with ids above this one came after the run began."""
        with self._lock:
            self._append("log", after=after)

    def removed(self, kind: str, id: int | str) -> None:
        """The object is gone from the store. Its id counts as absent from now on."""
        key = (kind, int(id))
        with self._lock:
            if self._owned.pop(key, None) is None:
                return
            self._absent.add(key)
            self._append("removed", kind=kind, id=key[1])

    def owns(self, kind: str, id: int | str) -> bool:
        """Whether this run made the object, or it is part of one that this run made."""
        key = (kind, int(id))
        return key in self._owned or key in self._parts

    def learn_part(self, kind: str, ids: Iterable[int | str]) -> None:
        """Items, transactions and addresses seen inside an order or customer of this run."""
        self._parts.update((kind, int(one)) for one in ids)

    def declare_absent(self, kind: str, id: int | str) -> None:
        """The store was asked and has no such object; requests may name it."""
        self._absent.add((kind, int(id)))

    def absent(self, kind: str, id: int | str) -> bool:
        """Whether no such object can exist: too large an id, or declared or made absent."""
        return int(id) >= ABSENT_FROM or (kind, int(id)) in self._absent

    def absent_id(self) -> int:
        """An id that no object of any kind has; another one each time."""
        return ABSENT_FROM + next(_numbers)

    def email(self, label: str = "") -> str:
        """A fresh address under example.com that carries the namespace."""
        tail = f"-{label}" if label else ""
        mark = f"{os.getpid():x}{next(_numbers):x}"
        return f"{self.namespace}-{mark}{tail}@{MAIL_DOMAIN}".lower()

    def title(self, words: str) -> str:
        """`words` behind the namespace, for names, notes and titles."""
        return f"{self.namespace} {words}"

    def entries(self, kind: str | None = None) -> list[Entry]:
        """What is left, in the order of creation; of one kind or of all."""
        with self._lock:
            owned = list(self._owned.items())
        return [Entry(k, i, extra) for (k, i), extra in owned if kind in (None, k)]

    def reload(self) -> None:
        """Take in what other workers have written since."""
        known = read_journal(self.path)
        with self._lock:
            self._take(known)

    def _take(self, known: StoredJournal) -> None:
        self._owned = {(entry.kind, entry.id): entry.extra for entry in known.entries}
        self._absent |= known.removed
        self._made = known.created

    def _append(self, event: str, **members: Any) -> None:
        line = {"run": self.run, "at": _now(), "event": event, **members}
        try:
            os.write(self._handle, json.dumps(line, ensure_ascii=True).encode() + b"\n")
            if self._durable:
                os.fdatasync(self._handle)
        except OSError as error:
            self.unwritten = error


@dataclass(slots=True)
class StoredJournal:
    """A journal file as read: of which run and target, what is left, what was removed.

    `created` counts everything that was ever created. `log_after` is the newest line of the
    store's activity log when the run began, None where the store keeps none.
    """

    run: str = ""
    namespace: str = ""
    target: str = ""
    entries: list[Entry] = field(default_factory=list)
    removed: set[tuple[str, int]] = field(default_factory=set)
    created: int = 0
    log_after: int | None = None

    def ever_made(self, kind: str) -> set[int]:
        """The ids of what the run made of a kind, be it there or not."""
        there = {entry.id for entry in self.entries if entry.kind == kind}
        return there | {number for one, number in self.removed if one == kind}


def read_journal(path: Path) -> StoredJournal:
    """Read a journal file; a line that a kill cut short is left out."""
    found = StoredJournal()
    left: dict[tuple[str, int], dict[str, Any]] = {}
    for raw in path.read_bytes().splitlines():
        line = _line(raw)
        if line is None:
            continue
        found.run = found.run or str(line.get("run", ""))
        if line["event"] == "opened":
            found.namespace = found.namespace or str(line.get("namespace", ""))
            found.target = found.target or str(line.get("target", ""))
            continue
        if line["event"] == "log":
            found.log_after = int(line["after"])
            continue
        key = (str(line["kind"]), int(line["id"]))
        if line["event"] == "removed":
            left.pop(key, None)
            found.removed.add(key)
        else:
            found.created += key not in left
            found.removed.discard(key)
            left.setdefault(key, {}).update(_extra(line))
    found.entries = [Entry(kind, number, extra) for (kind, number), extra in left.items()]
    return found


def _line(raw: bytes) -> dict[str, Any] | None:
    try:
        line = json.loads(raw)
    except ValueError:
        return None
    return line if isinstance(line, dict) and "event" in line else None


def _extra(line: Mapping[str, Any]) -> dict[str, Any]:
    fixed = {"run", "at", "event", "kind", "id"}
    return {name: value for name, value in line.items() if name not in fixed}


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")

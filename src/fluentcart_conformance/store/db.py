"""SQLite behind the embedded store: one connection, one lock, one transaction per request."""

from __future__ import annotations

import json
import sqlite3
import threading
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

Row = dict[str, Any]
Params = Sequence[Any] | Mapping[str, Any]

SCHEMA = Path(__file__).with_name("schema.sql")


def utc_now() -> str:
    """Return the present moment as the tables keep it: UTC `YYYY-MM-DD HH:MM:SS`."""
    return datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S")


def new_uuid() -> str:
    """Return 32 hexadecimal digits, as the store names orders, customers and transactions."""
    return uuid.uuid4().hex


def to_json(value: Any) -> str:
    """Write a JSON column."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def from_json(text: str | None) -> Any:
    """Read a JSON column; an empty one is an empty object."""
    return json.loads(text) if text else {}


def _as_dict(cursor: sqlite3.Cursor, row: tuple[Any, ...]) -> Row:
    return {column[0]: value for column, value in zip(cursor.description, row, strict=True)}


@dataclass
class Transaction:
    """An open transaction; `undo` rolls it back at its end without an exception."""

    undo: bool = False


class Database:
    """All SQL of the store passes through here, so that it can be wrapped as a whole.

    A single connection guarded by a re-entrant lock: requests are served one after another,
    and a request that is refused or fails leaves no trace (`transaction` rolls back).
    """

    def __init__(self, path: str | Path | None = None, clock: Callable[[], str] = utc_now) -> None:
        """Open a file, or memory when `path` is None.

        A file that already holds a store keeps its rows: `is_fresh` is False then.
        """
        self.lock = threading.RLock()
        self.clock = clock
        self._connection = sqlite3.connect(
            str(path) if path else ":memory:",
            check_same_thread=False,
            isolation_level=None,
            cached_statements=512,
        )
        self._connection.row_factory = _as_dict
        self._open: Transaction | None = None
        self._snapshot: sqlite3.Connection | None = None
        self._connection.execute("PRAGMA journal_mode = MEMORY")
        self._connection.execute("PRAGMA synchronous = OFF")
        self._connection.execute("PRAGMA foreign_keys = ON")
        self._connection.create_function("casefold", 1, _casefold, deterministic=True)
        self.is_fresh = self.value("SELECT count(*) FROM sqlite_master WHERE name='orders'") == 0
        if self.is_fresh:
            self._connection.executescript(SCHEMA.read_text(encoding="utf-8"))

    def now(self) -> str:
        """Return the store's present moment, UTC `YYYY-MM-DD HH:MM:SS`."""
        return self.clock()

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """Hold the lock; commit at the end, roll everything back on any exception or `undo`.

        Inside another transaction it is part of that one.
        """
        with self.lock:
            if self._open is not None:
                yield self._open
                return
            self._open = Transaction()
            self._connection.execute("BEGIN")
            kept = False
            try:
                yield self._open
                kept = not self._open.undo
            finally:
                self._connection.execute("COMMIT" if kept else "ROLLBACK")
                self._open = None

    def run(self, sql: str, params: Params = ()) -> int:
        """Execute a statement and return the number of rows it changed."""
        with self.lock:
            return self._connection.execute(sql, params).rowcount

    def one(self, sql: str, params: Params = ()) -> Row | None:
        """Return the first row or None."""
        with self.lock:
            row: Row | None = self._connection.execute(sql, params).fetchone()
            return row

    def all(self, sql: str, params: Params = ()) -> list[Row]:
        """Return all rows."""
        with self.lock:
            return self._connection.execute(sql, params).fetchall()

    def value(self, sql: str, params: Params = ()) -> Any:
        """Return the first column of the first row, or None."""
        row = self.one(sql, params)
        return next(iter(row.values())) if row else None

    def get(self, table: str, row_id: int) -> Row | None:
        """Return one row by id."""
        return self.one(f"SELECT * FROM {table} WHERE id = ?", (row_id,))  # noqa: S608 - own names

    def insert(self, table: str, values: Mapping[str, Any]) -> int:
        """Insert one row and return its id; created_at and updated_at are now unless given."""
        now = self.now()
        row = {"created_at": now, "updated_at": now, **values}
        return self.insert_bare(table, row)

    def insert_bare(self, table: str, row: Mapping[str, Any]) -> int:
        """Insert exactly these columns and return the new id."""
        names = ", ".join(row)
        marks = ", ".join("?" * len(row))
        sql = f"INSERT INTO {table} ({names}) VALUES ({marks})"  # noqa: S608 - own names
        with self.lock:
            cursor = self._connection.execute(sql, tuple(row.values()))
            return int(cursor.lastrowid or 0)

    def update(self, table: str, row_id: int, values: Mapping[str, Any]) -> None:
        """Change columns of one row and touch its updated_at."""
        row = {"updated_at": self.now(), **values}
        marks = ", ".join(f"{name} = ?" for name in row)
        sql = f"UPDATE {table} SET {marks} WHERE id = ?"  # noqa: S608 - own names
        self.run(sql, (*row.values(), row_id))

    def delete(self, table: str, row_id: int) -> int:
        """Delete one row by id; returns how many went."""
        return self.run(f"DELETE FROM {table} WHERE id = ?", (row_id,))  # noqa: S608 - own names

    def setting(self, key: str, default: str = "") -> str:
        """Return a setting of the shop."""
        found = self.value("SELECT value FROM settings WHERE key = ?", (key,))
        return default if found is None else str(found)

    def set_setting(self, key: str, value: str) -> None:
        """Write a setting of the shop."""
        self.run("INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)", (key, value))

    def start_ids_at(self, first_id: int, tables: Iterable[str]) -> None:
        """Let the next row of each table get this id."""
        for table in tables:
            self.run("DELETE FROM sqlite_sequence WHERE name = ?", (table,))
            self.run("INSERT INTO sqlite_sequence VALUES (?, ?)", (table, first_id - 1))

    def remember(self) -> None:
        """Keep the present content for `restore`."""
        with self.lock:
            self._snapshot = sqlite3.connect(":memory:", check_same_thread=False)
            self._connection.backup(self._snapshot)

    def restore(self) -> None:
        """Go back to what `remember` kept; without it nothing happens."""
        with self.lock:
            if self._snapshot is not None:
                self._snapshot.backup(self._connection)

    def close(self) -> None:
        """Close the connection."""
        with self.lock:
            self._connection.close()
            if self._snapshot is not None:
                self._snapshot.close()


def _casefold(text: Any) -> Any:
    return text.casefold() if isinstance(text, str) else text


def marks(values: Sequence[Any]) -> str:
    """Return `?, ?, ?` for an IN list."""
    return ", ".join("?" * len(values))

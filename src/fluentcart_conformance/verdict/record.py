"""The one record of a run: `reports/run.jsonl`, appended line by line as the run goes."""

from __future__ import annotations

import fcntl
import json
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import NoneType, TracebackType
from typing import IO, Any, Self, cast

from .events import SCHEMA, Event, ExchangeEvent, HeaderEvent

_Kinds = type | tuple[type, ...]
_MEMBERS: dict[str, dict[str, _Kinds]] = {
    "header": {
        "run": str,
        "tool": str,
        "profile": str,
        "target": dict,
        "selection": dict,
        "capabilities": dict,
        "deviations": list,
    },
    "exchange": {
        "id": str,
        "scenario": (str, NoneType),
        "operation": (str, NoneType),
        "identity": (str, NoneType),
        "method": str,
        "url": str,
        "status": int,
        "ms": (int, float),
        "request": dict,
        "response": dict,
        "findings": list,
        "proved": list,
    },
    "sent": {"operations": dict},
    "check": {
        "requirement": str,
        "outcome": str,
        "scenario": str,
        "exchanges": list,
        "expected": str,
        "got": str,
        "cause": str,
    },
    "scenario": {"id": str, "title": str, "area": str, "file": str, "line": int, "outcome": str},
    "cleanup": {"created": int, "removed": int, "leftovers": list},
    "problem": {"where": str, "message": str},
    "stopped": {"reason": str},
    "footer": {},
}
"""The members that readers rely on; what is not here may be missing in an older record."""

_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
# How the writer begins these lines; a line spelt otherwise is read like any other.
_EXCHANGE = re.compile(rb'\{"type":"exchange","id":"([A-Za-z0-9-]+)"')
_CHECK = b'{"type":"check",'


def is_exchange(line: bytes) -> bool:
    """Whether a line of a record is an exchange, for readers who need none."""
    return _EXCHANGE.match(line) is not None


class RecordError(Exception):
    """A record that cannot be written or read; the sentence names the file and what to do."""

    exit_code = 2


class RecordWriter:
    """Appends events to a new record and flushes each, so that a killed run keeps what it knew.

    The file is locked while it is written: two runs in one folder would spoil each other's.

    Raises RecordError when the folder is not writable, in use, or the disk is full.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: IO[bytes] | None = None

    def __enter__(self) -> Self:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._file = self.path.open("ab")
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if self.path.stat().st_size:
                self._file.truncate(0)
        except BlockingIOError as error:
            self._file = None
            raise RecordError(
                f"another run writes {self.path} now; wait for its end or choose another folder "
                "with --reports DIR"
            ) from error
        except OSError as error:
            raise RecordError(
                f"cannot write {self.path}: {error.strerror or error}; "
                "choose another folder with --reports DIR"
            ) from error
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def append(self, *events: Event) -> None:
        """Write each event as one line, all at once, and flush them."""
        if self._file is None:
            raise RecordError(f"{self.path} is not open: the run has ended")
        lines = "".join([f"{_ENCODE(event)}\n" for event in events])
        try:
            # Lone surrogates (hostile bodies) have no UTF-8 form; escaped they are valid JSON.
            self._file.write(lines.encode("utf-8", "backslashreplace"))
            self._file.flush()
        except OSError as error:
            raise RecordError(
                f"cannot write {self.path}: {error.strerror or error}; "
                "free some space or choose another folder with --reports DIR"
            ) from error

    def close(self) -> None:
        """Close the file; closing twice does no harm."""
        file, self._file = self._file, None
        if file is None:
            return
        try:
            file.close()
        except OSError as error:
            raise RecordError(f"cannot write {self.path}: {error.strerror or error}") from error


def read_record(path: Path, skip: Callable[[bytes], bool] | None = None) -> Iterator[Event]:
    """The events of a record, one at a time; the first is the header.

    `skip` says of a line that it need not be read as JSON; exchanges are long.

    A last line that was cut (a killed run) is left out. Raises RecordError naming file and line
    for anything else that is not an event, and for a record of another schema version.
    """
    try:
        file = path.open("rb")
    except OSError as error:
        raise RecordError(f"cannot read {path}: {error.strerror or error}") from error
    with file:
        lines = file if skip is None else (line for line in file if not skip(line))
        yield from read_lines(lines, path)


def read_lines(lines: Iterable[bytes], path: Path) -> Iterator[Event]:
    """The events of a record's lines; `path` is the name to give in errors."""
    number = 0
    for number, line in enumerate(lines, start=1):
        event = _event(path, number, line)
        if event is None:
            return
        yield event
    if number == 0:
        raise RecordError(f"{path}, line 1: the file is empty, not a record of a run")


def _event(path: Path, number: int, line: bytes) -> Event | None:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        if number > 1 and not line.endswith(b"\n"):
            return None
        raise RecordError(f"{path}, line {number}: not a record of a run (no JSON)") from error
    if not isinstance(value, dict) or value.get("type") not in _MEMBERS:
        raise RecordError(f"{path}, line {number}: not an event of a run record")
    if number == 1:
        _check_header(path, value)
    if lacking := _lacking(value):
        raise RecordError(f"{path}, line {number}: {value['type']} lacks {lacking}")
    return cast(Event, value)


def _lacking(value: dict[str, Any]) -> str:
    """The members that an event of this type must have and has not, or has of another kind."""
    wrong = [
        name
        for name, kinds in _MEMBERS[value["type"]].items()
        if name not in value or not isinstance(value[name], kinds)
    ]
    if value["type"] == "exchange" and not wrong:
        wrong = [
            f"{part}.{name}"
            for part in ("request", "response")
            for name, kinds in (("headers", dict), ("body", (str, NoneType)))
            if not isinstance(value[part].get(name, 0), kinds)
        ]
    return ", ".join(wrong)


def _check_header(path: Path, value: dict[str, Any]) -> None:
    if value["type"] != "header":
        raise RecordError(f"{path}, line 1: a record begins with a header")
    if value.get("schema") != SCHEMA:
        raise RecordError(
            f"{path}, line 1: record schema {value.get('schema')!r}, this tool reads {SCHEMA}; "
            f"it was written by fluentcart-conformance {value.get('tool', 'of unknown version')}"
        )


def read_header(path: Path) -> HeaderEvent:
    """The header of a record."""
    for event in read_record(path):
        if event["type"] == "header":
            return event
        break
    raise RecordError(f"{path}, line 1: a record begins with a header")


def exchanges_by_id(path: Path, wanted: set[str]) -> dict[str, ExchangeEvent]:
    """The exchanges with the given ids, found in one pass over the record."""
    if not wanted:
        return {}

    def other(line: bytes) -> bool:
        match = _EXCHANGE.match(line)
        return match[1].decode() not in wanted if match else line.startswith(_CHECK)

    found: dict[str, ExchangeEvent] = {}
    for event in read_record(path, other):
        if event["type"] == "exchange" and event["id"] in wanted:
            found[event["id"]] = event
    return found

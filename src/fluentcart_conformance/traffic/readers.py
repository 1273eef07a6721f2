"""Captured exchanges one at a time, in constant memory, whatever the file's kind."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from fluentcart_conformance.contract.exchange import Exchange
from fluentcart_conformance.verdict.events import ExchangeEvent
from fluentcart_conformance.verdict.exchanges import exchange_of
from fluentcart_conformance.verdict.record import RecordError, read_record

from .entries import holds_har
from .errors import TrafficError
from .har import har_exchanges
from .recording import exchange_of_row

LONGEST_LOOK = 1 << 20


@dataclass(frozen=True, slots=True)
class Captured:
    """An exchange with its place (`file:line` or `file#entry`); None when it cannot be judged.

    `why` says why not (no answer, no body captured).
    """

    place: str
    exchange: Exchange | None
    why: str = ""


def read_traffic(path: Path) -> Iterator[Captured]:
    """Every exchange of a HAR 1.2 file, a recording in JSON lines, or a record of a run.

    Raises TrafficError naming file and line for anything else.
    """
    kind = _kind(path)
    if kind == "record":
        yield from _from_record(path)
    elif kind == "lines":
        yield from _from_lines(path)
    else:
        for number, exchange, why in har_exchanges(path):
            yield Captured(f"{path.name}#{number}", exchange, why)


def _kind(path: Path) -> str:
    try:
        with path.open("rb") as file:
            head = file.readline(LONGEST_LOOK)
    except OSError as error:
        raise TrafficError(f"cannot read {path}: {error.strerror or error}") from error
    if not head.strip() and path.stat().st_size == 0:
        raise TrafficError(f"{path}, line 1: the file is empty")
    try:
        first = json.loads(head)
    except (ValueError, RecursionError):
        first = None
    if isinstance(first, dict) and first.get("type") == "header":
        return "record"
    if isinstance(first, dict) and "request" in first and "response" in first:
        return "lines"
    if holds_har(path):
        return "har"
    raise TrafficError(
        f"{path}, line 1: neither a HAR file, nor JSON lines with request and response, "
        "nor a record of a run"
    )


def _from_record(path: Path) -> Iterator[Captured]:
    try:
        for number, event in enumerate(read_record(path), 1):
            if event["type"] == "exchange":
                yield _of_event(path, number, event)
    except RecordError as error:
        raise TrafficError(str(error)) from error


def _of_event(path: Path, number: int, event: ExchangeEvent) -> Captured:
    place = f"{path.name}:{number}"
    if event["response"].get("truncated"):
        return Captured(place, None, "only the beginning of the answer was kept")
    try:
        urlsplit(event["url"])
    except ValueError as error:
        raise TrafficError(f"{path}, line {number}: not an exchange ({error})") from error
    return Captured(place, exchange_of(event))


def _from_lines(path: Path) -> Iterator[Captured]:
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            yield _row(path, number, line)


def _row(path: Path, number: int, line: bytes) -> Captured:
    try:
        row: Any = json.loads(line)
    except (ValueError, RecursionError) as error:
        cut = "" if line.endswith(b"\n") else ", the line is cut"
        raise TrafficError(f"{path}, line {number}: not JSON{cut}") from error
    place = f"{path.name}:{number}"
    try:
        exchange = exchange_of_row(row)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise TrafficError(f"{path}, line {number}: not an exchange ({error!r})") from error
    return Captured(place, exchange, "" if exchange else "no HTTP exchange")

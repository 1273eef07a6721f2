"""Several records of parts of one run become one record, as if the run had been a single one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

from .events import CleanupEvent, Event, FooterEvent, HeaderEvent
from .record import RecordError, RecordWriter, read_header, read_record

_SAME = ("schema", "tool", "profile", "contract_sha256", "seed")
_SHARD = re.compile(r"^(\d+)/(\d+)$")


def renamed(event: Event, prefix: str) -> Event:
    """The event with `prefix` before the exchanges' ids, so that records do not collide."""
    if event["type"] == "exchange":
        return {**event, "id": prefix + event["id"]}
    if event["type"] == "check":
        return {**event, "exchanges": [prefix + one for one in event["exchanges"]]}
    return event


def merge_records(records: Sequence[Path], out: Path) -> None:
    """Write the record of the whole run to `out`, one event at a time.

    A part without a footer makes the whole one interrupted. Raises RecordError when the records
    are not parts of one run, when a shard is missing or there twice, or when `out` is one of them.
    """
    if out.resolve() in {one.resolve() for one in records}:
        raise RecordError(f"{out} is one of the records to merge; choose another file with --out")
    headers = [read_header(path) for path in records]
    _check(records, headers)
    with RecordWriter(out) as writer:
        writer.append(_header(headers))
        cleanups: list[CleanupEvent] = []
        footers: list[FooterEvent] = []
        for number, path in enumerate(records, start=1):
            for event in _events(path, f"s{number}-"):
                if event["type"] == "cleanup":
                    cleanups.append(event)
                elif event["type"] == "footer":
                    footers.append(event)
                else:
                    writer.append(event)
        if cleanups:
            writer.append(_cleanup(cleanups))
        if len(footers) == len(records):
            writer.append(_footer(footers))


def _events(path: Path, prefix: str) -> Iterator[Event]:
    return (renamed(event, prefix) for event in read_record(path) if event["type"] != "header")


def _check(records: Sequence[Path], headers: Sequence[HeaderEvent]) -> None:
    first = cast(dict[str, Any], headers[0])
    for path, header in zip(records[1:], headers[1:], strict=True):
        for key in _SAME:
            if cast(dict[str, Any], header)[key] != first[key]:
                raise RecordError(
                    f"{path} is not of the same run as {records[0]}: another {_WORDS[key]}"
                )
        for key in ("areas", "keyword", "only", "since"):
            if header["selection"].get(key) != headers[0]["selection"].get(key):
                raise RecordError(f"{path} is not of the same run as {records[0]}: it selects other scenarios")  # fmt: skip  # noqa: E501
    _check_shards([header["selection"].get("shard", "1/1") for header in headers])


_WORDS = {
    "schema": "version of the record",
    "tool": "version of the tool",
    "profile": "profile",
    "contract_sha256": "contract",
    "seed": "seed",
}


def _check_shards(shards: Sequence[str]) -> None:
    """Every shard once."""
    parts = [_SHARD.match(one) for one in shards]
    pairs = [(int(one[1]), int(one[2])) for one in parts if one]
    counts = {count for _, count in pairs}
    if len(pairs) != len(shards) or len(counts) != 1:
        raise RecordError(f"these are shards of different runs: {', '.join(shards)}")
    count = counts.pop()
    for index in range(1, count + 1):
        there = sum(1 for number, _ in pairs if number == index)
        if there != 1:
            word = "is missing" if not there else f"is there {there} times"
            raise RecordError(f"shard {index}/{count} {word}")


def _header(headers: Sequence[HeaderEvent]) -> HeaderEvent:
    """The first one, as it would be without shards; a capability counts when every part had it."""
    first = headers[0]
    selection = {key: value for key, value in first["selection"].items() if key != "shard"}
    capabilities = dict(first["capabilities"])
    for header in headers[1:]:
        for name, one in header["capabilities"].items():
            if name not in capabilities or (capabilities[name]["present"] and not one["present"]):
                capabilities[name] = one
    deviations = dict.fromkeys(name for header in headers for name in header["deviations"])
    merged: dict[str, Any] = {
        **first,
        "started": min((header["started"] for header in headers), key=_moment),
        "selection": selection,
        "capabilities": capabilities,
        "deviations": list(deviations),
        "parts": [header["run"] for header in headers],
    }
    return cast(HeaderEvent, merged)


def _cleanup(cleanups: Iterable[CleanupEvent]) -> CleanupEvent:
    whole: CleanupEvent = {"type": "cleanup", "created": 0, "removed": 0, "leftovers": []}
    for one in cleanups:
        whole["created"] += one["created"]
        whole["removed"] += one["removed"]
        whole["leftovers"] += one["leftovers"]
        if "requests" in one:
            whole["requests"] = whole.get("requests", 0) + one["requests"]
            whole["ms"] = whole.get("ms", 0.0) + one.get("ms", 0.0)
    return whole


def _footer(footers: Sequence[FooterEvent]) -> FooterEvent:
    """The latest end; the verdict is computed anew from the events, but an interruption stays."""
    results = {one["verdict"].get("result") for one in footers}
    verdict = {"result": "interrupted"} if "interrupted" in results else {}
    return {
        "type": "footer",
        "ended": max((one["ended"] for one in footers), key=_moment),
        "verdict": verdict,
    }


def _moment(text: str) -> datetime:
    """A moment that can be compared; what is no date counts as the earliest."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)
    return found if found.tzinfo else found.replace(tzinfo=UTC)

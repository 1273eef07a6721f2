"""When the next request may go: the shared rate, documented hourly limits, the run's end.

The shared state is one small file under a lock, so the workers of a run, and a run resumed later,
keep one pace together.
"""

from __future__ import annotations

import fcntl
import json
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .errors import RunLimitError
from .settings import Settings

HOUR = 3600.0
PACE_FILE = "pace.json"
# customers-api, Rate Limiting: requests per hour and kind of operation.
DOCUMENTED_LIMITS = {"list": 100, "create": 50, "update": 200, "delete": 20}
_LISTS = frozenset({"/customers", "/customers/attachable-user"})


@dataclass(frozen=True, slots=True)
class Plan:
    """What `respect_documented_limits` means for a run: how long the waits are at least."""

    seconds: float
    words: str


def kind_of(method: str, path: str) -> str | None:
    """The kind of operation that customers-api limits: list, create, update, delete, or None."""
    own = path.partition("?")[0].rstrip("/")
    if not own.startswith("/customers"):
        return None
    if method in ("GET", "HEAD"):
        tail = own.rpartition("/")[2]
        return "list" if own in _LISTS or tail in ("orders", "address") else None
    if method == "DELETE":
        return "delete"
    if method == "PUT":
        return "update"
    if own == "/customers" or own.endswith("/address"):
        return "create"
    return "update"


def plan(counts: dict[str, int]) -> Plan:
    """How long `counts` requests per kind take under the documented limits."""
    hours = {
        kind: (counts.get(kind, 0) - 1) // limit
        for kind, limit in DOCUMENTED_LIMITS.items()
        if counts.get(kind, 0) > limit
    }
    if not hours:
        return Plan(0.0, "the documented limits do not slow this run down")
    slowest = max(hours, key=lambda kind: hours[kind])
    longest = hours[slowest]
    return Plan(
        longest * HOUR,
        f"{counts[slowest]} {slowest} requests at {DOCUMENTED_LIMITS[slowest]} an hour take at "
        f"least {longest} h; the run may be stopped and resumed",
    )


class Pace:
    """Lets requests go one after the other at the agreed rate.

    `state` is the file that the workers share; without one, the pace is this process's alone.
    `run` tells this run's budget from an earlier one's; the hourly limits count on across runs.
    `started` is the run's begin (`time.time`), so that workers end at one moment.
    """

    def __init__(
        self,
        settings: Settings,
        state: Path | None = None,
        started: float | None = None,
        run: str = "",
    ) -> None:
        self._gap = 1.0 / settings.rate if settings.rate else 0.0
        self._limits = DOCUMENTED_LIMITS if settings.respect_documented_limits else {}
        self._budget = settings.max_requests
        self._end = (
            (started or time.time()) + settings.run_timeout if settings.run_timeout else None
        )
        self._state = state
        self._run = run
        self._own: dict[str, Any] = {}
        self._lock = threading.Lock()
        self.sent = 0

    @property
    def seconds_left(self) -> float:
        """Seconds until the run's end; endless without `run_timeout`."""
        return float("inf") if self._end is None else self._end - time.time()

    def wait(self, method: str, path: str) -> None:
        """Block until this request may be sent. Raises RunLimitError."""
        self._check_end()
        self.sent += 1
        if not (self._gap or self._limits or self._budget):
            return
        kind = kind_of(method, path) if self._limits else None
        slot = self._reserve(kind)
        if slot - time.time() > self.seconds_left:
            raise RunLimitError(
                "the documented hourly limits leave no room within the run's time; resume it later"
            )
        self.sleep(slot - time.time())

    def sleep(self, seconds: float) -> None:
        """Wait, but not beyond the run's end."""
        if seconds > 0:
            time.sleep(max(0.0, min(seconds, self.seconds_left)))
        self._check_end()

    def _check_end(self) -> None:
        if self.seconds_left <= 0:
            raise RunLimitError("the run's time is used up (run_timeout)")

    def _reserve(self, kind: str | None) -> float:
        """The moment of this request, entered into the shared state."""
        with self._shared() as state:
            now = time.time()
            if state.get("run") != self._run:
                state.update(run=self._run, sent=0)
            count = int(state.get("sent", 0))
            if self._budget is not None and count >= self._budget:
                raise RunLimitError(
                    f"the run's budget of {self._budget} requests is used up (max_requests)"
                )
            slot = max(now, float(state.get("next", 0.0)))
            if kind is not None:
                slot = max(slot, self._hourly(state, kind, now))
            state["sent"] = count + 1
            state["next"] = slot + self._gap
            if kind is not None:
                state["kinds"][kind].append(slot)
            return slot

    def _hourly(self, state: dict[str, Any], kind: str, now: float) -> float:
        """The first moment at which one more request of `kind` stays within its limit."""
        kinds = state.setdefault("kinds", {})
        recent = [at for at in kinds.get(kind, []) if at > now - HOUR]
        kinds[kind] = recent
        limit = self._limits[kind]
        return now if len(recent) < limit else float(recent[-limit]) + HOUR

    @contextmanager
    def _shared(self) -> Iterator[dict[str, Any]]:
        """The state, locked against the other threads and workers, saved at the end."""
        with self._lock:
            if self._state is None:
                yield self._own
                return
            self._state.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(self._state, os.O_RDWR | os.O_CREAT, 0o600)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX)
                state = _decoded(os.pread(handle, 1 << 20, 0))
                yield state
                os.ftruncate(handle, 0)
                os.pwrite(handle, json.dumps(state).encode(), 0)
            finally:
                os.close(handle)


def shared_pace(settings: Settings, run: str) -> Pace:
    """The pace of one worker of a run; all of them share `pace.json` in the reports folder."""
    return Pace(settings, settings.reports / PACE_FILE, run=run)


def _decoded(raw: bytes) -> dict[str, Any]:
    """A state file that a kill left half written counts as new."""
    try:
        state = json.loads(raw or b"{}")
    except ValueError:
        return {}
    return state if isinstance(state, dict) else {}
